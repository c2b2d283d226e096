//! The messages of every locale: the same everywhere, all of them used, none missing, and written
//! the way the language is written.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};
use polypost::message::LOCALES;
use unicode_width::UnicodeWidthStr;

const REFERENCE: &str = LOCALES[0];
const NO_BREAK: char = '\u{a0}';
const NARROW: char = '\u{202f}';

/// A number of every plural category that there is, and zero, which may have words of its own.
const COUNTS: [u32; 5] = [0, 1, 2, 5, 1_000_000];

const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn source(locale: &str) -> String {
    let path = root().join("locales").join(locale).join("polypost.ftl");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The messages of a locale by name, each with its variables. A choice that is not one of plurals
/// counts as a variable too (`$status=none`): it may not get lost in translation.
fn messages(locale: &str) -> BTreeMap<String, BTreeSet<String>> {
    let text = source(locale);
    let resource = fluent_syntax::parser::parse(text.as_str())
        .unwrap_or_else(|(_, errors)| panic!("{locale}: {errors:?}"));
    let mut messages = BTreeMap::new();
    for entry in resource.body {
        match entry {
            Entry::Message(message) => {
                let id = message.id.name.to_owned();
                assert!(
                    message.attributes.is_empty(),
                    "{locale}: {id} has attributes"
                );
                let pattern = message
                    .value
                    .unwrap_or_else(|| panic!("{locale}: {id} is empty"));
                let mut variables = BTreeSet::new();
                in_pattern(&pattern, &mut variables);
                let twice = messages.insert(id.clone(), variables).is_some();
                assert!(!twice, "{locale}: {id} is there twice");
            }
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => {}
            Entry::Term(_) | Entry::Junk { .. } => panic!("{locale}: not a message: {entry:?}"),
        }
    }
    messages
}

fn in_pattern(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            in_expression(expression, variables);
        }
    }
}

fn in_expression(expression: &Expression<&str>, variables: &mut BTreeSet<String>) {
    match expression {
        Expression::Inline(inline) => in_inline(inline, variables),
        Expression::Select { selector, variants } => {
            in_inline(selector, variables);
            for variant in variants {
                if let VariantKey::Identifier { name } = variant.key
                    && !PLURALS.contains(&name)
                    && let InlineExpression::VariableReference { id } = selector
                {
                    variables.insert(format!("${}={name}", id.name));
                }
                in_pattern(&variant.value, variables);
            }
        }
    }
}

fn in_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            variables.insert(format!("${}", id.name));
        }
        InlineExpression::Placeable { expression } => in_expression(expression, variables),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        // The program gives no functions to messages, and they are short enough without references.
        other => panic!("not for messages of ours: {other:?}"),
    }
}

/// Every text that the messages of a locale can become, with sample values filled in.
fn texts(locale: &str) -> Vec<(String, String)> {
    let resource = FluentResource::try_new(source(locale)).expect("another test has the details");
    let mut bundle = FluentBundle::new(vec![locale.parse().expect("a language tag")]);
    bundle.set_use_isolating(false);
    bundle
        .add_resource(resource)
        .unwrap_or_else(|errors| panic!("{locale}: {errors:?}"));
    let samples = COUNTS
        .iter()
        .map(|count| FluentValue::from(*count))
        .chain([FluentValue::from("none"), FluentValue::from("X")]);
    let mut texts = Vec::new();
    for sample in samples {
        for (id, variables) in messages(locale) {
            let mut arguments = FluentArgs::new();
            for name in variables.iter().filter(|name| !name.contains('=')) {
                arguments.set(name[1..].to_owned(), sample.clone());
            }
            let pattern = bundle
                .get_message(&id)
                .and_then(|message| message.value())
                .unwrap_or_else(|| panic!("{locale}: {id}"));
            let mut errors = Vec::new();
            let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
            assert!(errors.is_empty(), "{locale}: {id}: {errors:?}");
            texts.push((id, text.into_owned()));
        }
    }
    texts
}

#[test]
fn every_locale_has_a_file_and_every_file_a_locale() {
    let folders: BTreeSet<String> = fs::read_dir(root().join("locales"))
        .expect("the folder is there")
        .map(|entry| entry.expect("readable"))
        .filter(|entry| entry.path().is_dir())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    assert_eq!(folders, LOCALES.map(str::to_owned).into());
}

#[test]
fn nothing_in_a_file_is_lost_in_reading() {
    for locale in LOCALES {
        assert!(!messages(locale).is_empty(), "{locale}");
    }
}

#[test]
fn every_locale_has_the_messages_of_the_reference_with_the_same_variables() {
    let reference = messages(REFERENCE);
    for locale in LOCALES {
        let found = messages(locale);
        for (id, variables) in &reference {
            assert_eq!(found.get(id), Some(variables), "{locale}: {id}");
        }
        for id in found.keys() {
            assert!(
                reference.contains_key(id),
                "{locale}: {id} is not in {REFERENCE}"
            );
        }
    }
}

#[test]
fn the_messages_stand_in_the_order_of_the_reference() {
    let order = |locale| -> Vec<String> {
        source(locale)
            .lines()
            .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
            .filter_map(|line| Some(line.split_once(" =")?.0.to_owned()))
            .collect()
    };
    for locale in LOCALES {
        assert_eq!(order(locale), order(REFERENCE), "{locale}");
    }
}

#[test]
fn every_message_can_be_formatted_in_every_plural_form() {
    for locale in LOCALES {
        for (id, text) in texts(locale) {
            assert!(!text.contains("{$"), "{locale}: {id}: {text}");
            assert!(!text.trim().is_empty(), "{locale}: {id} is empty");
        }
    }
}

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// The string literals of the program that look like names of messages; tests and comments
/// aside. With each goes whether it stands right in a call that takes such a name.
fn literals() -> Vec<(String, bool)> {
    const CALLS: [&str; 4] = ["Message::new(", "CliError::file(", "text(", "find("];
    let mut paths = Vec::new();
    sources(&root().join("src"), &mut paths);
    let mut literals = Vec::new();
    for path in paths {
        let text = fs::read_to_string(&path).expect("readable");
        let text = text.split("#[cfg(test)]").next().unwrap_or_default();
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .collect();
        let mut before = String::new();
        for (index, part) in code.split('"').enumerate() {
            if index % 2 == 1
                && part.starts_with(|first: char| first.is_ascii_lowercase())
                && part
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            {
                let is_name = CALLS.iter().any(|call| before.trim_end().ends_with(call));
                literals.push((part.to_owned(), is_name));
            }
            part.clone_into(&mut before);
        }
    }
    literals
}

/// The names of messages that the command line asks for.
fn of_command(command: &clap::Command, name: &str, ids: &mut BTreeSet<String>) {
    ids.insert(format!("command-{name}"));
    ids.insert(format!("examples-{name}"));
    for argument in command.get_arguments() {
        let id = argument.get_id();
        ids.insert(format!("help-{id}"));
        if argument.get_action().takes_values() {
            ids.insert(format!("value-{id}"));
        }
    }
    for sub in command.get_subcommands() {
        let within = match name {
            "polypost" => sub.get_name().to_owned(),
            _ => format!("{name}-{}", sub.get_name()),
        };
        of_command(sub, &within, ids);
    }
}

#[test]
fn every_message_that_the_program_uses_exists_and_every_message_is_used() {
    let known = messages(REFERENCE);
    let mut used = BTreeSet::new();
    of_command(&polypost::cli::command(), "polypost", &mut used);
    let literals = literals();
    let calls = literals.iter().filter(|(_, is_name)| *is_name).count();
    assert!(
        calls > 50,
        "only {calls} uses were found: does the test still look at the right calls?"
    );
    for (literal, is_name) in literals {
        // Names that are chosen first and used later are known by their beginnings.
        let has_beginning = [
            "cause-", "error-", "failure-", "field-", "heading-", "hint-", "label-", "note-",
            "pairs-", "summary-", "way-",
        ]
        .iter()
        .any(|beginning| literal.starts_with(beginning));
        if is_name || has_beginning || known.contains_key(&literal) {
            used.insert(literal);
        }
    }
    let missing: Vec<_> = used.iter().filter(|id| !known.contains_key(*id)).collect();
    assert!(missing.is_empty(), "missing: {missing:?}");
    let unused: Vec<_> = known.keys().filter(|id| !used.contains(*id)).collect();
    assert!(unused.is_empty(), "unused: {unused:?}");
}

/// Whether quotes open and close in turn.
fn are_paired(text: &str, open: char, close: char) -> bool {
    let mut is_open = false;
    for c in text.chars().filter(|c| *c == open || *c == close) {
        if is_open == (c == open) {
            return false;
        }
        is_open = !is_open;
    }
    !is_open
}

/// What a French typesetter would mark: where a mark lacks its space.
fn french_faults(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: Option<usize>| index.and_then(|index| chars.get(index)).copied();
    let mut faults = Vec::new();
    for (index, c) in chars.iter().enumerate() {
        let before = at(index.checked_sub(1));
        let after = at(index.checked_add(1));
        let ends_word = after.is_none_or(char::is_whitespace);
        let is_right = match c {
            '«' => after == Some(NO_BREAK),
            '»' => before == Some(NO_BREAK),
            // Elsewhere it is part of a URL or a name.
            ':' if ends_word => before == Some(NO_BREAK),
            ';' | '?' | '!' if ends_word => before == Some(NARROW),
            _ => true,
        };
        if !is_right {
            let start = index.saturating_sub(20);
            faults.push(chars[start..=index].iter().collect());
        }
    }
    faults
}

#[test]
fn quotes_are_those_of_the_language() {
    for locale in LOCALES {
        let (open, close) = match locale {
            "de" => ('„', '“'),
            "es" | "fr" => ('«', '»'),
            _ => ('“', '”'),
        };
        for (id, text) in texts(locale) {
            assert!(are_paired(&text, open, close), "{locale}: {id}: {text}");
            for other in "\"„“”«»‚‘‹›".chars().filter(|c| *c != open && *c != close)
            {
                assert!(!text.contains(other), "{locale}: {id} has {other}: {text}");
            }
            assert!(!text.contains("..."), "{locale}: {id}: {text}");
        }
    }
}

#[test]
fn spanish_questions_and_exclamations_are_opened_too() {
    for (id, text) in texts("es") {
        assert!(are_paired(&text, '¿', '?'), "{id}: {text}");
        assert!(are_paired(&text, '¡', '!'), "{id}: {text}");
        assert!(!text.contains("« ") && !text.contains(" »"), "{id}: {text}");
    }
}

#[test]
fn french_punctuation_has_its_spaces() {
    for (id, text) in texts("fr") {
        assert_eq!(french_faults(&text), [""; 0], "{id}: {text}");
        assert!(
            !text.contains('\''),
            "{id} has a typewriter's apostrophe: {text}"
        );
    }
}

/// The help of a command on a terminal of 80 columns; of polypost itself if `command` is empty.
fn help(locale: &str, command: &str) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_polypost"));
    if !command.is_empty() {
        program.arg(command);
    }
    let output = program
        .arg("--help")
        .env_clear()
        .env("LANG", format!("{locale}_XX.UTF-8"))
        .env("COLUMNS", "80")
        .stdin(Stdio::null())
        .output()
        .expect("polypost runs");
    assert!(output.status.success(), "{locale}: {command}: {output:?}");
    String::from_utf8(output.stdout).expect("help is UTF-8")
}

/// Every help there is: locale, command, text.
fn helps() -> Vec<(&'static str, String, String)> {
    let command = polypost::cli::command();
    let mut names = vec![String::new()];
    names.extend(
        command
            .get_subcommands()
            .map(|sub| sub.get_name().to_owned()),
    );
    LOCALES
        .into_iter()
        .flat_map(|locale| names.iter().map(move |name| (locale, name.clone())))
        .map(|(locale, name)| (locale, name.clone(), help(locale, &name)))
        .collect()
}

#[test]
fn help_fits_the_terminal() {
    for (locale, command, text) in helps() {
        for line in text.lines() {
            assert!(line.width() <= 80, "{locale}: {command}: {line}");
            assert_eq!(line.trim_end_matches(' '), line, "{locale}: {command}");
        }
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.contains(char::is_alphabetic))
}

/// The words that are the same in every language: names of commands, options, values and
/// environment variables.
fn names(command: &clap::Command, out: &mut BTreeSet<String>) {
    let mut add = |name: &str| out.extend(words(name).map(str::to_owned));
    add(command.get_name());
    for argument in command.get_arguments() {
        add(argument.get_long().unwrap_or_default());
        add(&argument.get_short().map(String::from).unwrap_or_default());
        for value in argument.get_possible_values() {
            add(value.get_name());
        }
        let env = argument.get_env().unwrap_or_default();
        add(&env.to_string_lossy());
    }
    for sub in command.get_subcommands() {
        names(sub, out);
    }
}

#[test]
fn every_word_of_the_help_comes_from_the_messages() {
    let mut known: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for locale in LOCALES {
        let vocabulary = known.entry(locale).or_default();
        names(&polypost::cli::command(), vocabulary);
        for (_, text) in texts(locale) {
            vocabulary.extend(words(&text).map(str::to_owned));
        }
    }
    for (locale, command, text) in helps() {
        for word in words(&text) {
            assert!(
                known[locale].contains(word),
                "{locale}: {command}: “{word}” in\n{text}"
            );
        }
        if locale == "fr" {
            assert_eq!(french_faults(&text), [""; 0], "{command}");
        }
    }
}

#[test]
fn help_shows_values_defaults_and_environment() {
    for (locale, command, text) in helps() {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if command == "translate" {
            for shown in ["all, translated, keep]", "sentence, block]", "POLYPOST_TO]"] {
                assert!(text.contains(shown), "{locale}: {shown}");
            }
        }
        if command == "extract" {
            assert!(text.contains("text, jsonl]"), "{locale}");
        }
    }
}
