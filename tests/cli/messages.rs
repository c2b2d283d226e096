//! What the program says to people: wrong arguments, languages, help.

use crate::env::{TestEnv, post};

fn configured(toml: &str) -> TestEnv {
    let env = TestEnv::new();
    env.write("polypost.toml", toml);
    env.write("posts/a.json", post("One", "<p>Two. Three.</p>"));
    env
}

#[test]
fn wrong_arguments_are_explained() {
    let env = configured("");
    let said: Vec<_> = [
        "",
        "translte",
        "translate --two es",
        "translate --to",
        "translate --links x --to es",
        "translate posts/a.json",
        "translate --to es",
        "translate posts/a.json --to es --out x --stdout",
        "translate posts/a.json --to es --backend nobody --from en",
        "extract posts/a.json --format xml",
        "completions",
        "translate posts/a.json --from en --to es --backend exec",
        "-q -v backends",
    ]
    .iter()
    .map(|arguments| {
        let run = env.run(arguments).go().exits(2);
        let line = run.stderr.lines().take(2).collect::<Vec<_>>().join(" / ");
        format!("{arguments}: {line}")
    })
    .collect();
    insta::assert_snapshot!(said.join("\n"), @"
    : Localizes WordPress posts and HTML so that a reader of the diff sees only / language change.
    translte: Error: There is no command “translte”. / Hint: Did you mean “translate”?
    translate --two es: Error: There is no option “--two”. / Hint: “--help” lists commands and options.
    translate --to: Error: “--to <LANGUAGES>” needs a value. / Hint: “--help” lists commands and options.
    translate --links x --to es: Error: “x” is not a valid value for --links <WHICH>. Valid: all, translated, keep. / Hint: “--help” lists commands and options.
    translate posts/a.json: Error: No language to translate into is given. / Hint: Name it with “--to es”, or with “targets” in polypost.toml.
    translate --to es: Error: There is nothing to translate. / Hint: Name files or folders, or say which posts the project has with “posts” in polypost.toml.
    translate posts/a.json --to es --out x --stdout: Error: “--out <PATH>” can't be used with “--stdout”. / Hint: “--help” lists commands and options.
    translate posts/a.json --to es --backend nobody --from en: Error: There is no backend “nobody”. / Hint: “polypost backends” shows what there is.
    extract posts/a.json --format xml: Error: “xml” is not a valid value for --format <FORMAT>. Valid: text, jsonl. / Hint: “--help” lists commands and options.
    completions: Error: Missing: <SHELL>. / Hint: “--help” lists commands and options.
    translate posts/a.json --from en --to es --backend exec: Error: The backend “exec” needs an argument, as in “exec:COMMAND”. / Hint: “polypost backends” shows what there is.
    -q -v backends: Error: “--quiet” can't be used with “--verbose”. / Hint: “--help” lists commands and options.
    ");
}

#[test]
fn without_a_pair_of_languages_the_choices_are_named() {
    let env = configured("");
    // A path without any program: nothing is installed there.
    let run = env
        .run("translate posts/a.json --from en --to es")
        .env("PATH", "/nowhere")
        .go();
    insta::assert_snapshot!(run, @"
    exit 2
    --- stderr
    Error: No backend is named, and the usual one can't be used here.
    Caused by: No installed model translates from en to es; “polypost models get en-es” gets what is missing.
    Hint: Get a model for the built-in engine (polypost models get en-de),
    install a pair of languages for Apertium
      (with Debian: apt-get install apertium-eng-spa),
    name an Apertium server (--backend apertium:http://localhost:2737)
    or a program of your own (--backend exec:COMMAND).
    “polypost backends” shows what can be used.
    ");
}

#[test]
fn messages_follow_the_locale() {
    let env = configured("");
    for (name, value, words) in [
        ("LC_ALL", "de_DE.UTF-8", "Fehler:"),
        ("LC_ALL", "es_ES.UTF-8", "Error:"),
        ("LC_ALL", "fr_FR.UTF-8", "Erreur"),
        ("LC_ALL", "ja_JP.UTF-8", "Error:"),
        ("POLYPOST_LANG", "de", "Fehler:"),
    ] {
        let run = env
            .run("translate x.json --to es")
            .env(name, value)
            .go()
            .exits(3);
        assert!(run.stderr.starts_with(words), "{value}: {run}");
        assert!(run.stderr.contains("x.json"), "{value}: {run}");
    }
    let run = env.run("translate x.json --to es --lang de").go().exits(3);
    assert!(run.stderr.starts_with("Fehler:"), "{run}");
    let run = env
        .run("translate x.json --to es")
        .without_env("LC_ALL")
        .go()
        .exits(3);
    assert!(run.stderr.starts_with("Error:"), "{run}");
}

#[test]
fn help_exists_in_four_languages_and_fits_80_columns() {
    let env = TestEnv::new();
    for language in ["en", "de", "es", "fr"] {
        for command in [
            "",
            "translate ",
            "extract ",
            "backends ",
            "completions ",
            "man ",
        ] {
            let run = env
                .run(&format!("{command}--help --lang {language}"))
                .go()
                .ok();
            for line in run.stdout.lines() {
                assert!(line.chars().count() <= 80, "{language} {command}: {line}");
            }
            assert!(
                !run.stdout.contains("help-") && !run.stdout.contains("value-"),
                "{}",
                run.stdout
            );
        }
    }
}
