//! Which word stands for which: what the best ways through both texts say.

use super::likeness::likeness;
use super::path::{Scores, best_path};
use super::word::Word;

/// What likeness is worth on the way, for words that say something and for those that serve.
const WORTH: i32 = 6;
const WORTH_FUNCTION: i32 = 4;
/// What a word that is like another one loses by each point of that.
const RIVALRY: i32 = 4;
/// What two words are worth that have nothing against each other.
const PLAUSIBLE: i32 = 40;
/// A word that says something and one that serves.
const UNEQUAL: i32 = -150;
/// Two words that serve and are known not to stand for each other.
const OTHER_FUNCTION: i32 = -200;
/// A word and a mark, two numbers that differ, a protected text and another one.
const IMPOSSIBLE: i32 = -900;
/// Only one of the two is a name.
const OTHER_CASE: i32 = -25;
/// At most so much for being far from the same share of the text.
const FAR: i32 = 60;

/// Pairs of words, as (source, target), in no order; both texts are in the order that one of them
/// is likely to have.
pub(super) fn links_between(source: &[&Word], target: &[&Word]) -> Vec<(usize, usize)> {
    let table = Table::new(source, target);
    let ahead = best_path(table.scores());
    let back = best_path(table.transposed().scores());
    let mut links = Links::new(source.len(), target.len());
    let one_way = ahead.iter().enumerate();
    let one_way: Vec<_> = one_way
        .filter_map(|(from, to)| Some((from, (*to)?)))
        .collect();
    for &(from, to) in &one_way {
        if back[to] == Some(from) {
            links.add(from, to);
        }
    }
    let other_way = back.iter().enumerate();
    let other_way = other_way.filter_map(|(to, from)| Some(((*from)?, to)));
    for (from, to) in one_way.into_iter().chain(other_way) {
        if table.worth(from, to) > 0 && links.is_open_to(from, to) {
            links.add(from, to);
        }
    }
    links.adopt(source, target);
    links.join_rest(source, target);
    links.pairs
}

/// So many words may be left over that are taken to stand for each other.
const REST_MAX: usize = 3;

/// Links while they are found.
struct Links {
    pairs: Vec<(usize, usize)>,
    /// For each source word, the first that was linked to it.
    of_source: Vec<Option<usize>>,
    /// For each target word, the first that was linked to it.
    of_target: Vec<Option<usize>>,
}

impl Links {
    fn new(source: usize, target: usize) -> Self {
        Self {
            pairs: Vec::new(),
            of_source: vec![None; source],
            of_target: vec![None; target],
        }
    }

    fn add(&mut self, from: usize, to: usize) {
        self.pairs.push((from, to));
        self.of_source[from].get_or_insert(to);
        self.of_target[to].get_or_insert(from);
    }

    /// Whether a link says something new and tears nothing apart: two words for one are beside
    /// each other.
    fn is_open_to(&self, from: usize, to: usize) -> bool {
        match (self.of_source[from], self.of_target[to]) {
            (None, None) => true,
            (Some(other), None) => other.abs_diff(to) == 1,
            (None, Some(other)) => other.abs_diff(from) == 1,
            (Some(_), Some(_)) => false,
        }
    }

    /// Links words without partner that stand beside partners: they changed places.
    fn adopt(&mut self, source: &[&Word], target: &[&Word]) {
        let is_left = |of: &[Option<usize>], at: usize| of.get(at) == Some(&None);
        for from in 0..source.len() {
            if !is_left(&self.of_source, from)
                || !source[from].is_content()
                || source[from].is_protected
            {
                continue;
            }
            let beside = [from.checked_sub(1), Some(from + 1)];
            let partners = beside.into_iter().flatten().filter_map(|at| {
                let partner = (*self.of_source.get(at)?)?;
                source[at].is_content().then_some(partner)
            });
            let places = partners.flat_map(|to| [Some(to + 1), to.checked_sub(1), Some(to + 2)]);
            let place = places
                .flatten()
                .find(|to| is_left(&self.of_target, *to) && target[*to].is_content());
            if let Some(to) = place {
                self.add(from, to);
            }
        }
    }

    /// Links what is left over, if it is one group of words in each text.
    fn join_rest(&mut self, source: &[&Word], target: &[&Word]) {
        let sides = (
            rest_of(source, &self.of_source),
            rest_of(target, &self.of_target),
        );
        if let (Some(from), Some(to)) = sides {
            for from in from.into_iter().filter(|from| !source[*from].is_protected) {
                for to in &to {
                    self.add(from, *to);
                }
            }
        }
    }
}

/// The indices of words without partner that say something, if they are a few in one place.
fn rest_of(words: &[&Word], of: &[Option<usize>]) -> Option<Vec<usize>> {
    let is_left = |at: &usize| of[*at].is_none() && words[*at].is_content();
    let rest: Vec<usize> = (0..words.len())
        .filter(is_left)
        .take(REST_MAX + 1)
        .collect();
    let is_together = |pair: &[usize]| {
        let between = &words[pair[0] + 1..pair[1]];
        between.iter().all(|word| word.is_function())
    };
    let is_one = !rest.is_empty() && rest.len() <= REST_MAX && rest.windows(2).all(is_together);
    is_one.then_some(rest)
}

/// What each pair of words is worth.
struct Table {
    rows: usize,
    columns: usize,
    worth: Vec<i32>,
    /// What it is worth that a word of the rows stands for nothing.
    alone: Vec<i32>,
    /// The same for the columns.
    alone_columns: Vec<i32>,
}

impl Table {
    fn new(source: &[&Word], target: &[&Word]) -> Self {
        let (rows, columns) = (source.len(), target.len());
        let mut alike = Vec::with_capacity(rows * columns);
        for from in source {
            alike.extend(target.iter().map(|to| likeness(from, to)));
        }
        let mut best = (vec![0; rows], vec![0; columns]);
        for (row, of_row) in alike.chunks(columns.max(1)).enumerate() {
            for (best_of_column, alike) in best.1.iter_mut().zip(of_row) {
                best.0[row] = best.0[row].max(*alike);
                *best_of_column = (*best_of_column).max(*alike);
            }
        }
        let mut worth = Vec::with_capacity(alike.len());
        for (row, of_row) in alike.chunks(columns.max(1)).enumerate() {
            for (column, &alike) in of_row.iter().enumerate() {
                let rivals = best.0[row] - alike + best.1[column] - alike;
                let of_pair = worth_of(source[row], target[column], alike);
                let far = far(row, rows, column, columns);
                worth.push(of_pair - rivals * RIVALRY - far);
            }
        }
        let alone = |word: &Word| if word.is_content() { 0 } else { 10 };
        Self {
            rows,
            columns,
            worth,
            alone: source.iter().map(|word| alone(word)).collect(),
            alone_columns: target.iter().map(|word| alone(word)).collect(),
        }
    }

    fn worth(&self, row: usize, column: usize) -> i32 {
        self.worth[row * self.columns + column]
    }

    fn transposed(&self) -> Self {
        let mut worth = Vec::with_capacity(self.worth.len());
        for column in 0..self.columns {
            worth.extend((0..self.rows).map(|row| self.worth(row, column)));
        }
        Self {
            rows: self.columns,
            columns: self.rows,
            worth,
            alone: self.alone_columns.clone(),
            alone_columns: self.alone.clone(),
        }
    }

    fn scores(&self) -> Scores<'_> {
        Scores {
            places: self.columns,
            taken: &self.worth,
            none: &self.alone,
        }
    }
}

/// What a pair of words is worth by itself.
fn worth_of(one: &Word, other: &Word, alike: i32) -> i32 {
    if alike > 0 {
        let serves = one.mark.is_some() || one.is_function();
        return alike * if serves { WORTH_FUNCTION } else { WORTH };
    }
    if one.mark.is_some() || other.mark.is_some() || one.is_protected {
        return IMPOSSIBLE;
    }
    if one.number.is_some() && other.number.is_some() {
        return IMPOSSIBLE;
    }
    match (one.is_content(), other.is_content()) {
        (true, true) => {
            let case = if one.is_name == other.is_name {
                0
            } else {
                OTHER_CASE
            };
            let (short, long) = (one.len.min(other.len), one.len.max(other.len));
            let length = 20 - i32::try_from((long - short) * 20 / long.max(1)).unwrap_or(0);
            PLAUSIBLE + length + case
        }
        (false, false) => OTHER_FUNCTION,
        _ => UNEQUAL,
    }
}

/// How far a pair is from the same share of both texts.
fn far(row: usize, rows: usize, column: usize, columns: usize) -> i32 {
    let (one, other) = (row * columns, column * rows);
    let share = one.abs_diff(other) * FAR.unsigned_abs() as usize / (rows * columns).max(1);
    i32::try_from(share).unwrap_or(FAR)
}
