//! Glossaries as a user meets them: the command that checks them, and what a run says.

use serde_json::{Value, json};

use crate::env::{Output, Run, TestEnv, content_of, post};

const TERMS: &str =
    "en,de,de:forbidden,do-not-translate\naccount,Konto,Account,\nHarbour Tours,,,yes\n";

fn project(terms: &str) -> TestEnv {
    let env = TestEnv::new();
    env.write("terms/one.csv", terms);
    env.write(
        "polypost.toml",
        "source = \"en\"\ntargets = [\"de\"]\nglossary = [\"terms/*\"]\n",
    );
    env
}

#[test]
fn a_good_glossary_passes() {
    let output = project(TERMS).run("glossary check").go().ok();
    assert_eq!(output.stdout, "");
    assert_eq!(output.stderr, "2 entries in one file, nothing wrong.\n");
}

#[test]
fn what_is_wrong_is_told_line_by_line() {
    let env = project("en,de,de:forbidden\naccount,Konto,Konto\nuser,,\n→,x,\n");
    env.write(
        "terms/two.tsv",
        "en\tde\naccount\tZugang\n\t\nuser\tNutzer\n",
    );
    let output = env.run("glossary check").go().exits(1);
    insta::assert_snapshot!(output, @"
    exit 1
    --- stdout
    terms/one.csv:2: “Konto” (de) is forbidden and allowed at once
    terms/one.csv:3: “user” has no term in a language other than en
    terms/one.csv:4: “→” has no letter or digit, so it is never found
    terms/two.tsv:2: “account” is “Zugang” in de here, and “Konto” in terms/one.csv:2
    --- stderr
    5 entries in 2 files, 4 things wrong.
    ");
    let output = env
        .run("glossary check terms/two.tsv --format json")
        .go()
        .ok();
    assert_eq!(output.stdout, "[]\n");
    let output = env
        .run("glossary check terms/* --format json -q")
        .go()
        .exits(1);
    let flaws: Vec<Value> = serde_json::from_str(&output.stdout).expect("JSON");
    assert_eq!(
        flaws[3],
        json!({"file": "terms/two.tsv", "line": 2, "kind": "conflict", "term": "account",
               "locale": "de", "translations": ["Zugang", "Konto"], "other": "terms/one.csv:2"})
    );
    assert_eq!(output.stderr, "");
    let output = env.run("glossary check --lang de").go().exits(1);
    assert!(
        output.stdout.contains("ist zugleich verboten und erlaubt"),
        "{output}"
    );
    assert!(
        output.stderr.contains("5 Einträge in 2 Dateien, 4 Mängel."),
        "{output}"
    );
}

#[test]
fn what_can_not_be_read_is_told_with_its_line_and_what_to_do() {
    let env = project(TERMS);
    let failed = |name: &str, text: &str, code: i32| {
        env.write(name, text);
        env.run(&format!("glossary check {name}")).go().exits(code)
    };
    insta::assert_snapshot!(failed("bad.csv", "en,de,nots\n", 3), @"
    exit 3
    --- stderr
    Error: bad.csv can't be used.
    Caused by: Line 1: There is no column “nots”.
    Hint: The first row names the columns: language tags (“en”, “de”), “de:admitted”, “de:forbidden”, “part-of-speech”, “case”, “do-not-translate” and “note”. What begins with “#” is passed over.
    ");
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE tbx [<!ENTITY a \"b\">]>\n<tbx/>";
    insta::assert_snapshot!(failed("bad.tbx", bomb, 3), @r#"
    exit 3
    --- stderr
    Error: bad.tbx can't be used.
    Caused by: Line 2: “<!ENTITY a "b">]” would have to be resolved, which polypost does not do.
    Hint: Write characters as they are, or by their numbers.
    "#);
    insta::assert_snapshot!(failed("terms.pdf", "", 3), @"
    exit 3
    --- stderr
    Error: terms.pdf can't be used.
    Caused by: Files that end in “.pdf” are not read.
    Hint: Glossaries are .csv, .tsv, .tbx or .xml (TBX).
    ");
    let output = env.run("glossary check nothing.csv").go().exits(3);
    assert!(output.stderr.contains("There is no such file."), "{output}");
    let output = env.run("glossary check no*.csv").go().exits(2);
    assert!(output.stderr.contains("No file matches"), "{output}");
    let output = TestEnv::new().run("glossary check").go().exits(2);
    assert!(
        output.stderr.contains("“glossary” in polypost.toml"),
        "{output}"
    );
}

#[test]
fn the_languages_of_source_and_target_are_those_of_the_project() {
    let env = TestEnv::new();
    env.write("terms.csv", "source,target\naccount,Konto\n");
    let output = env.run("glossary check terms.csv").go().exits(3);
    assert!(
        output
            .stderr
            .contains("The language of “source” is not known."),
        "{output}"
    );
    env.run("glossary check terms.csv --from en --to de")
        .go()
        .ok();
    env.write("polypost.toml", "source = \"en\"\ntargets = [\"de\"]\n");
    env.run("glossary check terms.csv").go().ok();
}

/// A program that answers every request with a text.
fn answering(text: &str) -> String {
    format!(r#"exec:sed -u 's|.*"id":\([0-9]*\),.*|{{"id":\1,"text":"{text}"}}|'"#)
}

fn translated(env: &TestEnv, backend: &str, more: &[&str]) -> Output {
    let run = env.run_args(["translate", "post.json", "--stdout", "--backend", backend]);
    more.iter().fold(run, Run::arg).go()
}

#[test]
fn a_translation_that_departs_is_told_and_written() {
    let env = project(TERMS);
    env.write(
        "post.json",
        post("", "<p>Your accounts with Harbour Tours.</p>"),
    );
    let output = translated(&env, &answering("Ihre Accounts bei Hafentouren."), &[]).ok();
    assert_eq!(
        content_of(&output.stdout),
        "<p>Ihre Accounts bei Hafentouren.</p>"
    );
    assert!(!output.stderr.contains("Your accounts"), "{output}");
    let said: Vec<&str> = output
        .stderr
        .lines()
        .filter(|line| line.contains("gloss"))
        .collect();
    let place = said[0].split("segment").next().expect("a place");
    assert_eq!(place, "Warning: post.json, content.rendered, ");
    for (line, end) in said.iter().zip([
        "the glossary wants “Konto” for “account”.",
        "the glossary forbids “Account” for “account” and wants “Konto”.",
        "the glossary wants “Harbour Tours” to stay as it is.",
        "One segment departs from the glossary.",
    ]) {
        assert!(line.ends_with(end), "{line}");
    }
    assert_eq!(said.len(), 4);
    let output = translated(&env, &answering("Ihre Accounts."), &["-vvv"]).ok();
    assert!(
        output
            .stderr
            .contains("“Your accounts with Harbour Tours.”: the glossary wants"),
        "{output}"
    );
}

#[test]
fn a_translation_that_keeps_to_the_glossary_needs_no_word() {
    let env = project(TERMS);
    env.write(
        "post.json",
        post(
            "",
            "<p>Your <b>account</b> with <i>Harbour</i> Tours. <code>account</code></p>",
        ),
    );
    for backend in [
        &answering("Ihr <g1>Konto</g1> bei <g2>Harbour</g2> Tours. <x3/>"),
        "identity",
        "pseudo",
    ] {
        let output = translated(&env, backend, &[]).ok();
        assert!(!output.stderr.contains("gloss"), "{backend}: {output}");
    }
    // Another glossary takes the place of that of the project.
    env.write("other.tsv", "en\tde\naccount\tZugang\n");
    let backend = answering("Ihr <g1>Konto</g1> bei <g2>Harbour</g2> Tours. <x3/>");
    let output = translated(&env, &backend, &["--glossary", "other.tsv"]).ok();
    assert!(output.stderr.contains("wants “Zugang”"), "{output}");
}

#[test]
fn a_glossary_that_can_not_be_read_ends_the_run_before_anything_is_sent() {
    let env = project("en,de\none\n\n,,three\n");
    env.write("post.json", post("", "<p>One</p>"));
    for more in [&[][..], &["--dry-run"]] {
        let output = translated(&env, "exec:tee requests", more).exits(3);
        assert!(
            output.stderr.contains("Line 4: The row has 3 cells"),
            "{output}"
        );
    }
    assert!(!env.files().contains(&"requests".to_owned()));
    let output = translated(&env, "exec:cat", &["--glossary", "nothing.csv"]).exits(3);
    assert!(output.stderr.contains("nothing.csv"), "{output}");
}
