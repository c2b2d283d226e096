//! The thread that aligns, in a build without the engine.

use std::future::Ready;

use crate::unit::Alignment;

use super::super::models::Installed;

/// There is none.
#[derive(Debug)]
pub(super) enum Aligning {}

impl Aligning {
    /// None.
    pub(super) fn new(_threads: Option<usize>) -> Option<Self> {
        None
    }

    pub(super) fn align(
        &self,
        _model: &Installed,
        _texts: &[(&str, &str)],
    ) -> Ready<Vec<Option<Alignment>>> {
        match *self {}
    }
}
