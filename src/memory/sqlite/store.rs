//! Storing translations: what is new is added, what is there stays.

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;

use rusqlite::{CachedStatement, Connection, OptionalExtension as _, Transaction, params};

use crate::memory::carry::{numbers, renumbered};
use crate::memory::hash::hash_of;
use crate::memory::tokens::Tokens;
use crate::memory::{Context, Digest, Direction, Pair, State};
use crate::unit::Fragment;

use super::codec::packed;
use super::postings::{Lists, Pending};

/// So many pairs are made ready at once.
const AT_ONCE: usize = 500;

/// A fragment as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Kept {
    pub(super) text: String,
    pub(super) codes: Option<Vec<u8>>,
}

impl Kept {
    pub(super) fn of(fragment: &Fragment) -> Self {
        Self {
            text: fragment.text().to_owned(),
            codes: packed(fragment),
        }
    }

    /// The key of a source in the table `text`.
    pub(super) fn key(&self, direction: i64) -> i64 {
        let codes = self.codes.as_deref().unwrap_or_default();
        as_key(hash_of(&[
            &direction.to_le_bytes(),
            self.text.as_bytes(),
            codes,
        ]))
    }
}

/// The key of a context in the table `place`.
pub(super) fn place_key(text: i64, context: &Context) -> i64 {
    let part = |digest: Option<Digest>| digest.map(|one| one.0.to_le_bytes());
    let [before, after, unit] = [context.before, context.after, context.unit].map(part);
    let bytes = |digest: &Option<[u8; 8]>| digest.map_or(Vec::new(), |one| one.to_vec());
    as_key(hash_of(&[
        &text.to_le_bytes(),
        &bytes(&before),
        &bytes(&after),
        &bytes(&unit),
    ]))
}

/// SQLite's integers have a sign.
pub(super) fn as_key(hash: u64) -> i64 {
    i64::from_le_bytes(hash.to_le_bytes())
}

pub(super) fn direction_id(
    connection: &Connection,
    direction: &Direction,
) -> rusqlite::Result<Option<i64>> {
    connection
        .prepare_cached("SELECT id FROM direction WHERE source = ?1 AND target = ?2")?
        .query_row((direction.source.tag(), direction.target.tag()), |row| {
            row.get(0)
        })
        .optional()
}

pub(super) fn state_number(state: State) -> i64 {
    match state {
        State::Machine => 0,
        State::Reviewed => 1,
    }
}

/// A pair as it would be kept, with its codes counted in the order of the source.
struct Plan {
    key: i64,
    source: Kept,
    target: Kept,
}

impl Plan {
    fn of(pair: &Pair, direction: i64) -> Self {
        let target = pair.lawful_target();
        let (source, target) = if pair.source.marks().is_empty() {
            (Kept::of(&pair.source), Kept::of(&target))
        } else {
            let numbers = numbers(&pair.source);
            (
                Kept::of(&renumbered(&pair.source, &numbers)),
                Kept::of(&renumbered(&target, &numbers)),
            )
        };
        Self {
            key: source.key(direction),
            source,
            target,
        }
    }
}

/// What is asked for every pair.
struct Questions<'c> {
    variants: CachedStatement<'c>,
    place: CachedStatement<'c>,
}

impl<'c> Questions<'c> {
    fn new(connection: &'c Connection) -> rusqlite::Result<Self> {
        Ok(Self {
            variants: connection.prepare_cached(
                "SELECT v.id, v.source, v.source_codes, v.target, v.target_codes, v.state,
                        coalesce(v.note, '')
                 FROM text t JOIN variant v ON v.id = t.variant
                 WHERE t.key = ?1 ORDER BY v.id DESC",
            )?,
            place: connection.prepare_cached(
                "SELECT p.variant, v.state FROM place p JOIN variant v ON v.id = p.variant
                 WHERE p.key = ?1 ORDER BY p.number DESC LIMIT 1",
            )?,
        })
    }

    /// What has to be added for a pair.
    fn news<'p>(&mut self, plan: &Plan, pair: &'p Pair) -> rusqlite::Result<News<'p>> {
        let known = self.known(plan, pair)?;
        let mut contexts = Vec::new();
        let mut has_place = false;
        for context in pair.contexts.iter().filter(|one| !one.is_unknown()) {
            has_place = true;
            let current = self.current(place_key(plan.key, context))?;
            let stays = current.is_some_and(|(variant, state)| {
                Some(variant) == known || (state == State::Reviewed && pair.state < state)
            });
            if !stays && !contexts.contains(&context) {
                contexts.push(context);
            }
        }
        Ok(News {
            is_any: !contexts.is_empty() || (!has_place && known.is_none()),
            known,
            contexts,
        })
    }

    /// The variant that is just this pair, reviewed at least as well.
    fn known(&mut self, plan: &Plan, pair: &Pair) -> rusqlite::Result<Option<i64>> {
        let mut rows = self.variants.query([plan.key])?;
        while let Some(row) = rows.next()? {
            let is_same = |at: usize, kept: &Kept| -> rusqlite::Result<bool> {
                Ok(row.get_ref(at)?.as_str()? == kept.text
                    && row.get_ref(at + 1)?.as_blob_or_null()? == kept.codes.as_deref())
            };
            if is_same(1, &plan.source)?
                && is_same(3, &plan.target)?
                && row.get::<_, i64>(5)? >= state_number(pair.state)
                && row.get_ref(6)?.as_str()? == pair.note
            {
                return row.get(0).map(Some);
            }
        }
        Ok(None)
    }

    /// The variant in a place.
    fn current(&mut self, place: i64) -> rusqlite::Result<Option<(i64, State)>> {
        self.place
            .query_row([place], |row| Ok((row.get(0)?, state_of(row.get(1)?))))
            .optional()
    }
}

/// What is new in a pair.
struct News<'p> {
    is_any: bool,
    known: Option<i64>,
    contexts: Vec<&'p Context>,
}

pub(super) fn state_of(number: i64) -> State {
    if number == 0 {
        State::Machine
    } else {
        State::Reviewed
    }
}

/// Whether storing these pairs would add anything.
pub(super) fn has_news(connection: &Connection, pairs: &[Pair]) -> rusqlite::Result<bool> {
    let mut questions = Questions::new(connection)?;
    for pair in pairs {
        let Some(direction) = direction_id(connection, &pair.direction)? else {
            return Ok(true);
        };
        if questions.news(&Plan::of(pair, direction), pair)?.is_any {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Adds what is new; tells how many pairs had something new.
pub(super) fn store(transaction: &Transaction<'_>, pairs: &[Pair]) -> rusqlite::Result<usize> {
    let directions = directions(transaction, pairs)?;
    let mut writer = Writer::new(transaction)?;
    let mut count = 0;
    prepared(pairs, &directions, |pair, prepared| {
        count += usize::from(writer.add(pair, &prepared)?);
        Ok(())
    })?;
    writer.finish()?;
    Ok(count)
}

/// A pair, ready to be written.
struct Prepared {
    direction: i64,
    plan: Plan,
    lists: Lists,
}

impl Prepared {
    fn of(pair: &Pair, direction: i64) -> Self {
        Self {
            direction,
            plan: Plan::of(pair, direction),
            lists: Lists::of(direction, &Tokens::of(&pair.source)),
        }
    }
}

/// Tells each pair with what was made ready for it. Many are made ready on a thread of its own,
/// while those before them are written.
fn prepared(
    pairs: &[Pair],
    directions: &[i64],
    mut tell: impl FnMut(&Pair, Prepared) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let both = || pairs.iter().zip(directions);
    if pairs.len() <= AT_ONCE {
        return both().try_for_each(|(pair, id)| tell(pair, Prepared::of(pair, *id)));
    }
    let (sender, ready) = sync_channel(2);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for (pairs, ids) in pairs.chunks(AT_ONCE).zip(directions.chunks(AT_ONCE)) {
                let both = pairs.iter().zip(ids);
                let chunk: Vec<_> = both.map(|(pair, id)| Prepared::of(pair, *id)).collect();
                if sender.send(chunk).is_err() {
                    // The writer has failed.
                    return;
                }
            }
        });
        let mut ready = ready.into_iter().flatten();
        pairs
            .iter()
            .try_for_each(|pair| ready.next().map_or(Ok(()), |one| tell(pair, one)))
    })
}

/// The number of the direction of each pair; what has none gets one.
fn directions(transaction: &Transaction<'_>, pairs: &[Pair]) -> rusqlite::Result<Vec<i64>> {
    let mut known: Option<(&Arc<Direction>, i64)> = None;
    pairs
        .iter()
        .map(|pair| {
            // Most of them are the same one after the other.
            if let Some((direction, id)) = known
                && Arc::ptr_eq(direction, &pair.direction)
            {
                return Ok(id);
            }
            let id = if let Some(id) = direction_id(transaction, &pair.direction)? {
                id
            } else {
                transaction.execute(
                    "INSERT INTO direction (source, target) VALUES (?1, ?2)",
                    (pair.direction.source.tag(), pair.direction.target.tag()),
                )?;
                transaction.last_insert_rowid()
            };
            known = Some((&pair.direction, id));
            Ok(id)
        })
        .collect()
}

struct Writer<'t> {
    transaction: &'t Transaction<'t>,
    questions: Questions<'t>,
    variant: CachedStatement<'t>,
    text: CachedStatement<'t>,
    place: CachedStatement<'t>,
    origins: HashMap<String, i64>,
    pending: Pending,
    counter: i64,
}

impl<'t> Writer<'t> {
    fn new(transaction: &'t Transaction<'t>) -> rusqlite::Result<Self> {
        Ok(Self {
            transaction,
            questions: Questions::new(transaction)?,
            variant: transaction.prepare_cached(
                "INSERT INTO variant (id, direction, state, origin, source, source_codes,
                                      target, target_codes, note)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?,
            text: transaction.prepare_cached("INSERT INTO text (key, variant) VALUES (?1, ?2)")?,
            place: transaction.prepare_cached(
                "INSERT INTO place (key, number, variant, before, after, unit)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?,
            origins: HashMap::new(),
            pending: Pending::default(),
            counter: transaction.query_row("SELECT value FROM counter", [], |row| row.get(0))?,
        })
    }

    /// Adds what is new in a pair, if anything is.
    fn add(&mut self, pair: &Pair, prepared: &Prepared) -> rusqlite::Result<bool> {
        let news = self.questions.news(&prepared.plan, pair)?;
        if !news.is_any {
            return Ok(false);
        }
        let variant = match news.known {
            Some(variant) => variant,
            None => self.add_variant(pair, prepared)?,
        };
        for context in news.contexts {
            self.counter += 1;
            let digest = |one: Option<Digest>| one.map(|one| as_key(one.0));
            self.place.execute(params![
                place_key(prepared.plan.key, context),
                self.counter,
                variant,
                digest(context.before),
                digest(context.after),
                digest(context.unit),
            ])?;
        }
        Ok(true)
    }

    fn add_variant(&mut self, pair: &Pair, prepared: &Prepared) -> rusqlite::Result<i64> {
        let origin = self.origin(&pair.origin)?;
        self.counter += 1;
        let Plan {
            key,
            source,
            target,
        } = &prepared.plan;
        let note = (!pair.note.is_empty()).then_some(&pair.note);
        self.variant.execute(params![
            self.counter,
            prepared.direction,
            state_number(pair.state),
            origin,
            source.text,
            source.codes,
            target.text,
            target.codes,
            note,
        ])?;
        self.text.execute((key, self.counter))?;
        self.pending.add(self.counter, &prepared.lists);
        Ok(self.counter)
    }

    fn origin(&mut self, name: &str) -> rusqlite::Result<i64> {
        if let Some(id) = self.origins.get(name) {
            return Ok(*id);
        }
        self.transaction
            .execute("INSERT OR IGNORE INTO origin (name) VALUES (?1)", [name])?;
        let id =
            self.transaction
                .query_row("SELECT id FROM origin WHERE name = ?1", [name], |row| {
                    row.get(0)
                })?;
        self.origins.insert(name.to_owned(), id);
        Ok(id)
    }

    fn finish(self) -> rusqlite::Result<()> {
        self.pending.write(self.transaction)?;
        self.transaction
            .execute("UPDATE counter SET value = ?1", [self.counter])?;
        Ok(())
    }
}
