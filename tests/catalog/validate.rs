//! What the standard wants and its schemas can't say.

use std::collections::BTreeSet;
use std::fs;
use std::process::{Command, Stdio};

use polypost::catalog::xliff21::{write, write_for_exchange};
use polypost::catalog::{Constraint, Context, Violation, validate};
use proptest::prelude::*;

use crate::{generate, posts, python, schema};

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_valid(catalog in generate::catalog()) {
        let found = validate(&write(&catalog)).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(found, []);
        let found = validate(&write_for_exchange(&catalog, Context::Neighbours));
        prop_assert_eq!(found, Ok(Vec::new()));
    }
}

#[test]
fn a_catalog_of_a_post_is_valid() {
    assert_eq!(
        validate(&write(&posts::translated(posts::POST))),
        Ok(vec![])
    );
}

/// A valid document with nearly everything in it, a line for each element that tests change.
const VALID: &str = r##"<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" version="2.1" srcLang="en" trgLang="de">
<file id="f1"><skeleton href="a"/>
<group id="g1"><unit id="u0"><segment><source>x</source></segment></unit></group>
<group id="g2"/>
<unit id="u1">
<mda:metadata id="md"><mda:metaGroup id="mg"><mda:meta type="a">b</mda:meta></mda:metaGroup></mda:metadata>
<mtc:matches>
<mtc:match id="mm" ref="#s1" type="tm" subType="a:b"><originalData><data id="d1">x</data></originalData>
<source><ph id="1" dataRef="d1"/></source>
<target><ph id="1" dataRef="d1"/></target>
</mtc:match>
</mtc:matches>
<notes><note id="n1">a</note><note id="n2">b</note></notes>
<originalData><data id="d1">a<cp hex="0001"/></data><data id="d2">b</data></originalData>
<segment id="s1" state="final" subState="a:b">
<source xml:lang="en-GB">a<pc id="1" dataRefStart="d1" dataRefEnd="d2" canCopy="no" canDelete="no" type="fmt" subType="xlf:b">b</pc><sc id="2" canOverlap="no"/></source>
<target xml:lang="de" order="3">c<pc id="1" dataRefStart="d1" dataRefEnd="d2" canCopy="no" canDelete="no">b</pc><sc id="2" canOverlap="no"/></target>
</segment>
<ignorable id="i1">
<source> <ec startRef="2" canOverlap="no"/></source>
<target> <ec startRef="2" canOverlap="no"/></target>
</ignorable>
<segment id="s2" state="translated">
<source><ph id="3" canReorder="firstNo" canCopy="no" canDelete="no"/><ph id="4" canReorder="no" canCopy="no" canDelete="no"/><sc id="5" isolated="yes"/><ph id="6" subFlows="u0"/></source>
<target order="1">a<ph id="3" canReorder="firstNo" canCopy="no" canDelete="no"/><ph id="4" canReorder="no" canCopy="no" canDelete="no"/><sc id="5" isolated="yes"/><ph id="7" copyOf="6"/></target>
</segment>
<segment id="s3">
<source><mrk id="8" type="comment" ref="#n=n1">a</mrk><sm id="9" translate="no"/>b<em startRef="9"/><ec id="10" isolated="yes"/></source>
</segment>
</unit>
</file>
</xliff>"##;

fn broken(old: &str, new: &str) -> Vec<Violation> {
    assert!(VALID.contains(old), "{old}");
    validate(&VALID.replacen(old, new, 1)).expect("XML")
}

/// What breaks a constraint: what is replaced in the valid document, and by what.
const BREACHES: [(Constraint, &str, &str); 53] = [
    (Constraint::Version, "version=\"2.1\"", "version=\"1.2\""),
    (Constraint::TargetLanguage, " trgLang=\"de\"", ""),
    (Constraint::Language, "xml:lang=\"de\"", "xml:lang=\"den\""),
    (
        Constraint::Language,
        "xml:lang=\"en-GB\"",
        "xml:lang=\"fr\"",
    ),
    (
        Constraint::Skeleton,
        "<skeleton href=\"a\"/>",
        "<skeleton/>",
    ),
    (
        Constraint::Skeleton,
        "href=\"a\"/>",
        "href=\"a\">x</skeleton>",
    ),
    (
        Constraint::Segment,
        "<segment><source>x</source></segment>",
        "<ignorable><source>x</source></ignorable>",
    ),
    (Constraint::UniqueId, "group id=\"g2\"", "group id=\"g1\""),
    (Constraint::UniqueId, "unit id=\"u0\"", "unit id=\"u1\""),
    (Constraint::UniqueId, "note id=\"n2\"", "note id=\"n1\""),
    (Constraint::UniqueId, "data id=\"d2\"", "data id=\"d1\""),
    (Constraint::UniqueId, "id=\"s3\"", "id=\"s2\""),
    (Constraint::UniqueId, "id=\"i1\"", "id=\"9\""),
    (
        Constraint::UniqueId,
        "</mtc:match>",
        "</mtc:match><mtc:match id=\"mm\" ref=\"s1\"><source/><target/></mtc:match>",
    ),
    (
        Constraint::Metadata,
        "metaGroup id=\"mg\"",
        "metaGroup id=\"md\"",
    ),
    (
        Constraint::StateTarget,
        "id=\"s3\"",
        "id=\"s3\" state=\"reviewed\"",
    ),
    (Constraint::SubState, "subState=\"a:b\"", "subState=\"ab\""),
    (Constraint::SubState, "state=\"final\" ", ""),
    (Constraint::Order, "order=\"3\"", "order=\"9\""),
    (Constraint::Order, "order=\"3\"", "order=\"1\""),
    (Constraint::Order, " order=\"1\"", ""),
    (
        Constraint::TargetId,
        "<ph id=\"7\" copyOf=\"6\"/>",
        "<ph id=\"8\" copyOf=\"6\"/>",
    ),
    (
        Constraint::TargetId,
        "<ph id=\"7\" copyOf=\"6\"/>",
        "<ph id=\"s1\" copyOf=\"6\"/>",
    ),
    (
        Constraint::DataRef,
        "dataRefEnd=\"d2\"",
        "dataRefEnd=\"d3\"",
    ),
    (
        Constraint::DataRef,
        "<target><ph id=\"1\" dataRef=\"d1\"/>",
        "<target><ph id=\"1\" dataRef=\"d2\"/>",
    ),
    (Constraint::AttributePair, " dataRefEnd=\"d2\"", ""),
    (
        Constraint::AttributePair,
        "type=\"fmt\"",
        "type=\"fmt\" equivStart=\"\"",
    ),
    (
        Constraint::Isolated,
        "<ec id=\"10\" isolated=\"yes\"/>",
        "<ec startRef=\"5\"/>",
    ),
    (
        Constraint::Unpaired,
        "<source> <ec startRef=\"2\" canOverlap=\"no\"/>",
        "<source> ",
    ),
    (
        Constraint::Unpaired,
        "<target> <ec startRef=\"2\" canOverlap=\"no\"/>",
        "<target> ",
    ),
    (
        Constraint::Unpaired,
        "<ec id=\"10\" isolated=\"yes\"/>",
        "<ec startRef=\"11\"/>",
    ),
    (
        Constraint::EndCode,
        "<ec id=\"10\" isolated=\"yes\"/>",
        "<ec id=\"10\"/>",
    ),
    (
        Constraint::EndCode,
        "startRef=\"2\" canOverlap",
        "startRef=\"2\" id=\"12\" canOverlap",
    ),
    (
        Constraint::PairHints,
        "<ec startRef=\"2\" canOverlap=\"no\"/>",
        "<ec startRef=\"2\"/>",
    ),
    (
        Constraint::Hints,
        "canReorder=\"firstNo\" canCopy=\"no\"",
        "canReorder=\"firstNo\"",
    ),
    (
        Constraint::Sequence,
        "canReorder=\"firstNo\" canCopy",
        "canCopy",
    ),
    (
        Constraint::Sequence,
        r#"a<ph id="3" canReorder="firstNo" canCopy="no" canDelete="no"/>"#,
        r#"a<ph id="3" canReorder="firstNo" canCopy="no" canDelete="no"/><ph id="90"/>"#,
    ),
    (
        Constraint::Deleted,
        "c<pc id=\"1\" dataRefStart=\"d1\" dataRefEnd=\"d2\" canCopy=\"no\" canDelete=\"no\">b</pc>",
        "c",
    ),
    (Constraint::CopyOf, "copyOf=\"6\"", "copyOf=\"1\""),
    (Constraint::CopyOf, "copyOf=\"6\"", "copyOf=\"99\""),
    (Constraint::CopyOf, "copyOf=\"6\"", "copyOf=\"4\""),
    (Constraint::SubType, "type=\"fmt\" subType", "subType"),
    (
        Constraint::SubType,
        "type=\"fmt\" subType",
        "type=\"ui\" subType",
    ),
    (
        Constraint::SubFlows,
        "subFlows=\"u0\"",
        "subFlows=\"u0 u9\"",
    ),
    (Constraint::CodePoint, "hex=\"0001\"", "hex=\"0041\""),
    (Constraint::CodePoint, "hex=\"0001\"", "hex=\"110000\""),
    (Constraint::Annotation, "<em startRef=\"9\"/>", ""),
    (
        Constraint::Annotation,
        "<sm id=\"9\" translate=\"no\"/>",
        "",
    ),
    (Constraint::Comment, "ref=\"#n=n1\"", ""),
    (Constraint::Comment, "ref=\"#n=n1\"", "ref=\"#n=n9\""),
    (
        Constraint::Comment,
        "ref=\"#n=n1\"",
        "ref=\"#n=n1\" value=\"a\"",
    ),
    (Constraint::Match, "ref=\"#s1\"", "ref=\"#i1\""),
    (Constraint::Match, "type=\"tm\" subType", "subType"),
];

#[test]
fn what_holds_everywhere_is_found_broken_anywhere() {
    assert_eq!(validate(VALID), Ok(vec![]));
    for (constraint, old, new) in BREACHES {
        let found = broken(old, new);
        let constraints: Vec<_> = found.iter().map(|one| one.constraint).collect();
        assert!(
            constraints.contains(&constraint),
            "{old} -> {new}: {found:?}"
        );
    }
}

#[test]
fn a_violation_has_its_line_and_its_value() {
    let found = broken("id=\"s3\"", "id=\"s2\"");
    let violation = Violation {
        line: 27,
        constraint: Constraint::UniqueId,
        value: "s2".to_owned(),
    };
    assert_eq!(found, [violation]);
    let other = validate("<tmx/>").expect("XML");
    assert_eq!(other[0].constraint, Constraint::Root);
    assert!(validate("<xliff").is_err());
}

/// Which documents the Schematron of OASIS finds broken, by their names.
fn broken_by_schematron(documents: &[(String, String)]) -> Option<BTreeSet<String>> {
    let schemas = schema::schemas()?.join("xliff-2.1");
    let interpreter = python::with_packages("catalog", "catalog")?;
    let folder = tempfile::tempdir().expect("a folder");
    let mut command = Command::new(interpreter);
    command.arg(python::folder("catalog").join("schematron.py"));
    for name in ["xliff_core_2.1", "matches", "metadata", "size_restriction"] {
        command.arg(schemas.join(format!("{name}.sch")));
    }
    command.arg("--").stdin(Stdio::null());
    for (name, document) in documents {
        let path = folder.path().join(name);
        fs::write(&path, document).expect("a file");
        command.arg(path);
    }
    let output = command.output().expect("the script");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{talk}");
    let text = String::from_utf8(output.stdout).expect("text");
    let name = |line: &str| {
        let path = line.split(':').next()?;
        Some(path.rsplit('/').next()?.to_owned())
    };
    Some(text.lines().filter_map(name).collect())
}

#[test]
fn the_schematron_of_the_standard_agrees() {
    let mut documents = vec![("valid".to_owned(), VALID.to_owned())];
    let catalogs = schema::catalogs(30);
    for (at, catalog) in catalogs.iter().enumerate() {
        // It knows nothing of U+FFFE and U+FFFF, which XML does not allow either.
        let text = write(catalog);
        let text = text
            .replace("\"FFFE\"", "\"0001\"")
            .replace("\"FFFF\"", "\"0001\"");
        documents.push((format!("catalog-{at}"), text));
    }
    // The text of the standard has these, its Schematron does not.
    let unknown = |constraint: Constraint, new: &str| {
        matches!(constraint, Constraint::Deleted | Constraint::Version)
            || new.contains("subState=\"ab\"")
    };
    let mut wanted = BTreeSet::new();
    for (at, (constraint, old, new)) in BREACHES.into_iter().enumerate() {
        let name = format!("breach-{at}");
        documents.push((name.clone(), VALID.replacen(old, new, 1)));
        if !unknown(constraint, new) {
            wanted.insert(name);
        }
    }
    if let Some(broken) = broken_by_schematron(&documents) {
        assert_eq!(broken, wanted);
    }
}
