//! What translates: engines and services behind one trait.
//!
//! A backend gets segments as text with numbered codes, never a tag, an address or an attribute
//! of the post, and says for each what it made of it. Whether the codes came back whole is not
//! its business: `translate` reads every reply and repairs what can be repaired.

mod apertium;
mod apy;
pub mod exec;
mod identity;
mod local;
pub mod models;
mod open;
mod process;
mod pseudo;

use std::future::Future;
use std::pin::Pin;

use crate::unit::{Alignment, Fragment, Locale};

pub use apertium::Apertium;
pub use apy::Apy;
pub use exec::Exec;
pub use identity::Identity;
pub use local::{Local, LocalOptions};
pub use open::{Entry, Pairs, Spec, default_for, open, survey};
pub use pseudo::{Pseudo, pseudo_translate};

/// A future of a backend; it may be dropped at any time, which cancels the work.
pub type BackendFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// From which language to which.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    /// Language of the source text.
    pub source: Locale,
    /// Language wanted.
    pub target: Locale,
}

/// One segment to translate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Unique in the run, retries included.
    pub id: u64,
    /// The segment, white space collapsed but in preformatted text, with its codes.
    pub source: Fragment,
    /// Plain text of the unit that the segment is part of; empty where the segment is the unit.
    pub context: String,
}

/// What a backend made of one segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// Text with the codes of the request in the form of [`Fragment::to_tagged`], read tolerantly.
    Tagged(String),
    /// Text without codes, which then are put back by projection.
    Plain {
        /// The translation, unescaped.
        text: String,
        /// Links between the request's plain text and `text`, in bytes; empty where unknown.
        alignment: Alignment,
    },
}

/// Receives each answer as soon as it is there: the request's id, and the reply or the reason
/// (in the words of the backend) why this one segment could not be translated.
pub type ReplySink<'a> = &'a (dyn Fn(u64, Result<Reply, String>) + Send + Sync);

/// How much a backend takes at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Most segments in one call of [`Backend::translate`].
    pub segments: usize,
    /// Most characters (Unicode code points of the plain texts) in one call.
    pub characters: usize,
    /// Most calls under way at the same time.
    pub concurrency: usize,
    /// Whether every request of the run has to be sent before the first reply can be expected.
    pub whole_run: bool,
}

impl Limits {
    /// Those of what works inside the program: small enough to show progress and to be cancelled.
    pub(crate) const LOCAL: Self = Self {
        segments: 1000,
        characters: 1_000_000,
        concurrency: 1,
        whole_run: false,
    };
}

/// A translation engine or service.
pub trait Backend: Send + Sync {
    /// Its name, as in `--backend NAME`.
    fn name(&self) -> &'static str;

    /// How much it takes at once.
    fn limits(&self) -> Limits;

    /// Whether every reply would be the source, so that nothing need be asked.
    fn keeps_source(&self) -> bool {
        false
    }

    /// Translates a batch that keeps to [`Backend::limits`].
    ///
    /// Replies go to `replies` as they come, in any order, each request at most once. Requests
    /// that have no reply when the future ends have failed.
    ///
    /// # Errors
    /// What stopped the whole batch; replies given before stay valid.
    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>>;

    /// Ends the run: what is still running is told that no request follows, and awaited.
    ///
    /// # Errors
    /// What went wrong at the end, such as a program that exits with an error.
    fn finish(&self) -> BackendFuture<'_, Result<(), BackendError>> {
        Box::pin(async { Ok(()) })
    }
}

/// Why a backend could not do its work. Data for `message`, which words it for people.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackendError {
    /// There is no backend of that name.
    #[error("no backend is named `{name}`")]
    Unknown {
        /// What was asked for.
        name: String,
    },
    /// The name needs an argument (`exec:COMMAND`), or takes none, or not this one.
    #[error("backend `{name}` does not take the argument `{argument}`")]
    Argument {
        /// The backend.
        name: String,
        /// What stood after the colon; empty where nothing did.
        argument: String,
    },
    /// The program is not installed.
    #[error("`{program}` is not installed")]
    NotInstalled {
        /// The program looked for.
        program: String,
    },
    /// The pair of languages is not served.
    #[error("`{backend}` does not translate {from} to {to}")]
    UnsupportedPair {
        /// The backend.
        backend: String,
        /// Source language.
        from: String,
        /// Target language.
        to: String,
        /// Pairs it has, as it writes them.
        supported: Vec<String>,
    },
    /// The key was refused, or the quota is used up: nothing more is sent.
    #[error("`{backend}` refused the key or the quota: {detail}")]
    Refused {
        /// The backend.
        backend: String,
        /// Its own words.
        detail: String,
    },
    /// A service could not be reached or answered with an error.
    #[error("`{backend}` failed: {detail}")]
    Service {
        /// The backend.
        backend: String,
        /// HTTP status, where there was one.
        status: Option<u16>,
        /// Its own words, or those of the transport.
        detail: String,
    },
    /// A program could not be run, exited with an error, or did not keep to the protocol.
    #[error("`{program}` failed: {detail}")]
    Program {
        /// The program.
        program: String,
        /// Exit code, where it exited by itself.
        code: Option<i32>,
        /// The end of its standard error, or what was wrong with its output.
        detail: String,
    },
    /// There is no model for the built-in engine, or none that can be used.
    #[error(transparent)]
    Models(#[from] models::ModelError),
    /// It is not part of this build.
    #[error("`{backend}` is not part of this build")]
    NotBuilt {
        /// The backend.
        backend: String,
    },
    /// The processor lacks what the backend is built for.
    #[error("`{backend}` needs a processor with {needs}")]
    Processor {
        /// The backend.
        backend: String,
        /// What the processor lacks.
        needs: String,
    },
}
