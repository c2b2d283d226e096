//! Reads XLIFF 2.0 and 2.1, as we wrote it or as a tool made it of that.

use std::collections::{HashMap, HashSet};

use percent_encoding::percent_decode_str;

use crate::catalog::error::ReadError;
use crate::catalog::export::{AFTER, BEFORE};
use crate::catalog::foreign::{read_note, read_tokens};
use crate::catalog::import::{Place, Reason, Refused};
use crate::catalog::inline::{plain_text, resolve};
use crate::catalog::model::{
    Candidate, Catalog, CatalogFile, CatalogSegment, CatalogUnit, Note, Part, percent,
};
use crate::catalog::state::{Method, Origin, State, SubState};
use crate::catalog::xml::{Element, namespace, parse};
use crate::unit::{Fragment, Kind, Locale};

use super::content::{Data, SourceReader, kind_of};
use super::{OUTPUT, PREFIX, TARGET};

/// A catalog that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Read {
    /// What is in it.
    pub catalog: Catalog,
    /// The targets that were not taken. Their text is kept as a candidate of their segment, which
    /// is marked [`SubState::Refused`], so that writing the catalog again loses nothing.
    pub refused: Vec<Refused>,
}

/// Reads a catalog.
///
/// Attributes may stand in any order, namespaces may have any prefix, and elements and attributes
/// that are not ours are passed over. Annotations in the text are passed over, not what they
/// enclose. A target that equals its source in the state `initial` is none; any other target
/// makes the state `translated` at least.
///
/// # Errors
/// [`ReadError`] for what is no XLIFF 2; a target whose codes break law 3 is no error.
pub fn read(text: &str) -> Result<Read, ReadError> {
    let root = root(text)?;
    let mut refused = Vec::new();
    let files = root.all(namespace::CORE, "file");
    let catalog = Catalog {
        source: language(&root, "srcLang")?,
        target: language(&root, "trgLang")?,
        files: files.map(|file| read_file(file, &mut refused)).collect(),
    };
    Ok(Read { catalog, refused })
}

/// The root of an XLIFF 2 document.
pub(super) fn root(text: &str) -> Result<Element, ReadError> {
    let root = parse(text)?;
    if root.is(namespace::CORE, "xliff") {
        Ok(root)
    } else {
        Err(ReadError::Format {
            line: root.line,
            found: root.name,
            wanted: "XLIFF 2",
        })
    }
}

pub(super) fn language(root: &Element, name: &'static str) -> Result<Locale, ReadError> {
    let line = root.line;
    let tag = root.get(name).ok_or(ReadError::NoLanguage { line, name })?;
    tag.parse()
        .map_err(|error| ReadError::Language { line, error })
}

fn read_file(file: &Element, refused: &mut Vec<Refused>) -> CatalogFile {
    let original = file.get("original").or_else(|| file.get("id"));
    let mut read = FileReader {
        original: original.unwrap_or_default().to_owned(),
        refused,
    };
    let units = units(file).into_iter().map(|unit| read.read_unit(unit));
    CatalogFile {
        units: units.collect(),
        original: read.original,
    }
}

/// The units of a file, those in groups too, in order.
pub(super) fn units(parent: &Element) -> Vec<&Element> {
    let mut out = Vec::new();
    for element in parent.elements() {
        if element.is(namespace::CORE, "unit") {
            out.push(element);
        } else if element.is(namespace::CORE, "group") {
            out.extend(units(element));
        }
    }
    out
}

struct FileReader<'r> {
    original: String,
    refused: &'r mut Vec<Refused>,
}

impl FileReader<'_> {
    fn read_unit(&mut self, element: &Element) -> CatalogUnit {
        let data = Data::of(element);
        let mut source = SourceReader::new(&data);
        let (kind, name) = kind_and_element(element.get("type").unwrap_or_default());
        let limit = element.get_of(namespace::SIZE, "sizeRestriction");
        let meta = Metadata::of(element);
        let mut unit = CatalogUnit {
            id: element.get("id").unwrap_or_default().to_owned(),
            field: element.get("name").unwrap_or_default().to_owned(),
            element: name,
            kind,
            codes: Vec::new(),
            output: meta.output,
            limit: limit.and_then(|limit| limit.parse().ok()),
            notes: read_notes(element),
            parts: Vec::new(),
        };
        let mut candidates = read_matches(element);
        let mut names = Names::of(element);
        for part in element.elements() {
            let Some(content) = part.first(namespace::CORE, "source") else {
                continue;
            };
            let fragment = source.read(content);
            if part.is(namespace::CORE, "ignorable") {
                unit.parts.push(Part::Ignorable(fragment));
            } else if part.is(namespace::CORE, "segment") {
                let mut segment = CatalogSegment::new(names.next(part), fragment);
                (segment.origin, segment.digest) =
                    meta.targets.get(&segment.id).cloned().unwrap_or_default();
                segment.candidates = candidates.remove(&segment.id).unwrap_or_default();
                self.read_target(&unit.id, part, &source, &mut segment);
                unit.parts.push(Part::Segment(segment));
            }
        }
        unit.codes = source.codes;
        unit
    }

    /// Reads state and target of a segment whose source was the last that `source` read.
    fn read_target(
        &mut self,
        unit: &str,
        part: &Element,
        source: &SourceReader<'_>,
        segment: &mut CatalogSegment,
    ) {
        segment.sub_state = part.get("subState").map(SubState::of_name);
        let state = part.get("state").and_then(State::of_name);
        let state = state.unwrap_or(State::Initial);
        let Some(element) = part.first(namespace::CORE, "target") else {
            return;
        };
        let tokens = read_tokens(element, kind_of);
        match resolve(&tokens, &segment.source) {
            Ok(target) => {
                let is_filler = state == State::Initial && target.as_ref() == Some(&segment.source);
                segment.target = target.filter(|_| !is_filler);
                if segment.target.is_some() {
                    segment.state = state.max(State::Translated);
                }
            }
            Err(error) => {
                let text = Fragment::plain(plain_text(&tokens));
                let start = source.codes.len() - segment.source.marks().len();
                let codes = &source.codes[start..];
                let kept = Candidate::new(&segment.source, &text, codes, 100, Origin::Person);
                segment.candidates.push(kept);
                segment.sub_state = Some(SubState::Refused);
                self.refused.push(Refused {
                    place: Place {
                        line: element.line,
                        file: self.original.clone(),
                        unit: unit.to_owned(),
                        segment: segment.id.clone(),
                    },
                    reason: Reason::Codes(error),
                });
            }
        }
    }
}

/// Names for segments that have none, or one that another has.
struct Names {
    taken: HashSet<String>,
    given: HashSet<String>,
    next: usize,
}

impl Names {
    fn of(unit: &Element) -> Self {
        let segments = unit.all(namespace::CORE, "segment");
        Self {
            taken: segments
                .filter_map(|segment| segment.get("id").map(str::to_owned))
                .collect(),
            given: HashSet::new(),
            next: 0,
        }
    }

    fn next(&mut self, segment: &Element) -> String {
        if let Some(id) = segment.get("id")
            && self.given.insert(id.to_owned())
        {
            return id.to_owned();
        }
        loop {
            self.next += 1;
            let name = format!("s{}", self.next);
            if !self.taken.contains(&name) {
                return name;
            }
        }
    }
}

fn kind_and_element(value: &str) -> (Kind, String) {
    let (kind, element) = value.split_once(':').unwrap_or((value, "*"));
    let kind = match kind {
        "text" => Kind::Text,
        "url" => Kind::Url,
        _ => Kind::Html,
    };
    if element == "*" {
        return (kind, String::new());
    }
    let element = percent_decode_str(element).decode_utf8_lossy();
    (kind, element.into_owned())
}

/// What the metadata of a unit say.
#[derive(Default)]
struct Metadata {
    output: Option<String>,
    /// Provenance and digest, by segment.
    targets: HashMap<String, (Option<Origin>, Option<String>)>,
}

impl Metadata {
    fn of(unit: &Element) -> Self {
        let mut out = Self::default();
        let groups = unit
            .all(namespace::METADATA, "metadata")
            .flat_map(|metadata| metadata.all(namespace::METADATA, "metaGroup"));
        for group in groups {
            let get = |name: &str| {
                let mut all = group.all(namespace::METADATA, "meta");
                let meta = all.find(|meta| meta.get("type") == Some(name));
                meta.map(Element::text)
            };
            match (group.get("category"), group.get("id")) {
                (Some(OUTPUT), _) => out.output = get("digest"),
                (Some(TARGET), Some(id)) => {
                    let said = (origin(&get), get("digest"));
                    out.targets.insert(id.to_owned(), said);
                }
                _ => {}
            }
        }
        out
    }
}

fn origin(get: &dyn Fn(&str) -> Option<String>) -> Option<Origin> {
    Some(match get("origin")?.as_str() {
        "backend" => Origin::Backend {
            name: get("backend").unwrap_or_default(),
            method: get("codes")
                .and_then(|name| Method::of_name(&name))
                .unwrap_or(Method::Direct),
        },
        "memory" => Origin::Memory {
            score: get("score")
                .and_then(|score| score.parse().ok())
                .unwrap_or(0),
        },
        "person" => Origin::Person,
        "adopted" => Origin::Adopted,
        "repetition" => Origin::Repetition,
        _ => return None,
    })
}

/// The candidates of each segment.
fn read_matches(unit: &Element) -> HashMap<String, Vec<Candidate>> {
    let mut out: HashMap<String, Vec<Candidate>> = HashMap::new();
    let matches = unit
        .all(namespace::MATCHES, "matches")
        .flat_map(|matches| matches.all(namespace::MATCHES, "match"));
    for element in matches {
        let Some(reference) = element.get("ref") else {
            continue;
        };
        let segment = reference.rsplit('#').next().unwrap_or(reference);
        if let Some(candidate) = read_match(element) {
            out.entry(segment.to_owned()).or_default().push(candidate);
        }
    }
    out
}

fn read_match(element: &Element) -> Option<Candidate> {
    let data = Data::of(element);
    let mut reader = SourceReader::new(&data);
    let source = reader.read(element.first(namespace::CORE, "source")?);
    let codes = std::mem::take(&mut reader.codes);
    // What is only shown is held to no law.
    let target = reader.read(element.first(namespace::CORE, "target")?);
    // The standard has decimal fractions.
    let percent = |name: &str| element.get(name)?.parse().ok().map(percent);
    let sub_kind = element
        .get("subType")
        .and_then(|sub_kind| sub_kind.strip_prefix(PREFIX)?.strip_prefix(':'));
    let origin = match (element.get("type"), sub_kind) {
        (Some("mt"), method) => Origin::Backend {
            name: element.get("origin").unwrap_or_default().to_owned(),
            method: method.and_then(Method::of_name).unwrap_or(Method::Direct),
        },
        (_, Some("person")) => Origin::Person,
        (_, Some("adopted")) => Origin::Adopted,
        (_, Some("repetition")) => Origin::Repetition,
        _ => Origin::Memory {
            score: percent("matchQuality").unwrap_or(0),
        },
    };
    Some(Candidate {
        source,
        target,
        codes,
        similarity: percent("similarity").unwrap_or(0),
        origin,
    })
}

/// The notes of a unit, but for those that only exports have. Some tools put them into segments.
pub(super) fn read_notes(unit: &Element) -> Vec<Note> {
    let segments = unit.all(namespace::CORE, "segment");
    let notes = [unit]
        .into_iter()
        .chain(segments)
        .flat_map(|parent| parent.all(namespace::CORE, "notes"))
        .flat_map(|notes| notes.all(namespace::CORE, "note"));
    notes
        .map(|note| read_note(note, "category", "appliesTo"))
        .filter(|note| ![BEFORE, AFTER].iter().any(|name| note.is_of_ours(name)))
        .collect()
}
