//! `memory`: earlier translations, in and out as TMX, and what keeps the memory sound.

mod exchange;
mod upkeep;

use clap::ArgMatches;

use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::ours::memory_of;
use crate::cli::settings::{Project, locale};
use crate::cli::terminal::{Terminal, print};
use crate::memory::Sqlite;
use crate::message::Message;
use crate::unit::Locale;

pub(super) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    match matches.subcommand() {
        Some(("import", matches)) => exchange::import(matches, terminal),
        Some(("export", matches)) => exchange::export(matches, terminal),
        Some(("stats", matches)) => upkeep::stats(matches, terminal),
        Some(("prune", matches)) => upkeep::prune(matches, terminal),
        Some(("verify", matches)) => upkeep::verify(matches, terminal),
        // The command line requires one of these.
        _ => Ok(Exit::Usage),
    }
}

fn open(project: &Project, terminal: &Terminal) -> Result<Sqlite, CliError> {
    let (memory, damaged) = Sqlite::open(&memory_of(&project.root))?;
    if let Some(path) = damaged {
        terminal.warn(&Message::new("memory-damaged").with("path", path.display().to_string()));
    }
    Ok(memory)
}

/// The languages of sources and targets that are named, if any.
fn languages(matches: &ArgMatches) -> Result<(Option<Locale>, Vec<Locale>), CliError> {
    let source = matches.get_one::<String>("source-language");
    let targets = matches.get_many::<String>("target-languages");
    Ok((
        source.map(|tag| locale(tag)).transpose()?,
        targets
            .unwrap_or_default()
            .map(|tag| locale(tag))
            .collect::<Result<_, _>>()?,
    ))
}

fn is_json(matches: &ArgMatches) -> bool {
    matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json")
}

fn print_json(value: &serde_json::Value) -> Result<(), CliError> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    print(&text)
}
