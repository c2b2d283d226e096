//! `translate`: the main job.
//!
//! 1. What to read, in which language it is, where it is to be written; conflicts end the run
//!    before anything is sent.
//! 2. The backend is opened, and checked to have all pairs of languages.
//! 3. Posts flow through the pipeline, many at a time, in order.
//! 4. Everything that was written beside its place is moved there.

mod catalogs;
mod dry;
mod engine;
mod flow;
mod names;
mod plan;
mod report;
mod sink;

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

use clap::ArgMatches;

use crate::backend::Pair;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::{Input, expand};
use crate::cli::glossaries;
use crate::cli::language;
use crate::cli::ours::Outputs;
use crate::cli::progress::Progress;
use crate::cli::settings::{Project, Reading, Translating};
use crate::cli::terminal::Terminal;
use crate::message::{self, Message};
use crate::pipeline::{self, Format, Retranslate, own_path};
use crate::post::Chunk;
use crate::route::SiteConfig;
use crate::translate::Glossaries;
use crate::unit::Locale;

use catalogs::{Catalogs, Output};
use engine::{Engine, Parts, Wishes};
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
    let mut outputs = Outputs::load(&project.root);
    let inputs = without_outputs(expand(&files, &project)?, &files, &outputs);
    let source = source_language(&reading, &inputs, terminal)?;
    let glossaries = glossaries::for_run(matches, &project, &source, &translating.targets)?;
    let plan = Plan::new(matches, &project, &translating, &inputs)?;
    let settings = translating
        .targets
        .iter()
        .map(|target| {
            let mut settings = reading.pipeline(&source, target)?;
            translating.complete(&mut settings);
            Ok(settings)
        })
        .collect::<Result<Vec<_>, CliError>>()?;
    let (root, catalogs) = plan.catalogs();
    let mut catalogs = Catalogs::new(root.to_owned(), catalogs.clone(), &translating.targets);
    let retranslate = match matches.get_one::<String>("retranslate").map(String::as_str) {
        Some("machine") => Retranslate::Machine,
        Some("stale") => Retranslate::Stale,
        Some("all") => Retranslate::All,
        _ => Retranslate::Nothing,
    };
    if matches.get_flag("dry-run") {
        return dry::run(
            &inputs,
            &settings,
            &catalogs,
            retranslate,
            &translating,
            terminal,
        );
    }
    let localized = localized_posts(&inputs, &settings, &translating, terminal)?;
    if !matches.get_flag("force") {
        let is_localized = |path: &str| localized.paths.contains(path);
        plan.check_conflicts(&mut outputs, &|(input, target), path, is_on_record| {
            let output = Output {
                input: &inputs[input],
                path,
                is_on_record,
            };
            catalogs.vouch_for((input, target), &output, &settings[target], &is_localized)
        })?;
    }
    if !translating.makes_language() {
        // A trial leaves alone what was translated.
        catalogs = Catalogs::default();
    }
    let job = Job {
        catalogs: Arc::new(catalogs),
        localized,
        inputs: Arc::new(inputs),
        settings,
        plan,
        shows: matches.get_flag("show"),
        models: project.models_folder(),
        root: project.root.clone(),
        is_frozen: matches.get_flag("frozen"),
        retranslate,
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
    catalogs: Arc<Catalogs>,
    localized: Localized,
    shows: bool,
    /// The folder of models, if it is not the usual one.
    models: Option<PathBuf>,
    root: PathBuf,
    is_frozen: bool,
    retranslate: Retranslate,
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
        if !translating.makes_language() {
            self.glossaries.clear();
        }
        if translating.keeps_source() {
            for settings in &mut self.settings {
                settings.segmentation = None;
            }
        }
        let settings = Arc::new(self.settings);
        let parts = Parts::default();
        let wishes = Wishes {
            translating,
            pairs: &pairs,
            models: self.models.as_deref(),
            root: &self.root,
            glossaries: &self.glossaries,
            catalogs: &self.catalogs,
            settings: &settings,
            is_frozen: self.is_frozen,
            terminal,
        };
        let engine = Engine::new(&parts, wishes);
        let progress = Progress::new(terminal, self.localized.posts * settings.len());
        let mut report = Report::new(self.shows, pairs.len(), &self.glossaries, terminal);
        let mut sinks = Sinks::default();
        let flow = Flow {
            steps: Steps {
                inputs: Arc::clone(&self.inputs),
                settings: Arc::clone(&settings),
                localized: Arc::new(self.localized.paths),
                catalogs: Arc::clone(&self.catalogs),
                retranslate: self.retranslate,
            },
            plan: &self.plan,
            engine: &engine,
            pairs: &pairs,
            progress: &progress,
        };
        let flowed = flow.run(&mut sinks, &mut report).await;
        progress.finish();
        for refused in self.catalogs.take_refused() {
            report.warn(&refused);
        }
        flowed?;
        for error in engine.finish().await {
            report.warn_backend(&error);
        }
        let changed = sinks.commit(&mut outputs)?;
        let written = self.plan.has_files().then_some(changed.len());
        Ok(report.close(written, &engine))
    }
}

/// Counts posts, and finds the paths by which links find them.
fn localized_posts(
    inputs: &[Input],
    settings: &[pipeline::Settings],
    translating: &Translating,
    terminal: &Terminal,
) -> Result<Localized, CliError> {
    let mut found = Localized::default();
    let site: Option<SiteConfig> = settings
        .iter()
        .find(|settings| settings.source != settings.target)
        .filter(|_| translating.needs_localized_posts())
        .map(|settings| translating.site(&settings.source));
    if site.is_none() && !terminal.shows_progress() {
        return Ok(found);
    }
    for input in inputs {
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

#[derive(Debug, Default)]
struct Localized {
    posts: usize,
    paths: HashSet<String>,
}
