//! Words of Japanese, which has no spaces between them: by changes of script and by particles.

use super::super::token::Token;

/// Hiragana words that are no ending of the word before them, longest first for each beginning.
const PARTICLES: &[&str] = &[
    "については",
    "についての",
    "によって",
    "によると",
    "として",
    "について",
    "による",
    "でした",
    "ください",
    "あります",
    "います",
    "なります",
    "である",
    "までに",
    "からの",
    "ので",
    "には",
    "では",
    "との",
    "への",
    "での",
    "から",
    "まで",
    "より",
    "です",
    "など",
    "だけ",
    "ため",
    "この",
    "その",
    "あの",
    "とは",
    "は",
    "が",
    "を",
    "に",
    "で",
    "と",
    "の",
    "も",
    "へ",
    "や",
    "か",
    "ね",
    "よ",
    "だ",
];

/// Characters that multiply a number.
const MULTIPLIERS: &str = "千万億";

/// Characters that follow a number and count something.
const COUNTERS: &str = "年月日円人台個回時分秒度歳階倍位号件本冊枚";

/// Characters of Chinese that are words of their own in most places.
const CHINESE_PARTICLES: &str = "的了是在于和与或及被把也不从向就都";

/// A hiragana run that is longer is taken as one word.
const RUN_MAX: usize = 32;

/// Whether a character is katakana, with the mark of long vowels.
pub(super) fn is_kana(c: char) -> bool {
    matches!(c, '\u{30a1}'..='\u{30fa}' | 'ー')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Hiragana,
    Katakana,
}

fn script(c: char) -> Option<Script> {
    match c {
        '\u{3041}'..='\u{309f}' => Some(Script::Hiragana),
        _ if is_kana(c) => Some(Script::Katakana),
        '々' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' => {
            Some(Script::Han)
        }
        _ => None,
    }
}

/// Joins the tokens of each word of Japanese, which are single characters for the most part.
///
/// Without hiragana, a run of Chinese characters is cut at particles and in twos: that is how long
/// most words of Chinese are.
pub(super) fn join_unspaced(text: &str, tokens: Vec<Token>) -> Vec<Token> {
    if !text.contains(|c| script(c).is_some()) {
        return tokens;
    }
    let has_hiragana = text.contains(|c| script(c) == Some(Script::Hiragana));
    let is_unspaced = |token: &Token| {
        let shown = &text[token.range.clone()];
        token.mark.is_none() && shown.starts_with(|c| script(c).is_some())
    };
    let mut joined: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut rest = tokens.into_iter().peekable();
    while let Some(token) = rest.next() {
        if !is_unspaced(&token) {
            joined.push(token);
            continue;
        }
        let mut end = token.range.end;
        while let Some(next) = rest.next_if(|next| is_unspaced(next) && next.range.start == end) {
            end = next.range.end;
        }
        let mut start = token.range.start;
        if let Some(number) = joined.last_mut()
            && number.range.end == start
            && text[number.range.clone()].ends_with(|c: char| c.is_ascii_digit())
        {
            for signs in [MULTIPLIERS, COUNTERS] {
                if let Some(sign) = text[start..end].chars().next()
                    && signs.contains(sign)
                {
                    start += sign.len_utf8();
                }
            }
            number.range.end = start;
        }
        push_words(&text[start..end], start, has_hiragana, &mut joined);
    }
    joined
}

/// Cuts a run of Chinese characters and kana into words.
fn push_words(run: &str, start: usize, has_hiragana: bool, out: &mut Vec<Token>) {
    let mut at = 0;
    let mut push = |from: usize, to: usize| {
        if from < to {
            out.push(Token {
                range: start + from..start + to,
                mark: None,
                fixed: None,
            });
        }
    };
    while let Some(first) = run[at..].chars().next() {
        let of_script = len_of_script(&run[at..], script(first));
        if !has_hiragana && script(first) == Some(Script::Han) {
            let end = at + len_of_chinese(&run[at..at + of_script]);
            push(at, end);
            at = end;
            continue;
        }
        let is_hiragana = script(first) == Some(Script::Hiragana);
        let stem = if is_hiragana && is_honorific(&run[at..at + of_script], &run[at + of_script..])
        {
            let after = &run[at + of_script..];
            at + of_script + len_of_script(after, after.chars().next().and_then(script))
        } else if is_hiragana {
            at
        } else {
            at + of_script
        };
        let endings = len_of_script(&run[stem..], Some(Script::Hiragana));
        let (own, particles) = endings_and_particles(&run[stem..stem + endings]);
        push(at, stem + own);
        at = stem + own;
        for particle in particles {
            push(at, at + particle);
            at += particle;
        }
    }
}

/// Length in bytes of a word of Chinese: a particle, or two characters before the next one.
fn len_of_chinese(run: &str) -> usize {
    let is_particle = |c: &char| CHINESE_PARTICLES.contains(*c);
    let mut chars = run.chars();
    let first = chars.next();
    let second = chars.next().filter(|second| !is_particle(second));
    let second = second.filter(|_| !first.is_some_and(|first| is_particle(&first)));
    first.map_or(0, char::len_utf8) + second.map_or(0, char::len_utf8)
}

/// Whether a hiragana run is but the beginning of the polite form of the word behind it.
fn is_honorific(run: &str, after: &str) -> bool {
    matches!(run, "ご" | "お") && !after.is_empty()
}

/// Length in bytes of what `text` begins with in one script; at least one character.
fn len_of_script(text: &str, wanted: Option<Script>) -> usize {
    let len = text.find(|c| script(c) != wanted).unwrap_or(text.len());
    let is_same = text.chars().next().is_some_and(|c| script(c) == wanted);
    if is_same || wanted == Some(Script::Hiragana) {
        len
    } else {
        text.chars().next().map_or(0, char::len_utf8)
    }
}

/// How much of a hiragana run belongs to the word before it, and the lengths of the particles
/// that follow.
fn endings_and_particles(run: &str) -> (usize, Vec<usize>) {
    // Nothing but the particle of objects is written を.
    let (head, tail) = run.split_at(run.find('を').unwrap_or(run.len()));
    if head.chars().count() <= RUN_MAX {
        for (own, _) in head.char_indices() {
            if let Some(mut particles) = as_particles(&head[own..]) {
                particles.extend(tail.chars().next().map(char::len_utf8));
                return (own, particles);
            }
        }
    }
    let object = tail.chars().next().map(char::len_utf8);
    (head.len(), object.into_iter().collect())
}

/// The lengths of the particles that make up a text, if nothing else does.
fn as_particles(text: &str) -> Option<Vec<usize>> {
    let mut lengths = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let particle = PARTICLES.iter().find(|known| rest.starts_with(**known))?;
        lengths.push(particle.len());
        rest = &rest[particle.len()..];
    }
    Some(lengths)
}

#[cfg(test)]
mod tests {
    use super::super::super::token::tokens_of;
    use super::*;

    fn shown(text: &str) -> Vec<&str> {
        join_unspaced(text, tokens_of(text, &[]))
            .into_iter()
            .map(|token| &text[token.range])
            .collect()
    }

    #[test]
    fn particles_are_apart_from_words_and_endings_are_not() {
        assert_eq!(
            shown("私は本を読みます。"),
            ["私", "は", "本", "を", "読みます", "。"]
        );
        assert_eq!(
            shown("猫についてのページを今見てください。"),
            [
                "猫",
                "についての",
                "ページ",
                "を",
                "今見て",
                "ください",
                "。"
            ]
        );
        assert_eq!(shown("新しいコンピューター"), ["新しい", "コンピューター"]);
    }

    #[test]
    fn a_polite_prefix_belongs_to_its_word() {
        assert_eq!(shown("をご覧ください"), ["を", "ご覧", "ください"]);
    }

    #[test]
    fn a_counter_belongs_to_its_number() {
        assert_eq!(
            shown("2024年3月15日に発売"),
            ["2024年", "3月", "15日", "に", "発売"]
        );
    }

    #[test]
    fn chinese_is_cut_in_twos_and_at_particles() {
        assert_eq!(shown("我们喜欢书"), ["我们", "喜欢", "书"]);
        assert_eq!(shown("在北京成立的"), ["在", "北京", "成立", "的"]);
    }
}
