//! A language that nobody speaks: the words of the text in capitals, the last one first. So
//! codes move with their words, and every word has its counterpart.

use std::ops::Range;

/// A translation, and the ranges in UTF-16 units that stand for each other.
pub(crate) struct Translation {
    pub(crate) text: String,
    pub(crate) links: Vec<(Range<usize>, Range<usize>)>,
}

/// Translates plain text.
pub(crate) fn plain(text: &str) -> Translation {
    let words: Vec<&str> = text.split(' ').collect();
    let mut starts = Vec::new();
    let mut at = 0;
    for word in &words {
        starts.push(at);
        at += utf16(word) + 1;
    }
    let mut out = String::new();
    let mut links = Vec::new();
    for (word, start) in words.iter().zip(&starts).rev() {
        if !out.is_empty() {
            out.push(' ');
        }
        let target = word.to_uppercase();
        let at = utf16(&out);
        if !word.is_empty() {
            links.push((*start..start + utf16(word), at..at + utf16(&target)));
        }
        out.push_str(&target);
    }
    links.reverse();
    Translation { text: out, links }
}

fn utf16(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Translates markup: elements keep together, and what `is_kept` says of an opening tag decides
/// whether its content stays as it is.
pub(crate) fn markup(text: &str, is_kept: impl Fn(&str) -> bool) -> String {
    let mut pieces = vec![String::new()];
    let mut open: Vec<bool> = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let is_kept_here = open.contains(&true);
        let len = match c {
            '<' => rest.find('>').map_or(rest.len(), |at| at + 1),
            '&' => rest.find(';').map_or(1, |at| at + 1),
            _ => c.len_utf8(),
        };
        let (item, behind) = rest.split_at(len);
        rest = behind;
        let piece = pieces.last_mut().expect("a piece");
        match c {
            '<' if item.starts_with("</") => {
                open.pop();
                piece.push_str(item);
            }
            '<' => {
                if !item.ends_with("/>") {
                    open.push(is_kept(item));
                }
                piece.push_str(item);
            }
            '&' => piece.push_str(item),
            ' ' if open.is_empty() => pieces.push(String::new()),
            _ if is_kept_here => piece.push_str(item),
            _ => piece.push_str(&item.to_uppercase()),
        }
    }
    pieces.reverse();
    pieces.join(" ")
}

#[test]
fn it_is_what_it_says() {
    let translation = plain("see 😀 naß");
    assert_eq!(translation.text, "NASS 😀 SEE");
    assert_eq!(
        translation.links,
        [(0..3, 8..11), (4..6, 5..7), (7..10, 0..4)]
    );
    let translated = markup("a <g1>b c</g1> <x2>d</x2> &amp;<x3/>", |tag| tag == "<x2>");
    assert_eq!(translated, "&amp;<x3/> <x2>d</x2> <g1>B C</g1> A");
}
