//! Who translates in a run: opened when the first segment has to be asked for, and not before. A
//! run with nothing new needs no key, no network and no memory.

use std::path::Path;
use std::sync::OnceLock;

use tokio::sync::OnceCell;

use crate::backend::{self, Backend, BackendError, LocalAligner, Opened, OptionsByBackend, Pair};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::ours::memory_of;
use crate::cli::settings::Translating;
use crate::cli::terminal::Terminal;
use crate::memory::{self, Memory as _, Sqlite};
use crate::message::{self, Message};
use crate::pipeline::Settings;
use crate::translate::{Glossaries, Translator, kept_terms};

use super::catalogs::Catalogs;
use super::report::Numbered;

/// What a translator is made of, once it is.
#[derive(Default)]
pub(super) struct Parts {
    backends: OnceCell<Vec<Opened>>,
    memory: OnceLock<Sqlite>,
    aligner: OnceCell<Option<LocalAligner>>,
}

/// What a run wants of its translator.
pub(super) struct Wishes<'e> {
    pub(super) translating: &'e Translating,
    pub(super) pairs: &'e [Pair],
    /// The folder of models, if it is not the usual one.
    pub(super) models: Option<&'e Path>,
    /// The folder of the project.
    pub(super) root: &'e Path,
    pub(super) glossaries: &'e Glossaries,
    /// What a memory that is missing is made of again.
    pub(super) catalogs: &'e Catalogs,
    pub(super) settings: &'e [Settings],
    /// Whether nothing may be asked.
    pub(super) is_frozen: bool,
    pub(super) terminal: &'e Terminal,
}

pub(super) struct Engine<'e> {
    wishes: Wishes<'e>,
    parts: &'e Parts,
    translator: OnceCell<Translator<'e>>,
}

impl<'e> Engine<'e> {
    pub(super) fn new(parts: &'e Parts, wishes: Wishes<'e>) -> Self {
        Self {
            wishes,
            parts,
            translator: OnceCell::new(),
        }
    }

    /// Whether every target will be its source, so that nothing is looked at.
    pub(super) fn keeps_source(&self) -> bool {
        self.wishes.translating.keeps_source()
    }

    /// Whether a backend has to see every request of the run before its first reply.
    pub(super) fn needs_whole_run(&self) -> bool {
        let mut specs = self.wishes.translating.backends.iter();
        specs.any(backend::Spec::needs_whole_run)
    }

    /// Settings of the backends.
    pub(super) fn options(&self) -> &OptionsByBackend {
        &self.wishes.translating.options
    }

    /// The names of the backends.
    pub(super) fn names(&self) -> Vec<&'static str> {
        match self.opened() {
            Some(translator) => translator.backends().map(Backend::name).collect(),
            None => self
                .wishes
                .translating
                .backends
                .iter()
                .map(backend::Spec::name)
                .collect(),
        }
    }

    /// The translator, if anybody had to be asked.
    pub(super) fn opened(&self) -> Option<&Translator<'e>> {
        self.translator.get()
    }

    /// The translator, for the first segments that somebody has to be asked for: so many of
    /// this post.
    pub(super) async fn translator(
        &self,
        post: Numbered<'_>,
        segments: usize,
    ) -> Result<&Translator<'e>, CliError> {
        let make = async || -> Result<Translator<'e>, CliError> {
            if self.wishes.is_frozen {
                let message = Message::new("error-frozen")
                    .with("post", post.name())
                    .with("count", segments);
                return Err(CliError::new(Exit::Stale, message).hint(Message::new("hint-frozen")));
            }
            let backends = self.parts.backends.get_or_try_init(|| self.open());
            let backends = backends.await?;
            self.rebuild_memory()?;
            let memory = self.memory()?;
            let aligner = self.parts.aligner.get_or_init(|| async {
                backend::local_aligner(
                    self.wishes.pairs,
                    self.wishes.models,
                    &self.wishes.translating.options,
                )
            });
            let aligner = aligner.await;
            let served = backends.iter();
            let served = served.map(|one| (&*one.backend, one.pairs.clone()));
            let translator = Translator::with_backends(served)
                .with_budget(self.wishes.translating.max_chars)
                .with_glossaries(self.wishes.glossaries)
                .with_look_ups(self.wishes.translating.looks_up)
                .with_memory(memory);
            // A trial shows what it does itself.
            let translator = if self.wishes.translating.makes_language() {
                translator.with_earlier(memory)?
            } else {
                translator
            };
            Ok(match aligner {
                Some(aligner) => translator.with_aligner(aligner),
                None => translator,
            })
        };
        self.translator.get_or_try_init(make).await
    }

    /// The memory of the project. Nothing is made on the disk before something is stored in it.
    fn memory(&self) -> Result<&'e Sqlite, CliError> {
        if let Some(memory) = self.parts.memory.get() {
            return Ok(memory);
        }
        let opened = open_memory(self.wishes.root, self.wishes.terminal)?;
        Ok(self.parts.memory.get_or_init(|| opened))
    }

    /// Fills a memory that is missing, as in a fresh clone, or that was damaged.
    fn rebuild_memory(&self) -> Result<(), CliError> {
        let memory = self.memory()?;
        if memory_of(self.wishes.root).exists() {
            return Ok(());
        }
        let pairs = self.wishes.catalogs.pairs(self.wishes.settings)?;
        let stored = memory.store(&pairs)?;
        if stored > 0 {
            self.wishes
                .terminal
                .say(&Message::new("memory-rebuilt").with("count", stored));
        }
        Ok(())
    }

    /// Stores translations.
    pub(super) fn remember(&self, pairs: &[memory::Pair]) -> Result<(), CliError> {
        if !pairs.is_empty() {
            self.memory()?.store(pairs)?;
        }
        Ok(())
    }

    /// Opens the backends that are wanted, and says which of them can't help.
    async fn open(&self) -> Result<Vec<Opened>, CliError> {
        let named = self.wishes.translating.backends.iter();
        let with_models = |spec: &backend::Spec| spec.clone().with_models(self.wishes.models);
        let mut specs: Vec<_> = named.map(with_models).collect();
        if specs.is_empty() {
            let usual = backend::default_for(self.wishes.pairs, self.wishes.models).await;
            specs.push(usual.map_err(|error| no_backend(&error))?);
        }
        let terms = |pairs: &[Pair]| kept_terms(self.wishes.glossaries, pairs);
        let options = &self.wishes.translating.options;
        let opened = backend::open_all(&specs, self.wishes.pairs, options, &terms);
        let (opened, lacks) = opened.await?;
        for error in &lacks {
            self.wishes.terminal.warn(&message::backend_error(error));
        }
        Ok(opened)
    }

    /// Ends the run of every backend, and tells what went wrong in it.
    pub(super) async fn finish(&self) -> Vec<BackendError> {
        let mut errors = self.opened().map_or_else(Vec::new, Translator::stopped_by);
        let has_stopped = !errors.is_empty();
        for one in self.parts.backends.get().into_iter().flatten() {
            let ended = one.backend.finish().await.err();
            // A program that stopped the run has the same to say at its end.
            errors.extend(ended.filter(|_| !has_stopped));
        }
        errors
    }
}

fn open_memory(root: &Path, terminal: &Terminal) -> Result<Sqlite, CliError> {
    let (memory, damaged) = Sqlite::open(&memory_of(root))?;
    if let Some(path) = damaged {
        terminal.warn(&Message::new("memory-damaged").with("path", path.display().to_string()));
    }
    Ok(memory)
}

/// Nobody named a backend, and the usual one can't be used.
fn no_backend(error: &BackendError) -> CliError {
    let cause = message::backend_error(error);
    CliError::usage(Message::new("error-no-backend"))
        .because(cause)
        .hint(Message::new("hint-backend-choices"))
}
