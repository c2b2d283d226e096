//! The kept answers of backends.

use rusqlite::{Connection, OptionalExtension as _, Row, params};

use crate::memory::{Answer, Entry, Key};
use crate::unit::{Alignment, Link};

pub(super) fn find(connection: &Connection, keys: &[Key]) -> rusqlite::Result<Vec<Option<Answer>>> {
    let mut query =
        connection.prepare_cached("SELECT is_plain, text, alignment FROM answer WHERE key = ?1")?;
    keys.iter()
        .map(|key| query.query_row([key.as_bytes()], read_answer).optional())
        .collect()
}

pub(super) fn keep(connection: &Connection, entries: &[Entry]) -> rusqlite::Result<()> {
    let mut insert = connection
        .prepare_cached("INSERT OR IGNORE INTO answer VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for entry in entries {
        let (is_plain, text, alignment) = match &entry.answer {
            Answer::Tagged(text) => (false, text, Vec::new()),
            Answer::Plain { text, alignment } => (true, text, packed(alignment)),
        };
        insert.execute(params![
            entry.key.as_bytes(),
            entry.source_locale,
            entry.target_locale,
            entry.backend,
            entry.source,
            is_plain,
            text,
            alignment,
        ])?;
    }
    Ok(())
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
