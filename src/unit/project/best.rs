//! The best span of a translation for a stretch of its source.
//!
//! The best span (after Zenkel et al., "Automatic Bilingual Markup Transfer", 2021) is the one
//! that gains most when words that stand for words inside count for it, and all others against
//! it: a maximum-subarray problem, solved here over the linked tokens alone.

use std::cmp::Reverse;
use std::ops::Range;

/// The span that gains most, the shortest and first of those, with its gain.
///
/// `votes` are what tokens say for it, sorted by token. `costs` are running sums, from token
/// `start` on, of what it costs to cover a token; a vote makes up for three times itself. A span
/// from one token to another, both included, is only taken if `is_free` says so.
pub(super) fn best_span(
    votes: &[(usize, i64)],
    start: usize,
    costs: &[i64],
    is_free: impl Fn(usize, usize) -> bool,
) -> Option<(i64, Range<usize>)> {
    let cost = |from: usize, to: usize| costs[to - start] - costs[from - start];
    let mut best: Option<(i64, Range<usize>)> = None;
    let mut current: Option<(i64, Range<usize>)> = None;
    for &(to, vote) in votes {
        if !is_free(to, to) {
            current = None;
            continue;
        }
        // Its own part is in the costs twice, and once it counts for being inside.
        let gain = 3 * vote - cost(to, to + 1);
        let longer = current
            .filter(|(_, span)| is_free(span.end - 1, to))
            .map(|(sum, span)| (sum + gain - cost(span.end, to), span.start..to + 1))
            .filter(|(sum, _)| *sum > gain);
        let span = longer.unwrap_or((gain, to..to + 1));
        let rank = |(sum, span): &(i64, Range<usize>)| (*sum, Reverse(span.len()));
        if best.as_ref().is_none_or(|best| rank(&span) > rank(best)) {
            best = Some(span.clone());
        }
        current = Some(span);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tokens by what they say for the span (1), against it (-1), or nothing (0).
    fn best(tokens: &[i64]) -> Option<Range<usize>> {
        let votes: Vec<_> = (0..)
            .zip(tokens.iter().copied())
            .filter(|v| v.1 > 0)
            .collect();
        let mut costs = vec![0];
        for token in tokens {
            // Its own vote, and once more if it is for the span.
            costs.push(costs[costs.len() - 1] + if *token > 0 { 2 } else { -token });
        }
        best_span(&votes, 0, &costs, |_, _| true).map(|best| best.1)
    }

    #[test]
    fn a_span_takes_in_what_says_nothing_and_not_at_its_edges() {
        assert_eq!(best(&[0, 1, 0, 1, 0]), Some(1..4));
    }

    #[test]
    fn a_span_takes_in_what_is_against_it_only_where_that_pays() {
        assert_eq!(best(&[1, 1, -1, 1, 1]), Some(0..5));
        assert_eq!(best(&[1, 1, -1, 1]), Some(0..2));
    }

    #[test]
    fn of_equal_spans_the_first_short_one_is_taken() {
        assert_eq!(best(&[1, -1, 1]), Some(0..1));
        assert_eq!(best(&[0, -1]), None);
    }
}
