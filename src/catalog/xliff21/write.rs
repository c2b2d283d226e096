//! Writes a catalog as XLIFF 2.1.

use std::collections::{HashMap, HashSet};

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::catalog::codes::Edges;
use crate::catalog::export::{Context, units_with_neighbours};
use crate::catalog::model::{
    Candidate, Catalog, CatalogFile, CatalogSegment, CatalogUnit, Note, Part, Side,
};
use crate::catalog::state::Origin;
use crate::catalog::xml::{self, namespace};
use crate::unit::{CodeId, Fragment, Kind};

use super::mark::{Marker, Runs};
use super::{OUTPUT, PREFIX, TARGET};

/// Writes a catalog as it is kept beside the posts: the same catalog always gives the same bytes.
///
/// Units without a segment are left out, as the standard wants one at least; nothing in them is
/// translated. Characters that XML does not allow are written as `cp`; in attributes, notes and
/// names they become U+FFFD.
pub fn write(catalog: &Catalog) -> String {
    write_for_exchange(catalog, Context::None)
}

/// Writes a catalog for people who work on it elsewhere; see [`write()`].
pub fn write_for_exchange(catalog: &Catalog, context: Context) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff");
    for (name, value) in [
        ("xmlns", namespace::CORE),
        ("xmlns:mda", namespace::METADATA),
        ("xmlns:mtc", namespace::MATCHES),
        ("xmlns:slr", namespace::SIZE),
        ("version", "2.1"),
        ("srcLang", catalog.source.tag()),
        ("trgLang", catalog.target.tag()),
    ] {
        xml::attribute(name, value, &mut out);
    }
    out.push_str(">\n");
    for file in &catalog.files {
        write_file(file, context, &mut out);
    }
    out.push_str("</xliff>\n");
    out
}

fn write_file(file: &CatalogFile, context: Context, out: &mut String) {
    let units = units_with_neighbours(file, context);
    out.push_str(" <file");
    xml::attribute("id", &file.id(), out);
    xml::attribute("original", &file.original, out);
    // What a segment is follows from the source, so tools must not cut or join any.
    out.push_str(" canResegment=\"no\" xml:space=\"preserve\">\n");
    if units.iter().any(|(unit, _)| unit.limit.is_some()) {
        out.push_str("  <slr:profiles generalProfile=\"xliff:codepoints\"/>\n");
    }
    for (unit, neighbours) in &units {
        write_unit(unit, neighbours, out);
    }
    if units.is_empty() {
        // A file without units is no file to the standard, but an empty group is a group.
        out.push_str("  <group id=\"none\"/>\n");
    }
    out.push_str(" </file>\n");
}

fn write_unit(unit: &CatalogUnit, neighbours: &[Note], out: &mut String) {
    out.push_str("  <unit");
    xml::attribute("id", &unit.id, out);
    if !unit.field.is_empty() {
        xml::attribute("name", &unit.field, out);
    }
    xml::attribute("type", &unit_type(unit), out);
    if unit.kind == Kind::Url {
        xml::attribute("translate", "no", out);
    }
    if let Some(limit) = unit.limit {
        xml::attribute("slr:sizeRestriction", &limit.to_string(), out);
    }
    out.push_str(">\n");
    write_metadata(unit, out);
    write_matches(unit, out);
    write_notes(unit, neighbours, out);
    let marker = Marker::new(&unit.codes);
    let sources: Vec<&Fragment> = unit.parts.iter().map(Part::source).collect();
    marker.write_data(&sources, "   ", out);
    let filled = filled(unit);
    for (at, part) in unit.parts.iter().enumerate() {
        write_part(part, filled.contains(&at), &marker, out);
    }
    out.push_str("  </unit>\n");
}

/// What can't stand behind the colon of a value with a prefix.
const VALUE: &AsciiSet = &CONTROLS.add(b' ').add(b':').add(b'%').add(b'*');

/// Kind and element of a unit as a value with a prefix, which the standard wants
/// without white space and without another colon.
fn unit_type(unit: &CatalogUnit) -> String {
    let kind = match unit.kind {
        Kind::Html => "html",
        Kind::Text => "text",
        Kind::Url => "url",
    };
    if unit.element.is_empty() {
        return format!("{kind}:*");
    }
    format!("{kind}:{}", utf8_percent_encode(&unit.element, VALUE))
}

/// Digests and provenance: a line for the unit, and one for each segment.
fn write_metadata(unit: &CatalogUnit, out: &mut String) {
    let mut lines = String::new();
    if let Some(output) = &unit.output {
        lines.push_str(&format!("    <mda:metaGroup category=\"{OUTPUT}\">"));
        push_meta("digest", output, &mut lines);
        lines.push_str("</mda:metaGroup>\n");
    }
    for segment in unit.segments() {
        if segment.digest.is_none() && segment.origin.is_none() {
            continue;
        }
        lines.push_str("    <mda:metaGroup");
        xml::attribute("id", &segment.id, &mut lines);
        xml::attribute("category", TARGET, &mut lines);
        lines.push('>');
        if let Some(digest) = &segment.digest {
            push_meta("digest", digest, &mut lines);
        }
        match &segment.origin {
            Some(Origin::Backend { name, method }) => {
                push_meta("origin", "backend", &mut lines);
                push_meta("backend", name, &mut lines);
                push_meta("codes", method.name(), &mut lines);
            }
            Some(Origin::Memory { score }) => {
                push_meta("origin", "memory", &mut lines);
                push_meta("score", &score.to_string(), &mut lines);
            }
            Some(other) => push_meta("origin", other.name(), &mut lines),
            None => {}
        }
        lines.push_str("</mda:metaGroup>\n");
    }
    if !lines.is_empty() {
        out.push_str("   <mda:metadata>\n");
        out.push_str(&lines);
        out.push_str("   </mda:metadata>\n");
    }
}

fn push_meta(name: &str, value: &str, out: &mut String) {
    out.push_str(&format!("<mda:meta type=\"{name}\">"));
    xml::text_only(value, out);
    out.push_str("</mda:meta>");
}

fn write_matches(unit: &CatalogUnit, out: &mut String) {
    let mut lines = String::new();
    for segment in unit.segments() {
        for candidate in &segment.candidates {
            write_match(&segment.id, candidate, &mut lines);
        }
    }
    if !lines.is_empty() {
        out.push_str("   <mtc:matches>\n");
        out.push_str(&lines);
        out.push_str("   </mtc:matches>\n");
    }
}

fn write_match(segment: &str, candidate: &Candidate, out: &mut String) {
    out.push_str("    <mtc:match");
    xml::attribute("ref", &format!("#{segment}"), out);
    xml::attribute("similarity", &candidate.similarity.to_string(), out);
    let (kind, sub_kind) = match &candidate.origin {
        Origin::Backend { name, method } => {
            xml::attribute("origin", name, out);
            ("mt", Some(method.name()))
        }
        Origin::Memory { score } => {
            xml::attribute("matchQuality", &score.to_string(), out);
            ("tm", None)
        }
        other => ("tm", Some(other.name())),
    };
    if let Some(sub_kind) = sub_kind {
        xml::attribute("subType", &format!("{PREFIX}:{sub_kind}"), out);
    }
    xml::attribute("type", kind, out);
    out.push_str(">\n");
    let marker = Marker::new(&candidate.codes);
    marker.write_data(&[&candidate.source], "     ", out);
    let runs = Runs::default();
    for (name, fragment) in [("source", &candidate.source), ("target", &candidate.target)] {
        write_side(name, fragment, "     ", &marker, &runs, out);
    }
    out.push_str("    </mtc:match>\n");
}

fn write_side(
    name: &str,
    fragment: &Fragment,
    indent: &str,
    marker: &Marker<'_>,
    runs: &Runs,
    out: &mut String,
) {
    out.push_str(&format!("{indent}<{name}>"));
    marker.write_content(fragment, runs, out);
    out.push_str(&format!("</{name}>\n"));
}

fn write_notes(unit: &CatalogUnit, neighbours: &[Note], out: &mut String) {
    let mut lines = String::new();
    for note in neighbours.iter().chain(&unit.notes) {
        write_note(note, &mut lines);
    }
    if !lines.is_empty() {
        out.push_str("   <notes>\n");
        out.push_str(&lines);
        out.push_str("   </notes>\n");
    }
}

fn write_note(note: &Note, out: &mut String) {
    out.push_str("    <note");
    if let Some(id) = &note.id {
        xml::attribute("id", id, out);
    }
    match note.side {
        Some(Side::Source) => xml::attribute("appliesTo", "source", out),
        Some(Side::Target) => xml::attribute("appliesTo", "target", out),
        None => {}
    }
    if let Some(category) = &note.category {
        xml::attribute("category", category, out);
    }
    if let Some(priority) = note.priority {
        xml::attribute("priority", &priority.to_string(), out);
    }
    out.push('>');
    xml::text_only(&note.text, out);
    out.push_str("</note>\n");
}

fn write_part(part: &Part, is_filled: bool, marker: &Marker<'_>, out: &mut String) {
    let (name, target) = match part {
        Part::Segment(segment) => {
            write_segment_start(segment, out);
            ("segment", segment.target.as_ref())
        }
        Part::Ignorable(_) => {
            out.push_str("   <ignorable>\n");
            ("ignorable", None)
        }
    };
    let source = part.source();
    let target = target.or_else(|| is_filled.then_some(source));
    let runs = Runs::of(source, target);
    write_side("source", source, "    ", marker, &runs, out);
    if let Some(target) = target {
        write_side("target", target, "    ", marker, &runs, out);
    }
    out.push_str(&format!("   </{name}>\n"));
}

fn write_segment_start(segment: &CatalogSegment, out: &mut String) {
    out.push_str("   <segment");
    xml::attribute("id", &segment.id, out);
    xml::attribute("state", segment.state.name(), out);
    if let Some(sub_state) = &segment.sub_state {
        xml::attribute("subState", sub_state.name(), out);
    }
    out.push_str(">\n");
}

/// Which parts without a target get one that is their source: the standard wants the other tag of
/// a pair that crosses segments in a target too (`isolated`).
fn filled(unit: &CatalogUnit) -> HashSet<usize> {
    let crossing: Vec<Vec<CodeId>> = unit
        .parts
        .iter()
        .map(|part| {
            let edges = Edges::of(part.source());
            edges.before.into_iter().chain(edges.after).collect()
        })
        .collect();
    let mut holders: HashMap<CodeId, Vec<usize>> = HashMap::new();
    for (at, codes) in crossing.iter().enumerate() {
        for code in codes {
            holders.entry(*code).or_default().push(at);
        }
    }
    let has_target =
        |at: usize| matches!(&unit.parts[at], Part::Segment(segment) if segment.target.is_some());
    let mut open: Vec<usize> = (0..unit.parts.len()).filter(|at| has_target(*at)).collect();
    let mut filled = HashSet::new();
    while let Some(at) = open.pop() {
        let bound = crossing[at].iter().filter_map(|code| holders.get(code));
        for other in bound.flatten() {
            if !has_target(*other) && filled.insert(*other) {
                open.push(*other);
            }
        }
    }
    filled
}
