//! `glossary`: what is wrong with the glossaries themselves.

use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::{Value, json};

use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::glossaries;
use crate::cli::settings::{Project, locale};
use crate::cli::terminal::{Terminal, print};
use crate::glossary::{Flaw, FlawKind, Glossary, Place};
use crate::message::{self, Message};
use crate::unit::Locale;

pub(super) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    match matches.subcommand() {
        Some(("check", matches)) => check(matches, terminal),
        // The command line requires it.
        _ => Ok(Exit::Usage),
    }
}

fn check(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let files: Vec<PathBuf> = glossaries::files(matches, "glossaries", &project)?;
    if files.is_empty() {
        return Err(CliError::usage(Message::new("error-no-glossary"))
            .hint(Message::new("hint-no-glossary")));
    }
    let given = matches.get_one::<String>("from");
    let source = given.or(project.source());
    let source = source.map(|tag| locale(tag)).transpose()?;
    let mut targets: Vec<&String> = matches.get_many("to").unwrap_or_default().collect();
    if targets.is_empty() {
        targets = project.targets().iter().collect();
    }
    let target: Option<Locale> = match targets.as_slice() {
        [tag] => Some(locale(tag)?),
        _ => None,
    };
    let glossary = glossaries::read(&files, &project.root, source.as_ref(), target.as_ref())?;
    let flaws = glossary.flaws(source.as_ref());
    let is_json = matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json");
    if is_json {
        let flaws: Vec<Value> = flaws.iter().map(as_json).collect();
        let mut text = serde_json::to_string_pretty(&flaws).unwrap_or_default();
        text.push('\n');
        print(&text)?;
    } else {
        print(&as_text(&flaws, terminal))?;
    }
    terminal.say(&summary(&glossary, files.len(), flaws.len()));
    Ok(if flaws.is_empty() {
        Exit::Done
    } else {
        Exit::Incomplete
    })
}

fn summary(glossary: &Glossary, files: usize, flaws: usize) -> Message {
    Message::new("summary-glossary")
        .with("files", files)
        .with("concepts", glossary.concepts.len())
        .with("flaws", flaws)
}

/// A line for each flaw, in the form that editors know: `FILE:LINE: what is wrong`.
fn as_text(flaws: &[Flaw], terminal: &Terminal) -> String {
    let lines = flaws.iter().map(|flaw| {
        let place = message::visible(&place(&flaw.place), false);
        format!("{place}: {}\n", terminal.text(&message::flaw(&flaw.kind)))
    });
    lines.collect()
}

fn place(place: &Place) -> String {
    format!("{}:{}", place.file, place.line)
}

fn as_json(flaw: &Flaw) -> Value {
    let mut object = json!({
        "file": &*flaw.place.file,
        "line": flaw.place.line,
        "kind": flaw.kind.name(),
    });
    let more = match &flaw.kind {
        FlawKind::NoTerm => json!({}),
        FlawKind::Alone { term, locale } | FlawKind::Contradiction { term, locale } => {
            json!({"term": term, "locale": locale.tag()})
        }
        FlawKind::NoWord { term } => json!({"term": term}),
        FlawKind::Duplicate { term, other } => {
            json!({"term": term, "other": place(other)})
        }
        FlawKind::Conflict {
            term,
            locale,
            own,
            others,
            other,
        } => json!({
            "term": term,
            "locale": locale.tag(),
            "translations": [own, others],
            "other": place(other),
        }),
        FlawKind::Translated { term, other } => json!({"term": term, "translations": [other]}),
    };
    if let (Some(object), Value::Object(more)) = (object.as_object_mut(), more) {
        object.extend(more);
    }
    object
}
