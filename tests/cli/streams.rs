//! Standard output is data, standard error is talk, and both may be closed early.

use std::io::{BufRead as _, BufReader, Read as _};

use crate::env::{TestEnv, sample};

#[test]
fn a_reader_that_has_seen_enough_ends_the_program_quietly() {
    let env = TestEnv::new();
    let line = sample("notes.jsonl")
        .lines()
        .next()
        .expect("a line")
        .to_owned();
    env.write("many.jsonl", format!("{line}\n").repeat(2000));
    for arguments in [
        "extract many.jsonl --from en --format jsonl",
        "extract many.jsonl --from en",
        "translate many.jsonl --from en --to es --backend identity --stdout -q",
        "translate many.jsonl --from en --to es --backend pseudo --show -q",
    ] {
        let mut child = env.run(arguments).start();
        let mut first = String::new();
        let mut stdout = BufReader::new(child.stdout.take().expect("standard output"));
        stdout.read_line(&mut first).expect("a line");
        drop(stdout);
        let mut talk = String::new();
        child
            .stderr
            .take()
            .expect("talk")
            .read_to_string(&mut talk)
            .expect("text");
        let status = child.wait().expect("the end");
        assert_eq!(talk, "", "{arguments}");
        assert!(status.success(), "{arguments}: {status}");
        assert!(!first.is_empty());
    }
}

#[test]
fn a_pipe_gets_no_colours_and_no_progress() {
    let env = TestEnv::with_sample("library-garden.json");
    for arguments in [
        "translate library-garden.json --from en --to es --backend pseudo --show -v --stdout",
        "translate missing.json --to es",
        "extract library-garden.json --from en",
        "backends",
        "--help",
    ] {
        let run = env
            .run(arguments)
            .without_env("NO_COLOR")
            .env("TERM", "xterm-256color")
            .go();
        assert!(!run.stdout.contains('\u{1b}'), "{run}");
        assert!(
            !run.stderr.contains('\u{1b}') && !run.stderr.contains('\r'),
            "{run}"
        );
    }
}

#[test]
fn colours_can_be_had_all_the_same() {
    let env = TestEnv::new();
    let run = env
        .run("translate missing.json --to es --color always")
        .without_env("NO_COLOR")
        .go();
    assert!(run.stderr.contains("\u{1b}["), "{run}");
}

#[test]
fn quiet_says_only_what_went_wrong() {
    let env = TestEnv::with_sample("library-garden.json");
    let run = env
        .run("translate library-garden.json --from en --to es --backend pseudo -q")
        .go()
        .ok();
    assert_eq!((run.stdout.as_str(), run.stderr.as_str()), ("", ""));
}

#[test]
fn only_data_is_on_standard_output() {
    let env = TestEnv::with_sample("library-garden.json");
    let run = env
        .run("translate library-garden.json --to es --backend pseudo --stdout -v --show")
        .go();
    let is_post = serde_json::from_str::<serde_json::Value>(&run.stdout).is_ok();
    assert!(is_post || run.code == Some(2), "{run}");
}

#[test]
fn backends_are_listed_for_people_and_programs() {
    let env = TestEnv::new();
    let run = env.run("backends").env("PATH", "/nowhere").go().ok();
    insta::assert_snapshot!(run, @"
    exit 0
    --- stdout
    local               the models of Firefox, run by polypost itself: private, offline
                        no model is installed; “polypost models get en-de” gets one
    apertium            Apertium, installed here: rule-based, offline
                        not usable: “apertium” is not installed.
    apertium:URL        an Apertium server (APy)
                        the languages depend on what it is given
    deepl               DeepL, free or pro
                        not usable: deepl needs a key: POLYPOST_DEEPL_KEY, DEEPL_AUTH_KEY are not set.
    google              Google Cloud Translation, v2 or, with a project, v3
                        not usable: google needs a key: POLYPOST_GOOGLE_KEY, GOOGLE_API_KEY are not set.
    azure               Azure Translator
                        not usable: azure needs a key: POLYPOST_AZURE_KEY, AZURE_TRANSLATOR_KEY, AZURE_TEXT_TRANSLATION_APIKEY are not set.
    libretranslate:URL  a LibreTranslate server, by default the one on this machine
                        its languages are asked for when it is used
    openai              OpenAI's language models
                        not usable: openai needs “model”.
    openai:URL          any server with OpenAI's interface: Ollama, vLLM, llama.cpp
                        not usable: openai needs “model”.
    anthropic           Anthropic's language models
                        not usable: anthropic needs “model”.
    exec:COMMAND        any program that reads and writes JSON Lines
                        the languages depend on what it is given
    pseudo              accents and brackets, to see what is translated and what fits
                        for any languages
    identity            the source itself, to see that nothing else changes
                        for any languages
    ");
    let run = env
        .run("backends --format json")
        .env("PATH", "/nowhere")
        .go()
        .ok();
    let list: Vec<serde_json::Value> = serde_json::from_str(&run.stdout).expect("JSON");
    let of = |name: &str| {
        list.iter()
            .find(|one| one["name"] == name)
            .expect("a backend")
    };
    assert_eq!(of("pseudo")["usable"], true);
    assert_eq!(of("pseudo")["pairs"], "all");
    assert_eq!(of("apertium")["usable"], false);
}

#[test]
fn completions_and_manual_pages_are_printed() {
    let env = TestEnv::new();
    for shell in ["bash", "zsh", "fish"] {
        let run = env.run(&format!("completions {shell}")).go().ok();
        assert!(run.stdout.contains("translate"), "{shell}");
    }
    let run = env.run("man").go().ok();
    assert!(run.stdout.contains(".TH polypost"), "{}", run.stdout);
    env.run("man --out pages").go().ok();
    assert!(
        env.files()
            .contains(&"pages/polypost-translate.1".to_owned()),
        "{:?}",
        env.files()
    );
}

#[test]
fn the_version_is_printed() {
    let run = TestEnv::new().run("--version").go().ok();
    assert_eq!(
        run.stdout,
        format!("polypost {}\n", env!("CARGO_PKG_VERSION"))
    );
}
