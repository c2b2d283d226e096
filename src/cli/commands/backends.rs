//! `backends`: what can be used here, why not, and what to install.

use clap::ArgMatches;
use serde_json::json;

use crate::backend::{Entry, Pairs, survey};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::settings::Project;
use crate::cli::terminal::{Terminal, print};
use crate::message::{Message, backend_error};

pub(super) async fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let entries = survey(project.backend_options()).await;
    let is_json = matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json");
    let text = if is_json {
        as_json(&entries)
    } else {
        as_text(&entries, terminal)
    };
    print(&text)?;
    Ok(Exit::Done)
}

fn usage(entry: &Entry) -> String {
    match entry.argument {
        Some(argument) => format!("{}:{argument}", entry.name),
        None => entry.name.to_owned(),
    }
}

fn as_text(entries: &[Entry], terminal: &Terminal) -> String {
    let width = entries
        .iter()
        .map(|entry| usage(entry).len())
        .max()
        .unwrap_or(0);
    let mut out = String::new();
    for entry in entries {
        let about = terminal.text(&Message::new(match (entry.name, entry.argument) {
            ("apertium", None) => "backend-apertium",
            ("apertium", Some(_)) => "backend-apy",
            ("exec", _) => "backend-exec",
            ("openai", None) => "backend-openai",
            ("openai", Some(_)) => "backend-openai-url",
            ("anthropic", _) => "backend-anthropic",
            ("pseudo", _) => "backend-pseudo",
            _ => "backend-identity",
        }));
        let state = match &entry.pairs {
            Ok(Pairs::All) => Message::new("pairs-all"),
            Ok(Pairs::Unknown) => Message::new("pairs-unknown"),
            Ok(Pairs::Listed(pairs)) if pairs.is_empty() => Message::new("pairs-none"),
            Ok(Pairs::Listed(pairs)) => {
                Message::new("pairs-listed").with("pairs", pairs.join(", "))
            }
            Err(error) => Message::new("pairs-error").with("reason", backend_error(error)),
        };
        let usage = usage(entry);
        out.push_str(&format!("{usage:width$}  {about}\n"));
        out.push_str(&format!("{:width$}  {}\n", "", terminal.text(&state)));
    }
    out
}

fn as_json(entries: &[Entry]) -> String {
    let entries: Vec<_> = entries
        .iter()
        .map(|entry| {
            let (pairs, reason) = match &entry.pairs {
                Ok(Pairs::All) => (json!("all"), None),
                Ok(Pairs::Unknown) => (json!(null), None),
                Ok(Pairs::Listed(pairs)) => (json!(pairs), None),
                Err(error) => (json!([]), Some(error.to_string())),
            };
            json!({
                "name": entry.name,
                "argument": entry.argument,
                "usable": reason.is_none(),
                "pairs": pairs,
                "reason": reason,
            })
        })
        .collect();
    let mut text = serde_json::to_string_pretty(&entries).unwrap_or_default();
    text.push('\n');
    text
}
