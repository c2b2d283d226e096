//! Any program as a backend: JSON Lines in, JSON Lines out.
//!
//! The command is given to the shell (`sh -c`; `cmd /C` on Windows) at the first request and runs
//! until the end of the run. For each segment it gets one line on its standard input:
//!
//! ```json
//! {"id":1,"source":"en","target":"es","text":"The <g1>red</g1> house.<x2/>","plain":"The red house.","context":""}
//! ```
//!
//! `id` is a number. `text` has the codes: pairs as `<g1>…</g1>`, everything else as `<x2/>`, and
//! `&`, `<` and `>` as `&amp;`, `&lt;` and `&gt;`. `plain` has none of this, but shows the text of
//! protected spans. `context` is the plain text of the paragraph, where the segment is only a part
//! of it.
//!
//! It answers with one line for each request, in any order, with the `id` as a number or a string:
//!
//! ```json
//! {"id":1,"text":"La casa <g1>roja</g1>.<x2/>"}
//! {"id":1,"text":"La casa roja.","markup":"plain","alignment":[[4,7,8,12],[8,13,3,7]]}
//! {"id":1,"error":"too long"}
//! ```
//!
//! `"markup":"plain"` says that the text has no codes and is not escaped; they are put back by
//! projection. `alignment` helps with that: a list of `[sourceStart, sourceEnd, targetStart,
//! targetEnd]` in Unicode code points of the two plain texts, ends excluded.
//!
//! Whatever else it writes is ignored, but reported at the end, as is a second reply to a request
//! (the first counts). Standard input is closed after the last request: when the run ends, or
//! earlier, where a program seems to wait for that ([`FIRST_ANSWER`], [`NEXT_ANSWER`]).

mod protocol;
mod session;
mod shared;

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Mutex;

use super::{Backend, BackendError, BackendFuture, Limits, Pair, ReplySink, Request};
use session::Session;

/// How long a program that has not answered yet may be silent after the last request, before its
/// standard input is closed. One that translates everything at the end waits for just that; one
/// that only starts slowly reads on what was written, but can't be asked again.
pub const FIRST_ANSWER: Duration = Duration::from_secs(3);

/// The same for a program that has answered.
pub const NEXT_ANSWER: Duration = Duration::from_secs(10);

/// How long a program may be silent at all, neither reading nor writing, before it is ended.
pub const SILENCE: Duration = Duration::from_mins(10);

/// A program that translates; see the module for how it is spoken to.
///
/// It and what it started are killed when this is dropped.
#[derive(Debug)]
pub struct Exec {
    command: String,
    session: Mutex<Option<Arc<Session>>>,
}

impl Exec {
    /// A backend that will run `command` through the shell.
    pub fn new(command: impl Into<String>) -> Self {
        Self {
            command: command.into(),
            session: Mutex::new(None),
        }
    }

    /// The session, which begins at the first request.
    async fn session(&self) -> Result<Arc<Session>, BackendError> {
        let mut session = self.session.lock().await;
        if let Some(session) = &*session {
            return Ok(Arc::clone(session));
        }
        let started = Arc::new(Session::start(&self.command)?);
        *session = Some(Arc::clone(&started));
        Ok(started)
    }
}

impl Backend for Exec {
    fn name(&self) -> &'static str {
        "exec"
    }

    /// All calls of a run have to be under way at the same time: a program may answer none before
    /// it has seen the end of its input.
    fn limits(&self) -> Limits {
        Limits {
            concurrency: usize::MAX,
            ..Limits::NONE
        }
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            if requests.is_empty() {
                return Ok(());
            }
            self.session()
                .await?
                .translate(pair, requests, replies)
                .await
        })
    }

    /// Closes the program's standard input and waits for its end.
    ///
    /// # Errors
    /// [`BackendError::Program`] where it exits with an error, does not exit, or did not keep to
    /// the protocol. Replies given before stay valid.
    fn finish(&self) -> BackendFuture<'_, Result<(), BackendError>> {
        Box::pin(async move {
            match self.session.lock().await.as_ref() {
                Some(session) => session.finish().await,
                None => Ok(()),
            }
        })
    }
}
