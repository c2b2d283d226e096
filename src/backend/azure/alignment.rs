//! The alignment that Azure Translator gives: `0:2-0:1 4:9-3:9`, inclusive ranges of characters
//! of the source and of the target.
//!
//! Which unit the numbers count is nowhere said. The service counts UTF-16 everywhere else, so
//! that is taken here too, and whatever does not fit the texts is no alignment.

use std::ops::Range;

use crate::unit::{Alignment, Link};

/// The alignment in bytes; empty where it is none for these texts.
pub(super) fn read(proj: &str, source: &str, target: &str) -> Alignment {
    let (sources, targets) = (offsets(source), offsets(target));
    let link = |pair: &str| {
        let (from, to) = pair.split_once('-')?;
        Some(Link {
            source: range(from, &sources)?,
            target: range(to, &targets)?,
        })
    };
    proj.split_whitespace()
        .map(link)
        .collect::<Option<_>>()
        .unwrap_or_default()
}

/// The byte where each UTF-16 unit begins, and the end; nothing for the second half of a pair.
fn offsets(text: &str) -> Vec<Option<usize>> {
    let mut offsets: Vec<Option<usize>> = Vec::with_capacity(text.len() + 1);
    for (at, c) in text.char_indices() {
        offsets.push(Some(at));
        offsets.extend((1..c.len_utf16()).map(|_| None));
    }
    offsets.push(Some(text.len()));
    offsets
}

/// The range of bytes for a first and a last unit.
fn range(text: &str, offsets: &[Option<usize>]) -> Option<Range<usize>> {
    let (first, last) = text.split_once(':')?;
    let start = (*offsets.get(first.parse::<usize>().ok()?)?)?;
    let end = (*offsets.get(last.parse::<usize>().ok()?.checked_add(1)?)?)?;
    (start < end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(proj: &str, source: &str, target: &str) -> Vec<(String, String)> {
        read(proj, source, target)
            .into_iter()
            .map(|link| {
                (
                    source[link.source].to_owned(),
                    target[link.target].to_owned(),
                )
            })
            .collect()
    }

    #[test]
    fn ranges_are_inclusive_and_count_utf_16() {
        let found = links("0:2-0:2 4:6-4:7", "The red", "Die rote");
        assert_eq!(
            found,
            [("The".into(), "Die".into()), ("red".into(), "rote".into())]
        );
        let found = links("0:1-2:3 3:5-0:1", "😀 été", "Ça😀");
        assert_eq!(
            found,
            [("😀".into(), "😀".into()), ("été".into(), "Ça".into())]
        );
    }

    #[test]
    fn what_does_not_fit_is_no_alignment() {
        for proj in [
            "",
            "0:2",
            "0:2-0:9",
            "2:0-0:1",
            "a:b-c:d",
            "0:2-0:1 9:9-0:1",
            "-1:2-0:1",
            "0-1",
            "0:18446744073709551615-0:1",
        ] {
            assert_eq!(read(proj, "abc", "de"), [], "{proj}");
        }
        // Half a character.
        assert_eq!(read("0:0-0:1", "😀", "de"), []);
    }
}
