//! What is read, and what is said of files that can't be.

use crate::env::{TestEnv, is_pseudo, post, sample};

const TRANSLATE: &str = "translate --from en --to es --backend pseudo";

#[test]
fn a_folder_is_read_whole_but_not_what_is_hidden() {
    let env = TestEnv::new();
    for path in [
        "posts/b.json",
        "posts/a.html",
        "posts/deep/c.htm",
        "posts/.hidden/d.json",
        "posts/e.txt",
    ] {
        env.write(path, post("One", ""));
    }
    env.run(&format!("{TRANSLATE} posts")).go().ok();
    let written: Vec<_> = env
        .visible_files()
        .into_iter()
        .filter(|file| file.starts_with("es/"))
        .collect();
    assert_eq!(
        written,
        ["es/posts/a.html", "es/posts/b.json", "es/posts/deep/c.htm"]
    );
}

#[test]
fn a_pattern_is_for_shells_that_leave_it_alone() {
    let env = TestEnv::new();
    env.write("posts/2025/a.json", post("One", ""));
    env.write("posts/2026/b.json", post("Two", ""));
    let run = env.run(&format!("{TRANSLATE} posts/**/*.json")).go().ok();
    assert!(run.stderr.contains("2 files written"), "{run}");
}

#[test]
fn a_pattern_that_matches_nothing_is_an_error() {
    let env = TestEnv::new();
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} posts/*.json")).go(), @"
    exit 2
    --- stderr
    Error: No file matches “posts/*.json”.
    ");
    env.write(
        "polypost.toml",
        "posts = [\"posts/*.json\", \"pages/*.html\"]\n",
    );
    env.write("posts/a.json", post("One", ""));
    insta::assert_snapshot!(env.run(TRANSLATE).go(), @"
    exit 2
    --- stderr
    Error: No file matches “pages/*.html”.
    Caused by: in [folder]/project/polypost.toml
    ");
}

#[test]
fn a_folder_whose_name_looks_like_a_pattern_is_no_pattern() {
    let env = TestEnv::new();
    env.write("a [1]/polypost.toml", "posts = [\"posts/*.json\"]\n");
    env.write("a [1]/posts/a.json", post("One", ""));
    env.run(TRANSLATE).folder(env.path("a [1]")).go().ok();
    assert!(is_pseudo(&env.read("a [1]/es/posts/a.json")));
}

#[test]
fn a_folder_without_posts_is_an_error() {
    let env = TestEnv::new();
    env.write("posts/notes.txt", "nothing");
    let run = env.run(&format!("{TRANSLATE} posts")).go();
    assert_ne!(run.code, Some(0), "{run}");
}

#[test]
fn a_file_named_twice_is_read_once() {
    let env = TestEnv::new();
    env.write("posts/a.json", post("One", ""));
    let run = env
        .run(&format!("{TRANSLATE} posts ./posts/a.json posts/*.json"))
        .go()
        .ok();
    assert!(run.stderr.starts_with("One post,"), "{run}");
}

#[test]
fn own_outputs_in_a_folder_are_no_sources() {
    let env = TestEnv::new();
    env.write("a.json", post("One", ""));
    env.run(&format!("{TRANSLATE} .")).go().ok();
    env.run(&format!("{TRANSLATE} .")).go().ok();
    assert_eq!(env.visible_files(), ["a.json", "es/a.json"]);
}

#[test]
fn standard_input_is_json_or_html_by_its_look() {
    let env = TestEnv::new();
    for name in [
        "library-garden.json",
        "notes.jsonl",
        "running-club.json",
        "harbour-tour.html",
    ] {
        let run = env
            .run("translate - --from en --to en --backend exec:cat --stdout")
            .stdin(sample(name))
            .go()
            .ok();
        assert_eq!(run.stdout, sample(name), "{name}");
    }
}

#[test]
fn a_page_may_begin_with_a_bracket() {
    let env = TestEnv::new();
    for page in [
        "[vc_column_text css=&#8221;.a{}&#8221;]<p>Text</p>[/vc_column_text]",
        "{{ header }}<p>Text</p>",
        "{% block main %}<p>Text</p>",
    ] {
        let run = env
            .run(&format!("{TRANSLATE} - --stdout"))
            .stdin(page)
            .go()
            .ok();
        let (before, after) = page.split_once("Text").expect("a text");
        assert!(run.stdout.starts_with(before), "{run}");
        assert!(run.stdout.ends_with(after), "{run}");
        assert!(run.stdout.contains('⟦'), "{run}");
    }
}

#[test]
fn standard_input_needs_a_place_to_go() {
    let env = TestEnv::new();
    let run = env
        .run(&format!("{TRANSLATE} -"))
        .stdin(post("One", ""))
        .go();
    insta::assert_snapshot!(run, @"
    exit 2
    --- stderr
    Error: Text from standard input has no file name to derive an output from.
    Hint: Say where it goes with “--stdout” or “--out PATH”.
    ");
    env.run(&format!("{TRANSLATE} - --out x/y.json"))
        .stdin(post("One", ""))
        .go()
        .ok();
    assert!(is_pseudo(&env.read("x/y.json")));
}

#[test]
fn malformed_json_is_named_with_line_and_column_and_nothing_is_written() {
    let env = TestEnv::new();
    env.write("a.json", post("One", ""));
    env.write(
        "b.json",
        "{\n  \"title\": {\"rendered\": \"x\"},\n  \"content\": oops\n}\n",
    );
    let run = env.run(&format!("{TRANSLATE} a.json b.json")).go();
    insta::assert_snapshot!(run, @"
    exit 3
    --- stderr
    Error: b.json can't be used.
    Caused by: Line 3, column 14: expected value
    ");
    assert_eq!(env.files(), ["a.json", "b.json"]);
}

#[test]
fn malformed_json_of_every_kind_has_a_place() {
    for (content, place) in [
        ("{", "Line 1, column 1"),
        ("{} x", "Line 1, column 4"),
        ("[{},\n{},]", "Line 2, column 4"),
        ("{\"a\":\"b\nc\"}", "Line 1, column 7"),
        ("{\"a\":\"\\x\"}", "Line 1, column"),
        (
            "{\"title\":{\"rendered\":\"One\"}}\n{\"title\":",
            "Line 2, column 9",
        ),
        ("[{\"a\":1}", "Line 1, column 9"),
    ] {
        let env = TestEnv::new();
        env.write("a.json", content);
        let run = env.run(&format!("{TRANSLATE} a.json")).go().exits(3);
        assert!(run.stderr.contains(place), "{content:?}: {run}");
        assert_eq!(env.files(), ["a.json"], "{content:?}");
    }
}

#[test]
fn a_byte_that_is_not_utf8_is_named() {
    let env = TestEnv::new();
    env.write("a.html", b"<p>caf\xe9</p>");
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} a.html")).go(), @"
    exit 3
    --- stderr
    Error: a.html can't be used.
    Caused by: Byte 6 (counted from 0) is not UTF-8.
    Hint: Convert the file to UTF-8 first, for example with “iconv -f WINDOWS-1252 -t UTF-8”.
    ");
    env.write("b.json", b"{\"title\":{\"rendered\":\"caf\xe9\"}}");
    let run = env.run(&format!("{TRANSLATE} b.json")).go().exits(3);
    assert!(run.stderr.contains("Byte 25"), "{run}");
    assert_eq!(env.files(), ["a.html", "b.json"]);
}

#[test]
fn utf16_is_refused_too() {
    let env = TestEnv::new();
    env.write("a.html", b"\xff\xfe<\0p\0>\0");
    let run = env.run(&format!("{TRANSLATE} a.html")).go().exits(3);
    assert!(run.stderr.contains("Byte 0"), "{run}");
}

#[test]
fn a_missing_file_is_named() {
    let env = TestEnv::new();
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} a.json")).go(), @"
    exit 3
    --- stderr
    Error: a.json can't be used.
    Caused by: There is no such file.
    ");
}

#[test]
fn a_file_that_may_not_be_read_is_named() {
    use std::os::unix::fs::PermissionsExt as _;
    let env = TestEnv::new();
    env.write("a.json", post("One", ""));
    let secret = std::fs::Permissions::from_mode(0o000);
    std::fs::set_permissions(env.path("a.json"), secret).expect("permissions");
    if std::fs::read(env.path("a.json")).is_ok() {
        return; // root may read everything
    }
    let run = env.run(&format!("{TRANSLATE} a.json")).go().exits(3);
    assert!(run.stderr.contains("a.json"), "{run}");
}

#[test]
fn a_file_outside_of_the_project_needs_a_place() {
    let env = TestEnv::new();
    env.write("polypost.toml", "");
    env.write("../elsewhere/a.json", post("One", ""));
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} ../elsewhere/a.json")).go(), @"
    exit 2
    --- stderr
    Error: [folder]/elsewhere/a.json is not in the project [folder]/project.
    Hint: Say where the result goes with “--out”, or work in the project of the file.
    ");
    env.run(&format!("{TRANSLATE} ../elsewhere/a.json --out b.json"))
        .go()
        .ok();
    assert!(is_pseudo(&env.read("b.json")));
}

#[test]
fn a_field_too_deep_to_read_is_left_as_it_was() {
    let env = TestEnv::new();
    let deep = format!("{}x", "<div>".repeat(100_000));
    env.write("a.json", post("Title", &deep));
    let run = env.run(&format!("{TRANSLATE} a.json")).go();
    insta::assert_snapshot!(run, @"
    exit 1
    --- stderr
    Warning: a.json, content.rendered: left as it was. Elements are nested deeper than 512.
    One post, one segment with pseudo; one file written.
    Warning: One text was not translated.
    ");
    let after = env.read("es/a.json");
    assert!(is_pseudo(&after), "the title is translated");
    assert!(after.contains(&deep.replace('/', "\\/")));
}

#[test]
fn an_empty_file_is_no_post() {
    let env = TestEnv::new();
    env.write("a.json", "");
    env.run("translate a.json --from en --to es --backend pseudo")
        .go()
        .exits(3);
    assert_eq!(env.files(), ["a.json"]);
}

#[test]
fn a_file_of_another_kind_is_refused_and_what_is_read_is_named() {
    let env = TestEnv::new();
    for name in ["a.CSV", "a.md", "a.docx"] {
        env.write(name, "<p>One</p>");
        let run = env.run(&format!("{TRANSLATE} {name}")).go().exits(3);
        assert!(run.stderr.contains(name), "{run}");
    }
    env.write("posts/a.txt", "<p>One</p>");
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} posts/a.txt")).go(), @"
    exit 3
    --- stderr
    Error: posts/a.txt can't be used.
    Caused by: Files that end in “.txt” are not read.
    Hint: polypost reads .json, .jsonl, .ndjson, .html, .htm and .xhtml. A post under another name can be given on standard input: “-”.
    ");
    env.run(&format!("{TRANSLATE} posts/*")).go().exits(3);
    // As a folder does, a pattern passes over what stands beside the posts.
    env.write("posts/b.html", "<p>One</p>");
    env.write("posts/c", "<p>One</p>");
    env.run(&format!("{TRANSLATE} posts/*")).go().ok();
    assert_eq!(
        env.visible_files(),
        ["a.CSV", "a.docx", "a.md", "es/posts/b.html", "es/posts/c"]
            .into_iter()
            .chain(["posts/a.txt", "posts/b.html", "posts/c"])
            .collect::<Vec<_>>()
    );
    let run = env.run("extract - --from en").stdin("<p>One</p>").go().ok();
    assert!(run.stdout.contains("One"), "{run}");
}
