//! The arguments of the command line. Their help is in the Fluent files: `command-NAME`,
//! `help-ID` and `value-ID`.

use std::ffi::OsString;

use clap::builder::PossibleValuesParser;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ColorChoice, Command};

use crate::message::{Message, Messages};

use super::error::CliError;
use super::exit::Exit;
use super::terminal::print;

/// The locales that the user may want messages in, best first, before arguments are read.
pub(super) fn wanted_locales(arguments: &[OsString]) -> Vec<String> {
    let mut wanted = Vec::new();
    let mut rest = arguments.iter().skip(1).filter_map(|one| one.to_str());
    while let Some(argument) = rest.next() {
        if argument == "--" {
            break;
        }
        if argument == "--lang" {
            wanted.extend(rest.next().map(str::to_owned));
        } else if let Some(tag) = argument.strip_prefix("--lang=") {
            wanted.push(tag.to_owned());
        }
    }
    for name in ["POLYPOST_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        if let Ok(value) = std::env::var(name)
            && !value.is_empty()
        {
            wanted.push(value);
            // As POSIX has it, the first that is set counts.
            return wanted;
        }
    }
    wanted.extend(sys_locale::get_locales());
    wanted
}

/// The command line with its help in the language of the messages.
pub(super) fn command(messages: &Messages) -> Command {
    let command = Command::new("polypost")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .color(ColorChoice::Auto)
        .args(global_arguments())
        .subcommand(translate())
        .subcommand(extract())
        .subcommand(Command::new("backends").arg(format(&["text", "json"])))
        .subcommand(
            Command::new("completions").arg(
                Arg::new("shell")
                    .required(true)
                    .value_parser(clap::value_parser!(clap_complete::Shell)),
            ),
        )
        .subcommand(
            Command::new("man").arg(
                Arg::new("directory")
                    .long("out")
                    .value_parser(clap::value_parser!(std::path::PathBuf)),
            ),
        );
    localized(command, messages)
}

fn global_arguments() -> Vec<Arg> {
    vec![
        Arg::new("config")
            .long("config")
            .env("POLYPOST_CONFIG")
            .value_parser(clap::value_parser!(std::path::PathBuf)),
        Arg::new("lang").long("lang").env("POLYPOST_LANG"),
        Arg::new("quiet")
            .long("quiet")
            .short('q')
            .action(ArgAction::SetTrue)
            .conflicts_with("verbose"),
        Arg::new("verbose")
            .long("verbose")
            .short('v')
            .action(ArgAction::Count),
        Arg::new("no-progress")
            .long("no-progress")
            .action(ArgAction::SetTrue),
        Arg::new("color")
            .long("color")
            .value_parser(PossibleValuesParser::new(["auto", "always", "never"])),
        Arg::new("help")
            .long("help")
            .short('h')
            .action(ArgAction::Help),
        Arg::new("version")
            .long("version")
            .short('V')
            .action(ArgAction::Version),
    ]
    .into_iter()
    .map(|argument| {
        let is_local = argument.get_id() == "version";
        argument.global(!is_local)
    })
    .collect()
}

fn files() -> Arg {
    Arg::new("files")
        .num_args(0..)
        .value_parser(clap::value_parser!(std::path::PathBuf))
}

fn format(values: &'static [&'static str]) -> Arg {
    Arg::new("format")
        .long("format")
        .value_parser(PossibleValuesParser::new(values))
        .default_value("text")
}

/// What tells how a post is read.
fn reading_arguments() -> [Arg; 5] {
    [
        Arg::new("from").long("from").env("POLYPOST_FROM"),
        Arg::new("field").long("field").action(ArgAction::Append),
        Arg::new("exclude")
            .long("exclude")
            .action(ArgAction::Append),
        Arg::new("code-class")
            .long("code-class")
            .action(ArgAction::Append),
        Arg::new("segmentation")
            .long("segmentation")
            .env("POLYPOST_SEGMENTATION")
            .value_parser(PossibleValuesParser::new(["sentence", "block"])),
    ]
}

fn translate() -> Command {
    Command::new("translate")
        .arg(files())
        .arg(
            Arg::new("to")
                .long("to")
                .env("POLYPOST_TO")
                .value_delimiter(',')
                .action(ArgAction::Append),
        )
        .arg(
            Arg::new("backend")
                .long("backend")
                .short('b')
                .env("POLYPOST_BACKEND"),
        )
        .args(reading_arguments())
        .arg(
            Arg::new("links")
                .long("links")
                .env("POLYPOST_LINKS")
                .value_parser(PossibleValuesParser::new(["all", "translated", "keep"])),
        )
        .arg(Arg::new("site").long("site").env("POLYPOST_SITE"))
        .arg(Arg::new("output").long("output").env("POLYPOST_OUTPUT"))
        .arg(
            Arg::new("out")
                .long("out")
                .short('o')
                .value_parser(clap::value_parser!(std::path::PathBuf))
                .conflicts_with_all(["stdout", "output"]),
        )
        .arg(
            Arg::new("stdout")
                .long("stdout")
                .action(ArgAction::SetTrue)
                .conflicts_with_all(["output"]),
        )
        .arg(Arg::new("show").long("show").action(ArgAction::SetTrue))
        .arg(
            Arg::new("dry-run")
                .long("dry-run")
                .short('n')
                .action(ArgAction::SetTrue),
        )
        .arg(
            Arg::new("force")
                .long("force")
                .short('f')
                .action(ArgAction::SetTrue),
        )
}

fn extract() -> Command {
    Command::new("extract")
        .arg(files())
        .args(reading_arguments())
        .arg(format(&["text", "jsonl"]))
}

/// Fills in the help, and the headings that clap would write in English.
fn localized(mut command: Command, messages: &Messages) -> Command {
    let text = |id: &str| messages.find(id).unwrap_or_default();
    let name = command.get_name().to_owned();
    let template = format!(
        "{{about-with-newline}}\n{} {{usage}}\n\n{{all-args}}{{after-help}}",
        text("heading-usage")
    );
    command = command
        .about(text(&format!("command-{name}")))
        .after_help(text(&format!("examples-{name}")))
        .help_template(template)
        .subcommand_help_heading(text("heading-commands"))
        .subcommand_value_name(text("value-command"));
    let ids: Vec<String> = command
        .get_arguments()
        .map(|argument| argument.get_id().to_string())
        .collect();
    for id in ids {
        command = command.mut_arg(&id, |argument| {
            let heading = if argument.is_positional() {
                "heading-arguments"
            } else {
                "heading-options"
            };
            let argument = argument
                .help(text(&format!("help-{id}")))
                .help_heading(text(heading));
            match messages.find(&format!("value-{id}")) {
                Some(value) if argument.get_action().takes_values() => argument.value_name(value),
                _ => argument,
            }
        });
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for name in names {
        command = command.mut_subcommand(name, |sub| localized(sub, messages));
    }
    command
}

/// Reports what clap found wrong, or shows the help that was asked for.
pub(super) fn report(error: &clap::Error, messages: &Messages) -> Exit {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let text = error.render().ansi().to_string();
            return print(&text).map_or(Exit::Files, |()| Exit::Done);
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            anstream::eprint!("{}", error.render().ansi());
            return Exit::Usage;
        }
        _ => {}
    }
    let error = explained(error);
    let label = messages.text(&Message::new("label-error"));
    anstream::eprintln!("{label} {}", messages.text(&error.message));
    if let Some(hint) = &error.hint {
        let label = messages.text(&Message::new("label-hint"));
        anstream::eprintln!("{label} {}", messages.text(hint));
    }
    error.exit
}

/// What clap found wrong, as a message of ours.
fn explained(error: &clap::Error) -> CliError {
    let context = |kind| match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::Number(number)) => number.to_string(),
        _ => String::new(),
    };
    let argument = context(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let valid = context(ContextKind::ValidValue);
    let (message, suggested) = match error.kind() {
        ErrorKind::UnknownArgument => (
            Message::new("error-argument-unknown").with("argument", argument),
            context(ContextKind::SuggestedArg),
        ),
        ErrorKind::InvalidSubcommand => (
            Message::new("error-command-unknown")
                .with("command", context(ContextKind::InvalidSubcommand)),
            context(ContextKind::SuggestedSubcommand),
        ),
        ErrorKind::MissingSubcommand => (Message::new("error-command-missing"), String::new()),
        ErrorKind::InvalidValue if value.is_empty() => (
            Message::new("error-value-missing").with("argument", argument),
            String::new(),
        ),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => (
            Message::new("error-value")
                .with("argument", argument)
                .with("value", value)
                .with(
                    "valid",
                    if valid.is_empty() {
                        "none".to_owned()
                    } else {
                        valid
                    },
                ),
            context(ContextKind::SuggestedValue),
        ),
        ErrorKind::MissingRequiredArgument => (
            Message::new("error-argument-missing").with("argument", argument),
            String::new(),
        ),
        ErrorKind::ArgumentConflict => (
            Message::new("error-argument-conflict")
                .with("argument", argument)
                .with("other", context(ContextKind::PriorArg)),
            String::new(),
        ),
        _ => (
            Message::new("error-arguments").with("detail", error.kind().to_string()),
            String::new(),
        ),
    };
    let hint = if suggested.is_empty() {
        Message::new("hint-help")
    } else {
        Message::new("hint-did-you-mean").with("name", suggested)
    };
    CliError::usage(message).hint(hint)
}
