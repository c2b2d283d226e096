//! XML as a tree: without a document type, without entities but those of XML itself, and within
//! bounds of size and depth.

use std::borrow::Cow;

use quick_xml::XmlVersion;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::{NamespaceResolver, ResolveResult};
use quick_xml::reader::NsReader;

use super::escape::is_xml_char;
use super::namespace;

/// The largest document that is read, in bytes: a tree takes a multiple of that.
const MAX_BYTES: usize = 256 << 20;
/// The most elements and attributes.
const MAX_NODES: usize = 8_000_000;
/// The most elements that may be open at the same time. XLIFF needs about twenty.
const MAX_DEPTH: usize = 200;
/// The most attributes of one element.
const MAX_ATTRIBUTES: usize = 128;

/// The most namespaces that may be declared at the same time: each is looked at for each name.
const MAX_BINDINGS: usize = 256;

/// Why a text is not read as XML.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum XmlError {
    /// It is not well-formed.
    #[error("line {line}: {detail}")]
    Malformed {
        /// Where, counted from 1.
        line: usize,
        /// What is wrong.
        detail: String,
    },
    /// It has a document type, which could define entities or name other files.
    #[error("line {line}: a document type is not read")]
    DocType {
        /// Where, counted from 1.
        line: usize,
    },
    /// It uses an entity that XML itself does not define.
    #[error("line {line}: the entity `{name}` is not known")]
    Entity {
        /// Where, counted from 1.
        line: usize,
        /// The name of the entity.
        name: String,
    },
    /// Its elements are nested too deeply, or it is too large.
    #[error("line {line}: the document is too large or nested too deeply")]
    TooLarge {
        /// Where the limit was reached, counted from 1.
        line: usize,
    },
    /// Its bytes are no text in UTF-8 or UTF-16.
    #[error("the text is neither UTF-8 nor UTF-16")]
    Encoding,
}

/// The text of a file in UTF-8, or in UTF-16 with a byte order mark, as XML wants it.
///
/// # Errors
/// [`XmlError::Encoding`] where it is neither.
pub fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, XmlError> {
    let units = |of: fn([u8; 2]) -> u16| {
        let (pairs, rest) = bytes.as_chunks::<2>();
        let units: Vec<u16> = pairs.iter().skip(1).map(|pair| of(*pair)).collect();
        match String::from_utf16(&units) {
            Ok(text) if rest.is_empty() => Ok(Cow::Owned(text)),
            _ => Err(XmlError::Encoding),
        }
    };
    match bytes {
        [0xff, 0xfe, ..] => units(u16::from_le_bytes),
        [0xfe, 0xff, ..] => units(u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => std::str::from_utf8(rest)
            .map(Cow::Borrowed)
            .map_err(|_| XmlError::Encoding),
        _ => std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|_| XmlError::Encoding),
    }
}

/// An element.
#[derive(Debug)]
pub(in crate::catalog) struct Element {
    /// Its namespace: one of [`namespace`], empty for none.
    pub(in crate::catalog) namespace: &'static str,
    /// Its name, without prefix.
    pub(in crate::catalog) name: String,
    /// Namespace (empty for none), name and value.
    attributes: Vec<(&'static str, String, String)>,
    /// What is in it, without comments and processing instructions.
    pub(in crate::catalog) children: Vec<Node>,
    /// Where it begins, counted from 1.
    pub(in crate::catalog) line: usize,
}

/// A child of an element.
#[derive(Debug)]
pub(in crate::catalog) enum Node {
    /// An element.
    Element(Element),
    /// Text; never empty, never followed by more text.
    Text(String),
}

impl Element {
    /// Whether it has this name in this namespace.
    pub(in crate::catalog) fn is(&self, namespace: &str, name: &str) -> bool {
        self.namespace == namespace && self.name == name
    }

    /// The value of an attribute without namespace.
    pub(in crate::catalog) fn get(&self, name: &str) -> Option<&str> {
        self.get_of("", name)
    }

    /// The value of an attribute.
    pub(in crate::catalog) fn get_of(&self, namespace: &str, name: &str) -> Option<&str> {
        let mut all = self.attributes.iter();
        all.find(|(of, own, _)| *of == namespace && own == name)
            .map(|(_, _, value)| value.as_str())
    }

    /// The elements in it.
    pub(in crate::catalog) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The elements of a name in it.
    pub(in crate::catalog) fn all<'e>(
        &'e self,
        namespace: &'e str,
        name: &'e str,
    ) -> impl Iterator<Item = &'e Self> {
        self.elements()
            .filter(move |element| element.is(namespace, name))
    }

    /// The first element of a name in it.
    pub(in crate::catalog) fn first<'e>(
        &'e self,
        namespace: &'e str,
        name: &'e str,
    ) -> Option<&'e Self> {
        self.all(namespace, name).next()
    }

    /// Its text, and that of what is in it. `cp` of XLIFF 2 is the character that it names.
    pub(in crate::catalog) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    fn push_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Text(text) => out.push_str(text),
                Node::Element(element) => match element.code_point() {
                    Some(c) => out.push(c),
                    None => element.push_text(out),
                },
            }
        }
    }

    /// The character that a `cp` of XLIFF 2 names.
    pub(in crate::catalog) fn code_point(&self) -> Option<char> {
        let hex = self.get("hex").filter(|_| self.is(namespace::CORE, "cp"))?;
        u32::from_str_radix(hex, 16).ok().and_then(char::from_u32)
    }
}

/// Reads a document.
///
/// # Errors
/// [`XmlError`] with the line.
pub(in crate::catalog) fn parse(text: &str) -> Result<Element, XmlError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.len() > MAX_BYTES {
        return Err(XmlError::TooLarge { line: 1 });
    }
    let mut reader = NsReader::from_str(text);
    reader
        .resolver_mut()
        .set_max_namespace_bindings(MAX_BINDINGS);
    let mut tree = Tree {
        text,
        counted: 0,
        line: 1,
        nodes: 0,
        open: Vec::new(),
        root: None,
    };
    loop {
        let event = reader.read_event();
        let end = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = event.map_err(|error| {
            tree.count_lines(end);
            tree.malformed(error.to_string())
        })?;
        if matches!(event, Event::Eof) {
            return tree.finish();
        }
        tree.add(&event, reader.resolver())?;
        tree.count_lines(end);
    }
}

struct Tree<'t> {
    text: &'t str,
    /// How many bytes `line` was counted for.
    counted: usize,
    line: usize,
    nodes: usize,
    open: Vec<Element>,
    root: Option<Element>,
}

impl Tree<'_> {
    fn count_lines(&mut self, end: usize) {
        let read = self.text.as_bytes().get(self.counted..end);
        self.line += memchr::memchr_iter(b'\n', read.unwrap_or_default()).count();
        self.counted = end.max(self.counted);
    }

    fn malformed(&self, detail: impl Into<String>) -> XmlError {
        XmlError::Malformed {
            line: self.line,
            detail: detail.into(),
        }
    }

    fn add(&mut self, event: &Event<'_>, resolver: &NamespaceResolver) -> Result<(), XmlError> {
        match event {
            Event::Start(start) => {
                let element = self.element(start, resolver)?;
                self.open.push(element);
                if self.open.len() > MAX_DEPTH {
                    return Err(XmlError::TooLarge { line: self.line });
                }
            }
            Event::Empty(start) => {
                let element = self.element(start, resolver)?;
                self.close(element)?;
            }
            Event::End(_) => {
                if let Some(element) = self.open.pop() {
                    self.close(element)?;
                }
            }
            Event::Text(text) => self.push_text(&text.xml10_content())?,
            Event::CData(text) => self.push_text(&text.xml10_content())?,
            Event::GeneralRef(reference) => {
                let c = self.resolve(reference)?;
                self.push_text(c.encode_utf8(&mut [0; 4]))?;
            }
            Event::DocType(_) => return Err(XmlError::DocType { line: self.line }),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::Eof => {}
        }
        Ok(())
    }

    fn resolve(&self, reference: &BytesRef<'_>) -> Result<char, XmlError> {
        match &*reference.xml10_content() {
            "amp" => return Ok('&'),
            "lt" => return Ok('<'),
            "gt" => return Ok('>'),
            "quot" => return Ok('"'),
            "apos" => return Ok('\''),
            _ => {}
        }
        match reference.resolve_char_ref() {
            Ok(Some(c)) => Ok(c),
            Ok(None) => Err(XmlError::Entity {
                line: self.line,
                name: reference.xml10_content().into_owned(),
            }),
            Err(error) => Err(self.malformed(error.to_string())),
        }
    }

    fn push_text(&mut self, text: &str) -> Result<(), XmlError> {
        if let Some((before, c)) = text.char_indices().find(|(_, c)| !is_xml_char(*c)) {
            self.line += text[..before].matches('\n').count();
            return Err(self.malformed(format!("the character {c:?} is not allowed")));
        }
        let Some(parent) = self.open.last_mut() else {
            // White space around the root, and nothing else.
            return if text.trim().is_empty() {
                Ok(())
            } else {
                Err(self.malformed("text outside of the root element"))
            };
        };
        match parent.children.last_mut() {
            _ if text.is_empty() => {}
            Some(Node::Text(before)) => before.push_str(text),
            _ => parent.children.push(Node::Text(text.to_owned())),
        }
        Ok(())
    }

    fn element(
        &mut self,
        start: &BytesStart<'_>,
        resolver: &NamespaceResolver,
    ) -> Result<Element, XmlError> {
        let (of, name) = resolver.resolve_element(start.name());
        let namespace = self.namespace(&of)?;
        let name = name.as_ref().to_owned();
        let mut attributes: Vec<(&'static str, String, String)> = Vec::new();
        // Its own check for duplicates takes the square of their number.
        for attribute in start.attributes().with_checks(false) {
            let attribute = attribute.map_err(|error| self.malformed(error.to_string()))?;
            if attributes.len() == MAX_ATTRIBUTES {
                return Err(XmlError::TooLarge { line: self.line });
            }
            if attribute.key.as_namespace_binding().is_some() {
                continue;
            }
            let (of, local) = resolver.resolve_attribute(attribute.key);
            let of = self.namespace(&of)?;
            let local = local.as_ref();
            if attributes
                .iter()
                .any(|(other, own, _)| *other == of && of != namespace::OTHER && own == local)
            {
                return Err(self.malformed(format!("the attribute `{local}` stands twice")));
            }
            let value = self.value(&attribute)?;
            attributes.push((of, local.to_owned(), value));
        }
        self.nodes += 1 + attributes.len();
        if self.nodes > MAX_NODES {
            return Err(XmlError::TooLarge { line: self.line });
        }
        Ok(Element {
            namespace,
            name,
            attributes,
            children: Vec::new(),
            line: self.line,
        })
    }

    fn namespace(&self, of: &ResolveResult<'_>) -> Result<&'static str, XmlError> {
        match of {
            ResolveResult::Bound(name) => Ok(namespace::known(name.0)),
            ResolveResult::Unbound => Ok(""),
            ResolveResult::Unknown(prefix) => {
                Err(self.malformed(format!("the prefix `{prefix}` is not declared")))
            }
        }
    }

    fn value(&self, attribute: &Attribute<'_>) -> Result<String, XmlError> {
        let value = attribute
            .normalized_value(XmlVersion::Implicit1_0)
            .map_err(|error| self.malformed(error.to_string()))?;
        match value.chars().find(|c| !is_xml_char(*c)) {
            Some(c) => Err(self.malformed(format!("the character {c:?} is not allowed"))),
            None => Ok(value.into_owned()),
        }
    }

    fn close(&mut self, element: Element) -> Result<(), XmlError> {
        match self.open.last_mut() {
            Some(parent) => parent.children.push(Node::Element(element)),
            None if self.root.is_some() => {
                return Err(self.malformed("more than one root element"));
            }
            None => self.root = Some(element),
        }
        Ok(())
    }

    fn finish(self) -> Result<Element, XmlError> {
        if let Some(open) = self.open.last() {
            return Err(self.malformed(format!("`{}` is not closed", open.name)));
        }
        let error = self.malformed("no element");
        self.root.ok_or(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_and_document_types_are_refused() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\">]>\n<x>&a;</x>";
        assert_eq!(parse(bomb).map(|_| ()), Err(XmlError::DocType { line: 1 }));
        let entity = XmlError::Entity {
            line: 2,
            name: "nbsp".to_owned(),
        };
        assert_eq!(parse("<x>\n&nbsp;</x>").map(|_| ()), Err(entity));
        assert!(parse("<x a='&nbsp;'/>").is_err());
    }

    #[test]
    fn what_is_not_well_formed_is_refused_with_its_line() {
        for (text, line) in [
            ("", 1),
            ("<x>\n<y></x>", 2),
            ("<x/>\n<y/>", 2),
            ("<x>\n", 2),
            ("<x>\n&#1;</x>", 2),
            ("<x>\n\u{1}</x>", 2),
            ("<x a='1'\na='2'/>", 1),
            ("<p:x/>", 1),
            ("<x/>\n\ntext", 1),
        ] {
            match parse(text) {
                Err(XmlError::Malformed { line: found, .. }) => assert_eq!(found, line, "{text}"),
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn depth_and_attributes_are_bounded() {
        assert!(parse(&"<x>".repeat(100_000)).is_err());
        let attributes: Vec<String> = (0..200).map(|n| format!("a{n}=''")).collect();
        let attributes = attributes.join(" ");
        let line = 1;
        assert_eq!(
            parse(&format!("<x {attributes}/>")).map(|_| ()),
            Err(XmlError::TooLarge { line })
        );
    }

    #[test]
    fn files_in_utf_16_are_read() {
        let bytes: Vec<u8> = "\u{feff}<ä/>"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(decode(&bytes), Ok("<ä/>".into()));
        assert_eq!(decode(b"\xef\xbb\xbf<a/>"), Ok("<a/>".into()));
        assert_eq!(decode(b"\xff"), Err(XmlError::Encoding));
    }
}
