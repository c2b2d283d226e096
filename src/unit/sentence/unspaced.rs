//! Rules for Chinese and Japanese, where a sentence ends without white space
//! and a quotation is often a part of a longer one.

use std::cell::OnceCell;

use super::border::{Border, char_at, char_before};
use super::character::is_unspaced;

/// Brackets and quotation marks that are told apart by direction.
const PAIRS: [(char, char); 12] = [
    ('「', '」'),
    ('『', '』'),
    ('“', '”'),
    ('‘', '’'),
    ('（', '）'),
    ('(', ')'),
    ('《', '》'),
    ('〈', '〉'),
    ('【', '】'),
    ('〔', '〕'),
    ('［', '］'),
    ('｢', '｣'),
];

/// Japanese particles that join a quotation to what follows.
const PARTICLES: &str = "\
    と って は が を に の も へ で や から まで など だ なんて なの ばかり より じゃ とか";
/// Words that begin like a particle, but begin a sentence.
const NO_PARTICLES: &str = "\
    からだ がた がっ がん だか だが だけ だっ だめ だれ \
    でか でき です では でも とう とき ところ とっ とても とにかく とも とり とん \
    にこ にっ にや にわ のこ のち のど のび のり のん はい \
    はじ はず はっ はは はや はる へい へえ へん もう もし もち もちろん もっ \
    もと もの やが やさ やっ やは やめ やる";
/// Chinese words that go on with a sentence after a quotation or a name.
const CHINESE_JOINTS: [char; 8] = ['是', '的', '和', '与', '與', '及', '或', '也'];
/// Chinese verbs of speech; before a quotation they work like a colon.
const SPEECH_VERBS: [char; 14] = [
    '说', '說', '道', '问', '問', '答', '喊', '叫', '嚷', '想', '讲', '講', '曰', '写',
];
/// The longest clause that names a speaker: `他大声地喊道`.
const SPEAKER_CHARS: usize = 10;

/// A text, and the quotations in it inside or after which no sentence ends.
pub(super) struct Unspaced<'a> {
    text: &'a str,
    /// Byte ranges of those quotations, outermost only, in order; found when
    /// first asked for, since most texts never ask.
    bound: OnceCell<Vec<(usize, usize)>>,
}

impl<'a> Unspaced<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            bound: OnceCell::new(),
        }
    }

    /// Whether the sentence goes on after `border`, since it stands in a
    /// quotation that is a part of the sentence, or a joint follows.
    pub(super) fn binds(&self, border: &Border) -> bool {
        let bound = self.bound.get_or_init(|| find_bound(self.text));
        let index = bound.partition_point(|&(_, end)| end < border.end);
        let is_inside = bound
            .get(index)
            .is_some_and(|&(start, _)| start < border.end);
        is_inside
            || border.is_quoted && names_speaker(&self.text[border.next..])
            || is_latin_name_with_mark(self.text, border)
    }
}

/// The quotations and brackets that are parts of a sentence.
fn find_bound(text: &str) -> Vec<(usize, usize)> {
    let mut open: Vec<(usize, usize)> = Vec::new();
    let mut open_of_pair = [0_usize; PAIRS.len()];
    let mut bound: Vec<(usize, usize)> = Vec::new();
    for (offset, character) in text.char_indices() {
        if let Some(pair) = PAIRS.iter().position(|&(opener, _)| opener == character) {
            open.push((offset, pair));
            open_of_pair[pair] += 1;
        } else if let Some(pair) = PAIRS.iter().position(|&(_, closer)| closer == character) {
            if open_of_pair[pair] == 0 {
                continue;
            }
            while let Some((start, other)) = open.pop() {
                open_of_pair[other] -= 1;
                if other == pair {
                    let end = offset + character.len_utf8();
                    if is_bound(text, start, end) {
                        while bound.last().is_some_and(|&(inner, _)| inner > start) {
                            bound.pop();
                        }
                        bound.push((start, end));
                    }
                    break;
                }
            }
        }
    }
    bound
}

/// Whether the quotation from `start` to `end` is a part of a sentence: of a
/// title, behind running text, or before a joint.
fn is_bound(text: &str, start: usize, end: usize) -> bool {
    matches!(char_at(text, start), Some('《' | '〈'))
        || char_before(text, start)
            .is_some_and(|before| before.is_alphanumeric() && !SPEECH_VERBS.contains(&before))
        || begins_with_joint(&text[end..])
}

/// Whether `rest` goes on with the sentence that a quotation belongs to.
fn begins_with_joint(rest: &str) -> bool {
    let begins_with_any = |words: &str| words.split(' ').any(|word| rest.starts_with(word));
    let is_particle = begins_with_any(PARTICLES) && !begins_with_any(NO_PARTICLES);
    is_particle || rest.starts_with(CHINESE_JOINTS)
}

/// Whether `rest` begins with a clause that names who spoke: `他说。` Before a
/// colon such a clause begins a sentence of its own.
fn names_speaker(rest: &str) -> bool {
    let clause = rest
        .char_indices()
        .take(SPEAKER_CHARS + 1)
        .find(|(_, character)| !character.is_alphanumeric());
    clause.is_some_and(|(end, character)| {
        !matches!(character, '：' | ':') && rest[..end].ends_with(SPEECH_VERBS)
    })
}

/// Whether the mark belongs to a Latin name in running text: `Yahoo!は`.
fn is_latin_name_with_mark(text: &str, border: &Border) -> bool {
    let before = char_before(text, border.start);
    !border.has_gap
        && matches!(char_at(text, border.start), Some('!' | '！'))
        && !border.is_closed
        && before.is_some_and(|letter| letter.is_alphabetic() && !is_unspaced(letter))
        && begins_with_joint(&text[border.next..])
}
