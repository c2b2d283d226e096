//! The arguments of the command line. Their help is in the Fluent files: `command-NAME`,
//! `examples-NAME` (`NAME` of a command within another is `OTHER-NAME`), `help-ID` and `value-ID`.

mod glossary;
mod memory;

use std::ffi::OsString;

use clap::builder::{FalseyValueParser, PossibleValuesParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, ArgAction, ColorChoice, Command};

use crate::message::{Message, Messages};

use super::error::CliError;
use super::exit::Exit;
use super::terminal::{Terminal, print};

/// The values of an option, before arguments are read.
fn given_early(arguments: &[OsString], option: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = arguments.iter().skip(1).filter_map(|one| one.to_str());
    while let Some(argument) = rest.next() {
        if argument == "--" {
            break;
        }
        let Some(value) = argument.strip_prefix(option) else {
            continue;
        };
        if value.is_empty() {
            values.extend(rest.next().map(str::to_owned));
        } else if let Some(value) = value.strip_prefix('=') {
            values.push(value.to_owned());
        }
    }
    values
}

/// When the user wants colours, for errors in the arguments themselves.
pub(super) fn wanted_color(arguments: &[OsString]) -> Option<String> {
    given_early(arguments, "--color").pop()
}

/// The locales that the user may want messages in, best first, before arguments are read.
pub(super) fn wanted_locales(arguments: &[OsString]) -> Vec<String> {
    let mut wanted = given_early(arguments, "--lang");
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
        .subcommand(
            Command::new("backends")
                .arg(Arg::new("usage").long("usage").action(ArgAction::SetTrue))
                .arg(format(&["text", "json"])),
        )
        .subcommand(models())
        .subcommand(memory::memory())
        .subcommand(glossary::glossary())
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
    let command = localized(command, "polypost", messages);
    let mut built = command.clone();
    built.build();
    with_usage(command, &mut built, messages)
}

fn global_arguments() -> Vec<Arg> {
    // Otherwise clap mixes them with the options of a command, one by one.
    const BEHIND_THOSE_OF_THE_COMMAND: usize = 100;
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
    .enumerate()
    .map(|(index, argument)| {
        let is_local = argument.get_id() == "version";
        argument
            .global(!is_local)
            .display_order(BEHIND_THOSE_OF_THE_COMMAND + index)
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

fn from() -> Arg {
    Arg::new("from").long("from").env("POLYPOST_FROM")
}

fn to() -> Arg {
    Arg::new("to")
        .long("to")
        .env("POLYPOST_TO")
        .value_delimiter(',')
        .action(ArgAction::Append)
}

/// What tells how a post is read.
fn reading_arguments() -> [Arg; 5] {
    [
        from(),
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
        .arg(to())
        .arg(
            Arg::new("backend")
                .long("backend")
                .short('b')
                .env("POLYPOST_BACKEND")
                .action(ArgAction::Append),
        )
        .arg(
            Arg::new("glossary")
                .long("glossary")
                .action(ArgAction::Append),
        )
        .arg(
            Arg::new("max-chars")
                .long("max-chars")
                .value_parser(clap::value_parser!(u64)),
        )
        .arg(Arg::new("frozen").long("frozen").action(ArgAction::SetTrue))
        .arg(
            Arg::new("retranslate")
                .long("retranslate")
                .value_parser(PossibleValuesParser::new(["machine", "stale", "all"]))
                .conflicts_with("frozen"),
        )
        .arg(
            Arg::new("look-up")
                .long("look-up")
                .env("POLYPOST_LOOK_UP")
                .value_parser(FalseyValueParser::new())
                .action(ArgAction::SetTrue),
        )
        .args(reading_arguments())
        .arg(
            Arg::new("links")
                .long("links")
                .env("POLYPOST_LINKS")
                .value_parser(PossibleValuesParser::new(["all", "translated", "keep"])),
        )
        .arg(
            Arg::new("hreflang")
                .long("hreflang")
                .env("POLYPOST_HREFLANG")
                .value_parser(FalseyValueParser::new())
                .action(ArgAction::SetTrue),
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
                .conflicts_with_all(["output", "show"]),
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

fn models() -> Command {
    let pairs = |least: usize| {
        Arg::new("pairs")
            .num_args(least..)
            .required(least > 0)
            .value_parser(clap::value_parser!(String))
    };
    let folder = || {
        Arg::new("folder")
            .long("folder")
            .env("POLYPOST_MODELS")
            .value_parser(clap::value_parser!(std::path::PathBuf))
    };
    let sources = || {
        [
            Arg::new("from-mirror")
                .long("from-mirror")
                .conflicts_with("mozilla"),
            Arg::new("mozilla")
                .long("mozilla")
                .action(ArgAction::SetTrue),
        ]
    };
    let formats = || format(&["text", "json"]);
    let list = Command::new("list").args(sources());
    let get = Command::new("get").arg(pairs(1)).args(sources());
    let verify = Command::new("verify").arg(pairs(0));
    let remove = Command::new("remove").arg(pairs(1));
    Command::new("models")
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommand(list.arg(folder()).arg(formats()))
        .subcommand(get.arg(folder()))
        .subcommand(verify.arg(folder()).arg(formats()))
        .subcommand(remove.arg(folder()))
}

/// Fills in the help of a command by the name of its messages, and the headings that clap would
/// write in English.
fn localized(mut command: Command, name: &str, messages: &Messages) -> Command {
    let text = |id: &str| messages.find(id).unwrap_or_default();
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
            let mut help = text(&format!("help-{id}"));
            for note in notes(&argument) {
                help.push(' ');
                help.push_str(&messages.text(&note));
            }
            let argument = argument
                .help(help)
                .help_heading(text(heading))
                .hide_env(true);
            if !argument.get_action().takes_values() {
                return argument;
            }
            let argument = argument.hide_possible_values(true).hide_default_value(true);
            match messages.find(&format!("value-{id}")) {
                Some(value) => argument.value_name(value),
                None => argument,
            }
        });
    }
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    for sub in names {
        let within = match name {
            "polypost" => sub.clone(),
            _ => format!("{name}-{sub}"),
        };
        command = command.mut_subcommand(sub, |sub| localized(sub, &within, messages));
    }
    command
}

/// What clap would write behind the help of an argument in English.
fn notes(argument: &Arg) -> Vec<Message> {
    let mut notes = Vec::new();
    let takes_values = argument.get_action().takes_values();
    let listed = |names: Vec<String>| names.join(", ");
    let values = argument.get_possible_values();
    if takes_values && !values.is_empty() {
        let values = values.iter().map(|value| value.get_name().to_owned());
        notes.push(Message::new("help-values").with("values", listed(values.collect())));
    }
    let defaults = argument.get_default_values();
    if takes_values && !defaults.is_empty() {
        let defaults = defaults
            .iter()
            .map(|value| value.to_string_lossy().into_owned());
        notes.push(Message::new("help-default").with("value", listed(defaults.collect())));
    }
    if let Some(name) = argument.get_env() {
        // The name only: a value may be nobody's business.
        notes.push(Message::new("help-env").with("name", name.to_string_lossy().into_owned()));
    }
    notes
}

/// Sets the usage lines, in which clap would write `[OPTIONS]` in English. They depend on the
/// whole, so `built` is the same command, built.
fn with_usage(mut command: Command, built: &mut Command, messages: &Messages) -> Command {
    let options = messages.find("value-options").unwrap_or_default();
    let usage = built.render_usage().ansi().to_string();
    // The first word is clap's heading; ours is in the template.
    let usage = usage.split_once(' ').map_or("", |(_, usage)| usage);
    command = command.override_usage(usage.replace("[OPTIONS]", &format!("[{options}]")));
    for sub in built.get_subcommands_mut() {
        let name = sub.get_name().to_owned();
        command = command.mut_subcommand(name, |one| with_usage(one, sub, messages));
    }
    command
}

/// Reports what clap found wrong, or shows the help that was asked for.
pub(super) fn report(error: &clap::Error, terminal: &Terminal) -> Exit {
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
    terminal.report(&explained(error))
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
    // That an option can be repeated is nothing that an error should say.
    let named = |kind| context(kind).trim_end_matches("...").to_owned();
    let argument = named(ContextKind::InvalidArg);
    let value = context(ContextKind::InvalidValue);
    let valid = context(ContextKind::ValidValue);
    let (message, suggested) = match error.kind() {
        ErrorKind::UnknownArgument if !argument.starts_with('-') => (
            Message::new("error-argument-unexpected").with("argument", argument),
            String::new(),
        ),
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
        ErrorKind::ArgumentConflict if argument == named(ContextKind::PriorArg) => (
            Message::new("error-argument-twice").with("argument", argument),
            String::new(),
        ),
        ErrorKind::ArgumentConflict => (
            Message::new("error-argument-conflict")
                .with("argument", argument)
                .with("other", named(ContextKind::PriorArg)),
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
