//! Reads XLIFF 2.0 and 2.1 as what came back from an exchange.

use crate::catalog::error::ReadError;
use crate::catalog::foreign::read_tokens;
use crate::catalog::import::{Imported, ImportedContent, ImportedPart, ImportedUnit};
use crate::catalog::state::{State, SubState};
use crate::catalog::xml::{Element, namespace};

use super::content::kind_of;
use super::read::{language, read_notes, root, units};

/// Reads what came back, to be taken into a catalog by
/// [`Catalog::apply`](crate::catalog::Catalog::apply). What is tolerated is told at
/// [`read()`](super::read()).
///
/// # Errors
/// [`ReadError`] for what is no XLIFF 2.
pub fn import(text: &str) -> Result<Imported, ReadError> {
    let root = root(text)?;
    let mut imported = Imported {
        source: Some(language(&root, "srcLang")?),
        target: Some(language(&root, "trgLang")?),
        units: Vec::new(),
    };
    for file in root.all(namespace::CORE, "file") {
        // Tools rename files; the id is ours, and the same for the same post.
        let name = file.get("id").or_else(|| file.get("original"));
        let name = name.unwrap_or_default();
        let units = units(file);
        let units = units.into_iter().map(|unit| import_unit(name, unit));
        imported.units.extend(units);
    }
    Ok(imported)
}

fn import_unit(file: &str, unit: &Element) -> ImportedUnit {
    ImportedUnit {
        file: file.to_owned(),
        unit: unit.get("id").unwrap_or_default().to_owned(),
        notes: read_notes(unit),
        parts: unit.elements().filter_map(import_part).collect(),
        is_whole: true,
    }
}

fn import_part(part: &Element) -> Option<ImportedPart> {
    let is_segment = part.is(namespace::CORE, "segment");
    if !is_segment && !part.is(namespace::CORE, "ignorable") {
        return None;
    }
    let source = part.first(namespace::CORE, "source")?;
    let target = part.first(namespace::CORE, "target");
    Some(ImportedPart {
        line: target.unwrap_or(part).line,
        id: part.get("id").unwrap_or_default().to_owned(),
        is_segment,
        source: ImportedContent::Tokens(read_tokens(source, kind_of)),
        target: target.map(|target| ImportedContent::Tokens(read_tokens(target, kind_of))),
        state: part
            .get("state")
            .and_then(State::of_name)
            .or(Some(State::Initial)),
        sub_state: part.get("subState").map(SubState::of_name),
        needs_work: None,
    })
}
