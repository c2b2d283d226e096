//! The memory in a file of SQLite, which several processes may use at the same time.
//!
//! Nothing is made on the disk before something is stored, and a file that only answers is left as
//! it is.

mod answers;
mod candidates;
mod codec;
mod look_up;
mod maintain;
mod open;
mod postings;
mod schema;
mod store;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, Transaction, TransactionBehavior};

use self::open::Opened;
use super::{
    Answer, Direction, Entry, Found, Key, Memory, MemoryError, Pair, Query, Snapshot, Wanted,
};

pub use maintain::{Count, Fault, FaultKind, Prune, Stats};

/// A memory in a file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    /// None as long as there is no file.
    opened: Mutex<Option<Opened>>,
}

impl Sqlite {
    /// Opens the memory in `path`. Where there is none, it is made when something is stored, with
    /// its folder and a `.gitignore` in that: the memory is not to be committed. A file that is
    /// damaged is put aside; the second value tells where it is then.
    ///
    /// A file that can't be written, or in a folder that can't, can be looked up in all the same.
    ///
    /// # Errors
    /// [`MemoryError`] where the file can't be opened, or comes from a newer version.
    pub fn open(path: &Path) -> Result<(Self, Option<PathBuf>), MemoryError> {
        let with = |opened| Self {
            path: path.to_owned(),
            opened: Mutex::new(opened),
        };
        match open::for_reading(path) {
            Ok(opened) => Ok((with(opened), None)),
            Err(error) if open::is_damage(&error) => {
                let aside = open::put_aside(path).map_err(|error| failed(path, &error))?;
                Ok((with(None), Some(aside)))
            }
            Err(error) => Err(failed(path, &error)),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Option<Opened>> {
        self.opened.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads, where there is something to read: the file, with all tables that it needs.
    fn reading<T>(
        &self,
        needs: i64,
        read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<Option<T>, MemoryError> {
        let mut opened = self.lock();
        let answer = || {
            if opened.is_none() {
                // Another process may have made it by now.
                *opened = open::for_reading(&self.path)?;
            }
            let Some(opened) = &mut *opened else {
                return Ok(None);
            };
            if opened.version < needs {
                opened.version = schema::version(&opened.connection)?;
            }
            if opened.version < needs {
                return Ok(None);
            }
            at_one_moment(&opened.connection, read).map(Some)
        };
        answer().map_err(|error: rusqlite::Error| failed(&self.path, &error))
    }

    /// Writes all of it or nothing.
    fn writing<T>(
        &self,
        write: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<T>,
    ) -> Result<T, MemoryError> {
        let mut opened = self.lock();
        let is_ready = opened.as_ref().is_some_and(|one| one.is_writable);
        if !is_ready {
            // First the old one is closed: it may see a file that is not there any more.
            *opened = None;
            *opened = Some(open::for_writing(&self.path).map_err(|error| error.at(&self.path))?);
        }
        let Some(Opened { connection, .. }) = &mut *opened else {
            return Err(failed(&self.path, &"it is not open"));
        };
        let answer = || {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            schema::migrate(&transaction)?;
            let value = write(&transaction)?;
            transaction.commit()?;
            Ok(value)
        };
        answer().map_err(|error: rusqlite::Error| failed(&self.path, &error))
    }
}

impl Memory for Sqlite {
    fn find(&self, keys: &[Key]) -> Result<Vec<Option<Answer>>, MemoryError> {
        let found = self.reading(1, |connection| answers::find(connection, keys))?;
        Ok(found.unwrap_or_else(|| vec![None; keys.len()]))
    }

    fn keep(&self, entries: &[Entry]) -> Result<(), MemoryError> {
        if entries.is_empty() {
            return Ok(());
        }
        self.writing(|connection| answers::keep(connection, entries))
    }

    fn snapshot(&self) -> Result<Snapshot, MemoryError> {
        let found = self.reading(schema::VERSION, look_up::snapshot)?;
        Ok(found.unwrap_or_default())
    }

    fn look_up(
        &self,
        at: Snapshot,
        direction: &Direction,
        queries: &[Query<'_>],
        wanted: Wanted,
    ) -> Result<Vec<Found>, MemoryError> {
        let found = self.reading(schema::VERSION, |connection| {
            look_up::all(connection, at, direction, queries, wanted)
        })?;
        Ok(found.unwrap_or_else(|| vec![Found::Similar(Vec::new()); queries.len()]))
    }

    fn store(&self, pairs: &[Pair]) -> Result<usize, MemoryError> {
        let is_writing = self.lock().as_ref().is_some_and(|one| one.is_writable);
        // A run with nothing new must not even open the file for writing.
        if !is_writing && !self.has_news(pairs)? {
            return Ok(0);
        }
        self.writing(|transaction| store::store(transaction, pairs))
    }
}

impl Sqlite {
    fn has_news(&self, pairs: &[Pair]) -> Result<bool, MemoryError> {
        let found = self.reading(schema::VERSION, |connection| {
            store::has_news(connection, pairs)
        })?;
        Ok(found.unwrap_or(!pairs.is_empty()))
    }
}

/// Reads as in a transaction, whose statements are not compiled each time.
fn at_one_moment<T>(
    connection: &Connection,
    read: impl FnOnce(&Connection) -> rusqlite::Result<T>,
) -> rusqlite::Result<T> {
    connection.prepare_cached("BEGIN")?.execute([])?;
    let found = read(connection);
    let ended = connection.prepare_cached("COMMIT")?.execute([]);
    let found = found?;
    ended?;
    Ok(found)
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> MemoryError {
    MemoryError {
        path: path.display().to_string(),
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
