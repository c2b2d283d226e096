//! The engine's thread, in a build without the engine.

use std::future::{Ready, ready};

use super::super::models::Route;
use super::super::{BackendError, ReplySink, Request};
use super::NAME;

/// There is none.
#[derive(Debug)]
pub(super) enum Owner {}

impl Owner {
    /// # Errors
    /// Always.
    pub(super) fn start(
        _routes: Vec<Route>,
        _threads: Option<usize>,
    ) -> Ready<Result<Self, BackendError>> {
        ready(Err(BackendError::NotBuilt {
            backend: NAME.to_owned(),
        }))
    }

    pub(super) fn translate(
        &self,
        _route: usize,
        _requests: &[Request],
        _replies: ReplySink<'_>,
    ) -> Ready<Result<(), BackendError>> {
        match *self {}
    }
}
