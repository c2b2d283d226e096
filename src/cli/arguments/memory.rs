//! The arguments of `memory`.

use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command, value_parser};

use super::format;

pub(super) fn memory() -> Command {
    let formats = || format(&["text", "json"]);
    let import = Command::new("import")
        .arg(
            Arg::new("tmx-files")
                .required(true)
                .num_args(1..)
                .value_parser(value_parser!(PathBuf)),
        )
        .args(languages())
        .arg(
            Arg::new("state")
                .long("state")
                .value_parser(PossibleValuesParser::new(["reviewed", "machine"]))
                .default_value("reviewed"),
        )
        .arg(Arg::new("named-origin").long("origin"))
        .arg(formats());
    let export = Command::new("export").args(languages()).arg(
        Arg::new("tmx-out")
            .long("out")
            .short('o')
            .value_parser(value_parser!(PathBuf)),
    );
    let prune = Command::new("prune")
        .arg(
            Arg::new("keep")
                .long("keep")
                .value_parser(value_parser!(u64)),
        )
        .arg(
            Arg::new("machine")
                .long("machine")
                .action(ArgAction::SetTrue),
        )
        .arg(Arg::new("of-origin").long("origin"))
        .args(languages())
        .arg(formats());
    Command::new("memory")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(import)
        .subcommand(export)
        .subcommand(Command::new("stats").arg(formats()))
        .subcommand(prune)
        .subcommand(Command::new("verify").arg(formats()))
}

/// Which translations are meant.
fn languages() -> [Arg; 2] {
    [
        Arg::new("source-language").long("from"),
        Arg::new("target-languages")
            .long("to")
            .value_delimiter(',')
            .action(ArgAction::Append),
    ]
}
