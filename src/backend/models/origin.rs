//! Where models come from, and what is offered there.

use std::path::PathBuf;

use url::Url;

use super::super::Apy;
use super::{ModelError, ModelPair, fetch, index, mozilla};

/// A place that models come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A folder with an index.
    Folder(PathBuf),
    /// A server with an index.
    Mirror(Url),
    /// Mozilla's records, which are meant for Firefox.
    Mozilla {
        /// Address of the records.
        records: Url,
        /// Address that the files' addresses start with.
        attachments: Url,
    },
}

/// How a file is packed for the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    None,
    /// With gzip.
    Gzip,
    /// With Zstandard.
    Zstandard,
}

/// Where a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// On this machine.
    Path(PathBuf),
    /// On a server.
    Url(Url),
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Path(path) => path.display().fmt(f),
            Self::Url(url) => url.fmt(f),
        }
    }
}

/// A model that can be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// Its name.
    pub pair: ModelPair,
    /// Its version, if the source tells one.
    pub version: Option<String>,
    /// Its licence, if the source tells one.
    pub license: Option<String>,
    /// Where it is offered.
    pub origin: String,
    /// Its files.
    pub files: Vec<OfferedFile>,
}

impl Offer {
    /// Its length in bytes when it is installed, as far as that is known.
    pub fn size(&self) -> Option<u64> {
        self.files.iter().map(|file| file.size).sum()
    }
}

/// A file that can be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferedFile {
    /// Its name when it is installed.
    pub name: String,
    /// Its length in bytes when it is unpacked, if that is known.
    pub size: Option<u64>,
    /// Its SHA-256 when it is unpacked, in hexadecimal digits.
    pub sha256: String,
    /// Where it is.
    pub place: Place,
    /// How it is packed there.
    pub compression: Compression,
}

impl Origin {
    /// A folder, a `file://` address, or the address of a server: `https`, or `http` within this
    /// machine or a private network.
    ///
    /// # Errors
    /// [`ModelError::Address`] for other addresses.
    pub fn parse(text: &str) -> Result<Self, ModelError> {
        let wrong = || ModelError::Address {
            address: text.to_owned(),
        };
        if !text.contains("://") {
            return if text.is_empty() {
                Err(wrong())
            } else {
                Ok(Self::Folder(text.into()))
            };
        }
        let url = Url::parse(text).map_err(|_| wrong())?;
        if url.scheme() == "file" {
            let path = url.to_file_path().map_err(|()| wrong())?;
            return Ok(Self::Folder(path));
        }
        Apy::check_url(text).map(Self::Mirror).map_err(|_| wrong())
    }

    /// Mozilla's own records. The environment variables `POLYPOST_MOZILLA_RECORDS` and
    /// `POLYPOST_MOZILLA_ATTACHMENTS` put others in their place.
    ///
    /// # Errors
    /// [`ModelError::Address`] where those hold no address.
    pub fn mozilla() -> Result<Self, ModelError> {
        let address = |name: &str, usual: &str| {
            let text = std::env::var(name).unwrap_or_default();
            let text = if text.is_empty() { usual } else { &text };
            Apy::check_url(text).map_err(|_| ModelError::Address {
                address: text.to_owned(),
            })
        };
        Ok(Self::Mozilla {
            records: address("POLYPOST_MOZILLA_RECORDS", mozilla::RECORDS)?,
            attachments: address("POLYPOST_MOZILLA_ATTACHMENTS", mozilla::ATTACHMENTS)?,
        })
    }

    /// All that is offered there, by name.
    ///
    /// # Errors
    /// [`ModelError::Source`] where the place can't be reached, [`ModelError::Io`] where the folder
    /// has no index, [`ModelError::Index`] where that makes no sense.
    pub async fn offers(&self) -> Result<Vec<Offer>, ModelError> {
        let mut offers = match self {
            Self::Folder(folder) => index::of_folder(folder)?,
            Self::Mirror(url) => {
                let url = index::address(url);
                let text = fetch::text(&url).await?;
                index::of_server(&url, &text)?
            }
            Self::Mozilla {
                records,
                attachments,
            } => {
                let text = fetch::text(records).await?;
                mozilla::offers(records, attachments, &text)?
            }
        };
        offers.sort_by(|one, other| one.pair.cmp(&other.pair));
        Ok(offers)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn models_come_from_folders_and_safe_addresses() {
        assert_eq!(
            Origin::parse("models"),
            Ok(Origin::Folder(PathBuf::from("models")))
        );
        assert_eq!(
            Origin::parse("file:///srv/models"),
            Ok(Origin::Folder(PathBuf::from("/srv/models")))
        );
        for text in ["https://models.example/firefox", "http://127.0.0.1:8000"] {
            assert!(
                matches!(Origin::parse(text), Ok(Origin::Mirror(_))),
                "{text}"
            );
        }
        for text in [
            "",
            "http://models.example",
            "ftp://localhost",
            "file://host/x",
        ] {
            assert!(Origin::parse(text).is_err(), "{text}");
        }
    }
}
