//! Writes a catalog as XLIFF 1.2.

use std::collections::HashMap;

use crate::catalog::codes::nested_pairs;
use crate::catalog::export::{Context, segments_with_notes, units_with_neighbours};
use crate::catalog::model::{
    Candidate, Catalog, CatalogFile, CatalogSegment, CatalogUnit, Note, Side,
};
use crate::catalog::state::{Origin, State};
use crate::catalog::xml::{self, namespace};
use crate::unit::{Code, CodeId, Fragment, Item, Mark, MarkKind};

/// Writes a catalog for people who work on it elsewhere; the same catalog always gives the same
/// bytes. Files satisfy the strict schema.
pub fn write(catalog: &Catalog, context: Context) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff");
    xml::attribute("xmlns", namespace::XLIFF_1_2, &mut out);
    out.push_str(" version=\"1.2\">\n");
    for file in &catalog.files {
        write_file(catalog, file, context, &mut out);
    }
    out.push_str("</xliff>\n");
    out
}

fn write_file(catalog: &Catalog, file: &CatalogFile, context: Context, out: &mut String) {
    out.push_str(" <file");
    for (name, value) in [
        ("original", file.original.as_str()),
        ("source-language", catalog.source.tag()),
        ("target-language", catalog.target.tag()),
        ("datatype", "html"),
    ] {
        xml::attribute(name, value, out);
    }
    out.push_str(" xml:space=\"preserve\">\n  <body>\n");
    for (unit, neighbours) in units_with_neighbours(file, context) {
        out.push_str("   <group");
        xml::attribute("id", &unit.id, out);
        if !unit.field.is_empty() {
            xml::attribute("resname", &unit.field, out);
        }
        out.push_str(">\n");
        for (segment, codes, notes) in segments_with_notes(unit, &neighbours) {
            write_trans_unit(unit, segment, codes, &notes, out);
        }
        out.push_str("   </group>\n");
    }
    out.push_str("  </body>\n </file>\n");
}

fn write_trans_unit(
    unit: &CatalogUnit,
    segment: &CatalogSegment,
    codes: &[Code],
    notes: &[Note],
    out: &mut String,
) {
    out.push_str("    <trans-unit");
    xml::attribute("id", &format!("{}/{}", unit.id, segment.id), out);
    if segment.state >= State::Reviewed {
        out.push_str(" approved=\"yes\"");
    }
    if let Some(limit) = unit.limit {
        xml::attribute("maxwidth", &limit.to_string(), out);
        out.push_str(" size-unit=\"char\"");
    }
    out.push_str(" xml:space=\"preserve\">\n");
    let raws = Raws::of(&segment.source, codes);
    write_side("source", "", &segment.source, &raws, "     ", out);
    if let Some(target) = &segment.target {
        let state = match segment.state {
            State::Final => "final",
            State::Reviewed => "signed-off",
            _ if segment.needs_review() => "needs-review-translation",
            _ => "translated",
        };
        let mut attributes = format!(" state=\"{state}\"");
        if let Some(qualifier) = qualifier(segment) {
            xml::attribute("state-qualifier", qualifier, &mut attributes);
        }
        write_side("target", &attributes, target, &raws, "     ", out);
    }
    for candidate in &segment.candidates {
        write_candidate(candidate, out);
    }
    for note in notes {
        write_note(note, out);
    }
    out.push_str("    </trans-unit>\n");
}

fn qualifier(segment: &CatalogSegment) -> Option<&'static str> {
    match segment.true_origin()? {
        Origin::Backend { .. } => Some("leveraged-mt"),
        Origin::Memory { score: 100 } => Some("exact-match"),
        Origin::Memory { .. } => Some("fuzzy-match"),
        Origin::Adopted => Some("leveraged-inherited"),
        Origin::Repetition => Some("leveraged-repository"),
        Origin::Person => None,
    }
}

fn write_candidate(candidate: &Candidate, out: &mut String) {
    out.push_str("     <alt-trans");
    xml::attribute("match-quality", &format!("{}%", candidate.similarity), out);
    xml::attribute("origin", candidate.origin.name(), out);
    out.push_str(">\n");
    let raws = Raws::of(&candidate.source, &candidate.codes);
    for (name, fragment) in [("source", &candidate.source), ("target", &candidate.target)] {
        write_side(name, "", fragment, &raws, "      ", out);
    }
    out.push_str("     </alt-trans>\n");
}

fn write_note(note: &Note, out: &mut String) {
    out.push_str("     <note");
    if let Some(priority) = note.priority {
        xml::attribute("priority", &priority.to_string(), out);
    }
    if let Some(category) = &note.category {
        xml::attribute("from", category, out);
    }
    match note.side {
        Some(Side::Source) => out.push_str(" annotates=\"source\""),
        Some(Side::Target) => out.push_str(" annotates=\"target\""),
        None => {}
    }
    out.push('>');
    xml::text_only(&note.text, out);
    out.push_str("</note>\n");
}

/// The bytes of codes, by code and by whether it is the closing tag.
struct Raws<'c>(HashMap<(CodeId, bool), &'c str>);

impl<'c> Raws<'c> {
    fn of(source: &Fragment, codes: &'c [Code]) -> Self {
        let marks = source.marks().iter().zip(codes);
        let name = |mark: &Mark| (mark.code, mark.kind == MarkKind::Close);
        Self(
            marks
                .map(|(mark, code)| (name(mark), code.raw.as_str()))
                .collect(),
        )
    }
}

fn write_side(
    name: &str,
    attributes: &str,
    fragment: &Fragment,
    raws: &Raws<'_>,
    indent: &str,
    out: &mut String,
) {
    out.push_str(&format!("{indent}<{name}{attributes}>"));
    let nested = nested_pairs(fragment);
    let mut index = 0;
    for item in fragment.items() {
        match item {
            Item::Text(range) => xml::text_only(&fragment.text()[range], out),
            Item::Mark(mark) => {
                write_code(fragment, &mark, nested.contains(&index), raws, out);
                index += 1;
            }
        }
    }
    out.push_str(&format!("</{name}>\n"));
}

fn write_code(
    fragment: &Fragment,
    mark: &Mark,
    is_paired: bool,
    raws: &Raws<'_>,
    out: &mut String,
) {
    let closes = mark.kind == MarkKind::Close;
    let raw = raws.0.get(&(mark.code, closes)).copied();
    let raw = raw.unwrap_or_default();
    let name = match mark.kind {
        MarkKind::Open if is_paired => "bpt",
        MarkKind::Close if is_paired => "ept",
        MarkKind::Open | MarkKind::Close | MarkKind::Lone => "it",
        MarkKind::Standalone | MarkKind::Protected { .. } => "ph",
    };
    out.push_str(&format!("<{name} id=\"{}\"", mark.code));
    if let MarkKind::Protected { .. } = mark.kind {
        xml::attribute("equiv-text", &fragment.text()[mark.at..mark.end()], out);
    }
    match name {
        "bpt" | "ept" => out.push_str(&format!(" rid=\"{}\"", mark.code)),
        "it" if closes || raw.starts_with("</") => out.push_str(" pos=\"close\""),
        "it" => out.push_str(" pos=\"open\""),
        _ => {}
    }
    out.push('>');
    xml::text_only(raw, out);
    out.push_str(&format!("</{name}>"));
}
