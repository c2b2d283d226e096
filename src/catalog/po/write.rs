//! Writes a catalog as a PO file.

use crate::catalog::export::{Context, segments_with_notes, units_with_neighbours};
use crate::catalog::model::{Catalog, CatalogSegment, Note, OURS};
use crate::catalog::state::State;
use crate::unit::{Code, CodeKind};

/// Writes a catalog for people who work on it elsewhere; the same catalog always gives the same
/// bytes. Strings are never wrapped.
pub fn write(catalog: &Catalog, context: Context) -> String {
    let mut out = String::from("msgid \"\"\nmsgstr \"\"\n");
    for (name, value) in [
        ("Language", catalog.target.tag().replace('-', "_")),
        ("X-Source-Language", catalog.source.tag().replace('-', "_")),
        ("MIME-Version", "1.0".to_owned()),
        ("Content-Type", "text/plain; charset=UTF-8".to_owned()),
        ("Content-Transfer-Encoding", "8bit".to_owned()),
        ("X-Generator", "polypost".to_owned()),
    ] {
        out.push_str(&format!("\"{name}: {value}\\n\"\n"));
    }
    for file in &catalog.files {
        for (unit, neighbours) in units_with_neighbours(file, context) {
            for (segment, codes, notes) in segments_with_notes(unit, &neighbours) {
                out.push('\n');
                let place = format!("{}/{}/{}", file.id(), unit.id, segment.id);
                write_comments(&file.original, segment, codes, &notes, &mut out);
                write_entry(&place, segment, &mut out);
            }
        }
    }
    out
}

fn write_comments(
    original: &str,
    segment: &CatalogSegment,
    codes: &[Code],
    notes: &[Note],
    out: &mut String,
) {
    let (ours, theirs): (Vec<&Note>, Vec<&Note>) = notes.iter().partition(|note| note.is_ours());
    for line in theirs.iter().flat_map(|note| note.text.lines()) {
        push_comment("# ", line, out);
    }
    for note in ours {
        let category = note.category.as_deref().unwrap_or_default();
        let category = category.strip_prefix(OURS).unwrap_or(category);
        push_comment("#. ", &format!("{category}: {}", note.text), out);
    }
    for code in codes.iter().filter(|code| code.kind != CodeKind::Close) {
        push_comment("#. ", &format!("code: {} {}", code.id, code.raw), out);
    }
    for candidate in &segment.candidates {
        let target = candidate.target.to_tagged();
        push_comment("#. ", &format!("candidate: {target}"), out);
    }
    if segment.state >= State::Reviewed {
        push_comment("#. ", &format!("state: {}", segment.state.name()), out);
    }
    // A name with white space stands between isolates (GNU gettext, The Format of PO Files).
    let name = if original.contains(char::is_whitespace) {
        format!("\u{2068}{original}\u{2069}")
    } else {
        original.to_owned()
    };
    push_comment("#: ", &name, out);
    if segment.target.is_some() && segment.needs_review() {
        out.push_str("#, fuzzy\n");
    }
}

fn push_comment(start: &str, text: &str, out: &mut String) {
    out.push_str(start);
    out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
    out.push('\n');
}

fn write_entry(place: &str, segment: &CatalogSegment, out: &mut String) {
    let source = segment.source.to_tagged();
    let old = segment.candidates.first();
    if let Some(old) = old.map(|candidate| candidate.source.to_tagged())
        && old != source
    {
        push_string("#| msgid", &old, out);
    }
    let target = segment.target.as_ref();
    let target = target.map_or_else(String::new, crate::unit::Fragment::to_tagged);
    push_string("msgctxt", place, out);
    push_string("msgid", &source, out);
    push_string("msgstr", &target, out);
}

fn push_string(name: &str, text: &str, out: &mut String) {
    out.push_str(name);
    out.push_str(" \"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c => out.push(c),
        }
    }
    out.push_str("\"\n");
}
