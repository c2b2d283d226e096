//! `extract`: shows what would be translated.

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::{Input, expand};
use crate::cli::language;
use crate::cli::settings::{Project, Reading};
use crate::cli::terminal::{Terminal, print_data};
use crate::message::{self, Message};
use crate::pipeline::{Prepared, PreparedUnit, Settings, prepare};
use crate::post::{Chunk, ReadError};
use crate::unit::{CodeKind, Kind};

use super::translate::Numbered;

pub(super) fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let reading = Reading::new(matches, &project)?;
    let files: Vec<PathBuf> = matches
        .get_many::<PathBuf>("files")
        .map(|files| files.cloned().collect())
        .unwrap_or_default();
    let inputs = expand(&files, &project)?;
    let source = reading
        .source
        .clone()
        .or_else(|| language::identify(&inputs));
    let source = source.ok_or_else(language_unknown)?;
    let settings = reading.pipeline(&source, &source)?;
    let is_json = matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "jsonl");
    let mut exit = Exit::Done;
    for input in &inputs {
        let mut posts = 0;
        for chunk in input.chunks() {
            let Chunk::Post(post) = chunk.map_err(|error| input.error(&error))? else {
                continue;
            };
            let prepared = read(post, input, &settings)?;
            let numbered = Numbered {
                input,
                number: posts,
            };
            for refusal in prepared.refusals() {
                exit = Exit::Incomplete;
                terminal.warn(
                    &Message::new("field-refused")
                        .with("place", numbered.place(&refusal.field))
                        .with("reason", message::html_error(&refusal.error)),
                );
            }
            print_data(&if is_json {
                as_json(&prepared, input, posts)
            } else {
                as_text(&prepared, input, posts)
            })?;
            posts += 1;
        }
    }
    Ok(exit)
}

/// The error of a run for which nobody says the source language, and the text does not show it.
pub(super) fn language_unknown() -> CliError {
    CliError::usage(Message::new("error-language-unknown"))
        .hint(Message::new("hint-language-unknown"))
}

fn read(post: String, input: &Input, settings: &Settings) -> Result<Prepared, CliError> {
    prepare(post, input.format, settings).map_err(|error| post_error(input, error))
}

/// The error of a post that could not be read.
pub(super) fn post_error(input: &Input, error: crate::pipeline::PostError) -> CliError {
    match error {
        crate::pipeline::PostError::Json(error) => input.error(&ReadError::Json(error)),
        crate::pipeline::PostError::Site(error) => CliError::usage(message::site_error(&error)),
        crate::pipeline::PostError::Translate(error) => error.into(),
    }
}

fn kind_name(kind: Kind) -> &'static str {
    match kind {
        Kind::Html => "html",
        Kind::Text => "text",
        Kind::Url => "url",
    }
}

/// The id of a segment: that of its unit and its number.
pub(super) fn segment_id(unit: &PreparedUnit, index: usize) -> String {
    format!("{}.{}", unit.unit.id, index + 1)
}

fn as_text(prepared: &Prepared, input: &Input, post: usize) -> String {
    let mut out = String::new();
    let mut last_field = None;
    for unit in prepared.units() {
        let field = prepared.field_path(unit);
        if last_field != Some(field) {
            last_field = Some(field);
            let place = if field.is_empty() { "" } else { " · " };
            let written = writeln!(out, "# {} [{post}]{place}{field}", input.name);
            debug_assert!(written.is_ok(), "a String takes everything");
        }
        let element = if unit.unit.element.is_empty() {
            "-"
        } else {
            &unit.unit.element
        };
        out.push_str(&format!("{} {element}\n", unit.unit.id));
        for (index, segment) in unit.segments.iter().enumerate() {
            out.push_str(&format!("  {} {}\n", index + 1, segment.source.to_tagged()));
        }
        if unit.segments.is_empty() {
            out.push_str(&format!("  - {}\n", unit.unit.source.to_tagged()));
        }
    }
    for (path, value, _) in prepared.urls() {
        out.push_str(&format!("# {} [{post}] · {path}\n  {value}\n", input.name));
    }
    out
}

fn as_json(prepared: &Prepared, input: &Input, post: usize) -> String {
    let mut out = String::new();
    for unit in prepared.units() {
        let codes: Vec<_> = unit
            .unit
            .codes
            .iter()
            .map(|code| {
                let kind = match code.kind {
                    CodeKind::Open => "open",
                    CodeKind::Close => "close",
                    CodeKind::Standalone => "standalone",
                    CodeKind::Protected => "protected",
                };
                json!({"id": code.id, "kind": kind, "raw": code.raw})
            })
            .collect();
        let segments: Vec<_> = unit
            .segments
            .iter()
            .enumerate()
            .map(|(index, segment)| {
                json!({
                    "id": segment_id(unit, index),
                    "text": segment.source.to_tagged(),
                    "plain": segment.source.text(),
                })
            })
            .collect();
        let object = json!({
            "file": input.name,
            "post": post,
            "field": prepared.field_path(unit),
            "unit": unit.unit.id,
            "kind": kind_name(unit.unit.kind),
            "element": unit.unit.element,
            "start": unit.span.start,
            "end": unit.span.end,
            "text": unit.unit.source.to_tagged(),
            "plain": unit.unit.source.text(),
            "codes": codes,
            "segments": segments,
        });
        out.push_str(&format!("{object}\n"));
    }
    for (field, value, kind) in prepared.urls() {
        let object = json!({
            "file": input.name, "post": post, "field": field, "unit": field,
            "kind": kind_name(kind), "element": "", "start": 0, "end": value.len(),
            "text": value, "plain": value, "codes": [], "segments": [],
        });
        out.push_str(&format!("{object}\n"));
    }
    out
}
