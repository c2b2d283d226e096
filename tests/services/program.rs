//! The program itself, with a key in its environment and a service on loopback.

use serde_json::json;

use crate::contract::{Answer, KEY, Server, VENDORS, Vendor};
use crate::env::{Run, TestEnv, content_of, post};

/// A project with one post, whose settings name the server.
fn project(vendor: Vendor, server: &Server, content: &str) -> TestEnv {
    let env = TestEnv::new();
    env.write("post.json", post("A title", content));
    let mut settings = format!(
        "source = \"en\"\ntargets = [\"de\"]\n[backends.{}]\nurl = \"{}\"\n",
        vendor.name(),
        server.url
    );
    match vendor {
        Vendor::GoogleAdvanced => settings.push_str("project = \"site-1\"\n"),
        Vendor::Azure => settings.push_str("region = \"westeurope\"\n"),
        _ => {}
    }
    env.write("polypost.toml", settings);
    env
}

fn translate(env: &TestEnv, vendor: Vendor) -> Run {
    env.run(&format!("translate post.json --backend {}", vendor.name()))
        .env(vendor.variable(), KEY)
}

#[test]
fn a_post_is_localized() {
    let content =
        "<p>The <b class=\"x\">old garden</b> opens &amp; closes<br/>on <code>ls</code> days.</p>";
    for vendor in VENDORS {
        let server = vendor.start();
        let env = project(vendor, &server, content);
        let output = translate(&env, vendor).arg("-vvv").go().ok();
        assert!(!format!("{output}").contains(KEY), "{output}");
        let written = content_of(&env.read("de/post.json"));
        // Words change places within codes where an alignment puts those back.
        let words = match vendor {
            Vendor::Azure | Vendor::LibreTranslate => "GARDEN OLD",
            _ => "OLD GARDEN",
        };
        let wanted = format!(
            "<p>DAYS. <code>ls</code> ON CLOSES<br/>&amp; OPENS <b class=\"x\">{words}</b> THE</p>"
        );
        assert_eq!(written, wanted, "{vendor:?}");
        for whole in [
            "<b class=\"x\">",
            "</b>",
            "<br/>",
            "<code>ls</code>",
            "&amp;",
        ] {
            assert_eq!(written.matches(whole).count(), 1, "{vendor:?}: {written}");
        }
        for file in env.files() {
            let bytes = std::fs::read(env.path(&file)).expect("a file");
            let has_key = bytes.windows(KEY.len()).any(|part| part == KEY.as_bytes());
            assert!(!has_key, "{vendor:?}: {file}");
        }
    }
}

#[test]
fn an_address_may_stand_behind_the_name() {
    let vendor = Vendor::LibreTranslate;
    let server = vendor.start();
    let env = TestEnv::with_post("<p>The garden</p>");
    let output = env
        .run(&format!(
            "translate post.json --from en --to de --stdout --backend libretranslate:{}",
            server.url
        ))
        .env("POLYPOST_LIBRETRANSLATE_KEY", KEY)
        .go()
        .ok();
    assert_eq!(content_of(&output.stdout), "<p>GARDEN THE</p>");
    let output =
        env.run("translate post.json --from en --to de --backend deepl:http://deepl.example");
    let output = output.env("DEEPL_AUTH_KEY", KEY).go().exits(2);
    assert!(output.stderr.contains("http://deepl.example"), "{output}");
}

#[test]
fn a_key_comes_from_a_command_or_is_missed() {
    for vendor in VENDORS {
        let server = vendor.start();
        let env = project(vendor, &server, "<p>The garden</p>");
        let bare = || {
            env.run(&format!(
                "translate post.json --stdout --backend {}",
                vendor.name()
            ))
        };
        let output = bare().go().exits(4);
        assert!(output.stderr.contains(vendor.variable()), "{output}");
        let settings = env.read("polypost.toml");
        env.write(
            "polypost.toml",
            format!("{settings}key-command = \"echo {KEY}\"\n"),
        );
        let output = bare().go().ok();
        assert_eq!(
            content_of(&output.stdout),
            "<p>GARDEN THE</p>",
            "{vendor:?}"
        );
    }
}

#[test]
fn a_quota_that_is_used_up_ends_the_run() {
    for vendor in VENDORS {
        let server = vendor.start();
        let env = project(vendor, &server, "<p>The garden</p>");
        let answer = match vendor {
            Vendor::Deepl => Answer::json(456, &json!({"message": "Quota exceeded."})),
            Vendor::Azure => Answer::json(
                403,
                &json!({"error": {"code": 403_001, "message": "Quota exceeded."}}),
            ),
            Vendor::LibreTranslate => Answer::json(403, &json!({"error": "Quota exceeded."})),
            _ => Answer::json(
                403,
                &json!({"error": {"code": 403, "message": "Daily Limit Exceeded: Quota exceeded."}}),
            ),
        };
        server.fault(|_| answer);
        let output = translate(&env, vendor).go().exits(4);
        assert!(output.stderr.contains("Quota exceeded."), "{output}");
        assert_eq!(env.visible_files(), ["polypost.toml", "post.json"]);
        assert_eq!(server.posts().len(), 1, "{vendor:?}");
    }
}

#[test]
fn a_pair_that_is_missing_ends_the_run_before_anything_is_sent() {
    for vendor in VENDORS {
        let server = vendor.start();
        let env = project(vendor, &server, "<p>The garden</p>");
        let output = translate(&env, vendor).arg("--to").arg("tlh").go().exits(2);
        assert!(
            output.stderr.contains("tlh") && output.stderr.contains("de"),
            "{output}"
        );
        assert_eq!(server.posts().len(), 0, "{vendor:?}");
    }
}

/// Translations in another order than the texts can't be told from right ones, but for their
/// codes: those are whole, whatever comes.
#[test]
fn answers_in_the_wrong_order_break_no_markup() {
    let content = "<p>The <b>old</b> garden</p><p>A <i>new</i> and <u>red</u> house</p><p>Some <br/> text</p>";
    for vendor in VENDORS {
        let server = vendor.start();
        let env = project(vendor, &server, content);
        for _ in 0..20 {
            server.fault(move |mut answer| {
                let json = answer
                    .body
                    .strip_prefix(b"\xef\xbb\xbf")
                    .unwrap_or(&answer.body);
                let mut body: serde_json::Value = serde_json::from_slice(json).expect("JSON");
                let place = match vendor {
                    Vendor::GoogleBasic => "/data/translations",
                    Vendor::Azure => "",
                    Vendor::LibreTranslate => "/translatedText",
                    _ => "/translations",
                };
                let list = body.pointer_mut(place).and_then(|list| list.as_array_mut());
                list.expect("a list").reverse();
                answer.body = body.to_string().into_bytes();
                answer
            });
        }
        let output = translate(&env, vendor).go();
        assert!(matches!(output.code, Some(0 | 1)), "{output}");
        let written = content_of(&env.read("de/post.json"));
        let tags = |text: &str| -> Vec<String> {
            let parts = text.split('<').skip(1);
            let mut tags: Vec<String> = parts
                .filter_map(|part| Some(part.split_once('>')?.0.to_owned()))
                .collect();
            tags.sort();
            tags
        };
        assert_eq!(tags(&written), tags(content), "{vendor:?}: {written}");
    }
}

#[test]
fn backends_tells_what_is_missing_and_shows_no_key() {
    let env = TestEnv::new();
    let list = |run: Run| -> Vec<(String, bool, String)> {
        let output = run.go().ok();
        assert!(!output.stdout.contains(KEY), "{output}");
        let list: serde_json::Value = serde_json::from_str(&output.stdout).expect("JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let entry = |one: &serde_json::Value| {
            let is_usable = one["usable"].as_bool().expect("a flag");
            (text(&one["name"]), is_usable, text(&one["reason"]))
        };
        list.as_array().expect("a list").iter().map(entry).collect()
    };
    let bare = list(env.run("backends --format json"));
    let mut run = env.run("backends --format json");
    for vendor in VENDORS {
        run = run.env(vendor.variable(), KEY);
    }
    let keyed = list(run);
    for vendor in [Vendor::Deepl, Vendor::GoogleBasic, Vendor::Azure] {
        let of = |list: &[(String, bool, String)]| {
            let found = list.iter().find(|(name, ..)| name == vendor.name());
            found.expect("an entry").clone()
        };
        let (_, is_usable, reason) = of(&bare);
        assert!(!is_usable && reason.contains(vendor.variable()), "{reason}");
        assert!(of(&keyed).1, "{vendor:?}");
    }
    env.write(
        "polypost.toml",
        "[backends.google]\nproject = \"site-1\"\nkey-command = \"exit 1\"\n",
    );
    let configured = list(env.run("backends --format json"));
    assert!(
        configured
            .iter()
            .any(|(name, usable, _)| name == "google" && *usable)
    );
}

#[test]
fn backends_asks_deepl_what_is_used() {
    let server = Vendor::Deepl.start();
    let env = project(Vendor::Deepl, &server, "");
    let usage = || env.run("backends --usage");
    let output = usage().env("DEEPL_AUTH_KEY", KEY).go().ok();
    assert_eq!(
        output.stdout,
        "deepl  180118 of 1250000 characters are used in this period\n"
    );
    let output = usage()
        .arg("--format")
        .arg("json")
        .env("DEEPL_AUTH_KEY", KEY)
        .go()
        .ok();
    assert_eq!(
        output.stdout,
        "{\"allowed\":1250000,\"name\":\"deepl\",\"used\":180118}\n"
    );
    assert!(usage().go().exits(4).stderr.contains("DEEPL_AUTH_KEY"));
    let output = usage()
        .env("DEEPL_AUTH_KEY", "another-9e1c-key")
        .go()
        .exits(4);
    assert!(!output.stderr.contains("another-9e1c"), "{output}");
}

/// What services are known to do to tags.
#[test]
fn a_mangled_answer_is_asked_for_in_another_form() {
    let content = "<p>The <b>old</b> garden of <code>ls</code></p>";
    for (vendor, manglings) in [
        (Vendor::Deepl, ["<g1>", "</g1>", "<x2>"]),
        (
            Vendor::GoogleBasic,
            [" id=\\\"1\\\"", "</span>", "id=\\\"2\\\""],
        ),
        (
            Vendor::GoogleAdvanced,
            ["<span id=\\\"1\\\">", "</span>", " id=\\\"2\\\""],
        ),
    ] {
        for lost in manglings {
            let server = vendor.start();
            let env = project(vendor, &server, content);
            let json = env.read("post.json").replace("A title", "");
            env.write("post.json", json);
            server.fault(move |mut answer| {
                let body = String::from_utf8(answer.body).expect("text");
                assert!(body.contains(lost), "{lost} in {body}");
                answer.body = body.replace(lost, "").into_bytes();
                answer
            });
            translate(&env, vendor).go().ok();
            let written = content_of(&env.read("de/post.json"));
            assert_eq!(
                written, "<p><code>ls</code> OF GARDEN <b>OLD</b> THE</p>",
                "{vendor:?}"
            );
            let posts = server.posts();
            assert_eq!(posts.len(), 2);
            assert_ne!(posts[0].body, posts[1].body, "{vendor:?}");
        }
    }
}
