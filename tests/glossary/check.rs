//! Terms in texts, and translations held against them.

use polypost::glossary::Departure;
use polypost::glossary::searchable;
use polypost::unit::Fragment;

use crate::{HARBOUR, lookup};

/// The terms of a text, with the preferred translations.
fn found(table: &str, source: &str, target: &str, text: &str) -> Vec<String> {
    let lookup = lookup(table, source, target);
    let hits = lookup.find(text);
    let shown = |hit: &polypost::glossary::Hit<'_>| {
        let target = hit.rule.targets.first().map_or("!", String::as_str);
        format!("{}={target}", &text[hit.range.clone()])
    };
    hits.iter().map(shown).collect()
}

/// What is said of a translation, in short.
fn said(table: &str, [source, target]: [&str; 2], text: &str, translation: &str) -> Vec<String> {
    let departures = lookup(table, source, target).check(text, translation);
    let shown = |departure: Departure| match departure {
        Departure::Missing { term, wanted } => format!("{term}: {}", wanted.join("/")),
        Departure::Forbidden {
            term,
            found,
            instead,
        } => format!("{term}: not {found}, {}", instead.unwrap_or_default()),
        Departure::Changed { term } => format!("{term} as it is"),
    };
    departures.into_iter().map(shown).collect()
}

#[test]
fn terms_are_found_in_every_form_the_longest_first() {
    let text = "Log in to your accounts; our Privacy Policies of Harbour Tours.";
    assert_eq!(
        found(HARBOUR, "en", "de", text),
        [
            "Log in=anmelden",
            "accounts=Konto",
            "Privacy Policies=Datenschutzerklärung",
            "Harbour Tours=!",
        ]
    );
    let table = "en,de\nharbour,Hafen\nharbour master,Hafenmeister\nmaster key,Hauptschlüssel\n";
    assert_eq!(
        found(table, "en", "de", "the harbour master keys"),
        ["harbour master=Hafenmeister"]
    );
    let table = "en,de\na b,x\nb c d,y\n";
    assert_eq!(found(table, "en", "de", "a b c d"), ["b c d=y"]);
}

#[test]
fn a_more_general_language_serves_where_the_own_one_is_missing() {
    let table = "en,de,de-AT,de:forbidden,pt-PT\npotato,Kartoffel,Erdapfel,,batata\ntomato,Tomate,,Paradeiser,tomate\n";
    let text = "A potato, a tomato";
    let of = |target: &str| found(table, "en-GB", target, text);
    assert_eq!(of("de"), ["potato=Kartoffel", "tomato=Tomate"]);
    assert_eq!(of("de-AT"), ["potato=Erdapfel", "tomato=Tomate"]);
    assert_eq!(of("de-CH"), ["potato=Kartoffel", "tomato=Tomate"]);
    assert_eq!(of("pt-BR"), ["potato=batata", "tomato=tomate"]);
    assert!(of("it").is_empty());
    let table = "en,zh-Hant\nharbour,港口\n";
    assert!(found(table, "en", "zh-Hans", "harbour").is_empty());
    assert_eq!(found(table, "en", "zh-TW", "harbour"), ["harbour=港口"]);
}

#[test]
fn translations_are_held_against_the_glossary() {
    for (languages, text, translation, expected) in [
        (
            ["en", "de"],
            "Your accounts",
            "Ihre Benutzerkonten",
            &["account: Konto/Benutzerkonto"][..],
        ),
        (["en", "de"], "Your account", "Ihre Kontoeinstellungen", &[]),
        (
            ["en", "de"],
            "Your account",
            "Ihr Account",
            &[
                "account: Konto/Benutzerkonto",
                "account: not Account, Konto",
            ],
        ),
        (
            ["en", "de"],
            "Our privacy policy",
            "Unsere Datenschutzerklärungen",
            &[],
        ),
        (
            ["en", "de"],
            "with Harbour Tours",
            "mit Hafenrundfahrten",
            &["Harbour Tours as it is"],
        ),
        (["en", "de"], "with Harbour Tours", "mit Harbour Tours", &[]),
        (
            ["en", "de"],
            "with Harbour Tours",
            "mit harbour tours",
            &["Harbour Tours as it is"],
        ),
        (
            ["en", "de"],
            "harbour tours are fun",
            "Rundfahrten machen Spaß",
            &[],
        ),
        (["en", "fr"], "Your accounts", "Vos comptes", &[]),
        (
            ["en", "fr"],
            "The privacy policy",
            "POLITIQUES DE CONFIDENTIALITÉ",
            &[],
        ),
        (["en", "fr"], "the web", "la toile", &["web: web"]),
        (["en", "fr"], "the web", "l’Web", &[]),
        (["en", "it"], "Your account", "Il tuo profilo", &[]),
    ] {
        let found = said(HARBOUR, languages, text, translation);
        assert_eq!(found, expected, "{text} → {translation}");
    }
}

#[test]
fn without_a_stemmer_endings_may_follow() {
    let table = "en,ko,ja\naccount,계정,アカウント\n";
    assert!(said(table, ["en", "ko"], "Your account", "계정을 삭제").is_empty());
    assert_eq!(said(table, ["en", "ko"], "Your account", "구좌").len(), 1);
    assert!(
        said(
            table,
            ["en", "ja"],
            "Your account",
            "ユーザーアカウントを削除"
        )
        .is_empty()
    );
}

#[test]
fn homographs_are_right_in_one_of_their_meanings() {
    let table = "en,de,part-of-speech\nbook,Buch,noun\nbook,buchen,verb\n";
    let of = |translation: &str| said(table, ["en", "de"], "Book it", translation);
    assert!(of("Ein Buch").is_empty());
    assert!(of("Jetzt buchen").is_empty());
    assert_eq!(of("Reservieren").len(), 1);
    let lookup = lookup(table, "en", "de");
    assert!(lookup.entries().is_empty(), "a service could only take one");
}

#[test]
fn a_forbidden_form_is_told_from_the_one_that_is_wanted() {
    let table = "en,es,es:forbidden\ncomputer,computadora,computador | ordenador\n\
                 manager,account manager,account\n";
    let of = |text: &str, translation: &str| said(table, ["en", "es"], text, translation);
    assert!(of("The computer", "La computadora").is_empty());
    assert_eq!(
        of("The computer", "El computador"),
        ["computer: not computador, computadora"]
    );
    assert_eq!(
        of("The computers", "Los ordenadores"),
        [
            "computer: computadora",
            "computer: not ordenador, computadora"
        ]
    );
    assert!(of("The manager", "El account manager").is_empty());
}

#[test]
fn what_is_only_forbidden_needs_no_translation() {
    let table = "en,de:forbidden\ncloud,Wolke\n";
    assert!(said(table, ["en", "de"], "In the cloud", "In der Cloud").is_empty());
    assert_eq!(
        said(table, ["en", "de"], "In the cloud", "In der Wolke"),
        ["cloud: not Wolke, "]
    );
}

#[test]
fn protected_spans_are_not_searched() {
    let mut source = Fragment::plain("Run ");
    source.push_protected(1, "account");
    source.push_text(" now");
    assert_eq!(searchable(&source), "Run \u{fffc} now");
    assert_eq!(searchable(&Fragment::plain("a")), "a");
}
