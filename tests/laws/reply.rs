//! What must hold for any reply of a backend. The fuzz targets run the same bodies.

use polypost::html::{Shape, extract};
use polypost::unit::{Fragment, Segment, check_codes, read_tagged};

use crate::html::segments;

/// How many segments of a source are tried.
const MAX_SEGMENTS: usize = 8;

/// Law 3: whatever a backend answers, the codes of the unit stay as they are. What is refused
/// keeps its source.
pub(crate) fn codes_survive_any_reply(source: &str, reply: &str, program: &[u8]) {
    let policy = polypost::html::Policy::new(crate::html::english());
    let Ok(extracted) = extract(source, Shape::Fragment, &policy) else {
        return;
    };
    for unit in extracted.units().into_iter().take(MAX_SEGMENTS) {
        let segments = segments(unit);
        for reply in [Reply::Literal(reply), Reply::Garbled(program, reply)] {
            let whole = with_replies(unit.source(), &segments, reply);
            assert_eq!(
                check_codes(unit.source(), &whole),
                Ok(()),
                "{:?} became {:?}",
                unit.source().to_tagged(),
                whole.to_tagged()
            );
        }
    }
}

/// What a backend answers.
#[derive(Debug, Clone, Copy)]
enum Reply<'a> {
    /// This.
    Literal(&'a str),
    /// What it was asked, after a number of accidents; with words from a text.
    Garbled(&'a [u8], &'a str),
}

/// The unit with each segment as it was answered, or as it was where the answer is refused.
fn with_replies(unit: &Fragment, segments: &[Segment], reply: Reply<'_>) -> Fragment {
    let mut out = Fragment::default();
    let (mut text, mut mark) = (0, 0);
    for segment in segments {
        append(
            &unit.slice(text..segment.text.start, mark..segment.marks.start),
            &mut out,
        );
        append(&answered(unit, segment, reply), &mut out);
        (text, mark) = (segment.text.end, segment.marks.end);
    }
    append(
        &unit.slice(text..unit.text().len(), mark..unit.marks().len()),
        &mut out,
    );
    out
}

fn answered(unit: &Fragment, segment: &Segment, reply: Reply<'_>) -> Fragment {
    let tagged = segment.source.to_tagged();
    let reply = match reply {
        Reply::Literal(text) => text.to_owned(),
        Reply::Garbled(program, words) => garbled(&tagged, program, words),
    };
    let read = read_tagged(&segment.source, &reply);
    if let Ok(target) = &read {
        assert_eq!(check_codes(&segment.source, target), Ok(()));
    } else {
        assert_ne!(reply, tagged, "what was asked is an answer");
    }
    read.and_then(|target| segment.accept(&target))
        .unwrap_or_else(|_| unit.slice(segment.text.clone(), segment.marks.clone()))
}

fn append(from: &Fragment, out: &mut Fragment) {
    use polypost::unit::{Item, MarkKind};
    for item in from.items() {
        match item {
            Item::Text(range) => out.push_text(&from.text()[range]),
            Item::Mark(mark) => match mark.kind {
                MarkKind::Protected { .. } => {
                    out.push_protected(mark.code, &from.text()[mark.at..mark.end()]);
                }
                kind => out.push_mark(kind, mark.code),
            },
        }
    }
}

/// Drops, doubles, swaps and renames pieces of a tagged text as a program of three bytes a step
/// says.
fn garbled(tagged: &str, program: &[u8], words: &str) -> String {
    let mut pieces: Vec<String> = tagged
        .split_inclusive('>')
        .flat_map(|part| {
            let tag = part.find('<').unwrap_or(part.len());
            [part[..tag].to_owned(), part[tag..].to_owned()]
        })
        .collect();
    for step in program.chunks_exact(3).take(16) {
        let count = pieces.len();
        if count == 0 {
            break;
        }
        let (one, two) = (usize::from(step[1]) % count, usize::from(step[2]) % count);
        match step[0] % 6 {
            0 => drop(pieces.remove(one)),
            1 => pieces.insert(two, pieces[one].clone()),
            2 => pieces.swap(one, two),
            3 => pieces[one] = pieces[one].replace(|c: char| c.is_ascii_digit(), &two.to_string()),
            4 => pieces.insert(one, words.chars().take(two).collect()),
            _ => pieces[one] = pieces[one].to_uppercase().replace('>', " >"),
        }
    }
    pieces.concat()
}
