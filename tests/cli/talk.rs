//! What a run says of itself.

use crate::env::{Run, TestEnv, post};

#[test]
fn a_post_in_two_languages_is_one_post() {
    let env = TestEnv::with_post("<p>One. Two.</p>");
    let run = env
        .run("translate post.json --from en --to es,fr --backend pseudo")
        .go()
        .ok();
    insta::assert_snapshot!(run.stderr, @"One post in 2 languages, 4 segments with pseudo; 2 files written.");
    let run = env
        .run("translate post.json --from en --to es,fr --backend pseudo --lang fr")
        .go()
        .ok();
    insta::assert_snapshot!(run.stderr, @"1 article en 2 langues, 4 segments avec pseudo ; aucun fichier modifié.");
}

#[test]
fn of_files_is_spoken_only_where_there_are_any() {
    let env = TestEnv::with_post("<p>One.</p>");
    let run = env
        .run("translate post.json --from en --to es --backend pseudo --stdout")
        .go()
        .ok();
    insta::assert_snapshot!(run.stderr, @"One post, one segment with pseudo.");
}

#[test]
fn where_nothing_is_sent_no_segments_are_counted() {
    let env = TestEnv::with_post("<p>One.</p>");
    let run = env
        .run("translate post.json --from en --to es --backend identity")
        .go()
        .ok();
    insta::assert_snapshot!(run.stderr, @"One post with identity; one file written.");
    env.write("empty.json", post("", "<p>2026</p>"));
    let run = env
        .run("translate empty.json --from en --to es --backend pseudo")
        .go()
        .ok();
    insta::assert_snapshot!(run.stderr, @"
    Warning: empty.json: nothing to translate was found.
    Hint: Is the text in the language of “--from”? Which fields are read is said with “--field” or “fields” in polypost.toml.
    One post, nothing to translate; one file written.
    ");
}

#[test]
fn a_warning_names_the_post_where_the_file_has_several() {
    let env = TestEnv::new();
    let posts = [post("One", "<p>Two.</p>"), post("", "<p>3</p>")];
    env.write("many.json", format!("[{}]", posts.join(",")));
    let run = env
        .run("translate many.json --from en --to es,fr --backend pseudo --show")
        .go()
        .ok();
    insta::assert_snapshot!(run.stderr, @"
    Warning: many.json [1]: nothing to translate was found.
    2 posts in 2 languages, 4 segments with pseudo; 2 files written.
    ");
    assert!(run.stdout.contains("many.json [0] · en → es"), "{run}");
    let run = env
        .run_args(["translate", "many.json", "--from", "en", "--to", "es"])
        .arg("--stdout")
        .arg("--backend")
        .arg(r#"exec:sed 's/"text":.*/"error":"too hard"}/'"#)
        .go()
        .exits(1);
    assert!(
        run.stderr.contains("many.json [0], content.rendered"),
        "{run}"
    );
}

#[test]
fn words_that_a_code_sets_apart_are_shown_apart() {
    let env = TestEnv::with_post(
        "<p><b>More:</b><a href=\"/x\">The bridge</a></p><p>One.<br>Two.<br />three</p>",
    );
    let run = env
        .run("translate post.json --from en --to es --backend pseudo --show")
        .go()
        .ok();
    insta::assert_snapshot!(run.stdout, @"
    post.json · en → es

    content.rendered
    - More: The bridge
    + ⟦Ṁöŕéé: Ţĥéé ƀŕííðĝéé⟧
    - One. Two. three
    + ⟦Öñé.⟧ ⟦Ţŵö. ţĥŕééééé⟧
    ");
    assert!(!env.read("es/post.json").contains("> <"), "{run}");
}

#[test]
fn control_characters_never_reach_the_terminal() {
    let env = TestEnv::new();
    let name = "a\u{1b}[2J\nError: b.json";
    env.write(
        name,
        post(
            "One\u{1b}]0;x\u{7}\u{9b}31m two",
            "<p>Two\n\t\u{1b}c\r three.</p>",
        ),
    );
    let command =
        r#"exec:sed 's/"text":.*/"error":"\\u001b[2J \\u009b"}/'; printf '\033[2Jno' >&2; exit 3"#;
    for arguments in [
        vec!["--backend", "pseudo", "--show", "-v", "--force"],
        vec!["--backend", command, "--show", "--force"],
        vec!["--backend", "pseudo", "--exclude", "\u{1b}[2J", "--force"],
        vec!["--\u{1b}[2J"],
        vec!["--backend", "\u{1b}[2J"],
        vec!["--site", "\u{1b}[2J"],
    ] {
        let run = env
            .run_args(["translate", name, "--from", "en", "--to", "es"])
            .arg("--no-progress")
            .arg("--color=always");
        let run = arguments.iter().fold(run, Run::arg).go();
        for text in [&run.stdout, &run.stderr] {
            let mut text = text.clone();
            for style in ["0m", "1m", "31m", "32m", "33m", "36m"] {
                text = text.replace(&format!("{}[{style}", '\u{1b}'), "");
            }
            let is_raw = |c: char| c.is_control() && c != '\n' && c != '\t';
            assert!(!text.contains(is_raw), "{arguments:?}: {text:?}");
        }
        assert!(!run.stderr.contains("\nError: b.json"), "{run}");
        if run.code == Some(0) {
            assert!(run.stdout.contains("One␛]0;x␇\u{fffd}31m two"), "{run}");
        }
    }
}

#[test]
fn wrong_usage_is_as_colourful_as_other_errors() {
    let env = TestEnv::new();
    for arguments in ["translte", "translate missing.json --to es"] {
        let run = |more: &str| env.run(&format!("{arguments} {more}"));
        let plain = run("").go().stderr;
        assert!(plain.starts_with("Error: "), "{plain}");
        let never = run("--color never").without_env("NO_COLOR").go().stderr;
        assert_eq!(never, plain);
        let piped = run("").without_env("NO_COLOR").go().stderr;
        assert_eq!(piped, plain);
        let always = run("--color=always").go().stderr;
        assert!(
            always.starts_with("\u{1b}[1m\u{1b}[31mError:\u{1b}[0m "),
            "{always:?}"
        );
    }
}
