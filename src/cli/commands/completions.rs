//! `completions`: a script for a shell.

use clap::ArgMatches;
use clap_complete::Shell;

use crate::cli::arguments;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::terminal::{Terminal, print};

pub(super) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let mut script = Vec::new();
    if let Some(shell) = matches.get_one::<Shell>("shell") {
        let mut command = arguments::command(terminal.messages());
        clap_complete::generate(*shell, &mut command, "polypost", &mut script);
    }
    print(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Done)
}
