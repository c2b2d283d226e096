//! A segment cut at its codes: the text between them, each piece on its own.

use crate::backend::Reply;
use crate::unit::{Fragment, Item, Mark, MarkKind, read_tagged};

use super::Job;

pub(super) fn has_codes(job: &Job<'_>) -> bool {
    !job.segment.source.marks().is_empty()
}

/// The runs of text that have something to translate.
pub(super) fn pieces(source: &Fragment) -> impl Iterator<Item = std::ops::Range<usize>> {
    source.items().filter_map(|item| match item {
        Item::Text(range) if source.text()[range.clone()].contains(char::is_alphabetic) => {
            Some(range)
        }
        _ => None,
    })
}

/// The source with its pieces replaced; the space around them stays.
pub(super) fn joined(source: &Fragment, texts: &[String]) -> Fragment {
    let mut texts = texts.iter();
    let mut target = Fragment::default();
    for item in source.items() {
        match item {
            Item::Mark(mark) => push_mark(source, &mark, &mut target),
            Item::Text(range) => {
                let old = &source.text()[range];
                if !old.contains(char::is_alphabetic) {
                    target.push_text(old);
                } else if let Some(new) = texts.next() {
                    target.push_text(&old[..old.len() - old.trim_start().len()]);
                    target.push_text(new.trim());
                    target.push_text(&old[old.trim_end().len()..]);
                }
            }
        }
    }
    target
}

fn push_mark(source: &Fragment, mark: &Mark, out: &mut Fragment) {
    match mark.kind {
        MarkKind::Protected { .. } => {
            out.push_protected(mark.code, &source.text()[mark.at..mark.end()]);
        }
        kind => out.push_mark(kind, mark.code),
    }
}

/// The text of a reply to a piece, which has no codes.
pub(super) fn piece_text(reply: Reply) -> Option<String> {
    let text = match reply {
        Reply::Plain { text, .. } => text,
        Reply::Tagged(text) => read_tagged(&Fragment::default(), &text)
            .ok()?
            .text()
            .to_owned(),
    };
    (!text.trim().is_empty()).then_some(text)
}
