//! `DeepL`'s own glossaries, made of the run's: once, found again by their names, and never by a
//! run that only counts.

use polypost::backend::{Backend, BackendError, Options, Pair, Terms};
use serde_json::{Value, json};

use crate::contract::{Answer, KEY, Request, Server, Vendor, pair};
use crate::deepl::validate_as;
use crate::env::{Output, TestEnv, content_of, post};
use crate::use_of::{requests, translated};

const VENDOR: Vendor = Vendor::Deepl;

fn terms(pair: &Pair, entries: &[(&str, &str)]) -> Terms {
    let owned = |(source, target): &(&str, &str)| ((*source).to_owned(), (*target).to_owned());
    Terms {
        pair: pair.clone(),
        entries: entries.iter().map(owned).collect(),
    }
}

async fn opened(server: &Server, terms: &[Terms]) -> Result<Box<dyn Backend>, BackendError> {
    let pairs = ["de", "es", "pt-BR", "th"].map(|target| pair("en", target));
    let options = VENDOR.options(&server.url);
    let mut backend = VENDOR.open_for(&pairs, &options).await.expect("a backend");
    backend.use_glossary(terms).await?;
    Ok(backend)
}

/// The glossaries that were made.
fn made(server: &Server) -> Vec<Value> {
    let posts = server.posts().into_iter();
    let made = posts.filter(|post| post.path == "/v3/glossaries");
    made.map(|post| post.json()).collect()
}

/// The requests for translations.
fn asked(server: &Server) -> Vec<Request> {
    let mut posts = server.posts();
    posts.retain(|post| post.path == "/v2/translate");
    posts
}

#[tokio::test]
async fn a_glossary_is_made_once_for_each_pair_and_used() {
    let server = VENDOR.start();
    let (de, pt) = (pair("en", "de"), pair("en", "pt-BR"));
    let all = [
        terms(&de, &[("garden", "Garten"), ("old house", "Altbau")]),
        terms(&pt, &[("garden", "jardim")]),
    ];
    let backend = opened(&server, &all).await.expect("a backend");
    let bodies = made(&server);
    assert_eq!(bodies.len(), 2);
    for body in &bodies {
        validate_as("v3~1glossaries", body);
    }
    assert_eq!(
        bodies[0]["dictionaries"],
        json!([{"source_lang": "en", "target_lang": "de",
                "entries": "garden\tGarten\nold house\tAltbau", "entries_format": "tsv"}])
    );
    assert_eq!(bodies[1]["dictionaries"][0]["target_lang"], "pt");
    let text = requests(&["The red garden"]);
    assert_eq!(translated(&*backend, &de, &text).await, ["Garten RED THE"]);
    assert_eq!(translated(&*backend, &pt, &text).await, ["jardim RED THE"]);
    assert_eq!(
        translated(&*backend, &pair("en", "es"), &text).await,
        ["GARDEN RED THE"]
    );
    let ids: Vec<Value> = asked(&server)
        .iter()
        .map(|post| {
            validate_as("v2~1translate", &post.json());
            post.json()["glossary_id"].clone()
        })
        .collect();
    assert_eq!(ids, [json!("glossary-1"), json!("glossary-2"), json!(null)]);

    // What replies depend on is the glossary of their own pair.
    let key = |pair: &Pair| backend.glossary_key(pair, &text[0]);
    assert!(key(&de).is_some() && key(&de) != key(&pt));
    assert_eq!(key(&pair("en", "es")), None);

    // In another order it is the same; with another term it is not.
    let turned = [terms(&de, &[("old house", "Altbau"), ("garden", "Garten")])];
    opened(&server, &turned).await.expect("a backend");
    assert_eq!(made(&server).len(), 2);
    opened(&server, &[terms(&de, &[("garden", "Gärten")])])
        .await
        .expect("a backend");
    assert_eq!(made(&server).len(), 3);
}

#[tokio::test]
async fn nothing_is_made_where_nothing_can_be_used() {
    let server = VENDOR.start();
    let none = [
        terms(&pair("en", "de"), &[]),
        terms(&pair("en", "th"), &[("garden", "สวน")]),
    ];
    opened(&server, &none).await.expect("a backend");
    assert!(server.seen().iter().all(|one| one.path != "/v3/glossaries"));
}

#[tokio::test]
async fn the_glossary_of_the_settings_comes_first() {
    let server = VENDOR.start();
    let options = Options {
        glossary: Some("mine".to_owned()),
        ..VENDOR.options(&server.url)
    };
    let de = pair("en", "de");
    let mut backend = VENDOR.open_with(&options).await.expect("a backend");
    let own = [terms(&de, &[("garden", "Garten")])];
    backend.use_glossary(&own).await.expect("nothing to do");
    assert!(made(&server).is_empty());
    let text = requests(&["The garden"]);
    assert_eq!(backend.glossary_key(&de, &text[0]), None);
    translated(&*backend, &de, &text).await;
    assert_eq!(asked(&server)[0].json()["glossary_id"], "mine");
}

#[tokio::test]
async fn every_error_says_what_it_is_about() {
    let de = [terms(&pair("en", "de"), &[("garden", "Garten")])];
    for (status, message) in [
        (400, "Invalid glossary entries provided"),
        (400, "Too many glossaries."),
        (404, "Not found"),
        (413, "Request size exceeds the limit"),
    ] {
        let server = VENDOR.start();
        server.fault(move |_| Answer::json(status, &json!({ "message": message })));
        let error = opened(&server, &de).await.map(|_| ()).expect_err("refused");
        let BackendError::Glossary {
            from, to, detail, ..
        } = &error
        else {
            panic!("{status}: {error:?}");
        };
        assert_eq!([from.as_str(), to], ["en", "de"]);
        assert!(detail.contains(message), "{error}");
    }
    for (status, is_refusal) in [(403, true), (456, true), (429, false), (503, false)] {
        let server = VENDOR.start();
        server.fault(move |_| Answer::json(status, &json!({"message": "no"})));
        let error = opened(&server, &de).await.map(|_| ()).expect_err("refused");
        let is_refused = matches!(error, BackendError::Refused { .. });
        assert_eq!(is_refused, is_refusal, "{status}: {error:?}");
        assert!(!matches!(error, BackendError::Glossary { .. }), "{error:?}");
    }
}

fn project(server: &Server) -> TestEnv {
    let env = TestEnv::new();
    env.write("post.json", post("A title", "<p>The <b>old</b> garden</p>"));
    env.write("terms.csv", "en,de\ngarden,Garten\n");
    env.write(
        "polypost.toml",
        format!(
            "source = \"en\"\ntargets = [\"de\"]\nbackend = \"deepl\"\nglossary = [\"*.csv\"]\n\
             [backends.deepl]\nurl = \"{}\"\n",
            server.url
        ),
    );
    env
}

fn run(env: &TestEnv, arguments: &str) -> Output {
    let run = env.run(&format!("translate post.json {arguments}"));
    run.env(VENDOR.variable(), KEY).go()
}

#[test]
fn a_run_makes_its_glossary_and_the_next_one_finds_it() {
    let server = VENDOR.start();
    let env = project(&server);
    run(&env, "--dry-run").ok();
    assert_eq!(server.seen().len(), 0, "a run that counts asks nothing");
    let output = run(&env, "").ok();
    assert!(!output.stderr.contains("glossary"), "{output}");
    let content = content_of(&env.read("de/post.json"));
    assert_eq!(content, "<p>Garten <b>OLD</b> THE</p>");
    assert_eq!((made(&server).len(), asked(&server).len()), (1, 1));

    // Nothing is paid twice.
    run(&env, "").ok();
    assert_eq!((made(&server).len(), asked(&server).len()), (1, 1));

    // Another glossary gives other answers.
    env.write("terms.csv", "en,de\ngarden,Park\n");
    run(&env, "--retranslate machine").ok();
    assert_eq!((made(&server).len(), asked(&server).len()), (2, 2));
    let content = content_of(&env.read("de/post.json"));
    assert_eq!(content, "<p>Park <b>OLD</b> THE</p>");
}

#[test]
fn a_glossary_that_is_refused_ends_the_run_before_any_text_is_sent() {
    for (status, message, code, said) in [
        (
            400,
            "Invalid glossary entries provided",
            2,
            "does not take the glossary",
        ),
        (456, "Quota exceeded", 4, "quota"),
    ] {
        let server = VENDOR.start();
        let env = project(&server);
        server.fault(move |_| Answer::json(status, &json!({ "message": message })));
        let output = run(&env, "").exits(code);
        assert!(output.stderr.contains(said), "{output}");
        assert!(output.stderr.contains(message), "{output}");
        assert!(asked(&server).is_empty());
        assert!(!env.visible_files().contains(&"de/post.json".to_owned()));
    }
}
