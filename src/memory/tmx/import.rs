//! From a file into a memory.

use std::io::Read;
use std::sync::mpsc::{SyncSender, sync_channel};

use crate::memory::{Memory, MemoryError, Pair};

use super::{Reader, Tally, TmxError};

/// So many translations are stored at once.
const BATCH: usize = 100_000;

/// What an import came to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Imported {
    /// What was in the file.
    pub read: Tally,
    /// Pairs that were new to the memory.
    pub stored: u64,
}

/// Why an import ended early.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// The file can't be read on.
    #[error(transparent)]
    Tmx(#[from] TmxError),
    /// The memory can't be written.
    #[error(transparent)]
    Memory(#[from] MemoryError),
}

/// Some pairs of a file, and how far it was read then.
struct Batch {
    pairs: Vec<Pair>,
    bytes: u64,
}

/// Stores what is in a file, and gives what it came to in any case: what stands before an error is
/// stored. `tell` is told how many bytes of the file are done.
///
/// The file is read on a thread of its own, as reading takes about as long as storing.
pub fn import<R: Read + Send>(
    memory: &dyn Memory,
    mut reader: Reader<R>,
    tell: &mut dyn FnMut(u64),
) -> (Imported, Result<(), ImportError>) {
    let (sender, batches) = sync_channel(1);
    let mut stored = 0;
    let (read, ended) = std::thread::scope(|scope| {
        let reading = scope.spawn(|| {
            let ended = read(&mut reader, &sender);
            drop(sender);
            (reader.tally(), ended)
        });
        let mut written = Ok(());
        for Batch { pairs, bytes } in batches {
            match memory.store(&pairs) {
                Ok(new) => stored += new as u64,
                Err(error) => {
                    written = Err(error);
                    // Who reads on has nobody to read for.
                    break;
                }
            }
            tell(bytes);
        }
        let (tally, ended) = match reading.join() {
            Ok(read) => read,
            Err(panic) => std::panic::resume_unwind(panic),
        };
        (tally, written.map_err(ImportError::from).and(ended))
    });
    (Imported { read, stored }, ended)
}

/// Reads to the end, or as long as somebody wants it.
fn read<R: Read>(reader: &mut Reader<R>, sender: &SyncSender<Batch>) -> Result<(), ImportError> {
    let mut pairs = Vec::new();
    let mut failure = None;
    let mut is_wanted = true;
    while is_wanted && let Some(unit) = reader.next() {
        match unit {
            Ok(unit) => pairs.extend(unit),
            Err(error) => failure = Some(error),
        }
        if pairs.len() >= BATCH {
            let bytes = reader.bytes();
            let pairs = std::mem::take(&mut pairs);
            is_wanted = sender.send(Batch { pairs, bytes }).is_ok();
        }
    }
    let bytes = reader.bytes();
    // Whether anybody wants it, the one who stores knows.
    drop(sender.send(Batch { pairs, bytes }));
    failure.map_or(Ok(()), |error| Err(error.into()))
}
