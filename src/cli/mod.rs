//! The command line: arguments, settings, progress, errors and exit codes.
//!
//! Standard output is data, standard error is talk. Nothing else in the program prints.

mod arguments;
mod commands;
mod error;
mod exit;
mod files;
mod language;
mod ours;
mod progress;
mod settings;
mod staging;
mod terminal;

use std::ffi::OsString;

use crate::message::Messages;

use error::CliError;
pub use exit::Exit;
use terminal::Terminal;

/// Runs the command line `arguments` (the program's name first) and tells how the program ends.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let messages = Messages::for_locales(
        arguments::wanted_locales(&arguments)
            .iter()
            .map(String::as_str),
    );
    let matches = match arguments::command(&messages).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => return arguments::report(&error, &messages),
    };
    let terminal = Terminal::new(&matches, messages);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return terminal.report(&CliError::io("tokio", &error)),
    };
    let outcome = runtime.block_on(async {
        tokio::select! {
            outcome = commands::run(&matches, &terminal) => outcome,
            exit = exit::signal() => Ok(terminal.interrupted(exit)),
        }
    });
    // What still runs in the background writes nothing that counts.
    runtime.shutdown_background();
    match outcome {
        Ok(exit) => exit,
        Err(error) => terminal.report(&error),
    }
}

/// The whole command line, for completions, man pages and tests.
pub fn command() -> clap::Command {
    arguments::command(&Messages::for_locales([]))
}
