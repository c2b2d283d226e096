//! Every code in its place, and the text written with them.

use std::ops::Range;

use super::super::{Fragment, MarkKind};
use super::bitext::Bitext;
use super::locate::Found;
use super::neighbour::Neighbours;
use super::point::Spot;
use super::span::{Place, Spans};
use super::tree::{NodeKind, Tree};

/// The places of all codes but protected spans, which are text.
pub(super) struct Layout<'a> {
    source: &'a Fragment,
    target: &'a str,
    tree: &'a Tree,
    /// For each node, its place.
    places: Vec<Place>,
    /// For each node, those directly inside, in the order of the target.
    children: Vec<Vec<usize>>,
}

impl<'a> Layout<'a> {
    /// Gives every code a place, outer ones before inner ones.
    pub(super) fn new(
        source: &'a Fragment,
        target: &'a str,
        tree: &'a Tree,
        bitext: &Bitext,
    ) -> Self {
        let neighbours = Neighbours::new(bitext);
        let mut places = vec![Place::default(); tree.nodes.len()];
        places[0] = Place::whole(bitext, target);
        let mut children = Vec::with_capacity(places.len());
        for (index, node) in tree.nodes.iter().enumerate() {
            let parent = places[index].clone();
            let spans = Spans::new(source.text(), tree, bitext, &neighbours, &parent);
            let spans = spans.place(&node.children);
            let inner = Inner::new(tree, &parent, &node.children, spans);
            let place_of = |child: usize| {
                let spot = Spot::new(bitext, &tree.nodes[child].bytes, &parent.from);
                spot.place(target, bitext, &neighbours, &parent)
            };
            for (child, place) in inner.complete(place_of) {
                places[child] = place;
            }
            let mut order = node.children.clone();
            order.sort_unstable_by_key(|child| {
                let Range { start, end } = places[*child].bytes;
                (start, end, *child)
            });
            children.push(order);
        }
        Self {
            source,
            target,
            tree,
            places,
            children,
        }
    }

    /// Writes the text with the codes; `protected` are sorted, and no code is inside one.
    pub(super) fn write(&self, protected: &[Found]) -> Fragment {
        let mut writer = Writer {
            source: self.source,
            target: self.target,
            protected,
            at: 0,
            out: Fragment::default(),
        };
        // Nodes that are open, each with the number of children already written.
        let mut open = vec![(0, 0)];
        while let Some((node, done)) = open.pop() {
            if let Some(&child) = self.children[node].get(done) {
                open.push((node, done + 1));
                writer.write_to(self.places[child].bytes.start);
                match self.tree.nodes[child].kind {
                    NodeKind::Pair { open: mark, .. } => {
                        writer.push_mark(mark);
                        open.push((child, 0));
                    }
                    NodeKind::Point { mark } => writer.push_mark(mark),
                    NodeKind::Root => {}
                }
            } else {
                writer.write_to(self.places[node].bytes.end);
                if let NodeKind::Pair { close, .. } = self.tree.nodes[node].kind {
                    writer.push_mark(close);
                }
            }
        }
        writer.out
    }
}

/// The codes directly inside another.
struct Inner<'a> {
    tree: &'a Tree,
    parent: &'a Place,
    children: &'a [usize],
    /// Pairs that cover something, by node.
    spans: Vec<(usize, Place)>,
    /// Their bytes with their nodes, by place.
    sorted: Vec<(usize, usize, usize)>,
}

impl<'a> Inner<'a> {
    fn new(
        tree: &'a Tree,
        parent: &'a Place,
        children: &'a [usize],
        mut spans: Vec<(usize, Place)>,
    ) -> Self {
        let mut sorted: Vec<_> = spans
            .iter()
            .map(|(node, place)| (place.bytes.start, place.bytes.end, *node))
            .collect();
        sorted.sort_unstable();
        spans.sort_unstable_by_key(|(node, _)| *node);
        Self {
            tree,
            parent,
            children,
            spans,
            sorted,
        }
    }

    fn span(&self, node: usize) -> Option<&Place> {
        let found = self.spans.binary_search_by_key(&node, |(node, _)| *node);
        found.ok().map(|index| &self.spans[index].1)
    }

    /// Places what covers nothing, where `place_of` says but never inside a sibling, and tags
    /// that have to keep their order between those before and after.
    fn complete(self, place_of: impl Fn(usize) -> usize) -> Vec<(usize, Place)> {
        let mut latest = Vec::with_capacity(self.children.len());
        let mut bound = self.parent.bytes.end;
        for &child in self.children.iter().rev() {
            latest.push(bound);
            if let Some(span) = self
                .span(child)
                .filter(|_| self.tree.nodes[child].is_ordered)
            {
                bound = span.bytes.start;
            }
        }
        let mut earliest = self.parent.bytes.start;
        let mut points = Vec::new();
        for (&child, latest) in self.children.iter().zip(latest.into_iter().rev()) {
            let is_ordered = self.tree.nodes[child].is_ordered;
            if let Some(span) = self.span(child) {
                if is_ordered {
                    earliest = span.bytes.end;
                }
                continue;
            }
            let Range { start, end } = self.parent.bytes;
            let mut at = self.beside_siblings(child, place_of(child).clamp(start, end));
            if is_ordered {
                at = at.min(latest).max(earliest);
                earliest = at;
            }
            let place = Place {
                bytes: at..at,
                ..Place::default()
            };
            points.push((child, place));
        }
        let mut places = self.spans;
        places.extend(points);
        places
    }

    /// Moves an offset out of a sibling: after one that the source has before, else before it.
    fn beside_siblings(&self, node: usize, at: usize) -> usize {
        let index = self.sorted.partition_point(|(start, ..)| *start < at);
        match self.sorted[..index].last() {
            Some((start, end, sibling)) if at < *end => {
                if *sibling < node {
                    *end
                } else {
                    *start
                }
            }
            _ => at,
        }
    }
}

/// Writes the target from start to end.
struct Writer<'a> {
    source: &'a Fragment,
    target: &'a str,
    protected: &'a [Found],
    at: usize,
    out: Fragment,
}

impl Writer<'_> {
    /// Writes the text up to an offset, with the protected spans that begin before it.
    fn write_to(&mut self, end: usize) {
        while let Some((Found { mark, range }, rest)) = self.protected.split_first() {
            if range.start >= end {
                break;
            }
            self.out.push_text(&self.target[self.at..range.start]);
            self.push_mark(*mark);
            self.at = range.end;
            self.protected = rest;
        }
        if self.at < end {
            self.out.push_text(&self.target[self.at..end]);
            self.at = end;
        }
    }

    fn push_mark(&mut self, index: usize) {
        let mark = self.source.marks()[index];
        match mark.kind {
            MarkKind::Protected { len } => {
                let range = mark.at..mark.at.saturating_add(len);
                let text = self.source.text().get(range).unwrap_or_default();
                self.out.push_protected(mark.code, text);
            }
            kind => self.out.push_mark(kind, mark.code),
        }
    }
}
