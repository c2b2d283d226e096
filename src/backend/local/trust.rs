//! When a model's view of a translation that it has not made can be trusted.
//!
//! A row of attention is worked out before its token is known: it points to what the model would
//! have translated next. That is what the token stands for where model and translation agree in
//! order, if not in words; where they don't, the rows are as sharp as ever and wrong. So what the
//! model thinks of the tokens decides.

use super::forced::Forced;

/// No token counts as less expected than this: a model that has learned to be never quite sure
/// (label smoothing) gives the most absurd one hardly less, and one that has not would let a
/// single strange word outweigh a whole text.
const LOG_PROB_MIN: f32 = -10.0;

/// So much a token of a trusted translation is expected in the mean.
///
/// A small model that has learned a toy language gives -1.3 where one word is another, -4.3 where
/// noun and adjective have changed places, and -10 to a text that has nothing to do with the
/// source. The models of the tests, which are as sure as can be, give -1.7 to -2.5 where one word
/// of five or three is another, -3.3 to -5 where two of five or three have changed places, and
/// -8.3 to another text. What has no alignment is estimated by other means: better to be strict.
const TRUSTED: f32 = -3.0;

/// A token less expected than this is not what the model looked for.
const UNEXPECTED: f32 = -2.0;

/// Below this mean the model has lost the thread: half of the tokens are none it would have thought
/// of.
const LOST: f32 = -5.0;

/// How many tokens on either side show whether it has.
const AROUND: usize = 3;

/// Whether a translation, judged by the log-probabilities of its tokens, is close enough to the
/// model's own.
pub(super) fn is_trusted(log_probs: &[f32]) -> bool {
    mean(log_probs).is_some_and(|mean| mean >= TRUSTED)
}

/// The mean of log-probabilities, each within its limit; none where there are none or where one
/// is no number.
fn mean(log_probs: &[f32]) -> Option<f32> {
    let (mut sum, mut count) = (0.0, 0.0);
    for log_prob in log_probs {
        if log_prob.is_nan() {
            return None;
        }
        sum += log_prob.max(LOG_PROB_MIN);
        count += 1.0;
    }
    (count > 0.0).then(|| sum / count)
}

/// Whether a token of a trusted translation has a row that can be trusted.
pub(super) fn has_own_row(forced: &Forced, target: &[u32], token: usize) -> bool {
    let log_probs = &forced.log_probs;
    let around = token.saturating_sub(AROUND)..(token + AROUND + 1).min(log_probs.len());
    let around = log_probs.get(around).and_then(mean);
    around.is_some_and(|mean| mean >= LOST) && !is_out_of_order(forced, target, token)
}

/// Whether the row of a token is that of another: the model did not expect the token, and what it
/// looked for instead stands in a place of the translation that is not taken by what was expected
/// there. Then the order is another, while a mere synonym leaves the row right.
fn is_out_of_order(forced: &Forced, target: &[u32], token: usize) -> bool {
    let is_unexpected = |token: usize| {
        forced.wanted.get(token) != target.get(token)
            && forced
                .log_probs
                .get(token)
                .is_some_and(|log_prob| *log_prob < UNEXPECTED)
    };
    let Some(wanted) = forced.wanted.get(token) else {
        return false;
    };
    is_unexpected(token)
        && target
            .iter()
            .enumerate()
            .any(|(other, id)| id == wanted && (other > token || is_unexpected(other)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_decides() {
        for (log_probs, is_wanted) in [
            (&[][..], false),
            (&[0.0], true),
            (&[-3.0, -3.0], true),
            (&[-3.1, -3.0], false),
            (&[-0.1, -0.2, -0.1, -0.3], true),
            // A word is another.
            (&[-0.1, -0.2, -9.0, -0.1, -0.3], true),
            (&[-0.1, -0.2, -900.0, -0.1, -0.3], true),
            (&[-0.1, f32::NEG_INFINITY, -0.1, -0.3], true),
            // Two of four have changed places.
            (&[-0.1, -9.0, -8.0, -0.1], false),
            (&[-0.1, -900.0, -0.1], false),
            (&[-10.0, -8.0, -12.0, -3.0], false),
            (&[-0.1, f32::NAN, -0.1, -0.1, -0.1, -0.1], false),
        ] {
            assert_eq!(is_trusted(log_probs), is_wanted, "{log_probs:?}");
        }
    }

    /// Which of the tokens are out of order for a model that is sure of these others.
    fn out_of_order(wanted: &[u32], target: &[u32]) -> Vec<usize> {
        let log_probs = wanted
            .iter()
            .zip(target)
            .map(|(one, other)| if one == other { -0.1 } else { -9.0 })
            .collect();
        let forced = Forced {
            log_probs,
            wanted: wanted.to_vec(),
            ..Forced::default()
        };
        (0..target.len())
            .filter(|token| is_out_of_order(&forced, target, *token))
            .collect()
    }

    #[test]
    fn what_changed_places_is_told_from_what_is_another_word() {
        assert_eq!(out_of_order(&[1, 2, 3, 0], &[1, 2, 3, 0]), [0; 0]);
        assert_eq!(out_of_order(&[1, 2, 3, 0], &[1, 9, 3, 0]), [0; 0]);
        assert_eq!(out_of_order(&[1, 2, 3, 0], &[1, 3, 2, 0]), [1, 2]);
        // A model that takes the change as it comes expects the second of the two.
        assert_eq!(out_of_order(&[1, 2, 2, 0], &[1, 3, 2, 0]), [1]);
        // The word is there before, but where it belongs.
        assert_eq!(out_of_order(&[1, 2, 1, 0], &[1, 2, 9, 0]), [0; 0]);
    }

    #[test]
    fn where_half_of_what_is_around_was_not_expected_nothing_is_linked() {
        let ids: Vec<u32> = (1..20).collect();
        let linked = |log_probs: &[f32]| -> Vec<usize> {
            let forced = Forced {
                log_probs: log_probs.to_vec(),
                wanted: log_probs.iter().zip(&ids).map(|_| 99).collect(),
                ..Forced::default()
            };
            (0..log_probs.len())
                .filter(|token| has_own_row(&forced, &ids, *token))
                .collect()
        };
        assert_eq!(linked(&[0.0, 0.0, -9.0, 0.0]), [0, 1, 2, 3]);
        assert_eq!(
            linked(&[
                0.0, 0.0, 0.0, -9.0, -90.0, -90.0, -9.0, -9.0, 0.0, 0.0, 0.0, 0.0
            ]),
            [0, 1, 2, 8, 9, 10, 11]
        );
        assert_eq!(linked(&[-9.0, 0.0]), [0, 1]);
        assert_eq!(linked(&[f32::NAN, 0.0]), [0; 0]);
        assert_eq!(linked(&[]), [0; 0]);
    }

    #[test]
    fn a_token_that_is_nearly_as_likely_is_in_order() {
        let forced = Forced {
            log_probs: vec![-0.8, -0.9],
            wanted: vec![2, 1],
            ..Forced::default()
        };
        assert!(!is_out_of_order(&forced, &[1, 2], 0));
        assert!(!is_out_of_order(&forced, &[1, 2], 5));
    }
}
