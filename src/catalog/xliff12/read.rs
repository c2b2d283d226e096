//! Reads XLIFF 1.2 that came back.

use crate::catalog::error::ReadError;
use crate::catalog::foreign::{Inline, read_note, read_tokens};
use crate::catalog::import::{Imported, ImportedContent, ImportedPart, ImportedUnit};
use crate::catalog::state::State;
use crate::catalog::xml::{Element, namespace, parse};
use crate::unit::Locale;

/// Reads what came back, to be taken into a catalog by
/// [`Catalog::apply`](crate::catalog::Catalog::apply).
///
/// Codes may come as `g`, `x`, `bx` and `ex` as well; annotations in the text are passed over, not
/// what they enclose, and `trans-unit`s may be in any groups.
///
/// # Errors
/// [`ReadError`] for what is no XLIFF 1.2.
pub fn import(text: &str) -> Result<Imported, ReadError> {
    let root = parse(text)?;
    if !root.is(namespace::XLIFF_1_2, "xliff") {
        return Err(ReadError::Format {
            line: root.line,
            found: root.name,
            wanted: "XLIFF 1.2",
        });
    }
    let mut imported = Imported {
        source: None,
        target: None,
        units: Vec::new(),
    };
    for file in root.all(namespace::XLIFF_1_2, "file") {
        imported.source = language(file, "source-language")?.or(imported.source);
        imported.target = language(file, "target-language")?.or(imported.target);
        let original = file.get("original").unwrap_or_default();
        for body in file.all(namespace::XLIFF_1_2, "body") {
            push_units(original, body, &mut imported.units);
        }
    }
    Ok(imported)
}

fn language(file: &Element, name: &str) -> Result<Option<Locale>, ReadError> {
    let tag = file.get(name).map(str::parse).transpose();
    tag.map_err(|error| ReadError::Language {
        line: file.line,
        error,
    })
}

fn push_units(original: &str, parent: &Element, out: &mut Vec<ImportedUnit>) {
    for element in parent.elements() {
        if element.is(namespace::XLIFF_1_2, "group") {
            push_units(original, element, out);
        } else if element.is(namespace::XLIFF_1_2, "trans-unit")
            && let Some(unit) = import_unit(original, element)
        {
            out.push(unit);
        }
    }
}

fn import_unit(original: &str, element: &Element) -> Option<ImportedUnit> {
    let id = element.get("id").unwrap_or_default();
    let (unit, segment) = id.rsplit_once('/').unwrap_or((id, ""));
    let source = element.first(namespace::XLIFF_1_2, "source")?;
    let target = element.first(namespace::XLIFF_1_2, "target");
    let (state, needs_work) = state(element, target);
    let part = ImportedPart {
        line: target.unwrap_or(element).line,
        id: segment.to_owned(),
        is_segment: true,
        source: ImportedContent::Tokens(read_tokens(source, kind_of)),
        target: target.map(|target| ImportedContent::Tokens(read_tokens(target, kind_of))),
        state,
        sub_state: None,
        needs_work,
    };
    Some(ImportedUnit {
        file: original.to_owned(),
        unit: unit.to_owned(),
        notes: element
            .all(namespace::XLIFF_1_2, "note")
            .map(|note| read_note(note, "from", "annotates"))
            .collect(),
        parts: vec![part],
        is_whole: false,
    })
}

/// How far a translation is, and whether it is marked as one that needs work.
fn state(unit: &Element, target: Option<&Element>) -> (Option<State>, Option<bool>) {
    let is_approved = unit.get("approved") == Some("yes");
    let name = target.and_then(|target| target.get("state"));
    let state = match name {
        Some("final") => Some(State::Final),
        Some("signed-off") => Some(State::Reviewed),
        Some("new" | "needs-translation") => Some(State::Initial),
        Some(_) => Some(State::Translated),
        None => None,
    };
    let state = if is_approved {
        Some(state.unwrap_or(State::Reviewed).max(State::Reviewed))
    } else {
        state
    };
    (state, name.map(|name| name.starts_with("needs-")))
}

fn kind_of(element: &Element) -> Inline<'_> {
    let id = element.get("id").unwrap_or_default();
    match element.name.as_str() {
        _ if element.namespace != namespace::XLIFF_1_2 => Inline::Annotation,
        "g" => Inline::Pair(id),
        "bpt" | "bx" => Inline::Open(id),
        "ept" | "ex" => Inline::Close(id),
        "x" | "ph" | "it" => Inline::Placeholder(id),
        _ => Inline::Annotation,
    }
}
