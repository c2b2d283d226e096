//! Content of XLIFF 2.1: from elements to text and codes.

use std::collections::HashMap;

use crate::catalog::foreign::Inline;
use crate::catalog::inline::code_id;
use crate::catalog::xml::{Element, Node, namespace};
use crate::unit::{Code, CodeId, CodeKind, Fragment, MarkKind};

use super::mark::{CLOSING, OPENING, SHOWN, data_id};

/// The bytes of the codes of a unit or candidate, by the id of their `data`.
pub(super) struct Data(HashMap<String, String>);

impl Data {
    /// Reads the `originalData` of a `unit` or `match`.
    pub(super) fn of(parent: &Element) -> Self {
        let data = parent
            .first(namespace::CORE, "originalData")
            .into_iter()
            .flat_map(|data| data.all(namespace::CORE, "data"));
        let with_id = |data: &Element| Some((data.get("id")?.to_owned(), data.text()));
        Self(data.filter_map(with_id).collect())
    }

    fn get(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }
}

/// Reads the sources of a unit or candidate, in order, and their codes.
pub(super) struct SourceReader<'d> {
    data: &'d Data,
    /// One entry for each mark that was read.
    pub(super) codes: Vec<Code>,
}

impl<'d> SourceReader<'d> {
    pub(super) fn new(data: &'d Data) -> Self {
        Self {
            data,
            codes: Vec::new(),
        }
    }

    /// The content of a `source`. Annotations are passed over, not what they enclose.
    pub(super) fn read(&mut self, source: &Element) -> Fragment {
        let mut out = Fragment::default();
        self.push(source, &mut out);
        out
    }

    fn push(&mut self, parent: &Element, out: &mut Fragment) {
        for child in &parent.children {
            match child {
                Node::Text(text) => out.push_text(text),
                Node::Element(element) => self.push_element(element, out),
            }
        }
    }

    fn push_element(&mut self, element: &Element, out: &mut Fragment) {
        let data = element.get("dataRef");
        match kind_of(element) {
            Inline::Char(c) => out.push_char(c),
            Inline::Pair(id) => {
                let id = code_id(id);
                self.push_mark(MarkKind::Open, id, element.get("dataRefStart"), out);
                self.push(element, out);
                self.push_mark(MarkKind::Close, id, element.get("dataRefEnd"), out);
            }
            Inline::Open(id) => self.push_mark(MarkKind::Open, code_id(id), data, out),
            Inline::Close(id) => self.push_mark(MarkKind::Close, code_id(id), data, out),
            Inline::Lone(id) => self.push_mark(MarkKind::Lone, code_id(id), data, out),
            Inline::Placeholder(id) => self.push_placeholder(code_id(id), element, out),
            Inline::Annotation => self.push(element, out),
        }
    }

    fn push_mark(&mut self, kind: MarkKind, id: CodeId, data: Option<&str>, out: &mut Fragment) {
        out.push_mark(kind, id);
        let (kind, role) = match kind {
            MarkKind::Open => (CodeKind::Open, OPENING),
            MarkKind::Close => (CodeKind::Close, CLOSING),
            _ => (CodeKind::Standalone, OPENING),
        };
        self.push_code(id, kind, role, data);
    }

    fn push_placeholder(&mut self, id: CodeId, element: &Element, out: &mut Fragment) {
        let data = element.get("dataRef");
        let Some(equiv) = element.get("equiv") else {
            self.push_mark(MarkKind::Standalone, id, data, out);
            return;
        };
        let shown = self.data.get(&data_id(id, SHOWN)).unwrap_or(equiv);
        out.push_protected(id, shown);
        self.push_code(id, CodeKind::Protected, OPENING, data);
    }

    fn push_code(&mut self, id: CodeId, kind: CodeKind, role: char, data: Option<&str>) {
        let named = data.and_then(|data| self.data.get(data));
        // A tool may have turned one element into another and lost the reference on the way.
        let raw = named.or_else(|| self.data.get(&data_id(id, role)));
        self.codes.push(Code {
            id,
            kind,
            raw: raw.unwrap_or_default().to_owned(),
        });
    }
}

/// What an element inside content is.
pub(super) fn kind_of(element: &Element) -> Inline<'_> {
    if let Some(c) = element.code_point() {
        return Inline::Char(c);
    }
    if element.namespace != namespace::CORE {
        return Inline::Annotation;
    }
    let id = element.get("id").unwrap_or_default();
    let is_isolated = element.get("isolated") == Some("yes");
    match element.name.as_str() {
        "pc" => Inline::Pair(id),
        "sc" | "ec" if is_isolated => Inline::Lone(id),
        "sc" => Inline::Open(id),
        "ec" => Inline::Close(element.get("startRef").unwrap_or_default()),
        "ph" => Inline::Placeholder(id),
        _ => Inline::Annotation,
    }
}
