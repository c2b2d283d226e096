//! Running text, cut out of the tokens in source order.
//!
//! A run of text and inline tags between two block boundaries is a unit. Borders come from the
//! tags as the source has them; the tree only tells what is translatable, and where an element
//! that was never closed ends.

use std::sync::Arc;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::Html;

use super::build::{Piece, PieceKind, UnitBuilder};
use super::chars::{self, Place};
use super::found::{Extracted, HtmlUnit};
use super::marks::Marks;
use super::names::{self, Class};
use super::nodes::NodeMap;
use super::parse::Parsed;
use super::policy::{Inheritance, State};
use super::sites;
use super::token::{Span, TextMode, Token, TokenKind};

/// Comments of WordPress that stand between blocks.
const BOUNDARY_COMMENTS: [&str; 5] = ["wp:", "/wp:", "more", "nextpage", "noteaser"];

/// A unit in the making.
#[derive(Debug, Default)]
struct Draft {
    pieces: Vec<Piece>,
    /// The piece of a line break after which no text has come yet.
    last_break: Option<usize>,
    /// A text node of the unit, from which its block is found.
    node: Option<NodeId>,
    /// Whether its last text shows white space as it stands.
    preserve: bool,
}

/// An element that stands in a sentence but whose content is not part of it.
#[derive(Debug)]
struct Nest {
    start: u32,
    node: Option<NodeId>,
    /// Elements of the same name that were opened inside and not closed yet.
    depth: usize,
    name: Span,
    /// Text inside that is shown but not translated.
    shown: Option<String>,
    has_block: bool,
    outer: Draft,
}

/// The walk over the tokens.
struct Flow<'a> {
    source: &'a str,
    parsed: &'a Parsed,
    inheritance: Inheritance<'a>,
    builder: UnitBuilder<'a>,
    nests: Vec<Nest>,
    draft: Draft,
    /// ITS within-text: names of open elements that behave other than their name says.
    overrides: Vec<(Span, Class, usize)>,
    places: Places,
    /// The block of the unit before; most units have the same.
    element: Arc<str>,
    out: Extracted,
}

/// Cuts units and attribute sites out of a parsed source.
pub(super) fn cut(source: &str, parsed: &Parsed) -> Extracted {
    let mut flow = Flow {
        source,
        parsed,
        inheritance: Inheritance::new(&parsed.html, &parsed.info),
        builder: UnitBuilder::new(source),
        nests: Vec::new(),
        draft: Draft::default(),
        overrides: Vec::new(),
        places: Places::default(),
        element: Arc::default(),
        out: Extracted::default(),
    };
    for index in 0..parsed.tokens.len() {
        flow.token(index);
    }
    while !flow.nests.is_empty() {
        flow.abandon_nest();
    }
    flow.flush();
    flow.out
}

impl<'a> Flow<'a> {
    fn token(&mut self, index: usize) {
        let token = self.parsed.tokens[index];
        if let Some(node) = token.node {
            self.leave_nests_that_exclude(node);
        }
        match token.kind {
            TokenKind::Text(mode) => self.text(token, mode),
            TokenKind::Start => self.start(index, token),
            TokenKind::End => self.end(token),
            TokenKind::Comment => self.comment(token),
            TokenKind::Doctype => self.flush(),
        }
    }

    fn state_of(&mut self, node: Option<NodeId>) -> State {
        node.map(|node| self.inheritance.state_of(node))
            .unwrap_or_default()
    }

    fn text(&mut self, token: Token, mode: TextMode) {
        if mode == TextMode::Raw {
            return;
        }
        let raw = &self.source[token.span.range()];
        let is_blank = token.node.is_none() && raw.chars().all(|c| chars::is_space(c) || c == '\0');
        if token.node.is_none() && !is_blank {
            // The tree has no place for it, so no reader ever sees it.
            self.flush();
            return;
        }
        let state = token
            .node
            .map(|node| self.inheritance.state_of_text(node))
            .unwrap_or_default();
        if state.is_translatable() {
            if !is_blank {
                self.draft.preserve = state.preserve;
                if !chars::is_all_edge_space(raw) {
                    self.draft.last_break = None;
                    self.draft.node = self.draft.node.or(token.node);
                }
            }
            // White space alone has no node; it is as the text before it in its unit.
            let preserve = self.draft.preserve;
            self.push(token.span, PieceKind::Text { mode, preserve });
        } else {
            self.flush();
            if let Some(shown) = self.nests.last_mut().and_then(|nest| nest.shown.as_mut()) {
                shown.push_str(chars::decode(raw, Place::Text).text());
            }
        }
    }

    fn start(&mut self, index: usize, token: Token) {
        let state = self.state_of(token.node);
        if token.has_sites {
            sites::collect(self.source, self.parsed, index, state, &mut self.out);
        }
        let class = self.class_of_start(token);
        if let Some(nest) = self.nests.last_mut()
            && token.node.is_some()
            && class != Class::Void
            && same_name(self.source, nest.name, token.name(self.source))
        {
            nest.depth += 1;
        }
        match class {
            Class::Block => self.boundary(),
            Class::Break => self.line_break(token.span),
            Class::Void => {
                self.draft.last_break = None;
                self.push(token.span, PieceKind::Standalone);
            }
            Class::Hidden => self.nest(token, None),
            Class::Nested => self.nest(token, (!state.is_translatable()).then(String::new)),
            Class::Inline if token.node.is_none() => self.push(token.span, PieceKind::Standalone),
            Class::Inline if state.is_translatable() => self.push(token.span, PieceKind::Open),
            Class::Inline if self.is_excluded_around(token) => {
                self.push(token.span, PieceKind::Open);
            }
            Class::Formula | Class::Inline => self.nest(token, Some(String::new())),
        }
    }

    fn class_of_start(&mut self, token: Token) -> Class {
        let marks = token
            .node
            .map(|node| self.parsed.info.get(node).marks)
            .unwrap_or_default();
        let name = token.name(self.source);
        if let Some((_, _, depth)) = self
            .overrides
            .last_mut()
            .filter(|(open, ..)| same_name(self.source, *open, name))
        {
            *depth += 1;
        }
        let class = if marks.has(Marks::FLOWS) {
            Class::Inline
        } else if marks.has(Marks::BREAKS) {
            Class::Block
        } else if marks.has(Marks::NESTS) {
            Class::Nested
        } else {
            return token.class;
        };
        if token.class != Class::Void && token.class != Class::Break {
            self.overrides.push((name_span(token), class, 0));
            return class;
        }
        token.class
    }

    /// Whether the element around is left alone as well, so that it is not this one that begins it.
    fn is_excluded_around(&mut self, token: Token) -> bool {
        let parent = token
            .node
            .and_then(|node| self.parsed.html.tree.get(node))
            .and_then(|node| node.parent())
            .map(|node| node.id());
        parent.is_some() && !self.state_of(parent).is_translatable()
    }

    fn end(&mut self, token: Token) {
        let name = token.name(self.source);
        let mut class = token.class;
        if let Some((open, overriding, depth)) = self.overrides.last_mut()
            && same_name(self.source, *open, name)
        {
            if *depth == 0 {
                class = *overriding;
                self.overrides.pop();
            } else {
                *depth -= 1;
            }
        }
        if self.end_of_nest(token, name) {
            return;
        }
        match class {
            Class::Block => self.boundary(),
            Class::Break => self.line_break(token.span),
            Class::Inline => self.push(token.span, PieceKind::Close),
            Class::Void | Class::Nested | Class::Hidden | Class::Formula => {
                self.push(token.span, PieceKind::Standalone);
            }
        }
    }

    /// Closes the nest that an end tag belongs to, and what was left open inside it.
    fn end_of_nest(&mut self, token: Token, name: &str) -> bool {
        let source = self.source;
        let Some(found) = self
            .nests
            .iter()
            .rposition(|nest| same_name(source, nest.name, name))
        else {
            return false;
        };
        while self.nests.len() > found + 1 {
            self.abandon_nest();
        }
        let Some(nest) = self.nests.last_mut() else {
            return false;
        };
        if nest.depth > 0 {
            nest.depth -= 1;
            return false;
        }
        self.close_nest(token.span.end);
        true
    }

    fn comment(&mut self, token: Token) {
        let raw = &self.source[token.span.range()];
        let inner = raw.trim_start_matches("<!--").trim_start();
        if BOUNDARY_COMMENTS.iter().any(|mark| inner.starts_with(mark)) {
            self.boundary();
        } else {
            self.push(token.span, PieceKind::Standalone);
        }
    }

    fn push(&mut self, span: Span, kind: PieceKind) {
        self.draft.pieces.push(Piece { span, kind });
    }

    fn boundary(&mut self) {
        if let Some(nest) = self.nests.last_mut() {
            nest.has_block = true;
        }
        self.flush();
    }

    /// One line break is a code; a second one with no text between ends the unit before the first.
    fn line_break(&mut self, span: Span) {
        if let Some(first) = self.draft.last_break {
            self.draft.pieces.truncate(first);
            self.flush();
        } else {
            self.draft.last_break = Some(self.draft.pieces.len());
            self.push(span, PieceKind::Standalone);
        }
    }

    fn nest(&mut self, token: Token, shown: Option<String>) {
        if let Some(node) = token.node {
            self.places.number(&self.parsed.html, node);
        }
        self.nests.push(Nest {
            start: token.span.start,
            node: token.node,
            depth: 0,
            name: name_span(token),
            shown,
            has_block: false,
            outer: std::mem::take(&mut self.draft),
        });
    }

    fn close_nest(&mut self, end: u32) {
        self.flush();
        let Some(nest) = self.nests.pop() else { return };
        self.draft = nest.outer;
        if nest.has_block && nest.shown.is_some() {
            // What is left alone holds whole blocks, so it does not stand in a sentence.
            self.flush();
            return;
        }
        let span = Span {
            start: nest.start,
            end,
        };
        self.draft.last_break = None;
        self.push(
            span,
            match nest.shown {
                Some(text) if !text.trim().is_empty() => PieceKind::Protected(text),
                _ => PieceKind::Standalone,
            },
        );
    }

    /// Ends a nest that was never closed: what stands around it is no sentence any more.
    fn abandon_nest(&mut self) {
        self.flush();
        if let Some(nest) = self.nests.pop() {
            self.draft = nest.outer;
            self.flush();
        }
    }

    fn leave_nests_that_exclude(&mut self, node: NodeId) {
        while let Some(around) = self.nests.last().and_then(|nest| nest.node) {
            if self.places.is_inside(node, around) {
                return;
            }
            self.abandon_nest();
        }
    }

    fn flush(&mut self) {
        let node = self.draft.node.take();
        self.draft.last_break = None;
        if let Some(built) = self.builder.build(&mut self.draft.pieces) {
            let element = node.map(|node| self.element_of(node)).unwrap_or_default();
            self.out.units.push(HtmlUnit::new(element, built));
        }
    }

    /// The name of the block around a text.
    fn element_of(&mut self, node: NodeId) -> Arc<str> {
        let name = self.block_of(node);
        if *self.element != *name {
            self.element = name.into();
        }
        Arc::clone(&self.element)
    }

    /// The name of the nearest element that is more than a phrase.
    fn block_of(&self, node: NodeId) -> &'a str {
        let parsed = self.parsed;
        let node = parsed.html.tree.get(node);
        node.into_iter()
            .flat_map(|node| node.ancestors())
            .filter_map(|node| Some((node.id(), node.value().as_element()?)))
            .find(|(id, element)| {
                let known = parsed.info.get(*id).class;
                known.unwrap_or_else(|| names::class_of(&element.name.local)) != Class::Inline
            })
            .map(|(_, element)| element.name())
            .unwrap_or_default()
    }
}

/// When a walk through the tree enters and leaves each node, for those subtrees that are asked for.
#[derive(Debug, Default)]
struct Places {
    /// Both are 0 where no walk came by.
    times: NodeMap<(u32, u32)>,
    clock: u32,
}

impl Places {
    /// Walks through the subtree of a node, unless that was done as a part of a larger one.
    fn number(&mut self, html: &Html, node: NodeId) {
        if self.times.get(node) != (0, 0) {
            return;
        }
        for edge in html.tree.get(node).into_iter().flat_map(|n| n.traverse()) {
            self.clock += 1;
            match edge {
                Edge::Open(node) => *self.times.entry(node.id()) = (self.clock, 0),
                Edge::Close(node) => self.times.entry(node.id()).1 = self.clock,
            }
        }
    }

    /// Whether a node is `around` or below it, of which the subtree was numbered.
    fn is_inside(&self, node: NodeId, around: NodeId) -> bool {
        let (enter, leave) = self.times.get(around);
        let (time, _) = self.times.get(node);
        (enter..=leave).contains(&time)
    }
}

fn name_span(token: Token) -> Span {
    let start = token.span.start + 1;
    Span {
        start,
        end: start + token.name_len(),
    }
}

fn same_name(source: &str, span: Span, name: &str) -> bool {
    source[span.range()].eq_ignore_ascii_case(name)
}
