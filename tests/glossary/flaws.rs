//! What is wrong with glossaries themselves.

use polypost::glossary::{FlawKind, Format};

use crate::{HARBOUR, locale, read};

fn kinds(table: &str) -> Vec<(usize, &'static str)> {
    let flaws = read(table, Format::Csv).flaws(Some(&locale("en")));
    let shown = flaws.iter().map(|flaw| (flaw.place.line, flaw.kind.name()));
    shown.collect()
}

#[test]
fn a_good_glossary_has_no_flaw() {
    assert_eq!(kinds(HARBOUR), []);
    // Two words may have one translation, and one word two as two parts of speech.
    assert_eq!(
        kinds(
            "en,de,part-of-speech\ncar,Auto,\nmotorcar,Auto,\nbook,Buch,noun\nbook,buchen,verb\n"
        ),
        []
    );
}

#[test]
fn every_flaw_is_found() {
    for (rows, expected) in [
        ("one,,,\n", &[(2, "alone")][..]),
        (",,,yes\n", &[(2, "no-term")]),
        ("→,->,,\n", &[(2, "no-word"), (2, "no-word")]),
        ("one,eins,,\nOne,eins,,\n", &[(3, "duplicate")]),
        ("one,eins,,\ntwo,zwei,,\none,einer,,\n", &[(4, "conflict")]),
        ("one,eins,eins,\n", &[(2, "contradiction")]),
        ("one,eins,,\none,eins,ein,\n", &[(3, "duplicate")]),
        (
            "one,eins,,\none,einer,eins,\n",
            &[(3, "contradiction"), (3, "conflict")],
        ),
        ("one,eins,,yes\n", &[(2, "translated")]),
        ("one,one,,yes\n", &[]),
    ] {
        let table = format!("en,de,de:forbidden,do-not-translate\n{rows}");
        assert_eq!(kinds(&table), expected, "{rows}");
    }
}

#[test]
fn a_conflict_names_both_places() {
    let flaws = read("en,de\none,eins\none,einer\n", Format::Csv).flaws(None);
    let FlawKind::Conflict {
        own, others, other, ..
    } = &flaws[0].kind
    else {
        panic!("{flaws:?}");
    };
    assert_eq!(
        (own.as_str(), others.as_str(), other.line),
        ("einer", "eins", 2)
    );
}
