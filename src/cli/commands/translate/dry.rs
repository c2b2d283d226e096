//! What a run would send: counted, not sent.

use crate::backend::{Spec, price_of};
use crate::cli::commands::extract::post_error;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::Input;
use crate::cli::settings::Translating;
use crate::cli::terminal::{Terminal, print};
use crate::message::Message;
use crate::pipeline::{Ready, Retranslate, Settings};
use crate::post::Chunk;

use super::catalogs::Catalogs;
use super::report::cost;

/// Counts posts, segments and characters for each language.
pub(super) fn run(
    inputs: &[Input],
    settings: &[Settings],
    catalogs: &Catalogs,
    retranslate: Retranslate,
    translating: &Translating,
    terminal: &Terminal,
) -> Result<Exit, CliError> {
    let backend = translating.backends.first().map(Spec::name);
    // What costs nothing is no news.
    let price = backend.and_then(|name| price_of(name, &translating.options));
    let price = price.filter(|price| *price > 0.0);
    for (target, settings) in settings.iter().enumerate() {
        let mut counts = Counts::default();
        for (input, file) in inputs.iter().enumerate() {
            let mut names = catalogs.names(file);
            for chunk in file.chunks() {
                let Chunk::Post(post) = chunk.map_err(|error| file.error(&error))? else {
                    continue;
                };
                let name = names.as_mut().map(|names| names.next(&post));
                let mut ready = Ready::read(post, file.format, settings)
                    .map_err(|error| post_error(file, error))?;
                if let (Some(old), Some(name)) = (catalogs.old((input, target))?, name) {
                    ready.recall(&name, old.file(&name), retranslate);
                }
                counts.add(&ready);
            }
        }
        let message = Message::new("dry-run")
            .with("target", settings.target.tag())
            .with("posts", counts.posts)
            .with("segments", counts.segments)
            .with("characters", counts.characters)
            .with("backend", backend.unwrap_or_default())
            .with("cost", cost(counts.characters as u64, price, terminal));
        print(&format!("{}\n", terminal.text(&message)))?;
    }
    Ok(Exit::Done)
}

#[derive(Default)]
struct Counts {
    posts: usize,
    segments: usize,
    characters: usize,
}

impl Counts {
    fn add(&mut self, ready: &Ready) {
        self.posts += 1;
        for job in ready.jobs() {
            self.segments += 1;
            self.characters += job.segment.source.text().chars().count();
        }
    }
}
