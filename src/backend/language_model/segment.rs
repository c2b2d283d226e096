//! A segment as a language model gets it.

use std::collections::BTreeMap;

use serde::Serialize;

use super::super::Request;
use crate::unit::MarkKind;

/// How much of the text before and behind a segment is shown, in characters.
const NEIGHBOUR: usize = 200;
/// How much of the paragraph around a segment is shown, in characters.
const PARAGRAPH: usize = 1000;

/// One entry of the list in the user's message.
#[derive(Debug, Serialize)]
pub(super) struct Shown<'a> {
    id: String,
    text: String,
    /// What protected spans show, by their tags.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    fixed: BTreeMap<String, &'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    terms: Vec<ShownTerm<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mistake: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct ShownTerm<'a> {
    term: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    #[serde(skip_serializing_if = "str::is_empty")]
    translation: &'a str,
    /// What must not be used for it.
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    never: &'a [String],
}

/// What a glossary says of a segment, as the model gets it: answers depend on it. None where it
/// says nothing.
pub(super) fn terms_key(request: &Request) -> Option<String> {
    let terms = shown_terms(request);
    // Texts and lists of them can always be written.
    (!terms.is_empty()).then(|| serde_json::to_string(&terms).unwrap_or_default())
}

fn shown_terms(request: &Request) -> Vec<ShownTerm<'_>> {
    request
        .terms
        .iter()
        .map(|term| ShownTerm {
            term: &term.source,
            kind: term.part_of_speech,
            translation: &term.target,
            never: &term.forbidden,
        })
        .collect()
}

/// The key of a segment in the answer, by its place in the request. That it is no more than the
/// place keeps the schema of all requests of one size the same, which services prepare once.
pub(super) fn key(place: usize) -> String {
    format!("s{}", place + 1)
}

/// Requests with what surrounds them, each thing once: neighbours that are entries themselves are
/// left out, and so are paragraphs whose sentences are all there.
pub(super) fn shown(requests: &[Request]) -> Vec<Shown<'_>> {
    let paragraphs = paragraphs(requests);
    let plain = |place: usize| requests.get(place).map(|one| one.source.text());
    requests
        .iter()
        .zip(paragraphs)
        .enumerate()
        .map(|(place, (request, paragraph))| {
            let previous = place.checked_sub(1).and_then(plain);
            let is_new = |text: &str, entry: Option<&str>| {
                !text.trim().is_empty() && entry.map(str::trim) != Some(text.trim())
            };
            Shown {
                id: key(place),
                text: request.source.to_tagged(),
                fixed: fixed(request),
                terms: shown_terms(request),
                paragraph,
                before: is_new(&request.before, previous).then(|| end_of(&request.before)),
                after: is_new(&request.after, plain(place + 1))
                    .then(|| start_of(&request.after, NEIGHBOUR)),
                mistake: request.problem.as_deref(),
            }
        })
        .collect()
}

fn fixed(request: &Request) -> BTreeMap<String, &str> {
    let source = &request.source;
    source
        .marks()
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Protected { .. }))
        .map(|mark| {
            let text = &source.text()[mark.at..mark.end()];
            (format!("<x{}/>", mark.code), text)
        })
        .collect()
}

/// The paragraph of each request, at the first of those that share it.
fn paragraphs(requests: &[Request]) -> Vec<Option<&str>> {
    let letters = |text: &str| -> String { text.split_whitespace().collect() };
    let mut paragraphs = Vec::with_capacity(requests.len());
    for run in requests.chunk_by(|one, next| one.context == next.context) {
        let context = run.first().map_or("", |first| first.context.as_str());
        let together: String = run.iter().map(|one| letters(one.source.text())).collect();
        let is_new = !context.trim().is_empty() && letters(context) != together;
        paragraphs.push(is_new.then(|| around(context, run)));
        paragraphs.extend((1..run.len()).map(|_| None));
    }
    paragraphs
}

/// A paragraph, or of a long one the part around the first of its segments.
fn around<'a>(context: &'a str, run: &[Request]) -> &'a str {
    let at = run
        .first()
        .and_then(|first| context.find(first.source.text()))
        .unwrap_or(0);
    let start = context[..at]
        .char_indices()
        .rev()
        .take(PARAGRAPH / 4)
        .last()
        .map_or(at, |(start, _)| start);
    start_of(&context[start..], PARAGRAPH)
}

fn start_of(text: &str, most: usize) -> &str {
    match text.char_indices().nth(most) {
        Some((end, _)) => &text[..end],
        None => text,
    }
}

fn end_of(text: &str) -> &str {
    match text.char_indices().rev().nth(NEIGHBOUR - 1) {
        Some((start, _)) => &text[start..],
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::super::Term;
    use super::*;
    use crate::unit::Fragment;

    fn request(text: &str) -> Request {
        Request {
            source: Fragment::plain(text),
            ..Request::default()
        }
    }

    fn as_json(requests: &[Request]) -> Value {
        serde_json::to_value(shown(requests)).expect("JSON")
    }

    #[test]
    fn a_segment_shows_its_codes_terms_and_surroundings() {
        let mut one = request("");
        one.source.push_text("Run ");
        one.source.push_protected(1, "ls \"-l\"");
        one.source.push_text(" & see.");
        one.context = "First. Run ls \"-l\" & see.".to_owned();
        one.before = "First.".to_owned();
        one.after = "Third.".to_owned();
        one.problem = Some("code 1 is missing".to_owned());
        one.terms.push(Term {
            source: "run".to_owned(),
            target: "ausführen".to_owned(),
            ..Term::default()
        });
        assert_eq!(
            as_json(&[one]),
            json!([{
                "id": "s1",
                "text": "Run <x1/> &amp; see.",
                "fixed": {"<x1/>": "ls \"-l\""},
                "terms": [{"term": "run", "translation": "ausführen"}],
                "paragraph": "First. Run ls \"-l\" & see.",
                "before": "First.",
                "after": "Third.",
                "mistake": "code 1 is missing",
            }])
        );
    }

    #[test]
    fn what_stands_in_the_list_is_not_repeated() {
        let mut requests = [request("One. "), request("Two."), request("Three.")];
        for one in &mut requests[..2] {
            one.context = "One. Two.".to_owned();
        }
        requests[0].after = "Two.".to_owned();
        requests[1].before = "One.".to_owned();
        requests[2].context = "Three. Four.".to_owned();
        assert_eq!(
            as_json(&requests),
            json!([
                {"id": "s1", "text": "One. "},
                {"id": "s2", "text": "Two."},
                {"id": "s3", "text": "Three.", "paragraph": "Three. Four."},
            ])
        );
    }

    #[test]
    fn long_surroundings_are_cut_where_characters_end() {
        let mut one = request("here");
        one.before = "é".repeat(500);
        one.after = "ü".repeat(500);
        one.context = format!("{}here{}", "ß".repeat(3000), "ä".repeat(3000));
        let shown = as_json(&[one]);
        let length = |key: &str| shown[0][key].as_str().expect("text").chars().count();
        assert_eq!(length("before"), NEIGHBOUR);
        assert_eq!(length("after"), NEIGHBOUR);
        assert_eq!(length("paragraph"), PARAGRAPH);
        assert!(
            shown[0]["paragraph"]
                .as_str()
                .expect("text")
                .contains("ßhereä")
        );
    }
}
