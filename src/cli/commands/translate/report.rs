//! What a run did, told while it runs and at its end.

use std::collections::BTreeMap;

use anstyle::{AnsiColor, Style};

use crate::backend::{BackendError, OptionsByBackend, Pair, price_of};
use crate::cli::commands::extract::segment_id;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::Input;
use crate::cli::terminal::Terminal;
use crate::glossary::{Lookup, searchable};
use crate::message::{self, Argument, Message};
use crate::pipeline::{Done, PreparedUnit};
use crate::translate::{Failure, Glossaries, Origin, Outcome, Translator, Way};
use crate::unit::{shown_source, shown_target};

use super::engine::Engine;

const BEFORE: Style = AnsiColor::Red.on_default();
const AFTER: Style = AnsiColor::Green.on_default();
const PLACE: Style = Style::new().bold();

pub(super) struct Report<'t> {
    terminal: &'t Terminal,
    shows: bool,
    languages: usize,
    glossaries: &'t Glossaries,
    /// Posts that are done, once for each language.
    localized: usize,
    segments: usize,
    ways: BTreeMap<Way, usize>,
    origins: BTreeMap<Origin, usize>,
    /// The last post in which nothing was found.
    empty: Option<String>,
    refused: usize,
    kept_links: usize,
    /// Segments that the user was told about, or would have been.
    named: usize,
    /// Segments that were asked for again in vain.
    failed_again: usize,
    /// Segments that depart from the glossary.
    departing: usize,
}

/// So many segments that need a look are named; more would hide the rest.
const MOST_NAMED: usize = 20;

impl<'t> Report<'t> {
    /// A report on posts that are translated into so many languages.
    pub(super) fn new(
        shows: bool,
        languages: usize,
        glossaries: &'t Glossaries,
        terminal: &'t Terminal,
    ) -> Self {
        Self {
            terminal,
            shows,
            languages,
            glossaries,
            localized: 0,
            segments: 0,
            ways: BTreeMap::new(),
            origins: BTreeMap::new(),
            empty: None,
            refused: 0,
            kept_links: 0,
            named: 0,
            failed_again: 0,
            departing: 0,
        }
    }

    /// Takes note of a post that is done.
    pub(super) fn add(
        &mut self,
        post: Numbered<'_>,
        pair: &Pair,
        done: &Done,
    ) -> Result<(), CliError> {
        self.localized += 1;
        if !done.prepared.has_text() && done.prepared.refusals().is_empty() {
            self.warn_of_nothing(post.name());
        }
        for refusal in done.prepared.refusals() {
            self.refused += 1;
            self.terminal.warn(
                &Message::new("field-refused")
                    .with("place", post.place(&refusal.field))
                    .with("reason", message::html_error(&refusal.error)),
            );
        }
        for (index, unit) in done.prepared.units().iter().enumerate() {
            let field = done.prepared.field_path(unit);
            self.segments += unit.segments.len();
            for (index, outcome) in done.outcomes_of(index).iter().enumerate() {
                self.add_segment(post, field, unit, index, outcome);
                if let Some(glossary) = self.glossaries.get(pair) {
                    self.add_departures(post, field, (unit, index), outcome, glossary);
                }
            }
        }
        for note in &done.localized.notes {
            let message = message::note(note);
            if matches!(note, crate::pipeline::Note::LinkKept { .. }) {
                self.kept_links += 1;
            }
            if matches!(note, crate::pipeline::Note::ExcerptTorn { .. }) {
                self.terminal.warn(&in_file(post, message));
            } else if self.terminal.is_verbose() {
                self.terminal.detail(&in_file(post, message));
            }
        }
        if self.shows {
            self.terminal.print(&shown(post, pair, done))?;
        }
        Ok(())
    }

    /// Says that a post has nothing to translate: once, whatever the number of languages.
    fn warn_of_nothing(&mut self, name: String) {
        if self.empty.as_ref() == Some(&name) {
            return;
        }
        self.terminal
            .warn(&Message::new("nothing-found").with("file", name.as_str()));
        if self.localized == 1 {
            self.terminal.hint(&Message::new("hint-nothing-found"));
        }
        self.empty = Some(name);
    }

    fn add_segment(
        &mut self,
        post: Numbered<'_>,
        field: &str,
        unit: &PreparedUnit,
        index: usize,
        outcome: &Outcome,
    ) {
        *self.ways.entry(outcome.way).or_default() += 1;
        if let Some(origin) = outcome.origin {
            *self.origins.entry(origin).or_default() += 1;
        }
        let id = segment_id(unit, index);
        let is_named = self.named < MOST_NAMED || self.terminal.is_verbose();
        self.failed_again += usize::from(failed_again(outcome).is_some());
        if outcome.way >= Way::Estimated || failed_again(outcome).is_some() {
            self.named += 1;
        }
        if !is_named {
            return;
        }
        if let (Way::Source, Some(failure)) = (outcome.way, &outcome.failure) {
            self.terminal.warn(
                &Message::new("segment-failed")
                    .with("place", post.place(field))
                    .with("segment", id.as_str())
                    .with("text", self.quoted(unit, index))
                    .with("reason", message::failure(failure)),
            );
        } else if let Some(failure) = failed_again(outcome) {
            self.terminal.warn(
                &Message::new("segment-kept")
                    .with("place", post.place(field))
                    .with("segment", id.as_str())
                    .with("text", self.quoted(unit, index))
                    .with("reason", message::failure(failure)),
            );
        } else if let Some(message) = review_message(outcome.way) {
            self.terminal.warn(
                &Message::new(message)
                    .with("place", post.place(field))
                    .with("segment", id.as_str())
                    .with("text", self.quoted(unit, index)),
            );
        }
        if self.terminal.is_verbose() {
            self.terminal.detail(
                &Message::new("segment-way")
                    .with("place", post.place(field))
                    .with("segment", id.as_str())
                    .with("way", message::way(outcome.way))
                    .with("text", self.quoted(unit, index)),
            );
        }
    }

    /// Takes note of where the translation of a segment departs from the glossary.
    fn add_departures(
        &mut self,
        post: Numbered<'_>,
        field: &str,
        (unit, index): (&PreparedUnit, usize),
        outcome: &Outcome,
        glossary: &Lookup,
    ) {
        let Some(target) = &outcome.target else {
            return;
        };
        let source = searchable(&unit.segments[index].source);
        let departures = glossary.check(&source, &searchable(target));
        if departures.is_empty() {
            return;
        }
        self.departing += 1;
        self.named += 1;
        if self.named > MOST_NAMED && !self.terminal.is_verbose() {
            return;
        }
        for departure in departures {
            self.terminal.warn(
                &Message::new("segment-departs")
                    .with("place", post.place(field))
                    .with("segment", segment_id(unit, index))
                    .with("text", self.quoted(unit, index))
                    .with("departure", message::departure(&departure)),
            );
        }
    }

    /// The beginning of a segment, where the user wants to see that in every line; else `none`:
    /// articles may be confidential, and logs are kept.
    fn quoted(&self, unit: &PreparedUnit, index: usize) -> String {
        if self.terminal.shows_text() {
            shortened(unit.segments[index].source.text())
        } else {
            "none".to_owned()
        }
    }

    /// Warns of something that is no matter of one segment.
    pub(super) fn warn(&self, message: &Message) {
        self.terminal.warn(message);
    }

    /// Reports what stopped the backend.
    pub(super) fn warn_backend(&self, error: &BackendError) {
        self.terminal.warn(&message::backend_error(error));
    }

    /// The closing lines, and how the run ends. `written` is none where the result went to
    /// standard output.
    pub(super) fn close(&self, written: Option<usize>, engine: &Engine<'_>) -> Exit {
        let keeps_source = engine.keeps_source();
        let count = |way| self.ways.get(&way).copied().unwrap_or(0);
        let failed = count(Way::Source) + self.failed_again;
        self.terminal.say(
            &Message::new("summary")
                .with("posts", self.localized / self.languages.max(1))
                .with("languages", self.languages)
                .with(
                    "segments",
                    count_or_none((!keeps_source).then_some(self.segments)),
                )
                .with("backend", engine.names().join(", "))
                .with("files", count_or_none(written)),
        );
        self.say_origins();
        if let Some(translator) = engine.opened() {
            self.say_sent(translator, engine.options());
        }
        for (way, id) in [
            (Way::Retried, "summary-retried"),
            (Way::Projected, "summary-projected"),
            (Way::Estimated, "summary-estimated"),
            (Way::Pieces, "summary-pieces"),
        ] {
            if count(way) > 0 {
                self.terminal
                    .say(&Message::new(id).with("count", count(way)));
            }
        }
        if self.departing > 0 {
            self.terminal
                .say(&Message::new("summary-departing").with("count", self.departing));
        }
        if self.kept_links > 0 {
            self.terminal
                .say(&Message::new("summary-links").with("count", self.kept_links));
        }
        if self.named > MOST_NAMED && !self.terminal.is_verbose() {
            let more = self.named - MOST_NAMED;
            self.terminal
                .say(&Message::new("summary-more-named").with("count", more));
        }
        if failed + self.refused > 0 {
            self.terminal
                .warn(&Message::new("summary-failed").with("count", failed + self.refused));
            return Exit::Incomplete;
        }
        Exit::Done
    }
}

/// Why a segment that was asked for again keeps the translation that it had.
fn failed_again(outcome: &Outcome) -> Option<&Failure> {
    let failure = outcome.failure.as_ref();
    failure.filter(|_| outcome.origin == Some(Origin::Catalog))
}

/// What to say of a segment that came about in a way that is to be reviewed.
fn review_message(way: Way) -> Option<&'static str> {
    match way {
        Way::Estimated => Some("segment-estimated"),
        Way::Pieces => Some("segment-pieces"),
        _ => None,
    }
}

impl Report<'_> {
    /// Says how many segments are from where, if that is not the same for all.
    fn say_origins(&self) {
        let is_new = |origin: &Origin| matches!(origin, Origin::Backend { is_kept: false, .. });
        if self.origins.len() < 2 && self.origins.keys().all(is_new) {
            return;
        }
        let parts = self.origins.iter().map(|(origin, count)| {
            let message = match origin {
                Origin::Backend { name, is_kept } => Message::new(if *is_kept {
                    "origin-memory"
                } else {
                    "origin-backend"
                })
                .with("backend", *name),
                Origin::Catalog => Message::new("origin-catalog"),
                Origin::Memory => Message::new("origin-earlier"),
            };
            self.terminal.text(&message.with("count", *count))
        });
        let parts = parts.collect::<Vec<_>>().join(", ");
        self.terminal
            .say(&Message::new("summary-origins").with("parts", parts));
    }

    /// Says what was sent to services, and what that may cost.
    fn say_sent(&self, translator: &Translator<'_>, options: &OptionsByBackend) {
        let is_service = |name: &str| {
            let mut backends = translator.backends();
            backends.any(|one| one.name() == name && one.fingerprint().is_some())
        };
        let tallies = translator.tallies();
        for tally in tallies.filter(|tally| tally.requests > 0 && is_service(tally.backend)) {
            let price = price_of(tally.backend, options);
            self.terminal.say(
                &Message::new("summary-sent")
                    .with("backend", tally.backend)
                    .with("characters", tally.characters)
                    .with("requests", tally.requests)
                    .with("retries", tally.retries)
                    .with("cost", cost(tally.characters, price, self.terminal)),
            );
        }
    }
}

/// What so many characters cost at a price for a million; `none` where nobody knows.
pub(super) fn cost(characters: u64, price: Option<f64>, terminal: &Terminal) -> String {
    let Some(price) = price else {
        return "none".to_owned();
    };
    #[expect(
        clippy::cast_precision_loss,
        reason = "it is rounded to a hundredth of a cent"
    )]
    let cost = characters as f64 * price / 1e6;
    let mark = terminal.text(&Message::new("decimal-mark"));
    format!("{cost:.4}").replace('.', &mark)
}

fn count_or_none(count: Option<usize>) -> Argument {
    count.map_or_else(|| "none".into(), Argument::from)
}

/// One of the posts of a file, counted from 0.
#[derive(Debug, Clone, Copy)]
pub(in crate::cli::commands) struct Numbered<'i> {
    pub(in crate::cli::commands) input: &'i Input,
    pub(in crate::cli::commands) number: usize,
}

impl Numbered<'_> {
    pub(super) fn name(self) -> String {
        self.input.post_name(self.number)
    }

    /// The post and, where it has any, its field.
    pub(in crate::cli::commands) fn place(self, field: &str) -> String {
        let name = self.name();
        if field.is_empty() {
            name
        } else {
            format!("{name}, {field}")
        }
    }
}

fn in_file(post: Numbered<'_>, message: Message) -> Message {
    Message::new("in-file")
        .with("file", post.name())
        .with("message", message)
}

/// The beginning of a text, to recognize it by.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    // As on a page, white space is a space.
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}

/// A post before and after, unit by unit.
fn shown(post: Numbered<'_>, pair: &Pair, done: &Done) -> String {
    let mut out = format!(
        "{PLACE}{} · {} → {}{PLACE:#}\n",
        message::visible(&post.name(), false),
        pair.source,
        pair.target
    );
    let mut last = None;
    for (index, unit) in done.prepared.units().iter().enumerate() {
        let field = done.prepared.field_path(unit);
        if last != Some(field) {
            last = Some(field);
            let field = message::visible(field, false);
            out.push_str(&format!("\n{PLACE}{field}{PLACE:#}\n"));
        }
        let (source, codes) = (&unit.unit.source, &unit.unit.codes);
        let before = signed('-', &shown_source(source, codes));
        let targets = done
            .outcomes_of(index)
            .iter()
            .map(|one| one.target.as_ref());
        let segments = unit.segments.iter().zip(targets);
        let after = signed('+', &shown_target(source, codes, segments));
        out.push_str(&format!("{BEFORE}{before}{BEFORE:#}\n"));
        out.push_str(&format!("{AFTER}{after}{AFTER:#}\n"));
    }
    out
}

/// A text behind a sign; further lines of it stand below the first.
fn signed(sign: char, text: &str) -> String {
    let text = message::visible(text, true);
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    format!("{sign} {}", lines.join("\n  "))
}
