//! Codes as XLIFF 2.1 elements.

use std::collections::{HashMap, HashSet};

use crate::catalog::codes::nested_pairs;
use crate::catalog::xml;
use crate::unit::{Code, CodeId, Fragment, Item, Mark, MarkKind};

/// Where the bytes of a code stand in `originalData`: of an opening tag or a code on its own, of
/// a closing tag, and what a protected span shows where an attribute can't hold it.
pub(super) fn data_id(code: CodeId, role: char) -> String {
    format!("{role}{code}")
}

pub(super) const OPENING: char = 'o';
pub(super) const CLOSING: char = 'c';
pub(super) const SHOWN: char = 'e';

/// Writes content of one unit or of one candidate.
pub(super) struct Marker<'c> {
    codes: &'c [Code],
    /// The bytes of each code's opening or only tag.
    raws: HashMap<CodeId, &'c str>,
}

impl<'c> Marker<'c> {
    /// `codes` are those of the whole unit or candidate.
    pub(super) fn new(codes: &'c [Code]) -> Self {
        let mut raws = HashMap::with_capacity(codes.len());
        for code in codes {
            raws.entry(code.id).or_insert(code.raw.as_str());
        }
        Self { codes, raws }
    }

    /// Appends `originalData`, if there are codes: a line for each.
    pub(super) fn write_data(&self, sources: &[&Fragment], indent: &str, out: &mut String) {
        if self.codes.is_empty() {
            return;
        }
        out.push_str(&format!("{indent}<originalData>\n"));
        let marks = sources
            .iter()
            .flat_map(|source| source.marks().iter().map(move |mark| (*source, mark)));
        for ((source, mark), code) in marks.zip(self.codes) {
            let role = if mark.kind == MarkKind::Close {
                CLOSING
            } else {
                OPENING
            };
            push_data(&data_id(code.id, role), &code.raw, indent, out);
            let shown = &source.text()[mark.at..mark.end()];
            if !shown.chars().all(xml::is_xml_char) {
                push_data(&data_id(code.id, SHOWN), shown, indent, out);
            }
        }
        out.push_str(&format!("{indent}</originalData>\n"));
    }

    /// Appends the content of a `source` or `target`. `runs` are codes that keep their order.
    pub(super) fn write_content(&self, fragment: &Fragment, runs: &Runs, out: &mut String) {
        let nested = nested_pairs(fragment);
        let mut index = 0;
        for item in fragment.items() {
            match item {
                Item::Text(range) => xml::content(&fragment.text()[range], out),
                Item::Mark(mark) => {
                    let is_element = nested.contains(&index);
                    self.write_mark(fragment, &mark, is_element, runs, out);
                    index += 1;
                }
            }
        }
    }

    fn write_mark(
        &self,
        fragment: &Fragment,
        mark: &Mark,
        is_element: bool,
        runs: &Runs,
        out: &mut String,
    ) {
        let code = mark.code;
        let raw = self.raws.get(&code).copied().unwrap_or_default();
        match mark.kind {
            MarkKind::Open if is_element => {
                out.push_str(&format!(
                    "<pc id=\"{code}\" canCopy=\"no\" canDelete=\"no\" dataRefEnd=\"{}\" dataRefStart=\"{}\"",
                    data_id(code, CLOSING),
                    data_id(code, OPENING),
                ));
                push_type(raw, out);
                out.push('>');
            }
            MarkKind::Close if is_element => out.push_str("</pc>"),
            MarkKind::Open => {
                out.push_str(&format!(
                    "<sc id=\"{code}\" canCopy=\"no\" canDelete=\"no\" canOverlap=\"no\" dataRef=\"{}\"",
                    data_id(code, OPENING),
                ));
                push_type(raw, out);
                out.push_str("/>");
            }
            MarkKind::Close => out.push_str(&format!(
                "<ec startRef=\"{code}\" canCopy=\"no\" canDelete=\"no\" canOverlap=\"no\" dataRef=\"{}\"/>",
                data_id(code, CLOSING),
            )),
            kind => {
                let name = match kind {
                    MarkKind::Lone if raw.starts_with("</") => "ec",
                    MarkKind::Lone => "sc",
                    _ => "ph",
                };
                out.push_str(&format!("<{name} id=\"{code}\" canCopy=\"no\" canDelete=\"no\""));
                if let Some(order) = runs.order(code) {
                    xml::attribute("canReorder", order, out);
                }
                xml::attribute("dataRef", &data_id(code, OPENING), out);
                if matches!(kind, MarkKind::Protected { .. }) {
                    xml::attribute("equiv", &fragment.text()[mark.at..mark.end()], out);
                }
                if kind == MarkKind::Lone {
                    out.push_str(" isolated=\"yes\"");
                }
                push_type(raw, out);
                out.push_str("/>");
            }
        }
    }
}

fn push_data(id: &str, text: &str, indent: &str, out: &mut String) {
    out.push_str(&format!("{indent} <data id=\"{id}\">"));
    xml::content(text, out);
    out.push_str("</data>\n");
}

/// What an element is to a translator: `type` and `subType`.
fn push_type(raw: &str, out: &mut String) {
    let name = raw.trim_start_matches(['<', '/']);
    let end = name.find(|c: char| !c.is_ascii_alphanumeric());
    let name = &name[..end.unwrap_or(name.len())];
    if !raw.starts_with('<') || name.is_empty() {
        return;
    }
    let (kind, sub_kind) = match name.to_ascii_lowercase().as_str() {
        "a" => ("link", None),
        "img" | "picture" | "svg" => ("image", None),
        "b" | "strong" => ("fmt", Some("xlf:b")),
        "i" | "em" => ("fmt", Some("xlf:i")),
        "u" => ("fmt", Some("xlf:u")),
        "br" => ("fmt", Some("xlf:lb")),
        "q" => ("quote", None),
        _ => ("other", None),
    };
    if let Some(sub_kind) = sub_kind {
        xml::attribute("subType", sub_kind, out);
    }
    xml::attribute("type", kind, out);
}

/// Runs of tags without partner, which keep their order.
///
/// XLIFF can say this only of codes that stand one behind the other in source and target
/// (Editing Hints); of others it is left unsaid, and checked when the file is read.
#[derive(Debug, Default)]
pub(super) struct Runs {
    first: HashSet<CodeId>,
    later: HashSet<CodeId>,
}

impl Runs {
    pub(super) fn of(source: &Fragment, target: Option<&Fragment>) -> Self {
        let mut runs = Self::default();
        let target = target.map(neighbours);
        for (first, second) in neighbours(source) {
            let is_kept = target
                .as_ref()
                .is_none_or(|target| target.contains(&(first, second)));
            if is_kept {
                if !runs.later.contains(&first) {
                    runs.first.insert(first);
                }
                runs.later.insert(second);
            }
        }
        runs
    }

    fn order(&self, code: CodeId) -> Option<&'static str> {
        if self.later.contains(&code) {
            Some("no")
        } else if self.first.contains(&code) {
            Some("firstNo")
        } else {
            None
        }
    }
}

/// Tags without partner that follow one another outside of all pairs.
fn neighbours(fragment: &Fragment) -> Vec<(CodeId, CodeId)> {
    let mut depth = 0_usize;
    let mut last = None;
    let mut found = Vec::new();
    for mark in fragment.marks() {
        let is_lone = mark.kind == MarkKind::Lone && depth == 0;
        if let Some(before) = last.filter(|_| is_lone) {
            found.push((before, mark.code));
        }
        last = is_lone.then_some(mark.code);
        match mark.kind {
            MarkKind::Open => depth += 1,
            MarkKind::Close => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    found
}
