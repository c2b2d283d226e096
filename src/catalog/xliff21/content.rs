//! Content of XLIFF 2.1: from elements to text and codes.

use std::collections::HashMap;

use crate::catalog::inline::{Token, code_id};
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
        let id = code_id(element.get("id").unwrap_or_default());
        match kind_of(element) {
            Inline::Char(c) => out.push_char(c),
            Inline::Pair => {
                self.push_mark(MarkKind::Open, id, element.get("dataRefStart"), out);
                self.push(element, out);
                self.push_mark(MarkKind::Close, id, element.get("dataRefEnd"), out);
            }
            Inline::Start => self.push_mark(MarkKind::Open, id, element.get("dataRef"), out),
            Inline::End => {
                let id = code_id(element.get("startRef").unwrap_or_default());
                self.push_mark(MarkKind::Close, id, element.get("dataRef"), out);
            }
            Inline::Lone => self.push_mark(MarkKind::Lone, id, element.get("dataRef"), out),
            Inline::Placeholder => self.push_placeholder(id, element, out),
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

/// The content of a `target`, which is still to be held to its source.
pub(super) fn read_tokens(target: &Element) -> Vec<Token> {
    let mut out = Vec::new();
    push_tokens(target, &mut out);
    out
}

fn push_tokens(parent: &Element, out: &mut Vec<Token>) {
    for child in &parent.children {
        let element = match child {
            Node::Text(text) => {
                out.push(Token::Text(text.clone()));
                continue;
            }
            Node::Element(element) => element,
        };
        let id = || element.get("id").unwrap_or_default().to_owned();
        match kind_of(element) {
            Inline::Char(c) => out.push(Token::Text(c.to_string())),
            Inline::Pair => {
                out.push(Token::Open(id()));
                push_tokens(element, out);
                out.push(Token::Close(id()));
            }
            Inline::Start => out.push(Token::Open(id())),
            Inline::End => {
                let start = element.get("startRef").unwrap_or_default();
                out.push(Token::Close(start.to_owned()));
            }
            Inline::Lone | Inline::Placeholder => out.push(Token::Alone(id())),
            Inline::Annotation => push_tokens(element, out),
        }
    }
}

/// What an element inside content is.
enum Inline {
    Char(char),
    Pair,
    Start,
    End,
    /// A tag whose partner is not in the unit.
    Lone,
    Placeholder,
    /// A marker, or what another tool put in: what it encloses counts.
    Annotation,
}

fn kind_of(element: &Element) -> Inline {
    if let Some(c) = element.code_point() {
        return Inline::Char(c);
    }
    if element.namespace != namespace::CORE {
        return Inline::Annotation;
    }
    let is_isolated = element.get("isolated") == Some("yes");
    match element.name.as_str() {
        "pc" => Inline::Pair,
        "sc" | "ec" if is_isolated => Inline::Lone,
        "sc" => Inline::Start,
        "ec" => Inline::End,
        "ph" => Inline::Placeholder,
        _ => Inline::Annotation,
    }
}
