//! Texts as a person may read them: with a space where a code sets words apart.

use std::ops::Range;

use super::Code;
use super::fragment::Fragment;
use super::segment::{Segment, missing_spaces};

/// The text of a unit.
pub fn shown_source(source: &Fragment, codes: &[Code]) -> String {
    let mut out = String::new();
    Spaced::new(source, codes).push(0..source.text().len(), &mut out);
    out
}

/// The text of a unit with the targets of its segments, or the source where there is none.
pub fn shown_target<'t>(
    source: &Fragment,
    codes: &[Code],
    segments: impl IntoIterator<Item = (&'t Segment, Option<&'t Fragment>)>,
) -> String {
    let spaced = Spaced::new(source, codes);
    let mut out = String::new();
    let mut at = 0;
    for (segment, target) in segments {
        spaced.push(at..segment.text.start, &mut out);
        spaced.push_edge(segment.text.start, &mut out);
        match target {
            Some(target) => out.push_str(&segment.shown(target)),
            None => spaced.push(segment.text.clone(), &mut out),
        }
        at = segment.text.end;
        spaced.push_edge(at, &mut out);
    }
    spaced.push(at..source.text().len(), &mut out);
    out
}

/// A text, and where it lacks a space.
struct Spaced<'a> {
    text: &'a str,
    places: Vec<usize>,
}

impl<'a> Spaced<'a> {
    fn new(source: &'a Fragment, codes: &[Code]) -> Self {
        let marks = source.marks();
        Self {
            text: source.text(),
            places: missing_spaces(source, codes)
                .into_iter()
                .filter_map(|mark| marks.get(mark).map(super::Mark::end))
                .collect(),
        }
    }

    /// Appends a stretch with the spaces inside it.
    fn push(&self, stretch: Range<usize>, out: &mut String) {
        let mut at = stretch.start;
        for place in &self.places {
            if stretch.start < *place && *place < stretch.end {
                out.push_str(&self.text[at..*place]);
                out.push(' ');
                at = *place;
            }
        }
        out.push_str(&self.text[at..stretch.end]);
    }

    /// Appends the space at the edge of a stretch, once.
    fn push_edge(&self, place: usize, out: &mut String) {
        if self.places.contains(&place) && !out.ends_with(char::is_whitespace) {
            out.push(' ');
        }
    }
}
