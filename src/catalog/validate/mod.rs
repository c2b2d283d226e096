//! What XLIFF 2.1 wants and its schemas can't say.
//!
//! The schemas accept most invalid files: that ids are unique, that references lead somewhere and
//! that codes are paired stands in the text of the standard alone. What the schemas do say is not
//! checked again here.

mod codes;
mod hints;
mod matches;
mod unit;

use std::collections::HashSet;

use super::xml::{Element, XmlError, namespace, parse};

/// A place where a file breaks the standard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// The line of the element, counted from 1.
    pub line: usize,
    /// What is broken.
    pub constraint: Constraint,
    /// The id, value or name that breaks it; empty where it has none.
    pub value: String,
}

/// A constraint of XLIFF 2.1, with the element, attribute or section that it is stated for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Constraint {
    /// The root is `xliff` in the namespace of XLIFF 2 (`xliff`).
    Root,
    /// The version is 2.0 or 2.1 (`version`).
    Version,
    /// An id is unique where it has to be (`id`): `file` in the document, `group` and `unit`
    /// in the file, `note`, `data` and `match` in what encloses them, segments and inline
    /// elements in the unit.
    UniqueId,
    /// `trgLang` is there where there are targets (`trgLang`).
    TargetLanguage,
    /// `xml:lang` of a source or target is the language of the document (`source`, `target`).
    Language,
    /// A skeleton has either `href` or content (`skeleton`).
    Skeleton,
    /// A unit has a segment (`unit`).
    Segment,
    /// A state other than `initial` needs a target (`state`).
    StateTarget,
    /// `subState` needs `state`, and is a prefix and a value (`subState`).
    SubState,
    /// `order` is a place among the parts of the unit, taken once, and free of the part that
    /// stands there (Segments Order).
    Order,
    /// An inline element of a target has the id of one of the same kind in its source, or one of
    /// its own (`id`).
    TargetId,
    /// A reference to original data leads to `data` of the same unit (`dataRef`).
    DataRef,
    /// Two attributes that come in pairs: `dataRefStart` and `dataRefEnd`, `equivStart` and
    /// `equivEnd`, `subFlowsStart` and `subFlowsEnd` (`pc`).
    AttributePair,
    /// `isolated` says whether the other tag is in another unit (`isolated`).
    Isolated,
    /// A start code is closed behind it, an end code opened before it, in the same unit and on the
    /// same side (`sc`, `ec`).
    Unpaired,
    /// `ec` has `startRef`, or `id` where it is isolated; `dir` only there (`ec`).
    EndCode,
    /// The two tags of a pair have the same editing hints (`sc`, `ec`).
    PairHints,
    /// What may not be reordered may not be copied or deleted either (Editing Hints).
    Hints,
    /// A sequence that is not reordered begins with `firstNo`, stands together and is the same in
    /// the target (Editing Hints).
    Sequence,
    /// A code that may not be deleted is in the target of a segment that is `final` (Editing Hints).
    Deleted,
    /// `copyOf` names a code of the unit that may be copied and has no original data, and there
    /// is none of its own (Duplicating an Existing Code).
    CopyOf,
    /// `subType` needs `type`, and values of the standard fit it (`subType`).
    SubType,
    /// `subFlows` names units of the file (`subFlows`).
    SubFlows,
    /// `cp` stands for what XML does not allow (`cp`).
    CodePoint,
    /// An annotation that begins ends behind it in the same unit, and one that ends began
    /// (`sm`, `em`).
    Annotation,
    /// A comment has either `value` or `ref`, and `ref` names a note of the unit (Comment Annotation).
    Comment,
    /// A translation candidate names a span of a segment of its unit, and needs `type`
    /// with `subType` (Translation Candidates Module).
    Match,
    /// Ids of groups of metadata are unique in what encloses them (Metadata Module).
    Metadata,
}

/// Checks a document of XLIFF 2.1 for what its schemas can't say.
///
/// The violations stand in the order in which they were found: file by file, unit by unit.
///
/// # Errors
/// [`XmlError`] where the text is no XML that is read.
pub fn validate(text: &str) -> Result<Vec<Violation>, XmlError> {
    let root = parse(text)?;
    let mut found = Findings::default();
    if !root.is(namespace::CORE, "xliff") {
        found.add(&root, Constraint::Root, &root.name);
        return Ok(found.0);
    }
    let version = root.get("version").unwrap_or_default();
    if !["2.0", "2.1"].contains(&version) {
        found.add(&root, Constraint::Version, version);
    }
    let languages = Languages {
        source: root.get("srcLang").unwrap_or_default(),
        target: root.get("trgLang"),
    };
    let mut ids = Ids::default();
    for file in root.all(namespace::CORE, "file") {
        ids.add(file, &mut found);
        check_file(file, &languages, &mut found);
    }
    Ok(found.0)
}

/// What was found so far.
#[derive(Default)]
struct Findings(Vec<Violation>);

impl Findings {
    fn add(&mut self, element: &Element, constraint: Constraint, value: &str) {
        self.0.push(Violation {
            line: element.line,
            constraint,
            value: value.to_owned(),
        });
    }

    fn check(&mut self, holds: bool, element: &Element, constraint: Constraint, value: &str) {
        if !holds {
            self.add(element, constraint, value);
        }
    }
}

/// Ids that have to be unique.
#[derive(Default)]
struct Ids<'e>(HashSet<&'e str>);

impl<'e> Ids<'e> {
    fn add(&mut self, element: &'e Element, found: &mut Findings) {
        self.add_as(element, Constraint::UniqueId, found);
    }

    fn add_as(&mut self, element: &'e Element, constraint: Constraint, found: &mut Findings) {
        if let Some(id) = element.get("id") {
            found.check(self.0.insert(id), element, constraint, id);
        }
    }
}

/// The languages of a document.
struct Languages<'e> {
    source: &'e str,
    target: Option<&'e str>,
}

/// What units have to be held against.
struct File<'e> {
    languages: &'e Languages<'e>,
    units: HashSet<&'e str>,
}

fn check_file(element: &Element, languages: &Languages<'_>, found: &mut Findings) {
    for skeleton in element.all(namespace::CORE, "skeleton") {
        let is_empty = skeleton.children.is_empty();
        let has_reference = skeleton.get("href").is_some();
        found.check(
            is_empty == has_reference,
            skeleton,
            Constraint::Skeleton,
            "",
        );
    }
    let mut units = Vec::new();
    let mut groups = Vec::new();
    collect(element, &mut units, &mut groups);
    for parent in groups.iter().copied().chain([element]) {
        unit::check_notes(parent, found);
        check_metadata(parent, found);
    }
    let mut ids = Ids::default();
    for group in &groups {
        ids.add(group, found);
    }
    let mut ids = Ids::default();
    for unit in &units {
        ids.add(unit, found);
    }
    let file = File {
        languages,
        units: ids.0,
    };
    for element in units {
        unit::check(element, &file, found);
    }
}

/// The units and groups of a file, in order.
fn collect<'e>(parent: &'e Element, units: &mut Vec<&'e Element>, groups: &mut Vec<&'e Element>) {
    for element in parent.elements() {
        if element.is(namespace::CORE, "unit") {
            units.push(element);
        } else if element.is(namespace::CORE, "group") {
            groups.push(element);
            collect(element, units, groups);
        }
    }
}

/// Checks the ids of metadata: a `metadata` and its groups share one scope.
fn check_metadata(parent: &Element, found: &mut Findings) {
    for metadata in parent.all(namespace::METADATA, "metadata") {
        let mut ids = Ids::default();
        ids.add_as(metadata, Constraint::Metadata, found);
        check_groups(metadata, &mut ids, found);
    }
}

fn check_groups<'e>(parent: &'e Element, ids: &mut Ids<'e>, found: &mut Findings) {
    for group in parent.all(namespace::METADATA, "metaGroup") {
        ids.add_as(group, Constraint::Metadata, found);
        check_groups(group, ids, found);
    }
}
