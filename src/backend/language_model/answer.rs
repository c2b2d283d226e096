//! Reads what a language model wrote: tolerantly where its form is concerned, strictly where its
//! entries are.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::super::Request;
use super::segment::key;

/// How many places of an answer are tried as the start of the object.
const TRIES: usize = 256;

/// The translation of each request, or what is wrong with it, in English.
///
/// The object may stand between other words, such as the fences of a code block or thoughts.
pub(super) fn read(content: &str, requests: &[Request]) -> Vec<Result<String, String>> {
    let entries = find_object(content, requests.len());
    requests
        .iter()
        .enumerate()
        .map(|(place, request)| {
            let Some(Entries(entries)) = &entries else {
                return Err("the answer is not the JSON object that was asked for".to_owned());
            };
            let key = key(place);
            let own = entries.iter().filter(|(name, _)| *name == key);
            read_entry(own.map(|(_, value)| value), request)
        })
        .collect()
}

fn read_entry<'a>(
    mut own: impl Iterator<Item = &'a Value>,
    request: &Request,
) -> Result<String, String> {
    let failed = |what: &str| Err(what.to_owned());
    let Some(value) = own.next() else {
        return failed("the answer has no translation of this text");
    };
    if own.any(|other| other != value) {
        return failed("the answer has more than one translation of this text");
    }
    let Value::String(text) = value else {
        return failed("the translation is not a string");
    };
    if text.trim().is_empty() {
        return failed("the translation is empty");
    }
    let source = request.source.text();
    let is_broken = |c: char| c == char::REPLACEMENT_CHARACTER || (c.is_control() && !is_blank(c));
    if text.chars().any(|c| is_broken(c) && !source.contains(c)) {
        return failed("the translation has broken characters");
    }
    let mut text = text.as_str();
    if !source.starts_with(char::is_whitespace) {
        text = text.trim_start();
    }
    if !source.ends_with(char::is_whitespace) {
        text = text.trim_end();
    }
    Ok(text.to_owned())
}

fn is_blank(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{c}')
}

/// The object with the most of the keys wanted; of several the last, as thoughts come first.
fn find_object(content: &str, count: usize) -> Option<Entries> {
    let mut best: Option<(usize, Entries)> = None;
    let mut from = 0;
    for _ in 0..TRIES {
        let Some(start) = content[from..].find('{').map(|at| from + at) else {
            break;
        };
        from = start + 1;
        let mut objects = serde_json::Deserializer::from_str(&content[start..]).into_iter();
        let Some(Ok(object)) = objects.next() else {
            continue;
        };
        let object: Entries = object;
        let known = object.count_known(count);
        if known > 0 {
            from = start + objects.byte_offset();
        }
        if best.as_ref().is_none_or(|(most, _)| known >= *most) {
            best = Some((known, object));
        }
    }
    best.map(|(_, object)| object)
}

/// The entries of an object, double ones included.
#[derive(Debug)]
struct Entries(Vec<(String, Value)>);

impl Entries {
    fn count_known(&self, count: usize) -> usize {
        let is_known = |name: &str| {
            let number = name
                .strip_prefix('s')
                .and_then(|number| number.parse().ok());
            number.is_some_and(|number: usize| (1..=count).contains(&number))
        };
        self.0.iter().filter(|(name, _)| is_known(name)).count()
    }
}

impl<'de> Deserialize<'de> for Entries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;
        impl<'de> Visitor<'de> for Read {
            type Value = Entries;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }
        deserializer.deserialize_map(Read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Fragment;

    fn read_two(content: &str) -> Vec<Result<String, String>> {
        let request = |text: &str| Request {
            source: Fragment::plain(text),
            ..Request::default()
        };
        read(content, &[request("One."), request("Two.")])
    }

    fn both() -> Vec<Result<String, String>> {
        vec![Ok("Uno.".to_owned()), Ok("Dos.".to_owned())]
    }

    #[test]
    fn the_object_may_stand_between_other_words() {
        let object = r#"{"s1": "Uno.", "s2": "Dos."}"#;
        for content in [
            object.to_owned(),
            format!("```json\n{object}\n```"),
            format!("Here {{is}} the translation:\n{object}\nIs {{\"this\": \"right\"}}?"),
            format!("<think>Perhaps {{\"s1\": \"Un.\", \"s2\": \"\"}}? No.</think>{object}"),
            format!("{{\"translations\": {object}}}"),
            format!("{}{object}", "{".repeat(200)),
            format!("\u{feff}{object}"),
        ] {
            assert_eq!(read_two(&content), both(), "{content}");
        }
    }

    #[test]
    fn only_valid_entries_count() {
        for (content, reason) in [
            (r#"{"s2": "Dos."}"#, "no translation"),
            (r#"{"s1": "", "s2": "Dos."}"#, "empty"),
            (r#"{"s1": " \n", "s2": "Dos."}"#, "empty"),
            (r#"{"s1": 5, "s2": "Dos."}"#, "not a string"),
            (r#"{"s1": null, "s2": "Dos."}"#, "not a string"),
            (r#"{"s1": ["Uno."], "s2": "Dos."}"#, "not a string"),
            (
                r#"{"s1": "Uno.", "s2": "Dos.", "s1": "Un."}"#,
                "more than one",
            ),
            (r#"{"s1": "Un\ufffdo.", "s2": "Dos."}"#, "broken characters"),
            (r#"{"s1": "Un\u0000o.", "s2": "Dos."}"#, "broken characters"),
            (
                r#"{"1": "Uno.", "s2": "Dos.", "s3": "Tres."}"#,
                "no translation",
            ),
        ] {
            let read = read_two(content);
            let error = read[0].as_ref().expect_err("not valid");
            assert!(error.contains(reason), "{content}: {error}");
            assert_eq!(read[1], both()[1], "{content}");
        }
    }

    #[test]
    fn the_same_entry_twice_is_one() {
        let content = r#"{"s1": "Uno.", "s2": "Dos.", "s1": "Uno."}"#;
        assert_eq!(read_two(content), both());
    }

    #[test]
    fn what_is_no_object_is_nothing() {
        let deep = r#"{"s1":"#.repeat(100_000);
        for content in ["", "no", r#"{"s1": "Uno.", "s2": "Do"#, "[\"Uno.\"]", &deep] {
            for read in read_two(content) {
                assert!(read.is_err(), "{content}");
            }
        }
    }

    #[test]
    fn space_at_the_edges_is_that_of_the_source() {
        let content = r#"{"s1": " Uno.\n", "s2": "Dos."}"#;
        assert_eq!(read_two(content), both());
    }
}
