//! Whether a sentence ends at a border.

use super::border::{Border, char_at, char_before};
use super::character::{Mark, is_lower, is_unspaced};
use super::head::{Head, Start, read_head};
use super::language::{Abbreviation, Language};
use super::unspaced::Unspaced;

/// How far back a word is read; longer ones are no abbreviations.
const WORD_CHARS: usize = 24;
/// The longest part of a dotted abbreviation: the `Sc` of `B.Sc.`
const DOTTED_PART_CHARS: usize = 3;
/// The most digits an ordinal has: `31.`; from three on it is a plain number.
const ORDINAL_DIGITS: usize = 2;
/// The most digits the number of a list item has.
const ITEM_DIGITS: usize = 3;
/// How many words after direct speech may name the speaker.
const SPEAKER_WORDS: usize = 3;
/// The length of text in which they are looked for.
const SPEAKER_CHARS: usize = 48;

/// What is known of a text while its borders are judged.
pub(super) struct Judge<'a> {
    text: &'a str,
    language: &'static Language,
    unspaced: Unspaced<'a>,
}

impl<'a> Judge<'a> {
    pub(super) fn new(text: &'a str, locale: &str) -> Self {
        Self {
            text,
            language: Language::of_locale(locale),
            unspaced: Unspaced::new(text),
        }
    }

    /// Whether the sentence that began at `sentence` (a byte offset) ends at
    /// `border`.
    pub(super) fn ends_sentence(&self, sentence: usize, border: &Border) -> bool {
        if !border.has_gap && !self.can_end_without_gap(border) {
            return false;
        }
        let Some(head) = read_head(self.text, border.next) else {
            return false;
        };
        let before = char_before(self.text, border.start);
        let after = char_at(self.text, border.next);
        if before.is_some_and(is_unspaced) || after.is_some_and(is_unspaced) {
            if self.unspaced.binds(border) {
                return false;
            }
        } else if head.start == Start::Lower && border.mark != Mark::Full {
            return false;
        }
        match border.mark {
            Mark::Full => true,
            Mark::Strong => !self.is_name_with_mark(border, &head) && !self.is_told(border, &head),
            Mark::Ellipsis => !self.is_omission(border) && head.start != Start::Number,
            Mark::Stop | Mark::FullStop => self.ends_at_stop(sentence, border, &head),
        }
    }

    /// Whether the scripts and the mark allow an end without white space.
    fn can_end_without_gap(&self, border: &Border) -> bool {
        let before = char_before(self.text, border.start).unwrap_or_default();
        let after = char_at(self.text, border.next).unwrap_or_default();
        match border.mark {
            Mark::Full => true,
            Mark::FullStop => !after.is_alphanumeric() || is_unspaced(after) && !after.is_numeric(),
            Mark::Stop => is_unspaced(before) && is_unspaced(after),
            Mark::Strong => {
                (is_unspaced(before) || is_unspaced(after))
                    && !word_before(self.text, border.start).contains(['/', '@', '='])
            }
            Mark::Ellipsis => false,
        }
    }

    /// Whether the mark belongs to a name, as in `Yahoo! Mail`.
    fn is_name_with_mark(&self, border: &Border, head: &Head<'_>) -> bool {
        if border.is_closed {
            return false;
        }
        let mark = char_at(self.text, border.start).map_or(0, char::len_utf8);
        let word = word_before(self.text, border.start);
        let name = &self.text[border.start - word.len()..border.start + mark];
        self.language.abbreviation(name).is_some() && !self.language.is_starter(head.word)
    }

    /// Whether a quotation ends and the speaker is named: `"Why?" Anna asked.`
    fn is_told(&self, border: &Border, head: &Head<'_>) -> bool {
        border.is_quoted
            && !self.language.is_starter(head.word)
            && first_chars(head.rest, SPEAKER_CHARS)
                .split(|character: char| !character.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .take(SPEAKER_WORDS - 1)
                .any(|word| self.language.is_speech_verb(word))
    }

    /// Whether the ellipsis stands for words left out: `[…]`.
    fn is_omission(&self, border: &Border) -> bool {
        border.is_closed && matches!(char_before(self.text, border.start), Some('[' | '('))
    }

    /// Whether the sentence ends at a single full stop.
    fn ends_at_stop(&self, sentence: usize, border: &Border, head: &Head<'_>) -> bool {
        let word = word_before(self.text, border.start);
        let begins = border.start - word.len();
        if word.is_empty() {
            return true;
        }
        let is_first_word = self.is_first_word(sentence, begins);
        if !border.is_closed && is_first_word && is_item_number(word) {
            return false;
        }
        let is_first = is_first_word || char_before(self.text, begins) == Some('(');
        let is_in_chain = is_dotted(word) && goes_on_with_abbreviation(head);
        if is_in_chain && !self.is_pronoun(begins, word) {
            return false;
        }
        match self.abbreviation(begins, word, is_first) {
            Some(Abbreviation::Inner) => border.is_closed && self.is_plain_start(head),
            Some(Abbreviation::BeforeNumber) if is_number_like(head) => false,
            Some(Abbreviation::Either) => self.is_plain_start(head),
            Some(Abbreviation::Time) => !self.is_time(head),
            _ => !self.is_ordinal(begins, word, head),
        }
    }

    /// Whether only quotes, brackets or bullets stand between `sentence`, where
    /// the sentence begins, and the word at `begins`.
    fn is_first_word(&self, sentence: usize, begins: usize) -> bool {
        /// Enough for two characters and the spaces after them, in bytes.
        const MOST_LEAD: usize = 8;
        begins.saturating_sub(sentence) <= MOST_LEAD
            && !self.text[sentence.min(begins)..begins].contains(char::is_alphanumeric)
    }

    /// What the word before a full stop says about it. `begins` is its offset;
    /// `is_first` tells that it stands where upper case says nothing.
    fn abbreviation(&self, begins: usize, word: &str, is_first: bool) -> Option<Abbreviation> {
        let dotted = dotted_word(self.text, begins, word);
        let part = word.rsplit('-').next().unwrap_or(word);
        [dotted.as_deref(), Some(word), Some(part)]
            .into_iter()
            .flatten()
            .find_map(|word| {
                self.language.abbreviation(word).or_else(|| {
                    let lowered = (is_first || word.contains('.')).then(|| lower_first(word))?;
                    self.language.abbreviation(&lowered)
                })
            })
            .or_else(|| {
                let is_word = self.is_pronoun(begins, word) || self.is_unit(begins, word);
                let is_abbreviation =
                    is_dotted(word) || self.language.has_starters() && is_contraction(word);
                (is_abbreviation && !is_word).then_some(Abbreviation::Either)
            })
    }

    /// Whether `word` is the pronoun of `so do I`, and no initial or numeral.
    fn is_pronoun(&self, begins: usize, word: &str) -> bool {
        let before = self.text[..begins].trim_end();
        word == "I" && before.len() < begins && before.ends_with(is_lower)
    }

    /// Whether `word` is a unit: of any length after a number, as in `3 h` and
    /// `75 kg`, or of one letter after a degree sign.
    fn is_unit(&self, begins: usize, word: &str) -> bool {
        let before = self.text[..begins].trim_end();
        before.ends_with('°') || word.starts_with(is_lower) && before.ends_with(char::is_numeric)
    }

    /// Whether `head` goes on with a point in time: a day, a month, a zone, or a
    /// number as in `from 9 a.m. 7 days a week`.
    fn is_time(&self, head: &Head<'_>) -> bool {
        let is_zone =
            head.word.len() > 1 && head.word.bytes().all(|byte| byte.is_ascii_uppercase());
        is_zone || head.start == Start::Number || self.language.is_calendar(head.word)
    }

    /// Whether a sentence surely begins with `head`: a name or an initial might
    /// follow an abbreviation, a function word does not.
    fn is_plain_start(&self, head: &Head<'_>) -> bool {
        self.language.is_starter(head.word) && !is_initial(head)
    }

    /// Whether `word` is a German ordinal, such as `3` in `3. Oktober`, and not
    /// the number of a thing, a score or an amount: `Gleis 7.`, `3:1.`, `um 8.`
    fn is_ordinal(&self, begins: usize, word: &str, head: &Head<'_>) -> bool {
        if !self.language.has_dotted_ordinals {
            return false;
        }
        let is_number =
            word.len() <= ORDINAL_DIGITS && word.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return is_roman(word) && !self.is_plain_start(head);
        }
        if head.start == Start::Number || self.language.is_calendar(head.word) {
            return true;
        }
        let before = self.text[..begins].trim_end();
        let previous = word_before(before, before.len());
        let names_thing =
            previous.starts_with(char::is_uppercase) && !self.language.is_starter(previous);
        let is_part = before.len() == begins && before.ends_with([':', ',', '+', '−', '$', '€']);
        !(self.is_plain_start(head) || names_thing || is_part || self.language.is_amount(previous))
    }
}

/// The word that ends at `end`, with the full stops, hyphens and signs inside
/// it; empty if none ends there or it is too long to matter. Where a Latin word
/// follows Han or Kana, the word begins behind those.
fn word_before(text: &str, end: usize) -> &str {
    let mut begins = end;
    let is_latin = !char_before(text, end).is_some_and(is_unspaced);
    for (count, character) in text[..end].chars().rev().enumerate() {
        let is_inside = character.is_alphanumeric() && !(is_latin && is_unspaced(character))
            || matches!(
                character,
                '.' | '-' | '\u{2010}' | '\u{2011}' | '/' | '@' | '='
            );
        if !is_inside {
            break;
        }
        if count == WORD_CHARS {
            return "";
        }
        begins -= character.len_utf8();
    }
    &text[begins..end]
}

/// The abbreviation of several words that ends with `word`, which begins at
/// `begins`, without the white space in it: `z.B` for `z. B`.
fn dotted_word(text: &str, begins: usize, word: &str) -> Option<String> {
    const MOST_PARTS: usize = 4;
    let mut joined = String::new();
    let mut begins = begins;
    for _ in 1..MOST_PARTS {
        let before = text[..begins].trim_end();
        let previous = word_before(before, before.len());
        if before.len() == begins || !previous.ends_with('.') || !is_dotted(previous) {
            break;
        }
        joined.insert_str(0, previous);
        begins = before.len() - previous.len();
    }
    (!joined.is_empty()).then(|| joined + word)
}

/// Whether `word` is an initial, or made of short parts with full stops
/// between them, one of which is an initial: `J`, `J.-P`, `U.S`, `Ph.D`.
fn is_dotted(word: &str) -> bool {
    let mut has_initial = false;
    word.trim_end_matches('.').split(['.', '-']).all(|part| {
        let length = part.chars().take(DOTTED_PART_CHARS + 1).count();
        has_initial |= length == 1;
        length <= DOTTED_PART_CHARS && part.chars().all(char::is_alphabetic)
    }) && has_initial
}

/// Whether `word` is a contraction, since it has no vowel: `Mr`, `bzw`, `pls`.
/// Words in capitals are not: `PDF`.
fn is_contraction(word: &str) -> bool {
    const MOST_LETTERS: usize = 5;
    let is_vowel = |letter: u8| {
        matches!(
            letter.to_ascii_lowercase(),
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y'
        )
    };
    (2..=MOST_LETTERS).contains(&word.len())
        && word
            .bytes()
            .all(|letter| letter.is_ascii_alphabetic() && !is_vowel(letter))
        && word
            .bytes()
            .skip(1)
            .all(|letter| letter.is_ascii_lowercase())
}

/// Whether `word` can be the number of a list item: `1`, `a`, `IV`.
fn is_item_number(word: &str) -> bool {
    let length = word.chars().count();
    length == 1 && word.chars().all(char::is_alphanumeric)
        || length <= ITEM_DIGITS && word.chars().all(char::is_numeric)
        || is_roman(word)
}

/// Whether `word` is a Roman numeral of more than one letter.
fn is_roman(word: &str) -> bool {
    word.len() > 1
        && word
            .bytes()
            .all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L' | b'C'))
}

/// Whether a number follows: in digits, or in Roman numerals that are no words.
fn is_number_like(head: &Head<'_>) -> bool {
    head.start == Start::Number || is_roman(head.word) || matches!(head.word, "V" | "X")
}

/// The first `count` characters of `text`, or all of it.
fn first_chars(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map(|(index, _)| index);
    &text[..end.unwrap_or(text.len())]
}

/// Whether `head` is an initial: `A. Smith`.
fn is_initial(head: &Head<'_>) -> bool {
    head.rest.starts_with('.') && head.word.chars().nth(1).is_none()
}

/// Whether `head` may be the second part of an abbreviation: the `Chr.` of
/// `v. Chr.`
fn goes_on_with_abbreviation(head: &Head<'_>) -> bool {
    head.start != Start::Number
        && head.rest.starts_with('.')
        && head.word.chars().nth(DOTTED_PART_CHARS).is_none()
}

/// `word` with its first letter in lower case.
fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(chars).collect()
    })
}
