//! The words of a text, as terms are compared with it (UAX #29, cut at all marks inside a word).

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation as _;

use super::stem::Stemmer;

const SOFT_HYPHEN: char = '\u{ad}';

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Its letters in lower case.
    pub(super) folded: String,
    /// Its stem.
    pub(super) stem: String,
}

/// Cuts a text into words.
pub(super) fn words_of(text: &str, stemmer: Stemmer) -> Vec<Word> {
    let mut words = Vec::new();
    for (at, word) in text.unicode_word_indices() {
        for range in parts(word) {
            let folded = word[range.clone()].to_lowercase().replace(SOFT_HYPHEN, "");
            words.push(Word {
                range: at + range.start..at + range.end,
                stem: stemmer.stem(&folded),
                folded,
            });
        }
    }
    words
}

/// The parts of a word: `l’application` has two, a run of Katakana, which is written without
/// spaces, as many as it has letters.
fn parts(word: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    let mut is_open = false;
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        // Letters that belong to the one before: combining marks, the middle dot of Catalan.
        let goes_on = is_open && !c.is_alphanumeric() && !is_inner_mark(c);
        match parts.last_mut() {
            Some(last) if (is_open && c.is_alphanumeric() && !is_katakana(c)) || goes_on => {
                last.end = end;
            }
            _ if c.is_alphanumeric() => parts.push(at..end),
            _ => {}
        }
        is_open = c.is_alphanumeric() || goes_on;
    }
    parts
}

/// What UAX #29 lets stand inside a word and is no letter.
fn is_inner_mark(c: char) -> bool {
    matches!(
        c,
        '\'' | '’'
            | 'ʼ'
            | '＇'
            | '.'
            | '․'
            | '．'
            | ','
            | '，'
            | ';'
            | '；'
            | ':'
            | '：'
            | '_'
            | '‿'
            | '"'
            | '״'
    )
}

fn is_katakana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9d}')
}

/// What stands between two words, as it is compared: spaces and hyphens are the same, and so are
/// all apostrophes.
pub(super) fn gap(text: &str) -> String {
    let mut gap = String::new();
    for c in text.chars() {
        let c = match c {
            '-' | '‐' | '‑' | '–' => ' ',
            '’' | 'ʼ' | '＇' => '\'',
            SOFT_HYPHEN | '\u{200b}' | '\u{2060}' => continue,
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if c != ' ' || !gap.ends_with(' ') {
            gap.push(c);
        }
    }
    gap
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        let words = words_of(text, Stemmer::default());
        words.iter().map(|word| &text[word.range.clone()]).collect()
    }

    #[test]
    fn a_text_is_cut_at_every_mark() {
        assert_eq!(
            words("L’application d'essai: see example.com, e-mail"),
            [
                "L",
                "application",
                "d",
                "essai",
                "see",
                "example",
                "com",
                "e",
                "mail"
            ]
        );
        assert_eq!(
            words("Related:Beyond 3,000 U.S."),
            ["Related", "Beyond", "3", "000", "U", "S"]
        );
        assert_eq!(
            words("cafe\u{301}s col·lecció"),
            ["cafe\u{301}s", "col·lecció"]
        );
        assert_eq!(
            words("アカウント設定"),
            ["ア", "カ", "ウ", "ン", "ト", "設", "定"]
        );
    }

    #[test]
    fn gaps_are_the_same_where_people_vary_them() {
        assert_eq!(gap(" "), gap("-"));
        assert_eq!(gap("\u{a0}\n"), gap(" "));
        assert_eq!(gap("’"), gap("'"));
        assert_ne!(gap(", "), gap(" "));
    }
}
