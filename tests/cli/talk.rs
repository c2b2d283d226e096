//! What a run says of itself.

use crate::env::{TestEnv, post};

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
