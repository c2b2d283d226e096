//! How much two words look as if they stood for each other.

use super::lexicon::Class;
use super::sound::Sound;
use super::word::Word;

/// Two words that are certainly the same.
pub(super) const SAME: i32 = 100;
/// Two words of one row of the lexicon.
const TRANSLATED: i32 = 80;
/// Words that serve others are everywhere: equal ones say less.
const SAME_FUNCTION: i32 = 60;

/// From 0, nothing, to [`SAME`].
pub(super) fn likeness(one: &Word, other: &Word) -> i32 {
    if one.mark.is_some() || other.mark.is_some() {
        let is_same = one.mark == other.mark;
        return if is_same { SAME_FUNCTION } else { 0 };
    }
    if one.is_protected {
        return if one.plain == other.plain { SAME } else { 0 };
    }
    if is_same_number(one, other) {
        return SAME;
    }
    let is_translated = match (one.entry, other.entry) {
        (Some(one), Some(other)) => one.meets(other),
        _ => false,
    };
    let serves = one.is_function() || other.is_function();
    if is_translated {
        return if serves { SAME_FUNCTION } else { TRANSLATED };
    }
    if one.plain == other.plain && !one.is_function() && !other.is_function() {
        return SAME;
    }
    if serves || one.is(Class::Particle) || other.is(Class::Particle) {
        return 0;
    }
    if one.number.is_some() || other.number.is_some() {
        return unit_of_number(one, other).max(unit_of_number(other, one));
    }
    if one.is_foreign() || other.is_foreign() {
        return likeness_to_kana(one, other);
    }
    cognate(one, other)
}

/// Whether both are numbers of one value, perhaps with the word behind it.
fn is_same_number(one: &Word, other: &Word) -> bool {
    let values = [&other.scaled, &other.number];
    [&one.scaled, &one.number]
        .into_iter()
        .any(|value| value.is_some() && values.contains(&value))
}

/// A unit of measure that is written together with its number (`200g`).
fn unit_of_number(one: &Word, number: &Word) -> i32 {
    let unit = number
        .plain
        .trim_start_matches(|c: char| c.is_ascii_digit() || ".,".contains(c));
    let is_unit = number.number.is_some() && !unit.is_empty() && one.plain == unit;
    if is_unit { TRANSLATED } else { 0 }
}

/// Words of one origin, in languages with one alphabet.
fn cognate(one: &Word, other: &Word) -> i32 {
    let (a, b) = (&one.sound, &other.sound);
    let (shorter, longer) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if shorter.len() < 3 {
        return 0;
    }
    let prefix = a.common_prefix(b);
    // A part of a compound.
    if shorter.len() >= 5 && longer.contains(shorter) {
        return 70;
    }
    let least = match (prefix, shorter.len()) {
        (_, 3) => 80,
        (0, _) => 75,
        (1, _) => 66,
        _ => 58,
    };
    let ratio = common_percent(a, b, least);
    if ratio >= least {
        return 30 + (ratio - least) * 65 / (100 - least).max(1);
    }
    if prefix >= 4 && percent(prefix, shorter.len()) >= 66 {
        return 40;
    }
    0
}

/// A foreign word of Japanese and what it was taken from.
fn likeness_to_kana(one: &Word, other: &Word) -> i32 {
    let (a, b) = (&one.skeleton, &other.skeleton);
    if a.len().min(b.len()) < 2 {
        return 0;
    }
    let is_same_start = a.common_prefix(b) > 0;
    let least = if is_same_start { 56 } else { 80 };
    let ratio = common_percent(a, b, least);
    if ratio < least {
        return 0;
    }
    40 + (ratio - least) * 55 / (100 - least).max(1)
}

/// How much of both words is common, in percent; 0 where that is less than `least` at first sight.
fn common_percent(one: &Sound, other: &Sound, least: i32) -> i32 {
    let ratio = |common: usize| percent(2 * common, one.len() + other.len());
    if ratio(one.common_at_most(other)) < least {
        return 0;
    }
    ratio(one.common(other))
}

fn percent(part: usize, whole: usize) -> i32 {
    i32::try_from(part * 100 / whole.max(1)).unwrap_or(SAME)
}

#[cfg(test)]
mod tests {
    use super::super::word::words_in;
    use super::*;

    fn of(from: &str, to: &str, language: &str) -> i32 {
        let (one, other) = (words_in(from, "en"), words_in(to, language));
        likeness(&one[0], &other[0])
    }

    #[test]
    fn words_of_one_origin_are_alike() {
        for (from, to, language) in [
            ("government", "gouvernement", "fr"),
            ("climate", "Klimastudie", "de"),
            ("central", "Zentralbank", "de"),
            ("history", "histoire", "fr"),
            ("Munich", "München", "de"),
            ("camera", "カメラ", "ja"),
            ("restaurant", "レストラン", "ja"),
        ] {
            assert!(of(from, to, language) >= 30, "{from} {to}");
        }
    }

    #[test]
    fn other_words_are_not() {
        for (from, to, language) in [
            ("red", "casa", "es"),
            ("house", "roja", "es"),
            ("book", "gelesen", "de"),
            ("garden", "heute", "de"),
            ("12", "13", "de"),
        ] {
            assert_eq!(of(from, to, language), 0, "{from} {to}");
        }
    }
}
