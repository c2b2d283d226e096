//! The tables.

use rusqlite::{Connection, Transaction};

/// The version of the tables.
pub(super) const VERSION: i64 = 2;

/// Of version 1: what backends answered. Keys are random, so the rows are kept in the order in which
/// they come and found by an index: a batch then touches few pages. Files from before that have the
/// same table without it.
const ANSWERS: &str = "
    CREATE TABLE answer (
        key BLOB NOT NULL UNIQUE,
        source_locale TEXT NOT NULL,
        target_locale TEXT NOT NULL,
        backend TEXT NOT NULL,
        source TEXT NOT NULL,
        is_plain INTEGER NOT NULL,
        text TEXT NOT NULL,
        alignment BLOB NOT NULL
    ) STRICT;
";

/// Of version 2: translations.
///
/// Rows are added and never changed, so that a look-up can see the memory as it was: the counter
/// gives numbers to `variant` and `place` together, and a snapshot is one of its values.
///
/// - `variant`: a source with one of its translations; codes as in the `codec`, or null.
/// - `text`: the variants of a source, by a hash of direction, text and codes.
/// - `place`: which variant stands in a context, by a hash of the source and the context; the last
///   one counts.
/// - `posting`: the variants that hold a word; see `postings`.
const TRANSLATIONS: &str = "
    CREATE TABLE counter (value INTEGER NOT NULL) STRICT;
    INSERT INTO counter VALUES (0);
    CREATE TABLE direction (
        id INTEGER PRIMARY KEY,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        UNIQUE (source, target)
    ) STRICT;
    CREATE TABLE origin (
        id INTEGER PRIMARY KEY,
        name TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE variant (
        id INTEGER PRIMARY KEY,
        direction INTEGER NOT NULL REFERENCES direction (id),
        state INTEGER NOT NULL,
        origin INTEGER NOT NULL REFERENCES origin (id),
        source TEXT NOT NULL,
        source_codes BLOB,
        target TEXT NOT NULL,
        target_codes BLOB,
        note TEXT
    ) STRICT;
    CREATE TABLE text (
        key INTEGER NOT NULL,
        variant INTEGER NOT NULL,
        PRIMARY KEY (key, variant)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE place (
        key INTEGER NOT NULL,
        number INTEGER NOT NULL,
        variant INTEGER NOT NULL,
        before INTEGER,
        after INTEGER,
        unit INTEGER,
        PRIMARY KEY (key, number)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE posting (
        key INTEGER PRIMARY KEY,
        ids BLOB NOT NULL
    ) STRICT;
";

/// The version of the tables that are there; 0 where there are none yet.
///
/// # Errors
/// Where it can't be read, or is newer than this program.
pub(super) fn version(connection: &Connection) -> rusqlite::Result<i64> {
    let version = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if (0..=VERSION).contains(&version) {
        Ok(version)
    } else {
        Err(rusqlite::Error::ToSqlConversionFailure(
            format!("it is of version {version}, which this program does not know").into(),
        ))
    }
}

/// Brings the tables to the version of this program; what is in them stays.
pub(super) fn migrate(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    let version = version(transaction)?;
    if version < 1 {
        transaction.execute_batch(ANSWERS)?;
    }
    if version < VERSION {
        transaction.execute_batch(TRANSLATIONS)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    Ok(())
}
