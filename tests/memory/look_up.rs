//! Exact and similar translations, contexts, codes and snapshots.

use polypost::memory::{Codes, Context, Found, Memory as _, State, Wanted};
use polypost::unit::check_codes;

use crate::make::{
    ALL, Home, context, exact, exact_in, fragment, look_up_at, pair, pairs, placed, reviewed,
    similar,
};

#[test]
fn a_translation_is_found_by_its_text_and_the_shape_of_its_codes() {
    let home = Home::new();
    let memory = home.open();
    let stored = memory.store(&[
        pair("a <g5>red</g5> house<x7/>", "<x7/>ein <g5>rotes</g5> Haus"),
        pair("a red house", "ein rotes Haus"),
        pair("Run [2:ls].", "Rufe [2:ls] auf."),
    ]);
    assert_eq!(stored, Ok(3));
    let found = exact(&memory, "a <g2>red</g2> house<x1/>").expect("a translation");
    assert_eq!(found.target, fragment("<x1/>ein <g2>rotes</g2> Haus"));
    assert!(!found.is_same_context);
    assert_eq!((found.state, &*found.origin), (State::Machine, "test"));
    assert_eq!(
        exact(&memory, "a red house").expect("a translation").target,
        fragment("ein rotes Haus")
    );
    assert_eq!(
        exact(&memory, "Run [9:ls].").expect("a translation").target,
        fragment("Rufe [9:ls] auf.")
    );
    for other in [
        "a red <g1>house</g1><x2/>",
        "a Red house",
        "Run ls.",
        "Run [1:rm].",
    ] {
        assert_eq!(exact(&memory, other), None, "{other}");
    }
}

#[test]
fn the_same_context_comes_first_then_what_a_person_saw_then_the_last() {
    let home = Home::new();
    let memory = home.open();
    let (first, second, third) = (context("a", "b"), context("a", "c"), context("d", "b"));
    let store = |pairs: &[_]| memory.store(pairs).expect("stored");
    store(&[
        placed(reviewed("Open", "Offen"), first),
        placed(pair("Open", "Öffnen"), second),
        placed(pair("Open", "Auf"), third),
    ]);
    let found = |context| {
        let found = exact_in(&memory, "Open", context).expect("a translation");
        (found.target.text().to_owned(), found.is_same_context)
    };
    assert_eq!(found(first), ("Offen".to_owned(), true));
    assert_eq!(found(second), ("Öffnen".to_owned(), true));
    assert_eq!(found(third), ("Auf".to_owned(), true));
    assert_eq!(found(context("x", "y")), ("Offen".to_owned(), false));
    assert_eq!(found(Context::default()), ("Offen".to_owned(), false));
    // In a context the last one counts, but for what nobody has looked at beside what a person saw.
    assert_eq!(store(&[placed(pair("Open", "Aufmachen"), second)]), 1);
    assert_eq!(store(&[placed(pair("Open", "Aufmachen"), first)]), 0);
    assert_eq!(found(second), ("Aufmachen".to_owned(), true));
    assert_eq!(found(first), ("Offen".to_owned(), true));
    assert_eq!(store(&[placed(reviewed("Open", "Geöffnet"), first)]), 1);
    assert_eq!(found(first), ("Geöffnet".to_owned(), true));
    assert_eq!(found(context("x", "y")), ("Geöffnet".to_owned(), false));
}

#[test]
fn what_is_there_already_is_not_stored_again() {
    let home = Home::new();
    let memory = home.open();
    let (one, other) = (context("a", "b"), context("c", "d"));
    let open = |context| placed(pair("Open", "Offen"), context);
    assert_eq!(memory.store(&[open(one), open(one), open(other)]), Ok(2));
    assert_eq!(memory.store(&[open(other), pair("Open", "Offen")]), Ok(0));
    let all = pairs(&memory);
    let [pair] = &all[..] else {
        panic!("{all:?}");
    };
    assert_eq!(pair.contexts, [one, other]);
}

#[test]
fn a_run_sees_the_memory_as_it_was_when_it_began() {
    let home = Home::new();
    let memory = home.open();
    let place = context("a", "b");
    let before = memory.snapshot().expect("a snapshot");
    memory
        .store(&[placed(pair("A red house", "Ein rotes Haus"), place)])
        .expect("stored");
    let between = memory.snapshot().expect("a snapshot");
    let other = home.open();
    other
        .store(&[placed(reviewed("A red house", "Das rote Haus"), place)])
        .expect("stored");
    other
        .store(&[pair("A red mouse", "Eine rote Maus")])
        .expect("stored");
    let after = memory.snapshot().expect("a snapshot");
    let seen = |at, source| match look_up_at(&memory, at, source, place, ALL) {
        Found::Exact(exact) => vec![exact.target.text().to_owned()],
        Found::Similar(matches) => matches
            .iter()
            .map(|one| one.target.text().to_owned())
            .collect(),
    };
    assert_eq!(seen(before, "A red house"), [""; 0]);
    assert_eq!(seen(between, "A red house"), ["Ein rotes Haus"]);
    assert_eq!(seen(after, "A red house"), ["Das rote Haus"]);
    assert_eq!(seen(between, "A red louse"), ["Ein rotes Haus"]);
    assert_eq!(
        seen(after, "A red louse"),
        ["Das rote Haus", "Eine rote Maus"]
    );
}

#[test]
fn similar_texts_come_with_the_codes_of_the_segment() {
    let home = Home::new();
    let memory = home.open();
    memory
        .store(&[
            pair(
                "See the <g1>old</g1> garden of [2:ls] today",
                "Sieh heute den <g1>alten</g1> Garten von [2:ls]",
            ),
            pair("Nothing of the kind", "Nichts dergleichen"),
        ])
        .expect("stored");
    let best = |source: &str| {
        let found = similar(&memory, source);
        assert_eq!(found.len(), 1, "{source}: {found:?}");
        if found[0].codes != Codes::Missing {
            assert_eq!(check_codes(&fragment(source), &found[0].target), Ok(()));
        }
        found[0].clone()
    };
    let found = best("See the <g4>new</g4> garden of [7:rm] today");
    assert_eq!(
        found.target,
        fragment("Sieh heute den <g4>alten</g4> Garten von [7:rm]")
    );
    // Weight 27; a word and a protected text differ.
    assert_eq!(
        (found.similarity, found.score, found.codes),
        (81, 81, Codes::Kept)
    );
    let found = best("See the old garden of [7:ls] today");
    assert_eq!(
        found.target,
        fragment("Sieh heute den alten Garten von [7:ls]")
    );
    assert_eq!((found.similarity, found.codes), (92, Codes::Estimated));
    assert_eq!(found.score, 87);
    let found = best("See the old garden of ls today");
    assert_eq!(found.target, fragment("Sieh heute den alten Garten von ls"));
    assert_eq!(found.codes, Codes::Kept);
    // The words are not there to find the place.
    let found = best("See the <g1>old</g1> garden of [2:rm] and [3:mv] today");
    assert_eq!(
        (found.codes, found.target.marks().len()),
        (Codes::Missing, 0)
    );
}

#[test]
fn limit_threshold_and_language_are_kept_to() {
    let home = Home::new();
    let memory = home.open();
    memory
        .store(&[
            pair("one two three four", "eins"),
            reviewed("one two three four", "eins!"),
            pair("one two three five", "zwei"),
            pair("one two six seven", "drei"),
        ])
        .expect("stored");
    let now = memory.snapshot().expect("a snapshot");
    let texts = |threshold, limit| {
        let wanted = Wanted {
            threshold,
            limit,
            least: State::Machine,
        };
        let found = look_up_at(
            &memory,
            now,
            "one two three nine",
            Context::default(),
            wanted,
        );
        let Found::Similar(matches) = found else {
            panic!("{found:?}");
        };
        let texts = matches.iter().map(|one| one.target.text().to_owned());
        texts.collect::<Vec<_>>()
    };
    assert_eq!(texts(50, 9), ["eins!", "zwei", "drei"]);
    assert_eq!(texts(75, 9), ["eins!", "zwei"]);
    assert_eq!(texts(0, 1), ["eins!"]);
    assert_eq!(texts(76, 9), [""; 0]);
    assert_eq!(texts(50, 0), [""; 0]);
    let source = fragment("one two three four");
    let query = polypost::memory::Query {
        source: &source,
        context: Context::default(),
    };
    let other = crate::make::direction("en", "de-AT");
    let found = memory
        .look_up(now, &other, &[query], ALL)
        .expect("a look-up");
    assert_eq!(found, [Found::Similar(Vec::new())]);
}

#[test]
fn a_target_that_breaks_law_3_is_no_exact_one() {
    let home = Home::new();
    let memory = home.open();
    memory
        .store(&[pair("a <g1>red</g1> house", "ein rotes Haus <x9/>")])
        .expect("stored");
    assert_eq!(pairs(&memory)[0].target, fragment("ein rotes Haus "));
    let now = memory.snapshot().expect("a snapshot");
    let source = "a <g1>red</g1> house";
    let found = look_up_at(&memory, now, source, Context::default(), ALL);
    let Found::Similar(matches) = found else {
        panic!("{found:?}");
    };
    assert_eq!(matches.len(), 1);
    assert_eq!(matches[0].similarity, 100);
    assert_ne!(matches[0].codes, Codes::Kept);
}
