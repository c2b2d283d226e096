//! The index finds just what a look through the whole memory finds.

use polypost::memory::{Context, Found, Memory as _, State, Wanted, similarity};
use polypost::unit::{Fragment, MarkKind};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;

use crate::make::{Home, direction, pair};

/// Texts of few words, so that many are alike; of many marks and few words; with codes.
fn texts() -> impl Strategy<Value = Fragment> {
    let piece = prop_oneof![
        8 => "[a-e]".prop_map(Some),
        2 => "[A-C]".prop_map(Some),
        2 => "[.,;!-]{1,3}".prop_map(Some),
        1 => Just(None),
    ];
    let words = prop::collection::vec(piece, 0..14);
    let marks = prop::collection::vec("[.,]|[a-b]|[a] [,]{9}".prop_map(Some), 0..12);
    prop_oneof![3 => words, 1 => marks].prop_map(|pieces| {
        let mut fragment = Fragment::default();
        for piece in pieces {
            if let Some(text) = piece {
                fragment.push_text(&format!("{text} "));
            } else {
                let code = u32::try_from(fragment.marks().len() + 1).expect("few");
                fragment.push_mark(MarkKind::Standalone, code);
            }
        }
        fragment
    })
}

/// What the memory finds for each query, and what a look at each source finds.
fn compare(sources: &[Fragment], queries: &[Fragment], threshold: u8) -> TestCaseResult {
    let home = Home::new();
    let memory = home.open();
    let stored: Vec<_> = sources
        .iter()
        .map(|source| polypost::memory::Pair {
            source: source.clone(),
            target: source.clone(),
            ..pair("", "")
        })
        .collect();
    memory.store(&stored).expect("stored");
    let now = memory.snapshot().expect("a snapshot");
    let asked: Vec<_> = queries
        .iter()
        .map(|source| polypost::memory::Query {
            source,
            context: Context::default(),
        })
        .collect();
    let wanted = Wanted {
        threshold,
        limit: usize::MAX,
        least: State::Machine,
    };
    let found = memory.look_up(now, &direction("en", "de"), &asked, wanted);
    for (query, found) in queries.iter().zip(found.expect("a look-up")) {
        let Found::Similar(matches) = found else {
            continue;
        };
        let sorted = |mut list: Vec<(u8, String)>| {
            list.sort();
            list.dedup();
            list
        };
        let found = matches
            .iter()
            .map(|one| (one.similarity, one.source.to_tagged()));
        let scanned = sources
            .iter()
            .map(|source| (similarity(query, source), renumbered(source)))
            .filter(|(similarity, _)| *similarity >= threshold);
        prop_assert_eq!(
            sorted(found.collect()),
            sorted(scanned.collect()),
            "{:?}",
            query
        );
    }
    Ok(())
}

/// A text with so many marks, and another that has fresh words in its place for some of its words,
/// lacks some of its marks and has some more: the words that both have are as rare as can be.
fn neighbours() -> impl Strategy<Value = (Fragment, Fragment)> {
    let words = prop::collection::vec(any::<(bool, bool)>(), 1..12);
    (words, 0_usize..30, 0_usize..30, any::<u16>()).prop_map(|(words, own, other, seed)| {
        let mut texts = [String::new(), String::new()];
        for (at, (first, second)) in words.iter().enumerate() {
            texts[0].push_str(&format!("w{seed}x{at} "));
            // About one in four is another.
            let letter = if *first && *second { 'v' } else { 'w' };
            texts[1].push_str(&format!("{letter}{seed}x{at} "));
        }
        texts[0].push_str(&".".repeat(own));
        texts[1].push_str(&".".repeat(other.max(own / 2)));
        let [one, other] = texts.map(Fragment::plain);
        (one, other)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn what_a_linear_scan_finds_is_found_and_nothing_else(
        sources in prop::collection::vec(texts(), 1..60),
        queries in prop::collection::vec(texts(), 1..12),
        threshold in 50_u8..=100,
    ) {
        compare(&sources, &queries, threshold)?;
    }

    #[test]
    fn what_is_just_similar_enough_is_found(
        pairs in prop::collection::vec(neighbours(), 24..48),
        which in 0_usize..24,
    ) {
        let (queries, sources): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        let just = similarity(&queries[which], &sources[which]);
        compare(&sources, &queries, just.max(50))?;
    }
}

/// As the memory shows it: codes counted in their order.
fn renumbered(source: &Fragment) -> String {
    let mut out = Fragment::default();
    let mut next = 1;
    for item in source.items() {
        match item {
            polypost::unit::Item::Text(range) => out.push_text(&source.text()[range]),
            polypost::unit::Item::Mark(mark) => {
                out.push_mark(mark.kind, next);
                next += 1;
            }
        }
    }
    out.to_tagged()
}
