//! `backends`: what can be used here, why not, and what to install.

use clap::ArgMatches;
use serde_json::json;

use crate::backend::{Entry, Options, Pairs, Usage, survey};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::settings::Project;
use crate::cli::terminal::{Terminal, print};
use crate::message::{Message, backend_error};

pub(super) async fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let is_json = matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json");
    if matches.get_flag("usage") {
        let own = project.backend_options().get("deepl").cloned();
        return usage_of_deepl(&own.unwrap_or_default(), is_json, terminal).await;
    }
    let entries = survey(
        project.backend_options(),
        project.models_folder().as_deref(),
    )
    .await;
    let text = if is_json {
        as_json(&entries)
    } else {
        as_text(&entries, terminal)
    };
    print(&text)?;
    Ok(Exit::Done)
}

/// What the account has used. `DeepL` is the one service that tells.
async fn usage_of_deepl(
    options: &Options,
    is_json: bool,
    terminal: &Terminal,
) -> Result<Exit, CliError> {
    let Usage { used, allowed } = Usage::of_deepl(options).await?;
    let text = if is_json {
        json!({ "name": "deepl", "used": used, "allowed": allowed }).to_string()
    } else {
        let message = Message::new("backend-usage")
            .with("used", used.to_string())
            .with("allowed", allowed.to_string());
        format!("deepl  {}", terminal.text(&message))
    };
    print(&format!("{text}\n"))?;
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
            ("local", _) => "backend-local",
            ("apertium", None) => "backend-apertium",
            ("apertium", Some(_)) => "backend-apy",
            ("deepl", _) => "backend-deepl",
            ("google", _) => "backend-google",
            ("azure", _) => "backend-azure",
            ("libretranslate", _) => "backend-libretranslate",
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
            Ok(Pairs::Asked) => Message::new("pairs-asked"),
            Ok(Pairs::Listed(pairs)) if pairs.is_empty() && entry.name == "local" => {
                Message::new("pairs-none-local")
            }
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
                Ok(Pairs::Unknown | Pairs::Asked) => (json!(null), None),
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
