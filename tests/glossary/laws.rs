//! Laws, as property tests.

use polypost::glossary::{
    Case, Concept, Delimiter, Format, Glossary, Lookup, PartOfSpeech, Place, Status, Term,
};
use proptest::prelude::*;

use crate::tbx::FORMS;
use crate::{locale, read, try_read, without_places};

/// One line of text, as terms and notes are.
fn line(pattern: &'static str) -> impl Strategy<Value = String> {
    pattern.prop_map(|text: String| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A concept with terms in up to three languages, in the order in which tables have them.
fn concept(words: &'static str) -> impl Strategy<Value = Concept> {
    let terms = prop::collection::vec(line(words), 0..3);
    let languages = ["en", "de", "pt-BR"];
    let all = prop::collection::vec(prop::collection::vec(terms, 3), languages.len());
    let statuses = [Status::Preferred, Status::Admitted, Status::Forbidden];
    let case = prop_oneof![
        Just(Case::Auto),
        Just(Case::Sensitive),
        Just(Case::Insensitive)
    ];
    let part = prop::option::of(prop::sample::select(
        PartOfSpeech::ALL.map(|(_, part)| part).to_vec(),
    ));
    (all, case, part, any::<bool>(), line("[a-z\"<&;, ]{0,8}")).prop_map(
        move |(all, case, part_of_speech, do_not_translate, note)| {
            let mut terms = vec![Term {
                locale: locale("en"),
                text: "first".to_owned(),
                status: Status::Preferred,
            }];
            for (tag, lists) in languages.iter().zip(all) {
                for (status, texts) in statuses.into_iter().zip(lists) {
                    terms.extend(
                        texts
                            .into_iter()
                            .filter(|text| !text.is_empty())
                            .map(|text| Term {
                                locale: locale(tag),
                                text,
                                status,
                            }),
                    );
                }
            }
            Concept {
                terms,
                part_of_speech,
                case,
                do_not_translate,
                note,
                place: Place::default(),
            }
        },
    )
}

/// A glossary whose first concept has all languages, in the usual order.
fn glossary(words: &'static str) -> impl Strategy<Value = Glossary> {
    prop::collection::vec(concept(words), 1..6).prop_map(|mut concepts| {
        let all = ["en", "de", "pt-BR"].map(|tag| Term {
            locale: locale(tag),
            text: "all".to_owned(),
            status: Status::Preferred,
        });
        concepts.insert(
            0,
            Concept {
                terms: all.into(),
                ..Concept::default()
            },
        );
        Glossary { concepts }
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(glossary in glossary("[a-cß\"|\\\\,;<>&'#=+ éア]{1,6}")) {
        for (delimiter, format) in [(Delimiter::Comma, Format::Csv), (Delimiter::Tab, Format::Tsv)] {
            let written = glossary.to_table(delimiter);
            prop_assert_eq!(&without_places(read(&written, format)), &glossary, "{}", written);
        }
        for form in FORMS {
            let written = glossary.to_tbx(form, &locale("en"));
            prop_assert_eq!(&without_places(read(&written, Format::Tbx)), &glossary, "{}", written);
        }
    }

    #[test]
    fn matching_does_not_depend_on_the_order_of_terms(
        glossary in glossary("[ab]{1,2}( [abAB]{1,2}){0,2}"),
        text in "[abAB]{1,2}([ ,-][abAB]{1,2}){0,12}",
        target in "[ab]{1,2}( [ab]{1,2}){0,6}",
    ) {
        let mut turned = glossary.clone();
        turned.concepts.reverse();
        let (en, de) = (locale("en"), locale("de"));
        let [one, other] = [&glossary, &turned].map(|glossary| Lookup::new(glossary, &en, &de));
        let hits = |lookup: &Lookup| -> Vec<_> {
            let hits = lookup.find(&text).into_iter();
            hits.map(|hit| (hit.range, hit.term.to_owned(), hit.rule.clone())).collect()
        };
        prop_assert_eq!(hits(&one), hits(&other));
        prop_assert_eq!(one.check(&text, &target), other.check(&text, &target));
        for pair in hits(&one).windows(2) {
            prop_assert!(pair[0].0 == pair[1].0 || pair[0].0.end <= pair[1].0.start);
        }
    }

    #[test]
    fn any_text_is_a_glossary_or_refused(
        text in "\\PC*|(<|>|/|tbx|term|langSec|conceptEntry|xml:lang=\"|en\"|&|;|!|\\[|\n|a| ){0,40}|[en,de|\"\t\n:;#]{0,40}",
    ) {
        for format in [Format::Csv, Format::Tsv, Format::Tbx] {
            if let Ok(glossary) = try_read(&text, format) {
                glossary.flaws(None);
                let lookup = Lookup::new(&glossary, &locale("en"), &locale("de"));
                lookup.check(&text, &text);
            }
        }
    }

    #[test]
    fn any_text_can_be_searched(term in "\\PC{1,6}", text in "\\PC*", tag in "en|de|fr|es|ja|ru|tr") {
        let term_in = |tag: &str| Term {
            locale: locale(tag),
            text: term.clone(),
            status: Status::Preferred,
        };
        let glossary = Glossary {
            concepts: vec![Concept {
                terms: vec![term_in(&tag), term_in("it")],
                ..Concept::default()
            }],
        };
        let lookup = Lookup::new(&glossary, &locale(&tag), &locale("it"));
        for hit in lookup.find(&format!("{text} {term} {text}")) {
            prop_assert!(!hit.range.is_empty());
        }
    }
}
