//! Projection for translations that come without an alignment, and how far it can be relied on.

use super::super::{Fragment, Link, Locale, Mark, MarkKind};
use super::estimate::estimate;
use super::locate::{locate, protected_of};
use super::project;

/// What [`project_by_estimate`] made of a translation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Estimated {
    /// The translation with the codes of its source.
    pub target: Fragment,
    /// Whether every code is where it belongs for certain: around everything, before or behind it,
    /// or with a protected text that is in the translation as often as in the source.
    pub is_certain: bool,
}

/// Puts the codes of `source` onto `target`, a plain translation without an alignment: by an
/// estimate of the alignment.
///
/// `from` and `to` are the languages of the two. The result is that of [`project`], and none where
/// the estimate is of no use: a protected text is not in the translation, or a pair that had words
/// would have none.
pub fn project_by_estimate(
    source: &Fragment,
    target: &str,
    from: &Locale,
    to: &Locale,
) -> Option<Estimated> {
    let alignment = estimate(source, target, from, to);
    Some(Estimated {
        target: project_sensibly(source, target, &alignment)?,
        is_certain: is_certain(source, target),
    })
}

/// Puts the codes of `source` onto `target`, a plain translation, by an alignment that was found
/// out afterwards and may be wrong.
///
/// The result is that of [`project`], and none where the alignment is of no use: a protected text
/// is not in the translation, or a pair that had words would have none.
pub fn project_sensibly(source: &Fragment, target: &str, alignment: &[Link]) -> Option<Fragment> {
    let protected = protected_of(source);
    if locate(source, &protected, target, alignment).len() < protected.len() {
        return None;
    }
    let placed = project(source, target, alignment);
    keeps_words_in_pairs(source, &placed).then_some(placed)
}

/// Whether no code has its place by the alignment alone.
fn is_certain(source: &Fragment, target: &str) -> bool {
    let text = source.text();
    source.marks().iter().all(|mark| match mark.kind {
        MarkKind::Protected { .. } => {
            let shown = text.get(mark.at..mark.end()).unwrap_or_default();
            !shown.is_empty() && text.matches(shown).count() == target.matches(shown).count()
        }
        _ => text[..mark.at].trim().is_empty() || text[mark.at..].trim().is_empty(),
    })
}

/// Whether every pair that has a word in the source has one in the translation.
fn keeps_words_in_pairs(source: &Fragment, target: &Fragment) -> bool {
    let mut with_words = codes_with_words(target);
    with_words.sort_unstable();
    codes_with_words(source)
        .iter()
        .all(|code| with_words.binary_search(code).is_ok())
}

/// The codes of pairs with a word between their tags.
fn codes_with_words(fragment: &Fragment) -> Vec<u32> {
    let is_word = |c: char| c.is_alphanumeric();
    let mut codes = Vec::new();
    // Open pairs, each with the end of the last word before it.
    let mut open: Vec<(&Mark, usize)> = Vec::new();
    let (mut at, mut last_word) = (0, 0);
    for mark in fragment.marks() {
        let between = &fragment.text()[at..mark.at];
        if let Some(found) = between.rfind(is_word) {
            last_word = at + found + 1;
        }
        at = mark.at;
        match mark.kind {
            MarkKind::Open => open.push((mark, last_word)),
            MarkKind::Close => {
                if let Some((_, before)) = open.pop_if(|(open, _)| open.code == mark.code)
                    && before < last_word
                {
                    codes.push(mark.code);
                }
            }
            _ => {}
        }
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn project(source: &Fragment, target: &str) -> Option<(String, bool)> {
        let (from, to) = ("en".parse().expect("valid"), "es".parse().expect("valid"));
        project_by_estimate(source, target, &from, &to)
            .map(|placed| (placed.target.to_tagged(), placed.is_certain))
    }

    fn command(in_pair: bool) -> Fragment {
        let mut source = Fragment::plain("Run ");
        if in_pair {
            source.push_mark(MarkKind::Open, 1);
        }
        source.push_protected(2, "ls -l");
        source.push_text(" now");
        if in_pair {
            source.push_mark(MarkKind::Close, 1);
        }
        source.push_text(".");
        source
    }

    #[test]
    fn what_is_there_once_is_certain() {
        let found = project(&command(false), "Ejecute ahora ls -l.");
        assert_eq!(found, Some(("Ejecute ahora <x2/>.".to_owned(), true)));
        let found = project(&command(false), "Ejecute ls -l o ls -l.");
        assert_eq!(found, Some(("Ejecute <x2/> o ls -l.".to_owned(), false)));
    }

    #[test]
    fn a_pair_around_a_part_is_not_certain() {
        let found = project(&command(true), "Ejecute ls -l ahora.");
        let expected = "Ejecute <g1><x2/> ahora</g1>.".to_owned();
        assert_eq!(found, Some((expected, false)));
    }

    #[test]
    fn a_pair_around_everything_is_certain() {
        let mut source = Fragment::default();
        source.push_mark(MarkKind::Open, 1);
        source.push_text("Good morning");
        source.push_mark(MarkKind::Close, 1);
        let found = project(&source, "Buenos días");
        assert_eq!(found, Some(("<g1>Buenos días</g1>".to_owned(), true)));
    }

    #[test]
    fn what_is_lost_cannot_be_placed() {
        assert_eq!(project(&command(false), "Ejecute ahora."), None);
        let mut source = Fragment::plain("Read ");
        source.push_mark(MarkKind::Open, 1);
        source.push_text("this");
        source.push_mark(MarkKind::Close, 1);
        assert_eq!(project(&source, "…"), None);
    }
}
