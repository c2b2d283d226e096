//! Catalogs: what people edit, what a run keeps of it, and what it sends.

use std::path::Path;
use std::time::SystemTime;

use crate::env::{Run, TestEnv, content_of, post};

const CATALOG: &str = "i18n/es/post.json.xlf";

/// A project whose backend puts `ES` before every segment, and writes down what it is asked.
fn project(content: &str) -> TestEnv {
    let env = TestEnv::new();
    env.write("post.json", post("A title", content));
    let backend = r#"exec:tee -a ../asked | sed -u 's/"text":"/"text":"ES /'"#;
    env.write(
        "polypost.toml",
        format!(
            "source = \"en\"\ntargets = [\"es\"]\nposts = [\"*.json\"]\nbackend = '''{backend}'''\n"
        ),
    );
    env
}

fn translate(env: &TestEnv) -> Run {
    env.run("translate")
}

/// What the backend was asked since the last time.
fn asked(env: &TestEnv) -> Vec<String> {
    let path = env.path("../asked");
    let log = std::fs::read_to_string(&path).unwrap_or_default();
    drop(std::fs::remove_file(&path));
    let plain = |line: &str| {
        let request: serde_json::Value = serde_json::from_str(line).expect("JSON");
        request["plain"].as_str().expect("a text").to_owned()
    };
    log.lines().map(plain).collect()
}

fn content(env: &TestEnv) -> String {
    content_of(&env.read("es/post.json"))
}

fn change_source(env: &TestEnv, content: &str) {
    env.write("post.json", post("A title", content));
}

fn edit(env: &TestEnv, path: &str, from: &str, to: &str) {
    let text = env.read(path);
    assert!(text.contains(from), "{text}");
    env.write(path, text.replacen(from, to, 1));
}

fn forget(env: &TestEnv) {
    std::fs::remove_dir_all(env.path(".polypost")).expect("the folder");
}

/// Every file that is visible, with its time stamp and its bytes.
fn state(env: &TestEnv) -> Vec<(String, SystemTime, Vec<u8>)> {
    let of = |file: String| {
        let path = env.path(&file);
        let time = std::fs::metadata(&path).and_then(|file| file.modified());
        let bytes = std::fs::read(Path::new(&path)).expect("a file");
        (file, time.expect("a time"), bytes)
    };
    env.visible_files().into_iter().map(of).collect()
}

const TWO: &str = "<p>One day. Two <b>nights</b>.</p>\n<p>Last.</p>";

#[test]
fn a_second_run_sends_nothing_and_writes_nothing() {
    for is_fresh in [false, true] {
        let env = project(TWO);
        translate(&env).go().ok();
        assert_eq!(asked(&env).len(), 4);
        let before = state(&env);
        if is_fresh {
            forget(&env);
        }
        let run = translate(&env).go().ok();
        assert!(run.stderr.contains("4 from the catalog"), "{run}");
        assert_eq!(asked(&env).len(), 0);
        assert_eq!(state(&env), before);
    }
}

#[test]
fn an_edit_in_the_catalog_is_written_and_survives() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "<target>ES Last.<", "<target>Último.<");
    for is_fresh in [false, true] {
        if is_fresh {
            forget(&env);
        }
        translate(&env).go().ok();
        assert!(
            content(&env).ends_with("<p>Último.</p>"),
            "{}",
            content(&env)
        );
    }
    assert_eq!(asked(&env).len(), 4);

    // The source changes: the person's words stay, the new proposal is beside them.
    forget(&env);
    change_source(&env, &TWO.replace("Last.", "Last one."));
    translate(&env).go().ok();
    assert_eq!(asked(&env), ["Last one."]);
    assert!(content(&env).ends_with("<p>Último.</p>"));
    let catalog = env.read(CATALOG);
    for kept in [
        "polypost:stale",
        "<target>Último.<",
        "<target>ES Last one.<",
    ] {
        assert!(catalog.contains(kept), "{kept}: {catalog}");
    }
    translate(&env).go().ok();
    assert_eq!(asked(&env).len(), 0);
}

#[test]
fn a_paragraph_at_the_top_changes_its_own_lines_and_sends_its_own_segments() {
    let env = project(TWO);
    translate(&env).go().ok();
    asked(&env);
    let before = env.read(CATALOG);
    forget(&env);
    change_source(&env, &format!("<p>New here. And more.</p>\n{TWO}"));
    translate(&env).go().ok();
    assert_eq!(asked(&env), ["New here.", "And more."]);
    let after = env.read(CATALOG);
    let diff = similar::TextDiff::from_lines(&before, &after);
    let changes: Vec<_> = diff
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal)
        .collect();
    assert!(
        changes
            .iter()
            .all(|change| change.tag() == similar::ChangeTag::Insert),
        "{changes:?}"
    );
    let inserted: String = changes.iter().map(similar::Change::value).collect();
    assert_eq!(inserted.matches("<unit ").count(), 1, "{inserted}");
    assert_eq!(inserted.matches("</unit>").count(), 1, "{inserted}");
}

#[test]
fn frozen_asks_nobody() {
    let env = project(TWO);
    let run = env.run("translate --frozen").go().exits(5);
    assert!(run.stderr.contains("--frozen"), "{run}");
    assert_eq!(env.visible_files(), ["polypost.toml", "post.json"]);
    translate(&env).go().ok();
    asked(&env);
    forget(&env);
    env.run("translate --frozen").go().ok();
    change_source(&env, "<p>Other.</p>");
    env.run("translate --frozen").go().exits(5);
    assert_eq!(asked(&env).len(), 0);
}

#[test]
fn a_localized_post_of_somebody_else_is_not_overwritten() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, "es/post.json", "ES Last.", "Al fin.");
    let before = state(&env);
    let run = translate(&env).go().exits(3);
    assert!(run.stderr.contains("edited"), "{run}");
    forget(&env);
    translate(&env).go().exits(3);
    assert_eq!(state(&env), before);
}

#[test]
fn a_catalog_that_is_no_xml_is_told_with_its_line_and_left_alone() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "</target>", "</target");
    let before = state(&env);
    let run = translate(&env).go().exits(3);
    assert!(run.stderr.contains(CATALOG), "{run}");
    assert!(run.stderr.contains("line "), "{run}");
    assert_eq!(state(&env), before);
}

#[test]
fn a_target_with_other_tags_is_refused_with_its_line_and_kept_as_a_candidate() {
    let env = project(TWO);
    translate(&env).go().ok();
    asked(&env);
    let catalog = env.read(CATALOG);
    let start = catalog.find("<target>ES Two").expect("a target");
    let end = start + catalog[start..].find("</target>").expect("its end");
    let line = catalog[..start].matches('\n').count() + 1;
    let edited = format!(
        "{}<target>Dos noches.{}",
        &catalog[..start],
        &catalog[end..]
    );
    env.write(CATALOG, edited);
    let run = translate(&env).go().ok();
    assert!(run.stderr.contains(&format!("line {line}")), "{run}");
    let catalog = env.read(CATALOG);
    assert!(catalog.contains("Dos noches."), "{catalog}");
    assert!(content(&env).contains("<b>nights</b>"), "{}", content(&env));
}

#[test]
fn files_without_a_project_have_no_catalog() {
    let env = TestEnv::with_post("<p>One</p>");
    env.run("translate post.json --from en --to es --backend pseudo")
        .go()
        .ok();
    assert_eq!(env.visible_files(), ["es/post.json", "post.json"]);
}

#[test]
fn posts_of_one_file_are_told_apart_by_their_ids() {
    let env = project(TWO);
    let posts = [7, 9].map(|id| {
        post("T", &format!("<p>Text of {id}.</p>")).replace("\"id\":1", &format!("\"id\":{id}"))
    });
    env.write("post.json", format!("[{}]", posts.join(",")));
    translate(&env).go().ok();
    asked(&env);
    let catalog = env.read(CATALOG);
    for name in ["post.json#7", "post.json#9"] {
        assert!(
            catalog.contains(&format!("original=\"{name}\"")),
            "{catalog}"
        );
    }
    edit(&env, CATALOG, "<target>ES Text of 9.<", "<target>Texto.<");
    // Another order and another post: what is told apart by ids stays where it belongs.
    let new = post("T", "<p>New.</p>").replace("\"id\":1", "\"id\":8");
    env.write("post.json", format!("[{new},{},{}]", posts[1], posts[0]));
    translate(&env).go().ok();
    assert_eq!(asked(&env), ["T", "New."]);
    assert!(env.read("es/post.json").contains("Texto."));
}

#[test]
fn what_a_person_wrote_comes_back_when_its_text_does() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "<target>ES Last.<", "<target>Último.<");
    translate(&env).go().ok();
    asked(&env);
    // The paragraph is gone, and with it the person's words, but not from the memory.
    change_source(&env, "<p>One day.</p>");
    translate(&env).go().ok();
    assert!(!env.read(CATALOG).contains("Último."));
    change_source(&env, "<p>One day.</p><h2>Last.</h2>");
    let run = translate(&env).go().ok();
    assert_eq!(content(&env), "<p>ES One day.</p><h2>Último.</h2>");
    assert_eq!(asked(&env).len(), 0, "{run}");
    assert!(run.stderr.contains("translated by people"), "{run}");
}

#[test]
fn what_a_machine_translated_is_asked_for_again_if_that_is_wanted_and_nothing_of_people() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "<target>ES Last.<", "<target>Último.<");
    translate(&env).go().ok();
    asked(&env);
    env.run("translate --retranslate machine").go().ok();
    assert_eq!(asked(&env), ["A title", "One day.", "Two nights."]);
    assert!(content(&env).ends_with("<p>Último.</p>"));
    env.run("translate --retranslate stale").go().ok();
    assert_eq!(asked(&env).len(), 0);
    change_source(&env, &TWO.replace("Last.", "Last one."));
    translate(&env).go().ok();
    asked(&env);
    env.run("translate --retranslate stale").go().ok();
    assert_eq!(asked(&env), ["Last one."]);
    assert!(content(&env).ends_with("<p>Último.</p>"));
}

#[test]
fn an_edit_during_a_run_is_not_overwritten() {
    let env = project(TWO);
    translate(&env).go().ok();
    change_source(&env, &TWO.replace("One day.", "Another day."));
    // Somebody saves the catalog while the backend works.
    let settings = env.read("polypost.toml");
    let saved = settings.replace(
        "exec:",
        "exec:sed -i s/ES.Last/Al.fin/ i18n/es/post.json.xlf; ",
    );
    env.write("polypost.toml", saved);
    let output = content(&env);
    let run = translate(&env).go().exits(3);
    assert!(run.stderr.contains(CATALOG), "{run}");
    assert!(env.read(CATALOG).contains("<target>Al.fin.<"));
    assert_eq!(content(&env), output);
    env.write("polypost.toml", settings);
    translate(&env).go().ok();
    assert!(
        content(&env).ends_with("<p>Al.fin.</p>"),
        "{}",
        content(&env)
    );
}

#[test]
fn a_trial_leaves_the_catalog_alone() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "<target>ES Last.<", "<target>Último.<");
    translate(&env).go().ok();
    asked(&env);
    let catalog = env.read(CATALOG);
    for backend in ["identity", "pseudo"] {
        env.run(&format!("translate --backend {backend}")).go().ok();
        assert_eq!(env.read(CATALOG), catalog, "{backend}");
    }
    translate(&env).go().ok();
    assert!(content(&env).ends_with("<p>Último.</p>"));
    assert_eq!(asked(&env).len(), 0);
}

#[test]
fn a_run_that_counts_counts_what_is_new() {
    let env = project(TWO);
    let run = env.run("translate --dry-run").go().ok();
    assert!(run.stdout.contains("4 segments"), "{run}");
    translate(&env).go().ok();
    let run = env.run("translate --dry-run").go().ok();
    assert!(run.stdout.contains("0 segments"), "{run}");
    change_source(&env, &TWO.replace("Last.", "Last one."));
    let run = env.run("translate --dry-run").go().ok();
    assert!(run.stdout.contains("one segment, 9 characters"), "{run}");
    let run = env.run("translate --frozen").go().exits(5);
    assert!(
        run.stderr
            .contains("post.json: one segment is not translated"),
        "{run}"
    );
}

#[test]
fn the_catalog_is_found_from_a_folder_below() {
    let env = project(TWO);
    env.write("posts/post.json", env.read("post.json"));
    std::fs::remove_file(env.path("post.json")).expect("there");
    let settings = env.read("polypost.toml").replace("*.json", "posts/*.json");
    env.write("polypost.toml", settings);
    translate(&env).go().ok();
    let catalog = env.read("i18n/es/posts/post.json.xlf");
    assert!(
        catalog.contains("original=\"posts/post.json#1\""),
        "{catalog}"
    );
    assert_eq!(asked(&env).len(), 4);
    let run = translate(&env).folder(env.path("posts")).go().ok();
    assert!(run.stderr.contains("4 from the catalog"), "{run}");
    assert_eq!(env.read("i18n/es/posts/post.json.xlf"), catalog);
}

#[test]
fn posts_of_one_id_have_catalogs_of_their_own() {
    let env = project(TWO);
    let posts = ["<p>One.</p>", "<p>Two.</p>"].map(|content| post("T", content));
    env.write("post.json", format!("[{}]", posts.join(",")));
    translate(&env).go().ok();
    edit(&env, CATALOG, "<target>ES Two.<", "<target>Dos.<");
    translate(&env).go().ok();
    asked(&env);
    translate(&env).go().ok();
    assert_eq!(asked(&env).len(), 0);
    assert!(env.read("es/post.json").contains("Dos."));
    assert!(env.read(CATALOG).contains("<target>Dos.<"));
}

#[test]
fn a_post_that_gets_company_keeps_its_catalog() {
    let env = project(TWO);
    translate(&env).go().ok();
    asked(&env);
    let new = post("New", "<p>One.</p>").replace("\"id\":1", "\"id\":5");
    env.write("post.json", format!("[{new},{}]", post("A title", TWO)));
    translate(&env).go().ok();
    assert_eq!(asked(&env), ["New", "One."]);
}

#[test]
fn what_a_colleague_wrote_is_ours_and_what_somebody_added_is_not() {
    let env = project(TWO);
    translate(&env).go().ok();
    let record = env.read(".polypost/outputs.json");
    // Somebody else localizes a new version; here only the old one is on record.
    change_source(&env, &TWO.replace("Last.", "Last one."));
    translate(&env).go().ok();
    env.write(".polypost/outputs.json", &record);
    translate(&env).go().ok();
    // Where only markup was edited, that is found out with a record.
    edit(&env, "es/post.json", "<b>", "<b class='x'>");
    translate(&env).go().exits(3);
    edit(&env, "es/post.json", "<b class='x'>", "<b>");
    forget(&env);
    edit(
        &env,
        "es/post.json",
        "<p>ES Last one.",
        "<p>Nota.</p><p>ES Last one.",
    );
    let edited = env.read("es/post.json");
    translate(&env).go().exits(3);
    change_source(&env, "<p>Another.</p>");
    translate(&env).go().exits(3);
    assert_eq!(env.read("es/post.json"), edited);
}

#[test]
fn where_a_new_translation_fails_the_one_before_stays_and_that_is_told() {
    let env = project(TWO);
    translate(&env).go().ok();
    let before = content(&env);
    let run = env
        .run("translate --retranslate machine --backend")
        .arg(r#"exec:sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"error":"no"}/'"#)
        .go()
        .exits(1);
    assert!(run.stderr.contains("keeps the translation"), "{run}");
    assert_eq!(content(&env), before);
}

#[test]
fn the_words_of_people_serve_other_posts_in_a_fresh_clone_as_well() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "<target>ES Last.<", "<target>Al fin.<");
    translate(&env).go().ok();
    asked(&env);
    forget(&env);
    env.write("new.json", post("Last.", "<p>Fresh.</p>"));
    let run = translate(&env).go().ok();
    assert!(run.stderr.contains("taken from the catalogs"), "{run}");
    assert_eq!(asked(&env), ["Fresh."]);
    assert!(env.read("es/new.json").contains("Al fin."));
    // They are a person's there, too.
    env.run("translate --retranslate machine").go().ok();
    assert!(env.read("es/new.json").contains("Al fin."));
}

#[test]
fn a_catalog_of_another_language_or_in_the_place_of_an_output_is_not_taken() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "trgLang=\"es\"", "trgLang=\"fr\"");
    let before = state(&env);
    let run = translate(&env).go().exits(3);
    assert!(run.stderr.contains("“fr”"), "{run}");
    assert_eq!(state(&env), before);
    let settings = env.read("polypost.toml");
    for (pattern, words) in [
        ("i18n/{path}.xlf", "one file for all languages"),
        ("{lang}/{path}", "would be written twice"),
    ] {
        env.write(
            "polypost.toml",
            format!("catalogs = \"{pattern}\"\n{settings}"),
        );
        let run = translate(&env).go().exits(2);
        assert!(run.stderr.contains(words), "{run}");
    }
}

#[test]
fn a_persons_words_stay_where_the_new_proposal_comes_in_pieces() {
    let env = project(TWO);
    translate(&env).go().ok();
    edit(&env, CATALOG, "<target>ES Two <pc", "<target>Dos <pc");
    translate(&env).go().ok();
    assert!(content(&env).contains("Dos <b>nights</b>."));
    // The backend loses the tags of the new source.
    change_source(&env, &TWO.replace("Two <b>nights", "Two long <b>nights"));
    env.run("translate --backend")
        .arg("exec:sed -u 's/<[^>]*>//g'")
        .go()
        .ok();
    assert!(content(&env).contains("Dos <b>nights</b>."));
    let before = state(&env);
    translate(&env).go().ok();
    assert_eq!(state(&env), before);
}
