//! Talk to the user: errors, warnings and notes, in the user's language.

use std::io::{IsTerminal as _, Write as _};
use std::sync::OnceLock;

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use clap::ArgMatches;
use indicatif::ProgressBar;

use crate::message::{Message, Messages};

use super::error::CliError;
use super::exit::Exit;

const ERROR: Style = AnsiColor::Red.on_default().bold();
const WARNING: Style = AnsiColor::Yellow.on_default().bold();
const HINT: Style = AnsiColor::Cyan.on_default().bold();

/// Where talk goes, and how much of it.
pub(super) struct Terminal {
    messages: Messages,
    is_quiet: bool,
    verbosity: u8,
    color: ColorChoice,
    shows_progress: bool,
    /// A progress bar, above which everything is said.
    bar: OnceLock<ProgressBar>,
}

impl std::fmt::Debug for Terminal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Terminal").finish_non_exhaustive()
    }
}

impl Terminal {
    pub(super) fn new(matches: &ArgMatches, messages: Messages) -> Self {
        let is_quiet = matches.get_flag("quiet");
        let color = matches.get_one::<String>("color").map(String::as_str);
        Self {
            is_quiet,
            verbosity: matches.get_count("verbose"),
            shows_progress: !is_quiet
                && !matches.get_flag("no-progress")
                && std::io::stderr().is_terminal(),
            ..Self::plain(color, messages)
        }
    }

    /// A terminal for a command line that could not be read.
    pub(super) fn plain(color: Option<&str>, messages: Messages) -> Self {
        let color = match color {
            Some("always") => ColorChoice::Always,
            Some("never") => ColorChoice::Never,
            _ => ColorChoice::Auto,
        };
        color.write_global();
        Self {
            messages,
            is_quiet: false,
            verbosity: 0,
            color,
            shows_progress: false,
            bar: OnceLock::new(),
        }
    }

    pub(super) fn text(&self, message: &Message) -> String {
        self.messages.text(message)
    }

    pub(super) fn messages(&self) -> &Messages {
        &self.messages
    }

    /// Whether a person looks on.
    pub(super) fn shows_progress(&self) -> bool {
        self.shows_progress
    }

    /// From now on there is a progress bar, which must not be mixed with what is said.
    pub(super) fn talk_above(&self, bar: &ProgressBar) {
        // There is one for each run.
        self.bar.get_or_init(|| bar.clone());
    }

    /// Writes while the progress bar, if there is one, is out of the way.
    fn above_the_bar<T>(&self, write: impl FnOnce() -> T) -> T {
        match self.bar.get() {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    /// As [`print`], above a progress bar.
    pub(super) fn print(&self, text: &str) -> Result<(), CliError> {
        self.above_the_bar(|| print(text))
    }

    pub(super) fn is_verbose(&self) -> bool {
        self.verbosity > 0
    }

    /// Whether text of articles may be shown in messages.
    pub(super) fn shows_text(&self) -> bool {
        self.verbosity > 2
    }

    /// Writes to standard error; if that is gone there is nobody to tell.
    fn talk(&self, style: Style, label: &str, text: &str) {
        let label = (!label.is_empty()).then(|| {
            let label = self.text(&Message::new(match label {
                "error" => "label-error",
                "warning" => "label-warning",
                "cause" => "label-cause",
                _ => "label-hint",
            }));
            format!("{style}{label}{style:#} ")
        });
        let line = format!("{}{text}\n", label.unwrap_or_default());
        let written = self.above_the_bar(|| {
            let mut stream = AutoStream::new(std::io::stderr().lock(), self.color);
            stream.write_all(line.as_bytes())
        });
        drop(written);
    }

    /// What the user wants to know when all went well; not with `--quiet`.
    pub(super) fn say(&self, message: &Message) {
        if !self.is_quiet {
            self.talk(Style::new(), "", &self.text(message));
        }
    }

    /// Details, with `--verbose` only.
    pub(super) fn detail(&self, message: &Message) {
        if self.verbosity > 0 {
            self.talk(Style::new(), "", &self.text(message));
        }
    }

    /// Something that ought to be looked at.
    pub(super) fn warn(&self, message: &Message) {
        self.talk(WARNING, "warning", &self.text(message));
    }

    /// A hint below a warning.
    pub(super) fn hint(&self, message: &Message) {
        self.talk(HINT, "hint", &self.text(message));
    }

    /// Reports an error, and tells how the program ends.
    pub(super) fn report(&self, error: &CliError) -> Exit {
        self.talk(ERROR, "error", &self.text(&error.message));
        for cause in &error.causes {
            self.talk(Style::new(), "cause", &self.text(cause));
        }
        if let Some(hint) = &error.hint {
            self.hint(hint);
        }
        error.exit
    }

    pub(super) fn interrupted(&self, exit: Exit) -> Exit {
        self.talk(WARNING, "warning", &self.text(&Message::new("interrupted")));
        exit
    }
}

/// Writes text for people to standard output: its styles are left out where they don't belong.
///
/// # Errors
/// None where the reader has gone, as `head` does: then the program ends quietly.
pub(super) fn print(text: &str) -> Result<(), CliError> {
    written(anstream::stdout().lock(), text)
}

/// Writes data to standard output, byte for byte, control characters included.
///
/// # Errors
/// As for [`print`].
pub(super) fn print_data(text: &str) -> Result<(), CliError> {
    written(std::io::stdout().lock(), text)
}

fn written(mut stdout: impl std::io::Write, text: &str) -> Result<(), CliError> {
    match stdout
        .write_all(text.as_bytes())
        .and_then(|()| stdout.flush())
    {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => {
            Err(CliError::io("-", &error))
        }
        _ => Ok(()),
    }
}
