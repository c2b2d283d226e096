//! Law 1 through the whole program: targets equal to their sources give the input, byte for byte.

use std::path::PathBuf;

use crate::env::{TestEnv, post, sample, sample_names};

/// The mark that `exec_append` puts after every segment.
const MARK: char = '\u{2060}';

/// The example program, which stands beside the tests.
fn append() -> String {
    let tests = std::env::current_exe().expect("the path of the tests");
    let program: PathBuf = tests
        .ancestors()
        .nth(2)
        .expect("the folder of the build")
        .join("examples/exec_append");
    assert!(
        program.exists(),
        "{} is missing: run “cargo build --examples”",
        program.display()
    );
    format!("exec:'{}'", program.display())
}

fn without_mark(text: &str) -> String {
    // JSON-LD in a JSON post is escaped twice.
    text.replace(MARK, "")
        .replace("\\\\u2060", "")
        .replace("\\u2060", "")
}

#[test]
fn an_unchanged_translation_gives_every_sample_back() {
    for name in sample_names() {
        let env = TestEnv::with_sample(&name);
        assert_eq!(
            env.translated(&name, "en", "identity"),
            sample(&name),
            "{name}"
        );
    }
}

#[test]
fn a_program_that_gives_every_segment_back_changes_nothing() {
    for name in sample_names() {
        let env = TestEnv::with_sample(&name);
        assert_eq!(
            env.translated(&name, "en", "exec:cat"),
            sample(&name),
            "{name}"
        );
    }
}

#[test]
fn a_change_in_every_segment_can_be_taken_back() {
    let backend = append();
    for name in sample_names() {
        let env = TestEnv::with_sample(&name);
        let marked = env.translated(&name, "en", &backend);
        let marks = marked.matches(MARK).count() + marked.matches("\\u2060").count();
        let segments = env
            .run(&format!("extract {name} --from en --format jsonl"))
            .go()
            .ok();
        let segments: usize = segments
            .stdout
            .lines()
            .map(|line| serde_json::from_str::<serde_json::Value>(line).expect("a unit"))
            .map(|unit| unit["segments"].as_array().expect("segments").len())
            .sum();
        assert!(segments > 2, "{name}: {segments} segments");
        assert!(
            marks >= segments,
            "{name}: {marks} marks, {segments} segments"
        );
        assert_eq!(without_mark(&marked), sample(&name), "{name}");
    }
}

#[test]
fn blocks_instead_of_sentences_can_be_taken_back_as_well() {
    let backend = append();
    for name in sample_names() {
        let env = TestEnv::with_sample(&name);
        let run = env.run_args([
            "translate",
            &name,
            "--from",
            "en",
            "--to",
            "en",
            "--backend",
            &backend,
            "--stdout",
            "--segmentation",
            "block",
        ]);
        assert_eq!(without_mark(&run.go().ok().stdout), sample(&name), "{name}");
    }
}

#[test]
fn bytes_that_no_browser_would_write_are_kept() {
    for (name, content) in [
        ("empty.html", String::new()),
        ("space.html", " \r\n\t\u{a0}".to_owned()),
        ("text.html", "no tag at all".to_owned()),
        (
            "bom.html",
            "\u{feff}<p>One.</p>\r\n<P CLASS=a>Two</P >".to_owned(),
        ),
        ("nul.html", "<p>a\0b</p>\0".to_owned()),
        (
            "soup.html",
            "</b><p><i>a<p>b</i></div>c<table>d<tr>e</table>&amp&&#0;<".to_owned(),
        ),
        (
            "pretty.json",
            "{\n\t\"title\" : { \"rendered\":\"A\\u002fB \\/ \\uD83D\\uDE00\" }\r\n}\n\n"
                .to_owned(),
        ),
        ("bom.json", format!("\u{feff}{}", post("One", "<p>Two</p>"))),
        ("empty-array.json", "[ ]\n".to_owned()),
        (
            "blank.jsonl",
            format!("\n{}\r\n\r\n{}", post("One", "<p>Two</p>"), post("", "")),
        ),
        (
            "twice.json",
            r#"{"title":{"rendered":"One"},"title":{"rendered":"Two"}}"#.to_owned(),
        ),
        (
            "surrogate.json",
            r#"{"title":{"rendered":"a\ud800b"},"content":{"rendered":"<p>c</p>"}}"#.to_owned(),
        ),
        (
            "numbers.json",
            r#"{"id":1e400,"x":-0.0,"title":{"rendered":7}}"#.to_owned(),
        ),
    ] {
        for backend in ["identity", "exec:cat"] {
            let env = TestEnv::new();
            env.write(name, &content);
            assert_eq!(
                env.translated(name, "en", backend),
                content,
                "{name}, {backend}"
            );
        }
    }
}
