//! `LibreTranslate`: plain text both ways.

use polypost::backend::{BackendError, Options, Remedy, Reply};
use serde_json::json;

use crate::contract::{Answer, KEY, Vendor, pair};
use crate::use_of::{ask, requests, translated};

const VENDOR: Vendor = Vendor::LibreTranslate;

#[tokio::test]
async fn text_is_plain_both_ways() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let asked = requests(&["Tom & <b> Jerry", "all small", "See <g1>this</g1> {2:ls}"]);
    let replies = ask(&*backend, &pair("en", "de"), &asked)
        .await
        .expect("an answer");
    let texts: Vec<_> = replies
        .into_iter()
        .map(|reply| match reply {
            Some(Ok(Reply::Plain { text, alignment })) if alignment.is_empty() => text,
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(texts, ["JERRY <B> & TOM", "small all", "LS THIS SEE"]);
    let body = server.posts()[0].json();
    assert_eq!(
        body,
        json!({"q": ["Tom & <b> Jerry", "all small", "See this ls"], "source": "en",
               "target": "de", "format": "text", "api_key": KEY})
    );
}

#[tokio::test]
async fn what_the_operator_allows_is_asked_for() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let long = "x".repeat(2001);
    let asked = requests(&["short", &long]);
    let replies = ask(&*backend, &pair("en", "de"), &asked)
        .await
        .expect("an answer");
    assert!(
        matches!(&replies[..], [Some(Ok(_)), Some(Err(_))]),
        "{replies:?}"
    );
    assert_eq!(server.posts()[0].json()["q"], json!(["short"]));
    let many = requests(&["x"; 31]);
    let error = ask(&*backend, &pair("en", "de"), &many)
        .await
        .expect_err("too many");
    assert!(matches!(error, BackendError::TooLarge { .. }), "{error}");
    assert!(backend.limits().segments <= 30);

    let options = Options {
        key_command: None,
        ..VENDOR.options(&server.url)
    };
    let error = VENDOR.open_with(&options).await.map(|_| ());
    assert!(
        matches!(error, Err(BackendError::NoKey { .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn targets_depend_on_the_source() {
    let server = VENDOR.start();
    let options = VENDOR.options(&server.url);
    let open = async |source, target| VENDOR.open_for(&[pair(source, target)], &options).await;
    let error = open("de", "es")
        .await
        .map(|_| ())
        .expect_err("no such pair");
    let BackendError::UnsupportedPair { supported, .. } = error else {
        panic!("{error}");
    };
    assert_eq!(supported, ["en", "fr"]);
    let backend = open("en-US", "pt-BR").await.expect("a pair");
    translated(&*backend, &pair("en-US", "pt-BR"), &requests(&["x"])).await;
    assert_eq!(server.posts()[0].json()["target"], "pt-BR");
}

#[tokio::test]
async fn a_text_for_a_list_is_no_answer() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    server.fault(|_| Answer::json(200, &json!({"translatedText": "🙂", "alternatives": []})));
    let error = ask(&*backend, &pair("en", "de"), &requests(&["one"])).await;
    assert_eq!(error.expect_err("no answer").remedy(), Remedy::Wait(None));
}

#[tokio::test]
async fn every_documented_error_has_its_remedy() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let asked = requests(&["A text of the article"]);
    for (status, message, remedy) in [
        (
            400,
            "Invalid request: request (31) exceeds text limit (30)",
            Remedy::Split,
        ),
        (400, "xx is not supported", Remedy::Stop),
        (
            400,
            "Visit https://portal.example to get an API key",
            Remedy::Stop,
        ),
        (400, "Invalid JSON format", Remedy::Split),
        (403, "Invalid API key", Remedy::Stop),
        (403, "Too many request limits violations", Remedy::Stop),
        (429, "Slowdown: 30 per 1 minute", Remedy::Wait(None)),
        (500, "Cannot translate text", Remedy::Wait(None)),
    ] {
        server.fault(move |_| Answer::json(status, &json!({ "error": message })));
        let error = ask(&*backend, &pair("en", "de"), &asked)
            .await
            .expect_err("an error");
        assert_eq!(error.remedy(), remedy, "{status} {error:?}");
        assert!(error.to_string().contains(message), "{error}");
    }
}
