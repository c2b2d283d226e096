//! One splice that writes targets and attribute values into the source.

use std::cmp::Reverse;
use std::ops::Range;

use super::chars::{self, Place, Spelling};
use super::found::{Embedded, Extracted, HtmlUnit, Layer, Site};
use super::head::{Alternate, Head};
use super::render::{Replacement, can_stand_bare, render};
use crate::post::{Part, Splice};

/// What is written into a text: by the numbers of its units and sites.
pub trait Changes {
    /// The new text of a unit, stretch by stretch in order; empty where it stays as it is.
    fn replacements(&self, unit: &HtmlUnit) -> Vec<Replacement>;
    /// The new value of a site, as a splice of its decoded value; none where it stays.
    fn site_value(&self, site: &Site) -> Option<Splice>;
    /// Links to other versions that are inserted into the head of the page.
    fn alternates(&self, _head: &Head) -> Vec<Alternate> {
        Vec::new()
    }
}

/// A range of the source and what stands there instead.
struct Edit {
    range: Range<usize>,
    parts: Vec<Part>,
}

/// Writes `changes` into `source`, of which `extracted` was taken.
///
/// Everything that is not changed is a range of the source: with no change the result is the
/// source itself.
pub fn rebuild(source: &str, extracted: &Extracted, changes: &dyn Changes) -> Splice {
    if let Some(site) = &extracted.whole
        && let Some(value) = changes.site_value(site)
    {
        return value;
    }
    let mut edits = Vec::new();
    unit_edits(source, extracted, changes, &mut edits);
    for site in &extracted.sites {
        edits.extend(
            changes
                .site_value(site)
                .and_then(|value| site_edit(source, site, &value)),
        );
    }
    for embedded in &extracted.embedded {
        edits.extend(embedded_edit(embedded, changes));
    }
    let mut behind = None;
    if let Some(head) = &extracted.head {
        let links = head.links(&changes.alternates(head));
        if head.at == source.len() {
            behind = Some(links);
        } else if !links.is_empty() {
            edits.push(Edit {
                range: head.at..head.at,
                parts: vec![Part::New(links)],
            });
        }
    }
    // What encloses comes before what is enclosed.
    edits.sort_by_key(|edit| (edit.range.start, Reverse(edit.range.end)));
    let mut out = Splice::default();
    emit(0..source.len(), &edits, &mut out);
    out.push_new(&behind.unwrap_or_default());
    out
}

fn unit_edits(source: &str, extracted: &Extracted, changes: &dyn Changes, edits: &mut Vec<Edit>) {
    let mut spelling = None;
    for unit in &extracted.units {
        let replacements = changes.replacements(unit);
        if replacements.is_empty() {
            continue;
        }
        let spelling = spelling.get_or_insert_with(|| {
            Spelling::learn(
                extracted
                    .units
                    .iter()
                    .flat_map(|unit| &unit.built.tiles)
                    .map(|tile| &source[tile.raw.range()]),
            )
        });
        edits.push(Edit {
            range: unit.built.span.range(),
            parts: render(source, unit, &replacements, spelling)
                .parts()
                .to_vec(),
        });
    }
}

/// Characters that a value without quotes may hold whatever it is.
fn needs_no_quotes(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"/_.:-%?#".contains(&byte))
}

fn site_edit(source: &str, site: &Site, value: &Splice) -> Option<Edit> {
    let raw = &source[site.span.range()];
    let decoded = chars::decode(raw, Place::Attribute);
    if value.is_identity(decoded.text().len()) {
        return None;
    }
    let spelling = Spelling::default();
    let range = site.span.range();
    if site.quote.is_none() && !needs_no_quotes(&value.apply(decoded.text())) {
        let text = spelling.escape_attribute(&value.apply(decoded.text()), '"');
        return Some(Edit {
            range,
            parts: vec![Part::New(format!("\"{text}\""))],
        });
    }
    let quote = site.quote.unwrap_or('"');
    let lifted = decoded.lift(value, |text| spelling.escape_attribute(text, quote));
    Some(Edit {
        parts: shifted(&lifted, range.start),
        range,
    })
}

fn embedded_edit(embedded: &Embedded, changes: &dyn Changes) -> Option<Edit> {
    let text = embedded.decoded.text();
    let inner = rebuild(text, &embedded.content, changes);
    if inner.is_identity(text.len()) {
        return None;
    }
    let spelling = Spelling::default();
    let range = embedded.span.range();
    let lifted = match embedded.layer {
        Layer::Json(style) => embedded.decoded.lift(&inner, |text| style.encode(text)),
        Layer::Attribute(Some(quote)) => embedded
            .decoded
            .lift(&inner, |text| spelling.escape_attribute(text, quote)),
        Layer::Attribute(None) => {
            let lifted = embedded
                .decoded
                .lift(&inner, |text| spelling.escape_attribute(text, '"'));
            if can_stand_bare(&lifted) {
                return Some(Edit {
                    parts: shifted(&lifted, range.start),
                    range,
                });
            }
            let value = spelling.escape_attribute(&inner.apply(text), '"');
            return Some(Edit {
                range,
                parts: vec![Part::New(format!("\"{value}\""))],
            });
        }
    };
    Some(Edit {
        parts: shifted(&lifted, range.start),
        range,
    })
}

/// The parts of a splice of a text that begins at `start`.
fn shifted(splice: &Splice, start: usize) -> Vec<Part> {
    splice
        .parts()
        .iter()
        .map(|part| match part {
            Part::Source(range) => Part::Source(range.start + start..range.end + start),
            Part::New(text) => Part::New(text.clone()),
        })
        .collect()
}

/// Emits a range of the source with the edits inside it; copied ranges of an edit hold the edits
/// that it encloses. The depth is that of elements in sentences, which the parser limits.
fn emit(range: Range<usize>, edits: &[Edit], out: &mut Splice) {
    let mut at = range.start;
    let first = edits.partition_point(|edit| edit.range.start < range.start);
    for (index, edit) in edits.iter().enumerate().skip(first) {
        if edit.range.start >= range.end {
            break;
        }
        if edit.range.start < at || edit.range.end > range.end {
            continue;
        }
        out.push_source(at..edit.range.start);
        for part in &edit.parts {
            match part {
                Part::New(text) => out.push_new(text),
                Part::Source(inner) => emit(inner.clone(), &edits[index + 1..], out),
            }
        }
        at = edit.range.end;
    }
    out.push_source(at..range.end);
}
