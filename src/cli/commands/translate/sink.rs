//! Where localized posts are written until the run is over.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use crate::catalog::decode;
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::ours::Outputs;
use crate::cli::staging::{Staged, Staging};
use crate::cli::terminal::print_data;
use crate::message::Message;

use super::catalogs::Closed;
use super::plan::Destination;

/// The files of a run. Nothing is in its place before [`Sinks::commit`].
#[derive(Debug, Default)]
pub(super) struct Sinks {
    open: HashMap<(usize, usize), Sink>,
    complete: Vec<Staged>,
    /// With the bytes that their files had when they were read.
    catalogs: Vec<(Staged, Option<String>)>,
    stdout: Option<std::fs::File>,
}

#[derive(Debug)]
enum Sink {
    File(Box<Staging>),
    /// A post that can't be completed must not be half written, so standard output waits as well.
    Stdout(std::fs::File),
}

impl Sinks {
    /// Appends to the output of an input in a language.
    pub(super) fn write(
        &mut self,
        key: (usize, usize),
        destination: &Destination,
        text: &str,
    ) -> Result<(), CliError> {
        use std::collections::hash_map::Entry;
        use std::io::Write as _;
        let sink = match self.open.entry(key) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => entry.insert(match destination {
                Destination::File(path) => Sink::File(Box::new(Staging::begin(path.clone())?)),
                Destination::Stdout => {
                    Sink::Stdout(tempfile::tempfile().map_err(|error| CliError::io("-", &error))?)
                }
            }),
        };
        match sink {
            Sink::File(staging) => staging.write(text),
            Sink::Stdout(file) => file
                .write_all(text.as_bytes())
                .map_err(|error| CliError::io("-", &error)),
        }
    }

    /// Completes the output of an input in a language.
    pub(super) fn close(&mut self, key: (usize, usize)) -> Result<(), CliError> {
        match self.open.remove(&key) {
            Some(Sink::File(staging)) => self.complete.push(staging.finish()?),
            Some(Sink::Stdout(file)) => self.stdout = Some(file),
            None => {}
        }
        Ok(())
    }

    /// Takes a whole catalog, made from what its file had.
    pub(super) fn write_catalog(&mut self, closed: Closed) -> Result<(), CliError> {
        let mut staging = Staging::begin(closed.path)?;
        staging.write(&closed.text)?;
        self.catalogs.push((staging.finish()?, closed.old));
        Ok(())
    }

    /// Moves every file to its place and records it; tells which outputs changed.
    pub(super) fn commit(self, outputs: &mut Outputs) -> Result<Vec<PathBuf>, CliError> {
        let mut changed = Vec::new();
        let catalogs = self.catalogs.iter().map(|(staged, _)| staged);
        // What can fail should do so before anything is in its place.
        for staged in catalogs.chain(&self.complete) {
            staged.make_folder()?;
        }
        for (staged, old) in &self.catalogs {
            check_unchanged(&staged.path, old.as_deref())?;
        }
        let own = |staged: &Staged| (staged.path.clone(), staged.digest.clone());
        let written: Vec<_> = self.complete.iter().map(own).collect();
        outputs.announce(&written)?;
        // What people work on comes first, while what was checked still holds: the outputs can be
        // made again from it.
        for (staged, _) in self.catalogs {
            staged.commit()?;
        }
        for (staged, (path, _)) in self.complete.into_iter().zip(&written) {
            if staged.commit()? {
                changed.push(path.clone());
            }
        }
        outputs.record(&written)?;
        if let Some(mut file) = self.stdout {
            copy_to_stdout(&mut file)?;
        }
        Ok(changed)
    }
}

/// Somebody may have worked on a catalog while the run was under way.
fn check_unchanged(path: &Path, old: Option<&str>) -> Result<(), CliError> {
    let is_same = match std::fs::read(path) {
        // A byte order mark, or UTF-16, was read as well.
        Ok(bytes) => decode(&bytes).is_ok_and(|now| Some(&*now) == old),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => old.is_none(),
        Err(error) => return Err(CliError::io(path, &error)),
    };
    if is_same {
        return Ok(());
    }
    Err(CliError::new(
        Exit::Files,
        Message::new("error-catalog-changed").with("path", path.display().to_string()),
    )
    .hint(Message::new("hint-catalog-changed")))
}

fn copy_to_stdout(file: &mut std::fs::File) -> Result<(), CliError> {
    use std::io::Seek as _;
    let mut text = String::new();
    file.rewind()
        .and_then(|()| file.read_to_string(&mut text))
        .map_err(|error| CliError::io("-", &error))?;
    print_data(&text)
}
