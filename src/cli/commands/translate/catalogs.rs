//! The catalogs of a project: those of the last run, and those of this one.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use crate::catalog::{Catalog, CatalogFile, decode, xliff21};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::{Input, shown};
use crate::memory::{Direction, Pair};
use crate::message::{self, Message};
use crate::pipeline::{Settings, is_as_written, new_pairs};
use crate::post::{Chunk, Json};

/// A catalog as the last run, or a person, left it.
#[derive(Debug, Default)]
pub(super) struct Old {
    /// The bytes of its file; none where there is no file.
    text: Option<String>,
    files: HashMap<String, CatalogFile>,
    /// Targets that break law 3, in words.
    pub(super) refused: Vec<Message>,
}

impl Old {
    pub(super) fn file(&self, original: &str) -> Option<&CatalogFile> {
        self.files.get(original)
    }
}

/// A catalog that is to be written.
#[derive(Debug)]
pub(super) struct Closed {
    pub(super) path: PathBuf,
    pub(super) text: String,
    /// What its file had.
    pub(super) old: Option<String>,
    /// What the memory does not know yet.
    pub(super) pairs: Vec<Pair>,
}

/// A catalog and its file.
#[derive(Debug)]
struct Entry {
    path: PathBuf,
    old: Mutex<Option<Arc<Old>>>,
    new: Mutex<Vec<CatalogFile>>,
}

/// The catalogs of a run, by the index of the input and of the target; none where there are none.
#[derive(Debug, Default)]
pub(super) struct Catalogs {
    root: PathBuf,
    entries: HashMap<(usize, usize), Entry>,
}

impl Catalogs {
    /// Catalogs in these files.
    pub(super) fn new(root: PathBuf, paths: HashMap<(usize, usize), PathBuf>) -> Self {
        let entry = |(key, path)| {
            let entry = Entry {
                path,
                old: Mutex::default(),
                new: Mutex::default(),
            };
            (key, entry)
        };
        Self {
            root,
            entries: paths.into_iter().map(entry).collect(),
        }
    }

    /// The catalog of the last run, read when it is asked for the first time; none where none is
    /// kept.
    pub(super) fn old(&self, key: (usize, usize)) -> Result<Option<Arc<Old>>, CliError> {
        let Some(entry) = self.entries.get(&key) else {
            return Ok(None);
        };
        let mut slot = entry.old.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(old) = &*slot {
            return Ok(Some(Arc::clone(old)));
        }
        let old = Arc::new(read(&entry.path, &self.root)?);
        *slot = Some(Arc::clone(&old));
        Ok(Some(old))
    }

    /// Takes the catalog of a post.
    pub(super) fn add(&self, key: (usize, usize), mut file: CatalogFile) {
        let Some(entry) = self.entries.get(&key) else {
            return;
        };
        let mut new = entry.new.lock().unwrap_or_else(PoisonError::into_inner);
        // Two posts of a file may have one id.
        let name = file.original.clone();
        let mut number = 1;
        while new.iter().any(|one| one.original == file.original) {
            number += 1;
            file.original = format!("{name}~{number}");
        }
        new.push(file);
    }

    /// What is to be written of a catalog whose posts are all there; none where its file has that
    /// text already. Everything that is known of it is given back.
    pub(super) fn close(&self, key: (usize, usize), settings: &Settings) -> Option<Closed> {
        let entry = self.entries.get(&key)?;
        let old = entry
            .old
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take()
            .unwrap_or_default();
        let files = std::mem::take(&mut *entry.new.lock().unwrap_or_else(PoisonError::into_inner));
        let catalog = Catalog {
            source: settings.source.clone(),
            target: settings.target.clone(),
            files,
        };
        let text = xliff21::write(&catalog);
        if old.text.as_ref() == Some(&text) {
            return None;
        }
        let direction = Arc::new(Direction {
            source: catalog.source.clone(),
            target: catalog.target.clone(),
        });
        let mut pairs = Vec::new();
        for file in &catalog.files {
            pairs.extend(new_pairs(file, old.file(&file.original), &direction));
        }
        // Posts that are there no more.
        let kept: HashSet<&str> = catalog
            .files
            .iter()
            .map(|one| one.original.as_str())
            .collect();
        let mut old_files: Vec<_> = old.files.iter().collect();
        old_files.sort_unstable_by_key(|(name, _)| *name);
        for (name, file) in old_files {
            if !kept.contains(name.as_str()) {
                let nothing = CatalogFile {
                    original: name.clone(),
                    units: Vec::new(),
                };
                pairs.extend(new_pairs(&nothing, Some(file), &direction));
            }
        }
        Some(Closed {
            path: entry.path.clone(),
            text,
            old: old.text.clone(),
            pairs,
        })
    }

    /// Whether the output of an input says what its catalog says that was written.
    pub(super) fn vouch_for(
        &self,
        key: (usize, usize),
        input: &Input,
        output: &Path,
        settings: &Settings,
    ) -> Result<bool, CliError> {
        let Some(old) = self.old(key)? else {
            return Ok(false);
        };
        if old.files.is_empty() {
            return Ok(false);
        }
        let output = input.at(output);
        let mut number = 0;
        for chunk in output.chunks() {
            let Ok(chunk) = chunk else {
                return Ok(false);
            };
            let Chunk::Post(post) = chunk else { continue };
            let known = old.file(&original(input, number, &post));
            let is_ours = known
                .is_some_and(|known| is_as_written(post.clone(), input.format, settings, known));
            if !is_ours {
                return Ok(false);
            }
            number += 1;
        }
        Ok(true)
    }
}

fn read(path: &Path, root: &Path) -> Result<Old, CliError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Old::default()),
        Err(error) => return Err(CliError::io(path, &error)),
    };
    let wrong = |cause: Message| {
        CliError::new(
            Exit::Files,
            Message::new("error-catalog").with("path", shown(path, root)),
        )
        .because(cause)
        .hint(Message::new("hint-catalog"))
    };
    let text = decode(&bytes).map_err(|error| wrong(message::xml_error(&error)))?;
    let read = xliff21::read(&text).map_err(|error| wrong(message::catalog_error(&error)))?;
    let refused = read.refused.iter().map(|refused| {
        Message::new("catalog-refused")
            .with("path", shown(path, root))
            .with("line", refused.place.line)
            .with(
                "segment",
                format!("{}.{}", refused.place.unit, refused.place.segment),
            )
    });
    Ok(Old {
        refused: refused.collect(),
        text: Some(text.into_owned()),
        files: read
            .catalog
            .files
            .into_iter()
            .map(|file| (file.original.clone(), file))
            .collect(),
    })
}

/// The name of a post in its catalog: its file, and in a file of many its id, else its number.
pub(super) fn original(input: &Input, number: usize, post: &str) -> String {
    if !input.has_several() {
        return input.name.clone();
    }
    let id = Json::parse(post)
        .ok()
        .and_then(|post| Some(post.get("id")?.raw().to_owned()));
    let id = id.unwrap_or_else(|| format!("[{number}]"));
    format!("{}#{id}", input.name)
}
