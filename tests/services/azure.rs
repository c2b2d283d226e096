//! Azure Translator: plain text with an alignment, and HTML.

use polypost::backend::{BackendError, Options, Remedy, Reply};
use serde_json::json;

use crate::contract::{Answer, KEY, Vendor, pair};
use crate::use_of::{ask, requests, translated};

const VENDOR: Vendor = Vendor::Azure;

const TEXT: &str = "See <g1>the <g2>old</g2> house</g1> & 😀 {4:ls} now";

#[tokio::test]
async fn codes_are_put_back_by_alignment() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let asked = requests(&["The red garden", TEXT]);
    let replies = translated(&*backend, &pair("en", "de"), &asked).await;
    assert_eq!(replies[0], "GARDEN RED THE");
    assert_eq!(
        replies[1],
        "NOW <x4/> 😀 &amp; <g1>HOUSE <g2>OLD</g2> THE</g1> SEE"
    );
    let posts = server.posts();
    let post = &posts[0];
    assert_eq!(posts.len(), 1);
    assert_eq!(post.header("ocp-apim-subscription-key"), Some(KEY));
    for (name, value) in [
        ("from", "en"),
        ("to", "de"),
        ("textType", "plain"),
        ("includeAlignment", "true"),
    ] {
        assert_eq!(post.query(name), Some(value));
    }
    assert_eq!(
        post.json()[1],
        json!({"Text": "See the old house & 😀 ls now"})
    );
    // Which languages there are is no secret.
    let seen = server.seen();
    let lists: Vec<_> = seen.iter().filter(|one| one.method == "GET").collect();
    assert!(
        lists
            .iter()
            .all(|one| one.header("ocp-apim-subscription-key").is_none())
    );
}

#[tokio::test]
async fn html_is_sent_where_there_is_no_alignment_and_where_it_is_wanted() {
    let server = VENDOR.start();
    let options = Options {
        markup: Some("html".to_owned()),
        category: Some("house-style".to_owned()),
        ..VENDOR.options(&server.url)
    };
    let html = VENDOR.open_with(&options).await.expect("a backend");
    let usual = VENDOR.open(&server).await;
    let mut again = requests(&[TEXT]);
    again[0].problem = Some("the answer is empty".to_owned());
    let wanted = "NOW <x4/> 😀 &amp; <g1>THE <g2>OLD</g2> HOUSE</g1> SEE";
    for (backend, target, asked) in [
        (&html, pair("en", "de"), requests(&[TEXT])),
        (&html, pair("en", "de"), again.clone()),
        (&usual, pair("en", "de"), again),
        (&usual, pair("de", "fr"), requests(&[TEXT])),
    ] {
        assert_eq!(translated(&**backend, &target, &asked).await, [wanted]);
    }
    let posts = server.posts();
    assert!(
        posts
            .iter()
            .all(|post| post.query("textType") == Some("html"))
    );
    assert!(
        posts
            .iter()
            .all(|post| post.query("includeAlignment").is_none())
    );
    assert_eq!(posts[0].query("category"), Some("house-style"));
    let sent = posts[0].json()[0]["Text"]
        .as_str()
        .expect("a text")
        .to_owned();
    assert!(sent.starts_with("<div>See <span id=\"1\">the"), "{sent}");
    assert!(
        posts[1].json()[0]["Text"]
            .as_str()
            .expect("a text")
            .contains("<a id=\"1\">")
    );

    let options = Options {
        markup: Some("xml".to_owned()),
        ..options
    };
    let error = VENDOR.open_with(&options).await.map(|_| ());
    assert!(
        matches!(error, Err(BackendError::Option { key: "markup", .. })),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_alignment_that_does_not_fit_is_none() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    for proj in ["0:2-0:900", "0:2", ""] {
        server.fault(move |mut answer| {
            answer.body = json!([{"translations": [{"to": "de", "text": "EINS ZWEI", "alignment": {"proj": proj}}]}])
                .to_string()
                .into_bytes();
            answer
        });
        let replies = ask(
            &*backend,
            &pair("en", "de"),
            &requests(&["<g1>one</g1> two"]),
        )
        .await;
        let plain = Reply::Plain {
            text: "EINS ZWEI".to_owned(),
            alignment: Vec::new(),
        };
        assert_eq!(replies, Ok(vec![Some(Ok(plain))]));
    }
}

#[tokio::test]
async fn characters_count_as_the_service_counts_them() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let limits = backend.limits();
    assert_eq!((limits.segments, limits.characters), (1000, 50_000));
    let long = "😀".repeat(25_000);
    let asked = requests(&[&long]);
    // `de` to `fr` of the run has no alignment, so texts may be sent as HTML.
    let wrapper = "<div></div>".len();
    assert_eq!(backend.measure(&asked[0]).characters, 50_000 + wrapper);
    translated(&*backend, &pair("en", "de"), &asked).await;
    let asked = requests(&[&long, "x"]);
    let error = ask(&*backend, &pair("en", "de"), &asked)
        .await
        .expect_err("too long");
    assert!(matches!(error, BackendError::TooLarge { .. }), "{error}");
    let many = requests(&vec!["x"; 1001]);
    let error = ask(&*backend, &pair("en", "de"), &many)
        .await
        .expect_err("too many");
    assert_eq!(error.remedy(), Remedy::Split);
}

#[tokio::test]
async fn every_documented_error_has_its_remedy() {
    let server = VENDOR.start();
    let backend = VENDOR.open(&server).await;
    let asked = requests(&["A text of the article"]);
    let minute = std::time::Duration::from_mins(1);
    for (code, remedy) in [
        (400_000, Remedy::Split),
        (400_035, Remedy::Stop),
        (400_036, Remedy::Stop),
        (400_050, Remedy::Split),
        (400_072, Remedy::Split),
        (400_077, Remedy::Split),
        (401_000, Remedy::Stop),
        (403_001, Remedy::Stop),
        (408_001, Remedy::Wait(Some(minute))),
        (429_000, Remedy::Wait(None)),
        (429_001, Remedy::Wait(None)),
        (429_002, Remedy::Wait(None)),
        (500_000, Remedy::Wait(None)),
        (503_000, Remedy::Wait(None)),
    ] {
        let status = u16::try_from(code / 1000).expect("a status");
        let body = json!({"error": {"code": code, "message": "In its own words."}});
        server.fault(move |_| Answer::json(status, &body));
        let error = ask(&*backend, &pair("en", "de"), &asked)
            .await
            .expect_err("an error");
        assert_eq!(error.remedy(), remedy, "{code} {error:?}");
        let is_refusal = matches!(error, BackendError::Refused { .. });
        assert_eq!(is_refusal, [401_000, 403_001].contains(&code), "{error:?}");
        let is_too_large = matches!(error, BackendError::TooLarge { .. });
        assert_eq!(
            is_too_large,
            [400_050, 400_072, 400_077].contains(&code),
            "{error:?}"
        );
        assert!(error.to_string().contains("In its own words."), "{error}");
    }
}
