//! Cloud Translation, v2 and v3.

use polypost::backend::{BackendError, Options, Remedy};
use serde_json::json;

use crate::contract::{Answer, KEY, Vendor, pair};
use crate::use_of::{ask, requests, translated};

const BOTH: [Vendor; 2] = [Vendor::GoogleBasic, Vendor::GoogleAdvanced];

#[tokio::test]
async fn texts_and_codes_are_translated() {
    for vendor in BOTH {
        let server = vendor.start();
        let backend = vendor.open(&server).await;
        let asked = requests(&[
            "It's the red garden",
            "See <g1>the <g2>old</g2> house</g1> & <x3/> {4:it's <-l>} now",
        ]);
        assert_eq!(
            translated(&*backend, &pair("en", "de"), &asked).await,
            [
                "GARDEN RED THE IT'S",
                "NOW <x4/> <x3/> &amp; <g1>THE <g2>OLD</g2> HOUSE</g1> SEE",
            ]
        );
        let post = &server.posts()[0];
        let body = post.json();
        if vendor == Vendor::GoogleBasic {
            assert_eq!(post.header("x-goog-api-key"), Some(KEY));
            assert_eq!(
                (&body["format"], &body["source"]),
                (&json!("html"), &json!("en"))
            );
        } else {
            assert_eq!(post.header("x-goog-user-project"), Some("site-1"));
            assert_eq!(
                post.path,
                "/v3/projects/site-1/locations/global:translateText"
            );
            assert_eq!(body["mimeType"], "text/html");
        }
    }
}

#[tokio::test]
async fn the_form_is_always_said() {
    for vendor in BOTH {
        let server = vendor.start();
        let backend = vendor.open(&server).await;
        let plain = requests(&["Tom & Jerry's"]);
        let replies = translated(&*backend, &pair("en", "de"), &plain).await;
        assert_eq!(replies, ["JERRY'S &amp; TOM"]);
        let mut again = requests(&["<g1>three</g1> four"]);
        again[0].problem = Some("code 1 is missing".to_owned());
        let replies = translated(&*backend, &pair("en", "de"), &again).await;
        assert_eq!(replies, ["FOUR <g1>THREE</g1>"]);
        let forms: Vec<_> = server
            .posts()
            .iter()
            .map(|post| {
                let body = post.json();
                let text = if body["q"].is_array() {
                    &body["q"][0]
                } else {
                    &body["contents"][0]
                };
                let text = text.as_str().expect("a text").to_owned();
                let kind = if body["format"].is_string() {
                    &body["format"]
                } else {
                    &body["mimeType"]
                };
                (
                    kind.as_str()
                        .expect("a form")
                        .replace("text/", "")
                        .replace("plain", "text"),
                    text,
                )
            })
            .collect();
        assert_eq!(
            forms,
            [
                ("text".to_owned(), "Tom & Jerry's".to_owned()),
                ("html".to_owned(), "<a id=\"1\">three</a> four".to_owned()),
            ]
        );
    }
}

#[tokio::test]
async fn codes_of_languages_are_its_own() {
    let vendor = Vendor::GoogleBasic;
    let server = vendor.start();
    let pairs = [("en", "he"), ("nb", "zh-Hant"), ("en-GB", "pt-BR")].map(|(a, b)| pair(a, b));
    let options = vendor.options(&server.url);
    let backend = vendor.open_for(&pairs, &options).await.expect("a backend");
    for pair in &pairs {
        translated(&*backend, pair, &requests(&["x"])).await;
    }
    let sent: Vec<_> = server
        .posts()
        .iter()
        .map(|post| format!("{} {}", post.json()["source"], post.json()["target"]).replace('"', ""))
        .collect();
    assert_eq!(sent, ["en iw", "no zh-TW", "en pt"]);
}

#[tokio::test]
async fn a_glossary_has_translations_of_its_own() {
    let vendor = Vendor::GoogleAdvanced;
    let server = vendor.start();
    let options = Options {
        glossary: Some("terms".to_owned()),
        location: Some("us-central1".to_owned()),
        model: Some("general/nmt".to_owned()),
        ..vendor.options(&server.url)
    };
    let backend = vendor.open_with(&options).await.expect("a backend");
    let asked = requests(&["the <g1>garden</g1>"]);
    assert_eq!(
        translated(&*backend, &pair("en", "de"), &asked).await,
        ["<g1>Garten</g1> THE"]
    );
    let body = server.posts()[0].json();
    assert_eq!(
        body["model"],
        "projects/site-1/locations/us-central1/models/general/nmt"
    );

    for (changed, missing) in [
        (
            Options {
                location: None,
                ..options.clone()
            },
            "location",
        ),
        (
            Options {
                project: None,
                ..options.clone()
            },
            "project",
        ),
    ] {
        let error = vendor.open_with(&changed).await.map(|_| ());
        let Err(BackendError::MissingOption { key, .. }) = error else {
            panic!("{error:?}");
        };
        assert_eq!(key, missing);
    }
}

#[tokio::test]
async fn one_text_that_fails_does_not_stop_the_others() {
    for vendor in BOTH {
        let server = vendor.start();
        let backend = vendor.open(&server).await;
        server.fault(|mut answer| {
            let body = String::from_utf8(answer.body).expect("text");
            answer.body = body
                .replacen("\"translatedText\"", "\"error\"", 1)
                .into_bytes();
            answer
        });
        let asked = requests(&["one", "two"]);
        let replies = ask(&*backend, &pair("en", "de"), &asked)
            .await
            .expect("an answer");
        assert!(
            matches!(&replies[..], [Some(Err(_)), Some(Ok(_))]),
            "{replies:?}"
        );
    }
}

#[tokio::test]
async fn a_batch_that_keeps_to_the_limits_is_taken() {
    for vendor in BOTH {
        let server = vendor.start();
        let backend = vendor.open(&server).await;
        let limits = backend.limits();
        // Text that grows when it is escaped for HTML and for JSON.
        let text = ["<g1>", &"a\"b\\c & é ".repeat(9), "</g1>"].concat();
        let one = backend.measure(&requests(&[&text])[0]);
        let count = (limits.bytes / one.bytes)
            .min(limits.characters / one.characters)
            .min(limits.segments);
        let asked = requests(&vec![text.as_str(); count]);
        translated(&*backend, &pair("en", "de"), &asked).await;

        let many = requests(&vec!["x"; limits.segments + 1]);
        let error = ask(&*backend, &pair("en", "de"), &many)
            .await
            .expect_err("too many");
        assert_eq!(error.remedy(), Remedy::Split);
        let long = "x".repeat(100_001);
        let error = ask(&*backend, &pair("en", "de"), &requests(&[&long])).await;
        assert!(
            matches!(error, Err(BackendError::TooLarge { .. })),
            "{error:?}"
        );
    }
}

#[tokio::test]
async fn every_documented_error_has_its_remedy() {
    for vendor in BOTH {
        let server = vendor.start();
        let backend = vendor.open(&server).await;
        let asked = requests(&["A text of the article"]);
        for (status, name, message, remedy) in [
            (400, "INVALID_ARGUMENT", "Text is too long.", Remedy::Split),
            (
                400,
                "INVALID_ARGUMENT",
                "Bad language pair: en|xx",
                Remedy::Stop,
            ),
            (400, "INVALID_ARGUMENT", "Invalid text", Remedy::Split),
            (
                400,
                "INVALID_ARGUMENT",
                "API key not valid. Please pass a valid API key.",
                Remedy::Stop,
            ),
            (
                401,
                "UNAUTHENTICATED",
                "Request had invalid credentials",
                Remedy::Stop,
            ),
            (
                403,
                "PERMISSION_DENIED",
                "Cloud IAM permission denied",
                Remedy::Stop,
            ),
            (403, "", "Daily Limit Exceeded", Remedy::Stop),
            (403, "", "User Rate Limit Exceeded", Remedy::Wait(None)),
            (404, "NOT_FOUND", "Glossary not found.", Remedy::Stop),
            (
                429,
                "RESOURCE_EXHAUSTED",
                "Quota exceeded per minute",
                Remedy::Wait(None),
            ),
            (
                429,
                "RESOURCE_EXHAUSTED",
                "Quota exceeded per day",
                Remedy::Stop,
            ),
            (500, "INTERNAL", "Internal error", Remedy::Wait(None)),
            (
                503,
                "UNAVAILABLE",
                "The service is currently unavailable",
                Remedy::Wait(None),
            ),
        ] {
            let body = json!({"error": {"code": status, "message": message, "status": name}});
            server.fault(move |_| Answer::json(status, &body));
            let error = ask(&*backend, &pair("en", "de"), &asked)
                .await
                .expect_err("an error");
            assert_eq!(error.remedy(), remedy, "{status} {error:?}");
            assert!(error.to_string().contains(message), "{error}");
        }
        for (reason, remedy) in [
            ("dailyLimitExceeded", Remedy::Stop),
            ("userRateLimitExceeded", Remedy::Wait(None)),
        ] {
            let body =
                json!({"error": {"code": 403, "message": "No.", "errors": [{"reason": reason}]}});
            server.fault(move |_| Answer::json(403, &body));
            let error = ask(&*backend, &pair("en", "de"), &asked)
                .await
                .expect_err("an error");
            assert_eq!(error.remedy(), remedy, "{error:?}");
        }
    }
}
