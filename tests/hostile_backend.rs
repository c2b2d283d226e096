//! Laws 3 and 4 for the whole way of a post: whatever a backend answers, the codes of the result
//! are those of the source, every segment ends in exactly one state, and nothing is lost.

#[path = "laws/soup.rs"]
#[expect(dead_code, reason = "soup has no tags that could be counted")]
mod soup;

use std::sync::atomic::{AtomicUsize, Ordering};

use polypost::backend::{
    Aligner, Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request,
};
use polypost::html::Policy;
use polypost::pipeline::{Done, Format, Settings, localize};
use polypost::post::default_fields;
use polypost::route::{LinkPolicy, SiteConfig};
use polypost::translate::{Translator, Way};
use polypost::unit::{Alignment, CodeKind, Link, Locale, Segmentation};
use proptest::prelude::*;

/// What a friendly backend appends: a word joiner, which no reader sees.
const MARK: char = '\u{2060}';

/// What a backend does to a text with codes.
#[derive(Debug, Clone)]
enum Trick {
    Same,
    Append,
    DropTag(usize),
    DoubleTag(usize),
    SwapTags(usize, usize),
    Rename(usize),
    Shout,
    Strip,
    Say(String),
    Plain(String, Vec<[usize; 4]>),
    /// The words in another order, without codes and without an alignment.
    Unaligned(usize),
    Refuse,
    Silence,
    Empty,
}

fn tricks() -> impl Strategy<Value = Trick> {
    prop_oneof![
        2 => Just(Trick::Same),
        2 => (0..6_usize).prop_map(Trick::DropTag),
        2 => (0..6_usize).prop_map(Trick::DoubleTag),
        2 => (0..6_usize, 0..6_usize).prop_map(|(a, b)| Trick::SwapTags(a, b)),
        1 => (0..6_usize).prop_map(Trick::Rename),
        1 => Just(Trick::Shout),
        1 => Just(Trick::Strip),
        1 => "\\PC{0,20}".prop_map(Trick::Say),
        1 => Just(Trick::Say("<script>alert(\"1\")</script> ]]> </p> <g1> </g1> <x2/> -->".to_owned())),
        2 => ("\\PC{0,30}", prop::collection::vec(any::<[u8; 4]>(), 0..6)).prop_map(|(text, links)| {
            Trick::Plain(text, links.into_iter().map(|link| link.map(usize::from)).collect())
        }),
        2 => (0..6_usize).prop_map(Trick::Unaligned),
        1 => Just(Trick::Refuse),
        1 => Just(Trick::Silence),
        1 => Just(Trick::Empty),
    ]
}

/// The tags of a text as ranges.
fn tags(text: &str) -> Vec<std::ops::Range<usize>> {
    text.match_indices('<')
        .filter_map(|(at, _)| Some(at..at + text[at..].find('>')? + 1))
        .collect()
}

impl Trick {
    fn reply(&self, request: &Request) -> Option<Result<Reply, String>> {
        let text = request.source.to_tagged();
        let tags = tags(&text);
        let tag = |number: usize| tags.get(number % tags.len().max(1)).cloned();
        let tagged = match self {
            Self::Same => text,
            Self::Append => format!("{text}{MARK}"),
            Self::DropTag(number) => match tag(*number) {
                Some(range) => format!("{}{}", &text[..range.start], &text[range.end..]),
                None => text,
            },
            Self::DoubleTag(number) => match tag(*number) {
                Some(range) => format!("{}{}", &text[..range.end], &text[range.start..]),
                None => text,
            },
            Self::SwapTags(a, b) => match (tag(*a), tag(*b)) {
                (Some(a), Some(b)) if a.end <= b.start => format!(
                    "{}{}{}{}{}",
                    &text[..a.start],
                    &text[b.clone()],
                    &text[a.end..b.start],
                    &text[a],
                    &text[b.end..]
                ),
                _ => text,
            },
            Self::Rename(number) => text.replace(&format!("{}", number + 1), "9"),
            Self::Shout => text.to_uppercase(),
            Self::Strip => {
                let mut text = text;
                for range in tags.into_iter().rev() {
                    text.replace_range(range, "");
                }
                text
            }
            Self::Say(text) => text.clone(),
            Self::Plain(text, links) => {
                return Some(Ok(Reply::Plain {
                    text: text.clone(),
                    alignment: links_of(links),
                }));
            }
            Self::Unaligned(number) => {
                let mut words: Vec<&str> = request.source.text().split_whitespace().collect();
                let by = number % words.len().max(1);
                words.rotate_left(by);
                return Some(Ok(Reply::Plain {
                    text: words.join(" "),
                    alignment: Vec::new(),
                }));
            }
            Self::Refuse => return Some(Err("no".to_owned())),
            Self::Silence => return None,
            Self::Empty => String::new(),
        };
        Some(Ok(Reply::Tagged(tagged)))
    }
}

/// Answers each request with the next of its tricks.
struct Hostile {
    tricks: Vec<Trick>,
    next: AtomicUsize,
}

impl Backend for Hostile {
    fn name(&self) -> &'static str {
        "hostile"
    }

    fn limits(&self) -> Limits {
        Limits {
            segments: 3,
            characters: 200,
            ..Limits::NONE
        }
    }

    fn translate<'a>(
        &'a self,
        _: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            for request in requests {
                let next = self.next.fetch_add(1, Ordering::Relaxed);
                if let Some(reply) = self.tricks[next % self.tricks.len()].reply(request) {
                    replies(request.id, reply);
                }
            }
            Ok(())
        })
    }
}

/// Aligns whatever with whatever.
impl Aligner for Hostile {
    fn align<'a>(
        &'a self,
        _: &'a Pair,
        texts: &'a [(&'a str, &'a str)],
    ) -> BackendFuture<'a, Vec<Option<Alignment>>> {
        let tricks = self.tricks.iter().cycle();
        let alignments = texts.iter().zip(tricks).map(|(_, trick)| {
            let Trick::Plain(_, links) = trick else {
                return None;
            };
            Some(links_of(links))
        });
        let alignments = alignments.collect();
        Box::pin(async move { alignments })
    }
}

fn links_of(links: &[[usize; 4]]) -> Alignment {
    let links = links.iter().map(|[a, b, c, d]| Link {
        source: *a..*b,
        target: *c..*d,
    });
    links.collect()
}

fn settings() -> Settings {
    let (source, target): (Locale, Locale) =
        ("en".parse().expect("valid"), "de".parse().expect("valid"));
    Settings {
        policy: Policy::new(source.clone()),
        fields: default_fields(),
        segmentation: Some(Segmentation::Sentence),
        site: SiteConfig::default(),
        links: LinkPolicy::Keep,
        source,
        target,
    }
}

fn localized(text: &str, tricks: Vec<Trick>) -> Done {
    let backend = Hostile {
        tricks,
        next: AtomicUsize::new(0),
    };
    let looks_up = backend.tricks.len().is_multiple_of(2);
    let mut translator = Translator::new(&backend).with_look_ups(looks_up);
    if backend.tricks.len().is_multiple_of(3) {
        translator = translator.with_aligner(&backend);
    }
    let settings = settings();
    let is_localized = |_: &str| false;
    let localize = localize(
        text.to_owned(),
        Format::Html,
        &settings,
        &translator,
        &is_localized,
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    runtime.block_on(localize).expect("the text is read")
}

/// The names of all tags of a text, sorted: `<b`, `</b`.
fn tag_names(text: &str) -> Vec<String> {
    let mut names: Vec<String> = tags(text)
        .into_iter()
        .map(|range| {
            let tag = &text[range];
            tag.split([' ', '>']).next().unwrap_or_default().to_owned()
        })
        .collect();
    names.sort();
    names
}

/// Pages of few words, so that sentences come again with other tags around them.
fn repetitive() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "<p>One <b>two.",
            "</b>",
            " Three.",
            "</p>\n",
            "<b>More:</b>",
            " ",
            "<i>Four</i>",
            "<br>",
            "<code>x</code>",
        ][..],
    );
    prop::collection::vec(piece, 0..24).prop_map(|pieces| format!("<p>{}", pieces.concat()))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_hostile_backend_changes_no_markup_and_loses_no_text(
        text in soup::article(),
        tricks in prop::collection::vec(tricks(), 1..8),
    ) {
        let done = localized(&text, tricks);
        prop_assert_eq!(tag_names(&text), tag_names(&done.localized.text), "{}", done.localized.text);
        for (index, unit) in done.prepared.units().iter().enumerate() {
            let outcomes = done.outcomes_of(index);
            prop_assert_eq!(outcomes.len(), unit.segments.len());
            for outcome in outcomes {
                prop_assert_eq!(outcome.target.is_none(), outcome.way == Way::Source);
                prop_assert!(outcome.target.is_some() || outcome.failure.is_some());
            }
            for code in unit.unit.codes.iter().filter(|code| code.kind == CodeKind::Protected) {
                prop_assert!(done.localized.text.contains(&code.raw));
            }
        }
    }

    #[test]
    fn what_a_backend_appended_can_be_taken_back(text in repetitive()) {
        let done = localized(&text, vec![Trick::Append]);
        prop_assert_eq!(done.localized.text.replace(MARK, ""), text);
    }

    #[test]
    fn the_same_answers_give_the_same_bytes(
        text in soup::article(),
        tricks in prop::collection::vec(tricks(), 1..8),
    ) {
        let first = localized(&text, tricks.clone());
        let second = localized(&text, tricks);
        prop_assert_eq!(first.localized.text, second.localized.text);
    }
}
