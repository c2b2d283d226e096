//! Finds what was there before: first what is the same, then what is like it.
//!
//! Both take time in proportion to the number of items: sameness is looked up, and likeness is
//! only measured for neighbours and for those that share rare words.

use std::cmp::Reverse;
use std::collections::{HashMap, HashSet, VecDeque};

use unicode_segmentation::UnicodeSegmentation as _;

use crate::catalog::model::percent;

/// No place of any item.
pub(super) const NOWHERE: usize = usize::MAX;

/// Something to pair: a unit or a segment.
#[derive(Debug, Clone, Copy)]
pub(super) struct Item<'a> {
    /// Equal for those that are the same.
    pub(super) key: usize,
    /// Only those of the same scope can be like each other.
    pub(super) scope: usize,
    /// Where it stands: an item of the same home is meant rather than another.
    pub(super) home: usize,
    /// What is compared.
    pub(super) text: &'a str,
}

/// What an item was before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Before {
    /// The index of the old item.
    pub(super) at: usize,
    /// How like it is, of 100; 100 where it is the same.
    pub(super) similarity: u8,
}

/// Words that so many items have tell nothing.
const COMMON: usize = 32;
/// How many old items are compared with a new one.
const COMPARED: usize = 8;
/// Of 100: what is less like is another text.
const LIKE: u8 = 50;
/// Of 100: what is less like is another text wherever it stands.
const LIKE_AT_ALL: u8 = 30;
/// Of 100: how much it counts to stand at the same place.
const PLACE: u8 = 10;

/// Pairs what is the same, each old item with one new one: that of the same home first, then that
/// with the same neighbours, then in order.
pub(super) fn pair_same(old: &[Item<'_>], new: &[Item<'_>]) -> Vec<Option<usize>> {
    let mut before = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    // Whether home, the item before and the item behind have to be the same too.
    let passes = [
        [true, true, true],
        [true, false, false],
        [false, true, true],
        [false, true, false],
        [false, false, true],
        [false, false, false],
    ];
    for pass in passes {
        let mut open: HashMap<[usize; 4], VecDeque<usize>> = HashMap::new();
        for at in (0..old.len()).filter(|at| !is_taken[*at]) {
            open.entry(name(old, at, pass)).or_default().push_back(at);
        }
        for (at, before) in before.iter_mut().enumerate() {
            if before.is_none()
                && let Some(found) = open
                    .get_mut(&name(new, at, pass))
                    .and_then(VecDeque::pop_front)
            {
                *before = Some(found);
                is_taken[found] = true;
            }
        }
    }
    before
}

/// What an item is looked up by.
fn name(items: &[Item<'_>], at: usize, [with_home, with_last, with_next]: [bool; 3]) -> [usize; 4] {
    let key = |at: Option<usize>| {
        at.and_then(|at| items.get(at))
            .map_or(NOWHERE, |one| one.key)
    };
    let wanted = |is_wanted: bool, value: usize| if is_wanted { value } else { NOWHERE };
    [
        wanted(with_home, items[at].home),
        wanted(with_last, key(at.checked_sub(1))),
        items[at].key,
        wanted(with_next, key(at.checked_add(1))),
    ]
}

/// Pairs what is like each other among the items that are `open`, the likest first.
pub(super) fn pair_like(
    old: &[Item<'_>],
    new: &[Item<'_>],
    same: &[Option<usize>],
    open_old: &dyn Fn(usize) -> bool,
    open_new: &dyn Fn(usize) -> bool,
) -> Vec<Option<Before>> {
    let words = Words::of(old, open_old);
    let mut ranked = Vec::new();
    for (at, places) in neighbours(old.len(), same).into_iter().enumerate() {
        if !open_new(at) {
            continue;
        }
        let item = &new[at];
        let near = places.into_iter().flatten();
        let mut found: Vec<usize> = near.filter(|place| open_old(*place)).collect();
        let near = found.len();
        found.extend(words.most_shared(item.text));
        let mut seen = HashSet::new();
        for (rank, candidate) in found.into_iter().enumerate() {
            if !seen.insert(candidate) || old[candidate].scope != item.scope {
                continue;
            }
            let likeness = percent(strsim::sorensen_dice(old[candidate].text, item.text) * 100.0);
            let is_near = rank < near;
            let is_home = item.home != NOWHERE && old[candidate].home == item.home;
            let score = likeness + PLACE * (u8::from(is_near) + u8::from(is_home));
            if likeness >= LIKE_AT_ALL && score >= LIKE {
                ranked.push((Reverse(score), at, candidate, likeness));
            }
        }
    }
    ranked.sort_unstable();
    let mut before = vec![None; new.len()];
    let mut is_taken = vec![false; old.len()];
    for (_, at, candidate, likeness) in ranked {
        if before[at].is_none() && !is_taken[candidate] {
            is_taken[candidate] = true;
            before[at] = Some(Before {
                at: candidate,
                // What is not the same is not as good as the same.
                similarity: likeness.min(99),
            });
        }
    }
    before
}

/// For each new item that is not the same as an old one, the places of old ones that stand as far
/// behind the last pair before it, and as far before the next one.
fn neighbours(old: usize, same: &[Option<usize>]) -> Vec<[Option<usize>; 2]> {
    let mut places = vec![[None, None]; same.len()];
    let mut next = 0;
    for (at, found) in same.iter().enumerate() {
        if found.is_none() {
            places[at][0] = Some(next).filter(|next| *next < old);
        }
        next = found.unwrap_or(next) + 1;
    }
    let mut next = old.checked_sub(1);
    for (at, found) in same.iter().enumerate().rev() {
        if found.is_none() {
            places[at][1] = next;
        }
        next = found.or(next).and_then(|place| place.checked_sub(1));
    }
    places
}

/// Which old items have a word.
struct Words<'a>(HashMap<&'a str, Vec<usize>>);

impl<'a> Words<'a> {
    fn of(old: &[Item<'a>], is_open: &dyn Fn(usize) -> bool) -> Self {
        let mut words: HashMap<&'a str, Vec<usize>> = HashMap::new();
        for (at, item) in old.iter().enumerate().filter(|(at, _)| is_open(*at)) {
            for word in item.text.unicode_words() {
                let holders = words.entry(word).or_default();
                if holders.last() != Some(&at) && holders.len() <= COMMON {
                    holders.push(at);
                }
            }
        }
        Self(words)
    }

    /// The old items that share the most words with a text, those that everything has left out.
    fn most_shared(&self, text: &str) -> Vec<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        let words: HashSet<&str> = text.unicode_words().collect();
        for holders in words.iter().filter_map(|word| self.0.get(word)) {
            if holders.len() <= COMMON {
                for at in holders {
                    *shared.entry(*at).or_default() += 1;
                }
            }
        }
        let mut ranked: Vec<_> = shared
            .into_iter()
            .map(|(at, count)| (Reverse(count), at))
            .collect();
        ranked.sort_unstable();
        ranked.truncate(COMPARED);
        ranked.into_iter().map(|(_, at)| at).collect()
    }
}
