//! Files are written beside their place and moved there at the very end, so that a reader sees
//! the old one or the new one and never a part.

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::{Path, PathBuf};

use tempfile::{NamedTempFile, TempPath};

use super::error::CliError;
use super::ours::{Digester, digest_of};

/// A file that is being written.
#[derive(Debug)]
pub(super) struct Staging {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    digester: Digester,
}

/// A file that is complete but not in its place yet. Dropped, it is as if it had never been.
#[derive(Debug)]
pub(super) struct Staged {
    pub(super) path: PathBuf,
    pub(super) digest: String,
    temporary: TempPath,
}

impl Staging {
    /// Begins a file. Its folder need not exist, and is not made before [`Staged::commit`].
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
        })
    }

    pub(super) fn write(&mut self, text: &str) -> Result<(), CliError> {
        self.digester.update(text.as_bytes());
        self.file
            .write_all(text.as_bytes())
            .map_err(|error| CliError::io(&self.path, &error))
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
    /// Moves the file to its place; does nothing where the same bytes stand there already.
    pub(super) fn commit(self) -> Result<bool, CliError> {
        if self.path.exists() && digest_of(&self.path)? == self.digest {
            return Ok(false);
        }
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder).map_err(|error| CliError::io(folder, &error))?;
        }
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
