//! The best way through a text beside its translation: each step of one takes a place of the
//! other, or none, at the cost of jumps.

/// Going on where the last word was: two words for one.
const STAY: i32 = 60;
/// Leaving out a word.
const SKIP: i32 = 25;
/// Going back at all, and for each word of it.
const BACK: i32 = 60;
const BACK_EACH: i32 = 30;
/// A jump costs no more than this.
const JUMP_MAX: i32 = 240;

/// Scores of taking a place at a step, row by row, and of taking none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scores<'a> {
    /// How many places there are.
    pub(super) places: usize,
    /// For each step, what each place is worth.
    pub(super) taken: &'a [i32],
    /// For each step, what taking none is worth.
    pub(super) none: &'a [i32],
}

/// Where a best way came from: the place before, and whether the step took its own.
#[derive(Debug, Clone, Copy)]
struct Back {
    place: u16,
    is_taken: bool,
}

/// The place that each step takes on the best way (Viterbi).
///
/// The time is that of one look at every score. There must be fewer than 65,535 places.
pub(super) fn best_path(scores: Scores<'_>) -> Vec<Option<usize>> {
    let places = scores.places;
    let steps = scores.none.len();
    if places == 0 {
        return vec![None; steps];
    }
    // Index 0 is the place before the first.
    let mut best = vec![i32::MIN / 2; places + 1];
    best[0] = 0;
    let mut backs: Vec<Back> = Vec::with_capacity(steps * (places + 1));
    for step in 0..steps {
        let arrivals = arrivals(&best);
        let worth = &scores.taken[step * places..(step + 1) * places];
        for index in 0..=places {
            let mut back = Back {
                place: number(index),
                is_taken: false,
            };
            best[index] += scores.none[step];
            if let Some(place) = index.checked_sub(1) {
                let (score, from) = arrivals[index];
                if score + worth[place] > best[index] {
                    best[index] = score + worth[place];
                    back = Back {
                        place: from,
                        is_taken: true,
                    };
                }
            }
            backs.push(back);
        }
    }
    // The way should end with the text.
    let end = |index: usize| best[index] - jump_ahead(places - index);
    let last = (0..=places).max_by_key(|index| end(*index)).unwrap_or(0);
    way_back(&backs, places + 1, last)
}

/// The places that were taken on the way to index `last` of the last row.
fn way_back(backs: &[Back], row: usize, last: usize) -> Vec<Option<usize>> {
    let mut index = last;
    let mut way = vec![None; backs.len() / row];
    for step in (0..way.len()).rev() {
        let back = backs[step * row + index];
        if back.is_taken {
            way[step] = index.checked_sub(1);
        }
        index = usize::from(back.place);
    }
    way
}

fn number(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

fn jump_ahead(skipped: usize) -> i32 {
    let skipped = i32::try_from(skipped).unwrap_or(JUMP_MAX);
    skipped.saturating_mul(SKIP).min(JUMP_MAX)
}

/// For each place, the best score of coming there from any other, and from which.
fn arrivals(best: &[i32]) -> Vec<(i32, u16)> {
    let top = (0..best.len()).max_by_key(|index| (best[*index], best.len() - index));
    let top = top.unwrap_or(0);
    let mut arrivals = vec![(best[top] - JUMP_MAX, number(top)); best.len()];
    let mut ahead = (i32::MIN / 2, 0);
    for index in 0..best.len() {
        arrivals[index] = arrivals[index].max((best[index] - STAY, number(index)));
        if index > 0 {
            ahead = (ahead.0 - SKIP, ahead.1).max((best[index - 1], number(index - 1)));
            arrivals[index] = arrivals[index].max(ahead);
        }
    }
    let mut behind = (i32::MIN / 2, 0);
    for index in (0..best.len()).rev() {
        arrivals[index] = arrivals[index].max(behind);
        behind =
            (behind.0 - BACK_EACH, behind.1).max((best[index] - BACK - BACK_EACH, number(index)));
    }
    arrivals
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(rows: &[&[i32]]) -> Vec<Option<usize>> {
        best_path(Scores {
            places: rows.first().map_or(0, |row| row.len()),
            taken: &rows.concat(),
            none: &vec![0; rows.len()],
        })
    }

    #[test]
    fn without_a_reason_the_order_is_kept() {
        let row = &[10, 10, 10][..];
        assert_eq!(path(&[row, row, row]), [Some(0), Some(1), Some(2)]);
    }

    #[test]
    fn a_reason_turns_words_round() {
        let found = path(&[&[0, 600, 0], &[600, 0, 0], &[0, 0, 600]]);
        assert_eq!(found, [Some(1), Some(0), Some(2)]);
    }

    #[test]
    fn what_is_worth_nothing_takes_no_place() {
        assert_eq!(
            path(&[&[600, 0], &[-900, -900], &[0, 600]]),
            [Some(0), None, Some(1)]
        );
        assert_eq!(path(&[&[], &[]]), [None, None]);
    }
}
