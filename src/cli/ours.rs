//! Which outputs polypost wrote, and what it wrote: so that what a person made or edited is told
//! apart from it and never overwritten.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};

use super::error::CliError;
use super::staging;

/// The project's folder for what need not be committed.
pub(super) const FOLDER: &str = ".polypost";
/// The memory in that folder.
const MEMORY: &str = "memory.db";
const FILE: &str = "outputs.json";
/// What is about to be written. It outlives a run that is killed on the way.
const PENDING: &str = "pending.json";

/// Where the memory of a project is.
pub(super) fn memory_of(root: &Path) -> PathBuf {
    root.join(FOLDER).join(MEMORY)
}

/// A digest of every output, by its path in the project.
#[derive(Debug)]
pub(super) struct Outputs {
    root: PathBuf,
    digests: BTreeMap<String, String>,
    /// What a run that did not come to its end may have written.
    pending: BTreeMap<String, String>,
    /// What turned out to be ours although it was not on record.
    adopted: BTreeMap<String, String>,
}

/// Digests bytes as they come.
#[derive(Debug, Clone, Default)]
pub(super) struct Digester(Sha256);

impl Digester {
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn finish(self) -> String {
        let mut hex = String::new();
        for byte in self.0.finalize() {
            hex.push_str(&format!("{byte:02x}"));
        }
        hex
    }
}

/// The digest of a file.
pub(super) fn digest_of(path: &Path) -> Result<String, CliError> {
    let error = |error: std::io::Error| CliError::io(path, &error);
    let mut file = File::open(path).map_err(error)?;
    let mut digester = Digester::default();
    let mut block = vec![0; 1 << 16];
    loop {
        let read = file.read(&mut block).map_err(error)?;
        if read == 0 {
            return Ok(digester.finish());
        }
        digester.update(&block[..read]);
    }
}

/// The folder of the project at `root` for what need not be committed; it is made where it is
/// missing.
pub(super) fn private_folder(root: &Path) -> Result<PathBuf, CliError> {
    let folder = root.join(FOLDER);
    std::fs::create_dir_all(&folder).map_err(|error| CliError::io(&folder, &error))?;
    let ignore = folder.join(".gitignore");
    if !ignore.exists() {
        staging::write_whole(&ignore, b"*\n")?;
    }
    Ok(folder)
}

impl Outputs {
    /// Reads what is known of the project at `root`. A record that can't be read says nothing, and
    /// then no existing file counts as ours.
    pub(super) fn load(root: &Path) -> Self {
        let read = |name| {
            let text = std::fs::read_to_string(root.join(FOLDER).join(name)).ok()?;
            serde_json::from_str(&text).ok()
        };
        Self {
            root: root.to_owned(),
            digests: read(FILE).unwrap_or_default(),
            pending: read(PENDING).unwrap_or_default(),
            adopted: BTreeMap::new(),
        }
    }

    fn key(&self, path: &Path) -> String {
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        inside.to_string_lossy().replace('\\', "/")
    }

    /// Whether polypost wrote the file once, edited or not.
    pub(super) fn has(&self, path: &Path) -> bool {
        let key = self.key(path);
        self.digests.contains_key(&key) || self.pending.contains_key(&key)
    }

    /// Whether an existing file is as polypost wrote it.
    pub(super) fn is_as_written(&self, path: &Path) -> Result<bool, CliError> {
        let key = self.key(path);
        let known = [self.digests.get(&key), self.pending.get(&key)];
        if known == [None, None] {
            return Ok(false);
        }
        let digest = digest_of(path)?;
        Ok(known.contains(&Some(&digest)))
    }

    /// Takes an existing file for ours.
    pub(super) fn adopt(&mut self, path: &Path) -> Result<(), CliError> {
        self.adopted.insert(self.key(path), digest_of(path)?);
        Ok(())
    }

    /// Says what is about to be written: a run that is killed between two files has written what
    /// is its own all the same.
    pub(super) fn announce(&mut self, staged: &[(PathBuf, String)]) -> Result<(), CliError> {
        let known = Self::load(&self.root);
        if !self.adopted.is_empty() {
            self.digests = known.digests;
            self.digests.append(&mut self.adopted);
            self.write(FILE, &self.digests)?;
        }
        let pending = known.pending;
        self.pending.extend(pending.clone());
        for (path, digest) in staged {
            let key = self.key(path);
            if self.digests.get(&key) != Some(digest) {
                self.pending.insert(key, digest.clone());
            }
        }
        if self.pending == pending {
            return Ok(());
        }
        self.write(PENDING, &self.pending)
    }

    /// Records outputs that were just written.
    pub(super) fn record(&mut self, written: &[(PathBuf, String)]) -> Result<(), CliError> {
        let old = Self::load(&self.root);
        // Another run may have added some in the meantime.
        self.digests.extend(old.digests.clone());
        let written: BTreeMap<String, String> = written
            .iter()
            .map(|(path, digest)| (self.key(path), digest.clone()))
            .collect();
        for (key, digest) in &self.pending {
            let path = self.root.join(key);
            if !written.contains_key(key) && path.exists() && digest_of(&path)? == *digest {
                self.digests.insert(key.clone(), digest.clone());
            }
        }
        self.digests.extend(written);
        if self.digests != old.digests {
            self.write(FILE, &self.digests)?;
        }
        match std::fs::remove_file(self.root.join(FOLDER).join(PENDING)) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(CliError::io(Path::new(PENDING), &error))
            }
            _ => Ok(()),
        }
    }

    fn write(&self, name: &str, digests: &BTreeMap<String, String>) -> Result<(), CliError> {
        let folder = private_folder(&self.root)?;
        let mut text = serde_json::to_string_pretty(digests).unwrap_or_default();
        text.push('\n');
        staging::write_whole(&folder.join(name), text.as_bytes())
    }
}
