//! The command line: arguments, settings, progress, errors and exit codes.
//!
//! Standard output is data, standard error is talk. Nothing else in the program prints.

mod arguments;
mod commands;
mod config;
mod error;
mod exit;
mod files;
mod glossaries;
mod language;
mod ours;
mod progress;
mod settings;
mod staging;
mod terminal;
mod transfer;

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
    let matches = match arguments::command(&messages).try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => {
            let color = arguments::wanted_color(&arguments);
            return arguments::report(&error, &Terminal::plain(color.as_deref(), messages));
        }
    };
    let terminal = Terminal::new(&matches, messages);
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return terminal.report(&CliError::io("tokio", &error)),
    };
    let outcome = runtime.block_on(async {
        tokio::select! {
            outcome = commands::run(&matches, &terminal) => outcome.map(Ended::ByItself),
            exit = exit::signal() => Ok(Ended::BySignal(exit)),
        }
    });
    // What still runs in the background writes nothing that counts.
    runtime.shutdown_background();
    match outcome {
        Ok(Ended::ByItself(exit)) => exit,
        // Only now: by now the progress bar is gone, and so is what was begun.
        Ok(Ended::BySignal(exit)) => terminal.interrupted(exit),
        Err(error) => terminal.report(&error),
    }
}

/// How a command came to its end.
enum Ended {
    ByItself(Exit),
    BySignal(Exit),
}

/// The whole command line, for completions, man pages and tests.
pub fn command() -> clap::Command {
    arguments::command(&Messages::for_locales([]))
}
