//! Statistics, removal and verification.

use polypost::memory::{Count, FaultKind, Memory as _, Prune, Sqlite, State};

use crate::make::{
    Home, context, direction, exact, exact_in, pair, pairs, placed, reviewed, similar,
};

fn filled() -> (Home, Sqlite) {
    let home = Home::new();
    let memory = home.open();
    let mut french = pair("one two three four", "un deux trois quatre");
    french.direction = direction("en", "fr");
    let (here, there) = (context("a", "b"), context("c", "d"));
    memory
        .store(&[
            placed(pair("one two three four", "eins zwei drei"), here),
            placed(pair("one two three four", "eins zwei drei"), there),
            reviewed(
                "five six seven <g1>eight</g1>",
                "fünf sechs sieben <g1>acht</g1>",
            ),
            french,
            placed(reviewed("one two three four", "eins zwei drei vier"), here),
        ])
        .expect("stored");
    (home, memory)
}

fn sources(memory: &Sqlite) -> Vec<String> {
    pairs(memory)
        .iter()
        .map(|pair| pair.target.text().to_owned())
        .collect()
}

#[test]
fn statistics_count_by_direction_state_and_origin() {
    let (_home, memory) = filled();
    let stats = memory.stats().expect("statistics");
    let count = |target: &str, state, pairs| Count {
        source: "en".to_owned(),
        target: target.to_owned(),
        state,
        origin: "test".to_owned(),
        pairs,
    };
    assert_eq!(
        stats.counts,
        [
            count("de", State::Machine, 1),
            count("de", State::Reviewed, 2),
            count("fr", State::Machine, 1),
        ]
    );
    assert_eq!((stats.contexts, stats.answers), (2, 0));
    assert!(stats.bytes > 0);
    let none = Home::new().open().stats().expect("statistics");
    assert_eq!(none, polypost::memory::Stats::default());
}

#[test]
fn what_was_replaced_everywhere_goes_and_the_rest_is_found_as_before() {
    let (_home, memory) = filled();
    assert_eq!(memory.prune(&Prune::default()), Ok(0));
    let there = context("c", "d");
    memory
        .store(&[placed(pair("one two three four", "1 2 3 4"), there)])
        .expect("stored");
    assert_eq!(memory.prune(&Prune::default()), Ok(1));
    assert_eq!(
        sources(&memory),
        [
            "fünf sechs sieben acht",
            "un deux trois quatre",
            "eins zwei drei vier",
            "1 2 3 4"
        ]
    );
    assert_eq!(
        exact_in(&memory, "one two three four", there)
            .expect("one")
            .target
            .text(),
        "1 2 3 4"
    );
    assert_eq!(similar(&memory, "one two three five").len(), 1);
    assert_eq!(memory.verify(|_| ()), Ok(Vec::new()));
}

#[test]
fn what_is_named_goes() {
    let prune = |wanted| {
        let (_home, memory) = filled();
        let removed = memory.prune(&wanted).expect("pruned");
        let left = sources(&memory);
        assert_eq!(left.len() + removed, 4);
        assert_eq!(memory.verify(|_| ()), Ok(Vec::new()));
        left.join(", ")
    };
    let default = Prune::default;
    assert_eq!(
        prune(Prune {
            is_machine: true,
            ..default()
        }),
        "fünf sechs sieben acht, eins zwei drei vier"
    );
    assert_eq!(
        prune(Prune {
            keep: Some(2),
            ..default()
        }),
        "un deux trois quatre, eins zwei drei vier"
    );
    assert_eq!(
        prune(Prune {
            keep: Some(9),
            ..default()
        })
        .matches(',')
        .count(),
        3
    );
    assert_eq!(
        prune(Prune {
            keep: Some(0),
            ..default()
        }),
        ""
    );
    let french = Some((*direction("en", "fr")).clone());
    assert_eq!(
        prune(Prune {
            direction: french.clone(),
            ..default()
        }),
        "eins zwei drei, fünf sechs sieben acht, eins zwei drei vier"
    );
    assert_eq!(
        prune(Prune {
            direction: french,
            keep: Some(4),
            ..default()
        })
        .matches(',')
        .count(),
        3
    );
    assert_eq!(
        prune(Prune {
            origin: Some("other".to_owned()),
            ..default()
        })
        .matches(',')
        .count(),
        3
    );
    assert_eq!(
        prune(Prune {
            origin: Some("test".to_owned()),
            ..default()
        }),
        ""
    );
}

#[test]
fn numbers_are_not_given_out_again() {
    let (_home, memory) = filled();
    let before = memory.snapshot().expect("a snapshot");
    memory
        .prune(&Prune {
            keep: Some(0),
            ..Prune::default()
        })
        .expect("pruned");
    assert_eq!(memory.snapshot(), Ok(before));
    memory.store(&[pair("new", "neu")]).expect("stored");
    assert!(memory.snapshot().expect("a snapshot") > before);
    assert!(exact(&memory, "new").is_some());
}

#[test]
fn what_is_wrong_is_found() {
    let (home, memory) = filled();
    drop(memory);
    let file = rusqlite::Connection::open(home.path()).expect("a file");
    file.execute_batch(
        "UPDATE variant SET target_codes = x'000101' WHERE target_codes NOT NULL;
         UPDATE variant SET source = source || '!' WHERE target = 'un deux trois quatre';
         UPDATE variant SET target_codes = x'7f0001' WHERE target = 'eins zwei drei vier';",
    )
    .expect("changed");
    drop(file);
    let mut told = 0;
    let faults = home.open().verify(|count| told = count).expect("verified");
    let kinds: Vec<_> = faults.iter().map(|fault| fault.kind.clone()).collect();
    assert!(
        matches!(
            &kinds[..],
            [
                FaultKind::Codes(_),
                FaultKind::Unindexed,
                FaultKind::Unreadable
            ]
        ),
        "{kinds:?}"
    );
    assert_eq!(told, 4);
}
