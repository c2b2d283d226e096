//! The engine's thread, in a build without the engine.

use super::super::models::Route;
use super::super::{BackendError, ReplySink, Request};
use super::NAME;

/// There is none.
#[derive(Debug)]
pub(super) enum Owner {}

impl Owner {
    /// # Errors
    /// Always.
    pub(super) async fn start(
        _routes: Vec<Route>,
        _threads: Option<usize>,
    ) -> Result<Self, BackendError> {
        Err(BackendError::NotBuilt {
            backend: NAME.to_owned(),
        })
    }

    pub(super) async fn translate(
        &self,
        _route: usize,
        _requests: &[Request],
        _replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        match *self {}
    }
}
