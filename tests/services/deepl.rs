//! `DeepL`: what is sent, what comes back, what is refused.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use polypost::backend::{BackendError, Options, Remedy, Reply, Usage};
use polypost::unit::{Fragment, MarkKind};
use serde_json::{Value, json};

use crate::contract::{Answer, Vendor, pair};
use crate::use_of::{ask, requests, translated};

const VENDOR: Vendor = Vendor::Deepl;

/// Holds the body of a request for translations against `DeepL`'s own description of its API.
fn validate(body: &Value) {
    validate_as("v2~1translate", body);
}

/// Holds the body of a POST request to a path, escaped as in a JSON pointer, against it.
pub(crate) fn validate_as(path: &str, body: &Value) {
    let Some(folder) = std::env::var_os("POLYPOST_SCHEMAS") else {
        eprintln!("skipped: POLYPOST_SCHEMAS is not set, so DeepL's description is not at hand");
        return;
    };
    let file = std::path::Path::new(&folder).join("services/deepl-openapi.json");
    let text = std::fs::read_to_string(&file).expect("DeepL's description");
    let mut description: Value = serde_json::from_str(&text).expect("JSON");
    let place = format!("/paths/~1{path}/post/requestBody/content/application~1json/schema");
    let mut known = description.pointer(&place).expect("the schema");
    if let Some(reference) = known["$ref"].as_str() {
        let place = reference.trim_start_matches('#');
        known = description.pointer(place).expect("the schema");
    }
    let known = known["properties"].clone();
    for name in body.as_object().expect("an object").keys() {
        assert!(known.get(name).is_some(), "`{name}` is not described");
    }
    description["$ref"] = format!("#{place}").into();
    let validator = jsonschema::validator_for(&description).expect("a schema");
    let errors: Vec<String> = validator
        .iter_errors(body)
        .map(|error| format!("{error} at {}", error.instance_path()))
        .collect();
    assert_eq!(errors, [""; 0], "{body:#}");
}

#[tokio::test]
async fn texts_and_codes_are_translated() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let asked = requests(&[
        "The red garden",
        "See <g1>the <g2>old</g2> house</g1> & <x3/> {4:ls <-l>} now",
        "a < b",
    ]);
    assert_eq!(
        translated(&*backend, &pair("en", "de"), &asked).await,
        [
            "GARDEN RED THE",
            "NOW <x4/> <x3/> &amp; <g1>THE <g2>OLD</g2> HOUSE</g1> SEE",
            "B &lt; A",
        ]
    );
    let posts = server.posts();
    assert_eq!(posts.len(), 1);
    let body = posts[0].json();
    validate(&body);
    for (name, value) in [
        ("source_lang", json!("EN")),
        ("target_lang", json!("DE")),
        ("tag_handling", json!("xml")),
        ("tag_handling_version", json!("v2")),
        ("outline_detection", json!(false)),
        ("ignore_tags", json!(["x4"])),
        ("split_sentences", json!("nonewlines")),
        ("formality", json!(null)),
    ] {
        assert_eq!(body[name], value, "{name}");
    }
}

#[tokio::test]
async fn without_codes_nothing_is_tagged() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let asked = requests(&["Tom & Jerry <3"]);
    let replies = ask(&*backend, &pair("en", "de"), &asked).await;
    let plain = Reply::Plain {
        text: "<3 JERRY & TOM".to_owned(),
        alignment: Vec::new(),
    };
    assert_eq!(replies, Ok(vec![Some(Ok(plain))]));
    let body = server.posts()[0].json();
    validate(&body);
    assert_eq!(body["tag_handling_version"], Value::Null);
}

#[tokio::test]
async fn the_second_try_is_html() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let mut asked = requests(&["<g1>one</g1> two", "<g1>three</g1> {2:four}<x3/>"]);
    asked[1].problem = Some("code 1 is missing".to_owned());
    let translated = translated(&*backend, &pair("en", "de"), &asked).await;
    assert_eq!(
        translated,
        ["TWO <g1>ONE</g1>", "<x2/><x3/> <g1>THREE</g1>"]
    );
    let forms: Vec<_> = server
        .posts()
        .iter()
        .map(|post| {
            validate(&post.json());
            post.json()["tag_handling"].clone()
        })
        .collect();
    assert_eq!(forms, ["xml", "html"]);
}

#[tokio::test]
async fn settings_and_context_are_sent() {
    let server = VENDOR.start();
    let options = Options {
        formality: Some("prefer-more".to_owned()),
        glossary: Some("terms".to_owned()),
        model: Some("latency_optimized".to_owned()),
        ..VENDOR.options(&server.url)
    };
    let backend = VENDOR.open_with(&options).await.expect("a backend");
    let mut asked = requests(&["One.", "<g1>Two</g1>."]);
    for request in &mut asked {
        request.context = "One. Two.".to_owned();
    }
    asked[0].before = "A title".to_owned();
    translated(&*backend, &pair("en", "de"), &asked).await;
    let body = server.posts()[0].json();
    validate(&body);
    assert_eq!(body["formality"], "prefer_more");
    assert_eq!(body["glossary_id"], "terms");
    assert_eq!(body["model_type"], "latency_optimized");
    assert_eq!(body["context"], "One. Two.");
    let print = backend.fingerprint().expect("a fingerprint");
    assert!(
        print.contains("prefer_more") && print.contains("terms"),
        "{print}"
    );
}

#[tokio::test]
async fn formality_that_a_language_lacks_is_found_before_anything_is_sent() {
    let server = VENDOR.start();
    let options = |formality: &str| Options {
        formality: Some(formality.to_owned()),
        ..VENDOR.options(&server.url)
    };
    let pairs = [pair("de", "en-GB")];
    let error = VENDOR.open_for(&pairs, &options("more")).await.map(|_| ());
    let Err(BackendError::Option {
        key: "formality", ..
    }) = error
    else {
        panic!("{error:?}");
    };
    assert!(
        VENDOR
            .open_for(&pairs, &options("prefer_more"))
            .await
            .is_ok()
    );
    let error = VENDOR
        .open_for(&pairs, &options("formal"))
        .await
        .map(|_| ());
    assert!(
        matches!(error, Err(BackendError::Option { .. })),
        "{error:?}"
    );
    assert_eq!(server.posts().len(), 0);
}

#[tokio::test]
async fn a_language_without_tag_handling_gets_plain_text() {
    let server = VENDOR.start();
    let pairs = [pair("en", "th")];
    let options = VENDOR.options(&server.url);
    let backend = VENDOR.open_for(&pairs, &options).await.expect("a backend");
    let replies = ask(&*backend, &pairs[0], &requests(&["<g1>one</g1> two"])).await;
    let replies = replies.expect("an answer");
    assert!(matches!(&replies[0], Some(Ok(Reply::Plain { text, .. })) if text == "TWO ONE"));
}

#[tokio::test]
async fn a_batch_that_keeps_to_the_limits_is_taken() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let limits = backend.limits();
    assert_eq!(limits.segments, 50);
    let mut asked = requests(&["x"; 50]);
    let mut room = limits.bytes;
    for (at, request) in asked.iter_mut().enumerate() {
        // Long contexts, codes, and text that JSON and XML escape.
        request.context = format!("{at}: {}", "“context” \n".repeat(200));
        let mut source = Fragment::default();
        source.push_protected(1, &format!("a{at}"));
        source.push_mark(MarkKind::Open, 2);
        source.push_text(&"a\"&<é😀 ".repeat(40));
        source.push_mark(MarkKind::Close, 2);
        request.source = source;
        let own = backend.measure(request).bytes;
        room = room.checked_sub(own).expect("room");
    }
    let last = asked.last_mut().expect("a request");
    last.source.push_text(&"y".repeat(room));
    let sum: usize = asked.iter().map(|one| backend.measure(one).bytes).sum();
    assert_eq!(sum, limits.bytes);
    translated(&*backend, &pair("en", "de"), &asked).await;
    let len = server.posts()[0].body.len();
    assert!((100 << 10..=128 << 10).contains(&len), "{len}");
}

#[tokio::test]
async fn the_server_holds_to_its_limits() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let many = requests(&["x"; 51]);
    let error = ask(&*backend, &pair("en", "de"), &many)
        .await
        .expect_err("too many");
    assert_eq!(error.remedy(), Remedy::Split, "{error}");
    let long = "x".repeat(129 << 10);
    let error = ask(&*backend, &pair("en", "de"), &requests(&[&long]))
        .await
        .expect_err("too long");
    assert!(matches!(error, BackendError::TooLarge { .. }), "{error}");
}

#[tokio::test]
async fn every_documented_error_has_its_remedy() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let asked = requests(&["A text of the article"]);
    for (status, message, remedy) in [
        (400, "Value for 'target_lang' not supported.", Remedy::Stop),
        (
            400,
            "Tag handling parsing failed, please check input.",
            Remedy::Split,
        ),
        (
            400,
            "No dictionary found for language pair in glossary.",
            Remedy::Stop,
        ),
        (403, "", Remedy::Stop),
        (404, "Glossary not found", Remedy::Stop),
        (413, "Request size exceeds the limit", Remedy::Split),
        (414, "", Remedy::Split),
        (429, "Too many requests", Remedy::Wait(None)),
        (456, "Quota Exceeded", Remedy::Stop),
        (500, "", Remedy::Wait(None)),
        (503, "Resource currently unavailable", Remedy::Wait(None)),
        (504, "", Remedy::Wait(None)),
        (529, "Too many requests", Remedy::Wait(None)),
    ] {
        server.fault(move |_| Answer::json(status, &json!({ "message": message })));
        let error = ask(&*backend, &pair("en", "de"), &asked)
            .await
            .expect_err("an error");
        assert_eq!(error.remedy(), remedy, "{status} {error:?}");
        let is_refusal = matches!(error, BackendError::Refused { .. });
        assert_eq!(is_refusal, [403, 456].contains(&status), "{error:?}");
        assert!(error.to_string().contains(message), "{error}");
    }
}

#[tokio::test]
async fn the_account_tells_what_is_used() {
    let server = VENDOR.start();
    let usage = Usage::of_deepl(&VENDOR.options(&server.url)).await;
    assert_eq!(
        usage,
        Ok(Usage {
            used: 180_118,
            allowed: 1_250_000
        })
    );
}
