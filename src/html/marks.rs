//! What is noted of each node of a tree.

use super::names::Class;

/// What an element says about its content, and how deep it stood when it was inserted.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct NodeInfo {
    pub(super) marks: Marks,
    /// How it behaves in text, where that was found out already.
    pub(super) class: Option<Class>,
    pub(super) depth: u32,
}

/// What an element says about itself, as a set of flags.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Marks(u16);

impl Marks {
    pub(super) const YES: u16 = 1;
    pub(super) const NO: u16 = 1 << 1;
    /// Holds program code, which `translate="yes"` overrules.
    pub(super) const CODE: u16 = 1 << 2;
    /// In another language than the source.
    pub(super) const OTHER: u16 = 1 << 3;
    /// In the source's language, or in one that is not known.
    pub(super) const OURS: u16 = 1 << 4;
    pub(super) const PRESERVE: u16 = 1 << 5;
    pub(super) const PRE: u16 = 1 << 6;
    /// ITS within-text: `yes`, `no`, `nested`.
    pub(super) const FLOWS: u16 = 1 << 7;
    pub(super) const BREAKS: u16 = 1 << 8;
    pub(super) const NESTS: u16 = 1 << 9;

    pub(super) fn set(&mut self, flag: u16) {
        self.0 |= flag;
    }

    pub(super) fn add(&mut self, more: Self) {
        self.0 |= more.0;
    }

    pub(super) fn has(self, flag: u16) -> bool {
        self.0 & flag != 0
    }
}
