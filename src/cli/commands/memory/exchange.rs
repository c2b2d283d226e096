//! `memory import` and `memory export`: TMX in and out.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use clap::ArgMatches;
use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::settings::Project;
use crate::cli::staging::Staging;
use crate::cli::terminal::{Terminal, print_data};
use crate::cli::transfer::Transfer;
use crate::memory::tmx::{
    ImportError, Imported, Languages, Options, Reader, Tally, TmxError, Writer,
    import as import_tmx,
};
use crate::memory::{MemoryError, Sqlite, State};
use crate::message::{Message, tmx_error};
use crate::unit::Locale;

use super::{is_json, languages, open, print_json};

/// The name of standard input.
const STANDARD: &str = "-";

pub(super) fn import(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let (source, targets) = languages(matches)?;
    let languages = Languages {
        source,
        targets,
        known: project.languages()?,
    };
    let state = match matches.get_one::<String>("state").map(String::as_str) {
        Some("machine") => State::Machine,
        _ => State::Reviewed,
    };
    let memory = open(&project, terminal)?;
    let transfer = Transfer::new(terminal);
    let mut all = Imported::default();
    for path in matches.get_many::<PathBuf>("tmx-files").unwrap_or_default() {
        let named = matches.get_one::<String>("named-origin").cloned();
        let options = Options {
            languages: languages.clone(),
            state,
            origin: named.unwrap_or_else(|| name_of(path)),
        };
        let read = import_file(&memory, path, options, &transfer)?;
        all = sum(all, read);
    }
    drop(transfer);
    report(matches, &all, terminal)?;
    Ok(Exit::Done)
}

/// The name of a file, without its folder: the same on every machine.
fn name_of(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    name.to_string_lossy().into_owned()
}

fn import_file(
    memory: &Sqlite,
    path: &Path,
    options: Options,
    transfer: &Transfer,
) -> Result<Imported, CliError> {
    let (input, size): (Box<dyn Read + Send>, _) = if path == Path::new(STANDARD) {
        (Box::new(io::stdin()), None)
    } else {
        let file = File::open(path).map_err(|error| CliError::io(path, &error))?;
        let size = file.metadata().ok().map(|file| file.len());
        (Box::new(file), size)
    };
    let name = path.display().to_string();
    let mut tell = |bytes| transfer.show(&name, bytes, size);
    let (imported, ended) = import_tmx(memory, Reader::new(input, options), &mut tell);
    match ended {
        Ok(()) => Ok(imported),
        Err(ImportError::Tmx(error)) => Err(unreadable(path, &error)),
        Err(ImportError::Memory(error)) => Err(error.into()),
    }
}

fn sum(one: Imported, other: Imported) -> Imported {
    Imported {
        read: Tally {
            units: one.read.units + other.read.units,
            pairs: one.read.pairs + other.read.pairs,
            skipped: one.read.skipped + other.read.skipped,
            without_codes: one.read.without_codes + other.read.without_codes,
        },
        stored: one.stored + other.stored,
    }
}

fn unreadable(path: &Path, error: &TmxError) -> CliError {
    let cause = Message::new("error-tmx")
        .with("line", error.line)
        .with("reason", tmx_error(&error.kind));
    CliError::file("error-file", path, cause).hint(Message::new("hint-tmx"))
}

fn report(matches: &ArgMatches, all: &Imported, terminal: &Terminal) -> Result<(), CliError> {
    let Imported { read, stored } = all;
    if is_json(matches) {
        return print_json(&json!({
            "units": read.units,
            "pairs": read.pairs,
            "stored": stored,
            "skipped": read.skipped,
            "without_codes": read.without_codes,
        }));
    }
    terminal.say(
        &Message::new("memory-imported")
            .with("pairs", read.pairs)
            .with("stored", *stored),
    );
    if read.skipped > 0 {
        terminal.say(&Message::new("memory-skipped").with("count", read.skipped));
    }
    if read.without_codes > 0 {
        terminal.say(&Message::new("memory-without-codes").with("count", read.without_codes));
    }
    Ok(())
}

pub(super) fn export(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let (source, targets) = languages(matches)?;
    let memory = open(&project, terminal)?;
    let place = matches.get_one::<PathBuf>("tmx-out");
    let mut out = Output {
        staging: place.map(|path| Staging::begin(path.clone())).transpose()?,
        failure: None,
    };
    let written = write(&memory, source.as_ref(), &targets, &mut out);
    if let Some(error) = out.failure.take() {
        return Err(error);
    }
    let count = written?;
    if let Some(staging) = out.staging {
        staging.finish()?.commit()?;
    }
    if let Some(path) = place {
        terminal.say(
            &Message::new("memory-exported")
                .with("count", count)
                .with("path", path.display().to_string()),
        );
    }
    Ok(Exit::Done)
}

/// Writes the translations of these languages, and tells how many.
fn write(
    memory: &Sqlite,
    source: Option<&Locale>,
    targets: &[Locale],
    out: &mut Output,
) -> Result<usize, CliError> {
    let mut writer = Writer::begin(out, source).map_err(|error| Failure::from(error).into_cli())?;
    let mut count = 0;
    memory
        .for_each(|pair| {
            let direction = &pair.direction;
            let is_wanted = source.is_none_or(|source| *source == direction.source)
                && (targets.is_empty() || targets.contains(&direction.target));
            if is_wanted {
                count += 1;
                writer.write(&pair)?;
            }
            Ok::<_, Failure>(())
        })
        .map_err(Failure::into_cli)?;
    writer
        .finish()
        .map_err(|error| Failure::from(error).into_cli())?;
    Ok(count)
}

/// Why an export came to no end.
#[derive(Debug)]
enum Failure {
    Memory(MemoryError),
    /// What really happened is with the [`Output`].
    Output(io::Error),
}

impl From<MemoryError> for Failure {
    fn from(error: MemoryError) -> Self {
        Self::Memory(error)
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    fn into_cli(self) -> CliError {
        match self {
            Self::Memory(error) => error.into(),
            Self::Output(error) => CliError::io(STANDARD, &error),
        }
    }
}

/// A file, or standard output.
#[derive(Debug)]
struct Output {
    staging: Option<Staging>,
    failure: Option<CliError>,
}

impl Write for &mut Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let text = std::str::from_utf8(bytes).map_err(io::Error::other)?;
        let written = match &mut self.staging {
            Some(staging) => staging.write(text),
            None => print_data(text),
        };
        match written {
            Ok(()) => Ok(bytes.len()),
            Err(error) => {
                self.failure = Some(error);
                Err(io::ErrorKind::Other.into())
            }
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
