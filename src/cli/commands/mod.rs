//! The commands, one file each.

mod backends;
mod completions;
mod extract;
mod glossary;
mod man;
mod memory;
mod models;
mod translate;

use clap::ArgMatches;

use super::error::CliError;
use super::exit::Exit;
use super::terminal::Terminal;

/// Runs the command that the user named.
pub(super) async fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    match matches.subcommand() {
        Some(("translate", matches)) => translate::run(matches, terminal).await,
        Some(("extract", matches)) => extract::run(matches, terminal),
        Some(("backends", matches)) => backends::run(matches, terminal).await,
        Some(("models", matches)) => models::run(matches, terminal).await,
        Some(("memory", matches)) => memory::run(matches, terminal),
        Some(("glossary", matches)) => glossary::run(matches, terminal),
        Some(("completions", matches)) => completions::run(matches, terminal),
        Some(("man", matches)) => man::run(matches, terminal),
        // The command line requires one of these.
        _ => Ok(Exit::Usage),
    }
}
