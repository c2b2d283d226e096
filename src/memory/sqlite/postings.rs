//! Which variants hold a word: an inverted index, by which similar segments are found.
//!
//! A list is kept in blocks. The key of a block is the hash of its word (32 bits) and its number
//! (24 bits); it holds entries of two parts: how much the number of the variant is above that of
//! the entry before (LEB128), and what its tokens count together (one byte; 255 is that or more).
//! Words whose hashes collide share a list: what is found is measured anyway.

use rusqlite::{Connection, OptionalExtension as _};

use crate::memory::hash::hash_of;
use crate::memory::tokens::{Tokens, WORD};

use super::codec::{push_number, take_number};

/// A block that has so many bytes is full. Four of them fill a page.
const BLOCK: usize = 980;
const BLOCK_BITS: u32 = 24;

/// Of a text that counts more by marks and codes than by words, this stands for a word as well.
const LIGHT: u64 = 0;

/// A list: the hash of a word and the languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListKey(u32);

impl ListKey {
    /// The list of a word, by its hash.
    pub(super) fn of_word(direction: i64, word: u64) -> Self {
        list_of(hash_of(&[&direction.to_le_bytes(), &word.to_le_bytes()]))
    }

    /// The list of texts that have few words.
    pub(super) fn of_light(direction: i64) -> Self {
        Self::of_word(direction, LIGHT)
    }

    fn block(self, number: i64) -> i64 {
        (i64::from(self.0) << BLOCK_BITS) | number
    }

    fn first(self) -> i64 {
        self.block(0)
    }

    fn last(self) -> i64 {
        self.block((1 << BLOCK_BITS) - 1)
    }
}

/// An entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Posting {
    pub(super) variant: i64,
    pub(super) weight: u8,
}

/// What a segment counts, as it is kept beside its number.
pub(super) fn kept_weight(weight: u32) -> u8 {
    u8::try_from(weight).unwrap_or(u8::MAX)
}

/// The lists that a segment belongs in.
#[derive(Debug)]
pub(super) struct Lists {
    keys: Vec<ListKey>,
    weight: u8,
}

impl Lists {
    pub(super) fn of(direction: i64, tokens: &Tokens) -> Self {
        let words = tokens.words();
        let keys = words
            .iter()
            .map(|(word, _)| ListKey::of_word(direction, *word));
        let mut keys: Vec<ListKey> = keys.collect();
        let count = words.iter().map(|(_, count)| count).sum();
        if is_light(tokens, count) {
            keys.push(ListKey::of_light(direction));
        }
        Self {
            keys,
            weight: kept_weight(tokens.weight),
        }
    }
}

/// Whether it may share no word with a segment that is similar by half or more: its marks and
/// codes count as much as its words, or more.
fn is_light(tokens: &Tokens, words: u32) -> bool {
    tokens.weight >= 2 * WORD * words
}

/// Entries that are about to be written; each segment after those before it.
///
/// One list of all is sorted much faster than lists for each word are filled, as those are
/// scattered over memory.
#[derive(Debug, Default)]
pub(super) struct Pending {
    segments: Vec<Posting>,
    /// The list of each entry (the upper half) and the place of its segment (the lower half).
    entries: Vec<u64>,
}

impl Pending {
    pub(super) fn add(&mut self, variant: i64, lists: &Lists) {
        let place = self.segments.len() as u64;
        let weight = lists.weight;
        self.segments.push(Posting { variant, weight });
        let entries = lists
            .keys
            .iter()
            .map(|list| (u64::from(list.0) << 32) | place);
        self.entries.extend(entries);
    }

    /// Appends the entries to their lists.
    pub(super) fn write(mut self, connection: &Connection) -> rusqlite::Result<()> {
        self.entries.sort_unstable();
        // Two words of a segment whose hashes collide are one.
        self.entries.dedup();
        let mut last = connection.prepare_cached(
            "SELECT key, ids FROM posting WHERE key BETWEEN ?1 AND ?2 ORDER BY key DESC LIMIT 1",
        )?;
        let mut write =
            connection.prepare_cached("INSERT OR REPLACE INTO posting VALUES (?1, ?2)")?;
        for list in self.entries.chunk_by(|one, other| one >> 32 == other >> 32) {
            let key = list_of(list.first().copied().unwrap_or_default());
            let found: Option<(i64, Vec<u8>)> = last
                .query_row([key.first(), key.last()], |row| {
                    Ok((row.get(0)?, row.get(1)?))
                })
                .optional()?;
            let (mut place, mut block) = found.unwrap_or((key.first(), Vec::new()));
            let end = read_block(&block).last();
            let mut before = end.map_or(0, |posting| posting.variant);
            for posting in list.iter().filter_map(|entry| self.segment_of(*entry)) {
                if block.len() >= BLOCK {
                    write.execute((place, &block))?;
                    block.clear();
                    before = 0;
                    place += 1;
                }
                push_number(posting.variant.abs_diff(before), &mut block);
                block.push(posting.weight);
                before = posting.variant;
            }
            write.execute((place, &block))?;
        }
        Ok(())
    }

    fn segment_of(&self, entry: u64) -> Option<Posting> {
        let place = usize::try_from(entry & u64::from(u32::MAX)).ok()?;
        self.segments.get(place).copied()
    }
}

/// The list whose number is the upper half of this one.
fn list_of(entry: u64) -> ListKey {
    let [_, _, _, _, a, b, c, d] = entry.to_le_bytes();
    ListKey(u32::from_le_bytes([a, b, c, d]))
}

/// The entries of a block; a damaged one ends early.
fn read_block(mut bytes: &[u8]) -> impl Iterator<Item = Posting> {
    let mut variant = 0_i64;
    std::iter::from_fn(move || {
        let step = i64::try_from(take_number(&mut bytes)?).ok()?;
        variant = variant.checked_add(step)?;
        let (weight, rest) = bytes.split_first()?;
        bytes = rest;
        Some(Posting {
            variant,
            weight: *weight,
        })
    })
}

/// How long a list is, in bytes, more or less.
pub(super) fn length(connection: &Connection, key: ListKey) -> rusqlite::Result<usize> {
    let mut query = connection.prepare_cached(
        "SELECT key, length(ids) FROM posting WHERE key BETWEEN ?1 AND ?2
         ORDER BY key DESC LIMIT 1",
    )?;
    let found: Option<(i64, usize)> = query
        .query_row([key.first(), key.last()], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .optional()?;
    Ok(found.map_or(0, |(block, rest)| {
        let before = usize::try_from(block - key.first()).unwrap_or(0);
        before * BLOCK + rest
    }))
}

/// Goes through a list, in the order of the variants.
pub(super) fn for_each(
    connection: &Connection,
    key: ListKey,
    mut tell: impl FnMut(Posting),
) -> rusqlite::Result<()> {
    let mut query = connection
        .prepare_cached("SELECT ids FROM posting WHERE key BETWEEN ?1 AND ?2 ORDER BY key")?;
    let mut rows = query.query([key.first(), key.last()])?;
    while let Some(row) = rows.next()? {
        read_block(row.get_ref(0)?.as_blob()?).for_each(&mut tell);
    }
    Ok(())
}
