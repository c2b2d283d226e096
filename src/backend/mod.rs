//! What translates: engines and services behind one trait.
//!
//! A backend gets segments as text with numbered codes, never a tag, an address or an attribute
//! of the post, and says for each what it made of it. Whether the codes came back whole is not
//! its business: `translate` reads every reply and repairs what can be repaired.

mod anthropic;
mod apertium;
mod apy;
mod azure;
mod chain;
mod deepl;
pub mod exec;
mod google;
mod identity;
mod language_model;
mod libretranslate;
mod local;
pub mod models;
mod open;
mod openai;
pub(crate) mod patience;
mod price;
mod process;
mod pseudo;
mod service;
mod survey;

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::unit::{Alignment, Fragment, Locale};

pub use anthropic::Anthropic;
pub use apertium::Apertium;
pub use apy::Apy;
pub use azure::Azure;
pub use chain::{Opened, open_all};
pub use deepl::{Deepl, Usage};
pub use exec::Exec;
pub use google::Google;
pub use identity::Identity;
pub use libretranslate::LibreTranslate;
pub use local::{Local, LocalAligner, LocalOptions};
pub use open::{Spec, backend_names, default_for, local_aligner, open};
pub use openai::OpenAi;
pub use price::price_of;
pub use pseudo::{Pseudo, pseudo_translate};
pub use service::{Key, Options, OptionsByBackend};
pub use survey::{Entry, Pairs, survey};

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

/// A term of a glossary that a segment holds.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Term {
    /// The term, as the glossary writes it.
    pub source: String,
    /// Its translation, which is the same for what is not translated; empty where the glossary
    /// only says what not to use.
    pub target: String,
    /// What must not be used for it.
    pub forbidden: Vec<String>,
    /// What part of speech it is, by its English name, if the glossary says so.
    pub part_of_speech: Option<&'static str>,
}

/// What a glossary says for a pair of languages, for a backend that keeps glossaries itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// The languages.
    pub pair: Pair,
    /// Terms and their translations, each term once.
    pub entries: Vec<(String, String)>,
}

/// One segment to translate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Request {
    /// Unique in the run, retries included.
    pub id: u64,
    /// The segment, white space collapsed but in preformatted text, with its codes.
    pub source: Fragment,
    /// Plain text of the unit that the segment is part of; empty where the segment is the unit.
    pub context: String,
    /// Plain text of the segment before it in the post; empty where there is none.
    pub before: String,
    /// Plain text of the segment behind it in the post; empty where there is none.
    pub after: String,
    /// Terms of the glossary that the segment holds.
    pub terms: Vec<Term>,
    /// What was wrong with the last reply, in English, where this is the second request for the
    /// segment. A backend that would answer the same again may send it in another form.
    pub problem: Option<String>,
}

/// How large a request is, as the service counts it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Size {
    /// Characters (Unicode code points) that count towards limits and the bill.
    pub characters: usize,
    /// Bytes of its part of a request's body, roughly.
    pub bytes: usize,
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
    /// Most characters, as [`Backend::measure`] counts them, in one call.
    pub characters: usize,
    /// Most bytes, as [`Backend::measure`] counts them, in one call.
    pub bytes: usize,
    /// Most calls under way at the same time.
    pub concurrency: usize,
    /// Most calls in a minute; none where that is not limited.
    pub per_minute: Option<u32>,
}

impl Limits {
    /// Those of what works inside the program: small enough to show progress and to be cancelled.
    pub const LOCAL: Self = Self {
        segments: 1000,
        characters: 1_000_000,
        ..Self::NONE
    };

    /// No limits, but for one call after the other.
    pub const NONE: Self = Self {
        segments: usize::MAX,
        characters: usize::MAX,
        bytes: usize::MAX,
        concurrency: 1,
        per_minute: None,
    };
}

/// A translation engine or service.
pub trait Backend: Send + Sync {
    /// Its name, as in `--backend NAME`.
    fn name(&self) -> &'static str;

    /// How much it takes at once.
    fn limits(&self) -> Limits;

    /// How large a request is. The characters are those of the text with protected spans, without
    /// tags, where nothing else is said.
    fn measure(&self, request: &Request) -> Size {
        let text = request.source.text();
        Size {
            characters: text.chars().count(),
            bytes: text.len(),
        }
    }

    /// What its replies depend on beside the text, such as model and formality: replies are kept
    /// under it, and are not asked for again. None for a backend whose replies cost nothing.
    fn fingerprint(&self) -> Option<String> {
        None
    }

    /// Whether asking costs nothing but time, so that it may be asked for the parts of a segment
    /// only to find out which words of the whole stand for them.
    fn asks_no_price(&self) -> bool {
        false
    }

    /// What the reply to one request depends on beside its text, the languages and the
    /// fingerprint: the glossary, as far as the backend heeds it. None where that is nothing, as
    /// it is without a glossary.
    fn glossary_key(&self, _pair: &Pair, _request: &Request) -> Option<String> {
        None
    }

    /// Takes the glossary of the run, before the first request. A backend that heeds
    /// [`Request::terms`], or has no use for a glossary, does nothing here.
    ///
    /// # Errors
    /// What kept a service from taking it over; [`BackendError::Glossary`] where it is about the
    /// glossary itself.
    fn use_glossary<'a>(
        &'a mut self,
        _terms: &'a [Terms],
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async { Ok(()) })
    }

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
    /// What stopped the whole batch; replies given before stay valid, and what has none may be
    /// asked for again, as [`BackendError::remedy`] says.
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

/// Finds out which words of a translation stand for which of its source.
pub trait Aligner: Send + Sync {
    /// An alignment for each pair of plain texts (source, translation), in their order; none where
    /// it has no trustworthy one.
    fn align<'a>(
        &'a self,
        pair: &'a Pair,
        texts: &'a [(&'a str, &'a str)],
    ) -> BackendFuture<'a, Vec<Option<Alignment>>>;
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
    /// There is no key.
    #[error("`{backend}` needs a key in one of {variables:?}")]
    NoKey {
        /// The backend.
        backend: String,
        /// The environment variables that may hold it.
        variables: Vec<String>,
    },
    /// The command that should print the key does not.
    #[error("the key command of `{backend}` failed: {detail}")]
    KeyCommand {
        /// The backend.
        backend: String,
        /// How it ended.
        detail: String,
    },
    /// The address of the service is none, or the key would travel in clear.
    #[error("`{url}` is no safe address for `{backend}`")]
    Address {
        /// The backend.
        backend: String,
        /// The address.
        url: String,
    },
    /// A file that a setting names can't be used.
    #[error("`{backend}` can't read `{path}`: {detail}")]
    File {
        /// The backend.
        backend: String,
        /// The file.
        path: String,
        /// What the system says, or what is wrong with it.
        detail: String,
    },
    /// A setting is missing that the service can't do without.
    #[error("`{backend}` needs the setting `{key}`")]
    MissingOption {
        /// The backend.
        backend: String,
        /// The key in its table of `polypost.toml`.
        key: &'static str,
    },
    /// A setting has a value that it can't have.
    #[error("`{key}` of `{backend}` can't be `{value}`")]
    Option {
        /// The backend.
        backend: String,
        /// The key in its table of `polypost.toml`.
        key: &'static str,
        /// The value.
        value: String,
        /// The values that it may have; empty where there is no list.
        valid: Vec<&'static str>,
    },
    /// A service does not take the glossary.
    #[error("`{backend}` does not take the glossary for {from} to {to}: {detail}")]
    Glossary {
        /// The backend.
        backend: String,
        /// Source language.
        from: String,
        /// Target language.
        to: String,
        /// Its own words.
        detail: String,
    },
    /// A service can't answer now, or could not be reached: later it may.
    #[error("`{backend}` is busy: {detail}")]
    Busy {
        /// The backend.
        backend: String,
        /// HTTP status, where there was one.
        status: Option<u16>,
        /// Its own words, or those of the transport.
        detail: String,
        /// When it wants to be asked again.
        after: Option<Duration>,
    },
    /// The batch is larger than the service takes.
    #[error("`{backend}` takes no request of that size: {detail}")]
    TooLarge {
        /// The backend.
        backend: String,
        /// Its own words.
        detail: String,
    },
    /// The service takes no such request; it may take a part of it.
    #[error("`{backend}` does not take the request: {detail}")]
    Rejected {
        /// The backend.
        backend: String,
        /// HTTP status.
        status: u16,
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

/// What may help after an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// To send the same again after a while, or after so long.
    Wait(Option<Duration>),
    /// To send smaller batches.
    Split,
    /// Nothing: the backend is of no more use in this run.
    Stop,
}

impl BackendError {
    /// What may help.
    pub fn remedy(&self) -> Remedy {
        match self {
            Self::Busy { after, .. } => Remedy::Wait(*after),
            Self::TooLarge { .. } | Self::Rejected { .. } => Remedy::Split,
            _ => Remedy::Stop,
        }
    }

    /// The explanation of the service, where there is one.
    pub(crate) fn detail(&self) -> Option<&str> {
        match self {
            Self::Refused { detail, .. }
            | Self::Busy { detail, .. }
            | Self::TooLarge { detail, .. }
            | Self::Rejected { detail, .. }
            | Self::Service { detail, .. } => Some(detail),
            _ => None,
        }
    }

    /// The same error, with every explanation changed.
    #[must_use]
    pub(crate) fn map_detail(mut self, change: impl FnOnce(&str) -> String) -> Self {
        if let Self::Refused { detail, .. }
        | Self::Busy { detail, .. }
        | Self::TooLarge { detail, .. }
        | Self::Rejected { detail, .. }
        | Self::Service { detail, .. } = &mut self
        {
            *detail = change(detail);
        }
        self
    }
}
