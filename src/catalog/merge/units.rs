//! Units and what they were before.

use std::collections::{HashMap, HashSet};
use std::hash::Hash;

use crate::catalog::model::CatalogUnit;
use crate::unit::Fragment;

use super::pair::{Item, NOWHERE, pair_like, pair_same};

/// Gives equal values the same number.
pub(super) struct Numbers<T>(HashMap<T, usize>);

impl<T: Eq + Hash> Numbers<T> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    pub(super) fn of(&mut self, value: T) -> usize {
        let next = self.0.len();
        *self.0.entry(value).or_insert(next)
    }
}

/// For each new unit the index of the old one that it was.
pub(super) fn pair(old: &[CatalogUnit], new: &[CatalogUnit]) -> Vec<Option<usize>> {
    let old_texts: Vec<Fragment> = old.iter().map(CatalogUnit::source).collect();
    let new_texts: Vec<Fragment> = new.iter().map(CatalogUnit::source).collect();
    let mut keys = Numbers::new();
    let mut fields = Numbers::new();
    let mut item = |unit: &'_ CatalogUnit, text: &Fragment| {
        let key = (unit.field.clone(), unit.element.clone(), text.clone());
        (keys.of(key), fields.of(unit.field.clone()))
    };
    let mut items = |units: &[CatalogUnit], texts: &[Fragment]| -> Vec<(usize, usize)> {
        units
            .iter()
            .zip(texts)
            .map(|(unit, text)| item(unit, text))
            .collect()
    };
    let numbers = (items(old, &old_texts), items(new, &new_texts));
    let old_items = as_items(&numbers.0, &old_texts);
    let new_items = as_items(&numbers.1, &new_texts);
    let same = pair_same(&old_items, &new_items);
    let taken: HashSet<usize> = same.iter().flatten().copied().collect();
    let like = pair_like(
        &old_items,
        &new_items,
        &same,
        &|at| !taken.contains(&at),
        &|at| same[at].is_none(),
    );
    let like = like.into_iter().map(|like| like.map(|before| before.at));
    same.iter()
        .zip(like)
        .map(|(same, like)| same.or(like))
        .collect()
}

fn as_items<'t>(numbers: &[(usize, usize)], texts: &'t [Fragment]) -> Vec<Item<'t>> {
    let numbered = numbers.iter().zip(texts);
    numbered
        .map(|((key, scope), text)| Item {
            key: *key,
            scope: *scope,
            home: NOWHERE,
            text: text.text(),
        })
        .collect()
}

/// The new units with the ids that they had, with what is known of their output and with what
/// people noted.
pub(super) fn with_ids(
    old: &[CatalogUnit],
    mut new: Vec<CatalogUnit>,
    before: &[Option<usize>],
) -> Vec<CatalogUnit> {
    let mut taken: HashSet<String> = HashSet::new();
    // Those that had an id come first: it is theirs, even where the text of another would give it.
    for (unit, before) in new.iter_mut().zip(before) {
        let Some(old) = before.and_then(|at| old.get(at)) else {
            continue;
        };
        unit.output.clone_from(&old.output);
        let notes = old.notes.iter().filter(|note| !note.is_ours());
        unit.notes.extend(notes.cloned());
        unit.id.clone_from(&old.id);
    }
    let (kept, fresh): (Vec<usize>, Vec<usize>) =
        (0..new.len()).partition(|at| before[*at].is_some());
    for at in kept.into_iter().chain(fresh) {
        let id = free_id(&new[at].id, &taken);
        taken.insert(id.clone());
        new[at].id = id;
    }
    new
}

/// An id, with a count where another unit has it.
fn free_id(id: &str, taken: &HashSet<String>) -> String {
    let mut counted = (2..).map(|count| format!("{id}-{count}"));
    if taken.contains(id) {
        counted.find(|id| !taken.contains(id)).unwrap_or_default()
    } else {
        id.to_owned()
    }
}
