//! An alignment from looking up: a run of text between two codes is translated on its own, and its
//! words are looked for in the translation of the whole.

use std::ops::Range;

use super::super::{Alignment, Fragment, Item, Link, Mark, MarkKind};

/// A run of text between two codes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// Where it stands, in bytes, without the white space at its edges.
    pub range: Range<usize>,
    /// Whether a pair is around it.
    pub is_in_pair: bool,
}

/// The runs of text of a segment that are worth a translation of their own, to find out which
/// words of the whole stand for them. None where no code needs to know.
pub fn runs_to_look_up(source: &Fragment) -> Vec<Run> {
    let is_code = |mark: &Mark| !matches!(mark.kind, MarkKind::Protected { .. });
    let mut runs = Vec::new();
    if !source.marks().iter().any(is_code) {
        return runs;
    }
    let mut depth = 0_usize;
    for item in source.items() {
        match item {
            Item::Text(range) => {
                let text = &source.text()[range.clone()];
                let start = range.start + (text.len() - text.trim_start().len());
                if text.contains(char::is_alphabetic) {
                    runs.push(Run {
                        range: start..start + text.trim().len(),
                        is_in_pair: depth > 0,
                    });
                }
            }
            Item::Mark(mark) => match mark.kind {
                MarkKind::Open => depth += 1,
                MarkKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            },
        }
    }
    runs
}

/// Finds the words of the translations of runs in `target`, the translation of the whole. `known`
/// has the links that are known already; words that they claim are not given away again.
///
/// None where less than half of the words are there, be it of a run in a pair or of all.
pub fn look_up(runs: &[(&Run, &str)], target: &str, known: &[Link]) -> Option<Alignment> {
    let mut free = words(target);
    free.retain(|word| !known.iter().any(|link| link.target.contains(&word.start)));
    let mut alignment = known.to_vec();
    let (mut found, mut wanted) = (0, 0);
    for (run, translated) in runs {
        let links = link(&run.range, translated, target, &mut free);
        let count = words(translated).len();
        if run.is_in_pair && links.len() * 2 < count {
            return None;
        }
        found += links.len();
        wanted += count;
        alignment.extend(links);
    }
    (found * 2 >= wanted).then_some(alignment)
}

/// Finds the words of `translated`, the translation of the run at `run`, among the words of
/// `target` that are still `free`, and takes them away. Endings may differ: what agrees with its
/// noun in the whole sentence does not on its own.
fn link(
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
fn words(text: &str) -> Vec<Range<usize>> {
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

    fn run(range: Range<usize>, is_in_pair: bool) -> Run {
        Run { range, is_in_pair }
    }

    #[test]
    fn a_word_is_found_in_another_form_and_place() {
        let (red, house) = (run(4..7, true), run(8..13, true));
        let runs = [(&red, "rojo"), (&house, "Casa")];
        let links = look_up(&runs, "La casa roja", &[]).expect("all are found");
        assert_eq!(links[0].target, 8..12);
        assert_eq!(links[1].target, 3..7);
    }

    #[test]
    fn what_is_not_alike_is_not_found() {
        let cat = run(0..3, false);
        let target = "un perro de lanas";
        assert_eq!(look_up(&[(&cat, "gato del mar")], target, &[]), None);
    }

    #[test]
    fn what_is_in_no_pair_may_be_another_word_in_the_whole() {
        for (is_in_pair, is_found) in [(false, true), (true, false)] {
            let (the, house) = (run(0..3, is_in_pair), run(4..9, true));
            let found = look_up(&[(&the, "El"), (&house, "casa")], "La casa", &[]);
            assert_eq!(found.is_some(), is_found);
        }
    }

    #[test]
    fn what_is_known_is_not_given_away_again() {
        let known = [Link {
            source: 0..4,
            target: 0..4,
        }];
        let house = run(5..9, true);
        let links = look_up(&[(&house, "casa")], "casa y casa", &known).expect("found");
        assert_eq!(links[0], known[0]);
        assert_eq!(links[1].target, 7..11);
    }

    #[test]
    fn a_segment_without_codes_has_no_runs() {
        let mut fragment = Fragment::plain("See ");
        fragment.push_protected(1, "ls");
        assert!(runs_to_look_up(&fragment).is_empty());
        fragment.push_mark(MarkKind::Open, 2);
        fragment.push_text(" now ");
        fragment.push_mark(MarkKind::Close, 2);
        let runs = runs_to_look_up(&fragment);
        assert_eq!(runs, [run(0..3, false), run(7..10, true)]);
    }
}
