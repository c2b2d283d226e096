//! What goes out to people who work elsewhere, and what comes back.

use polypost::catalog::{
    Applied, Catalog, CatalogSegment, CatalogUnit, Change, Context, Imported, Note, Origin, Part,
    ReadError, Reason, State, SubState, po, xliff12, xliff21,
};
use polypost::unit::{Fragment, MarkupError};
use proptest::prelude::*;

use crate::generate::{self, reworded};
use crate::posts;

/// A format: its name, how it is written and how it is read.
pub(crate) type Format = (
    &'static str,
    fn(&Catalog, Context) -> String,
    fn(&str) -> Result<Imported, ReadError>,
);

pub(crate) const FORMATS: [Format; 3] = [
    ("xliff-2.1", xliff21::write_for_exchange, xliff21::import),
    ("xliff-1.2", xliff12::write, xliff12::import),
    ("po", po::write, po::import),
];

fn segments(catalog: &Catalog) -> impl Iterator<Item = &CatalogSegment> {
    let units = catalog.files.iter().flat_map(|file| &file.units);
    units.flat_map(CatalogUnit::segments)
}

fn segments_mut(catalog: &mut Catalog) -> impl Iterator<Item = &mut CatalogSegment> {
    let units = catalog.files.iter_mut().flat_map(|file| &mut file.units);
    units.flat_map(CatalogUnit::segments_mut)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_comes_back_as_it_went_changes_nothing(catalog in generate::catalog()) {
        for (name, write, import) in FORMATS {
            for context in [Context::None, Context::Neighbours] {
                let text = write(&catalog, context);
                let imported = import(&text).map_err(|error| {
                    TestCaseError::fail(format!("{name}: {error}\n{text}"))
                })?;
                let mut same = catalog.clone();
                let applied = same.apply(imported).expect("the same languages");
                prop_assert_eq!(applied, Applied::default(), "{}\n{}", name, text);
                prop_assert_eq!(&same, &catalog, "{}\n{}", name, text);
            }
        }
    }

    #[test]
    fn what_people_edit_comes_back(
        catalog in generate::catalog(),
        words in prop::collection::vec("[a-zA-Z äß&<>\"\\\\%]{1,9}", 8),
    ) {
        for (name, write, import) in FORMATS {
            let mut edited = catalog.clone();
            for (at, segment) in segments_mut(&mut edited).enumerate() {
                if at % 2 == 0 {
                    segment.target = Some(reworded(&segment.source, &words[at % words.len()]));
                    segment.state = segment.state.max(State::Translated);
                }
            }
            let text = write(&edited, Context::None);
            let imported = import(&text).map_err(|error| {
                TestCaseError::fail(format!("{name}: {error}\n{text}"))
            })?;
            let mut taken = catalog.clone();
            let applied = taken.apply(imported).expect("the same languages");
            prop_assert_eq!(&applied.refused, &[]);
            prop_assert_eq!(&applied.unknown, &[]);
            let both = segments(&taken).zip(segments(&edited)).zip(segments(&catalog));
            for ((taken, edited), before) in both {
                prop_assert_eq!(&taken.target, &edited.target, "{}\n{}", name, text);
                if taken.target != before.target {
                    prop_assert!(taken.is_persons());
                    prop_assert_eq!(&taken.origin, &Some(Origin::Person));
                }
                if before.is_persons() && taken.target != before.target {
                    let words = before.target.as_ref().map(Fragment::text);
                    let kept = taken.candidates.last().map(|one| one.target.text());
                    prop_assert_eq!(kept, words);
                }
            }
        }
    }
}

/// The post with a machine's translations, and an export of it.
fn exported(format: &Format) -> (Catalog, String) {
    let catalog = posts::translated(posts::POST);
    let text = (format.1)(&catalog, Context::None);
    (catalog, text)
}

fn edit(text: &str, old: &str, new: &str) -> String {
    assert!(text.contains(old), "{old} is not in\n{text}");
    text.replacen(old, new, 1)
}

#[test]
fn a_target_whose_codes_break_law_3_is_refused_with_its_line_and_the_rest_is_taken() {
    for format in &FORMATS {
        let (mut catalog, text) = exported(format);
        let target = ["<target", "msgstr"]
            .iter()
            .find_map(|start| {
                let at = text
                    .find(&format!(
                        "{start} state=\"translated\" state-qualifier=\"leveraged-mt\">FIRST ONE."
                    ))
                    .or_else(|| text.find(&format!("{start}>FIRST ONE.")))
                    .or_else(|| text.find(&format!("{start} \"FIRST ONE.")))?;
                Some(at)
            })
            .expect("the target");
        let line = text[..target].matches('\n').count() + 1;
        let end = target + text[target..].find('\n').expect("a line");
        let broken = match format.0 {
            "po" => "msgstr \"Erstens.\"",
            _ => "<target>Erstens.</target>",
        };
        let text = format!("{}{broken}{}", &text[..target], &text[end..]);
        let text = edit(&text, "IT GOES ON.", "Es geht weiter.");
        let imported = (format.2)(&text).expect("a file");
        let applied = catalog.apply(imported).expect("the same languages");
        assert_eq!(applied.refused.len(), 1, "{}", format.0);
        let refused = &applied.refused[0];
        assert_eq!(refused.reason, Reason::Codes(MarkupError::Missing(1)));
        assert_eq!(
            (refused.place.line, refused.place.segment.as_str()),
            (line, "s1")
        );
        assert_eq!(refused.place.file, "posts/1.html");
        assert_eq!(applied.taken.len(), 1);
        assert_eq!(applied.taken[0].change, Change::Edited);
        assert_eq!(applied.taken[0].place.segment, "s2");
    }
}

#[test]
fn approvals_come_back() {
    for (format, old, new) in [
        (&FORMATS[0], "state=\"translated\"", "state=\"final\""),
        (&FORMATS[1], "<trans-unit", "<trans-unit approved=\"yes\""),
        (&FORMATS[2], "#, fuzzy\n", ""),
    ] {
        let (mut catalog, _) = exported(format);
        let first = segments_mut(&mut catalog).next().expect("a segment");
        first.sub_state = Some(SubState::Estimated);
        let text = (format.1)(&catalog, Context::None);
        let imported = (format.2)(&edit(&text, old, new)).expect("a file");
        let applied = catalog.apply(imported).expect("the same languages");
        assert_eq!(applied.taken.len(), 1, "{}", format.0);
        assert_eq!(applied.taken[0].change, Change::Approved);
        let first = segments(&catalog).next().expect("a segment");
        assert!(first.state >= State::Reviewed && first.is_persons());
        assert_eq!(first.sub_state, None);
    }
}

#[test]
fn notes_come_back_and_are_not_told_twice() {
    for (format, old, new) in [
        (
            &FORMATS[0],
            "</notes>",
            "<note category=\"question\">Why?</note></notes>",
        ),
        (
            &FORMATS[1],
            "</trans-unit>",
            "<note from=\"question\">Why?</note></trans-unit>",
        ),
        (&FORMATS[2], "#. element: p\n", "# Why?\n#. element: p\n"),
    ] {
        let (mut catalog, text) = exported(format);
        let text = edit(&text, old, new);
        for _ in 0..2 {
            let imported = (format.2)(&text).expect("a file");
            catalog.apply(imported).expect("the same languages");
            let notes = &catalog.files[0].units[0].notes;
            let theirs: Vec<&Note> = notes.iter().filter(|note| note.text == "Why?").collect();
            assert_eq!(theirs.len(), 1, "{}", format.0);
            assert_eq!(notes.len(), 2);
        }
        // And it goes out again.
        assert!((format.1)(&catalog, Context::None).contains("Why?"));
    }
}

#[test]
fn another_source_or_language_is_not_taken() {
    for format in &FORMATS {
        let (mut catalog, text) = exported(format);
        let text = edit(&text, "It ", "That ");
        let text = edit(&text, "IT GOES ON.", "Es geht weiter.");
        let imported = (format.2)(&text).expect("a file");
        let applied = catalog.apply(imported).expect("the same languages");
        assert_eq!(applied.taken, [], "{}", format.0);
        assert_eq!(applied.refused.len(), 1, "{}", format.0);
        assert_eq!(applied.refused[0].reason, Reason::Source);

        let (_, text) = exported(format);
        let mut other = posts::translated(posts::POST);
        other.target = "fr".parse().expect("a tag");
        let before = other.clone();
        let imported = (format.2)(&text).expect("a file");
        assert!(other.apply(imported).is_err());
        assert_eq!(other, before);

        let mut nothing = posts::translated("<p>Something else.</p>");
        let imported = (format.2)(&text).expect("a file");
        let applied = nothing.apply(imported).expect("the same languages");
        assert_eq!(applied.unknown.len(), 4);
    }
}

/// A unit of two sentences that tools cut and join.
const TWO: &str = "<p>One <b>is</b> here. Two is there.</p>";

fn unit_lines(body: &str) -> (Catalog, String) {
    let catalog = posts::translated(TWO);
    let text = xliff21::write(&catalog);
    let start = text.find("   <segment").expect("a segment");
    let end = text.find("  </unit>").expect("a unit");
    (catalog, format!("{}{body}{}", &text[..start], &text[end..]))
}

#[test]
fn segments_that_a_tool_cut_are_joined_again() {
    let (mut catalog, text) = unit_lines(concat!(
        "<segment id=\"s1\" state=\"translated\"><source>One <pc id=\"1\">is</pc></source><target>Eins <pc id=\"1\">ist</pc></target></segment>",
        "<segment id=\"x\" state=\"reviewed\"><source> here.</source><target> hier.</target></segment>",
        "<ignorable><source> </source></ignorable>",
        "<segment id=\"s2\"><source>Two is there.</source></segment>",
    ));
    let imported = xliff21::import(&text).expect("a file");
    let applied = catalog.apply(imported).expect("the same languages");
    assert_eq!(applied.taken.len(), 1);
    let first = segments(&catalog).next().expect("a segment");
    let target = first.target.as_ref().expect("a target");
    assert_eq!(target.to_tagged(), "Eins <g1>ist</g1> hier.");
    assert_eq!(first.state, State::Translated);
}

#[test]
fn segments_that_a_tool_joined_are_cut_again_where_their_sentences_tell() {
    let joined = |target: &str| {
        unit_lines(&format!(
            "<segment id=\"s1\" state=\"reviewed\"><source>One <pc id=\"1\">is</pc> here. Two is there.</source><target>{target}</target></segment>"
        ))
    };
    let (mut catalog, text) = joined("Eins <pc id=\"1\">ist</pc> hier. Zwei ist dort.");
    let imported = xliff21::import(&text).expect("a file");
    let applied = catalog.apply(imported).expect("the same languages");
    assert_eq!(applied.taken.len(), 2);
    let targets: Vec<String> = segments(&catalog)
        .filter_map(|segment| segment.target.as_ref().map(Fragment::to_tagged))
        .collect();
    assert_eq!(targets, ["Eins <g1>ist</g1> hier.", "Zwei ist dort."]);
    assert!(segments(&catalog).all(|segment| segment.state == State::Reviewed));

    // One sentence of two, or the code in the other one: nobody knows what is whose.
    for target in [
        "Eins <pc id=\"1\">ist</pc> hier und zwei ist dort.",
        "Eins ist hier. Zwei <pc id=\"1\">ist</pc> dort.",
    ] {
        let (mut catalog, text) = joined(target);
        let before = catalog.clone();
        let imported = xliff21::import(&text).expect("a file");
        let applied = catalog.apply(imported).expect("the same languages");
        assert_eq!(applied.refused[0].reason, Reason::Segments, "{target}");
        assert_eq!(catalog, before);
    }
}

#[test]
fn a_whole_project_goes_in_one_file() {
    let mut both = posts::translated(posts::POST);
    let mut second = posts::translated(TWO);
    second.files[0].original = "posts/a b.html".to_owned();
    both.files.append(&mut second.files);
    for (name, write, import) in FORMATS {
        let text = write(&both, Context::Neighbours);
        let text = edit(&text, "TWO IS THERE.", "Zwei ist dort.");
        let imported = import(&text).expect("a file");
        let mut catalog = both.clone();
        let applied = catalog.apply(imported).expect("the same languages");
        assert_eq!(applied.taken.len(), 1, "{name}");
        assert_eq!(applied.taken[0].place.file, "posts/a b.html");
        assert!(matches!(
            catalog.files[1].units[0].parts[0],
            Part::Segment(_)
        ));
    }
}

#[test]
fn what_is_no_file_of_the_format_is_refused() {
    for (name, _, import) in FORMATS {
        for text in [
            "",
            "{}",
            "<x/>",
            "<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>",
            "msgid \"a",
        ] {
            assert!(import(text).is_err(), "{name}: {text}");
        }
    }
}
