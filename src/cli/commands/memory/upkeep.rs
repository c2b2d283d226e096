//! `memory stats`, `prune` and `verify`.

use clap::ArgMatches;
use serde_json::json;

use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::settings::Project;
use crate::cli::terminal::{Terminal, print};
use crate::cli::transfer::{Transfer, size};
use crate::memory::{Direction, Fault, FaultKind, Prune, State, Stats};
use crate::message::Message;

use super::{is_json, languages, open, print_json};

/// After so many translations the progress is shown anew.
const STEP: u64 = 10_000;

pub(super) fn stats(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let stats = open(&project, terminal)?.stats()?;
    if is_json(matches) {
        print_json(&as_json(&stats))?;
        return Ok(Exit::Done);
    }
    let mut out = String::new();
    for count in &stats.counts {
        let kind = terminal.text(&Message::new(match count.state {
            State::Machine => "state-machine",
            State::Reviewed => "state-reviewed",
        }));
        out.push_str(&format!(
            "{} > {}  {}  {kind}  {}\n",
            count.source, count.target, count.pairs, count.origin
        ));
    }
    let all: u64 = stats.counts.iter().map(|count| count.pairs).sum();
    let sum = Message::new("memory-stats")
        .with("pairs", all)
        .with("contexts", stats.contexts)
        .with("answers", stats.answers)
        .with("size", size(stats.bytes));
    out.push_str(&format!("{}\n", terminal.text(&sum)));
    print(&out)?;
    Ok(Exit::Done)
}

fn as_json(stats: &Stats) -> serde_json::Value {
    let counts = stats.counts.iter().map(|count| {
        json!({
            "source": count.source,
            "target": count.target,
            "state": count.state.name(),
            "origin": count.origin,
            "pairs": count.pairs,
        })
    });
    json!({
        "bytes": stats.bytes,
        "answers": stats.answers,
        "contexts": stats.contexts,
        "pairs": counts.collect::<Vec<_>>(),
    })
}

pub(super) fn prune(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let (source, mut targets) = languages(matches)?;
    let direction = match (source, targets.pop()) {
        (Some(source), Some(target)) if targets.is_empty() => Some(Direction { source, target }),
        (None, None) => None,
        _ => return Err(CliError::usage(Message::new("error-memory-direction"))),
    };
    let wanted = Prune {
        keep: matches.get_one::<u64>("keep").copied(),
        is_machine: matches.get_flag("machine"),
        origin: matches.get_one::<String>("of-origin").cloned(),
        direction,
    };
    let removed = open(&project, terminal)?.prune(&wanted)?;
    if is_json(matches) {
        print_json(&json!({ "removed": removed }))?;
    } else {
        terminal.say(&Message::new("memory-pruned").with("count", removed));
    }
    Ok(Exit::Done)
}

pub(super) fn verify(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let memory = open(&project, terminal)?;
    let transfer = Transfer::new(terminal);
    let mut count = 0;
    let faults = memory.verify(|so_far| {
        count = so_far;
        if so_far % STEP == 0 {
            transfer.tell(&so_far.to_string());
        }
    })?;
    drop(transfer);
    if is_json(matches) {
        let faults: Vec<_> = faults.iter().map(fault_as_json).collect();
        print_json(&json!({ "pairs": count, "faults": faults }))?;
    } else {
        let mut out = String::new();
        for fault in &faults {
            let number = fault.pair.map_or("-".to_owned(), |pair| pair.to_string());
            out.push_str(&format!("{number}  {}\n", terminal.text(&worded(fault))));
        }
        print(&out)?;
        terminal.say(
            &Message::new("memory-verified")
                .with("pairs", count)
                .with("faults", faults.len()),
        );
    }
    if faults.is_empty() {
        return Ok(Exit::Done);
    }
    terminal.hint(&Message::new("hint-memory-faults"));
    Ok(Exit::Incomplete)
}

fn worded(fault: &Fault) -> Message {
    match &fault.kind {
        FaultKind::File(said) => Message::new("fault-file").with("detail", said.as_str()),
        FaultKind::Unreadable => Message::new("fault-unreadable"),
        FaultKind::Codes(_) => Message::new("fault-codes"),
        FaultKind::Unindexed => Message::new("fault-unindexed"),
    }
}

fn fault_as_json(fault: &Fault) -> serde_json::Value {
    let (kind, detail) = match &fault.kind {
        FaultKind::File(said) => ("file", Some(said.clone())),
        FaultKind::Unreadable => ("unreadable", None),
        FaultKind::Codes(error) => ("codes", Some(error.to_string())),
        FaultKind::Unindexed => ("unindexed", None),
    };
    json!({ "pair": fault.pair, "kind": kind, "detail": detail })
}
