//! What exports have in common.

use crate::unit::{Code, Fragment};

use super::model::{CatalogFile, CatalogSegment, CatalogUnit, Note, Part};

/// What notes tell of the text around a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Context {
    /// Nothing, so that an edit changes no line of another unit.
    None,
    /// The text of the unit before and behind it.
    Neighbours,
}

/// Categories of notes with neighbouring text, which only exports have.
pub(super) const BEFORE: &str = "before";
pub(super) const AFTER: &str = "after";

/// The units of a post that have a segment, with notes on the text around them.
pub(super) fn units_with_neighbours(
    file: &CatalogFile,
    context: Context,
) -> Vec<(&CatalogUnit, Vec<Note>)> {
    let units = file.units.iter();
    let units: Vec<&CatalogUnit> = units
        .filter(|unit| unit.segments().next().is_some())
        .collect();
    let text = |at: Option<usize>| -> Option<Fragment> {
        let unit = units.get(at.filter(|_| context == Context::Neighbours)?)?;
        Some(unit.source())
    };
    let with_notes = |at: usize| -> Vec<Note> {
        let neighbours = [
            (BEFORE, text(at.checked_sub(1))),
            (AFTER, text(Some(at + 1))),
        ];
        let notes = neighbours
            .into_iter()
            .filter_map(|(category, fragment)| Some(Note::of_ours(category, fragment?.text())));
        notes.collect()
    };
    let notes: Vec<Vec<Note>> = (0..units.len()).map(with_notes).collect();
    units.into_iter().zip(notes).collect()
}

/// The segments of a unit with the codes of their sources and with notes, for formats that keep
/// segments apart: ours stand with each, those of people with the first.
pub(super) fn segments_with_notes<'u>(
    unit: &'u CatalogUnit,
    neighbours: &[Note],
) -> Vec<(&'u CatalogSegment, &'u [Code], Vec<Note>)> {
    let parts = unit.parts.iter().zip(unit.codes_of_parts());
    let segments = parts.filter_map(|(part, codes)| match part {
        Part::Segment(segment) => Some((segment, codes)),
        Part::Ignorable(_) => None,
    });
    let with_notes = |(at, (segment, codes)): (usize, (&'u CatalogSegment, &'u [Code]))| {
        let own = unit.notes.iter();
        let own = own.filter(|note| at == 0 || note.is_ours());
        let mut notes: Vec<Note> = neighbours.iter().chain(own).cloned().collect();
        if let Some(sub_state) = &segment.sub_state {
            notes.push(Note::of_ours("sub-state", sub_state.name()));
        }
        (segment, codes, notes)
    };
    segments.enumerate().map(with_notes).collect()
}
