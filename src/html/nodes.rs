//! Values beside the nodes of a tree.

use std::hash::{Hash, Hasher};

use ego_tree::NodeId;

/// A table from node to value, dense because ego-tree numbers its nodes from zero.
#[derive(Debug, Default)]
pub(super) struct NodeMap<T> {
    values: Vec<T>,
}

impl<T: Copy + Default> NodeMap<T> {
    /// A table with room for so many nodes.
    pub(super) fn with_capacity(nodes: usize) -> Self {
        Self {
            values: Vec::with_capacity(nodes),
        }
    }

    /// The value of a node; the default where none was set.
    pub(super) fn get(&self, id: NodeId) -> T {
        self.values.get(index_of(id)).copied().unwrap_or_default()
    }

    /// The place of a node's value.
    pub(super) fn entry(&mut self, id: NodeId) -> &mut T {
        let index = index_of(id);
        if index >= self.values.len() {
            self.values.resize(index + 1, T::default());
        }
        &mut self.values[index]
    }
}

/// The number of a node in its tree.
///
/// ego-tree keeps the number private but hashes it, so a hasher that keeps what it is given reads
/// it. Were it to hash something else, numbers would still be one per node, if not dense; a test
/// holds what is relied upon.
fn index_of(id: NodeId) -> usize {
    let mut hasher = Keep(0);
    id.hash(&mut hasher);
    usize::try_from(hasher.finish()).unwrap_or(usize::MAX)
}

struct Keep(u64);

impl Hasher for Keep {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0 << 8 | u64::from(*byte);
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.0 = number as u64;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nodes_are_numbered_in_the_order_of_their_creation() {
        let mut tree = ego_tree::Tree::new(());
        let first = index_of(tree.root().id());
        let ids: Vec<_> = (0..100).map(|_| tree.orphan(()).id()).collect();
        let numbers: Vec<_> = ids.into_iter().map(index_of).collect();
        assert_eq!(numbers, (first + 1..first + 101).collect::<Vec<_>>());
    }
}
