use super::*;

fn locale() -> Locale {
    "en".parse().expect("valid")
}

/// `a <1>b</1> <2/>` as a fragment, with codes whose bytes are `<t>`, `</t>` and `<br>`.
fn parse(notation: &str) -> (Fragment, Vec<Code>) {
    let mut fragment = Fragment::default();
    let mut codes = Vec::new();
    let mut rest = notation;
    while let Some(at) = rest.find('<') {
        fragment.push_text(&rest[..at]);
        let end = rest.find('>').expect("closed");
        let tag = &rest[at + 1..end];
        let id = tag.trim_matches('/').parse().expect("a number");
        let (mark, kind, raw) = if tag.starts_with('/') {
            (MarkKind::Close, CodeKind::Close, "</t>")
        } else if tag.ends_with('/') {
            (MarkKind::Standalone, CodeKind::Standalone, "<br>")
        } else {
            (MarkKind::Open, CodeKind::Open, "<t>")
        };
        fragment.push_mark(mark, id);
        codes.push(Code {
            id,
            kind,
            raw: raw.to_owned(),
        });
        rest = &rest[end + 1..];
    }
    fragment.push_text(rest);
    (fragment, codes)
}

fn tagged(notation: &str) -> Vec<String> {
    let (fragment, codes) = parse(notation);
    segments_of(&fragment, &codes, Segmentation::Sentence, &locale())
        .into_iter()
        .map(|segment| segment.source.to_tagged())
        .collect()
}

#[test]
fn a_pair_across_a_border_is_completed_on_both_sides() {
    assert_eq!(
        tagged("<1>It came into focus. It then asked <2>who</2> </1><3>aims</3> at it."),
        [
            "It came into focus.",
            "<g1>It then asked <g2>who</g2> </g1><g3>aims</g3> at it."
        ]
    );
}

#[test]
fn codes_at_the_edges_belong_to_the_unit() {
    assert_eq!(
        tagged("<1>First one.</1> <2>Second one.</2>"),
        ["First one.", "Second one."]
    );
}

#[test]
fn a_pair_that_ends_behind_the_last_space_is_completed() {
    assert_eq!(
        tagged("Made <1>in the US.\u{a0}</1>"),
        ["Made <g1>in the US.</g1>"]
    );
}

#[test]
fn words_that_only_markup_separates_are_sent_apart() {
    assert_eq!(
        tagged("<1>Related:</1><2>Beyond it</2>"),
        ["<g1>Related:</g1> <g2>Beyond it</g2>"]
    );
    assert_eq!(
        tagged("one line<1/>another line"),
        ["one line<x1/> another line"]
    );
    assert_eq!(tagged("a.<1/>B is next"), ["a.<x1/> B is next"]);
}

#[test]
fn accepting_the_source_gives_the_stretch_of_the_unit() {
    for notation in [
        "<1>It came into focus. It then asked <2>who</2> </1><3>aims</3> at it.",
        "<1>Related:</1><2>Beyond it</2>",
        "one line<1/>another line",
        "Made <1>in the US.\u{a0}</1>",
    ] {
        let (fragment, codes) = parse(notation);
        for segment in segments_of(&fragment, &codes, Segmentation::Sentence, &locale()) {
            let accepted = segment.accept(&segment.source).expect("law 3 holds");
            assert_eq!(
                accepted,
                fragment.slice(segment.text.clone(), segment.marks.clone())
            );
        }
    }
}

#[test]
fn a_completing_code_goes_back_to_its_edge() {
    let (fragment, codes) = parse("<1>One is here. Two is</1> there.");
    let segments = segments_of(&fragment, &codes, Segmentation::Sentence, &locale());
    let mut moved = Fragment::plain("Da ");
    moved.push_mark(MarkKind::Open, 1);
    moved.push_text("ist zwei");
    moved.push_mark(MarkKind::Close, 1);
    moved.push_text(".");
    let accepted = segments[1].accept(&moved).expect("law 3 holds");
    assert_eq!(accepted.text(), "Da ist zwei.");
    assert_eq!(accepted.marks().len(), 1);
}

#[test]
fn a_protected_span_keeps_the_space_at_its_edge() {
    let mut fragment = Fragment::plain("Type ");
    fragment.push_protected(1, " ls ");
    let codes = [Code {
        id: 1,
        kind: CodeKind::Protected,
        raw: "<code> ls </code>".to_owned(),
    }];
    let segments = segments_of(&fragment, &codes, Segmentation::Sentence, &locale());
    assert_eq!(segments.len(), 1);
    assert_eq!(segments[0].source, fragment);
    assert_eq!(segments[0].accept(&fragment), Ok(fragment));
}
