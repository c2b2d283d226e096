//! Where posts are written, and what is never overwritten.

use std::time::SystemTime;

use crate::env::{TestEnv, is_pseudo, post};

const TRANSLATE: &str = "translate --from en --to es --backend pseudo";

fn with_one_post() -> TestEnv {
    let env = TestEnv::new();
    env.write("posts/a.json", post("One", "<p>Two.</p>"));
    env
}

/// The file that a pattern gives for `posts/news/a.json`.
fn written_by(pattern: &str, flags: &str) -> Vec<String> {
    let env = TestEnv::new();
    let text = post("One", "").replacen('{', r#"{"slug":"one-two","#, 1);
    env.write("posts/news/a.json", text);
    env.run(&format!(
        "translate posts --from en --backend pseudo --output {pattern} {flags}"
    ))
    .go()
    .ok();
    let mut files = env.visible_files();
    files.retain(|file| file != "posts/news/a.json");
    files
}

#[test]
fn the_pattern_tells_where_outputs_go() {
    for (pattern, path) in [
        ("{lang}/{path}", "es/posts/news/a.json"),
        ("{dir}/{stem}.{lang}.{ext}", "posts/news/a.es.json"),
        ("out/{lang}/{slug}.json", "out/es/one-two.json"),
        ("{lang}-{stem}", "es-a"),
    ] {
        assert_eq!(written_by(pattern, "--to es"), [path], "{pattern}");
    }
    assert_eq!(
        written_by("{lang}/{path}", "--to es,pt-br --to zh_hant"),
        [
            "es/posts/news/a.json",
            "pt-BR/posts/news/a.json",
            "zh-Hant/posts/news/a.json"
        ]
    );
}

#[test]
fn a_pattern_that_makes_no_sense_is_refused_before_anything_is_read() {
    let env = with_one_post();
    for (pattern, words) in [
        ("{lnag}/{path}", "Did you mean “lang”?"),
        ("{lang", "closed"),
        ("lang}", "no opening"),
        ("../{lang}/{path}", "outside"),
        ("/tmp/{lang}/{path}", "outside"),
        ("{path}", "would be overwritten"),
        ("{lang}/{slug}", "has none"),
    ] {
        let run = env
            .run(&format!("{TRANSLATE} posts --output {pattern}"))
            .go();
        assert!(matches!(run.code, Some(2 | 3)), "{pattern}: {run}");
        assert!(run.stderr.contains(words), "{pattern}: {run}");
    }
    assert_eq!(env.files(), ["posts/a.json"]);
}

#[test]
fn two_posts_never_go_to_one_file() {
    let env = with_one_post();
    env.write("posts/b.json", post("Two", ""));
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} posts --output {{lang}}/x.json")).go(), @"
    exit 2
    --- stderr
    Error: es/x.json would be written twice: for posts/a.json and for posts/b.json.
    Hint: Use a pattern that tells outputs apart, as in “--output {lang}/{path}”.
    ");
}

#[test]
fn out_names_a_file_for_one_post_and_a_folder_for_more() {
    let env = with_one_post();
    env.run(&format!("{TRANSLATE} posts/a.json --out here.json"))
        .go()
        .ok();
    env.run(&format!("{TRANSLATE} posts/a.json --out there/"))
        .go()
        .ok();
    env.run("translate posts/a.json --from en --to es,fr --backend pseudo --out both")
        .go()
        .ok();
    assert_eq!(
        env.visible_files(),
        [
            "both/es/posts/a.json",
            "both/fr/posts/a.json",
            "here.json",
            "posts/a.json",
            "there/es/posts/a.json"
        ]
    );
}

#[test]
fn standard_output_takes_one_post_in_one_language() {
    let env = with_one_post();
    env.write("posts/b.json", post("Two", ""));
    for arguments in ["posts --to es", "posts/a.json --to es,fr"] {
        let run = env
            .run(&format!(
                "translate {arguments} --from en --backend pseudo --stdout"
            ))
            .go()
            .exits(2);
        assert!(run.stderr.contains("one file and one language"), "{run}");
    }
}

#[test]
fn a_file_of_somebody_else_is_never_overwritten() {
    let env = with_one_post();
    env.write("es/posts/a.json", "by hand");
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} posts/a.json")).go(), @"
    exit 3
    --- stderr
    Error: es/posts/a.json exists, and polypost did not write it.
    Hint: Move it away, or overwrite it with “--force”.
    ");
    assert_eq!(env.read("es/posts/a.json"), "by hand");
    env.run(&format!("{TRANSLATE} posts/a.json --force"))
        .go()
        .ok();
    assert!(is_pseudo(&env.read("es/posts/a.json")));
    env.run(&format!("{TRANSLATE} posts/a.json")).go().ok();
}

#[test]
fn an_output_that_was_edited_is_never_overwritten() {
    let env = with_one_post();
    env.run(&format!("{TRANSLATE} posts/a.json")).go().ok();
    let edited = env.read("es/posts/a.json").replace("\\u27e6", "«");
    env.write("es/posts/a.json", &edited);
    env.write("posts/b.json", post("Two", ""));
    insta::assert_snapshot!(env.run(&format!("{TRANSLATE} posts/a.json posts/b.json")).go(), @"
    exit 3
    --- stderr
    Error: es/posts/a.json was edited since polypost wrote it.
    Hint: Move it away, or overwrite it with “--force”.
    ");
    assert_eq!(env.read("es/posts/a.json"), edited);
    assert!(!env.visible_files().contains(&"es/posts/b.json".to_owned()));
}

#[test]
fn a_conflict_is_found_before_anything_is_sent() {
    let env = with_one_post();
    env.write("es/posts/a.json", "by hand");
    env.run_args([
        "translate",
        "posts/a.json",
        "--from",
        "en",
        "--to",
        "es",
        "--backend",
        "exec:tee requests",
    ])
    .go()
    .exits(3);
    assert!(!env.files().contains(&"requests".to_owned()));
}

#[test]
fn an_unchanged_output_is_written_again_when_the_source_changes() {
    let env = with_one_post();
    env.run(&format!("{TRANSLATE} posts/a.json")).go().ok();
    let before = env.read("es/posts/a.json");
    env.write("posts/a.json", post("Other", "<p>Two.</p>"));
    env.run(&format!("{TRANSLATE} posts/a.json")).go().ok();
    assert_ne!(env.read("es/posts/a.json"), before);
}

fn modified(env: &TestEnv) -> Vec<(String, SystemTime)> {
    env.files()
        .into_iter()
        .map(|file| {
            let data = std::fs::metadata(env.path(&file)).expect("a file");
            (file, data.modified().expect("a time"))
        })
        .collect()
}

#[test]
fn a_second_run_writes_nothing_at_all() {
    let env = with_one_post();
    env.run(&format!("{TRANSLATE} posts")).go().ok();
    let before = modified(&env);
    let run = env.run(&format!("{TRANSLATE} posts")).go().ok();
    assert!(run.stderr.contains("no file changed"), "{run}");
    assert_eq!(modified(&env), before);
}

#[test]
fn nothing_but_the_output_and_the_record_is_left() {
    let env = with_one_post();
    env.run(&format!("{TRANSLATE} posts")).go().ok();
    assert_eq!(
        env.files(),
        [
            ".polypost/.gitignore",
            ".polypost/outputs.json",
            "es/posts/a.json",
            "posts/a.json"
        ]
    );
}

#[test]
fn a_dry_run_counts_and_writes_nothing() {
    let env = with_one_post();
    let run = env
        .run("translate posts --from en --to es,fr --backend exec:false --dry-run")
        .go();
    insta::assert_snapshot!(run, @"
    exit 0
    --- stdout
    es: one post, 2 segments, 7 characters
    fr: one post, 2 segments, 7 characters
    ");
    assert_eq!(env.files(), ["posts/a.json"]);
}

#[test]
fn a_link_to_a_file_is_followed_when_reading() {
    let env = TestEnv::new();
    env.write("real/a.json", post("One", ""));
    std::os::unix::fs::symlink("real/a.json", env.path("b.json")).expect("a link");
    env.run(&format!("{TRANSLATE} b.json")).go().ok();
    let written: Vec<_> = env
        .visible_files()
        .into_iter()
        .filter(|one| one.starts_with("es/"))
        .collect();
    assert_eq!(written.len(), 1, "{written:?}");
}

#[test]
fn a_link_to_a_folder_outside_does_not_take_outputs_out() {
    let env = with_one_post();
    std::fs::create_dir(env.path("../outside")).expect("a folder");
    std::os::unix::fs::symlink("../outside", env.path("es")).expect("a link");
    let run = env.run(&format!("{TRANSLATE} posts/a.json")).go();
    let outside = std::fs::read_dir(env.path("../outside"))
        .expect("a folder")
        .count();
    assert_eq!(outside, 0, "{run}");
    assert_ne!(run.code, Some(0), "{run}");
}

#[test]
fn an_output_keeps_the_permissions_it_has() {
    use std::os::unix::fs::PermissionsExt as _;
    let env = with_one_post();
    env.run(&format!("{TRANSLATE} posts")).go().ok();
    let output = env.path("es/posts/a.json");
    std::fs::set_permissions(&output, std::fs::Permissions::from_mode(0o640)).expect("permissions");
    env.write("posts/a.json", post("Other", ""));
    env.run(&format!("{TRANSLATE} posts")).go().ok();
    let mode = std::fs::metadata(&output)
        .expect("a file")
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o640);
}

#[test]
fn a_folder_that_can_not_be_made_is_named() {
    let env = with_one_post();
    env.write("es", "a file");
    let run = env.run(&format!("{TRANSLATE} posts/a.json")).go().exits(3);
    assert!(run.stderr.contains("es"), "{run}");
    assert_eq!(env.visible_files(), ["es", "posts/a.json"]);
}

#[test]
fn an_output_that_is_the_source_is_refused_with_a_way_out() {
    let env = with_one_post();
    let translate = "translate posts/a.json --from en --to es --backend pseudo";
    insta::assert_snapshot!(env.run(&format!("{translate} --output {{path}}")).go(), @"
    exit 2
    --- stderr
    Error: No output path can be made for posts/a.json.
    Caused by: posts/a.json is a source; it would be overwritten.
    Hint: Put the language into the path of outputs, as in “--output {lang}/{path}”.
    ");
    insta::assert_snapshot!(env.run(&format!("{translate} --out posts/a.json")).go(), @"
    exit 3
    --- stderr
    Error: posts/a.json is a source; it would be overwritten.
    Hint: Name another file or folder with “--out”.
    ");
}
