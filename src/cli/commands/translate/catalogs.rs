//! The catalogs of a project: those of the last run, and those of this one.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::catalog::{Catalog, CatalogFile, Reason, decode, xliff21};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::{Input, shown};
use crate::memory::{Direction, Pair};
use crate::message::{self, Message};
use crate::pipeline::{Catalogued, Settings, is_as_written, new_pairs, pairs_of_gone, rebuilt};
use crate::post::Chunk;
use crate::unit::Locale;

use super::names::Names;

/// A catalog as the last run, or a person, left it.
#[derive(Debug, Default)]
pub(super) struct Old {
    /// The bytes of its file; none where there is no file.
    text: Option<String>,
    files: HashMap<String, CatalogFile>,
    /// Targets that break law 3, in words.
    refused: Vec<Message>,
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
    target: Locale,
    old: Mutex<Option<Arc<Old>>>,
    new: Mutex<Vec<Catalogued>>,
}

/// The catalogs of a run, by the index of the input and of the target; none where there are none.
#[derive(Debug, Default)]
pub(super) struct Catalogs {
    root: PathBuf,
    entries: BTreeMap<Key, Entry>,
    /// What is wrong in files that were read, in words.
    refused: Mutex<Vec<(Key, Message)>>,
}

/// The index of an input, and that of a target.
pub(super) type Key = (usize, usize);

impl Catalogs {
    /// Catalogs in these files, for these targets.
    pub(super) fn new(root: PathBuf, paths: BTreeMap<Key, PathBuf>, targets: &[Locale]) -> Self {
        let entry = |(key, path): (Key, PathBuf)| {
            let entry = Entry {
                path,
                target: targets[key.1].clone(),
                old: Mutex::default(),
                new: Mutex::default(),
            };
            (key, entry)
        };
        Self {
            root,
            entries: paths.into_iter().map(entry).collect(),
            refused: Mutex::default(),
        }
    }

    /// Names for the posts of an input; none where nobody asks for them.
    pub(super) fn names(&self, input: &Input) -> Option<Names> {
        (!self.entries.is_empty()).then(|| Names::new(input, &self.root))
    }

    /// The catalog of the last run, read when it is asked for the first time; none where none is
    /// kept.
    pub(super) fn old(&self, key: Key) -> Result<Option<Arc<Old>>, CliError> {
        let Some(entry) = self.entries.get(&key) else {
            return Ok(None);
        };
        let mut slot = lock(&entry.old);
        if let Some(old) = &*slot {
            return Ok(Some(Arc::clone(old)));
        }
        let mut old = read(&entry.path, &self.root, &entry.target)?;
        let refused = std::mem::take(&mut old.refused).into_iter();
        lock(&self.refused).extend(refused.map(|message| (key, message)));
        let old = Arc::new(old);
        *slot = Some(Arc::clone(&old));
        Ok(Some(old))
    }

    /// What is wrong in files that were read, in their order; each thing is told once.
    pub(super) fn take_refused(&self) -> Vec<Message> {
        let mut refused = std::mem::take(&mut *lock(&self.refused));
        refused.sort_by_key(|(key, _)| *key);
        refused.into_iter().map(|(_, message)| message).collect()
    }

    /// Takes the catalog of a post.
    pub(super) fn add(&self, key: Key, catalogued: Catalogued) {
        if let Some(entry) = self.entries.get(&key) {
            lock(&entry.new).push(catalogued);
        }
    }

    /// Every translation of the catalogs of the last run.
    pub(super) fn pairs(&self, settings: &[Settings]) -> Result<Vec<Pair>, CliError> {
        let mut pairs = Vec::new();
        for key in self.entries.keys() {
            let direction = direction(&settings[key.1]);
            let old = self.old(*key)?.unwrap_or_default();
            let mut files: Vec<_> = old.files.values().collect();
            files.sort_unstable_by_key(|file| &file.original);
            for file in files {
                let catalogued = Catalogued {
                    file: file.clone(),
                    removed: Vec::new(),
                };
                pairs.extend(new_pairs(&catalogued, None, &direction));
            }
        }
        Ok(pairs)
    }

    /// What is to be written of a catalog whose posts are all there; none where its file has that
    /// text already. Everything that is known of it is given back.
    pub(super) fn close(&self, key: Key, settings: &Settings) -> Option<Closed> {
        let entry = self.entries.get(&key)?;
        let old = lock(&entry.old).take().unwrap_or_default();
        let new = std::mem::take(&mut *lock(&entry.new));
        let direction = direction(settings);
        let mut pairs = Vec::new();
        let mut kept = HashSet::new();
        for one in &new {
            let name = one.file.original.as_str();
            kept.insert(name.to_owned());
            if old.file(name) != Some(&one.file) {
                pairs.extend(new_pairs(one, old.file(name), &direction));
            }
        }
        let mut gone: Vec<_> = old.files.values().collect();
        gone.retain(|file| !kept.contains(&file.original));
        gone.sort_unstable_by_key(|file| &file.original);
        pairs.extend(
            gone.into_iter()
                .flat_map(|file| pairs_of_gone(file, &direction)),
        );
        let text = xliff21::write(&Catalog {
            source: settings.source.clone(),
            target: settings.target.clone(),
            files: new.into_iter().map(|one| one.file).collect(),
        });
        (old.text.as_ref() != Some(&text)).then(|| Closed {
            path: entry.path.clone(),
            text,
            old: old.text.clone(),
            pairs,
        })
    }

    /// Whether an output is what its catalog and its source give, to the byte; or, where nothing is
    /// on record of it, whether it has the text that the catalog says was written.
    pub(super) fn vouch_for(
        &self,
        key: Key,
        output: &Output<'_>,
        settings: &Settings,
        is_localized: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<bool, CliError> {
        let Some(old) = self.old(key)?.filter(|old| !old.files.is_empty()) else {
            return Ok(false);
        };
        let format = output.input.format;
        let mut source = posts(output.input, &self.root);
        let mut found = posts(&output.input.at(output.path), &self.root);
        let (Some(source), Some(found)) = (&mut source, &mut found) else {
            return Ok(false);
        };
        let is_rebuilt = source.len() == found.len()
            && source
                .iter()
                .zip(&*found)
                .all(|((name, source), (_, found))| {
                    let known = old.file(name);
                    let rebuilt = known.and_then(|known| {
                        rebuilt(source.clone(), format, settings, known, is_localized)
                    });
                    rebuilt.as_ref() == Some(found)
                });
        if is_rebuilt || output.is_on_record {
            return Ok(is_rebuilt);
        }
        let mut source: HashMap<_, _> = std::mem::take(source).into_iter().collect();
        // The output stands elsewhere, but its posts are called as in the source.
        let mut names = Names::new(output.input, &self.root);
        let is_ours = found.len() == old.files.len()
            && found.drain(..).all(|(_, post)| {
                let name = names.next(&post);
                let source = source.remove(&name);
                old.file(&name)
                    .is_some_and(|known| is_as_written(post, source, format, settings, known))
            });
        Ok(is_ours)
    }
}

/// An output of an earlier run.
#[derive(Debug)]
pub(super) struct Output<'o> {
    pub(super) input: &'o Input,
    pub(super) path: &'o Path,
    /// Whether it is known what was written there, and it is not that.
    pub(super) is_on_record: bool,
}

/// The posts of a file with their names; none where it can't be read.
fn posts(input: &Input, root: &Path) -> Option<Vec<(String, String)>> {
    let mut names = Names::new(input, root);
    let mut posts = Vec::new();
    for chunk in input.chunks() {
        if let Chunk::Post(post) = chunk.ok()? {
            posts.push((names.next(&post), post));
        }
    }
    Some(posts)
}

fn direction(settings: &Settings) -> Arc<Direction> {
    Arc::new(Direction {
        source: settings.source.clone(),
        target: settings.target.clone(),
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(path: &Path, root: &Path, target: &Locale) -> Result<Old, CliError> {
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
    if read.catalog.target != *target {
        return Err(wrong(
            Message::new("catalog-target")
                .with("found", read.catalog.target.tag())
                .with("wanted", target.tag()),
        ));
    }
    let refused = read.refused.iter().map(|refused| {
        let message = Message::new("catalog-refused")
            .with("path", shown(path, root))
            .with("line", refused.place.line)
            .with(
                "segment",
                format!("{}.{}", refused.place.unit, refused.place.segment),
            );
        match &refused.reason {
            Reason::Codes(error) => message.with("reason", message::markup_error(error)),
            _ => message.with("reason", "none"),
        }
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
