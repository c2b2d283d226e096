//! Alignments for translations that the engine has not made.

use std::path::Path;
use std::time::{Duration, Instant};

use polypost::backend::{Aligner, LocalAligner};
use polypost::unit::{Alignment, Fragment, project};

use crate::tiny_model::{Tiny, container, english_spanish, german_english};
use crate::{ask, marked, open, options, pair};

fn installed(tiny: &Tiny) -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    tiny.install(root.path(), "en-es");
    root
}

fn aligner(root: &Path, threads: usize) -> LocalAligner {
    LocalAligner::open(&[pair("en", "es")], &options(root, threads)).expect("an aligner")
}

async fn align(aligner: &LocalAligner, texts: &[(&str, &str)]) -> Vec<Option<Alignment>> {
    let alignments = aligner.align(&pair("en", "es"), texts).await;
    assert_eq!(alignments.len(), texts.len());
    alignments
}

async fn align_one(aligner: &LocalAligner, source: &str, target: &str) -> Option<Alignment> {
    align(aligner, &[(source, target)]).await.remove(0)
}

/// The words that an alignment links.
fn words<'t>(source: &'t str, target: &'t str, alignment: &Alignment) -> Vec<(&'t str, &'t str)> {
    alignment
        .iter()
        .map(|link| (&source[link.source.clone()], &target[link.target.clone()]))
        .collect()
}

/// Texts of which the vocabulary makes the same tokens again of what the engine puts out.
fn sources() -> Vec<String> {
    let words = [
        "the",
        "red",
        "house",
        "is",
        "big",
        "door",
        "and",
        "of",
        "see",
        "xy",
        "⟦🏠⟧",
        "because",
    ];
    (0..40_usize)
        .map(|seed| {
            let text: Vec<&str> = (0..=seed % 23)
                .map(|at| words[(seed * 7 + at * at + at * seed) % words.len()])
                .collect();
            format!("{}.", text.join(" "))
        })
        .collect()
}

#[tokio::test]
async fn what_the_engine_puts_out_is_aligned_as_the_engine_does() {
    for is_int8 in [false, true] {
        for sharp in [4000.0, 10.0, 5.0] {
            let root = installed(&Tiny {
                sharp,
                is_int8,
                ..english_spanish()
            });
            let backend = open(root.path(), "en", "es").await.expect("a backend");
            let sources = sources();
            let with_codes: Vec<Fragment> = sources
                .iter()
                .map(|text| marked(&format!("{text}|")))
                .collect();
            let replies = ask(&backend, &pair("en", "es"), &with_codes).await;
            let replies: Vec<(String, Alignment)> = replies
                .into_values()
                .map(|reply| reply.expect("a reply"))
                .collect();
            let texts: Vec<(&str, &str)> = sources
                .iter()
                .zip(&replies)
                .map(|(source, (target, _))| (source.as_str(), target.as_str()))
                .collect();
            let alignments = align(&aligner(root.path(), 2), &texts).await;
            for (alignment, ((_, expected), text)) in
                alignments.iter().zip(replies.iter().zip(&texts))
            {
                assert_eq!(
                    alignment.as_ref(),
                    Some(expected),
                    "{text:?} sharp {sharp} int8 {is_int8}"
                );
            }
        }
    }
}

/// The words that are linked where the translation of a text is this.
async fn linked(source: &str, target: &str) -> Option<String> {
    let root = installed(&english_spanish());
    let alignment = align_one(&aligner(root.path(), 1), source, target).await?;
    let words = words(source, target, &alignment);
    let words = words.iter().map(|(one, other)| format!("{one}={other}"));
    Some(words.collect::<Vec<_>>().join(" "))
}

#[tokio::test]
async fn another_word_in_its_place_is_aligned() {
    assert_eq!(
        linked("the red house is here", "la puerta roja es aqui").await,
        Some("the=la house=puerta red=roja is=es here=aqui".to_owned())
    );
    assert_eq!(
        linked("the red house", "La casa roja").await,
        Some("the=La house=casa red=roja".to_owned())
    );
}

#[tokio::test]
async fn another_order_and_another_text_have_no_alignment() {
    for (source, target) in [
        ("the red house is here", "la roja casa es aqui"),
        ("the red house", "la roja casa"),
        ("the red house is here", "aqui es la casa roja"),
        ("the red house is here", "nosotros vemos una puerta grande"),
        ("the red house is here", "es war einmal ein Mann"),
        ("the red house is here", "the red house is here"),
        ("house", "puerta"),
    ] {
        assert_eq!(linked(source, target).await, None, "{source} / {target}");
    }
}

#[tokio::test]
async fn two_words_that_changed_places_in_a_long_text_stay_without_links() {
    let source = "we see the big door because the red house is here.";
    let target = "nosotros vemos la puerta grande por que la roja casa es aqui.";
    assert_eq!(
        linked(source, target).await,
        Some("we=nosotros see=vemos the=la door=puerta big=grande because=por que the=la is=es here=aqui .=.".to_owned())
    );
}

#[tokio::test]
async fn codes_go_with_the_words_of_the_other_translation() {
    let root = installed(&english_spanish());
    let aligner = aligner(root.path(), 2);
    for (source, target, expected) in [
        (
            "the *red* *house* is here",
            "una casa roja es aqui",
            "una <g2>casa</g2> <g1>roja</g1> es aqui",
        ),
        (
            "see the *big* door.",
            "vemos la puerta grande.",
            "vemos la puerta <g1>grande</g1>.",
        ),
    ] {
        let source = marked(source);
        let alignment = align_one(&aligner, source.text(), target).await;
        let alignment = alignment.expect("an alignment");
        assert_eq!(project(&source, target, &alignment).to_tagged(), expected);
    }
}

#[tokio::test]
async fn links_lead_to_both_texts_as_they_were_before_they_were_normalised() {
    let root = installed(&Tiny {
        charsmap: vec![
            ("\u{a0}", " "),
            ("\u{ad}", ""),
            ("ﬀ", "ff"),
            ("e\u{301}", "é"),
        ],
        characters: "é",
        ..english_spanish()
    });
    let aligner = aligner(root.path(), 1);
    for (source, target, expected) in [
        (
            "the\u{a0}red\u{a0}house",
            "la casa\u{a0}roja",
            vec![("the", "la"), ("house", "casa"), ("red", "roja")],
        ),
        (
            "the ho\u{ad}use ",
            "  la  ca\u{ad}sa",
            vec![("the", "la"), ("ho\u{ad}use", "ca\u{ad}sa")],
        ),
        (
            "xﬀ: the red house",
            "xﬀ: la casa\u{a0}roja",
            vec![
                ("x", "x"),
                ("ﬀ", "ﬀ"),
                (":", ":"),
                ("the", "la"),
                ("house", "casa"),
                ("red", "roja"),
            ],
        ),
        (
            "e\u{301} is the house",
            "é es la casa",
            vec![
                ("e\u{301}", "é"),
                ("is", "es"),
                ("the", "la"),
                ("house", "casa"),
            ],
        ),
    ] {
        let alignment = align_one(&aligner, source, target).await;
        let mut alignment = alignment.unwrap_or_else(|| panic!("{target}"));
        // Tokens of one character have one link each.
        alignment.dedup();
        assert_eq!(words(source, target, &alignment), expected);
    }
    for (source, target) in [("\u{ad}", "\u{ad}"), ("the house", "\u{ad}\u{ad}")] {
        assert_eq!(align_one(&aligner, source, target).await, None);
    }
}

#[tokio::test]
async fn characters_without_a_piece_are_aligned_as_a_whole_or_count_against_the_text() {
    let bytes = linked("the ⟦house⟧ 🏠", "la ⟦house⟧ 🏠")
        .await
        .expect("links");
    for link in ["the=la", "⟦=⟦", "e=e", "⟧=⟧", "🏠=🏠"] {
        assert!(bytes.split(' ').any(|one| one == link), "{bytes}");
    }
    let root = installed(&Tiny {
        has_bytes: false,
        ..english_spanish()
    });
    let aligner = aligner(root.path(), 1);
    let texts = [("the house", "猫が好き"), ("the house", "la 🏠")];
    assert_eq!(align(&aligner, &texts).await, [None, None]);
    // The engine does not know the character, nor does it mind it.
    let (source, target) = ("the red house 🏠", "la casa roja 🏠");
    let alignment = align_one(&aligner, source, target).await;
    let alignment = alignment.expect("an alignment");
    assert_eq!(
        words(source, target, &alignment)[..3],
        [("the", "la"), ("house", "casa"), ("red", "roja")]
    );
}

#[tokio::test]
async fn blank_texts_have_no_alignment() {
    for (source, target) in [("", ""), (" ", "\n"), ("the house", ""), ("", "la casa")] {
        assert_eq!(linked(source, target).await, None, "{source:?} {target:?}");
    }
}

#[tokio::test]
async fn long_texts_are_aligned_where_both_are_cut_alike() {
    let root = installed(&english_spanish());
    let aligner = aligner(root.path(), 2);
    let source = format!("{}the big door", "the red house is here. ".repeat(60));
    let target = format!("{}la puerta grande", "la casa roja es aqui. ".repeat(60));
    let alignment = align_one(&aligner, &source, &target).await;
    let alignment = alignment.expect("an alignment");
    assert_eq!(alignment.len(), 60 * 6 + 3);
    let words = words(&source, &target, &alignment);
    let last = words.len() - 3;
    assert_eq!(words[last - 6..last], words[..6]);
    assert_eq!(
        words[last - 1..],
        [
            (".", "."),
            ("the", "la"),
            ("door", "puerta"),
            ("big", "grande")
        ]
    );
    // Links lead from sentence to sentence.
    let begin = |sentence: usize| (sentence * 23, sentence * 22);
    for (sentence, links) in alignment.chunks_exact(6).take(60).enumerate() {
        let (from, to) = begin(sentence);
        assert_eq!((links[0].source.start, links[0].target.start), (from, to));
    }
    // One of them has a sentence more, much of one is another text, or there is nowhere to cut.
    let more = format!("{target}. La casa");
    let other = target.replacen("la casa roja", "vemos una puerta", 20);
    let endless = ("the house ".repeat(90), "la casa ".repeat(90));
    for (source, target) in [
        (&source, &more),
        (&source, &other),
        (&endless.0, &endless.1),
    ] {
        assert!(
            align_one(&aligner, source, target).await.is_none(),
            "{target}"
        );
    }
}

#[tokio::test]
async fn a_sentence_that_is_another_stays_without_links() {
    let source = "the house is red. the door is here. we see the big house. the red house is big.";
    let target =
        "la casa es roja. de una y de. nosotros vemos la casa grande. la casa roja es grande.";
    let root = installed(&english_spanish());
    let alignment = align_one(&aligner(root.path(), 1), source, target).await;
    let alignment = alignment.expect("an alignment");
    let words = words(source, target, &alignment);
    for word in ["de", "y", "una"] {
        assert!(words.iter().all(|(_, other)| *other != word), "{words:?}");
    }
}

#[tokio::test]
async fn lines_are_aligned_with_lines() {
    assert_eq!(
        linked(
            "the house\n\n  the red\nhouse",
            "la casa\n\n  la roja\ncasa"
        )
        .await,
        Some("the=la house=casa the=la red=roja house=casa".to_owned())
    );
    assert_eq!(linked("the house\nhere", "la casa aqui").await, None);
}

#[tokio::test]
async fn the_number_of_threads_changes_nothing() {
    let root = installed(&english_spanish());
    let sources = sources();
    let texts: Vec<(&str, &str)> = sources
        .iter()
        .map(|source| (source.as_str(), "la casa roja es aqui."))
        .chain([("the red house is here.", "la casa roja es aqui.")])
        .collect();
    let alone = align(&aligner(root.path(), 1), &texts).await;
    assert!(alone.last().is_some_and(Option::is_some));
    assert_eq!(align(&aligner(root.path(), 8), &texts).await, alone);
}

#[tokio::test]
async fn what_nobody_waits_for_is_not_aligned() {
    let root = installed(&english_spanish());
    let aligner = aligner(root.path(), 2);
    let one = [("the house", "la casa")];
    assert!(align(&aligner, &one).await[0].is_some());
    let text = (
        "the red house is here because the big door is here",
        "la casa roja es aqui por que la puerta grande es aqui",
    );
    let many = vec![text; 5000];
    let cancelled = tokio::time::timeout(Duration::from_millis(30), align(&aligner, &many)).await;
    assert!(cancelled.is_err(), "it was too fast to be cancelled");
    // The thread is free at once for others.
    let start = Instant::now();
    assert!(align(&aligner, &one).await[0].is_some());
    assert!(start.elapsed() < Duration::from_millis(500));
}

#[tokio::test]
async fn calls_at_the_same_time_do_not_mix() {
    let root = installed(&english_spanish());
    let aligner = aligner(root.path(), 2);
    let (house, door) = (
        [("the house", "la casa")],
        [("door", "casa"), ("a door", "una puerta")],
    );
    let (first, second) = tokio::join!(align(&aligner, &house), align(&aligner, &door));
    assert_eq!(
        words("the house", "la casa", first[0].as_ref().expect("links")).len(),
        2
    );
    assert_eq!(second[0], None);
    assert!(second[1].is_some());
}

#[tokio::test]
async fn only_a_model_of_its_own_serves_a_pair() {
    let root = installed(&english_spanish());
    german_english().install(root.path(), "de-en");
    let open = |pairs: &[(&str, &str)]| {
        let pairs: Vec<_> = pairs.iter().map(|(one, other)| pair(one, other)).collect();
        LocalAligner::open(&pairs, &options(root.path(), 1))
    };
    // By way of English, without a model, and from a language to itself.
    for pairs in [
        &[("de", "es")][..],
        &[("en", "fr")],
        &[("en", "en-GB")],
        &[],
    ] {
        assert!(open(pairs).is_none(), "{pairs:?}");
    }
    let aligner = open(&[("de", "es"), ("en-GB", "es-MX"), ("de", "en")]).expect("an aligner");
    let aligner: Box<dyn Aligner> = Box::new(aligner);
    let texts = [("the house", "la casa")];
    assert!(aligner.align(&pair("en-GB", "es-MX"), &texts).await[0].is_some());
    assert!(
        aligner
            .align(&pair("de", "en"), &[("das haus", "the house")])
            .await[0]
            .is_some()
    );
    for (source, target) in [("de", "es"), ("en", "es")] {
        assert_eq!(aligner.align(&pair(source, target), &texts).await, [None]);
    }
    assert!(aligner.align(&pair("de", "en"), &[]).await.is_empty());
}

#[tokio::test]
async fn a_model_that_is_broken_is_no_error_and_read_only_when_it_is_needed() {
    let files = english_spanish().build();
    let model = "model.enes.intgemm.alphas.bin";
    let vocabulary = "vocab.enes.spm";
    let mut no_numbers = english_spanish().items(&english_spanish().all_pieces());
    let weight = no_numbers
        .iter_mut()
        .find(|item| item.name == "decoder_l1_context_Wv");
    let weight = weight.expect("a weight");
    weight.data[..4].copy_from_slice(&f32::NAN.to_le_bytes());
    let no_numbers = container(&no_numbers);
    for (file, bytes) in [
        (model, Some(&files.model[..files.model.len() / 2])),
        (model, Some(b"no model")),
        (model, Some(&no_numbers)),
        (vocabulary, Some(&files.vocab[..20])),
        (model, None),
    ] {
        let root = installed(&english_spanish());
        let aligner = aligner(root.path(), 2);
        let path = root.path().join("en-es").join(file);
        match bytes {
            Some(bytes) => std::fs::write(&path, bytes).expect("a file"),
            None => std::fs::remove_file(&path).expect("a file"),
        }
        let texts = [("the house", "la casa"), ("the door", "la puerta")];
        assert_eq!(align(&aligner, &texts).await, [None, None], "{file}");
        assert_eq!(align(&aligner, &texts).await, [None, None], "{file}");
    }
    // One that lacks a file is none.
    let root = installed(&english_spanish());
    std::fs::remove_file(root.path().join("en-es").join(vocabulary)).expect("a file");
    assert!(LocalAligner::open(&[pair("en", "es")], &options(root.path(), 1)).is_none());
}
