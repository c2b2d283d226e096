//! The arguments of `glossary`.

use clap::{Arg, Command};

use super::{format, from, to};

pub(super) fn glossary() -> Command {
    let check = Command::new("check")
        .arg(Arg::new("glossaries").num_args(0..))
        .args([from(), to()])
        .arg(format(&["text", "json"]));
    Command::new("glossary")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(check)
}
