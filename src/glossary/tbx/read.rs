//! Reads TBX. Both styles are read at once: a data category is known by the name of its element
//! (DCT) or by its attribute `type` (DCA, and the form of 2008).
//!
//! Nothing outside the file is read, and no entity is resolved but those of XML itself.

use quick_xml::Reader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::unit::Locale;

use super::super::{
    Case, Concept, Context, Glossary, GlossaryError, PartOfSpeech, Place, Problem, Status, Term,
    clean,
};
use super::{CASE_INSENSITIVE, CASE_SENSITIVE, DO_NOT_TRANSLATE, TRANSLATION_NEEDED};

/// Elements nested deeper than this are refused; TBX needs a dozen.
const DEEPEST: usize = 64;

pub(in crate::glossary) fn read(text: &str, context: &Context) -> Result<Glossary, GlossaryError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut file = File {
        context,
        lines: Lines {
            text,
            at: 0,
            line: 1,
        },
        open: Vec::new(),
        root: None,
        glossary: Glossary::default(),
        concept: None,
        locale: None,
        term: None,
    };
    loop {
        let start = reader.buffer_position();
        let event = reader.read_event();
        let line = file.lines.of(start);
        let wrong = |problem| GlossaryError {
            line: Some(line),
            problem,
        };
        let event = event.map_err(|error| {
            wrong(Problem::Syntax {
                detail: error.to_string(),
            })
        })?;
        if matches!(event, Event::Eof) {
            break;
        }
        file.take(event, line).map_err(wrong)?;
    }
    file.end()
}

/// Counts lines as far as the file was read.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    /// The line of an offset behind those that were asked for before.
    fn of(&mut self, offset: u64) -> usize {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let read = self
            .text
            .as_bytes()
            .get(self.at..offset.min(self.text.len()));
        self.line += memchr::memchr_iter(b'\n', read.unwrap_or_default()).count();
        self.at = offset.max(self.at);
        self.line
    }
}

/// An element that is open.
struct Open {
    /// Its name without a prefix.
    name: String,
    /// Its data category, or empty.
    category: String,
    /// The text in it, and in what it contains.
    text: String,
}

/// A file that is being read.
struct File<'c, 't> {
    context: &'c Context,
    lines: Lines<'t>,
    open: Vec<Open>,
    root: Option<String>,
    glossary: Glossary,
    concept: Option<Concept>,
    locale: Option<Locale>,
    /// The term that is being read, once its text is known.
    term: Option<Term>,
}

impl File<'_, '_> {
    fn take(&mut self, event: Event<'_>, line: usize) -> Result<(), Problem> {
        match event {
            Event::Start(start) => self.start(&start, line),
            Event::Empty(start) => {
                self.start(&start, line)?;
                self.close();
                Ok(())
            }
            Event::End(_) => {
                self.close();
                Ok(())
            }
            Event::Text(text) => {
                self.push(&text.xml10_content());
                Ok(())
            }
            Event::CData(text) => {
                self.push(&text.xml10_content());
                Ok(())
            }
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(declaration) => match declaration.find("<!ENTITY") {
                Some(at) => Err(Problem::Entity {
                    name: shortened(&declaration[at..]),
                }),
                None => Ok(()),
            },
            _ => Ok(()),
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(open) = self.open.last_mut() {
            open.text.push_str(text);
        }
    }

    fn reference(&mut self, reference: &BytesRef<'_>) -> Result<(), Problem> {
        let unknown = || Problem::Entity {
            name: shortened(reference),
        };
        if let Some(c) = reference.resolve_char_ref().map_err(|_| unknown())? {
            self.push(c.encode_utf8(&mut [0; 4]));
            return Ok(());
        }
        let text = resolve_predefined_entity(reference).ok_or_else(unknown)?;
        self.push(text);
        Ok(())
    }

    fn start(&mut self, start: &BytesStart<'_>, line: usize) -> Result<(), Problem> {
        if self.open.len() >= DEEPEST {
            return Err(Problem::TooDeep { limit: DEEPEST });
        }
        let name = start.local_name().into_inner().to_owned();
        let (mut lang, mut kind) = (None, None);
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| Problem::Syntax {
                detail: error.to_string(),
            })?;
            let slot = match attribute.key.into_inner() {
                "xml:lang" | "lang" => &mut lang,
                "type" => &mut kind,
                _ => continue,
            };
            let value = attribute
                .normalized_value(quick_xml::XmlVersion::Implicit1_0)
                .map_err(|error| Problem::Syntax {
                    detail: error.to_string(),
                })?;
            *slot = Some(value.into_owned());
        }
        self.begin(&name, lang, line)?;
        self.open.push(Open {
            category: match name.as_str() {
                "termNote" | "descrip" | "admin" => kind.unwrap_or_default(),
                other => other.to_owned(),
            },
            name,
            text: String::new(),
        });
        Ok(())
    }

    /// Takes note of an element that opens a level of the file.
    fn begin(&mut self, name: &str, lang: Option<String>, line: usize) -> Result<(), Problem> {
        if self.root.is_none() {
            if !matches!(name, "tbx" | "martif") {
                return Err(Problem::NotTbx {
                    root: shortened(name),
                });
            }
            self.root = Some(name.to_owned());
        }
        match name {
            "conceptEntry" | "termEntry" => {
                self.concept = Some(Concept {
                    place: Place {
                        file: self.context.file.clone(),
                        line,
                    },
                    ..Concept::default()
                });
            }
            "langSec" | "langSet" => {
                let tag = lang.ok_or_else(|| Problem::NoLanguage {
                    name: name.to_owned(),
                })?;
                let locale = tag.trim().parse();
                self.locale = Some(locale.map_err(|_| Problem::Locale { tag })?);
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes what an element says that ends.
    fn close(&mut self) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let text = clean(&open.text);
        match open.name.as_str() {
            "conceptEntry" | "termEntry" => self.glossary.concepts.extend(self.concept.take()),
            "langSec" | "langSet" => self.locale = None,
            "termSec" | "tig" | "ntig" => {
                if let (Some(concept), Some(term)) = (&mut self.concept, self.term.take()) {
                    concept.terms.push(term);
                }
            }
            "term" => {
                // A term may also be an item of a cross reference elsewhere in the file.
                let locale = self.locale.as_ref().filter(|_| self.is_in_term_section());
                self.term = locale.filter(|_| !text.is_empty()).map(|locale| Term {
                    locale: locale.clone(),
                    text,
                    status: Status::default(),
                });
            }
            name => {
                self.say(&open.category, name, &text);
                // Inline markup, as in `H<hi>2</hi>O`.
                if matches!(name, "hi" | "foreign") {
                    self.push(&open.text);
                }
            }
        }
    }

    fn is_in_term_section(&self) -> bool {
        let mut open = self.open.iter().rev();
        open.any(|one| matches!(one.name.as_str(), "termSec" | "tig" | "ntig"))
    }

    /// Takes a data category that ends.
    fn say(&mut self, category: &str, name: &str, text: &str) {
        let Some(concept) = &mut self.concept else {
            return;
        };
        match category {
            "administrativeStatus" | "normativeAuthorization" => {
                if let Some(term) = &mut self.term {
                    term.status = status_of(text);
                }
            }
            "partOfSpeech" => {
                let part = PartOfSpeech::of_name(text);
                concept.part_of_speech = concept.part_of_speech.or(part);
            }
            TRANSLATION_NEEDED => concept.do_not_translate = text.eq_ignore_ascii_case("no"),
            _ if name != "note" && category != "definition" => {}
            _ => match text {
                "" => {}
                CASE_SENSITIVE => concept.case = Case::Sensitive,
                CASE_INSENSITIVE => concept.case = Case::Insensitive,
                DO_NOT_TRANSLATE => concept.do_not_translate = true,
                _ => {
                    if !concept.note.is_empty() {
                        concept.note.push_str(" / ");
                    }
                    concept.note.push_str(text);
                }
            },
        }
    }

    fn end(self) -> Result<Glossary, GlossaryError> {
        let line = Some(self.lines.line);
        if let Some(open) = self.open.last() {
            let detail = format!("`{}` is not closed", open.name);
            return Err(GlossaryError {
                line,
                problem: Problem::Syntax { detail },
            });
        }
        if self.root.is_none() {
            let root = String::new();
            return Err(GlossaryError {
                line,
                problem: Problem::NotTbx { root },
            });
        }
        Ok(self.glossary)
    }
}

/// What an administrative status means, by the names of both editions and those in use.
fn status_of(text: &str) -> Status {
    let name = text.trim_end_matches("-admn-sts").to_ascii_lowercase();
    match name.trim_end_matches("term") {
        "admitted" => Status::Admitted,
        "deprecated" | "superseded" | "obsolete" | "forbidden" | "notrecommended" => {
            Status::Forbidden
        }
        _ => Status::Preferred,
    }
}

/// What is shown of a name in a file that is not to be trusted.
fn shortened(text: &str) -> String {
    clean(&text.chars().take(40).collect::<String>())
}
