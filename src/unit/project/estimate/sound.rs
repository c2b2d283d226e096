//! What words sound like, roughly, so that cognates and names of other spelling are found.

/// Letters of a word that are looked at: one bit each in the comparison.
const LETTERS_MAX: usize = 64;

/// The text in lower case without accents.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'æ' => folded.push_str("ae"),
            'ç' | 'ć' | 'č' => folded.push('c'),
            'ď' | 'đ' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ğ' | 'ģ' => folded.push('g'),
            'ì'..='ï' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ł' => folded.push('l'),
            'ñ' | 'ń' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'œ' => folded.push_str("oe"),
            'ř' => folded.push('r'),
            'ś' | 'š' | 'ş' | 'ș' => folded.push('s'),
            'ß' => folded.push_str("ss"),
            'ť' | 'ţ' | 'ț' => folded.push('t'),
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            // The dot that some capitals leave behind, and accents that stand alone.
            '\u{300}'..='\u{36f}' => {}
            other => folded.push(other),
        }
    }
    folded
}

/// The sounds of a word, as small Latin letters; empty for most other scripts.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Sound {
    letters: Vec<u8>,
    /// Which letters there are, one bit each.
    set: u64,
}

impl From<Vec<u8>> for Sound {
    fn from(letters: Vec<u8>) -> Self {
        let set = letters
            .iter()
            .fold(0, |set, letter| set | 1 << number(*letter));
        Self { letters, set }
    }
}

/// Letters and digits in a row.
fn number(letter: u8) -> usize {
    usize::from(match letter {
        b'a'..=b'z' => letter - b'a' + 10,
        digit => digit - b'0',
    })
}

/// What a word sounds like, given in the form of [`fold`].
pub(super) fn sound_of(plain: &str) -> Sound {
    let mut letters: Vec<u8> = Vec::new();
    let mut chars = plain.chars().peekable();
    while let Some(c) = chars.next() {
        if letters.len() >= LETTERS_MAX {
            break;
        }
        let next = chars.peek().copied();
        let sound: &[u8] = match c {
            'c' if matches!(next, Some('e' | 'i' | 'y')) => b"s",
            'p' if next == Some('h') => b"f",
            'c' | 'q' => b"k",
            'z' => b"s",
            'w' => b"v",
            'y' | 'j' => b"i",
            'x' => b"ks",
            'h' => b"",
            'a'..='z' | '0'..='9' => &[c as u8],
            'а'..='я' | 'ё' | 'і' | 'ї' | 'є' => sound_of_cyrillic(c),
            _ => sound_of_kana(c),
        };
        for letter in sound {
            if letters.last() != Some(letter) {
                letters.push(*letter);
            }
        }
    }
    letters.truncate(LETTERS_MAX);
    Sound::from(letters)
}

/// Cyrillic in Latin letters.
fn sound_of_cyrillic(c: char) -> &'static [u8] {
    match c {
        'а' => b"a",
        'б' => b"b",
        'в' => b"v",
        'г' => b"g",
        'д' => b"d",
        'е' | 'э' | 'є' => b"e",
        'ж' | 'з' | 'с' | 'ц' | 'ш' | 'щ' => b"s",
        'и' | 'й' | 'ы' | 'і' | 'ї' => b"i",
        'к' | 'х' => b"k",
        'л' => b"l",
        'м' => b"m",
        'н' => b"n",
        'о' | 'ё' => b"o",
        'п' => b"p",
        'р' => b"r",
        'т' => b"t",
        'у' => b"u",
        'ф' => b"f",
        'ч' => b"ks",
        'ю' => b"iu",
        'я' => b"ia",
        _ => b"",
    }
}

/// Katakana in Latin letters.
fn sound_of_kana(c: char) -> &'static [u8] {
    const VOWELS: [&[u8]; 5] = [b"a", b"i", b"u", b"e", b"o"];
    const ROWS: [(&str, [&[u8]; 5]); 14] = [
        ("アイウエオ", VOWELS),
        ("ァィゥェォ", VOWELS),
        ("カキクケコ", [b"ka", b"ki", b"ku", b"ke", b"ko"]),
        ("ガギグゲゴ", [b"ga", b"gi", b"gu", b"ge", b"go"]),
        ("サシスセソ", [b"sa", b"si", b"su", b"se", b"so"]),
        ("ザジズゼゾ", [b"sa", b"si", b"su", b"se", b"so"]),
        ("タチツテト", [b"ta", b"ti", b"tu", b"te", b"to"]),
        ("ダヂヅデド", [b"da", b"di", b"du", b"de", b"do"]),
        ("ナニヌネノ", [b"na", b"ni", b"nu", b"ne", b"no"]),
        ("ハヒフヘホ", [b"a", b"i", b"fu", b"e", b"o"]),
        ("バビブベボ", [b"ba", b"bi", b"bu", b"be", b"bo"]),
        ("パピプペポ", [b"pa", b"pi", b"pu", b"pe", b"po"]),
        ("マミムメモ", [b"ma", b"mi", b"mu", b"me", b"mo"]),
        ("ラリルレロ", [b"ra", b"ri", b"ru", b"re", b"ro"]),
    ];
    match c {
        'ン' => return b"n",
        'ワ' => return b"va",
        'ヲ' => return b"o",
        'ヴ' => return b"vu",
        'ヤ' | 'ャ' => return b"ia",
        'ユ' | 'ュ' => return b"iu",
        'ヨ' | 'ョ' => return b"io",
        _ => {}
    }
    for (kana, sounds) in ROWS {
        if let Some(at) = kana.chars().position(|known| known == c) {
            return sounds[at];
        }
    }
    b""
}

impl Sound {
    /// How many letters there are.
    pub(super) fn len(&self) -> usize {
        self.letters.len()
    }

    /// The letters that both words begin with.
    pub(super) fn common_prefix(&self, other: &Self) -> usize {
        let pairs = self.letters.iter().zip(&other.letters);
        pairs.take_while(|(one, two)| one == two).count()
    }

    /// Whether the word has all letters of another in one piece.
    pub(super) fn contains(&self, other: &Self) -> bool {
        let len = other.len().max(1);
        other.set & !self.set == 0 && self.letters.windows(len).any(|part| part == other.letters)
    }

    /// No less than [`Self::common`], and found at once: letters that the other word does not have
    /// at all are not common.
    pub(super) fn common_at_most(&self, other: &Self) -> usize {
        let own = |one: &Self, other: &Self| (one.set & !other.set).count_ones() as usize;
        let one = self.len().saturating_sub(own(self, other));
        one.min(other.len().saturating_sub(own(other, self)))
    }

    /// Length of the longest sequence of letters that both words have in the same order.
    ///
    /// One word operation for each letter (Hyyrö, "Bit-parallel LCS-length computation
    /// revisited", 2004).
    pub(super) fn common(&self, other: &Self) -> usize {
        let mut places = [0_u64; 36];
        for (at, letter) in self.letters.iter().enumerate() {
            places[number(*letter)] |= 1 << at;
        }
        let mut rows = u64::MAX;
        for letter in &other.letters {
            let hits = rows & places[number(*letter)];
            rows = rows.wrapping_add(hits) | (rows - hits);
        }
        let used = u64::MAX >> (64 - self.len().clamp(1, LETTERS_MAX));
        (!rows & used).count_ones() as usize
    }

    /// The consonants as Japanese hears them.
    pub(super) fn skeleton(&self) -> Self {
        let heard = self.letters.iter().filter_map(|letter| match letter {
            b'a' | b'e' | b'i' | b'o' | b'u' => None,
            b'l' => Some(b'r'),
            b'v' => Some(b'b'),
            b'm' => Some(b'n'),
            other => Some(*other),
        });
        let mut letters: Vec<u8> = heard.collect();
        letters.dedup();
        Self::from(letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn common(one: &str, two: &str) -> usize {
        let (one, two) = (sound_of(&fold(one)), sound_of(&fold(two)));
        assert!(one.common(&two) <= one.common_at_most(&two));
        one.common(&two)
    }

    #[test]
    fn letters_in_the_same_order_are_counted() {
        assert_eq!(common("abcdef", "acf"), 3);
        assert_eq!(common("", "abc"), 0);
        assert_eq!(common("abc", ""), 0);
        let long = "ab".repeat(50);
        assert_eq!(common(&long, &long), 64);
    }

    #[test]
    fn spellings_of_one_sound_are_equal() {
        assert_eq!(sound_of("zentral"), sound_of("central"));
        assert_eq!(sound_of("photo"), sound_of("foto"));
        assert_eq!(fold("Élève Übergröße"), "eleve ubergrosse");
    }

    #[test]
    fn cyrillic_has_latin_sounds() {
        assert_eq!(sound_of("президент"), sound_of("president"));
    }

    #[test]
    fn foreign_words_are_read_from_kana() {
        let skeleton = |word: &str| sound_of(&fold(word)).skeleton();
        assert_eq!(skeleton("camera"), skeleton("カメラ"));
        assert_eq!(skeleton("hotel"), skeleton("オテル"));
    }
}
