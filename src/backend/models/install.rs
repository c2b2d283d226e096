//! Fetches models and installs them.

use std::collections::BTreeSet;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;

use super::fetch::{self, FILE_MAX, Fetched};
use super::installed::Installed;
use super::manifest::{self, Manifest, ManifestFile};
use super::store::{STAGING, Store};
use super::{Compression, ModelError, Offer, OfferedFile, Place, sha256};

/// What became of a model that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Got {
    /// It is new here, or another version than before.
    Installed,
    /// It was here already, unchanged.
    Already,
}

impl Store {
    /// Fetches a model and installs it when all of it is here and verified.
    ///
    /// # Errors
    /// [`ModelError::Source`] and [`ModelError::Mismatch`] where it does not come as it should,
    /// [`ModelError::Io`] where it can't be written. What has come is used the next time.
    pub async fn get(
        &self,
        offer: &Offer,
        on_bytes: &(dyn Fn(&OfferedFile, Fetched) + Send + Sync),
    ) -> Result<Got, ModelError> {
        let pair = &offer.pair;
        if self.has(offer) {
            return Ok(Got::Already);
        }
        let staging = self.staging(pair);
        fs::create_dir_all(&staging).map_err(|error| ModelError::io(&staging, &error))?;
        let mut files = Vec::new();
        for file in &offer.files {
            let size = bring(file, &staging, &|fetched| on_bytes(file, fetched)).await?;
            files.push(ManifestFile {
                name: file.name.clone(),
                size,
                sha256: file.sha256.clone(),
            });
        }
        let manifest = Manifest {
            format: 1,
            origin: offer.origin.clone(),
            version: offer.version.clone(),
            license: offer.license.clone(),
            files,
        };
        let mut text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
        text.push('\n');
        write(&staging.join(manifest::FILE_NAME), text.as_bytes())?;
        // What is not there, or there twice, is found before it takes the place of what worked.
        Installed::find(&staging, pair)?;
        let folder = self.folder(pair);
        if folder.is_dir() {
            self.discard(pair, &folder)?;
        }
        fs::rename(&staging, &folder).map_err(|error| ModelError::io(&folder, &error))?;
        drop(fs::remove_dir(self.root().join(STAGING)));
        Ok(Got::Installed)
    }

    /// Whether exactly this is installed and unchanged.
    fn has(&self, offer: &Offer) -> bool {
        let Ok(installed) = self.find(&offer.pair) else {
            return false;
        };
        let noted: BTreeSet<(&str, &str)> = installed
            .manifest
            .iter()
            .flat_map(|manifest| &manifest.files)
            .map(|file| (file.name.as_str(), file.sha256.as_str()))
            .collect();
        let offered: BTreeSet<(&str, &str)> = offer
            .files
            .iter()
            .map(|file| (file.name.as_str(), file.sha256.as_str()))
            .collect();
        noted == offered && self.verify(&offer.pair).is_ok()
    }
}

/// Brings a file into a folder, verified, and tells its length.
async fn bring(
    file: &OfferedFile,
    folder: &Path,
    on_bytes: &(dyn Fn(Fetched) + Send + Sync),
) -> Result<u64, ModelError> {
    let path = folder.join(&file.name);
    if let Ok(bytes) = fs::read(&path)
        && sha256(&bytes) == file.sha256
    {
        return Ok(bytes.len() as u64);
    }
    let bytes = match &file.place {
        Place::Path(from) => {
            let packed = fs::read(from).map_err(|error| ModelError::io(from, &error))?;
            let len = packed.len() as u64;
            on_bytes(Fetched {
                bytes: len,
                of: Some(len),
            });
            unpack(file, &packed)?
        }
        Place::Url(url) => {
            let part = folder.join(format!("{}.part", file.name));
            let was_begun = fs::metadata(&part).is_ok_and(|part| part.len() > 0);
            fetch::download(url, &part, on_bytes).await?;
            let unpacked = match unpack_part(file, &part) {
                // It may have been the beginning of another version.
                Err(ModelError::Mismatch { .. }) if was_begun => {
                    fetch::download(url, &part, on_bytes).await?;
                    unpack_part(file, &part)
                }
                unpacked => unpacked,
            }?;
            write(&path, &unpacked)?;
            fs::remove_file(&part).map_err(|error| ModelError::io(&part, &error))?;
            return Ok(unpacked.len() as u64);
        }
    };
    write(&path, &bytes)?;
    Ok(bytes.len() as u64)
}

/// Unpacks a download, which goes if it is not what it should be.
fn unpack_part(file: &OfferedFile, part: &Path) -> Result<Vec<u8>, ModelError> {
    let io = |error: std::io::Error| ModelError::io(part, &error);
    let packed = fs::read(part).map_err(io)?;
    let unpacked = unpack(file, &packed);
    if unpacked.is_err() {
        fs::remove_file(part).map_err(io)?;
    }
    unpacked
}

fn unpack(file: &OfferedFile, packed: &[u8]) -> Result<Vec<u8>, ModelError> {
    let wrong = |detail: String| ModelError::Mismatch {
        address: file.place.to_string(),
        detail,
    };
    let most = file.size.unwrap_or(FILE_MAX);
    let mut bytes = Vec::new();
    // One byte more tells that it is too long.
    let read = match file.compression {
        Compression::None => packed.take(most + 1).read_to_end(&mut bytes),
        Compression::Gzip => flate2::read::MultiGzDecoder::new(packed)
            .take(most + 1)
            .read_to_end(&mut bytes),
        Compression::Zstandard => match ruzstd::decoding::StreamingDecoder::new(packed) {
            Ok(decoder) => decoder.take(most + 1).read_to_end(&mut bytes),
            Err(error) => return Err(wrong(error.to_string())),
        },
    };
    read.map_err(|error| wrong(error.to_string()))?;
    let len = bytes.len() as u64;
    if len > most || file.size.is_some_and(|size| size != len) {
        return Err(wrong(format!("it does not have {most} bytes")));
    }
    let found = sha256(&bytes);
    if found != file.sha256 {
        return Err(wrong(format!(
            "its SHA-256 is {found}, not {}",
            file.sha256
        )));
    }
    Ok(bytes)
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), ModelError> {
    let io = |error: std::io::Error| ModelError::io(path, &error);
    let mut file = fs::File::create(path).map_err(io)?;
    file.write_all(bytes).map_err(io)?;
    file.sync_all().map_err(io)
}
