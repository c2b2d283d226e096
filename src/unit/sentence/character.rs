//! What a character means at the border of two sentences.

/// A mark that can end a sentence, by what it asks of its surroundings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark {
    /// A full stop, which also ends abbreviations and divides numbers and
    /// addresses: `ATerm` of UAX #29.
    Stop,
    /// An exclamation or question mark: white space must follow.
    Strong,
    /// U+2026, or what several full stops stand for.
    Ellipsis,
    /// A mark of a script that needs no white space after it: `。`, `।`, `؟`.
    Full,
    /// U+FF0E, which divides numbers as `.` does, yet needs no white space.
    FullStop,
}

/// `STerm` of UAX #29 (Unicode 17) above U+0588, but for U+203C to U+203D and
/// U+2047 to U+2049, which behave like `!` and `?`.
const FULL_MARKS: [(char, char); 80] = [
    ('\u{589}', '\u{589}'),
    ('\u{61D}', '\u{61F}'),
    ('\u{6D4}', '\u{6D4}'),
    ('\u{700}', '\u{702}'),
    ('\u{7F9}', '\u{7F9}'),
    ('\u{837}', '\u{837}'),
    ('\u{839}', '\u{839}'),
    ('\u{83D}', '\u{83E}'),
    ('\u{964}', '\u{965}'),
    ('\u{104A}', '\u{104B}'),
    ('\u{1362}', '\u{1362}'),
    ('\u{1367}', '\u{1368}'),
    ('\u{166E}', '\u{166E}'),
    ('\u{1735}', '\u{1736}'),
    ('\u{17D4}', '\u{17D5}'),
    ('\u{1803}', '\u{1803}'),
    ('\u{1809}', '\u{1809}'),
    ('\u{1944}', '\u{1945}'),
    ('\u{1AA8}', '\u{1AAB}'),
    ('\u{1B4E}', '\u{1B4F}'),
    ('\u{1B5A}', '\u{1B5B}'),
    ('\u{1B5E}', '\u{1B5F}'),
    ('\u{1B7D}', '\u{1B7F}'),
    ('\u{1C3B}', '\u{1C3C}'),
    ('\u{1C7E}', '\u{1C7F}'),
    ('\u{2CF9}', '\u{2CFB}'),
    ('\u{2E2E}', '\u{2E2E}'),
    ('\u{2E3C}', '\u{2E3C}'),
    ('\u{2E53}', '\u{2E54}'),
    ('\u{3002}', '\u{3002}'),
    ('\u{A4FF}', '\u{A4FF}'),
    ('\u{A60E}', '\u{A60F}'),
    ('\u{A6F3}', '\u{A6F3}'),
    ('\u{A6F7}', '\u{A6F7}'),
    ('\u{A876}', '\u{A877}'),
    ('\u{A8CE}', '\u{A8CF}'),
    ('\u{A92F}', '\u{A92F}'),
    ('\u{A9C8}', '\u{A9C9}'),
    ('\u{AA5D}', '\u{AA5F}'),
    ('\u{AAF0}', '\u{AAF1}'),
    ('\u{ABEB}', '\u{ABEB}'),
    ('\u{FE12}', '\u{FE12}'),
    ('\u{FE15}', '\u{FE16}'),
    ('\u{FE56}', '\u{FE57}'),
    ('\u{FF01}', '\u{FF01}'),
    ('\u{FF1F}', '\u{FF1F}'),
    ('\u{FF61}', '\u{FF61}'),
    ('\u{10A56}', '\u{10A57}'),
    ('\u{10F55}', '\u{10F59}'),
    ('\u{10F86}', '\u{10F89}'),
    ('\u{11047}', '\u{11048}'),
    ('\u{110BE}', '\u{110C1}'),
    ('\u{11141}', '\u{11143}'),
    ('\u{111C5}', '\u{111C6}'),
    ('\u{111CD}', '\u{111CD}'),
    ('\u{111DE}', '\u{111DF}'),
    ('\u{11238}', '\u{11239}'),
    ('\u{1123B}', '\u{1123C}'),
    ('\u{112A9}', '\u{112A9}'),
    ('\u{113D4}', '\u{113D5}'),
    ('\u{1144B}', '\u{1144C}'),
    ('\u{115C2}', '\u{115C3}'),
    ('\u{115C9}', '\u{115D7}'),
    ('\u{11641}', '\u{11642}'),
    ('\u{1173C}', '\u{1173E}'),
    ('\u{11944}', '\u{11944}'),
    ('\u{11946}', '\u{11946}'),
    ('\u{11A42}', '\u{11A43}'),
    ('\u{11A9B}', '\u{11A9C}'),
    ('\u{11C41}', '\u{11C42}'),
    ('\u{11EF7}', '\u{11EF8}'),
    ('\u{11F43}', '\u{11F44}'),
    ('\u{16A6E}', '\u{16A6F}'),
    ('\u{16AF5}', '\u{16AF5}'),
    ('\u{16B37}', '\u{16B38}'),
    ('\u{16B44}', '\u{16B44}'),
    ('\u{16D6E}', '\u{16D6F}'),
    ('\u{16E98}', '\u{16E98}'),
    ('\u{1BC9F}', '\u{1BC9F}'),
    ('\u{1DA88}', '\u{1DA88}'),
];

/// The mark that `character` is, if it can end a sentence.
pub(super) fn mark_of(character: char) -> Option<Mark> {
    match character {
        '.' | '\u{2024}' | '\u{FE52}' => Some(Mark::Stop),
        '!' | '?' | '\u{203C}' | '\u{203D}' | '\u{2047}'..='\u{2049}' => Some(Mark::Strong),
        '…' => Some(Mark::Ellipsis),
        '．' => Some(Mark::FullStop),
        // Nothing of the table lies here, and most of the world's text does.
        '\0'..'\u{589}' | '\u{3003}'..'\u{A4FF}' | '\u{AC00}'..'\u{FE12}' => None,
        _ => is_in(&FULL_MARKS, character).then_some(Mark::Full),
    }
}

fn is_in(ranges: &[(char, char)], character: char) -> bool {
    let index = ranges.partition_point(|&(_, last)| last < character);
    ranges
        .get(index)
        .is_some_and(|&(first, _)| first <= character)
}

/// Whether `character` closes a quotation or bracket, whatever follows it.
pub(super) fn is_closer(character: char) -> bool {
    matches!(
        character,
        ')' | ']'
            | '}'
            | '”'
            | '’'
            | '\u{203A}'
            | '\u{2046}'
            | '\u{207E}'
            | '\u{208E}'
            | '〉'
            | '》'
            | '」'
            | '』'
            | '】'
            | '〕'
            | '〗'
            | '〙'
            | '〛'
            | '\u{301E}'
            | '\u{301F}'
            | '）'
            | '］'
            | '｝'
            | '｠'
            | '｣'
    )
}

/// Whether `character` opens a quotation in one language or place, and closes
/// one in another.
pub(super) fn is_two_way_quote(character: char) -> bool {
    matches!(character, '"' | '\'' | '“' | '‘' | '«' | '»' | '\u{2039}')
}

/// Whether `character` is a quotation mark of any direction.
pub(super) fn is_quote(character: char) -> bool {
    is_two_way_quote(character)
        || matches!(character, '”' | '’' | '„' | '‚' | '\u{203A}')
        || ('「'..='』').contains(&character)
}

/// Whether a sentence goes on at `character`: it never begins with one.
pub(super) fn continues_sentence(character: char) -> bool {
    matches!(
        character,
        ',' | ';' | ':' | '、' | '，' | '；' | '：' | '､' | '،' | '؛'
    ) || is_closer(character)
}

/// Whether `character` is drawn as part of the one before, or not at all.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{AD}' | '\u{300}'..='\u{36F}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{20E3}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
            | '\u{E0020}'..='\u{E007F}'
    )
}

/// Whether `character` is a pictograph (most of `Extended_Pictographic`, and
/// the modifiers and flags beside it), or a part of a longer one.
pub(super) fn is_emoji(character: char) -> bool {
    matches!(
        character,
        '\u{231A}'..='\u{231B}' | '\u{23E9}'..='\u{23FA}' | '\u{2600}'..='\u{275A}'
            | '\u{2761}'..='\u{2767}' | '\u{2795}'..='\u{27BF}' | '\u{2B05}'..='\u{2B55}'
            | '\u{200D}' | '\u{20E3}' | '\u{FE0F}' | '\u{E0020}'..='\u{E007F}' | '\u{1F000}'..='\u{1FAFF}'
    )
}

/// Whether `character` belongs to a script that is written without spaces
/// between words: Han, Hiragana, Katakana, Bopomofo and their punctuation.
pub(super) fn is_unspaced(character: char) -> bool {
    matches!(
        character,
        '\u{2E80}'..='\u{312F}' | '\u{31A0}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}' | '\u{FF01}'..='\u{FF9F}' | '\u{20000}'..='\u{3FFFF}'
    )
}

/// Whether `character` is a lower-case letter of a script whose sentences
/// begin in upper case. Georgian has both, but begins sentences in lower case.
pub(super) fn is_lower(character: char) -> bool {
    character.is_lowercase() && !('\u{10D0}'..='\u{10FF}').contains(&character)
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation;

    use super::{Mark, mark_of};

    #[test]
    fn marks_are_those_of_the_unicode_standard() {
        for character in '\0'..=char::MAX {
            // Only after STerm is there a border before a lower-case letter.
            let ends_sentence = format!("a{character} a").unicode_sentences().count() == 2
                && !matches!(character, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}');
            let is_mark = matches!(mark_of(character), Some(Mark::Strong | Mark::Full));
            assert_eq!(is_mark, ends_sentence, "U+{:04X}", u32::from(character));
        }
    }
}
