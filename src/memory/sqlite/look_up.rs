//! Looking up: first the same text in the same context, then the same text anywhere, then similar
//! texts.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension as _, Row};

use crate::memory::carry::{carried, numbers, renumbered, with_codes};
use crate::memory::measure::similarity_of;
use crate::memory::tokens::Tokens;
use crate::memory::{Codes, Direction, Exact, Found, Match, Query, Snapshot, State, Wanted};
use crate::unit::{CodeId, Fragment};

use super::candidates::candidates;
use super::codec::unpacked;
use super::store::{Kept, direction_id, place_key, state_number, state_of};

/// The least threshold, in percent: below it, texts may be similar that share no word.
const LEAST: u8 = 50;
/// What a match loses, in percent, where the places of codes were estimated or codes are missing.
const ESTIMATED: u8 = 5;
const MISSING: u8 = 10;

pub(super) fn snapshot(connection: &Connection) -> rusqlite::Result<Snapshot> {
    let value: i64 = connection.query_row("SELECT value FROM counter", [], |row| row.get(0))?;
    Ok(Snapshot(u64::try_from(value).unwrap_or(0)))
}

pub(super) fn all(
    connection: &Connection,
    at: Snapshot,
    direction: &Direction,
    queries: &[Query<'_>],
    wanted: Wanted,
) -> rusqlite::Result<Vec<Found>> {
    let Some(id) = direction_id(connection, direction)? else {
        return Ok(vec![Found::Similar(Vec::new()); queries.len()]);
    };
    let look_up = LookUp {
        connection,
        until: i64::try_from(at.0).unwrap_or(i64::MAX),
        id,
        direction,
        threshold: wanted.threshold.clamp(LEAST, 100),
        limit: wanted.limit,
        least: state_number(wanted.least),
    };
    queries
        .iter()
        .map(|query| {
            Ok(match look_up.exact(query)? {
                Some(exact) => Found::Exact(exact),
                None => Found::Similar(look_up.similar(query.source)?),
            })
        })
        .collect()
}

/// A variant as it is kept.
#[derive(Debug)]
pub(super) struct Variant {
    pub(super) source: Fragment,
    pub(super) target: Fragment,
    pub(super) state: State,
    pub(super) origin: String,
    pub(super) note: String,
}

/// The columns that [`Variant::read`] wants, of `variant v` with `origin o`.
pub(super) const COLUMNS: &str = "v.source, v.source_codes, v.target, v.target_codes, v.state, \
                                  o.name, coalesce(v.note, '')";

impl Variant {
    /// Reads a row from this column on; none where texts and codes don't fit together.
    pub(super) fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Option<Self>> {
        let fragment = |at: usize| -> rusqlite::Result<Option<Fragment>> {
            let codes = row.get_ref(at + 1)?.as_blob_or_null()?;
            Ok(unpacked(
                row.get_ref(at)?.as_str()?,
                codes.unwrap_or_default(),
            ))
        };
        let (Some(source), Some(target)) = (fragment(first)?, fragment(first + 2)?) else {
            return Ok(None);
        };
        Ok(Some(Self {
            source,
            target,
            state: state_of(row.get(first + 4)?),
            origin: row.get(first + 5)?,
            note: row.get(first + 6)?,
        }))
    }

    /// Whether it is a target of its source, codes and all.
    fn has_codes(&self) -> bool {
        self.source.marks().is_empty() || !self.target.marks().is_empty()
    }
}

/// A similar source.
struct Hit {
    similarity: u8,
    state: State,
    id: i64,
    source: Kept,
}

struct LookUp<'c> {
    connection: &'c Connection,
    /// Nothing above this number is seen.
    until: i64,
    id: i64,
    direction: &'c Direction,
    threshold: u8,
    limit: usize,
    /// No state below this one.
    least: i64,
}

impl LookUp<'_> {
    fn exact(&self, query: &Query<'_>) -> rusqlite::Result<Option<Exact>> {
        let numbers = numbers(query.source);
        let source = renumbered(query.source, &numbers);
        let key = Kept::of(&source).key(self.id);
        let (variant, is_same_context) = match self.in_place(key, query, &source)? {
            Some(variant) => (variant, true),
            None => match self.anywhere(key, &source)? {
                Some(variant) => (variant, false),
                None => return Ok(None),
            },
        };
        let own: HashMap<CodeId, CodeId> =
            numbers.iter().map(|(own, kept)| (*kept, *own)).collect();
        let target = &variant.target;
        let target = with_codes(target, |mark| {
            let text = &target.text()[mark.at..mark.end()];
            Some((*own.get(&mark.code)?, text))
        });
        Ok(Some(Exact {
            target,
            is_same_context,
            state: variant.state,
            origin: variant.origin,
            note: variant.note,
        }))
    }

    /// The variant in the context of the query.
    fn in_place(
        &self,
        key: i64,
        query: &Query<'_>,
        source: &Fragment,
    ) -> rusqlite::Result<Option<Variant>> {
        if query.context.is_unknown() {
            return Ok(None);
        }
        let sql = format!(
            "SELECT {COLUMNS} FROM place p JOIN variant v ON v.id = p.variant
             JOIN origin o ON o.id = v.origin
             WHERE p.key = ?1 AND p.number <= ?2 AND v.state >= ?3
             ORDER BY p.number DESC LIMIT 1"
        );
        let found = self
            .connection
            .prepare_cached(&sql)?
            .query_row(
                [place_key(key, &query.context), self.until, self.least],
                |row| Variant::read(row, 0),
            )
            .optional()?;
        Ok(found
            .flatten()
            .filter(|one| one.source == *source && one.has_codes()))
    }

    /// The best variant of a source: one that a person saw, else the last.
    fn anywhere(&self, key: i64, source: &Fragment) -> rusqlite::Result<Option<Variant>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM text t JOIN variant v ON v.id = t.variant
             JOIN origin o ON o.id = v.origin
             WHERE t.key = ?1 AND t.variant <= ?2 AND v.state >= ?3 ORDER BY v.state DESC, v.id DESC"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let mut rows = query.query([key, self.until, self.least])?;
        while let Some(row) = rows.next()? {
            let found = Variant::read(row, 0)?;
            if let Some(found) = found.filter(|one| one.source == *source && one.has_codes()) {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    fn similar(&self, source: &Fragment) -> rusqlite::Result<Vec<Match>> {
        if self.limit == 0 {
            return Ok(Vec::new());
        }
        let mut hits = self.hits(&Tokens::of(source))?;
        // A source once, with its best variant; of equals, the one that was stored last.
        hits.sort_unstable_by_key(|hit| std::cmp::Reverse((hit.similarity, hit.state, hit.id)));
        let mut seen = HashSet::new();
        let mut matches = Vec::new();
        for hit in &hits {
            if matches.len() == self.limit {
                break;
            }
            if seen.insert((&hit.source.text, &hit.source.codes))
                && let Some(found) = self.matched(source, hit)?
            {
                matches.push(found);
            }
        }
        matches.sort_by_key(|found| std::cmp::Reverse(found.score));
        Ok(matches)
    }

    fn hits(&self, tokens: &Tokens) -> rusqlite::Result<Vec<Hit>> {
        let mut query = self.connection.prepare_cached(
            "SELECT source, source_codes, state FROM variant
             WHERE id = ?1 AND direction = ?2 AND state >= ?3",
        )?;
        let mut hits = Vec::new();
        for id in candidates(self.connection, self.id, tokens, self.threshold, self.until)? {
            let mut rows = query.query([id, self.id, self.least])?;
            let Some(row) = rows.next()? else { continue };
            let text = row.get_ref(0)?.as_str()?;
            let codes = row.get_ref(1)?.as_blob_or_null()?;
            let Some(fragment) = unpacked(text, codes.unwrap_or_default()) else {
                continue;
            };
            if let Some(similarity) = similarity_of(tokens, &Tokens::of(&fragment), self.threshold)
            {
                hits.push(Hit {
                    similarity,
                    state: state_of(row.get(2)?),
                    id,
                    source: Kept {
                        text: text.to_owned(),
                        codes: codes.map(<[u8]>::to_vec),
                    },
                });
            }
        }
        Ok(hits)
    }

    fn matched(&self, source: &Fragment, hit: &Hit) -> rusqlite::Result<Option<Match>> {
        let sql = format!(
            "SELECT {COLUMNS} FROM variant v JOIN origin o ON o.id = v.origin WHERE v.id = ?1"
        );
        let found = self
            .connection
            .prepare_cached(&sql)?
            .query_row([hit.id], |row| Variant::read(row, 0))
            .optional()?;
        Ok(found.flatten().map(|found| {
            let (target, codes) = carried(source, &found.source, &found.target, self.direction);
            let penalty = match codes {
                Codes::Kept => 0,
                Codes::Estimated => ESTIMATED,
                Codes::Missing => MISSING,
            };
            Match {
                similarity: hit.similarity,
                score: hit.similarity.saturating_sub(penalty),
                source: found.source,
                target,
                codes,
                state: found.state,
                origin: found.origin,
                note: found.note,
            }
        }))
    }
}
