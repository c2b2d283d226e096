//! Sentence segmentation: where a text may be cut for a translator.
//!
//! The procedure follows UAX #29 (Unicode Text Segmentation), section 5:
//! 1. `border` finds a run of marks that can end a sentence, with the quotes
//!    and brackets that close there and the white space after them.
//! 2. `head` reads how the next sentence would begin.
//! 3. `rules` judges by the word before and the word after; `unspaced` adds
//!    what Chinese and Japanese need.
//! 4. `language` knows abbreviations and function words.
//!
//! It is stricter than the annex where translators are: an abbreviation, an
//! initial or an ordinal ends no sentence, nor does any mark before a word in
//! lower case. It is laxer where a sentence begins with `iPad` or an address.
//! Line ends are white space. Rule SB8 of the annex looks ahead without bound,
//! which costs quadratic time on hostile text; here every step reads a bounded
//! number of words around a mark, so that the time is linear in the length of
//! the text.

mod border;
mod character;
mod head;
mod language;
mod rules;
mod unspaced;

use border::next_border;
use rules::Judge;

/// The byte offsets in `text` where a sentence begins, but for the first one.
///
/// They ascend strictly, lie on character boundaries and are neither 0 nor the
/// length of the text. White space after a sentence belongs to it. `text` is
/// the plain text of a unit, without tags; white space of any kind, line ends
/// included, divides words and never ends a sentence by itself.
///
/// `locale` is a BCP 47 tag. Only its primary language counts, in any case;
/// for a language without rules of its own those that most share apply. The
/// rules are those of UAX #29, fitted to what translators call a sentence.
#[must_use]
pub fn sentence_breaks(text: &str, locale: &str) -> Vec<usize> {
    let judge = Judge::new(text, locale);
    let mut breaks = Vec::new();
    let mut sentence = 0;
    let mut from = 0;
    while let Some(border) = next_border(text, from) {
        from = border.end;
        if border.next < text.len() && judge.ends_sentence(sentence, &border) {
            breaks.push(border.next);
            sentence = border.next;
            from = border.next;
        }
    }
    breaks
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::sentence_breaks;

    const LOCALES: [&str; 8] = ["en", "de-CH", "es", "FR", "ja", "zh_Hant", "ar", ""];
    /// Pieces that rules look at, so that chance meets their corners.
    const PIECES: &[&str] = &[
        ". ", ".", "!", "? ", "…", "...", "。", "！", "．", "؟", "\u{300}", "\0", "\n", "\u{A0}",
        "\u{2028}", "\u{200D}", "\"", "'", "«", "»", " »", "“", "”", "「", "」と", "（", "）", "(",
        ")", "[1]", "[", "²", "🎉", ":)", "Dr", "z. B", "U.S", "p.m", "I", "No", "3", "12", "XIV",
        "The ", "Der ", "said ", "Yahoo", "a", "B", "é", "的", "说", "は", "http://", "www.", "@",
        "/", "—", "¿", "°", " ", "  ", "str", ")", ":",
    ];

    fn check_breaks(text: &str, locale: &str) -> Result<(), TestCaseError> {
        let mut last = 0;
        for offset in sentence_breaks(text, locale) {
            prop_assert!(offset > last, "{offset} after {last}");
            prop_assert!(offset < text.len());
            prop_assert!(text.is_char_boundary(offset));
            prop_assert!(!text[offset..].starts_with(char::is_whitespace));
            last = offset;
        }
        Ok(())
    }

    proptest! {
        #[test]
        fn breaks_of_any_text_are_sound(text in any::<String>(), locale in any::<String>()) {
            check_breaks(&text, &locale)?;
        }

        #[test]
        fn breaks_among_marks_are_sound(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
            locale in prop::sample::select(&LOCALES[..]),
        ) {
            check_breaks(&pieces.concat(), locale)?;
        }

        #[test]
        fn a_line_end_is_a_space(
            pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
            locale in prop::sample::select(&LOCALES[..]),
        ) {
            let text = pieces.concat();
            let one_line = text.replace('\n', " ");
            prop_assert_eq!(sentence_breaks(&text, locale), sentence_breaks(&one_line, locale));
        }
    }

    /// Every pair of pieces, repeated: in quadratic time this would take too long to pass.
    #[test]
    fn time_is_linear_in_the_length_of_the_text() {
        const LENGTH: usize = 30_000;
        for first in [". A", "?\" A b", "! ", "。「", "1. Z", "A.", "a「。"] {
            for piece in PIECES {
                let mut text = first.to_owned();
                text.push_str(&piece.repeat(LENGTH / piece.len()));
                assert!(sentence_breaks(&text, "de").len() < text.len());
            }
        }
        for pair in PIECES.windows(2) {
            let pair = pair.concat();
            let text = pair.repeat(LENGTH / pair.len());
            assert!(sentence_breaks(&text, "en").len() < text.len());
        }
    }
}
