//! The backend `exec` as a user meets it: what a program gets, and what it may answer.

use serde_json::Value;

use crate::env::{Run, TestEnv, content_of, post};

/// A run with the command of a program.
fn translate(env: &TestEnv, command: &str) -> Run {
    env.run_args([
        "translate",
        "post.json",
        "--from",
        "en",
        "--to",
        "es",
        "--stdout",
        "--backend",
    ])
    .arg(format!("exec:{command}"))
}

fn content(env: &TestEnv, command: &str) -> String {
    content_of(&translate(env, command).go().ok().stdout)
}

#[test]
fn a_request_has_text_with_codes_plain_text_and_context() {
    let env = TestEnv::with_post(
        "<p>The <b>red</b> house &amp; <img src=a> I. Use <code>a&lt;b</code>.</p>",
    );
    content(&env, "tee requests.jsonl");
    insta::assert_snapshot!(env.read("requests.jsonl"), @r#"{"id":1,"source":"en","target":"es","text":"The <g1>red</g1> house &amp; <x2/> I. Use <x3/>.","plain":"The red house &  I. Use a<b.","context":""}"#);
}

#[test]
fn urls_and_attributes_are_never_sent() {
    let env = TestEnv::with_sample("night-train.json");
    env.translated("night-train.json", "es", "exec:tee requests.jsonl");
    let requests = env.read("requests.jsonl");
    for secret in [
        "nachtzug.example/de/sleeper",
        "mailto:",
        "href",
        "class=",
        "\"<b>",
        "318",
    ] {
        assert!(!requests.contains(secret), "{secret}: {requests}");
    }
}

#[test]
fn every_request_has_its_own_number_and_equal_texts_are_sent_once() {
    let env = TestEnv::new();
    env.write(
        "post.json",
        post("Same.", "<p>Same.</p><p>Other.</p><p>Same.</p>"),
    );
    translate(&env, "tee requests.jsonl").go().ok();
    let requests: Vec<Value> = env
        .read("requests.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a request"))
        .collect();
    let texts: Vec<_> = requests
        .iter()
        .map(|one| one["plain"].as_str().expect("text"))
        .collect();
    assert_eq!(texts, ["Same.", "Other."]);
    assert_ne!(requests[0]["id"], requests[1]["id"]);
}

#[test]
fn a_program_that_answers_at_the_end_in_any_order_is_fine() {
    let env = TestEnv::with_post("<p>One.</p><p>Two <b>three</b>.</p><p>Four.</p>");
    let command = r#"sed 's/","plain"/!","plain"/' | tac"#;
    assert_eq!(
        content(&env, command),
        "<p>One.!</p><p>Two <b>three</b>.!</p><p>Four.!</p>"
    );
}

#[test]
fn sentences_that_read_the_same_may_have_their_tags_and_spaces_elsewhere() {
    let page = "<p>One <b>two.</b></p><p>One <b>two. Three.</b></p><p>One <b>two.</b> Three.</p>\
        <p><b>More:</b><i>Four</i></p><p><b>More:</b> <i>Four</i></p>";
    let env = TestEnv::with_post(page);
    let appended = content(&env, r#"sed -u 's/","plain"/+","plain"/'"#);
    assert_eq!(appended.replace('+', ""), page);
    assert_eq!(appended.matches('+').count(), 7, "{appended}");
}

#[test]
fn the_program_runs_once_for_all_files_and_languages() {
    let env = TestEnv::new();
    env.write("a.json", post("One", ""));
    env.write("b.json", post("Two", ""));
    env.run_args([
        "translate",
        "a.json",
        "b.json",
        "--from",
        "en",
        "--to",
        "es,fr",
        "--backend",
    ])
    .arg("exec:echo started >> starts; tee requests.jsonl")
    .go()
    .ok();
    assert_eq!(env.read("starts"), "started\n");
    assert_eq!(env.read("requests.jsonl").lines().count(), 4);
    assert_eq!(env.read("fr/b.json"), post("Two", ""));
}

#[test]
fn text_of_a_reply_is_escaped_for_its_place() {
    let env = TestEnv::with_post(r#"<p>One <img src="a" alt="One"></p>"#);
    let command = r#"sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"markup":"plain","text":"<script>\\"x\\" \&amp; ]]>"}/'"#;
    insta::assert_snapshot!(content(&env, command), @r#"<p>&lt;script&gt;"x" &amp;amp; ]]&gt; <img src="a" alt="&lt;script&gt;&quot;x&quot; &amp;amp; ]]&gt;"></p>"#);
}

#[test]
fn plain_text_with_an_alignment_gets_its_codes_by_projection() {
    let env = TestEnv::with_post("<p>The <b>red</b> <i>house</i>.</p>");
    let command = r#"sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"text":"La casa roja.","markup":"plain","alignment":[[0,3,0,2],[4,7,8,12],[8,13,3,7],[13,14,12,13]]}/'"#;
    let run = translate(&env, command).arg("-v").go().ok();
    assert_eq!(
        content_of(&run.stdout),
        "<p>La <i>casa</i> <b>roja</b>.</p>"
    );
    insta::assert_snapshot!(run.stderr, @"
    post.json, content.rendered, f608e64fbd.1: translated, tags placed by alignment
    One post, one segment with exec.
    In one segment, tags were placed by alignment.
    ");
}

#[test]
fn plain_text_without_an_alignment_gets_its_codes_by_an_estimate() {
    let env = TestEnv::with_post("<p>The <b>red</b> <i>house</i>.</p>");
    let command =
        r#"sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"text":"La casa roja.","markup":"plain"}/'"#;
    let run = translate(&env, command).arg("-v").go().ok();
    assert_eq!(
        content_of(&run.stdout),
        "<p>La <i>casa</i> <b>roja</b>.</p>"
    );
    insta::assert_snapshot!(run.stderr, @"
    Warning: post.json, content.rendered, segment f608e64fbd.1: the places of its tags were estimated: please review.
    post.json, content.rendered, f608e64fbd.1: translated, places of tags estimated
    One post, one segment with exec.
    In one segment, the places of the tags were estimated and should be reviewed.
    ");
}

#[test]
fn plain_text_with_its_codes_in_certain_places_needs_no_review() {
    let env = TestEnv::with_post("<p>Use <code>ls</code> here.</p>");
    let command =
        r#"sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"text":"Use aquí ls.","markup":"plain"}/'"#;
    let run = translate(&env, command).go().ok();
    assert_eq!(content_of(&run.stdout), "<p>Use aquí <code>ls</code>.</p>");
    insta::assert_snapshot!(run.stderr, @"
    One post, one segment with exec.
    In one segment, tags were placed by alignment.
    ");
}

#[test]
fn plain_text_that_lost_a_protected_text_is_translated_in_pieces() {
    let env = TestEnv::with_post("<p>Use <code>ls</code> here.</p>");
    let command = r#"sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"text":"aquí","markup":"plain"}/'"#;
    let run = translate(&env, command).go().ok();
    assert_eq!(content_of(&run.stdout), "<p>aquí <code>ls</code> aquí</p>");
    insta::assert_snapshot!(run.stderr, @"
    Warning: post.json, content.rendered, segment 60eb490081.1 was translated in pieces between its tags: please review.
    One post, one segment with exec.
    One segment was translated in pieces and should be reviewed.
    ");
}

#[test]
fn plain_text_without_codes_needs_no_alignment() {
    let env = TestEnv::with_post("<p>One.</p>");
    let command =
        r#"sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"text":"Uno \& <b>.","markup":"plain"}/'"#;
    assert_eq!(content(&env, command), "<p>Uno &amp; &lt;b&gt;.</p>");
}

#[test]
fn an_error_of_the_program_keeps_the_source_and_names_the_place() {
    let env = TestEnv::with_post("<p>One.</p><p>Two.</p>");
    let command =
        r#"sed -u '/Two/s/.*"id":\([0-9]*\).*/{"id":\1,"error":"too hard"}/;s/One/Uno/g'"#;
    let run = translate(&env, command).go().exits(1);
    assert_eq!(content_of(&run.stdout), "<p>Uno.</p><p>Two.</p>");
    insta::assert_snapshot!(run.stderr, @"
    Warning: post.json, content.rendered, segment 323d549f85.1 was not translated. The backend says: too hard
    One post, 2 segments with exec.
    Warning: One text was not translated.
    ");
}

#[test]
fn a_program_that_fails_at_once_is_named() {
    let env = TestEnv::with_post("<p>One.</p>");
    let run = translate(&env, "echo no licence >&2; exit 7").go().exits(1);
    assert_eq!(content_of(&run.stdout), "<p>One.</p>");
    insta::assert_snapshot!(run.stderr, @"
    Warning: post.json, content.rendered, segment a46340b9b8.1 was not translated. The backend had stopped by then.
    Warning: “echo no licence >&2; exit 7” ended with code 7: no licence
    One post, one segment with exec.
    Warning: One text was not translated.
    ");
}

#[test]
fn a_program_that_answers_nothing_is_said_to_have_given_no_answer() {
    let env = TestEnv::with_post("<p>One.</p>");
    for command in ["exit 0", "cat >/dev/null"] {
        let run = translate(&env, command).go().exits(1);
        insta::allow_duplicates! {
            insta::assert_snapshot!(run.stderr, @"
            Warning: post.json, content.rendered, segment a46340b9b8.1 was not translated. The backend gave no answer.
            One post, one segment with exec.
            Warning: One text was not translated.
            ");
        }
    }
}

#[test]
fn the_first_reason_is_told_and_not_that_of_the_second_try() {
    let env = TestEnv::with_post("<p>One.</p>");
    let command = r#"read line; echo '{"id":1,"error":"too hard"}'; exit 0"#;
    let run = translate(&env, command).go().exits(1);
    assert!(run.stderr.contains("says: too hard"), "{run}");
}

#[test]
fn a_program_that_fails_without_a_word_leaves_no_dangling_colon() {
    let env = TestEnv::with_post("<p>One.</p>");
    let run = translate(&env, "exit 7").go().exits(1);
    assert!(
        run.stderr
            .contains("Warning: “exit 7” ended with code 7.\n"),
        "{run}"
    );
    let command = r#"sed -u 's/"text":.*/"error":" "}/'"#;
    let run = translate(&env, command).go().exits(1);
    assert!(
        run.stderr
            .contains("not translated. The backend gives no reason.\n"),
        "{run}"
    );
}

#[test]
fn many_lines_of_a_program_that_fails_are_set_off() {
    let env = TestEnv::with_post("<p>One.</p>");
    let command = r"printf '10%%\r20%%\rTraceback:\n  line 1\n\nValueError: x\n' >&2; exit 1";
    let run = translate(&env, command).go().exits(1);
    assert!(
        run.stderr
            .contains("ended with code 1:\n    Traceback:\n      line 1\n    ValueError: x\n"),
        "{run}"
    );
}

#[test]
fn a_program_that_does_not_exist_is_named() {
    let env = TestEnv::with_post("<p>One.</p>");
    let run = translate(&env, "no-such-program-here").go().exits(1);
    assert!(run.stderr.contains("no-such-program-here"), "{run}");
    assert!(run.stderr.contains("127"), "{run}");
}

#[test]
fn words_that_are_no_reply_are_reported() {
    let env = TestEnv::with_post("<p>One.</p>");
    let run = translate(&env, "echo loading model; cat").go().ok();
    assert_eq!(content_of(&run.stdout), "<p>One.</p>");
    assert!(run.stderr.contains("no JSON object"), "{run}");
}
