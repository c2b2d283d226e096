//! The order in which another language is likely to have the words of an English text.
//!
//! Nothing here is certain, and nothing has to be: words that look alike are found in any order.
//! The expected order tells the others apart.

use std::ops::Range;

use super::lexicon::Class;
use super::word::Word;

/// A group of words longer than this keeps its order.
const GROUP_MAX: usize = 5;
/// The parts of a list are no longer than this.
const LIST_PART_MAX: usize = 3;

/// The indices of `words`, which are in the language `from`, in the order that the language `to` is
/// likely to have; that of the text itself where `from` is not English.
pub(super) fn expected_order(words: &[Word], from: &str, to: &str) -> Vec<usize> {
    if from != "en" {
        return (0..words.len()).collect();
    }
    let order_of_clause: fn(&[Word], Range<usize>) -> Vec<usize> = match to {
        "es" | "fr" | "it" | "pt" | "ca" | "gl" | "ro" => nouns_first,
        "de" | "nl" | "af" => participles_last,
        "ja" | "ko" | "tr" => heads_last,
        _ => |_, clause| clause.collect(),
    };
    let mut order = Vec::with_capacity(words.len());
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        let ends_clause = word.mark.is_some_and(|mark| ",.:;!?()\"…".contains(mark));
        if ends_clause && !is_in_list(&words[at..]) {
            order.extend(order_of_clause(words, start..at));
            order.push(at);
            start = at + 1;
        }
    }
    order.extend(order_of_clause(words, start..words.len()));
    order
}

/// Whether `words` begin with a comma between the parts of a list, which are short.
fn is_in_list(words: &[Word]) -> bool {
    let is_and = |word: &Word| matches!(word.plain.as_str(), "and" | "or");
    let is_plain = |word: &&Word| {
        word.mark.is_none()
            && !is_and(word)
            && !word.is(Class::Pronoun)
            && !word.is(Class::Auxiliary)
    };
    let len = words[1..]
        .iter()
        .take(LIST_PART_MAX + 1)
        .take_while(is_plain)
        .count();
    let is_comma = |word: &Word| word.mark == Some(',');
    let next = words.get(1 + len);
    is_comma(&words[0])
        && len <= LIST_PART_MAX
        && next.is_some_and(|next| is_comma(next) || is_and(next))
}

/// Whether a word can be a noun, a verb or an adjective.
fn is_open(word: &Word) -> bool {
    word.is_content() && word.number.is_none() && !word.is(Class::Particle)
}

/// The group of such words that begins at `start`.
fn group_at(words: &[Word], start: usize, end: usize) -> Range<usize> {
    let len = words[start..end].iter().take_while(|word| is_open(word));
    start..start + len.count()
}

fn opens_noun_group(word: &Word) -> bool {
    word.is(Class::Determiner) || word.number.is_some() || word.is_name
}

/// Romance languages: what qualifies a noun comes after it, and so does who owns it.
fn nouns_first(words: &[Word], clause: Range<usize>) -> Vec<usize> {
    let mut order = Vec::with_capacity(clause.len());
    let mut at = clause.start;
    while at < clause.end {
        if is_asked(words, at, clause.end) {
            order.extend([at, at + 2, at + 1]);
            at += 3;
            continue;
        }
        let group = group_at(words, at, clause.end);
        if group.is_empty() {
            order.push(at);
            at += 1;
            continue;
        }
        at = group.end;
        let owners = words[group.clone()].iter().rposition(|word| word.is_owner);
        if let Some(owner) = owners {
            let owned = group.start + owner + 1..group.end;
            order.extend(reversed(words, owned.clone()));
            order.extend(group.start..owned.start);
            continue;
        }
        let nouns = nouns_of(words, &clause, &group);
        order.extend(reversed(words, nouns.clone()));
        order.extend(nouns.end..group.end);
    }
    order
}

/// Whether a question begins with `do you know` or the like, which other languages ask by `know
/// you`.
fn is_asked(words: &[Word], at: usize, end: usize) -> bool {
    matches!(&words[at..end], [does, who, verb, ..]
        if matches!(does.plain.as_str(), "do" | "does" | "did")
            && who.is(Class::Pronoun)
            && is_open(verb))
}

/// The part of a group of words that is a noun with what qualifies it: without a verb behind it.
fn nouns_of(words: &[Word], clause: &Range<usize>, group: &Range<usize>) -> Range<usize> {
    let none = group.start..group.start;
    let Some(before) = group.start.checked_sub(1).filter(|at| *at >= clause.start) else {
        return none;
    };
    if words[before].is(Class::Pronoun) || words[before].is(Class::Auxiliary) {
        return none;
    }
    let without_last = group.start..group.end - 1;
    let Some(after) = words[..clause.end].get(group.end) else {
        return group.clone();
    };
    let last = &words[group.end - 1];
    let is_first = before == clause.start;
    let has_auxiliary = words[clause.clone()]
        .iter()
        .any(|word| word.is(Class::Auxiliary));
    let is_before_object = opens_noun_group(after);
    let is_before_place = after.is(Class::Preposition)
        && (last.plain.ends_with("ed") || (is_first && !has_auxiliary && group.len() > 1));
    if is_before_object || is_before_place {
        without_last
    } else {
        group.clone()
    }
}

/// The words of a noun group from its noun on backwards; words like `new` stay in front.
fn reversed(words: &[Word], group: Range<usize>) -> Vec<usize> {
    if group.len() > GROUP_MAX {
        return group.collect();
    }
    let is_in_front = |at: &usize| words[*at].is(Class::Other);
    let mut order: Vec<usize> = group.clone().filter(is_in_front).collect();
    order.extend(group.rev().filter(|at| !is_in_front(at)));
    order
}

/// German: what follows an auxiliary verb comes last.
fn participles_last(words: &[Word], clause: Range<usize>) -> Vec<usize> {
    let mut order = Vec::with_capacity(clause.len());
    let mut last = Vec::new();
    let mut after_auxiliary = false;
    for at in clause {
        let word = &words[at];
        if word.is(Class::Conjunction) {
            order.append(&mut last);
        }
        if after_auxiliary && is_open(word) {
            last.push(at);
        } else {
            order.push(at);
        }
        let goes_on = word.is(Class::Particle) || word.plain.ends_with("ly");
        after_auxiliary = if word.is(Class::Auxiliary) {
            true
        } else {
            after_auxiliary && goes_on
        };
    }
    order.append(&mut last);
    order
}

/// Japanese: the verb comes last, and what belongs to a word before it.
fn heads_last(words: &[Word], clause: Range<usize>) -> Vec<usize> {
    let verb = verb_of(words, &clause);
    let mut order = chunks_backwards(words, clause.start..verb.start);
    order.extend(chunks_backwards(words, verb.end..clause.end));
    order.extend(verb.rev());
    order
}

/// The verb of a clause with its auxiliaries; empty at the end of the clause if there is none.
fn verb_of(words: &[Word], clause: &Range<usize>) -> Range<usize> {
    let none = clause.end..clause.end;
    let end = clause.end;
    let auxiliary = clause.clone().find(|at| words[*at].is(Class::Auxiliary));
    if let Some(start) = auxiliary {
        let is_part = |word: &&Word| word.is(Class::Auxiliary) || word.is(Class::Particle);
        let parts = words[start..end].iter().take_while(is_part).count();
        let verb = start + parts;
        let is_verb = verb < end && is_open(&words[verb]);
        return start..verb + usize::from(is_verb);
    }
    let is_skipped = |word: &&Word| !is_open(word);
    let first = clause.start + words[clause.clone()].iter().take_while(is_skipped).count();
    if first == end || words[clause.start].is(Class::Preposition) {
        return none;
    }
    let group = group_at(words, first, end);
    let is_subject = words[clause.start].is(Class::Determiner);
    let has_pronoun = first > 0 && words[first - 1].is(Class::Pronoun);
    match words[..end].get(group.end) {
        _ if has_pronoun => first..first + 1,
        Some(_) if group.len() == 1 && !is_subject => first..first + 1,
        Some(after) if group.len() > 1 && is_subject && after.is(Class::Preposition) => none,
        Some(_) if group.len() > 1 => group.end - 1..group.end,
        _ => none,
    }
}

/// The words in the order of Japanese: `the page about cats` becomes `cats about the page`.
fn chunks_backwards(words: &[Word], range: Range<usize>) -> Vec<usize> {
    let mut order = Vec::with_capacity(range.len());
    let mut end = range.end;
    for at in range.clone().rev() {
        let joins = words[at].is(Class::Preposition) || is_relative(&words[at]);
        if joins {
            order.extend(at + 1..end);
            order.push(at);
            end = at;
        }
    }
    order.extend(range.start..end);
    order
}

fn is_relative(word: &Word) -> bool {
    matches!(word.plain.as_str(), "that" | "which" | "who" | "whom")
}

#[cfg(test)]
mod tests {
    use super::super::word::words_in;
    use super::*;

    fn ordered(text: &str, to: &str) -> String {
        let words = words_in(text, "en");
        let order = expected_order(&words, "en", to);
        let words = order.into_iter().map(|at| &text[words[at].range.clone()]);
        words.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn every_word_is_there_once() {
        let text = "In 2019, the old Roman bridge's new name was not given to it by him, was it?";
        let words = words_in(text, "en");
        for to in ["es", "de", "ja", "xx"] {
            let mut order = expected_order(&words, "en", to);
            order.sort_unstable();
            assert_eq!(order, (0..words.len()).collect::<Vec<_>>(), "{to}");
        }
    }

    #[test]
    fn spanish_has_the_noun_first() {
        assert_eq!(ordered("the red house", "es"), "the house red");
        assert_eq!(
            ordered("See our new guided tours.", "es"),
            "See our new tours guided ."
        );
        assert_eq!(
            ordered("The team won the cup", "es"),
            "The team won the cup"
        );
        assert_eq!(ordered("Anna's book", "es"), "book Anna's");
    }

    #[test]
    fn german_has_the_participle_last() {
        assert_eq!(
            ordered("I have read the book.", "de"),
            "I have the book read ."
        );
    }

    #[test]
    fn japanese_has_the_verb_last() {
        assert_eq!(ordered("I eat fish.", "ja"), "I fish eat .");
        assert_eq!(
            ordered("Open the settings of the app.", "ja"),
            "the app of the settings Open ."
        );
    }
}
