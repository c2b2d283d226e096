//! How similar two segments are.

use crate::unit::Fragment;

use super::tokens::{Token, Tokens};

/// How similar two segments are, in percent.
///
/// It is the distance of Levenshtein, counted on tokens. A token is a word, as Unicode's word
/// boundaries (UAX #29) have it in each stretch without white space, another mark or symbol, or a
/// code; white space is none, and the numbers of codes don't matter. To insert or delete a word costs 4, to put another one for
/// it 4, to change nothing but its case 1. To insert, delete or change anything else costs 1: a
/// mark, a code, the text of a protected span. A word is never put for something else.
///
/// With D as the least cost of all ways from one to the other, and W as that of deleting all of
/// the longer one, the similarity is 100 · (W − D) / W, rounded down, and 0 where D is larger. So
/// it is 100 only where all tokens are the same; two segments without tokens have it as well.
///
/// ```
/// use polypost::memory::similarity;
/// use polypost::unit::Fragment;
///
/// let percent = |one, other| similarity(&Fragment::plain(one), &Fragment::plain(other));
/// assert_eq!(percent("A red house.", "A  red house."), 100);
/// assert_eq!(percent("A red house.", "a red house!"), 84);
/// assert_eq!(percent("A red house.", "A blue house."), 69);
/// ```
pub fn similarity(one: &Fragment, other: &Fragment) -> u8 {
    similarity_of(&Tokens::of(one), &Tokens::of(other), 0).unwrap_or(0)
}

/// The similarity in percent; none where it is below `threshold`.
pub(super) fn similarity_of(one: &Tokens, other: &Tokens, threshold: u8) -> Option<u8> {
    let whole = one.weight.max(other.weight);
    if whole == 0 {
        return Some(100);
    }
    let Some(distance) = distance(&one.all, &other.all, most_cost(whole, threshold)) else {
        return (threshold == 0).then_some(0);
    };
    let kept = u64::from(whole.saturating_sub(distance));
    u8::try_from(kept * 100 / u64::from(whole)).ok()
}

/// The largest cost that leaves so much similarity of a whole.
pub(super) fn most_cost(whole: u32, threshold: u8) -> u32 {
    let share = u64::from(100 - threshold.min(100));
    u32::try_from(u64::from(whole) * share / 100).unwrap_or(u32::MAX)
}

/// The least cost from one to the other; none where it is above `most`.
pub(super) fn distance(one: &[Token], other: &[Token], most: u32) -> Option<u32> {
    // What is the same at both ends is in a cheapest way, as no change costs more than others that
    // do the same.
    let same = |(a, b): &(&Token, &Token)| a.is_same(**b);
    let start = one.iter().zip(other).take_while(same).count();
    let (one, other) = (&one[start..], &other[start..]);
    let ends = one.iter().rev().zip(other.iter().rev());
    let end = ends.take_while(same).count();
    let (one, other) = (&one[..one.len() - end], &other[..other.len() - end]);
    let mut row = Row::first(other, most);
    for token in one {
        row.next(*token, other);
        if row.is_over() {
            return None;
        }
    }
    row.last_cost(other.len())
}

/// A row of the table of costs: of the tokens so far against each beginning of the other text.
struct Row {
    costs: Vec<u32>,
    most: u32,
    /// Columns outside these are above the bound.
    first: usize,
    last: usize,
}

impl Row {
    fn first(other: &[Token], most: u32) -> Self {
        let over = most.saturating_add(1);
        let mut costs = vec![over; other.len() + 1];
        let mut last = 0;
        costs[0] = 0;
        for (at, token) in other.iter().enumerate() {
            let cost = costs[at].saturating_add(token.weight());
            if cost > most {
                break;
            }
            costs[at + 1] = cost;
            last = at + 1;
        }
        Self {
            costs,
            most,
            first: 0,
            last,
        }
    }

    fn is_over(&self) -> bool {
        self.first > self.last
    }

    fn next(&mut self, token: Token, other: &[Token]) {
        let over = self.most.saturating_add(1);
        let weight = token.weight();
        let mut diagonal = self.costs[self.first];
        let mut left = diagonal.saturating_add(weight).min(over);
        self.costs[self.first] = left;
        let old_last = self.last;
        let mut last = (left <= self.most).then_some(self.first);
        for at in self.first + 1..=other.len() {
            let above = self.costs[at];
            let own = other[at - 1];
            let mut cost = above
                .saturating_add(weight)
                .min(left.saturating_add(own.weight()));
            if let Some(change) = token.substitution(own) {
                cost = cost.min(diagonal.saturating_add(change));
            }
            diagonal = above;
            left = cost.min(over);
            self.costs[at] = left;
            if left <= self.most {
                last = Some(at);
            } else if at > old_last {
                break;
            }
        }
        if let Some(last) = last {
            self.last = last;
            while self.costs[self.first] > self.most {
                self.first += 1;
            }
        } else {
            (self.first, self.last) = (1, 0);
        }
    }

    fn last_cost(&self, column: usize) -> Option<u32> {
        let cost = *self.costs.get(column)?;
        (cost <= self.most).then_some(cost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::MarkKind;

    fn plain(text: &str) -> Tokens {
        Tokens::of(&Fragment::plain(text))
    }

    /// The table of costs without any short cut.
    fn plain_distance(one: &[Token], other: &[Token]) -> u32 {
        let mut table = vec![vec![0; other.len() + 1]; one.len() + 1];
        for (i, row) in (0..=one.len()).zip(0..) {
            for j in 0..=other.len() {
                let mut best = if i == 0 && j == 0 { 0 } else { u32::MAX };
                if i > 0 {
                    best = best.min(table[i - 1][j] + one[i - 1].weight());
                }
                if j > 0 {
                    best = best.min(table[i][j - 1] + other[j - 1].weight());
                }
                if i > 0
                    && j > 0
                    && let Some(change) = one[i - 1].substitution(other[j - 1])
                {
                    best = best.min(table[i - 1][j - 1] + change);
                }
                table[row][j] = best;
            }
        }
        table[one.len()][other.len()]
    }

    #[test]
    fn words_weigh_more_than_case_marks_and_codes() {
        let base = plain("The red house is big.");
        assert_eq!(base.weight, 21);
        for (text, percent) in [
            ("The red house is big.", 100),
            (" The  red house is big . ", 100),
            ("the red house is big.", 95),
            ("The red house is big", 95),
            ("The red house is small.", 80),
            ("The red house is not big.", 84),
            ("Nothing of it", 0),
        ] {
            assert_eq!(
                similarity_of(&base, &plain(text), 0),
                Some(percent),
                "{text}"
            );
        }
        let mut with_code = Fragment::plain("The red house is big.");
        with_code.push_mark(MarkKind::Standalone, 7);
        assert_eq!(similarity_of(&base, &Tokens::of(&with_code), 0), Some(95));
        assert_eq!(similarity_of(&plain(""), &plain(" "), 100), Some(100));
        assert_eq!(similarity_of(&plain(""), &base, 0), Some(0));
    }

    proptest::proptest! {
        #[test]
        fn the_short_cuts_change_nothing(
            one in "([abA] |\\. ){0,9}",
            other in "([abA] |\\. ){0,9}",
            most in 0_u32..40,
        ) {
            let (one, other) = (plain(&one).all, plain(&other).all);
            let whole = plain_distance(&one, &other);
            let expected = (whole <= most).then_some(whole);
            proptest::prop_assert_eq!(distance(&one, &other, most), expected);
            proptest::prop_assert_eq!(plain_distance(&other, &one), whole);
        }
    }
}
