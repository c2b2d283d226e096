//! What must hold for any text in HTML. The fuzz targets run the same bodies.

use polypost::html::{
    Alternate, Changes, Extracted, Head, HtmlUnit, Policy, Replacement, Shape, Site, extract,
    rebuild,
};
use polypost::post::{Part, Splice};
use polypost::unit::{Fragment, Locale, MarkKind, Segment, Segmentation, segments_of};

/// Marks what a test appended: a word joiner, which no reader sees.
pub(crate) const MARK: char = '\u{2060}';

/// Text that would do harm if it were written unescaped.
pub(crate) const HOSTILE: &str = r#"<script>alert("x")</script> & ]]> ' --> &amp; </p>"#;

pub(crate) fn english() -> Locale {
    "en".parse().expect("a valid tag")
}

pub(crate) fn segments(unit: &HtmlUnit) -> Vec<Segment> {
    segments_of(
        unit.source(),
        unit.codes(),
        Segmentation::Sentence,
        &english(),
    )
}

/// Gives every segment the target that a function makes of its source.
pub(crate) struct EverySegment<F>(pub(crate) F);

impl<F: Fn(&Fragment) -> Fragment> Changes for EverySegment<F> {
    fn replacements(&self, unit: &HtmlUnit) -> Vec<Replacement> {
        segments(unit)
            .into_iter()
            .map(|segment| Replacement {
                target: segment
                    .accept(&(self.0)(&segment.source))
                    .expect("the codes are those of the source"),
                text: segment.text,
                marks: segment.marks,
            })
            .collect()
    }

    fn site_value(&self, _: &Site) -> Option<Splice> {
        None
    }
}

/// A copy of `fragment` whose text runs, but not its codes, went through `change`.
pub(crate) fn with_text(fragment: &Fragment, mut change: impl FnMut(&str) -> String) -> Fragment {
    let mut out = Fragment::default();
    for item in fragment.items() {
        match item {
            polypost::unit::Item::Text(range) => out.push_text(&change(&fragment.text()[range])),
            polypost::unit::Item::Mark(mark) => match mark.kind {
                MarkKind::Protected { .. } => {
                    out.push_protected(mark.code, &fragment.text()[mark.at..mark.end()]);
                }
                kind => out.push_mark(kind, mark.code),
            },
        }
    }
    out
}

/// What is extracted, or nothing where the text is refused, which leaves it as it was.
pub(crate) fn extracted(source: &str, shape: Shape) -> Option<Extracted> {
    extract(source, shape, &Policy::new(english())).ok()
}

/// Changes nothing.
struct Nothing;
impl Changes for Nothing {
    fn replacements(&self, _: &HtmlUnit) -> Vec<Replacement> {
        Vec::new()
    }
    fn site_value(&self, _: &Site) -> Option<Splice> {
        None
    }
}

/// Law 1: with every target equal to its source the result is the source.
pub(crate) fn rebuilding_the_source_gives_the_source(source: &str, shape: Shape) {
    let Some(extracted) = extracted(source, shape) else {
        return;
    };
    assert!(rebuild(source, &extracted, &Nothing).is_identity(source.len()));
    let same = rebuild(source, &extracted, &EverySegment(Fragment::clone));
    assert_eq!(same.apply(source), source);
}

/// Laws 1 and 2, the whole way through codes and spelling: what every segment gained can be
/// taken back, and then nothing has changed.
pub(crate) fn what_was_appended_can_be_taken_back(source: &str, shape: Shape) {
    let spellings = ["x2060", "8288", "\\u2060"];
    if source.contains(MARK) || spellings.iter().any(|mark| source.contains(mark)) {
        return;
    }
    let Some(extracted) = extracted(source, shape) else {
        return;
    };
    let appended = rebuild(
        source,
        &extracted,
        &EverySegment(|fragment: &Fragment| {
            let mut target = fragment.clone();
            target.push_char(MARK);
            target
        }),
    );
    let output = appended.apply(source);
    // JSON-LD in ASCII spells it as an escape.
    assert_eq!(output.replace(MARK, "").replace("\\u2060", ""), source);
}

/// Inserts one alternate, in a language that no text of a test has.
struct OneAlternate;
impl Changes for OneAlternate {
    fn replacements(&self, _: &HtmlUnit) -> Vec<Replacement> {
        Vec::new()
    }
    fn site_value(&self, _: &Site) -> Option<Splice> {
        None
    }
    fn alternates(&self, _: &Head) -> Vec<Alternate> {
        vec![Alternate {
            language: "tlh".to_owned(),
            address: "https://a.example/?a=1&amp;'\"<b>".to_owned(),
        }]
    }
}

/// Law 2: what is inserted stands in one place, and a reader finds it in the head.
pub(crate) fn what_is_inserted_is_found_and_nothing_else_changed(source: &str, shape: Shape) {
    let Some(before) = extracted(source, shape) else {
        return;
    };
    let spliced = rebuild(source, &before, &OneAlternate);
    if spliced.is_identity(source.len()) {
        return;
    }
    let mut at = 0;
    let mut inserted = String::new();
    for part in spliced.parts() {
        match part {
            Part::Source(range) => {
                assert_eq!(range.start, at);
                at = range.end;
            }
            Part::New(text) => inserted.push_str(text),
        }
    }
    assert_eq!(at, source.len());
    assert_eq!(inserted.matches("<link ").count(), 1, "{inserted}");
    let output = spliced.apply(source);
    let after = extracted(&output, shape).expect("what was read can be read again");
    let languages = |extracted: &Extracted| {
        let head = extracted.head().expect("there is one");
        head.languages.clone()
    };
    let mut expected = languages(&before);
    expected.push("tlh".to_owned());
    assert_eq!(languages(&after), expected, "{output:?}");
}

/// Laws 2 and 3: a target that looks like markup is text, and the codes are those of the source.
pub(crate) fn hostile_text_stays_text(source: &str, shape: Shape) {
    let Some(before) = extracted(source, shape) else {
        return;
    };
    let hostile = |text: &str| match text.find(char::is_alphabetic) {
        Some(at) => format!("{}x{HOSTILE}x{}", &text[..at], &text[at..]),
        None => text.to_owned(),
    };
    let output = rebuild(
        source,
        &before,
        &EverySegment(|fragment: &Fragment| with_text(fragment, hostile)),
    )
    .apply(source);
    let after = extracted(&output, shape).expect("what was read can be read again");
    let raw_codes = |extracted: &Extracted| -> Vec<String> {
        extracted
            .units()
            .iter()
            .flat_map(|unit| unit.codes())
            .filter(|code| code.kind != polypost::unit::CodeKind::Protected)
            // Its attributes may hold units of their own.
            .map(|code| code.raw.split(' ').next().unwrap_or_default().to_owned())
            .collect()
    };
    assert_eq!(
        before.units().len(),
        after.units().len(),
        "units of {output:?}"
    );
    assert_eq!(raw_codes(&before), raw_codes(&after), "codes of {output:?}");
    for (old, new) in before.units().iter().zip(after.units()) {
        let mut expected = old.source().clone();
        for segment in segments(old).iter().rev() {
            let target = segment
                .accept(&with_text(&segment.source, hostile))
                .expect("the codes are kept");
            let text = format!(
                "{}{}{}",
                &expected.text()[..segment.text.start],
                target.text(),
                &expected.text()[segment.text.end..]
            );
            expected = Fragment::plain(text);
        }
        assert_eq!(new.source().text(), expected.text(), "text of {output:?}");
    }
}
