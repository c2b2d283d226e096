//! Where localized posts are written until the run is over.

use std::collections::HashMap;
use std::io::Read as _;
use std::path::PathBuf;

use crate::cli::error::CliError;
use crate::cli::ours::Outputs;
use crate::cli::staging::{Staged, Staging};
use crate::cli::terminal::print_data;

use super::plan::Destination;

/// The files of a run. Nothing is in its place before [`Sinks::commit`].
#[derive(Debug, Default)]
pub(super) struct Sinks {
    open: HashMap<(usize, usize), Sink>,
    complete: Vec<Staged>,
    catalogs: Vec<Staged>,
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

    /// Takes a whole catalog.
    pub(super) fn write_catalog(&mut self, path: PathBuf, text: &str) -> Result<(), CliError> {
        let mut staging = Staging::begin(path)?;
        staging.write(text)?;
        self.catalogs.push(staging.finish()?);
        Ok(())
    }

    /// Moves every file to its place and records it; tells which outputs changed.
    pub(super) fn commit(self, outputs: &mut Outputs) -> Result<Vec<PathBuf>, CliError> {
        let mut changed = Vec::new();
        // What people work on comes first: outputs can be made again from it.
        for staged in self.catalogs {
            staged.commit()?;
        }
        let own = |staged: &Staged| (staged.path.clone(), staged.digest.clone());
        let written: Vec<_> = self.complete.iter().map(own).collect();
        outputs.announce(&written)?;
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

fn copy_to_stdout(file: &mut std::fs::File) -> Result<(), CliError> {
    use std::io::Seek as _;
    let mut text = String::new();
    file.rewind()
        .and_then(|()| file.read_to_string(&mut text))
        .map_err(|error| CliError::io("-", &error))?;
    print_data(&text)
}
