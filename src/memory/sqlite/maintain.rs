//! Looking after the memory: what is in it, what can go, and whether it is sound.

use std::sync::Arc;

use rusqlite::{Connection, Transaction};

use crate::memory::tokens::Tokens;
use crate::memory::{Context, Digest, Direction, MemoryError, Pair, State};
use crate::unit::{Locale, check_codes};

use super::codec::unpacked;
use super::look_up::{COLUMNS, Variant};
use super::open;
use super::postings::{Lists, Pending};
use super::store::{direction_id, state_number};
use super::{Sqlite, schema};

/// So many variants are indexed at a time.
const CHUNK: usize = 100_000;

/// What is in a memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stats {
    /// Size of the file in bytes, with what is not merged into it yet; 0 where there is none.
    pub bytes: u64,
    /// Kept answers of backends.
    pub answers: u64,
    /// Translations for each direction, state and origin, in the order of these.
    pub counts: Vec<Count>,
    /// Contexts that translations stand in.
    pub contexts: u64,
}

/// How many translations there are of a kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// Language tag of the source.
    pub source: String,
    /// Language tag of the target.
    pub target: String,
    /// How far they can be relied on.
    pub state: State,
    /// Who made them.
    pub origin: String,
    /// How many.
    pub pairs: u64,
}

/// Which translations may go. What several of these say has to hold together; with none, only
/// what was replaced goes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prune {
    /// All but so many that were stored last.
    pub keep: Option<u64>,
    /// Those that nobody has looked at.
    pub is_machine: bool,
    /// Those of this origin.
    pub origin: Option<String>,
    /// Those of this direction.
    pub direction: Option<Direction>,
}

/// Something that is wrong in a memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The number of the translation; none where it is the file.
    pub pair: Option<i64>,
    /// What is wrong.
    pub kind: FaultKind,
}

/// What can be wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The file is damaged, in the words of the database.
    File(String),
    /// A text and its codes don't fit together.
    Unreadable,
    /// The codes of a target break law 3.
    Codes(crate::unit::MarkupError),
    /// It can't be found by its text.
    Unindexed,
}

impl Sqlite {
    /// What is in the memory.
    ///
    /// # Errors
    /// [`MemoryError`] where it can't be read.
    pub fn stats(&self) -> Result<Stats, MemoryError> {
        let mut stats = self.reading(schema::VERSION, stats)?.unwrap_or_default();
        let count = |connection: &Connection| {
            connection.query_row("SELECT count(*) FROM answer", [], |row| row.get(0))
        };
        stats.answers = self.reading(1, count)?.unwrap_or(0);
        let size = |path: &std::path::Path| std::fs::metadata(path).map_or(0, |file| file.len());
        stats.bytes = size(&self.path) + size(&open::with_suffix(&self.path, "-wal"));
        Ok(stats)
    }

    /// Tells all translations with the contexts in which they stand now, in the order in which
    /// they were stored; what `tell` gives as an error ends it.
    ///
    /// # Errors
    /// [`MemoryError`] where they can't be read, else the error of `tell`.
    pub fn for_each<E: From<MemoryError>>(
        &self,
        mut tell: impl FnMut(Pair) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut stopped = None;
        self.reading(schema::VERSION, |connection| {
            for_each(connection, &mut |pair| match tell(pair) {
                Ok(()) => true,
                Err(error) => {
                    stopped = Some(error);
                    false
                }
            })
        })?;
        stopped.map_or(Ok(()), Err)
    }

    /// Removes translations, and always those that were replaced in all their contexts; tells how
    /// many. The file becomes smaller, unless another process reads it.
    ///
    /// A run at the same time may miss what is removed.
    ///
    /// # Errors
    /// [`MemoryError`] where they can't be removed; then none is.
    pub fn prune(&self, wanted: &Prune) -> Result<usize, MemoryError> {
        let is_wanted = |connection: &Connection| {
            let doomed = doomed(connection, wanted)?;
            Ok((doomed > 0).then_some(doomed))
        };
        // With nothing to remove, nothing is written.
        if self
            .reading(schema::VERSION, is_wanted)?
            .flatten()
            .is_none()
        {
            return Ok(0);
        }
        let removed = self.writing(|transaction| {
            let removed = doomed(transaction, wanted)?;
            remove(transaction)?;
            index(transaction)?;
            Ok(removed)
        })?;
        if let Some(opened) = &*self.lock() {
            // While another process reads, the file keeps its size; nothing else is lost.
            drop(opened.connection.execute_batch("VACUUM"));
        }
        Ok(removed)
    }

    /// Looks for what is wrong: in the file, in every text, in every target (law 3). `tell` is
    /// told how many translations were looked at so far.
    ///
    /// # Errors
    /// [`MemoryError`] where it can't be read at all.
    pub fn verify(&self, mut tell: impl FnMut(u64)) -> Result<Vec<Fault>, MemoryError> {
        let faults = self.reading(0, |connection| {
            let mut faults = file_faults(connection)?;
            if faults.is_empty() && schema::version(connection)? == schema::VERSION {
                pair_faults(connection, &mut faults, &mut tell)?;
            }
            Ok(faults)
        })?;
        Ok(faults.unwrap_or_default())
    }
}

fn stats(connection: &Connection) -> rusqlite::Result<Stats> {
    let mut query = connection.prepare(
        "SELECT d.source, d.target, v.state, o.name, count(*) FROM variant v
         JOIN direction d ON d.id = v.direction JOIN origin o ON o.id = v.origin
         GROUP BY d.source, d.target, v.state, o.name ORDER BY 1, 2, 3, 4",
    )?;
    let counts = query.query_map([], |row| {
        Ok(Count {
            source: row.get(0)?,
            target: row.get(1)?,
            state: super::store::state_of(row.get(2)?),
            origin: row.get(3)?,
            pairs: row.get(4)?,
        })
    })?;
    Ok(Stats {
        counts: counts.collect::<rusqlite::Result<_>>()?,
        contexts: connection.query_row("SELECT count(DISTINCT key) FROM place", [], |row| {
            row.get(0)
        })?,
        ..Stats::default()
    })
}

/// Goes through all pairs as long as `tell` says so.
fn for_each(connection: &Connection, tell: &mut dyn FnMut(Pair) -> bool) -> rusqlite::Result<()> {
    let directions = directions(connection)?;
    let mut places = connection.prepare(
        "SELECT variant, before, after, unit FROM place p
         WHERE number = (SELECT max(number) FROM place WHERE key = p.key)
         ORDER BY variant, number",
    )?;
    let mut places = places.query([])?;
    let mut place = places.next()?.map(read_place).transpose()?;
    let mut query = connection.prepare(&format!(
        "SELECT v.id, v.direction, {COLUMNS} FROM variant v JOIN origin o ON o.id = v.origin
         ORDER BY v.id"
    ))?;
    let mut rows = query.query([])?;
    while let Some(row) = rows.next()? {
        let (id, direction): (i64, i64) = (row.get(0)?, row.get(1)?);
        let mut contexts = Vec::new();
        while let Some((_, context)) = place.filter(|(variant, _)| *variant <= id) {
            contexts.push(context);
            place = places.next()?.map(read_place).transpose()?;
        }
        let direction = directions.iter().find(|(one, _)| *one == direction);
        let (Some((_, direction)), Some(found)) = (direction, Variant::read(row, 2)?) else {
            continue;
        };
        let pair = Pair {
            direction: Arc::clone(direction),
            source: found.source,
            target: found.target,
            state: found.state,
            origin: found.origin,
            note: found.note,
            contexts,
        };
        if !tell(pair) {
            break;
        }
    }
    Ok(())
}

fn directions(connection: &Connection) -> rusqlite::Result<Vec<(i64, Arc<Direction>)>> {
    let mut query = connection.prepare("SELECT id, source, target FROM direction")?;
    let mut rows = query.query([])?;
    let mut directions = Vec::new();
    while let Some(row) = rows.next()? {
        let locale = |at: usize| -> rusqlite::Result<Option<Locale>> {
            Ok(row.get_ref(at)?.as_str()?.parse().ok())
        };
        if let (Some(source), Some(target)) = (locale(1)?, locale(2)?) {
            directions.push((row.get(0)?, Arc::new(Direction { source, target })));
        }
    }
    Ok(directions)
}

fn read_place(row: &rusqlite::Row<'_>) -> rusqlite::Result<(i64, Context)> {
    let digest = |at: usize| -> rusqlite::Result<Option<Digest>> {
        let number: Option<i64> = row.get(at)?;
        Ok(number.map(|number| Digest(u64::from_le_bytes(number.to_le_bytes()))))
    };
    let context = Context {
        before: digest(1)?,
        after: digest(2)?,
        unit: digest(3)?,
    };
    Ok((row.get(0)?, context))
}

/// Lists what is to be removed, in the table `doomed` of this connection; tells how many.
fn doomed(connection: &Connection, wanted: &Prune) -> rusqlite::Result<usize> {
    // A read-only connection may fill tables of its own once its pragma allows them.
    let is_query_only: bool =
        connection.pragma_query_value(None, "query_only", |row| row.get(0))?;
    connection.pragma_update(None, "query_only", false)?;
    let listed = list_doomed(connection, wanted);
    connection.pragma_update(None, "query_only", is_query_only)?;
    listed
}

fn list_doomed(connection: &Connection, wanted: &Prune) -> rusqlite::Result<usize> {
    connection.execute_batch(
        "CREATE TEMP TABLE IF NOT EXISTS doomed (id INTEGER PRIMARY KEY);
         DELETE FROM doomed;
         INSERT INTO doomed
             SELECT variant FROM place p GROUP BY variant
             HAVING NOT max(number = (SELECT max(number) FROM place WHERE key = p.key));",
    )?;
    if *wanted != Prune::default() {
        let direction = match &wanted.direction {
            Some(direction) => Some(direction_id(connection, direction)?.unwrap_or(-1)),
            None => None,
        };
        let machine = wanted.is_machine.then_some(state_number(State::Machine));
        let keep = wanted
            .keep
            .map(|keep| i64::try_from(keep).unwrap_or(i64::MAX));
        connection.execute(
            "INSERT OR IGNORE INTO doomed
                 SELECT v.id FROM variant v JOIN origin o ON o.id = v.origin
                 WHERE (?1 IS NULL OR v.state = ?1) AND (?2 IS NULL OR o.name = ?2)
                   AND (?3 IS NULL OR v.direction = ?3)
                   AND (?4 IS NULL OR v.id <= coalesce(
                       (SELECT id FROM variant ORDER BY id DESC LIMIT 1 OFFSET ?4), 0))",
            (machine, &wanted.origin, direction, keep),
        )?;
    }
    connection.query_row("SELECT count(*) FROM doomed", [], |row| row.get(0))
}

fn remove(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute_batch(
        "DELETE FROM text WHERE variant IN (SELECT id FROM doomed);
         DELETE FROM place WHERE variant IN (SELECT id FROM doomed)
             OR number < (SELECT max(number) FROM place q WHERE q.key = place.key);
         DELETE FROM variant WHERE id IN (SELECT id FROM doomed);
         DELETE FROM origin WHERE id NOT IN (SELECT origin FROM variant);
         DELETE FROM direction WHERE id NOT IN (SELECT direction FROM variant);
         DELETE FROM doomed;",
    )
}

/// Makes the index of words anew.
fn index(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM posting", [])?;
    let mut query = transaction
        .prepare("SELECT id, direction, source, source_codes FROM variant ORDER BY id")?;
    let mut rows = query.query([])?;
    let mut pending = Pending::default();
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let codes = row.get_ref(3)?.as_blob_or_null()?.unwrap_or_default();
        if let Some(source) = unpacked(row.get_ref(2)?.as_str()?, codes) {
            let lists = Lists::of(row.get(1)?, &Tokens::of(&source));
            pending.add(row.get(0)?, &lists);
            count += 1;
        }
        if count == CHUNK {
            std::mem::take(&mut pending).write(transaction)?;
            count = 0;
        }
    }
    pending.write(transaction)
}

fn file_faults(connection: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut query = connection.prepare("PRAGMA integrity_check")?;
    let mut rows = query.query([])?;
    let mut faults = Vec::new();
    while let Some(row) = rows.next()? {
        let said: String = row.get(0)?;
        if said != "ok" {
            faults.push(Fault {
                pair: None,
                kind: FaultKind::File(said),
            });
        }
    }
    Ok(faults)
}

fn pair_faults(
    connection: &Connection,
    faults: &mut Vec<Fault>,
    tell: &mut dyn FnMut(u64),
) -> rusqlite::Result<()> {
    let mut query = connection.prepare(&format!(
        "SELECT v.id, v.direction, {COLUMNS} FROM variant v LEFT JOIN origin o ON o.id = v.origin
         ORDER BY v.id"
    ))?;
    let mut is_indexed =
        connection.prepare("SELECT count(*) FROM text WHERE key = ?1 AND variant = ?2")?;
    let mut rows = query.query([])?;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        let (id, direction): (i64, i64) = (row.get(0)?, row.get(1)?);
        count += 1;
        tell(count);
        let kind = match Variant::read(row, 2)? {
            None => Some(FaultKind::Unreadable),
            Some(found) => {
                let key = super::store::Kept::of(&found.source).key(direction);
                let entries: i64 = is_indexed.query_row([key, id], |row| row.get(0))?;
                let broken = check_codes(&found.source, &found.target).err();
                let broken = broken.filter(|_| !found.target.marks().is_empty());
                if entries == 1 {
                    broken.map(FaultKind::Codes)
                } else {
                    Some(FaultKind::Unindexed)
                }
            }
        };
        faults.extend(kind.map(|kind| Fault {
            pair: Some(id),
            kind,
        }));
    }
    Ok(())
}
