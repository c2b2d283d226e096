//! TMX as its elements: what is in a unit, whatever it means.

use std::io::Read;

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart, Event};

use super::input::Input;
use super::segment::{Element, Native, Piece};
use super::{TmxError, TmxErrorKind};

/// Deeper than any markup in a text.
const DEEPEST: usize = 64;
/// Larger than any unit, and than what stands between two.
const LARGEST: usize = 16 << 20;
/// More than any element of TMX has.
const ATTRIBUTES: usize = 64;

/// A unit: its languages, and what is said of it.
#[derive(Debug, Default)]
pub(super) struct Unit {
    pub(super) source: Option<String>,
    pub(super) notes: Vec<String>,
    pub(super) properties: Vec<(String, String)>,
    pub(super) variants: Vec<Variant>,
}

/// A text of a unit in a language.
#[derive(Debug, Default)]
pub(super) struct Variant {
    pub(super) language: String,
    pub(super) notes: Vec<String>,
    pub(super) properties: Vec<(String, String)>,
    pub(super) segment: Vec<Piece>,
}

/// A step through the file.
#[derive(Debug)]
enum Step {
    Begin(Tag),
    End,
    Text(String),
    Over,
}

/// A tag, with the attributes that mean something.
#[derive(Debug, Default)]
struct Tag {
    name: String,
    language: Option<String>,
    source: Option<String>,
    kind: Option<String>,
    i: Option<String>,
    x: Option<String>,
}

/// Reads units one by one.
#[derive(Debug)]
pub(super) struct Parser<R: Read> {
    xml: quick_xml::Reader<Input<R>>,
    buffer: Vec<u8>,
    /// The language of sources, as the header has it.
    pub(super) source: Option<String>,
    depth: usize,
    is_in_body: bool,
    /// An element without content is told as a begin and an end.
    is_empty: bool,
}

type Result<T> = std::result::Result<T, TmxError>;

impl<R: Read> Parser<R> {
    pub(super) fn new(source: R) -> Self {
        Self {
            xml: quick_xml::Reader::from_reader(Input::new(source)),
            buffer: Vec::new(),
            source: None,
            depth: 0,
            is_in_body: false,
            is_empty: false,
        }
    }

    /// How many bytes of the file were read.
    pub(super) fn bytes(&self) -> u64 {
        self.xml.get_ref().bytes_read()
    }

    /// The next unit; none at the end of the file.
    pub(super) fn unit(&mut self) -> Result<Option<Unit>> {
        loop {
            self.xml.get_mut().allow(LARGEST);
            match self.step()? {
                Step::Begin(tag) => match (self.depth, &*tag.name) {
                    (1, "tmx") => {}
                    (1, _) => return Err(self.error(TmxErrorKind::Root(tag.name))),
                    (2, "header") => {
                        self.source = tag.source;
                        self.skip()?;
                    }
                    (2, "body") => self.is_in_body = true,
                    (3, "tu") if self.is_in_body => return self.read_unit(tag).map(Some),
                    _ => self.skip()?,
                },
                Step::End if self.depth == 1 => self.is_in_body = false,
                Step::End | Step::Text(_) => {}
                Step::Over => return Ok(None),
            }
        }
    }

    fn read_unit(&mut self, tag: Tag) -> Result<Unit> {
        let mut unit = Unit {
            source: tag.source,
            ..Unit::default()
        };
        while let Some(child) = self.child()? {
            match &*child.name {
                "note" => unit.notes.push(self.text()?),
                "prop" => {
                    let value = self.text()?;
                    unit.properties
                        .push((child.kind.unwrap_or_default(), value));
                }
                "tuv" => {
                    let variant = self.read_variant(child)?;
                    unit.variants.push(variant);
                }
                _ => self.skip()?,
            }
        }
        Ok(unit)
    }

    fn read_variant(&mut self, tag: Tag) -> Result<Variant> {
        let mut variant = Variant {
            language: tag.language.unwrap_or_default(),
            ..Variant::default()
        };
        while let Some(child) = self.child()? {
            match &*child.name {
                "note" => variant.notes.push(self.text()?),
                "prop" => {
                    let value = self.text()?;
                    variant
                        .properties
                        .push((child.kind.unwrap_or_default(), value));
                }
                "seg" => self.read_segment(&mut variant.segment)?,
                _ => self.skip()?,
            }
        }
        Ok(variant)
    }

    /// The pieces up to the end of the element. What is highlighted (`hi`) is text like any other.
    fn read_segment(&mut self, pieces: &mut Vec<Piece>) -> Result<()> {
        loop {
            match self.step()? {
                Step::Text(text) => match pieces.last_mut() {
                    Some(Piece::Text(last)) => last.push_str(&text),
                    _ => pieces.push(Piece::Text(text)),
                },
                Step::Begin(tag) => {
                    let element = match &*tag.name {
                        "bpt" => Element::Begin,
                        "ept" => Element::End,
                        "it" => Element::Isolated,
                        "ph" | "ut" => Element::Placeholder,
                        _ => {
                            self.read_segment(pieces)?;
                            continue;
                        }
                    };
                    pieces.push(Piece::Code(Native {
                        element,
                        i: tag.i,
                        x: tag.x,
                        kind: tag.kind,
                        content: self.text()?,
                    }));
                }
                Step::End => return Ok(()),
                Step::Over => return Err(self.error(TmxErrorKind::Unfinished)),
            }
        }
    }

    /// The next element in this one; none at its end.
    fn child(&mut self) -> Result<Option<Tag>> {
        loop {
            match self.step()? {
                Step::Begin(tag) => return Ok(Some(tag)),
                Step::End => return Ok(None),
                Step::Text(_) => {}
                Step::Over => return Err(self.error(TmxErrorKind::Unfinished)),
            }
        }
    }

    /// The text up to the end of the element, without what is in elements inside.
    fn text(&mut self) -> Result<String> {
        let mut text = String::new();
        loop {
            match self.step()? {
                Step::Text(part) if text.is_empty() => text = part,
                Step::Text(part) => text.push_str(&part),
                Step::Begin(_) => self.skip()?,
                Step::End => return Ok(text),
                Step::Over => return Err(self.error(TmxErrorKind::Unfinished)),
            }
        }
    }

    /// Goes to the end of the element.
    fn skip(&mut self) -> Result<()> {
        self.text().map(drop)
    }

    fn error(&self, kind: TmxErrorKind) -> TmxError {
        TmxError {
            line: self.xml.get_ref().line(),
            kind,
        }
    }

    fn step(&mut self) -> Result<Step> {
        if std::mem::take(&mut self.is_empty) {
            self.depth -= 1;
            return Ok(Step::End);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        let step = loop {
            buffer.clear();
            let event = self.xml.read_event_into(&mut buffer);
            let told = match event {
                Ok(event) => self.told(event),
                Err(error) => Err(self.failed(&error)),
            };
            match told {
                Ok(Some(step)) => break Ok(step),
                Ok(None) => {}
                Err(error) => break Err(error),
            }
        };
        self.buffer = buffer;
        step
    }

    fn told(&mut self, event: Event<'_>) -> Result<Option<Step>> {
        Ok(Some(match event {
            Event::Start(start) => Step::Begin(self.begin(&start)?),
            Event::Empty(start) => {
                self.is_empty = true;
                Step::Begin(self.begin(&start)?)
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                Step::End
            }
            Event::Text(text) => Step::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Step::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(reference) => Step::Text(self.resolved(&reference)?),
            Event::Decl(declaration) => {
                let encoding = declaration.encoding().and_then(std::result::Result::ok);
                let name = encoding.as_deref().unwrap_or("utf-8");
                let is_known = ["utf-8", "utf8", "utf-16", "us-ascii"]
                    .iter()
                    .any(|known| name.eq_ignore_ascii_case(known));
                if !is_known {
                    return Err(self.error(TmxErrorKind::Encoding(name.to_owned())));
                }
                return Ok(None);
            }
            // What it declares could make anything of anything; none of TMX needs that.
            Event::DocType(kind) if kind.contains('[') => {
                return Err(self.error(TmxErrorKind::Declarations));
            }
            Event::DocType(_) | Event::Comment(_) | Event::PI(_) => return Ok(None),
            Event::Eof if self.depth > 0 => return Err(self.error(TmxErrorKind::Unfinished)),
            Event::Eof => Step::Over,
        }))
    }

    fn begin(&mut self, start: &BytesStart<'_>) -> Result<Tag> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(self.error(TmxErrorKind::TooDeep(DEEPEST)));
        }
        let mut tag = Tag {
            name: start.name().as_ref().to_owned(),
            ..Tag::default()
        };
        let mut attributes = start.attributes();
        // It compares each with all others.
        attributes.with_checks(false);
        for attribute in attributes.take(ATTRIBUTES) {
            let attribute = attribute.map_err(|error| self.failed(&error.into()))?;
            let place = match attribute.key.as_ref() {
                "xml:lang" => &mut tag.language,
                // As it was called before 1.4.
                "lang" if tag.language.is_none() => &mut tag.language,
                "srclang" => &mut tag.source,
                "type" => &mut tag.kind,
                "i" => &mut tag.i,
                "x" => &mut tag.x,
                _ => continue,
            };
            let value = attribute.normalized_value(XmlVersion::Implicit1_0);
            *place = Some(value.map_err(|error| self.failed(&error))?.into_owned());
        }
        Ok(tag)
    }

    fn resolved(&self, reference: &BytesRef<'_>) -> Result<String> {
        let found = reference.resolve_char_ref();
        if let Some(c) = found.map_err(|error| self.failed(&error))? {
            return Ok(c.into());
        }
        quick_xml::escape::resolve_xml_entity(reference)
            .map(str::to_owned)
            .ok_or_else(|| self.error(TmxErrorKind::Entity(reference.to_string())))
    }

    fn failed(&self, error: &quick_xml::Error) -> TmxError {
        let is_exhausted = self.xml.get_ref().is_exhausted();
        self.error(match error {
            quick_xml::Error::Io(_) if is_exhausted => TmxErrorKind::TooLarge(LARGEST),
            quick_xml::Error::Io(error) => TmxErrorKind::Io(error.to_string()),
            other => TmxErrorKind::Xml(other.to_string()),
        })
    }
}
