//! Apertium as a service: the real server, and a false one for what the real one does rarely.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::Duration;

use polypost::backend::{Apy, Backend, BackendError, Pair, Reply, Request};
use polypost::html::Policy;
use polypost::pipeline::{Format, Settings, localize};
use polypost::route::{LinkPolicy, SiteConfig};
use polypost::translate::{Translator, Way};
use polypost::unit::{Alignment, Fragment, Segmentation};
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

/// Where Debian's packages put the pairs.
const MODES: &str = "/usr/share/apertium/modes";

fn pair(source: &str, target: &str) -> Pair {
    Pair {
        source: source.parse().expect("a tag"),
        target: target.parse().expect("a tag"),
    }
}

async fn translate(
    backend: &Apy,
    source: Fragment,
) -> Result<Result<(String, Alignment), String>, BackendError> {
    let replies = Mutex::new(Vec::new());
    let sink = |id: u64, reply| {
        assert_eq!(id, 5);
        replies.lock().expect("the replies").push(reply);
    };
    let request = Request {
        id: 5,
        source,
        ..Request::default()
    };
    backend
        .translate(&pair("en", "es"), &[request], &sink)
        .await?;
    let mut replies = replies.into_inner().expect("the replies");
    assert_eq!(replies.len(), 1);
    Ok(match replies.remove(0) {
        Ok(Reply::Plain { text, alignment }) => Ok((text, alignment)),
        Ok(Reply::Tagged(text)) => panic!("tagged: {text}"),
        Err(reason) => Err(reason),
    })
}

async fn translate_text(backend: &Apy, text: &str) -> String {
    let reply = translate(backend, Fragment::plain(text)).await;
    reply.expect("an answer").expect("a translation").0
}

/// A real server on a free port; it ends with this.
/// A page by way of the whole pipeline, which looks for the parts in the whole.
async fn localized(backend: &Apy, html: &str) -> String {
    let pair = pair("en", "es");
    let settings = Settings {
        policy: Policy::new(pair.source.clone()),
        fields: Vec::new(),
        segmentation: Some(Segmentation::Sentence),
        site: SiteConfig::default(),
        links: LinkPolicy::Keep,
        source: pair.source,
        target: pair.target,
    };
    let translator = Translator::new(backend);
    let done = localize(
        html.to_owned(),
        Format::Html,
        &settings,
        &translator,
        &|_| false,
    );
    let done = done.await.expect("a page");
    assert_eq!(done.outcomes_of(0)[0].way, Way::Projected);
    done.localized.text
}

struct Server {
    child: Child,
    url: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The real server, ready, or nothing where this machine lacks it.
async fn real_server() -> Option<(Server, Apy)> {
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port();
    let started = Command::new("apertium-apy")
        .args(["--port", &port.to_string(), MODES])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let child = match started {
        Ok(child) => child,
        Err(error) => {
            eprintln!("skipped: apertium-apy: {error}");
            return None;
        }
    };
    let mut server = Server {
        child,
        url: format!("http://127.0.0.1:{port}"),
    };
    for _ in 0..60 {
        if let Ok(backend) = Apy::open(&server.url, &[pair("en", "es")]).await {
            return Some((server, backend));
        }
        assert_eq!(
            server.child.try_wait().expect("a child"),
            None,
            "the server has ended"
        );
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("the server does not answer");
}

#[tokio::test]
async fn the_real_server_translates() {
    let Some((server, backend)) = real_server().await else {
        return;
    };
    assert_eq!(
        translate_text(&backend, "The red house.").await,
        "La casa roja."
    );
    assert_eq!(
        translate_text(&backend, " red\u{a0}\n").await,
        " rojo\u{a0}\n"
    );
    assert_eq!(translate_text(&backend, "").await, "");
    assert_eq!(
        translate_text(&backend, "The xyzzy *star* ~x").await,
        "El xyzzy *star* ~x".replace("star", "estrella")
    );

    // Longer than the server takes at once.
    let long = translate_text(&backend, &"The red house is big. ".repeat(500)).await;
    assert_eq!(long.matches("La casa roja es grande.").count(), 500);

    let specials = r"[a] ^b$ {c} c/d @e \f #g <i> &amp; &#8217; 😀 é";
    let marks = |text: &str| {
        text.chars()
            .filter(|c| !c.is_alphanumeric() && !c.is_whitespace())
            .collect::<String>()
    };
    let target = translate_text(&backend, specials).await;
    assert_eq!(marks(&target), marks(specials), "{target}");

    let mut source = Fragment::plain("Use ");
    source.push_protected(1, "ls *-l*");
    source.push_text(" or ");
    source.push_protected(2, "http://a.b/?c=d");
    source.push_text(" to list.");
    let (text, alignment) = translate(&backend, source.clone())
        .await
        .expect("an answer")
        .expect("a translation");
    assert!(
        text.contains("ls *-l*") && text.ends_with("para listar."),
        "{text}"
    );
    for link in &alignment {
        assert_eq!(
            &source.text()[link.source.clone()],
            &text[link.target.clone()]
        );
    }
    assert_eq!(alignment.len(), 2);

    assert_eq!(
        localized(&backend, "<p>The <b>red</b> <i>house</i>.</p>").await,
        "<p>La <i>casa</i> <b>roja</b>.</p>"
    );

    let error = Apy::open(&server.url, &[pair("en", "tlh")])
        .await
        .map(|_| ())
        .expect_err("no Klingon");
    let BackendError::UnsupportedPair { supported, .. } = &error else {
        panic!("{error}")
    };
    assert!(supported.contains(&"eng-spa".to_owned()), "{supported:?}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_an_error_with_its_address() {
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port();
    let error = Apy::open(&format!("http://127.0.0.1:{port}/apy"), &[])
        .await
        .map(|_| ())
        .expect_err("no server");
    let BackendError::Service {
        status: None,
        detail,
        ..
    } = &error
    else {
        panic!("{error}")
    };
    assert!(
        detail.contains(&format!("127.0.0.1:{port}/apy/listPairs")),
        "{detail}"
    );
}

/// A server that lists the pair and answers `/translate` as given.
async fn false_server(answers: Vec<ResponseTemplate>) -> (MockServer, Apy) {
    let server = MockServer::start().await;
    let pairs = serde_json::json!({"responseData": [{"sourceLanguage": "eng", "targetLanguage": "spa"}], "responseDetails": null, "responseStatus": 200});
    Mock::given(path("/listPairs"))
        .respond_with(ResponseTemplate::new(200).set_body_json(pairs))
        .mount(&server)
        .await;
    let last = answers.len().saturating_sub(1);
    for (index, answer) in answers.into_iter().enumerate() {
        let mock = Mock::given(method("POST"))
            .and(path("/translate"))
            .respond_with(answer);
        if index < last {
            mock.up_to_n_times(1)
        } else {
            mock
        }
        .mount(&server)
        .await;
    }
    let backend = Apy::open(&server.uri(), &[pair("en", "es")])
        .await
        .expect("a server");
    (server, backend)
}

fn translated(text: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(serde_json::json!({"responseData": {"translatedText": text}, "responseDetails": null, "responseStatus": 200}))
}

async fn calls(server: &MockServer) -> usize {
    let requests = server.received_requests().await.expect("the requests");
    requests
        .iter()
        .filter(|request| request.url.path() == "/translate")
        .count()
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_again() {
    let busy = || ResponseTemplate::new(503).insert_header("retry-after", "0");
    let (server, backend) = false_server(vec![
        busy(),
        ResponseTemplate::new(429),
        translated("La casa"),
    ])
    .await;
    assert_eq!(translate_text(&backend, "The house").await, "La casa");
    assert_eq!(calls(&server).await, 3);

    let (server, backend) = false_server(vec![busy()]).await;
    let error = translate(&backend, Fragment::plain("x"))
        .await
        .expect_err("a busy server");
    assert!(
        matches!(
            error,
            BackendError::Service {
                status: Some(503),
                ..
            }
        ),
        "{error}"
    );
    assert_eq!(calls(&server).await, 3);
}

#[tokio::test]
async fn a_refusal_is_told_in_the_words_of_the_server_and_not_repeated() {
    let refusal = serde_json::json!({"status": "error", "code": 400, "message": "Bad Request", "explanation": "That pair is not installed"});
    let (server, backend) =
        false_server(vec![ResponseTemplate::new(400).set_body_json(refusal)]).await;
    let error = translate(&backend, Fragment::plain("secret words"))
        .await
        .expect_err("a refusal");
    let BackendError::Service {
        status: Some(400),
        detail,
        ..
    } = &error
    else {
        panic!("{error}")
    };
    assert!(
        detail.contains("That pair is not installed") && detail.contains("/translate"),
        "{detail}"
    );
    assert!(!detail.contains("secret"), "{detail}");
    assert_eq!(calls(&server).await, 1);
}

#[tokio::test]
async fn an_answer_that_is_no_translation_is_an_error_of_the_service() {
    let json = |value: serde_json::Value| ResponseTemplate::new(200).set_body_json(value);
    for answer in [
        ResponseTemplate::new(200).set_body_string("<html><body>Sign in</body></html>"),
        ResponseTemplate::new(200),
        json(serde_json::json!({"responseData": {"translatedText": 5}})),
        json(serde_json::json!({"responseData": null, "responseStatus": 200})),
        json(serde_json::json!("x")),
        ResponseTemplate::new(302).insert_header("location", "/elsewhere"),
        ResponseTemplate::new(200).set_body_bytes(vec![b'x'; 5 << 20]),
    ] {
        let (server, backend) = false_server(vec![answer]).await;
        let error = translate(&backend, Fragment::plain("x"))
            .await
            .expect_err("no translation");
        let BackendError::Service { status, detail, .. } = &error else {
            panic!("{error}")
        };
        assert!(status.is_some() && detail.contains("/translate"), "{error}");
        assert_eq!(calls(&server).await, 1);
    }
}

#[tokio::test]
async fn a_long_segment_goes_in_pieces_of_whole_sentences() {
    let (server, backend) = false_server(vec![translated("Uno.")]).await;
    let target = translate_text(&backend, &"One sentence follows. ".repeat(100)).await;
    assert_eq!(target, "Uno. Uno. Uno. ");
    for request in server.received_requests().await.expect("the requests") {
        assert!(request.body.len() < 1200, "{}", request.body.len());
    }
}

#[tokio::test]
async fn a_protected_span_that_gets_lost_fails_its_segment_only() {
    let (_server, backend) = false_server(vec![translated("nada")]).await;
    let mut source = Fragment::plain("Run ");
    source.push_protected(1, "ls");
    let reply = translate(&backend, source).await.expect("an answer");
    assert!(reply.is_err_and(|reason| reason.contains("`ls`")));
}

#[tokio::test]
async fn the_form_is_what_the_server_documents() {
    let (server, backend) = false_server(vec![translated("x")]).await;
    Mock::given(method("POST"))
        .and(body_string_contains(
            "langpair=eng%7Cspa&format=txt&markUnknown=no&q=a+%26+b",
        ))
        .respond_with(translated("a & c"))
        .with_priority(1)
        .mount(&server)
        .await;
    assert_eq!(translate_text(&backend, "a & b").await, "a & c");
}
