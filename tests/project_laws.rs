//! The laws of projection, for any source, translation and alignment.

use std::ops::Range;

use polypost::unit::{
    Fragment, Link, Locale, MarkKind, check_codes, estimate, project, project_by_estimate,
};
use proptest::prelude::*;

/// What a source is made of, in turn.
#[derive(Debug, Clone)]
enum Piece {
    Text(&'static str),
    Protected(&'static str),
    Open,
    Close,
    Standalone,
    Lone,
}

const TEXTS: &[&str] = &[
    "the",
    "red",
    "house",
    "e-mail",
    "l’eau",
    "H2O",
    "1st",
    "don't",
    "®",
    "50%",
    "“",
    "”",
    ".",
    ", ",
    "!",
    "¿",
    " ",
    " ",
    " ",
    "  ",
    "家",
    "を",
    "本です",
    "ﬁ",
    "e\u{301}",
    "\u{200b}",
    "👩‍👩‍👧",
    "İ",
];
const PROTECTED: &[&str] = &["ls -l", "{n}", "a", "the", "%s", " ", "", "家", "İX", "ls"];

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let piece = prop_oneof![
        6 => prop::sample::select(TEXTS).prop_map(Piece::Text),
        1 => prop::sample::select(PROTECTED).prop_map(Piece::Protected),
        2 => Just(Piece::Open),
        2 => Just(Piece::Close),
        1 => Just(Piece::Standalone),
        1 => Just(Piece::Lone),
    ];
    prop::collection::vec(piece, 0..40)
}

/// A source with properly nested pairs.
fn fragment(pieces: &[Piece]) -> Fragment {
    let mut fragment = Fragment::default();
    let mut open = Vec::new();
    let mut code = 0;
    for piece in pieces {
        code += 1;
        match piece {
            Piece::Text(text) => fragment.push_text(text),
            Piece::Protected(text) => fragment.push_protected(code, text),
            Piece::Open => {
                fragment.push_mark(MarkKind::Open, code);
                open.push(code);
            }
            Piece::Close => {
                if let Some(code) = open.pop() {
                    fragment.push_mark(MarkKind::Close, code);
                }
            }
            Piece::Standalone => fragment.push_mark(MarkKind::Standalone, code),
            Piece::Lone => fragment.push_mark(MarkKind::Lone, code),
        }
    }
    while let Some(code) = open.pop() {
        fragment.push_mark(MarkKind::Close, code);
    }
    fragment
}

fn target() -> impl Strategy<Value = String> {
    let text = prop_oneof![
        6 => prop::sample::select(TEXTS),
        1 => prop::sample::select(PROTECTED),
        1 => prop::sample::select(&["THE", "LS  -L", "{ N }", "casa", "roja"][..]),
    ];
    prop::collection::vec(text, 0..40).prop_map(|texts| texts.concat())
}

/// Links that may be out of bounds, cut characters, be empty or reversed.
fn links() -> impl Strategy<Value = Vec<Link>> {
    let range = || -> BoxedStrategy<Range<usize>> {
        prop_oneof![
            20 => (0..150_usize, 0..12_usize).prop_map(|(start, len)| start..start + len),
            1 => (0..150_usize, 0..150_usize).prop_map(|(start, end)| start..end),
            1 => Just(0..usize::MAX),
            1 => Just(usize::MAX..usize::MAX),
        ]
        .boxed()
    };
    let link = (range(), range()).prop_map(|(source, target)| Link { source, target });
    prop::collection::vec(link, 0..40)
}

fn locale() -> impl Strategy<Value = Locale> {
    let tags = &["en", "de", "es-MX", "fr", "ja", "zh-Hant", "ru", "it"][..];
    prop::sample::select(tags).prop_map(|tag| tag.parse().expect("valid"))
}

/// Whether the text outside of protected spans is that of `target`, but for what they replace and
/// the spaces that set them apart.
fn keeps_text(target: &str, found: &Fragment) -> bool {
    let mut at = 0;
    let mut free = Vec::new();
    for mark in found.marks() {
        if matches!(mark.kind, MarkKind::Protected { .. }) {
            free.push(&found.text()[at..mark.at]);
            at = mark.end();
        }
    }
    if free.is_empty() {
        return found.text() == target;
    }
    free.push(&found.text()[at..]);
    let mut rest = target;
    free.into_iter().all(|text| {
        let text = text.trim();
        let place = rest.find(text);
        rest = place.map_or("", |at| &rest[at + text.len()..]);
        place.is_some()
    })
}

/// A sentence whose translation has the same words in the same order.
#[derive(Debug, Clone)]
enum Element {
    Word(&'static str),
    WithStandalone,
    WithEmptyPair,
    Protected,
    Pair(Vec<Element>),
}

fn elements() -> impl Strategy<Value = Vec<Element>> {
    let leaf = prop_oneof![
        6 => Just(Element::Word("")),
        1 => prop::sample::select(&[",", ":", "!", "?", "…"][..]).prop_map(Element::Word),
        1 => Just(Element::WithStandalone),
        1 => Just(Element::WithEmptyPair),
        1 => Just(Element::Protected),
    ];
    let element = leaf.prop_recursive(4, 24, 5, |inner| {
        prop::collection::vec(inner, 1..5).prop_map(Element::Pair)
    });
    prop::collection::vec(element, 1..8)
}

/// Writes a sentence in the source language or as its translation.
struct Sentence {
    fragment: Fragment,
    words: Vec<Range<usize>>,
    prefix: &'static str,
    code: u32,
}

impl Sentence {
    fn write(prefix: &'static str, elements: &[Element]) -> Self {
        let mut sentence = Self {
            fragment: Fragment::default(),
            words: Vec::new(),
            prefix,
            code: 0,
        };
        sentence.push(elements);
        sentence
    }

    fn push(&mut self, elements: &[Element]) {
        for (index, element) in elements.iter().enumerate() {
            if index > 0 {
                self.fragment.push_text(" ");
            }
            self.code += 1;
            let code = self.code;
            match element {
                Element::Word(mark) => {
                    self.push_word();
                    self.fragment.push_text(mark);
                }
                Element::WithStandalone => {
                    self.push_word();
                    self.fragment.push_mark(MarkKind::Standalone, code);
                }
                Element::WithEmptyPair => {
                    self.push_word();
                    self.fragment.push_mark(MarkKind::Open, code);
                    self.fragment.push_mark(MarkKind::Close, code);
                }
                Element::Protected => self.fragment.push_protected(code, &format!("{{{code}}}")),
                Element::Pair(inner) => {
                    self.fragment.push_mark(MarkKind::Open, code);
                    self.push(inner);
                    self.fragment.push_mark(MarkKind::Close, code);
                }
            }
        }
    }

    fn push_word(&mut self) {
        let start = self.fragment.text().len();
        let number = self.words.len();
        self.fragment.push_text(&format!("{}{number}", self.prefix));
        self.words.push(start..self.fragment.text().len());
    }
}

proptest! {
    #[test]
    fn whatever_the_alignment_says_law_3_holds(
        pieces in pieces(),
        target in target(),
        links in links(),
    ) {
        let source = fragment(&pieces);
        let found = project(&source, &target, &links);
        prop_assert_eq!(check_codes(&source, &found), Ok(()));
        prop_assert!(keeps_text(&target, &found), "{:?}", found);
        prop_assert_eq!(project(&source, &target, &links), found);
    }

    #[test]
    fn with_an_estimate_law_3_holds(
        pieces in pieces(),
        target in target(),
        from in locale(),
        to in locale(),
    ) {
        let source = fragment(&pieces);
        let links = estimate(&source, &target, &from, &to);
        for link in &links {
            prop_assert!(source.text().get(link.source.clone()).is_some_and(|t| !t.is_empty()));
            prop_assert!(target.get(link.target.clone()).is_some_and(|t| !t.is_empty()));
        }
        prop_assert_eq!(&estimate(&source, &target, &from, &to), &links);
        let found = project(&source, &target, &links);
        prop_assert_eq!(check_codes(&source, &found), Ok(()));
        prop_assert!(keeps_text(&target, &found), "{:?}", found);
        if let Some(placed) = project_by_estimate(&source, &target, &from, &to) {
            prop_assert_eq!(placed.target, found);
        }
    }

    #[test]
    fn a_translation_that_is_the_source_gives_the_source(
        pieces in pieces(),
        links in links(),
    ) {
        let source = fragment(&pieces);
        prop_assert_eq!(&project(&source, source.text(), &links), &source);
    }

    #[test]
    fn a_translation_word_for_word_keeps_every_code_in_its_place(elements in elements()) {
        let source = Sentence::write("wort", &elements);
        let target = Sentence::write("слово", &elements);
        let links: Vec<Link> = source
            .words
            .into_iter()
            .zip(target.words)
            .map(|(source, target)| Link { source, target })
            .collect();
        let found = project(&source.fragment, target.fragment.text(), &links);
        prop_assert_eq!(found, target.fragment);
    }

    #[test]
    fn tags_that_nest_badly_are_still_there_once(
        kinds in prop::collection::vec((0..5_u8, 1..6_u32, 0..9_usize), 0..30),
        target in target(),
        links in links(),
    ) {
        let mut source = Fragment::default();
        for (kind, code, len) in kinds {
            source.push_text("wörd ");
            source.push_mark(
                match kind {
                    0 => MarkKind::Open,
                    1 => MarkKind::Close,
                    2 => MarkKind::Standalone,
                    3 => MarkKind::Lone,
                    _ => MarkKind::Protected { len },
                },
                code,
            );
        }
        let found = project(&source, &target, &links);
        prop_assert_eq!(found.marks().len(), source.marks().len());
    }
}

#[test]
fn a_long_text_is_estimated_in_stretches() {
    let words: Vec<String> = (0..2_000).map(|number| format!("w{number}x")).collect();
    let text = words.join(" ");
    let (from, to) = ("en".parse().expect("valid"), "de".parse().expect("valid"));
    let links = estimate(&Fragment::plain(&*text), &text, &from, &to);
    assert_eq!(links.len(), words.len());
    assert!(links.iter().all(|link| link.source == link.target));
    // Hostile ones are done with, too.
    let letters = "a ".repeat(2_000);
    for target in ["", "b", &letters, &"家を".repeat(1_000)] {
        let links = estimate(&Fragment::plain(&*letters), target, &from, &to);
        assert!(links.len() <= 4_000);
    }
}
