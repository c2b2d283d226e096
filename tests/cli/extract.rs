//! `extract`: the contract that other programs build on.

use serde_json::Value;

use crate::env::{TestEnv, post, sample, sample_names};

fn units(env: &TestEnv, arguments: &str) -> Vec<Value> {
    let run = env
        .run(&format!("extract {arguments} --from en --format jsonl"))
        .go()
        .ok();
    run.stdout
        .lines()
        .map(|line| serde_json::from_str(line).expect("a unit"))
        .collect()
}

#[test]
fn text_is_for_people() {
    let env = TestEnv::with_post(
        "<h2>Two <em>words</em></h2><p>One. Two.<br>\n<code>x</code> is &lt; y.</p>",
    );
    insta::assert_snapshot!(env.run("extract post.json --from en").go(), @"
    exit 0
    --- stdout
    # post.json [0] · content.rendered
    66c215c64c h2
      1 Two <g1>words</g1>
    28ff8c03f9 p
      1 One.
      2 Two.<x1/> <x2/> is &lt; y.
    ");
}

#[test]
fn a_unit_has_every_key() {
    let env = TestEnv::with_post(
        "<p class=\"x\">A <b>red</b> house<br>by <code>x&amp;y</code>. Old.</p>",
    );
    let units = units(&env, "post.json");
    assert_eq!(units.len(), 1);
    insta::assert_snapshot!(serde_json::to_string_pretty(&units[0]).expect("JSON"), @r#"
    {
      "codes": [
        {
          "id": 1,
          "kind": "open",
          "raw": "<b>"
        },
        {
          "id": 1,
          "kind": "close",
          "raw": "</b>"
        },
        {
          "id": 2,
          "kind": "standalone",
          "raw": "<br>"
        },
        {
          "id": 3,
          "kind": "protected",
          "raw": "<code>x&amp;y</code>"
        }
      ],
      "element": "p",
      "end": 64,
      "field": "content.rendered",
      "file": "post.json",
      "kind": "html",
      "plain": "A red houseby x&y. Old.",
      "post": 0,
      "segments": [
        {
          "id": "d973128ea8.1",
          "plain": "A red house by x&y. Old.",
          "text": "A <g1>red</g1> house<x2/> by <x3/>. Old."
        }
      ],
      "start": 13,
      "text": "A <g1>red</g1> house<x2/>by <x3/>. Old.",
      "unit": "d973128ea8"
    }
    "#);
}

#[test]
fn kinds_are_html_text_and_url() {
    let env = TestEnv::new();
    env.write(
        "post.json",
        r#"{"title":{"rendered":"A &amp; B"},"acf":{"note":"5 < 6","more":"https://a.example/b"}}"#,
    );
    let kinds: Vec<_> = units(
        &env,
        "post.json --field title.rendered --field acf.note=text --field acf.more=url",
    )
    .iter()
    .map(|unit| format!("{} {} {}", unit["field"], unit["kind"], unit["plain"]))
    .collect();
    insta::assert_snapshot!(kinds.join("\n"), @r#"
    "title.rendered" "html" "A & B"
    "acf.more" "url" "https://a.example/b"
    "#);
}

/// The value at a dotted path.
fn value_at<'v>(post: &'v Value, path: &str) -> &'v str {
    let value = path
        .split('.')
        .fold(post, |value, step| match step.parse::<usize>() {
            Ok(index) if value.is_array() => &value[index],
            _ => &value[step],
        });
    value.as_str().expect("a string")
}

/// What the text of a unit is in its source, for tags and characters that are as they read.
fn expected(unit: &Value) -> String {
    let mut text = unit["text"].as_str().expect("text").to_owned();
    for code in unit["codes"].as_array().expect("codes") {
        let id = &code["id"];
        let tag = match code["kind"].as_str().expect("a kind") {
            "open" => format!("<g{id}>"),
            "close" => format!("</g{id}>"),
            _ => format!("<x{id}/>"),
        };
        text = text.replace(&tag, code["raw"].as_str().expect("raw"));
    }
    text
}

#[test]
fn start_and_end_slice_the_decoded_field() {
    let content = "<p>Zoë’s <b class=x>red</b> house</p>\n\n<ul><li>Ünd <em>so</em> on</ul>Loose <a href='#'>end</a>";
    let env = TestEnv::new();
    env.write("post.json", post("Größe <i>zwei</i>", content));
    let source: Value = serde_json::from_str(&env.read("post.json")).expect("a post");
    let units = units(&env, "post.json");
    assert_eq!(units.len(), 4);
    for unit in units {
        let value = value_at(&source, unit["field"].as_str().expect("a path"));
        let at =
            |key: &str| usize::try_from(unit[key].as_u64().expect("a number")).expect("an index");
        assert_eq!(value[at("start")..at("end")], expected(&unit));
    }
}

#[test]
fn spans_of_every_sample_lie_in_their_fields() {
    for name in sample_names() {
        let env = TestEnv::with_sample(&name);
        let text = sample(&name);
        let posts: Vec<Value> = match text.as_bytes()[0] {
            b'<' => Vec::new(),
            b'[' => serde_json::from_str(&text).expect("an array"),
            _ => text
                .lines()
                .map(|line| serde_json::from_str(line).expect("a post"))
                .collect(),
        };
        for unit in units(&env, &name) {
            let post = usize::try_from(unit["post"].as_u64().expect("a number")).expect("an index");
            let field = unit["field"].as_str().expect("a path");
            let value = if posts.is_empty() {
                text.as_str()
            } else {
                value_at(&posts[post], field)
            };
            let at = |key: &str| {
                usize::try_from(unit[key].as_u64().expect("a number")).expect("an index")
            };
            let slice = value.get(at("start")..at("end"));
            assert!(
                slice.is_some_and(|slice| !slice.trim().is_empty()),
                "{name}: {unit}"
            );
            assert_eq!(unit["file"], name.as_str());
        }
    }
}

fn ids(env: &TestEnv) -> Vec<String> {
    units(env, "post.json")
        .iter()
        .map(|unit| unit["unit"].as_str().expect("an id").to_owned())
        .collect()
}

#[test]
fn a_paragraph_above_leaves_all_ids_as_they_were() {
    let old = "<p>One <b>two</b>.</p><p>Three.</p><ul><li>Three.</li></ul>";
    let env = TestEnv::with_post(old);
    let before = ids(&env);
    env.write("post.json", post("", &format!("<p>New.</p>{old}")));
    let after = ids(&env);
    assert_eq!(after[1..], before);
    assert!(!before.contains(&after[0]));
}

#[test]
fn a_duplicate_paragraph_has_an_id_of_its_own() {
    let env = TestEnv::with_post("<p>Same.</p><p>Same.</p><p>Same.</p>");
    let mut all = ids(&env);
    let first = all[0].clone();
    assert_eq!(all.len(), 3);
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 3);
    env.write("post.json", post("", "<p>Same.</p>"));
    assert_eq!(ids(&env), [first]);
}

#[test]
fn segments_have_the_ids_that_warnings_name() {
    let env = TestEnv::with_post("<p>One. Two.</p>");
    let unit = &units(&env, "post.json")[0];
    let segments: Vec<_> = unit["segments"]
        .as_array()
        .expect("segments")
        .iter()
        .map(|segment| segment["id"].as_str().expect("an id"))
        .collect();
    let run = env
        .run_args([
            "translate",
            "post.json",
            "--from",
            "en",
            "--to",
            "es",
            "--backend",
        ])
        .arg(r#"exec:sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"error":"no"}/'"#)
        .go()
        .exits(1);
    for segment in segments {
        assert!(run.stderr.contains(segment), "{segment}: {run}");
    }
}

#[test]
fn posts_are_numbered_and_files_named() {
    let env = TestEnv::with_sample("running-club.json");
    env.write("pages/a.html", "<p>A page.</p>");
    let places: Vec<_> = units(&env, "running-club.json pages")
        .iter()
        .map(|unit| format!("{} {} {}", unit["file"], unit["post"], unit["field"]))
        .collect();
    let mut different = places.clone();
    different.dedup();
    insta::assert_snapshot!(different.join("\n"), @r#"
    "running-club.json" 0 "title.rendered"
    "running-club.json" 0 "content.rendered"
    "running-club.json" 1 "title.rendered"
    "running-club.json" 1 "content.rendered"
    "pages/a.html" 0 ""
    "#);
}
