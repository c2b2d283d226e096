//! The real sample of WordPress, where `POLYPOST_SAMPLE` says where it is, and one of ours like it.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::collections::BTreeMap;

use serde_json::Value;

use crate::env::TestEnv;

/// A project with the real sample.
fn real() -> Option<(TestEnv, String)> {
    let Some(path) = std::env::var_os("POLYPOST_SAMPLE") else {
        eprintln!("skipped: POLYPOST_SAMPLE is not set");
        return None;
    };
    let text = std::fs::read_to_string(path).expect("the sample");
    let env = TestEnv::new();
    env.write("post.json", &text);
    Some((env, text))
}

fn units(env: &TestEnv, file: &str) -> Vec<Value> {
    let run = env.run(&format!("extract {file} --from en --format jsonl"));
    let lines = run.go().ok().stdout;
    lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("a unit"))
        .collect()
}

/// Every string of a post by its path.
fn strings(post: &str) -> BTreeMap<String, String> {
    fn visit(value: &Value, path: String, out: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    visit(value, format!("{path}/{key}"), out);
                }
            }
            Value::Array(elements) => {
                for (index, value) in elements.iter().enumerate() {
                    visit(value, format!("{path}/{index}"), out);
                }
            }
            other => {
                out.insert(path, other.to_string());
            }
        }
    }
    let mut out = BTreeMap::new();
    visit(
        &serde_json::from_str(post).expect("a post"),
        String::new(),
        &mut out,
    );
    out
}

/// The paths at which two posts differ.
fn differences(before: &str, after: &str) -> Vec<String> {
    let (before, after) = (strings(before), strings(after));
    assert!(before.keys().eq(after.keys()), "other keys");
    before
        .into_iter()
        .filter(|(path, value)| after[path] != *value)
        .map(|(path, _)| path)
        .collect()
}

#[test]
fn the_sample_has_a_title_and_ten_units_of_content() {
    let Some((env, _)) = real() else { return };
    let units = units(&env, "post.json");
    let of = |field: &str| units.iter().filter(|unit| unit["field"] == field).count();
    assert_eq!(
        (of("title.rendered"), of("content.rendered"), units.len()),
        (1, 10, 11)
    );
    let related: Vec<_> = units
        .iter()
        .filter_map(|unit| unit["plain"].as_str())
        .filter(|plain| plain.starts_with("Related:"))
        .collect();
    assert_eq!(related.len(), 2, "{related:?}");
}

#[test]
fn a_sentence_of_the_sample_that_crosses_tags_is_one_segment() {
    let Some((env, _)) = real() else { return };
    let segments: Vec<Value> = units(&env, "post.json")
        .iter()
        .flat_map(|unit| unit["segments"].as_array().cloned().expect("segments"))
        .collect();
    let found: Vec<_> = segments
        .iter()
        .filter(|segment| {
            let plain = segment["plain"].as_str().expect("text");
            plain.starts_with("At that conference,") && plain.ends_with("in the US.")
        })
        .collect();
    assert_eq!(found.len(), 1, "{segments:#?}");
    let text = found[0]["text"].as_str().expect("text");
    let opened = text.matches("<g").count();
    assert!(
        opened > 0 && opened == text.matches("</g").count(),
        "{text}"
    );
}

#[test]
fn nothing_but_text_and_addresses_of_the_sample_differs_in_spanish() {
    let Some((env, before)) = real() else { return };
    let after = env.translated("post.json", "es", "pseudo");
    let paths = differences(&before, &after);
    let (addresses, texts): (Vec<_>, Vec<_>) = paths
        .iter()
        .map(String::as_str)
        .partition(|path| *path == "/link" || path.starts_with("/_links/"));
    assert_eq!(
        texts,
        ["/content/rendered", "/excerpt/rendered", "/title/rendered"]
    );
    let (before, after) = (strings(&before), strings(&after));
    let expected: Vec<_> = before
        .keys()
        .filter(|path| path.as_str() == "/link" || path.starts_with("/_links/"))
        .filter(|path| before[*path].contains("/de/"))
        .collect();
    assert_eq!(addresses, expected);
    for path in addresses {
        assert_eq!(after[path], before[path].replace("/de/", "/es/"), "{path}");
    }
}

#[test]
fn the_sample_keeps_its_escape_style() {
    let Some((env, _)) = real() else { return };
    let after = env.translated("post.json", "es", "pseudo");
    assert!(after.is_ascii());
    assert!(after.contains("\\/") && after.contains("\\u"));
    assert!(
        !after.replace("\\/", "").contains('/'),
        "a slash that is not escaped"
    );
}

#[test]
fn the_sample_under_its_own_prefix_keeps_its_addresses() {
    let Some((env, before)) = real() else { return };
    let after = env.translated("post.json", "de", "pseudo");
    assert_eq!(
        differences(&before, &after),
        ["/content/rendered", "/excerpt/rendered", "/title/rendered"]
    );
    assert_eq!(env.translated("post.json", "de", "exec:cat"), before);
}

/// The torn last words of the excerpt are never sent: it is made from the translated content.
fn is_derived(env: &TestEnv, file: &str, torn: &str) {
    assert!(
        units(env, file)
            .iter()
            .all(|unit| unit["field"] != "excerpt.rendered")
    );
    let backend = "exec:tee requests.jsonl";
    let after = env.translated(file, "es", backend);
    let requests = env.read("requests.jsonl");
    for request in requests.lines() {
        let request: Value = serde_json::from_str(request).expect("a request");
        let plain = request["plain"].as_str().expect("text");
        assert!(!plain.trim().ends_with(torn), "{plain}");
    }
    let pseudo = env.translated(file, "es", "pseudo");
    let excerpt = |post: &str| {
        let post: Value = serde_json::from_str(post).expect("a post");
        post["excerpt"]["rendered"]
            .as_str()
            .expect("text")
            .to_owned()
    };
    assert!(
        excerpt(&after).contains(&format!("{torn} [&hellip;]</p>")),
        "{}",
        excerpt(&after)
    );
    assert!(excerpt(&pseudo).starts_with("<p>⟦"), "{}", excerpt(&pseudo));
    assert!(
        excerpt(&pseudo).trim_end().ends_with(" [&hellip;]</p>"),
        "{}",
        excerpt(&pseudo)
    );
    let words = |excerpt: &str| excerpt.split([' ', '\n']).count();
    assert_eq!(words(&excerpt(&pseudo)), words(&excerpt(&after)));
}

#[test]
fn the_excerpt_of_the_sample_is_derived() {
    let Some((env, _)) = real() else { return };
    is_derived(&env, "post.json", "The company will");
}

#[test]
fn the_excerpt_of_our_sample_is_derived() {
    let env = TestEnv::with_sample("library-garden.json");
    is_derived(&env, "library-garden.json", "chairs and blankets");
}

#[test]
fn an_excerpt_that_is_the_whole_content_is_derived() {
    let env = TestEnv::with_sample("notes.jsonl");
    let fields: Vec<_> = units(&env, "notes.jsonl")
        .iter()
        .map(|unit| {
            format!(
                "{} {}",
                unit["post"],
                unit["field"].as_str().expect("a path")
            )
        })
        .collect();
    assert!(
        !fields.iter().any(|field| field.contains("excerpt")),
        "{fields:#?}"
    );
}

#[test]
fn our_sample_differs_in_text_and_addresses_only() {
    let env = TestEnv::with_sample("library-garden.json");
    let before = env.read("library-garden.json");
    let after = env.translated("library-garden.json", "es", "pseudo");
    assert!(after.is_ascii());
    let paths = differences(&before, &after);
    let texts: Vec<_> = paths
        .iter()
        .filter(|path| !path.starts_with("/_links/"))
        .collect();
    assert_eq!(
        texts,
        [
            "/content/rendered",
            "/excerpt/rendered",
            "/link",
            "/title/rendered"
        ]
    );
    assert!(
        !paths.iter().any(|path| path.contains("curies")),
        "{paths:?}"
    );
    assert!(after.contains(r"https:\/\/riverside.example\/es\/wp-json\/wp\/v2\/posts\/2041"));
    assert!(
        after.contains(r#""guid":{"rendered":"https:\/\/riverside.example\/library-garden\/"}"#)
    );
}
