//! The lines of `exec`: what is written for a request, and what a line of the program says.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::backend::{Pair, Reply, Request};
use crate::unit::{Alignment, Link};

#[derive(Serialize)]
struct RequestLine<'a> {
    id: u64,
    source: &'a str,
    target: &'a str,
    text: String,
    plain: &'a str,
    context: &'a str,
}

/// The line for a request, with its line feed.
pub(super) fn request_line(pair: &Pair, request: &Request) -> Result<String, serde_json::Error> {
    let mut line = serde_json::to_string(&RequestLine {
        id: request.id,
        source: pair.source.tag(),
        target: pair.target.tag(),
        text: request.source.to_tagged(),
        plain: request.source.text(),
        context: &request.context,
    })?;
    line.push('\n');
    Ok(line)
}

/// What a program may say about a request; keys that are not named here are ignored.
#[derive(Deserialize)]
struct ReplyLine {
    id: Option<Value>,
    text: Option<Value>,
    markup: Option<Value>,
    alignment: Option<Value>,
    error: Option<Value>,
}

/// A reply of the program to the request of that number.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) id: u64,
    pub(super) content: Content,
}

/// What a reply says.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// Text with codes.
    Tagged(String),
    /// Text without codes, and the alignment as it was given.
    Plain {
        text: String,
        alignment: Option<Value>,
    },
    /// The program's own reason, or what is wrong with its reply.
    Error(String),
}

/// Reads one line of the program.
///
/// # Errors
/// The line is no JSON object, or has no `id` that could be one of ours.
pub(super) fn read_line(line: &[u8]) -> Result<Answer, String> {
    let line: ReplyLine = serde_json::from_slice(line)
        .map_err(|error| format!("a line is no JSON object: {error}"))?;
    let id = match &line.id {
        Some(Value::Number(number)) => number.as_u64(),
        Some(Value::String(text)) => text.parse().ok(),
        _ => None,
    };
    let Some(id) = id else {
        return Err(match line.id {
            None => "a reply has no `id`".to_owned(),
            Some(id) => format!("a reply has the unknown `id` {id}"),
        });
    };
    let content = read_content(line).unwrap_or_else(Content::Error);
    Ok(Answer { id, content })
}

fn read_content(line: ReplyLine) -> Result<Content, String> {
    match line.error {
        None | Some(Value::Null) => {}
        Some(Value::String(error)) => return Err(error),
        Some(error) => return Err(error.to_string()),
    }
    let text = match line.text {
        Some(Value::String(text)) => text,
        Some(_) => return Err("`text` is no string".to_owned()),
        None => return Err("the reply has neither `text` nor `error`".to_owned()),
    };
    match line.markup.as_ref().map(Value::as_str) {
        None | Some(Some("tagged")) => Ok(Content::Tagged(text)),
        Some(Some("plain")) => Ok(Content::Plain {
            text,
            alignment: line.alignment,
        }),
        Some(_) => Err("`markup` is neither \"plain\" nor \"tagged\"".to_owned()),
    }
}

/// The reply in the terms of the trait, and what is wrong with its alignment.
///
/// An alignment is a list of `[sourceStart, sourceEnd, targetStart, targetEnd]`, in Unicode code
/// points of the two plain texts, ends excluded. One that is wrong anywhere is left out as a whole.
pub(super) fn to_reply(content: Content, source: &str) -> (Result<Reply, String>, Option<String>) {
    match content {
        Content::Error(error) => (Err(error), None),
        Content::Tagged(text) => (Ok(Reply::Tagged(text)), None),
        Content::Plain { text, alignment } => {
            let (alignment, wrong) = match read_alignment(alignment, source, &text) {
                Ok(alignment) => (alignment, None),
                Err(wrong) => (Alignment::new(), Some(wrong)),
            };
            (Ok(Reply::Plain { text, alignment }), wrong)
        }
    }
}

fn read_alignment(
    alignment: Option<Value>,
    source: &str,
    target: &str,
) -> Result<Alignment, String> {
    let Some(alignment) = alignment.filter(|alignment| !alignment.is_null()) else {
        return Ok(Alignment::new());
    };
    let links: Vec<[usize; 4]> = serde_json::from_value(alignment)
        .map_err(|_| "`alignment` is no list of lists of four numbers".to_owned())?;
    let (source, target) = (byte_offsets(source), byte_offsets(target));
    let span = |offsets: &[usize], start: usize, end: usize| match (
        offsets.get(start),
        offsets.get(end),
    ) {
        (Some(from), Some(to)) if start <= end => Ok(*from..*to),
        _ => Err(format!(
            "`alignment` has the span {start} to {end}, which is outside of the text"
        )),
    };
    let mut alignment = Alignment::with_capacity(links.len());
    for [source_start, source_end, target_start, target_end] in links {
        let link = Link {
            source: span(&source, source_start, source_end)?,
            target: span(&target, target_start, target_end)?,
        };
        // A word that stands for nothing says as much as no link.
        if !link.source.is_empty() && !link.target.is_empty() {
            alignment.push(link);
        }
    }
    Ok(alignment)
}

/// The byte offset of every code point, and the length.
fn byte_offsets(text: &str) -> Vec<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(line: &str) -> Content {
        read_line(line.as_bytes()).expect("a reply").content
    }

    #[test]
    fn an_id_may_be_a_number_or_a_string() {
        assert_eq!(read_line(br#"{"id":7,"text":""}"#).expect("a reply").id, 7);
        assert_eq!(
            read_line(br#"{"id":"7","text":""}"#).expect("a reply").id,
            7
        );
        for line in [
            "7",
            "[]",
            "",
            "x",
            r#"{"text":""}"#,
            r#"{"id":1.5}"#,
            r#"{"id":-1}"#,
            r#"{"id":"x"}"#,
        ] {
            assert!(read_line(line.as_bytes()).is_err(), "{line}");
        }
    }

    #[test]
    fn a_reply_of_the_wrong_shape_fails_its_request_only() {
        assert_eq!(
            content(r#"{"id":1,"text":"<g1>a</g1>"}"#),
            Content::Tagged("<g1>a</g1>".to_owned())
        );
        assert_eq!(
            content(r#"{"id":1,"error":"too long"}"#),
            Content::Error("too long".to_owned())
        );
        assert_eq!(
            content(r#"{"id":1,"text":"a","error":null}"#),
            Content::Tagged("a".to_owned())
        );
        for line in [
            r#"{"id":1}"#,
            r#"{"id":1,"text":5}"#,
            r#"{"id":1,"text":"a","markup":"html"}"#,
            r#"{"id":1,"text":"a","markup":1}"#,
        ] {
            assert!(matches!(content(line), Content::Error(_)), "{line}");
        }
    }

    #[test]
    fn an_alignment_counts_code_points() {
        let content = content(
            r#"{"id":1,"text":"el café","markup":"plain","alignment":[[0,1,3,7],[2,2,0,2]]}"#,
        );
        let (reply, wrong) = to_reply(content, "é x");
        let alignment = vec![Link {
            source: 0..2,
            target: 3..8,
        }];
        assert_eq!(
            reply,
            Ok(Reply::Plain {
                text: "el café".to_owned(),
                alignment
            })
        );
        assert_eq!(wrong, None);
    }

    #[test]
    fn an_alignment_out_of_bounds_is_left_out() {
        for alignment in [
            "[[0,4,0,1]]",
            "[[2,1,0,1]]",
            "[[0,1,0]]",
            "[[0,1,0,-1]]",
            "7",
            "[[0,1,0,99999999999999999999]]",
        ] {
            let line = format!(r#"{{"id":1,"text":"a","markup":"plain","alignment":{alignment}}}"#);
            let (reply, wrong) = to_reply(content(&line), "abc");
            assert_eq!(
                reply,
                Ok(Reply::Plain {
                    text: "a".to_owned(),
                    alignment: Vec::new()
                })
            );
            assert!(wrong.is_some(), "{alignment}");
        }
    }
}
