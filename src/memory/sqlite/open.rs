//! Opening the file, and putting it aside where it is damaged.

use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::memory::MemoryError;

use super::{failed, schema};

/// How long another process may hold the file.
const PATIENCE: Duration = Duration::from_secs(20);
/// Memory for pages of the file, in KiB.
const CACHE: i64 = 64 << 10;
/// After so many pages, the write-ahead log is written into the file: pages that change again and
/// again are written once.
const LOG: i64 = 16 << 10;
/// More statements than there are.
const STATEMENTS: usize = 64;

/// The file, open.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) connection: Connection,
    pub(super) is_writable: bool,
    /// The version of the tables, when it was last looked at; it only grows.
    pub(super) version: i64,
}

/// Why the file can't be opened for writing.
#[derive(Debug)]
pub(super) enum OpenError {
    Folder(PathBuf, io::Error),
    File(rusqlite::Error),
}

impl OpenError {
    pub(super) fn at(&self, path: &Path) -> MemoryError {
        match self {
            Self::Folder(folder, error) => failed(folder, error),
            Self::File(error) => failed(path, error),
        }
    }
}

/// Opens the file for reading; none where there is none.
///
/// In a folder that can't be written, a file with a write-ahead log is opened as one that nobody
/// changes: SQLite could not make the shared memory that it needs otherwise.
pub(super) fn for_reading(path: &Path) -> rusqlite::Result<Option<Opened>> {
    if !path.exists() {
        return Ok(None);
    }
    // With `SQLITE_OPEN_READ_ONLY`, SQLite would leave the files of the log behind.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let open = |path: &Path, flags| {
        let connection = Connection::open_with_flags(path, flags)?;
        settle(&connection)?;
        connection.pragma_update(None, "query_only", true)?;
        // Only now the file is read.
        schema::version(&connection)?;
        Ok(connection)
    };
    let connection = match open(path, flags) {
        Err(error) if is_unwritable(&error) => open(
            &as_unchanging(path),
            OpenFlags::SQLITE_OPEN_READ_ONLY
                | OpenFlags::SQLITE_OPEN_NO_MUTEX
                | OpenFlags::SQLITE_OPEN_URI,
        )?,
        other => other?,
    };
    Ok(Some(Opened {
        version: schema::version(&connection)?,
        connection,
        is_writable: false,
    }))
}

/// Opens the file for writing; it is made where there is none, with its folder.
pub(super) fn for_writing(path: &Path) -> Result<Opened, OpenError> {
    if let Some(folder) = path.parent().filter(|one| !one.as_os_str().is_empty())
        && !folder.exists()
    {
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(folder.join(".gitignore"), "*\n"))
            .map_err(|error| OpenError::Folder(folder.to_owned(), error))?;
    }
    let open = || {
        let connection = Connection::open(path)?;
        settle(&connection)?;
        // What is committed outlives the process; a power failure may take the last of it.
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "wal_autocheckpoint", LOG)?;
        Ok(connection)
    };
    Ok(Opened {
        connection: open().map_err(OpenError::File)?,
        is_writable: true,
        version: 0,
    })
}

fn settle(connection: &Connection) -> rusqlite::Result<()> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    // Otherwise SQLite compiles a statement anew for every value that it is given.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    connection.pragma_update(None, "cache_size", -CACHE)
}

/// The address of a file that nobody changes.
fn as_unchanging(path: &Path) -> PathBuf {
    let mut address = "file:".to_owned();
    for c in path.to_string_lossy().chars() {
        match c {
            '%' | '?' | '#' => address.push_str(&format!("%{:02x}", u32::from(c))),
            _ => address.push(c),
        }
    }
    address.push_str("?immutable=1");
    address.into()
}

fn is_unwritable(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly)
    )
}

pub(super) fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase)
    )
}

/// Renames a damaged file and what belongs to it; gives the new name.
pub(super) fn put_aside(path: &Path) -> io::Result<PathBuf> {
    let mut number = 1;
    let aside = loop {
        let aside = with_suffix(path, &format!(".damaged-{number}"));
        if !aside.exists() {
            break aside;
        }
        number += 1;
    };
    std::fs::rename(path, &aside)?;
    let done = |result: io::Result<()>| match result {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    };
    // What was stored last may stand in the log alone; the index of that is made again.
    done(std::fs::rename(
        with_suffix(path, "-wal"),
        with_suffix(&aside, "-wal"),
    ))?;
    done(std::fs::remove_file(with_suffix(path, "-shm")))?;
    Ok(aside)
}

pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
