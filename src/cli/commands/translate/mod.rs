//! `translate`: the main job.
//!
//! 1. What to read, in which language it is, where it is to be written; conflicts end the run
//!    before anything is sent.
//! 2. The backend is opened, and checked to have all pairs of languages.
//! 3. Posts flow through the pipeline, many at a time, in order.
//! 4. Everything that was written beside its place is moved there.

mod flow;
mod plan;
mod report;
mod sink;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::ArgMatches;

use crate::backend::{self, Opened, Pair};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::{Input, expand};
use crate::cli::glossaries;
use crate::cli::language;
use crate::cli::ours::Outputs;
use crate::cli::progress::Progress;
use crate::cli::settings::{Project, Reading, Translating};
use crate::cli::terminal::Terminal;
use crate::memory::Sqlite;
use crate::message::{self, Message};
use crate::pipeline::{self, Format, own_path};
use crate::post::Chunk;
use crate::route::SiteConfig;
use crate::translate::{Glossaries, Translator, kept_terms};
use crate::unit::Locale;

use flow::{Flow, Steps};
use plan::Plan;
pub(super) use report::Numbered;
use report::Report;
use sink::Sinks;

pub(super) async fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let reading = Reading::new(matches, &project)?;
    let translating = Translating::new(matches, &project)?;
    let files: Vec<PathBuf> = matches
        .get_many::<PathBuf>("files")
        .map(|files| files.cloned().collect())
        .unwrap_or_default();
    let outputs = Outputs::load(&project.root);
    let inputs = without_outputs(expand(&files, &project)?, &files, &outputs);
    let source = source_language(&reading, &inputs, terminal)?;
    let glossaries = glossaries::for_run(matches, &project, &source, &translating.targets)?;
    let plan = Plan::new(matches, &project, &translating, &inputs)?;
    if !matches.get_flag("force") && !matches.get_flag("dry-run") {
        plan.check_conflicts(&outputs)?;
    }
    let settings = translating
        .targets
        .iter()
        .map(|target| {
            let mut settings = reading.pipeline(&source, target)?;
            translating.complete(&mut settings);
            Ok(settings)
        })
        .collect::<Result<Vec<_>, CliError>>()?;
    if matches.get_flag("dry-run") {
        return report::dry_run(&inputs, &settings, &translating, terminal);
    }
    let job = Job {
        inputs: Arc::new(inputs),
        settings,
        plan,
        shows: matches.get_flag("show"),
        models: project.models_folder(),
        glossaries,
    };
    job.run(&translating, outputs, terminal).await
}

/// A folder or a pattern may take in what polypost wrote there; that is no source. What is named
/// itself is meant.
fn without_outputs(inputs: Vec<Input>, named: &[PathBuf], outputs: &Outputs) -> Vec<Input> {
    let is_named = |input: &Input| {
        named
            .iter()
            .any(|path| path.is_file() && path.canonicalize().ok().as_ref() == input.path.as_ref())
    };
    inputs
        .into_iter()
        .filter(|input| {
            is_named(input) || !input.path.as_ref().is_some_and(|path| outputs.has(path))
        })
        .collect()
}

fn source_language(
    reading: &Reading,
    inputs: &[Input],
    terminal: &Terminal,
) -> Result<Locale, CliError> {
    if let Some(source) = &reading.source {
        return Ok(source.clone());
    }
    let source = language::identify(inputs).ok_or_else(super::extract::language_unknown)?;
    terminal.say(&Message::new("language-identified").with("language", source.tag()));
    Ok(source)
}

/// A run, planned and ready.
struct Job {
    inputs: Arc<Vec<Input>>,
    settings: Vec<pipeline::Settings>,
    plan: Plan,
    shows: bool,
    /// The folder of models, if it is not the usual one.
    models: Option<PathBuf>,
    glossaries: Glossaries,
}

impl Job {
    async fn run(
        mut self,
        translating: &Translating,
        mut outputs: Outputs,
        terminal: &Terminal,
    ) -> Result<Exit, CliError> {
        let pairs: Vec<Pair> = self
            .settings
            .iter()
            .map(|settings| Pair {
                source: settings.source.clone(),
                target: settings.target.clone(),
            })
            .collect();
        let mut backends =
            open_backends(translating, &pairs, self.models.as_deref(), terminal).await?;
        if backends.iter().all(|one| one.backend.keeps_source()) {
            for settings in &mut self.settings {
                settings.segmentation = None;
            }
        }
        if !backends.iter().any(makes_language) {
            self.glossaries.clear();
        }
        for one in &mut backends {
            let terms = kept_terms(&self.glossaries, &one.pairs);
            one.backend.use_glossary(&terms).await?;
        }
        let localized = self.localized_posts(translating, terminal)?;
        let memory = open_memory(&backends, &outputs, terminal)?;
        let served = backends
            .iter()
            .map(|one| (&*one.backend, one.pairs.clone()));
        let mut translator = Translator::with_backends(served)
            .with_budget(translating.max_chars)
            .with_glossaries(&self.glossaries);
        if let Some(memory) = &memory {
            translator = translator.with_memory(memory);
        }
        let progress = Progress::new(terminal, localized.posts * self.settings.len());
        let mut report = Report::new(self.shows, pairs.len(), &self.glossaries, terminal);
        let mut sinks = Sinks::default();
        let flow = Flow {
            steps: Steps {
                inputs: Arc::clone(&self.inputs),
                settings: Arc::new(self.settings),
                localized: Arc::new(localized.paths),
            },
            plan: &self.plan,
            translator: &translator,
            pairs: &pairs,
            progress: &progress,
        };
        let flowed = flow.run(&mut sinks, &mut report).await;
        progress.finish();
        flowed?;
        let stopped = translator.stopped_by();
        for error in &stopped {
            report.warn_backend(error);
        }
        for one in &backends {
            let ended = one.backend.finish().await.err();
            // A program that stopped the run has the same to say at its end.
            if let Some(error) = ended.filter(|_| stopped.is_empty()) {
                report.warn_backend(&error);
            }
        }
        let changed = sinks.commit(&mut outputs)?;
        let written = self.plan.has_files().then_some(changed.len());
        Ok(report.close(written, &translator, &translating.options))
    }

    /// Counts posts, and finds the paths by which links find them.
    fn localized_posts(
        &self,
        translating: &Translating,
        terminal: &Terminal,
    ) -> Result<Localized, CliError> {
        let mut found = Localized::default();
        let site: Option<SiteConfig> = self
            .settings
            .iter()
            .find(|settings| settings.source != settings.target)
            .filter(|_| translating.needs_localized_posts())
            .map(|settings| translating.site(&settings.source));
        if site.is_none() && !terminal.shows_progress() {
            return Ok(found);
        }
        for input in self.inputs.iter() {
            for chunk in input.chunks() {
                if let Chunk::Post(post) = chunk.map_err(|error| input.error(&error))? {
                    found.posts += 1;
                    if let (Format::Json, Some(site)) = (input.format, &site) {
                        let path = own_path(&post, site)
                            .map_err(|error| CliError::usage(message::site_error(&error)))?;
                        found.paths.extend(path);
                    }
                }
            }
        }
        Ok(found)
    }
}

#[derive(Debug, Default)]
struct Localized {
    posts: usize,
    paths: HashSet<String>,
}

/// Opens the backends that are wanted, and says which of them can't help.
async fn open_backends(
    translating: &Translating,
    pairs: &[Pair],
    models: Option<&Path>,
    terminal: &Terminal,
) -> Result<Vec<Opened>, CliError> {
    let named = translating.backends.iter();
    let mut specs: Vec<_> = named.map(|spec| spec.clone().with_models(models)).collect();
    if specs.is_empty() {
        let usual = backend::default_for(pairs, models).await;
        specs.push(usual.map_err(|error| no_backend(&error))?);
    }
    let (opened, lacks) = backend::open_all(&specs, pairs, &translating.options).await?;
    for error in &lacks {
        terminal.warn(&message::backend_error(error));
    }
    Ok(opened)
}

/// Whether what a backend gives can be held against a glossary at all.
fn makes_language(one: &Opened) -> bool {
    !one.backend.keeps_source() && one.backend.name() != "pseudo"
}

/// Opens the memory, where a backend has answers worth keeping.
fn open_memory(
    backends: &[Opened],
    outputs: &Outputs,
    terminal: &Terminal,
) -> Result<Option<Sqlite>, CliError> {
    let is_wanted = |one: &Opened| one.backend.fingerprint().is_some();
    if !backends.iter().any(is_wanted) {
        return Ok(None);
    }
    let (memory, damaged) = Sqlite::open(&outputs.folder()?.join("memory.db"))?;
    if let Some(path) = damaged {
        terminal.warn(&Message::new("memory-damaged").with("path", path.display().to_string()));
    }
    Ok(Some(memory))
}

/// Nobody named a backend, and the usual one can't be used.
fn no_backend(error: &backend::BackendError) -> CliError {
    let cause = message::backend_error(error);
    CliError::usage(Message::new("error-no-backend"))
        .because(cause)
        .hint(Message::new("hint-backend-choices"))
}
