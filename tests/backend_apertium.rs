//! The real engine, as a program. Where it is not installed, the tests say so and end.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::Path;
use std::sync::Mutex;

use polypost::backend::{
    Apertium, Backend, BackendError, Entry, OptionsByBackend, Pair, Pairs, Reply, Request,
    default_for, survey,
};
use polypost::unit::{Alignment, Fragment, MarkKind};

fn pair(source: &str, target: &str) -> Pair {
    Pair {
        source: source.parse().expect("a tag"),
        target: target.parse().expect("a tag"),
    }
}

fn english_spanish() -> Pair {
    pair("en", "es")
}

/// The backend, or nothing where this machine lacks it.
async fn apertium() -> Option<Apertium> {
    match Apertium::open(&[english_spanish()]).await {
        Ok(backend) => Some(backend),
        Err(error) => {
            eprintln!("skipped: {error}");
            None
        }
    }
}

async fn translate(
    backend: &Apertium,
    sources: Vec<Fragment>,
) -> Vec<Result<(String, Alignment), String>> {
    let requests: Vec<_> = sources
        .into_iter()
        .zip(0..)
        .map(|(source, id)| Request {
            id,
            source,
            ..Request::default()
        })
        .collect();
    let replies = Mutex::new(vec![None; requests.len()]);
    let sink = |id: u64, reply: Result<Reply, String>| {
        let index = usize::try_from(id).expect("an index");
        let before = replies.lock().expect("the replies")[index].replace(reply);
        assert_eq!(before, None, "a second reply to {id}");
    };
    backend
        .translate(&english_spanish(), &requests, &sink)
        .await
        .expect("a translation");
    replies
        .into_inner()
        .expect("the replies")
        .into_iter()
        .map(|reply| match reply.expect("a reply to every request")? {
            Reply::Plain { text, alignment } => Ok((text, alignment)),
            Reply::Tagged(text) => panic!("tagged: {text}"),
        })
        .collect()
}

async fn translate_texts(backend: &Apertium, texts: &[&str]) -> Vec<String> {
    let sources = texts.iter().map(|text| Fragment::plain(*text)).collect();
    translate(backend, sources)
        .await
        .into_iter()
        .map(|reply| reply.expect("a translation").0)
        .collect()
}

/// A fragment from text in which `<1>…</1>` is a pair, `<2/>` stands alone and `{…}` is protected.
fn fragment(text: &str) -> Fragment {
    let mut fragment = Fragment::default();
    let mut rest = text;
    let mut protected = 100;
    while let Some(at) = rest.find(['<', '{']) {
        fragment.push_text(&rest[..at]);
        let (open, close) = if rest[at..].starts_with('{') {
            ('{', '}')
        } else {
            ('<', '>')
        };
        let end = at + rest[at..].find(close).expect("an end");
        let inner = rest[at..end].trim_start_matches(open);
        rest = &rest[end + 1..];
        let number = |text: &str| text.parse().expect("a number");
        if open == '{' {
            protected += 1;
            fragment.push_protected(protected, inner);
        } else if let Some(code) = inner.strip_prefix('/') {
            fragment.push_mark(MarkKind::Close, number(code));
        } else if let Some(code) = inner.strip_suffix('/') {
            fragment.push_mark(MarkKind::Standalone, number(code));
        } else {
            fragment.push_mark(MarkKind::Open, number(inner));
        }
    }
    fragment.push_text(rest);
    fragment
}

/// The alignment as pairs of texts, in the order of the target.
fn links<'a>(source: &'a Fragment, reply: &'a (String, Alignment)) -> Vec<(&'a str, &'a str)> {
    let mut links: Vec<_> = reply.1.iter().collect();
    links.sort_by_key(|link| link.target.start);
    links
        .into_iter()
        .map(|link| {
            (
                &source.text()[link.source.clone()],
                &reply.0[link.target.clone()],
            )
        })
        .collect()
}

#[tokio::test]
async fn codes_can_follow_their_words() {
    let Some(backend) = apertium().await else {
        return;
    };
    let source = fragment("The <1>red</1> <2>house</2>");
    let reply = translate(&backend, vec![source.clone()])
        .await
        .remove(0)
        .expect("a translation");
    assert_eq!(reply.0, "La casa roja");
    assert_eq!(
        links(&source, &reply),
        [("The", "La"), ("house", "casa"), ("red", "roja")]
    );
}

#[tokio::test]
async fn a_multiword_is_found_within_a_code_and_outside_of_codes() {
    let Some(backend) = apertium().await else {
        return;
    };
    let source = fragment("<1>In order to</1> win");
    let plain = fragment("In order to win");
    let replies = translate(&backend, vec![source.clone(), plain]).await;
    let reply = replies[0].clone().expect("a translation");
    assert_eq!(reply.0, "Para ganar");
    assert_eq!(
        links(&source, &reply),
        [("In order to", "Para"), ("win", "ganar")]
    );
    assert_eq!(replies[1], Ok(("Para ganar".to_owned(), Vec::new())));
}

#[tokio::test]
async fn a_code_inside_of_a_word_does_not_break_the_word() {
    let Some(backend) = apertium().await else {
        return;
    };
    let source = fragment("The ho<1>us</1>e is red");
    let reply = translate(&backend, vec![source.clone()])
        .await
        .remove(0)
        .expect("a translation");
    assert_eq!(reply.0, "La casa es roja");
    assert!(
        links(&source, &reply).contains(&("house", "casa")),
        "{:?}",
        links(&source, &reply)
    );
}

#[tokio::test]
async fn a_symbol_keeps_its_link() {
    let Some(backend) = apertium().await else {
        return;
    };
    let source = fragment("The FOOBAR<1>®</1> house, <2>now</2>!");
    let reply = translate(&backend, vec![source.clone()])
        .await
        .remove(0)
        .expect("a translation");
    assert!(links(&source, &reply).contains(&("®", "®")), "{reply:?}");
}

#[tokio::test]
async fn protected_spans_come_back_verbatim_and_linked() {
    let Some(backend) = apertium().await else {
        return;
    };
    let source =
        fragment("Use {ls -l /[x]} or <1>{http://a.b/?c=d&e}</1> to list the red {*\\house*}.");
    let reply = translate(&backend, vec![source.clone()])
        .await
        .remove(0)
        .expect("a translation");
    for span in ["ls -l /[x]", "http://a.b/?c=d&e", "*\\house*"] {
        assert_eq!(reply.0.matches(span).count(), 1, "{}", reply.0);
        assert!(links(&source, &reply).contains(&(span, span)), "{reply:?}");
    }
    assert!(reply.0.contains("para listar"), "{}", reply.0);
}

#[tokio::test]
async fn only_a_protected_span_stays_as_it_is() {
    let Some(backend) = apertium().await else {
        return;
    };
    let replies = translate(
        &backend,
        vec![fragment(" {a b} "), fragment("<1>{x}</1>{y}")],
    )
    .await;
    assert_eq!(
        replies[0].as_ref().map(|reply| reply.0.as_str()),
        Ok(" a b ")
    );
    assert_eq!(replies[1].as_ref().map(|reply| reply.0.as_str()), Ok("xy"));
}

#[tokio::test]
async fn special_characters_of_the_stream_format_survive() {
    let Some(backend) = apertium().await else {
        return;
    };
    let texts = [
        r"[a] ^b$ {c} c/d @e \f #g *h* ~i <j> &k; [[1]]x[[/]] \] [ ]]",
        "&amp; <b>not a tag</b> &#8217; \"q\" 'r'",
        "<p id=\"1\">",
        "[]",
        ".[]",
        "[1]",
        "^x/y<n>$",
        "\\",
        "\\\\",
        "~~~",
        "***",
        "[[/]]",
        "😀 👩‍💻 ❤️ 🇪🇸",
    ];
    let marks = |text: &str| {
        text.chars()
            .filter(|c| !c.is_alphanumeric() && !c.is_whitespace())
            .collect::<String>()
    };
    for (text, target) in texts.iter().zip(translate_texts(&backend, &texts).await) {
        assert_eq!(marks(text), marks(&target), "{text:?} -> {target:?}");
    }
}

#[tokio::test]
async fn white_space_is_as_in_the_source() {
    let Some(backend) = apertium().await else {
        return;
    };
    let texts = [
        "",
        " ",
        "\n\t",
        " red ",
        "\u{a0}The red\u{a0}house\n",
        "the house\n  the dog",
        "100\u{202f}000 €",
        "The cat and they don't",
        "red\r\n\r\nhouse",
    ];
    let targets = translate_texts(&backend, &texts).await;
    assert_eq!(targets[..4], ["", " ", "\n\t", " rojo "]);
    assert_eq!(targets[4], "\u{a0}La casa\u{a0}roja\n");
    assert_eq!(targets[5], "la casa\n  el perro");
    assert_eq!(targets[6], "100\u{202f}000 €");
    assert!(
        !targets[7].contains("  ") && targets[7].trim() == targets[7],
        "{:?}",
        targets[7]
    );
    assert!(targets[8].contains("\r\n\r\n"), "{:?}", targets[8]);
}

#[tokio::test]
async fn invisible_characters_do_not_cut_words() {
    let Some(backend) = apertium().await else {
        return;
    };
    let targets = translate_texts(
        &backend,
        &[
            "The red hou\u{ad}se",
            "The \u{2060}red\u{200b} house\u{feff}",
            "nul\0l house",
        ],
    )
    .await;
    assert_eq!(targets[..2], ["La casa roja", "La casa roja"]);
    assert!(!targets[2].contains('\0'));
}

#[tokio::test]
async fn the_end_of_a_sentence_is_that_of_the_source() {
    let Some(backend) = apertium().await else {
        return;
    };
    let texts = [
        "The house",
        "The house.",
        "The house…",
        "Wait...",
        "Is it red?",
        "The U.S.",
        "(The end.)",
        "The house:",
        ".",
    ];
    let ends: Vec<_> = texts
        .iter()
        .map(|text| text.trim_start_matches(|c: char| c.is_alphanumeric() || c == ' ' || c == '('))
        .collect();
    for ((text, end), target) in texts
        .iter()
        .zip(ends)
        .zip(translate_texts(&backend, &texts).await)
    {
        if *text == "The U.S." {
            assert_eq!(target, "Los EE.UU.");
        } else {
            assert!(
                target.ends_with(end) && !target.ends_with(&format!(".{end}")),
                "{text:?} -> {target:?}"
            );
        }
    }
}

#[tokio::test]
async fn many_segments_come_back_each_to_its_own() {
    let Some(backend) = apertium().await else {
        return;
    };
    let texts: Vec<_> = (0..250)
        .map(|number| format!("The house number {number} is red."))
        .collect();
    let texts: Vec<_> = texts.iter().map(String::as_str).collect();
    for (number, target) in translate_texts(&backend, &texts).await.iter().enumerate() {
        assert!(
            target.contains(&format!(" {number} ")),
            "{number}: {target}"
        );
        assert!(target.contains("casa"), "{target}");
    }
}

#[tokio::test]
async fn a_very_long_segment_comes_back_whole() {
    let Some(backend) = apertium().await else {
        return;
    };
    let text = "The red house is big. ".repeat(2000);
    let targets = translate_texts(&backend, &[&text, "The dog"]).await;
    assert_eq!(targets[0].matches("La casa roja es grande.").count(), 2000);
    assert_eq!(targets[1], "El perro");
}

#[tokio::test]
async fn unknown_words_are_not_marked() {
    let Some(backend) = apertium().await else {
        return;
    };
    assert_eq!(
        translate_texts(&backend, &["The xyzzy"]).await,
        ["El xyzzy"]
    );
}

#[tokio::test]
async fn a_pair_that_is_not_installed_is_refused_with_those_that_are() {
    if apertium().await.is_none() {
        return;
    }
    let wanted = [english_spanish(), pair("en", "tlh")];
    let error = Apertium::open(&wanted)
        .await
        .map(|_| ())
        .expect_err("no Klingon");
    let BackendError::UnsupportedPair {
        from,
        to,
        supported,
        ..
    } = &error
    else {
        panic!("{error}")
    };
    assert_eq!((from.as_str(), to.as_str()), ("en", "tlh"));
    assert!(supported.contains(&"eng-spa".to_owned()), "{supported:?}");
    let models = Some(Path::new("/no/models"));
    let default = default_for(&wanted, models).await;
    assert!(
        matches!(
            &default,
            Err(BackendError::Models(_) | BackendError::NotBuilt { .. })
        ),
        "{default:?}"
    );
    let default = default_for(&[english_spanish()], models)
        .await
        .expect("a default");
    assert_eq!(default.to_string(), "apertium");
}

#[tokio::test]
async fn the_survey_lists_the_installed_pairs() {
    if apertium().await.is_none() {
        return;
    }
    let entries = survey(&OptionsByBackend::new(), None).await;
    let Entry {
        pairs: Ok(Pairs::Listed(pairs)),
        ..
    } = &entries[1]
    else {
        panic!("{entries:?}")
    };
    assert!(pairs.contains(&"eng-spa".to_owned()), "{pairs:?}");
}
