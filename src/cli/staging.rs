//! Files are written beside their place and moved there at the very end, so that a reader sees
//! the old one or the new one and never a part.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};
use std::thread::JoinHandle;

use tempfile::{NamedTempFile, TempPath};

use super::error::CliError;
use super::ours::{Digester, digest_of};

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Staging {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    digester: Digester,
    /// Bytes since the disk was last asked to take them.
    unsynced: usize,
    syncing: Option<JoinHandle<()>>,
}

/// So many bytes are sent to the disk while the next ones are made: the end of a large file would
/// have to wait for all of it otherwise.
const SYNC: usize = 8 << 20;

/// A file that is complete but not in its place yet. Dropped, it is as if it had never been.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) path: PathBuf,
    pub(super) digest: String,
    temporary: TempPath,
}

impl Staging {
    /// Begins a file. Its folder need not exist, and is not made before [`Staged::make_folder`].
    pub(super) fn begin(path: PathBuf) -> Result<Self, CliError> {
        let folder = path
            .ancestors()
            .skip(1)
            .find(|folder| folder.is_dir())
            .unwrap_or(Path::new("."));
        let mut builder = tempfile::Builder::new();
        builder.prefix(".polypost-");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let permissions = match std::fs::metadata(&path) {
                Ok(old) => old.permissions(),
                // As any program would make it; the user's mask is applied.
                Err(_) => std::fs::Permissions::from_mode(0o666),
            };
            builder.permissions(permissions);
        }
        let file = builder
            .tempfile_in(folder)
            .map_err(|error| CliError::io(&path, &error))?;
        Ok(Self {
            path,
            file: BufWriter::with_capacity(1 << 16, file),
            digester: Digester::default(),
            unsynced: 0,
            syncing: None,
        })
    }

    pub(super) fn write(&mut self, text: &str) -> Result<(), CliError> {
        self.digester.update(text.as_bytes());
        self.unsynced += text.len();
        self.file
            .write_all(text.as_bytes())
            .map_err(|error| CliError::io(&self.path, &error))?;
        let is_idle = self.syncing.as_ref().is_none_or(JoinHandle::is_finished);
        if self.unsynced >= SYNC
            && is_idle
            && let Ok(file) = self.file.get_ref().as_file().try_clone()
        {
            self.unsynced = 0;
            // Whether it went well, the last call tells.
            self.syncing = Some(std::thread::spawn(move || drop(file.sync_data())));
        }
        Ok(())
    }

    /// Completes the file: it is on the disk, beside its place.
    pub(super) fn finish(self) -> Result<Staged, CliError> {
        let path = self.path;
        let error = |error: std::io::Error| CliError::io(&path, &error);
        let file = self
            .file
            .into_inner()
            .map_err(|failed| error(failed.into_error()))?;
        file.as_file().sync_all().map_err(error)?;
        Ok(Staged {
            digest: self.digester.finish(),
            temporary: file.into_temp_path(),
            path,
        })
    }
}

impl Staged {
    /// Makes the folder of its place.
    pub(super) fn make_folder(&self) -> Result<(), CliError> {
        let folder = self.path.parent().unwrap_or(Path::new("."));
        std::fs::create_dir_all(folder).map_err(|error| CliError::io(folder, &error))
    }

    /// Moves the file to its place; does nothing where the same bytes stand there already.
    pub(super) fn commit(self) -> Result<bool, CliError> {
        if self.path.exists() && digest_of(&self.path)? == self.digest {
            return Ok(false);
        }
        self.make_folder()?;
        self.temporary
            .persist(&self.path)
            .map_err(|failed| CliError::io(&self.path, &failed.error))?;
        // The new name must outlive a power cut as well; not every file system can promise it.
        if let Some(Ok(folder)) = self.path.parent().map(File::open) {
            drop(folder.sync_all());
        }
        Ok(true)
    }
}

/// Writes a whole file.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<(), CliError> {
    let error = |error: std::io::Error| CliError::io(path, &error);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(std::fs::Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(error)?;
    file.write_all(bytes).map_err(error)?;
    file.as_file().sync_all().map_err(error)?;
    file.persist(path).map_err(|failed| error(failed.error))?;
    Ok(())
}
