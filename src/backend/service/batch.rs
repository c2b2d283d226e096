//! From a batch to requests of a service, and from its answer to replies.

use super::super::{Limits, Reply, ReplySink, Request, Size};
use super::Options;
use super::tags::{Form, read_codes};

/// How long a piece of the text has to be to give it away, in characters.
const TELLING: usize = 12;

impl Options {
    /// The limits of a service with what the settings say of them. They can ask for smaller
    /// batches than the service takes, not for larger ones.
    pub(in crate::backend) fn limits(&self, usual: Limits) -> Limits {
        let smaller =
            |wanted: Option<usize>, most: usize| wanted.map_or(most, |n| n.clamp(1, most));
        Limits {
            segments: smaller(self.texts, usual.segments),
            characters: smaller(self.characters, usual.characters),
            concurrency: self.concurrency.unwrap_or(usual.concurrency).max(1),
            per_minute: self.requests_per_minute.or(usual.per_minute),
            ..usual
        }
    }
}

/// The requests that are sent in one form each, in their order.
pub(in crate::backend) fn by_form(
    requests: &[Request],
    form_of: impl Fn(&Request) -> Form,
) -> Vec<(Form, Vec<&Request>)> {
    let mut groups: Vec<(Form, Vec<&Request>)> = Vec::new();
    for request in requests {
        let form = form_of(request);
        match groups.iter_mut().find(|(one, _)| *one == form) {
            Some((_, group)) => group.push(request),
            None => groups.push((form, vec![request])),
        }
    }
    groups
}

/// Whether any of the requests has codes.
pub(in crate::backend) fn have_codes(requests: &[Request]) -> bool {
    requests
        .iter()
        .any(|request| !request.source.marks().is_empty())
}

/// Gives a request its reply: the service's own text in `form`, or the failure that it is empty.
pub(in crate::backend) fn reply_tagged(
    request: &Request,
    form: Form,
    text: &str,
    replies: ReplySink<'_>,
) {
    let reply = if text.trim().is_empty() {
        Err("the translation is empty".to_owned())
    } else if form == Form::Text {
        Ok(Reply::Plain {
            text: text.to_owned(),
            alignment: Vec::new(),
        })
    } else {
        Ok(Reply::Tagged(read_codes(&request.source, text)))
    };
    replies(request.id, reply);
}

/// How many bytes a text takes as a JSON string, with the comma behind it.
pub(in crate::backend) fn json_len(text: &str) -> usize {
    let escapes: usize = text
        .bytes()
        .map(|byte| match byte {
            b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 0x08 | 0x0c => 1,
            0..=0x1f => 5,
            _ => 0,
        })
        .sum();
    text.len() + escapes + 3
}

/// The size of a text as it is sent.
pub(in crate::backend) fn size_of(text: &str) -> Size {
    Size {
        characters: text.chars().count(),
        bytes: json_len(text),
    }
}

/// A service's explanation, unless it repeats what was sent.
pub(in crate::backend) fn discreet(
    detail: &str,
    texts: impl IntoIterator<Item = impl AsRef<str>>,
) -> &str {
    let starts: Vec<usize> = detail.char_indices().map(|(at, _)| at).take(1000).collect();
    let pieces: Vec<&str> = starts
        .iter()
        .filter_map(|start| {
            let rest = &detail[*start..];
            let (last, c) = rest.char_indices().nth(TELLING - 1)?;
            Some(&rest[..last + c.len_utf8()])
        })
        .collect();
    let repeats = texts.into_iter().any(|text| {
        let text = text.as_ref();
        let whole = text.trim();
        (whole.chars().count() >= TELLING / 2 && detail.contains(whole))
            || pieces.iter().any(|piece| text.contains(piece))
    });
    if repeats { "" } else { detail }
}

/// What answers depend on beside texts and languages: the settings that have a value.
pub(in crate::backend) fn fingerprint(parts: &[(&str, Option<&str>)]) -> String {
    parts
        .iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", (*value)?)))
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_json_string_is_measured_as_it_is_written() {
        for text in ["", "a \"b\" \\ c\n\r\t\u{8}\u{c}\u{1}\u{7f}é😀/<>&"] {
            let written = serde_json::to_string(text).expect("JSON").len();
            assert_eq!(json_len(text), written + 1, "{text}");
        }
    }

    #[test]
    fn settings_make_batches_smaller_and_never_larger() {
        let usual = Limits {
            segments: 50,
            characters: 100,
            ..Limits::NONE
        };
        let options = Options {
            texts: Some(80),
            characters: Some(0),
            concurrency: Some(0),
            requests_per_minute: Some(9),
            ..Options::default()
        };
        let limits = options.limits(usual);
        assert_eq!((limits.segments, limits.characters), (50, 1));
        assert_eq!((limits.concurrency, limits.per_minute), (1, Some(9)));
        assert_eq!(Options::default().limits(usual), usual);
    }

    #[test]
    fn an_explanation_does_not_repeat_the_text() {
        let texts = ["The mayor's secret garden opens.", "Plans"];
        for telling in [
            "Bad value: 'mayor's secret gard…'",
            "can't read “The mayor's secret garden opens.”",
        ] {
            assert_eq!(discreet(telling, texts), "", "{telling}");
        }
        for harmless in ["The target is wrong.", "", "Plans are fine"] {
            assert_eq!(discreet(harmless, texts), harmless);
        }
        assert_eq!(discreet("what of “secret” then", ["secret"]), "");
    }
}
