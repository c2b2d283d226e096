//! The codes of a source as a tree: pairs hold what stands between their tags.

use std::ops::Range;

use super::super::{Fragment, Mark, MarkKind};

/// What stands at a place of the tree. Marks are given by their index in the source.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NodeKind {
    /// The whole text.
    Root,
    /// A pair of tags.
    Pair {
        /// The opening tag.
        open: usize,
        /// The closing tag.
        close: usize,
    },
    /// A code that covers no text.
    Point {
        /// Its mark.
        mark: usize,
    },
}

/// A code with what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Node {
    /// What it is.
    pub(super) kind: NodeKind,
    /// What it covers of the source, in bytes.
    pub(super) bytes: Range<usize>,
    /// Whether it is, or holds, a tag that keeps its order among its likes.
    pub(super) is_ordered: bool,
    /// The codes directly inside, as indices of nodes, in the order of the source.
    pub(super) children: Vec<usize>,
}

/// The codes of a source but for the protected spans that are text.
#[derive(Debug)]
pub(super) struct Tree {
    /// The root first, every other node after the one that holds it, in the order of the source.
    pub(super) nodes: Vec<Node>,
    /// The node of each mark.
    of_mark: Vec<Option<usize>>,
    /// Offset of each mark, for searching.
    offsets: Vec<usize>,
}

impl Tree {
    /// Reads the codes of `source`; `protected` are the indices of marks that are text, sorted.
    ///
    /// Tags that make no properly nested pair are taken as lone ones.
    pub(super) fn new(source: &Fragment, protected: &[usize]) -> Self {
        let marks = source.marks();
        let partners = partners_of(marks);
        let root = Node {
            kind: NodeKind::Root,
            bytes: 0..source.text().len(),
            is_ordered: false,
            children: Vec::new(),
        };
        let mut nodes = vec![root];
        let mut of_mark = vec![None; marks.len()];
        let mut parents = vec![0];
        let mut open_nodes = vec![0];
        for (index, mark) in marks.iter().enumerate() {
            let parent = open_nodes.last().copied().unwrap_or(0);
            let node = nodes.len();
            let (kind, end) = match partners[index] {
                Some(open) if open < index => {
                    of_mark[index] = open_nodes.pop();
                    continue;
                }
                Some(close) => {
                    open_nodes.push(node);
                    (NodeKind::Pair { open: index, close }, marks[close].at)
                }
                None if protected.binary_search(&index).is_ok() => continue,
                None => (NodeKind::Point { mark: index }, mark.at),
            };
            let is_free = matches!(mark.kind, MarkKind::Standalone | MarkKind::Protected { .. });
            nodes.push(Node {
                kind,
                bytes: mark.at..end.max(mark.at),
                is_ordered: matches!(kind, NodeKind::Point { .. }) && !is_free,
                children: Vec::new(),
            });
            nodes[parent].children.push(node);
            parents.push(parent);
            of_mark[index] = Some(node);
        }
        for node in (1..nodes.len()).rev() {
            let parent = parents[node];
            nodes[parent].is_ordered |= nodes[node].is_ordered;
        }
        Self {
            nodes,
            of_mark,
            offsets: marks.iter().map(|mark| mark.at).collect(),
        }
    }

    /// The nodes with a tag strictly inside a byte range of the source.
    pub(super) fn nodes_cutting(&self, range: &Range<usize>) -> impl Iterator<Item = &Node> {
        let first = self.offsets.partition_point(|at| *at <= range.start);
        let end = self.offsets.partition_point(|at| *at < range.end);
        let nodes = self.of_mark[first..end.max(first)].iter().flatten();
        nodes.map(|node| &self.nodes[*node])
    }
}

/// The mark of the other tag, for each mark of a properly nested pair.
fn partners_of(marks: &[Mark]) -> Vec<Option<usize>> {
    let mut partners = vec![None; marks.len()];
    let mut open = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        match mark.kind {
            MarkKind::Open => open.push(index),
            MarkKind::Close => {
                if let Some(last) = open.pop_if(|last| marks[*last].code == mark.code) {
                    partners[last] = Some(index);
                    partners[index] = Some(last);
                }
            }
            _ => {}
        }
    }
    partners
}
