//! What goes wrong on the way, the same for every service.

use std::time::Duration;

use polypost::backend::{BackendError, Options, Remedy};
use serde_json::{Value, json};

use crate::contract::{Answer, KEY, Request, Server, VENDORS, Vendor, pair};
use crate::use_of::{ask, requests};

const SECRET: &str = "The mayor's secret garden opens on Sunday";

/// The error that one request ends with when its answer is changed.
async fn with_fault(
    vendor: Vendor,
    server: &Server,
    fault: impl FnOnce(Answer) -> Answer + Send + 'static,
) -> BackendError {
    let options = Options {
        timeout: Some(2),
        ..vendor.options(&server.url)
    };
    let backend = vendor.open_with(&options).await.expect("a backend");
    server.fault(fault);
    let asked = requests(&["one", "two", SECRET]);
    let error = ask(&*backend, &pair("en", "de"), &asked).await;
    let error = error.expect_err("an error");
    let words = format!("{error} {error:?}");
    for secret in [KEY, SECRET, "secret garden"] {
        assert!(!words.contains(secret), "{vendor:?}: {words}");
    }
    error
}

fn is_worth_another_try(error: &BackendError) -> bool {
    error.remedy() == Remedy::Wait(None)
}

/// The list of translations in an answer.
fn list(vendor: Vendor, body: &mut Value) -> &mut Vec<Value> {
    let place = match vendor {
        Vendor::Deepl | Vendor::GoogleAdvanced => "/translations",
        Vendor::GoogleBasic => "/data/translations",
        Vendor::Azure => "",
        Vendor::LibreTranslate => "/translatedText",
    };
    let list = body.pointer_mut(place).and_then(Value::as_array_mut);
    list.expect("the translations")
}

fn with_list(
    vendor: Vendor,
    change: impl FnOnce(&mut Vec<Value>) + Send + 'static,
) -> impl FnOnce(Answer) -> Answer + Send + 'static {
    move |mut answer| {
        let json = answer
            .body
            .strip_prefix(b"\xef\xbb\xbf")
            .unwrap_or(&answer.body);
        let mut body: Value = serde_json::from_slice(json).expect("JSON");
        change(list(vendor, &mut body));
        answer.body = body.to_string().into_bytes();
        answer
    }
}

#[tokio::test]
async fn a_service_that_is_busy_says_when_to_come_back() {
    for vendor in VENDORS {
        let server = vendor.start();
        let busy = vendor.too_many().with_header("Retry-After", "7");
        let error = with_fault(vendor, &server, |_| busy).await;
        let seven = Duration::from_secs(7);
        assert_eq!(error.remedy(), Remedy::Wait(Some(seven)), "{error:?}");
        let error = with_fault(vendor, &server, |_| {
            Answer::text(503, "text/html", "<h1>Service Unavailable</h1>")
        });
        assert!(is_worth_another_try(&error.await), "{vendor:?}");
        // Nobody retries but the one who counts the tries.
        assert_eq!(server.posts().len(), 2, "{vendor:?}");
    }
}

#[tokio::test]
async fn an_answer_that_is_slow_cut_or_nonsense_is_worth_another_try() {
    for vendor in VENDORS {
        let server = vendor.start();
        let error = with_fault(vendor, &server, |answer| Answer {
            delay: Duration::from_secs(4),
            ..answer
        });
        assert!(is_worth_another_try(&error.await), "{vendor:?}");
        let error = with_fault(vendor, &server, |answer| Answer {
            is_cut: true,
            ..answer
        });
        assert!(is_worth_another_try(&error.await), "{vendor:?}");
        for body in [
            "<!DOCTYPE html><title>Sign in</title>",
            "{\"translations\":[{\"text\":",
            "",
            "null",
            "[]",
            "{}",
            "[1, 2, 3]",
            "{\"translations\":7,\"data\":7,\"translatedText\":7}",
            "\u{0}\u{1}",
        ] {
            let error = with_fault(vendor, &server, move |_| {
                Answer::text(200, "text/html", body)
            });
            let error = error.await;
            assert!(
                is_worth_another_try(&error),
                "{vendor:?}: {body}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn wrong_counts_and_types_are_no_answer() {
    for vendor in VENDORS {
        let server = vendor.start();
        let changes: [fn(&mut Vec<Value>); 5] = [
            |list| drop(list.pop()),
            Vec::clear,
            |list| list.push(list[0].clone()),
            |list| list[1] = json!(5),
            |list| list[1] = json!(null),
        ];
        for (number, change) in changes.into_iter().enumerate() {
            let error = with_fault(vendor, &server, with_list(vendor, change)).await;
            assert!(
                is_worth_another_try(&error),
                "{vendor:?}: {number}: {error:?}"
            );
        }
    }
}

#[tokio::test]
async fn an_empty_translation_is_that_of_one_text() {
    for vendor in VENDORS {
        let server = vendor.start();
        let backend = vendor.open(&server).await;
        server.fault(with_list(vendor, |list| {
            let text = list[1].to_string();
            list[1] =
                serde_json::from_str(&text.replace("TWO", " ").replace("two", "")).expect("JSON");
        }));
        let asked = requests(&["one", "two", "three"]);
        let replies = ask(&*backend, &pair("en", "de"), &asked)
            .await
            .expect("an answer");
        let failed: Vec<_> = replies
            .iter()
            .map(|reply| reply.as_ref().expect("a reply").is_err())
            .collect();
        assert_eq!(failed, [false, true, false], "{vendor:?}");
    }
}

#[tokio::test]
async fn an_endless_answer_is_not_read_to_its_end() {
    for vendor in VENDORS {
        let server = vendor.start();
        let error = with_fault(vendor, &server, |answer| Answer {
            body: vec![b' '; 17 << 20],
            ..answer
        });
        let error = error.await;
        assert!(
            matches!(error, BackendError::Service { .. }),
            "{vendor:?}: {error:?}"
        );
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    for vendor in VENDORS {
        for status in [301, 302, 307, 308] {
            let thief = vendor.start();
            let server = vendor.start();
            let elsewhere = thief.url.clone();
            let error = with_fault(vendor, &server, move |answer| {
                Answer { status, ..answer }.with_header("Location", &elsewhere)
            });
            let error = error.await;
            assert!(
                matches!(error, BackendError::Service { .. }),
                "{vendor:?}: {error:?}"
            );

            // When the service is asked for its languages, too.
            let elsewhere = thief.url.clone();
            let server = Server::start(move |request: &Request| {
                let place = format!("{elsewhere}{}", request.path);
                Answer::json(status, &json!({})).with_header("Location", &place)
            });
            let error = vendor
                .open_with(&vendor.options(&server.url))
                .await
                .map(|_| ());
            assert!(
                matches!(error, Err(BackendError::Service { .. })),
                "{vendor:?}: {error:?}"
            );
            assert_eq!(thief.seen().len(), 0, "{vendor:?}: {:?}", thief.seen());
        }
    }
}

#[tokio::test]
async fn nothing_is_sent_in_clear_to_another_machine() {
    for vendor in VENDORS {
        for url in [
            "http://api.example",
            "http://192.0.2.1:5000",
            "ftp://localhost",
            "nonsense",
        ] {
            let error = vendor.open_with(&vendor.options(url)).await.map(|_| ());
            let Err(BackendError::Address { url: named, .. }) = error else {
                panic!("{vendor:?}: {error:?}");
            };
            assert_eq!(named, url);
        }
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_not_repeated() {
    for vendor in VENDORS {
        let server = vendor.start();
        let options = Options {
            key_command: Some("echo another-9e1c-key".to_owned()),
            ..vendor.options(&server.url)
        };
        let error = match vendor.open_with(&options).await {
            Err(error) => error,
            Ok(backend) => ask(&*backend, &pair("en", "de"), &requests(&["x"]))
                .await
                .expect_err("the wrong key"),
        };
        assert!(
            matches!(error, BackendError::Refused { .. }),
            "{vendor:?}: {error:?}"
        );
        assert!(!format!("{error:?}").contains("another-9e1c"), "{error:?}");
    }
}

#[tokio::test]
async fn an_explanation_that_repeats_key_and_text_is_cleaned() {
    for vendor in VENDORS {
        for status in [400, 403, 413, 429, 500] {
            let server = vendor.start();
            // `with_fault` looks for them in the error.
            with_fault(vendor, &server, move |_| {
                let message = format!("{KEY} may not translate “{SECRET}”, as secret garden is");
                let body = if vendor == Vendor::LibreTranslate {
                    json!({ "error": message })
                } else {
                    json!({"message": message, "error": {"code": 1, "message": message}})
                };
                Answer::json(status, &body)
            })
            .await;
        }
    }
}

#[tokio::test]
async fn the_key_is_in_no_address() {
    for vendor in VENDORS {
        let server = vendor.start();
        let backend = vendor.open(&server).await;
        ask(&*backend, &pair("en", "de"), &requests(&["x"]))
            .await
            .expect("an answer");
        for request in server.seen() {
            let address = format!("{} {:?}", request.path, request.query);
            assert!(!address.contains(KEY), "{vendor:?}: {address}");
        }
    }
}

#[tokio::test]
async fn a_pair_that_is_missing_is_found_before_anything_is_sent() {
    for vendor in VENDORS {
        let server = vendor.start();
        let options = vendor.options(&server.url);
        for pairs in [[pair("en", "tlh")], [pair("tlh", "en")]] {
            let error = vendor.open_for(&pairs, &options).await.map(|_| ());
            let Err(BackendError::UnsupportedPair { supported, .. }) = error else {
                panic!("{vendor:?}: {error:?}");
            };
            assert!(
                supported.iter().any(|code| code == "de"),
                "{vendor:?}: {supported:?}"
            );
        }
        assert_eq!(server.posts().len(), 0);
    }
}

#[tokio::test]
async fn who_is_busy_when_asked_for_the_languages_is_asked_again() {
    for vendor in VENDORS {
        let server = vendor.start();
        let options = vendor.options(&server.url);
        vendor.open_with(&options).await.map(drop).expect("open");
        let usual = server.seen().len();
        let busy = vendor.too_many().with_header("Retry-After", "0");
        server.fault_get(|_| busy);
        vendor.open_with(&options).await.map(drop).expect("open");
        assert_eq!(server.seen().len(), 2 * usual + 1, "{vendor:?}");

        // Who wants an hour is not waited for.
        let busy = vendor.too_many().with_header("Retry-After", "3600");
        server.fault_get(|_| busy);
        let error = vendor.open_with(&options).await.map(drop);
        let error = error.expect_err("it is busy");
        assert!(matches!(error, BackendError::Busy { .. }), "{error:?}");
    }
}

#[tokio::test]
async fn without_a_key_nothing_is_sent() {
    for vendor in VENDORS {
        let server = vendor.start();
        let options = Options {
            key_command: None,
            ..vendor.options(&server.url)
        };
        let error = vendor.open_with(&options).await.map(|_| ());
        let Err(BackendError::NoKey { variables, .. }) = error else {
            panic!("{vendor:?}: {error:?}");
        };
        let own = format!("POLYPOST_{}_KEY", vendor.name().to_uppercase());
        assert_eq!(variables[..2], [own, vendor.variable().to_owned()]);
        // Whether it wants a key, only the server can tell.
        let asked = usize::from(vendor == Vendor::LibreTranslate);
        assert_eq!(server.seen().len(), asked, "{vendor:?}");
    }
}
