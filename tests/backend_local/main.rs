//! The built-in engine, on models that the tests make themselves.
#![cfg(feature = "local")]

mod aligner;
mod broken;
#[path = "../tiny_model/mod.rs"]
mod tiny_model;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Mutex;

use polypost::backend::{Backend, BackendError, Local, LocalOptions, Pair, Reply, Request};
use polypost::unit::{Alignment, Fragment, MarkKind, project};

use tiny_model::{Tiny, english_spanish, german_english};

fn pair(source: &str, target: &str) -> Pair {
    Pair {
        source: source.parse().expect("a tag"),
        target: target.parse().expect("a tag"),
    }
}

fn options(root: &Path, threads: usize) -> LocalOptions {
    LocalOptions {
        folder: Some(root.to_owned()),
        threads: Some(threads),
    }
}

async fn open(root: &Path, source: &str, target: &str) -> Result<Local, BackendError> {
    Local::open(&[pair(source, target)], &options(root, 2)).await
}

/// A backend from English to the toy Spanish, with models of this kind.
async fn toy(tiny: &Tiny) -> Local {
    let root = tempfile::tempdir().expect("a folder");
    tiny.install(root.path(), "en-es");
    open(root.path(), "en", "es").await.expect("a backend")
}

type Replies = BTreeMap<u64, Result<(String, Alignment), String>>;

async fn ask(backend: &Local, pair: &Pair, sources: &[Fragment]) -> Replies {
    let requests: Vec<Request> = sources
        .iter()
        .zip(0..)
        .map(|(source, id)| Request {
            id,
            source: source.clone(),
            ..Request::default()
        })
        .collect();
    let replies = Mutex::new(Replies::new());
    let sink = |id, reply: Result<Reply, String>| {
        let reply = reply.map(|reply| match reply {
            Reply::Plain { text, alignment } => (text, alignment),
            Reply::Tagged(text) => panic!("{text}"),
        });
        let before = replies.lock().expect("the replies").insert(id, reply);
        assert!(before.is_none(), "{id} is answered twice");
    };
    backend
        .translate(pair, &requests, &sink)
        .await
        .expect("the batch");
    replies.into_inner().expect("the replies")
}

async fn translated(backend: &Local, texts: &[&str]) -> Vec<String> {
    let sources: Vec<Fragment> = texts.iter().map(|text| Fragment::plain(*text)).collect();
    ask(backend, &pair("en", "es"), &sources)
        .await
        .into_values()
        .map(|reply| reply.expect("a reply").0)
        .collect()
}

/// A fragment from `the *red* house`: stars stand for a pair of tags, bars for a lone code.
fn marked(text: &str) -> Fragment {
    let mut fragment = Fragment::default();
    let mut code = 0;
    let mut is_open = false;
    for c in text.chars() {
        match c {
            '*' if is_open => {
                fragment.push_mark(MarkKind::Close, code);
                is_open = false;
            }
            '*' => {
                code += 1;
                fragment.push_mark(MarkKind::Open, code);
                is_open = true;
            }
            '|' => {
                code += 1;
                fragment.push_mark(MarkKind::Standalone, code);
            }
            c => fragment.push_char(c),
        }
    }
    fragment
}

/// The translation of a marked text with its codes put back.
async fn projected(backend: &Local, text: &str) -> String {
    let source = marked(text);
    let replies = ask(backend, &pair("en", "es"), std::slice::from_ref(&source)).await;
    let (text, alignment) = replies[&0].clone().expect("a reply");
    project(&source, &text, &alignment).to_tagged()
}

#[tokio::test]
async fn texts_are_translated_whatever_numbers_the_model_is_made_of() {
    for is_int8 in [false, true] {
        let backend = toy(&Tiny {
            is_int8,
            ..english_spanish()
        })
        .await;
        let texts = [
            "The red house.",
            "We see the big door because the red house is here.",
            "the house is really red, xyz",
            "",
            "  ",
            " the house ",
        ];
        assert_eq!(
            translated(&backend, &texts).await,
            [
                "La casa roja.",
                "Nosotros vemos la puerta grande por que la casa roja es aqui.",
                "la casa es roja, xyz",
                "",
                "  ",
                "la casa",
            ],
            "int8: {is_int8}"
        );
    }
}

#[tokio::test]
async fn a_large_batch_gives_what_each_text_alone_gives() {
    let backend = toy(&english_spanish()).await;
    let words = [
        "the", "red", "house", "is", "big", "door", "and", "of", "see", "xy",
    ];
    let texts: Vec<String> = (0..300_usize)
        .map(|seed| {
            let text: Vec<&str> = (0..=seed % 23)
                .map(|at| words[(seed * 7 + at * at + at * seed) % words.len()])
                .collect();
            text.join(" ")
        })
        .collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let together = translated(&backend, &texts).await;
    assert_eq!(together.len(), texts.len());
    for (text, translation) in texts.iter().zip(&together) {
        assert_eq!(
            &translated(&backend, &[text]).await[0],
            translation,
            "{text}"
        );
    }
    // The way of texts with codes gives the same text.
    let with_codes: Vec<Fragment> = texts
        .iter()
        .map(|text| marked(&format!("{text}|")))
        .collect();
    let replies = ask(&backend, &pair("en", "es"), &with_codes).await;
    for (reply, translation) in replies.into_values().zip(&together) {
        assert_eq!(&reply.expect("a reply").0, translation);
    }
}

#[tokio::test]
async fn links_lead_to_the_words_translated() {
    for sharp in [4000.0, 20.0, 10.0] {
        let backend = toy(&Tiny {
            sharp,
            ..english_spanish()
        })
        .await;
        let source = marked("the big door, because of the *red* house");
        let replies = ask(&backend, &pair("en", "es"), std::slice::from_ref(&source)).await;
        let (text, alignment) = replies[&0].clone().expect("a reply");
        assert_eq!(text, "la puerta grande, por que de la casa roja");
        let words: Vec<(&str, &str)> = alignment
            .iter()
            .map(|link| {
                (
                    &source.text()[link.source.clone()],
                    &text[link.target.clone()],
                )
            })
            .collect();
        assert_eq!(
            words,
            [
                ("the", "la"),
                ("door", "puerta"),
                ("big", "grande"),
                (",", ","),
                ("because", "por que"),
                ("of", "de"),
                ("the", "la"),
                ("house", "casa"),
                ("red", "roja"),
            ],
            "sharp {sharp}"
        );
    }
}

#[tokio::test]
async fn codes_go_with_their_words() {
    let backend = toy(&english_spanish()).await;
    for (source, target) in [
        ("the *red* *house*", "la <g2>casa</g2> <g1>roja</g1>"),
        ("*the red house* is here", "<g1>la casa roja</g1> es aqui"),
        ("the red *house* is big", "la <g1>casa</g1> roja es grande"),
        ("see the *big* door.", "vemos la puerta <g1>grande</g1>."),
        ("we see| the house", "nosotros vemos<x1/> la casa"),
    ] {
        assert_eq!(projected(&backend, source).await, target);
    }
}

#[tokio::test]
async fn bytes_become_characters_and_what_only_looks_like_bytes_stays() {
    let backend = toy(&english_spanish()).await;
    let texts = ["the ⟦house⟧ 🏠", "the <0xE2><0x9F> house", "the \u{1}house"];
    assert_eq!(
        translated(&backend, &texts).await,
        ["la ⟦house⟧ 🏠", "la <0xE2><0x9F> casa", "la house"]
    );
    assert_eq!(
        projected(&backend, "the *⟦🏠⟧* red house").await,
        "la <g1>⟦🏠⟧</g1> casa roja"
    );
    let without = toy(&Tiny {
        has_bytes: false,
        ..english_spanish()
    })
    .await;
    assert_eq!(translated(&without, &["the house 🏠"]).await, ["la casa"]);
}

#[tokio::test]
async fn links_lead_to_the_text_as_it_was_before_it_was_normalised() {
    let tiny = Tiny {
        charsmap: vec![
            ("\u{a0}", " "),
            ("\u{ad}", ""),
            ("ﬀ", "ff"),
            ("…", "..."),
            ("e\u{301}", "é"),
        ],
        characters: "é",
        ..english_spanish()
    };
    let backend = toy(&tiny).await;
    for (source, target) in [
        ("the\u{a0}*red*\u{a0}house", "la casa <g1>roja</g1>"),
        ("the *re\u{ad}d* ho\u{ad}use", "la casa <g1>roja</g1>"),
        ("xﬀ the *red*  house…", "xff la casa <g1>roja</g1>..."),
        ("cafe\u{301} the *house*", "café la <g1>casa</g1>"),
    ] {
        assert_eq!(projected(&backend, source).await, target);
    }
}

#[tokio::test]
async fn long_texts_are_cut_and_joined_with_their_spaces() {
    let backend = toy(&english_spanish()).await;
    let long = format!("{}the big house.", "the red house is here, ".repeat(60));
    let expected = format!("{}la casa grande.", "la casa roja es aqui, ".repeat(60));
    assert_eq!(translated(&backend, &[&long]).await[0], expected);
    let source = marked(&format!("{long} *red*"));
    let replies = ask(&backend, &pair("en", "es"), std::slice::from_ref(&source)).await;
    let (text, alignment) = replies[&0].clone().expect("a reply");
    assert_eq!(text, format!("{expected} roja"));
    let target = project(&source, &text, &alignment).to_tagged();
    assert!(
        target.ends_with("la casa grande. <g1>roja</g1>"),
        "{target}"
    );
    // A word without end is cut as well, and nothing of it is lost.
    let endless = "x".repeat(1000);
    assert_eq!(translated(&backend, &[&endless]).await[0], endless);
    // Lines of preformatted text stay lines.
    assert_eq!(
        translated(&backend, &["the house\n\n  the red\nhouse"]).await,
        ["la casa\n\n  la roja\ncasa"]
    );
}

#[tokio::test]
async fn a_pair_without_a_model_goes_by_english() {
    let root = tempfile::tempdir().expect("a folder");
    english_spanish().install(root.path(), "en-es");
    german_english().install(root.path(), "de-en");
    let backend = open(root.path(), "de-AT", "es").await.expect("a backend");
    let wanted = pair("de-AT", "es");
    let source = marked("das *rote* haus ist *hier*");
    let plain = Fragment::plain("ein rote haus");
    let replies = ask(&backend, &wanted, &[source.clone(), plain]).await;
    let (text, alignment) = replies[&0].clone().expect("a reply");
    assert_eq!(
        project(&source, &text, &alignment).to_tagged(),
        "la casa <g1>roja</g1> es <g2>aqui</g2>"
    );
    assert_eq!(replies[&1].clone().expect("a reply").0, "una casa roja");
}

#[tokio::test]
async fn a_missing_model_is_told_with_what_gets_it() {
    let root = tempfile::tempdir().expect("a folder");
    english_spanish().install(root.path(), "en-es");
    for (source, target, wanted) in [
        ("en", "de", "en-de"),
        ("en-GB", "zh-TW", "en-zh-Hant"),
        ("de", "es", "de-en"),
        ("de", "fr", "de-en en-fr"),
    ] {
        let failed = open(root.path(), source, target).await.map(drop);
        let Err(BackendError::Models(polypost::backend::models::ModelError::Missing {
            get,
            installed,
            ..
        })) = failed
        else {
            panic!("{failed:?}")
        };
        assert_eq!(get.join(" "), wanted);
        assert_eq!(installed, ["en-es"]);
    }
    let same = open(root.path(), "en", "en-GB").await.map(drop);
    assert!(
        matches!(same, Err(BackendError::UnsupportedPair { .. })),
        "{same:?}"
    );
}

#[tokio::test]
async fn what_nobody_waits_for_is_not_translated() {
    let backend = toy(&english_spanish()).await;
    let wanted = pair("en", "es");
    let requests: Vec<Request> = (0..1000)
        .map(|id| Request {
            id,
            source: marked("the *red* house is here because the big door is here"),
            ..Request::default()
        })
        .collect();
    let count = std::sync::atomic::AtomicUsize::new(0);
    let sink = |_, _: Result<Reply, String>| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let cancelled = tokio::time::timeout(
        std::time::Duration::from_millis(30),
        backend.translate(&wanted, &requests, &sink),
    )
    .await;
    assert!(cancelled.is_err(), "it was too fast to be cancelled");
    // The thread is free at once for others.
    let start = std::time::Instant::now();
    assert_eq!(translated(&backend, &["the house"]).await, ["la casa"]);
    assert!(start.elapsed() < std::time::Duration::from_millis(500));
}
