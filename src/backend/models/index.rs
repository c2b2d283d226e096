//! The index of a mirror: `models.json`.

use std::path::Path;

use serde::Deserialize;
use url::Url;

use super::{Compression, ModelError, ModelPair, Offer, OfferedFile, Place, is_model_file};

const FILE_NAME: &str = "models.json";

#[derive(Debug, Deserialize)]
struct Index {
    format: u32,
    models: Vec<Model>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Model {
    pair: String,
    #[serde(default)]
    version: Option<String>,
    #[serde(default)]
    license: Option<String>,
    files: Vec<File>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
struct File {
    /// Relative to the index.
    path: String,
    size: u64,
    sha256: String,
    #[serde(default)]
    compression: Packing,
}

#[derive(Debug, Default, Clone, Copy, Deserialize)]
enum Packing {
    #[default]
    #[serde(rename = "none")]
    None,
    #[serde(rename = "gz")]
    Gzip,
    #[serde(rename = "zst")]
    Zstandard,
}

fn is_json(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == "json")
}

/// Address of the index of the mirror at `url`, which may name the index itself.
pub(super) fn address(url: &Url) -> Url {
    let mut url = url.clone();
    if !is_json(Path::new(url.path()))
        && let Ok(mut segments) = url.path_segments_mut()
    {
        segments.pop_if_empty().push(FILE_NAME);
    }
    url
}

pub(super) fn of_server(url: &Url, text: &str) -> Result<Vec<Offer>, ModelError> {
    read(url.as_str(), text, |path| {
        url.join(path).ok().map(Place::Url)
    })
}

pub(super) fn of_folder(folder: &Path) -> Result<Vec<Offer>, ModelError> {
    let index = if is_json(folder) {
        folder.to_owned()
    } else {
        folder.join(FILE_NAME)
    };
    let text = std::fs::read_to_string(&index).map_err(|error| ModelError::io(&index, &error))?;
    let folder = index.parent().unwrap_or(folder);
    read(&index.display().to_string(), &text, |path| {
        Some(Place::Path(folder.join(path)))
    })
}

fn read(
    address: &str,
    text: &str,
    place: impl Fn(&str) -> Option<Place>,
) -> Result<Vec<Offer>, ModelError> {
    let wrong = |detail: String| ModelError::Index {
        address: address.to_owned(),
        detail,
    };
    let index: Index = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if index.format != 1 {
        return Err(wrong(format!("format {} is not known", index.format)));
    }
    let mut offers = Vec::new();
    for model in index.models {
        let pair: ModelPair = model
            .pair
            .parse()
            .map_err(|error: ModelError| wrong(error.to_string()))?;
        let mut files = Vec::new();
        for file in model.files {
            let File { path, sha256, .. } = file;
            let (name, compression) = match file.compression {
                Packing::None => (path.as_str(), Compression::None),
                Packing::Gzip => (path.trim_end_matches(".gz"), Compression::Gzip),
                Packing::Zstandard => (path.trim_end_matches(".zst"), Compression::Zstandard),
            };
            let name = name.rsplit('/').next().unwrap_or_default().to_owned();
            if name.starts_with("lex.") {
                // A list of probable words, which the engine does without.
                continue;
            }
            let is_below = path.split('/').all(|part| !matches!(part, "" | "." | ".."))
                && !path.contains(['\\', ':', '?', '#', '%']);
            let is_hash = sha256.len() == 64 && sha256.bytes().all(|b| b.is_ascii_hexdigit());
            let place = place(&path).filter(|_| is_below && is_hash && is_model_file(&name));
            let place = place.ok_or_else(|| wrong(format!("“{path}” of {pair} can't be used")))?;
            files.push(OfferedFile {
                name,
                size: Some(file.size),
                sha256: sha256.to_ascii_lowercase(),
                place,
                compression,
            });
        }
        offers.push(Offer {
            pair,
            version: model.version,
            license: model.license,
            origin: address.to_owned(),
            files,
        });
    }
    Ok(offers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn index(path: &str, hash: &str) -> String {
        format!(
            r#"{{"format":1,"models":[{{"pair":"en-de","version":"1","files":[{{"path":"{path}","size":3,"sha256":"{hash}","compression":"gz"}}]}}]}}"#
        )
    }

    #[test]
    fn files_are_below_the_index_and_named_as_models_are() {
        let url = Url::parse("https://m.example/x/models.json").expect("an address");
        let hash = "0".repeat(64);
        let offers = of_server(&url, &index("en-de/model.ende.bin.gz", &hash)).expect("an index");
        let file = &offers[0].files[0];
        assert_eq!(file.name, "model.ende.bin");
        assert_eq!(
            file.place.to_string(),
            "https://m.example/x/en-de/model.ende.bin.gz"
        );
        for path in [
            "../model.bin",
            "/model.bin",
            "https://other.example/model.bin",
            "//other.example/model.bin",
            "readme.txt",
            "model.bin/",
            "a/%2e%2e/model.bin",
        ] {
            assert!(of_server(&url, &index(path, &hash)).is_err(), "{path}");
        }
        assert!(of_server(&url, &index("model.bin", "abc")).is_err());
        assert!(of_server(&url, "{}").is_err());
        assert!(of_server(&url, r#"{"format":2,"models":[]}"#).is_err());
    }

    #[test]
    fn an_address_may_name_the_index() {
        for (url, index) in [
            ("https://m.example", "https://m.example/models.json"),
            ("https://m.example/x/", "https://m.example/x/models.json"),
            ("https://m.example/x.json", "https://m.example/x.json"),
        ] {
            assert_eq!(
                address(&Url::parse(url).expect("an address")).as_str(),
                index
            );
        }
    }
}
