//! The glossaries of a run: which files they are, and what they say.

use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::backend::Pair;
use crate::glossary::{Context, Format, Glossary, Lookup};
use crate::message::{self, Message};
use crate::translate::Glossaries;
use crate::unit::Locale;

use super::error::CliError;
use super::exit::Exit;
use super::files::{absolute, named_files, shown};
use super::settings::Project;

/// The files that an argument names, else those of the project.
pub(super) fn files(
    matches: &ArgMatches,
    argument: &str,
    project: &Project,
) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    if let Some(names) = matches.get_many::<String>(argument) {
        for name in names {
            files.extend(named_files(name, None)?);
        }
    } else {
        for name in project.glossaries() {
            let named = named_files(name, Some(&project.root));
            files.extend(named.map_err(|error| project.wrong(error))?);
        }
    }
    let mut distinct: Vec<PathBuf> = Vec::new();
    for file in files {
        let file = absolute(&file)?;
        if !distinct.contains(&file) {
            distinct.push(file);
        }
    }
    Ok(distinct)
}

/// Reads files, in their order, as one glossary. Columns `source` and `target` are in these
/// languages.
pub(super) fn read(
    files: &[PathBuf],
    root: &Path,
    source: Option<&Locale>,
    target: Option<&Locale>,
) -> Result<Glossary, CliError> {
    let mut glossary = Glossary::default();
    for file in files {
        let name = shown(file, root);
        let extension = file.extension().unwrap_or_default().to_string_lossy();
        let format = Format::of_extension(&extension).ok_or_else(|| {
            let cause = Message::new("error-kind").with("extension", &*extension);
            CliError::file("error-file", Path::new(&name), cause)
                .hint(Message::new("hint-glossary-kind"))
        })?;
        let bytes = std::fs::read(file).map_err(|error| CliError::io(&name, &error))?;
        let context = Context {
            file: name.as_str().into(),
            source: source.cloned(),
            target: target.cloned(),
        };
        let read = Glossary::read(&bytes, format, &context).map_err(|error| {
            let mut wrong = CliError::new(
                Exit::Files,
                Message::new("error-file").with("path", name.as_str()),
            )
            .because(message::glossary_error(&error));
            wrong.hint = message::glossary_hint(&error);
            wrong
        })?;
        glossary.concepts.extend(read.concepts);
    }
    Ok(glossary)
}

/// What the glossaries of a run say, for each of its pairs of languages.
pub(super) fn for_run(
    matches: &ArgMatches,
    project: &Project,
    source: &Locale,
    targets: &[Locale],
) -> Result<Glossaries, CliError> {
    let files = files(matches, "glossary", project)?;
    let target = match targets {
        [target] => Some(target),
        _ => None,
    };
    let glossary = read(&files, &project.root, Some(source), target)?;
    Ok(targets
        .iter()
        .map(|target| {
            let pair = Pair {
                source: source.clone(),
                target: target.clone(),
            };
            (pair, Lookup::new(&glossary, source, target))
        })
        .filter(|(pair, lookup)| pair.source != pair.target && !lookup.is_empty())
        .collect())
}
