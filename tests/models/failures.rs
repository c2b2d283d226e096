//! Everything that can go wrong on the way, and what of it is worth another try.

use std::time::{Duration, Instant};

use polypost::backend::{BackendError, Options, Remedy};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use wiremock::ResponseTemplate;

use crate::contract::{Api, BOTH, KEY, MODEL, Server, Written, good, open_with};
use crate::library::{ask, requests};

/// What a server that answers so makes of two texts.
async fn failure(api: Api, written: Written) -> BackendError {
    let server = Server::start(api, move |_, _| written.clone()).await;
    let backend = server.backend().await;
    let (replies, result) = ask(&*backend, &requests(&["Secret words.", "Two."])).await;
    assert!(replies.is_empty());
    assert_eq!(
        server.calls(),
        1,
        "the backend does not ask again by itself"
    );
    let error = result.expect_err("a failure");
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(KEY) && !shown.contains("Secret"), "{shown}");
    error
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    Refused,
    Busy,
    TooLarge,
    Rejected,
    Service,
}

fn kind(error: &BackendError) -> Kind {
    match error {
        BackendError::Refused { .. } => Kind::Refused,
        BackendError::Busy { .. } => Kind::Busy,
        BackendError::TooLarge { .. } => Kind::TooLarge,
        BackendError::Rejected { .. } => Kind::Rejected,
        BackendError::Service { .. } => Kind::Service,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn every_error_of_openai_has_its_remedy() {
    const INVALID: &str = "invalid_request_error";
    for (status, kind_of, code, message, expected) in [
        (400, INVALID, "", "Something is wrong.", Kind::Rejected),
        (
            400,
            INVALID,
            "context_length_exceeded",
            "This model's maximum context length is 8192 tokens.",
            Kind::TooLarge,
        ),
        (
            400,
            "exceed_context_size_error",
            "",
            "request (25009 tokens) exceeds the available context size (4096 tokens)",
            Kind::TooLarge,
        ),
        (
            400,
            INVALID,
            "content_policy_violation",
            "No.",
            Kind::Rejected,
        ),
        (
            401,
            INVALID,
            "invalid_api_key",
            "Incorrect API key provided: planted-key-7Qz.",
            Kind::Refused,
        ),
        (
            403,
            INVALID,
            "unsupported_country_region_territory",
            "Not here.",
            Kind::Refused,
        ),
        (
            404,
            INVALID,
            "model_not_found",
            "No such model.",
            Kind::Service,
        ),
        (413, INVALID, "", "Too large.", Kind::TooLarge),
        (
            429,
            "requests",
            "rate_limit_exceeded",
            "Slow down.",
            Kind::Busy,
        ),
        (
            429,
            "tokens",
            "rate_limit_exceeded",
            "Request too large for contract-1 on tokens per min (TPM): Limit 10000, Requested 12000.",
            Kind::TooLarge,
        ),
        (
            429,
            "insufficient_quota",
            "insufficient_quota",
            "You exceeded your current quota, please check your plan and billing details.",
            Kind::Refused,
        ),
        (
            500,
            "server_error",
            "",
            "The server had an error.",
            Kind::Busy,
        ),
        (
            503,
            "server_error",
            "",
            "The engine is overloaded.",
            Kind::Busy,
        ),
    ] {
        let written = Written::Error(status, kind_of, code, message);
        let error = failure(Api::OpenAi, written).await;
        assert_eq!(kind(&error), expected, "{status} {code}");
        let words: String = message.chars().take(10).collect();
        assert!(error.to_string().contains(&words), "{error}");
    }
}

#[tokio::test]
async fn every_error_of_anthropic_has_its_remedy() {
    const INVALID: &str = "invalid_request_error";
    for (status, kind_of, message, expected) in [
        (400, INVALID, "Something is wrong.", Kind::Rejected),
        (
            400,
            INVALID,
            "prompt is too long: 210000 tokens > 200000 maximum",
            Kind::TooLarge,
        ),
        (
            400,
            INVALID,
            "Your credit balance is too low to access the Anthropic API.",
            Kind::Refused,
        ),
        (
            400,
            INVALID,
            "You have reached your specified API usage limits.",
            Kind::Refused,
        ),
        (
            401,
            "authentication_error",
            "invalid x-api-key",
            Kind::Refused,
        ),
        (
            402,
            "billing_error",
            "There's an issue with your billing.",
            Kind::Refused,
        ),
        (403, "permission_error", "Not allowed.", Kind::Refused),
        (404, "not_found_error", "model: nothing", Kind::Service),
        (
            413,
            "request_too_large",
            "Request exceeds the maximum size",
            Kind::TooLarge,
        ),
        (429, "rate_limit_error", "Slow down.", Kind::Busy),
        (500, "api_error", "Internal server error", Kind::Busy),
        (504, "timeout_error", "Took too long", Kind::Busy),
        (529, "overloaded_error", "Overloaded", Kind::Busy),
    ] {
        let error = failure(Api::Anthropic, Written::Error(status, kind_of, "", message)).await;
        assert_eq!(kind(&error), expected, "{status} {message}");
        let words: String = message.chars().take(9).collect();
        assert!(error.to_string().contains(&words), "{error}");
    }
}

#[tokio::test]
async fn other_servers_word_their_errors_in_their_own_way() {
    for (body, words) in [
        (
            json!({"object": "error", "message": "bad thing", "code": 400}),
            "bad thing",
        ),
        (json!({"detail": "bad thing"}), "bad thing"),
        (json!({"error": "bad thing"}), "bad thing"),
        (json!([1]), "400 Bad Request"),
    ] {
        let answer = ResponseTemplate::new(400).set_body_json(body);
        let error = failure(Api::OpenAi, Written::Raw(answer)).await;
        assert_eq!(kind(&error), Kind::Rejected);
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn an_error_does_not_repeat_the_article() {
    for api in BOTH {
        for message in [
            "Can't read 'The mayor sleeps at night'.",
            "Bad value: a paragraph with secrets of all kinds",
        ] {
            let invalid = Written::Error(400, "invalid_request_error", "", message);
            let server = Server::start(api, move |_, _| invalid.clone()).await;
            let mut asked = requests(&["The mayor sleeps at night.", "Two."]);
            asked[1].context = "This is a paragraph with secrets of all kinds. Two.".to_owned();
            let (_, result) = ask(&*server.backend().await, &asked).await;
            let error = result.expect_err("a failure");
            assert_eq!(kind(&error), Kind::Rejected);
            let shown = format!("{error} {error:?}");
            assert!(
                !shown.contains("mayor") && !shown.contains("secrets"),
                "{shown}"
            );
        }
    }
}

#[tokio::test]
async fn a_service_says_when_to_ask_again() {
    for api in BOTH {
        let busy = ResponseTemplate::new(429).insert_header("retry-after", "7");
        let error = failure(api, Written::Raw(busy)).await;
        assert_eq!(error.remedy(), Remedy::Wait(Some(Duration::from_secs(7))));
    }
}

#[tokio::test]
async fn an_answer_that_is_none_may_be_better_next_time() {
    for api in BOTH {
        for answer in [
            ResponseTemplate::new(200).set_body_string("<html><body>Sign in</body></html>"),
            ResponseTemplate::new(200),
            ResponseTemplate::new(200).set_body_json(json!({"choices": [], "content": 5})),
            ResponseTemplate::new(200).set_body_json(json!({"choices": "x", "content": "x"})),
            ResponseTemplate::new(200).set_body_json(json!({"error": {"message": "upstream"}})),
            ResponseTemplate::new(200).set_body_string("[".repeat(1 << 20)),
            ResponseTemplate::new(502).set_body_string("<html>Bad Gateway</html>"),
        ] {
            let error = failure(api, Written::Raw(answer)).await;
            assert_eq!(kind(&error), Kind::Busy, "{error}");
            assert!(!error.to_string().contains("<html>"), "{error}");
        }
    }
}

#[tokio::test]
async fn an_endless_answer_is_not_read_to_its_end() {
    for api in BOTH {
        let huge = ResponseTemplate::new(200).set_body_bytes(vec![b' '; 17 << 20]);
        let error = failure(api, Written::Raw(huge)).await;
        assert_eq!(kind(&error), Kind::Service, "{error}");
    }
}

#[tokio::test]
async fn a_slow_service_is_given_up() {
    for api in BOTH {
        let server = Server::start(api, |_, _| {
            Written::Raw(ResponseTemplate::new(200).set_delay(Duration::from_secs(30)))
        })
        .await;
        let backend = server.open(|options| options.timeout = Some(1)).await;
        let start = Instant::now();
        let (_, result) = ask(&*backend.expect("a backend"), &requests(&["One."])).await;
        let error = result.expect_err("no answer");
        assert_eq!(kind(&error), Kind::Busy);
        assert!(start.elapsed() < Duration::from_secs(15));
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_is_worth_another_try() {
    for api in BOTH {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut buffer = [0; 512];
                let _ = stream.read(&mut buffer).await;
                let head = b"HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"choices\": [";
                let _ = stream.write_all(head).await;
            }
        });
        let options = Options {
            url: Some(url),
            model: Some(MODEL.to_owned()),
            ..Options::default()
        };
        let backend = open_with(api, options).await.expect("a backend");
        let (replies, result) = ask(&*backend, &requests(&["One."])).await;
        assert!(replies.is_empty());
        assert_eq!(kind(&result.expect_err("cut")), Kind::Busy);
    }
}

#[tokio::test]
async fn nothing_follows_a_redirect() {
    for api in BOTH {
        let elsewhere = Server::start(api, good).await;
        let target = format!("{}/chat/completions", elsewhere.url());
        for status in [301, 302, 303, 307, 308] {
            let answer = ResponseTemplate::new(status).insert_header("location", &*target);
            let error = failure(api, Written::Raw(answer)).await;
            assert_eq!(kind(&error), Kind::Service, "{error}");
        }
        assert_eq!(elsewhere.calls(), 0, "neither key nor text went there");
    }
}

#[tokio::test]
async fn a_wrong_key_is_refused_and_not_shown() {
    for api in BOTH {
        let server = Server::start(api, good).await;
        let backend = server
            .open(|options| options.key_command = Some("echo other-planted-key".to_owned()))
            .await
            .expect("a backend");
        let (_, result) = ask(&*backend, &requests(&["One."])).await;
        let error = result.expect_err("refused");
        assert_eq!(kind(&error), Kind::Refused);
        // The contract's server repeats the key in its answer, as OpenAI does in part.
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("other-planted"), "{shown}");
    }
}
