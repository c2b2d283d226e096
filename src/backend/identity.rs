//! The backend that translates nothing: the reply is the source.

use super::{Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request};

/// Replies with the source of every request, in its tagged form.
///
/// With it, a run shows what polypost itself does to a post: nothing, byte for byte.
#[derive(Debug, Clone, Copy, Default)]
pub struct Identity;

impl Backend for Identity {
    fn name(&self) -> &'static str {
        "identity"
    }

    fn limits(&self) -> Limits {
        Limits::LOCAL
    }

    fn keeps_source(&self) -> bool {
        true
    }

    fn translate<'a>(
        &'a self,
        _pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            for request in requests {
                replies(request.id, Ok(Reply::Tagged(request.source.to_tagged())));
            }
            Ok(())
        })
    }
}
