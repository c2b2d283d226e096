//! XLIFF 2.1: what is written is read again, and what others made of it too.

use polypost::catalog::xliff21::{read, write};
use polypost::catalog::{Context, Origin, ReadError, Reason, State, SubState, XmlError};
use polypost::unit::MarkupError;
use proptest::prelude::*;

use crate::exchange::FORMATS;
use crate::{generate, hostile, posts};

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read(catalog in generate::catalog()) {
        let read = read(&write(&catalog));
        let read = read.map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(&read.refused, &[]);
        // Compared as text as well: it is easier to read where they differ.
        prop_assert_eq!(write(&read.catalog), write(&catalog));
        let mut wanted = catalog;
        for file in &mut wanted.files {
            file.units.retain(|unit| unit.segments().next().is_some());
        }
        prop_assert_eq!(read.catalog, wanted);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "\\PC*|[<>/a-z &;=\"'#\\\\!\\-\r\n\\[\\]\0]*|(msg(id|str|ctxt) \"[a-z/\\\\<>1]*\"\n){0,9}") {
        hostile::any_file_is_read_or_refused(text.as_bytes(), &posts::translated(posts::POST));
    }

    #[test]
    fn any_change_of_a_file_is_read_or_refused(
        catalog in generate::catalog(),
        format in 0..3_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..9_usize, "[<>/a-z0-9 &;=\"']{0,4}"), 1..4),
    ) {
        let mut text = FORMATS[format].1(&catalog, Context::None);
        for (place, cut, put) in changes {
            let mut at = place.index(text.len());
            while !text.is_char_boundary(at) {
                at -= 1;
            }
            let mut end = (at + cut).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            text.replace_range(at..end, &put);
        }
        hostile::any_file_is_read_or_refused(text.as_bytes(), &catalog);
    }
}

#[test]
fn a_catalog_reads_well() {
    let catalog = posts::translated(posts::POST);
    insta::assert_snapshot!(write(&catalog), @r#"
<?xml version="1.0" encoding="UTF-8"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" xmlns:mda="urn:oasis:names:tc:xliff:metadata:2.0" xmlns:mtc="urn:oasis:names:tc:xliff:matches:2.0" xmlns:slr="urn:oasis:names:tc:xliff:sizerestriction:2.0" version="2.1" srcLang="en" trgLang="de">
 <file id="f21bb604f5d369879" original="posts/1.html" canResegment="no" xml:space="preserve">
  <unit id="2cb59092b1" type="html:p">
   <mda:metadata>
    <mda:metaGroup id="s1" category="polypost:target"><mda:meta type="digest">dfc0a4bc53fafebb</mda:meta><mda:meta type="origin">backend</mda:meta><mda:meta type="backend">pseudo</mda:meta><mda:meta type="codes">direct</mda:meta></mda:metaGroup>
    <mda:metaGroup id="s2" category="polypost:target"><mda:meta type="digest">b94fa2916eb997b8</mda:meta><mda:meta type="origin">backend</mda:meta><mda:meta type="backend">pseudo</mda:meta><mda:meta type="codes">direct</mda:meta></mda:metaGroup>
    <mda:metaGroup id="s3" category="polypost:target"><mda:meta type="digest">2c8cba98fef361b8</mda:meta><mda:meta type="origin">backend</mda:meta><mda:meta type="backend">pseudo</mda:meta><mda:meta type="codes">direct</mda:meta></mda:metaGroup>
   </mda:metadata>
   <notes>
    <note category="polypost:element">p</note>
   </notes>
   <originalData>
    <data id="o1">&lt;b&gt;</data>
    <data id="c1">&lt;/b&gt;</data>
    <data id="o2">&lt;i&gt;</data>
    <data id="c2">&lt;/i&gt;</data>
   </originalData>
   <segment id="s1" state="translated">
    <source>First <pc id="1" canCopy="no" canDelete="no" dataRefEnd="c1" dataRefStart="o1" subType="xlf:b" type="fmt">one</pc>.</source>
    <target>FIRST ONE.<pc id="1" canCopy="no" canDelete="no" dataRefEnd="c1" dataRefStart="o1" subType="xlf:b" type="fmt">FIRST ONE.</pc>FIRST ONE.</target>
   </segment>
   <ignorable>
    <source> </source>
   </ignorable>
   <segment id="s2" state="translated">
    <source>It <sc id="2" canCopy="no" canDelete="no" canOverlap="no" dataRef="o2" subType="xlf:i" type="fmt"/>goes on.</source>
    <target>IT GOES ON.<sc id="2" canCopy="no" canDelete="no" canOverlap="no" dataRef="o2" subType="xlf:i" type="fmt"/>IT GOES ON.</target>
   </segment>
   <ignorable>
    <source> </source>
   </ignorable>
   <segment id="s3" state="translated">
    <source>And<ec startRef="2" canCopy="no" canDelete="no" canOverlap="no" dataRef="c2"/> ends.</source>
    <target>AND ENDS.<ec startRef="2" canCopy="no" canDelete="no" canOverlap="no" dataRef="c2"/>AND ENDS.</target>
   </segment>
  </unit>
  <unit id="25e9099099" type="html:p">
   <mda:metadata>
    <mda:metaGroup id="s1" category="polypost:target"><mda:meta type="digest">35dbfd4ffb116354</mda:meta><mda:meta type="origin">backend</mda:meta><mda:meta type="backend">pseudo</mda:meta><mda:meta type="codes">direct</mda:meta></mda:metaGroup>
   </mda:metadata>
   <notes>
    <note category="polypost:element">p</note>
    <note category="polypost:protected">1: ls -l</note>
   </notes>
   <originalData>
    <data id="o1">&lt;code&gt;ls -l&lt;/code&gt;</data>
   </originalData>
   <segment id="s1" state="translated">
    <source>Run <ph id="1" canCopy="no" canDelete="no" dataRef="o1" equiv="ls -l" type="other"/> now.</source>
    <target>RUN LS -L NOW.<ph id="1" canCopy="no" canDelete="no" dataRef="o1" equiv="ls -l" type="other"/>RUN LS -L NOW.</target>
   </segment>
  </unit>
 </file>
</xliff>
"#);
}

#[test]
fn an_inserted_paragraph_adds_its_own_lines_and_changes_no_other() {
    let before = write(&posts::translated(posts::POST));
    let new = "<p>A <b>new</b> one.</p>";
    let after = write(&posts::translated(&format!("{new}{}", posts::POST)));
    let own = write(&posts::translated(new));
    let frame = 3;
    let own: Vec<&str> = own.lines().skip(frame).collect();
    let own = &own[..own.len() - 2];
    let mut wanted: Vec<&str> = before.lines().collect();
    wanted.splice(frame..frame, own.iter().copied());
    assert_eq!(after.lines().collect::<Vec<_>>(), wanted);
}

/// A file as a tool might give it back: another prefix, attributes in another order and new ones,
/// elements of its own, `sc` and `ec` for `pc`, other states, a comment in the text.
const RETURNED: &str = r#"<?xml version="1.0"?>
<!-- by a tool -->
<x:xliff trgLang="de" xmlns:x="urn:oasis:names:tc:xliff:document:2.0" srcLang="en" version="2.0" xmlns:t="urn:tool">
<t:job/><x:file original="posts/1.json" id="f1"><x:notes><x:note>all</x:note></x:notes>
<x:group id="g"><x:unit type="html:p" id="u1" t:done="yes"><t:time>now</t:time>
<x:notes><x:note category="question">Why?</x:note></x:notes>
<x:originalData><x:data id="o1">&lt;b></x:data><x:data id="c1">&lt;/b></x:data></x:originalData>
<x:segment id="s1" state="reviewed" subState="tool:done">
<x:source>a <x:pc id="1" dataRefStart="o1" dataRefEnd="c1">b</x:pc></x:source>
<x:target><x:sc id="1"/>B<x:ec startRef="1"/> <x:mrk id="m1" type="comment" value="sure?">A</x:mrk><![CDATA[<&>]]></x:target>
</x:segment>
<x:ignorable><x:source> </x:source></x:ignorable>
<x:segment>
<x:source>c <x:sc id="2"/><x:ec startRef="2"/></x:source>
<x:target>C <x:pc id="2"/></x:target>
</x:segment>
<x:segment id="s3" state="translated">
<x:source>d <x:ph id="3"/></x:source>
<x:target>D</x:target>
</x:segment>
</x:unit></x:group></x:file></x:xliff>"#;

#[test]
fn what_tools_made_of_a_file_is_read() {
    let read = read(RETURNED).expect("a catalog");
    let unit = &read.catalog.files[0].units[0];
    let segments: Vec<_> = unit.segments().collect();
    let target = |at: usize| {
        segments[at]
            .target
            .as_ref()
            .map(polypost::unit::Fragment::to_tagged)
    };
    assert_eq!(target(0).as_deref(), Some("<g1>B</g1> A&lt;&amp;&gt;"));
    assert_eq!(segments[0].state, State::Reviewed);
    assert_eq!(
        segments[0].sub_state,
        Some(SubState::Other("tool:done".to_owned()))
    );
    assert!(segments[0].is_persons());
    // A target in the state `initial`, and no id: both are there all the same.
    assert_eq!(segments[1].id, "s2");
    assert_eq!(target(1).as_deref(), Some("C <g2></g2>"));
    assert_eq!(segments[1].state, State::Translated);
    assert_eq!(unit.notes[0].text, "Why?");
    assert_eq!(unit.codes[0].raw, "<b>");
    assert_eq!(unit.codes[1].raw, "</b>");
}

#[test]
fn a_target_without_its_codes_is_refused_with_its_line_and_its_words_are_kept() {
    let read = read(RETURNED).expect("a catalog");
    let refused = &read.refused[0];
    assert_eq!(read.refused.len(), 1);
    assert_eq!(
        (refused.place.line, refused.place.segment.as_str()),
        (19, "s3")
    );
    assert_eq!(refused.reason, Reason::Codes(MarkupError::Missing(3)));
    let segment = read.catalog.files[0].units[0].segments().last();
    let segment = segment.expect("a segment");
    assert_eq!(segment.target, None);
    assert_eq!(segment.sub_state, Some(SubState::Refused));
    assert_eq!(segment.candidates[0].target.text(), "D");
    assert_eq!(segment.candidates[0].origin, Origin::Person);
}

#[test]
fn a_persons_edit_is_told_from_our_target_in_a_fresh_clone() {
    let ours = write(&posts::translated(posts::POST));
    let persons = |text: &str| {
        let read = read(text).expect("a catalog");
        let segments = read.catalog.files[0].units.iter();
        let segments = segments.flat_map(polypost::catalog::CatalogUnit::segments);
        let persons = segments.filter(|segment| segment.is_persons());
        persons
            .map(|segment| segment.id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(persons(&ours), [""; 0]);
    assert_eq!(persons(&ours.replace("AND ENDS.<", "Und endet.<")), ["s3"]);
    assert_eq!(
        persons(&ours.replace(
            r#"id="s2" state="translated""#,
            r#"id="s2" state="reviewed""#
        )),
        ["s2"]
    );
}

#[test]
fn what_is_no_catalog_is_refused() {
    let bomb = r#"<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>"#;
    assert_eq!(
        read(bomb),
        Err(ReadError::Xml(XmlError::DocType { line: 1 }))
    );
    let other = RETURNED.replace("document:2.0", "document:1.2");
    assert!(matches!(
        read(&other),
        Err(ReadError::Format { line: 3, .. })
    ));
    let nowhere = RETURNED.replace(r#" trgLang="de""#, "");
    assert!(matches!(
        read(&nowhere),
        Err(ReadError::NoLanguage {
            name: "trgLang",
            ..
        })
    ));
}
