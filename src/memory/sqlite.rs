//! The memory in a file of SQLite, which several processes may use at the same time.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::unit::{Alignment, Link};

use super::{Answer, Entry, Key, Memory, MemoryError};

/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(20);
/// The version of the tables.
const VERSION: i64 = 1;

const TABLES: &str = "
    CREATE TABLE answer (
        key BLOB PRIMARY KEY,
        source_locale TEXT NOT NULL,
        target_locale TEXT NOT NULL,
        backend TEXT NOT NULL,
        source TEXT NOT NULL,
        is_plain INTEGER NOT NULL,
        text TEXT NOT NULL,
        alignment BLOB NOT NULL
    ) STRICT, WITHOUT ROWID;
    PRAGMA user_version = 1;
";

/// A memory in a file.
#[derive(Debug)]
pub struct Sqlite {
    path: PathBuf,
    connection: Mutex<Connection>,
}

impl Sqlite {
    /// Opens the memory in `path`, and makes it where it is missing. A file that is damaged is put
    /// aside; the second value tells where it is then.
    ///
    /// # Errors
    /// [`MemoryError`] where the file can't be opened or made, or comes from a newer version.
    pub fn open(path: &Path) -> Result<(Self, Option<PathBuf>), MemoryError> {
        match Self::open_sound(path) {
            Ok(memory) => Ok((memory, None)),
            Err(error) if is_damage(&error) => {
                let aside = put_aside(path).map_err(|error| failed(path, &error))?;
                let memory = Self::open_sound(path).map_err(|error| failed(path, &error))?;
                Ok((memory, Some(aside)))
            }
            Err(error) => Err(failed(path, &error)),
        }
    }

    fn open_sound(path: &Path) -> rusqlite::Result<Self> {
        let mut connection = Connection::open(path)?;
        connection.busy_timeout(PATIENCE)?;
        // What is committed outlives the process; a power failure may take the last answers.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        // Two processes may find the file new at the same time.
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        let version: i64 =
            transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
        match version {
            0 => transaction.execute_batch(TABLES)?,
            VERSION => {}
            newer => return Err(rusqlite::Error::IntegralValueOutOfRange(0, newer)),
        }
        transaction.commit()?;
        Ok(Self {
            path: path.to_owned(),
            connection: Mutex::new(connection),
        })
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn failed(&self, error: &rusqlite::Error) -> MemoryError {
        failed(&self.path, error)
    }

    fn find_all(&self, keys: &[Key]) -> rusqlite::Result<Vec<Option<Answer>>> {
        let connection = self.lock();
        let mut query = connection
            .prepare_cached("SELECT is_plain, text, alignment FROM answer WHERE key = ?1")?;
        keys.iter()
            .map(|key| query.query_row([&key.0[..]], read_answer).optional())
            .collect()
    }

    fn keep_all(&self, entries: &[Entry]) -> rusqlite::Result<()> {
        let mut connection = self.lock();
        let transaction =
            connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
        {
            let mut insert = transaction.prepare_cached(
                "INSERT OR IGNORE INTO answer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            )?;
            for entry in entries {
                let (is_plain, text, alignment) = match &entry.answer {
                    Answer::Tagged(text) => (false, text, Vec::new()),
                    Answer::Plain { text, alignment } => (true, text, packed(alignment)),
                };
                insert.execute(params![
                    &entry.key.0[..],
                    entry.source_locale,
                    entry.target_locale,
                    entry.backend,
                    entry.source,
                    is_plain,
                    text,
                    alignment,
                ])?;
            }
        }
        transaction.commit()
    }
}

impl Memory for Sqlite {
    fn find(&self, keys: &[Key]) -> Result<Vec<Option<Answer>>, MemoryError> {
        self.find_all(keys).map_err(|error| self.failed(&error))
    }

    fn keep(&self, entries: &[Entry]) -> Result<(), MemoryError> {
        self.keep_all(entries).map_err(|error| self.failed(&error))
    }
}

fn read_answer(row: &Row<'_>) -> rusqlite::Result<Answer> {
    let text = row.get(1)?;
    Ok(if row.get(0)? {
        Answer::Plain {
            text,
            alignment: unpacked(row.get_ref(2)?.as_blob()?),
        }
    } else {
        Answer::Tagged(text)
    })
}

/// A link as four numbers of four bytes; what is too large for that is in no segment.
fn packed(alignment: &Alignment) -> Vec<u8> {
    let numbers = alignment.iter().flat_map(|link| {
        let (source, target) = (&link.source, &link.target);
        [source.start, source.end, target.start, target.end]
    });
    numbers
        .flat_map(|number| u32::try_from(number).unwrap_or(u32::MAX).to_le_bytes())
        .collect()
}

fn unpacked(bytes: &[u8]) -> Alignment {
    let numbers: Vec<usize> = bytes
        .as_chunks::<4>()
        .0
        .iter()
        .map(|four| u32::from_le_bytes(*four) as usize)
        .collect();
    let links = numbers.as_chunks::<4>().0.iter();
    links
        .map(|[source, source_end, target, target_end]| Link {
            source: *source..*source_end,
            target: *target..*target_end,
        })
        .collect()
}

fn is_damage(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
    matches!(
        error.sqlite_error_code(),
        Some(DatabaseCorrupt | NotADatabase)
    )
}

/// Renames a damaged file and what belongs to it; gives the new name.
fn put_aside(path: &Path) -> std::io::Result<PathBuf> {
    let mut number = 1;
    let aside = loop {
        let aside = with_suffix(path, &format!(".damaged-{number}"));
        if !aside.exists() {
            break aside;
        }
        number += 1;
    };
    std::fs::rename(path, &aside)?;
    for suffix in ["-wal", "-shm"] {
        match std::fs::remove_file(with_suffix(path, suffix)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(aside)
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

fn failed(path: &Path, error: &dyn std::fmt::Display) -> MemoryError {
    MemoryError {
        path: path.display().to_string(),
        detail: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(key: &str, answer: Answer) -> Entry {
        Entry {
            key: Key::of(&[key]),
            source_locale: "en".to_owned(),
            target_locale: "de".to_owned(),
            backend: "exec".to_owned(),
            source: "red <g1>house</g1>".to_owned(),
            answer,
        }
    }

    fn plain(text: &str) -> Answer {
        Answer::Plain {
            text: text.to_owned(),
            alignment: vec![
                Link {
                    source: 0..3,
                    target: 5..9,
                },
                Link {
                    source: 4..9,
                    target: 0..70_000,
                },
            ],
        }
    }

    #[test]
    fn what_is_kept_is_found_after_the_file_is_opened_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("memory.db");
        let entries = [
            entry("a", Answer::Tagged("<g1>rojo</g1>".to_owned())),
            entry("b", plain("casa roja")),
        ];
        let (memory, _) = Sqlite::open(&path).expect("a memory");
        memory.keep(&entries).expect("kept");
        drop(memory);
        let (memory, aside) = Sqlite::open(&path).expect("a memory");
        assert_eq!(aside, None);
        let keys = ["b", "nothing", "a"].map(|key| Key::of(&[key]));
        let found = memory.find(&keys).expect("found");
        assert_eq!(
            found,
            [
                Some(entries[1].answer.clone()),
                None,
                Some(entries[0].answer.clone())
            ]
        );
    }

    #[test]
    fn the_first_answer_stays() {
        let folder = tempfile::tempdir().expect("a folder");
        let (memory, _) = Sqlite::open(&folder.path().join("memory.db")).expect("a memory");
        for text in ["first", "second"] {
            let entry = entry("a", Answer::Tagged(text.to_owned()));
            memory.keep(&[entry]).expect("kept");
        }
        let found = memory.find(&[Key::of(&["a"])]).expect("found");
        assert_eq!(found, [Some(Answer::Tagged("first".to_owned()))]);
    }

    #[test]
    fn a_damaged_file_is_put_aside() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("memory.db");
        std::fs::write(
            &path,
            "no database, but long enough to look like one ".repeat(100),
        )
        .expect("written");
        let (memory, aside) = Sqlite::open(&path).expect("a memory");
        assert!(aside.expect("the damaged file").exists());
        memory.keep(&[entry("a", plain("x"))]).expect("kept");
    }

    #[test]
    fn two_may_write_at_the_same_time() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("memory.db");
        std::thread::scope(|scope| {
            for writer in 0..4 {
                let path = &path;
                scope.spawn(move || {
                    let (memory, _) = Sqlite::open(path).expect("a memory");
                    for number in 0..50 {
                        let key = format!("{writer} {number}");
                        memory.keep(&[entry(&key, plain(&key))]).expect("kept");
                    }
                });
            }
        });
        let (memory, _) = Sqlite::open(&path).expect("a memory");
        let keys: Vec<_> = (0..200)
            .map(|at| Key::of(&[&format!("{} {}", at / 50, at % 50)]))
            .collect();
        let found = memory.find(&keys).expect("found");
        assert!(found.iter().all(Option::is_some));
    }

    #[test]
    fn parts_of_a_key_do_not_run_into_each_other() {
        assert_ne!(Key::of(&["ab", "c"]), Key::of(&["a", "bc"]));
    }
}
