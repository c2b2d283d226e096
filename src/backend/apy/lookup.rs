//! An alignment from looking up: a run of text between two codes is translated on its own, and its
//! words are looked for in the translation of the whole.

use std::ops::Range;

use crate::unit::{Fragment, Item, Link, MarkKind};

/// The runs of text of a segment, without the white space at their edges, where it has codes that
/// need to know their words; none where there are no such codes.
pub(super) fn runs(source: &Fragment) -> Vec<Range<usize>> {
    let has_codes = source
        .marks()
        .iter()
        .any(|mark| !matches!(mark.kind, MarkKind::Protected { .. }));
    if !has_codes {
        return Vec::new();
    }
    source
        .items()
        .filter_map(|item| match item {
            Item::Text(range) => {
                let text = &source.text()[range.clone()];
                let start = range.start + (text.len() - text.trim_start().len());
                text.contains(char::is_alphabetic)
                    .then(|| start..start + text.trim().len())
            }
            Item::Mark(_) => None,
        })
        .collect()
}

/// Finds the words of `translated`, the translation of the run at `run`, among the words of
/// `target` that are still `free`, and takes them away. Endings may differ: what agrees with its
/// noun in the whole sentence does not on its own.
pub(super) fn link(
    run: &Range<usize>,
    translated: &str,
    target: &str,
    free: &mut Vec<Range<usize>>,
) -> Vec<Link> {
    let mut links = Vec::new();
    for word in words(translated) {
        let word = translated[word].to_lowercase();
        let best = free
            .iter()
            .enumerate()
            .map(|(at, range)| (likeness(&word, &target[range.clone()].to_lowercase()), at))
            .filter(|(likeness, _)| *likeness > 0)
            // Of equals the first, so that the order stays.
            .max_by_key(|(likeness, at)| (*likeness, std::cmp::Reverse(*at)));
        if let Some((_, at)) = best {
            links.push(Link {
                source: run.clone(),
                target: free.remove(at),
            });
        }
    }
    links
}

/// The words of a text, as byte ranges.
pub(super) fn words(text: &str) -> Vec<Range<usize>> {
    let mut words = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices() {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                words.push(begin..at);
                start = None;
            }
            _ => {}
        }
    }
    words.extend(start.map(|begin| begin..text.len()));
    words
}

/// How alike two words are, in percent: by what they begin with. 0 for words that are not likely
/// forms of the same word.
fn likeness(a: &str, b: &str) -> usize {
    if a == b {
        return 100;
    }
    let longer = a.chars().count().max(b.chars().count());
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    if shared >= 3 && shared * 2 >= longer {
        shared * 99 / longer
    } else {
        0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_in_another_form_and_place() {
        let target = "La casa roja";
        let mut free = words(target);
        let red = link(&(4..7), "rojo", target, &mut free);
        let house = link(&(8..13), "Casa", target, &mut free);
        assert_eq!(red[0].target, 8..12);
        assert_eq!(house[0].target, 3..7);
        assert_eq!(free.len(), 1);
        assert_eq!(free[0], 0..2);
    }

    #[test]
    fn what_is_not_alike_is_not_linked() {
        let target = "un perro de lanas";
        assert!(link(&(0..3), "gato del mar", target, &mut words(target)).is_empty());
    }

    #[test]
    fn a_segment_without_codes_has_no_runs() {
        let mut fragment = Fragment::plain("See ");
        fragment.push_protected(1, "ls");
        assert!(runs(&fragment).is_empty());
        fragment.push_mark(MarkKind::Standalone, 2);
        fragment.push_text(" now ");
        assert_eq!(runs(&fragment), [0..3, 7..10]);
    }
}
