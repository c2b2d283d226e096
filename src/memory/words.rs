//! Words and marks of a text.

use unicode_segmentation::UnicodeSegmentation as _;

/// What a character is to the rules of word boundaries, as far as common ones go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    /// `_`, which joins letters and digits.
    Joiner,
    /// Joins letters, and digits: `can't`, `3.5`.
    BetweenAny,
    /// Joins letters: `a:b`.
    BetweenLetters,
    /// Joins digits: `1,000`.
    BetweenDigits,
    Other,
}

/// Tells the words, marks and symbols of a text, in their order. They are what stands between word
/// boundaries (UAX #29) in each stretch without white space.
pub(super) fn for_each_piece<'t>(text: &'t str, mut tell: impl FnMut(&'t str)) {
    for stretch in text
        .split(char::is_whitespace)
        .filter(|one| !one.is_empty())
    {
        if !cut(stretch, &mut tell) {
            stretch.split_word_bounds().for_each(&mut tell);
        }
    }
}

/// The class of a character; none where its rules are not known here.
fn class_of(c: char) -> Option<Class> {
    Some(match c {
        'a'..='z' | 'A'..='Z' => Class::Letter,
        '0'..='9' => Class::Digit,
        '_' => Class::Joiner,
        '.' | '\'' | '’' => Class::BetweenAny,
        ',' | ';' => Class::BetweenDigits,
        ':' => Class::BetweenLetters,
        '\0'..='\u{7f}' | '“' | '”' | '„' | '«' | '»' | '–' | '—' | '…' => {
            Class::Other
        }
        '×' | '÷' => Class::Other,
        // Latin, Greek and Cyrillic.
        'À'..='ɏ' | 'Α'..='Ρ' | 'Σ'..='ώ' | 'Ѐ'..='ҁ' | 'Ҋ'..='ԯ' => Class::Letter,
        _ => return None,
    })
}

/// Cuts a stretch of common characters, which is much faster than all rules for all characters.
/// Tells nothing where there are others; whether it did.
fn cut<'t>(stretch: &'t str, tell: &mut impl FnMut(&'t str)) -> bool {
    if !stretch.chars().all(|c| class_of(c).is_some()) {
        return false;
    }
    let mut start = 0;
    let mut before: Option<Class> = None;
    // The class before a character that may join it with the one behind.
    let mut held: Option<Class> = None;
    let mut rest = stretch.char_indices().peekable();
    while let Some((at, c)) = rest.next() {
        let own = class_of(c).unwrap_or(Class::Other);
        let next = rest.peek().and_then(|(_, c)| class_of(*c));
        let joins = match (before, own) {
            (None, _)
            | (
                Some(Class::Letter | Class::Digit | Class::Joiner),
                Class::Letter | Class::Digit | Class::Joiner,
            ) => true,
            (Some(_), Class::Letter | Class::Digit) if held.is_some() => true,
            (Some(Class::Letter), Class::BetweenAny | Class::BetweenLetters) => {
                next == Some(Class::Letter)
            }
            (Some(Class::Digit), Class::BetweenAny | Class::BetweenDigits) => {
                next == Some(Class::Digit)
            }
            _ => false,
        };
        let is_between = !matches!(
            own,
            Class::Letter | Class::Digit | Class::Joiner | Class::Other
        );
        held = before.filter(|_| joins && is_between);
        if !joins {
            tell(&stretch[start..at]);
            start = at;
        }
        before = Some(own);
    }
    tell(&stretch[start..]);
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut pieces = Vec::new();
        for_each_piece(text, |piece| pieces.push(piece));
        pieces
    }

    #[test]
    fn words_marks_and_numbers_are_told_apart() {
        assert_eq!(
            pieces(" Can’t you_see 1,000.5 – (Größe), a:b?\u{a0}e\u{301}t… "),
            [
                "Can’t",
                "you_see",
                "1,000.5",
                "–",
                "(",
                "Größe",
                ")",
                ",",
                "a:b",
                "?",
                "e\u{301}t",
                "…"
            ]
        );
        assert_eq!(pieces("本を読む"), ["本", "を", "読", "む"]);
    }

    proptest::proptest! {
        #![proptest_config(proptest::prelude::ProptestConfig::with_cases(2000))]

        #[test]
        fn the_short_cut_cuts_as_all_rules_do(
            text in "[a1_.'’,;:!\"“äÄßĳαώжЯ×\u{1}\u{301}本]{0,9}",
        ) {
            let whole: Vec<&str> = text.split_word_bounds().collect();
            proptest::prop_assert_eq!(pieces(&text), whole);
        }
    }

    #[test]
    fn every_letter_of_the_short_cut_is_one_of_the_rules() {
        for c in '\0'..='\u{3000}' {
            if class_of(c) == Some(Class::Letter) {
                let text = format!("a{c}1{c}");
                assert_eq!(text.split_word_bounds().count(), 1, "{c:?}");
            } else if class_of(c) == Some(Class::Other) {
                let text = format!("a{c}a{c}1");
                assert_eq!(text.split_word_bounds().count(), 5, "{c:?}");
            }
        }
    }
}
