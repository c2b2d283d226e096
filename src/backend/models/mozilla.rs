//! Mozilla's records of Firefox's models (Remote Settings).

use serde::Deserialize;
use url::Url;

use super::{Compression, ModelError, ModelPair, Offer, OfferedFile, Place, is_model_file, role};

pub(super) const RECORDS: &str = "https://firefox.settings.services.mozilla.com/v1/buckets/main/collections/translations-models-v2/records";
pub(super) const ATTACHMENTS: &str = "https://firefox-settings-attachments.cdn.mozilla.net/";

/// The form of models that the engine knows.
const MAJOR: u64 = 3;

/// Kinds of models, the best last.
const KINDS: [&str; 3] = ["tiny", "base", "base-memory"];

#[derive(Debug, Deserialize)]
struct Records {
    data: Vec<serde_json::Value>,
}

/// What is of interest in a record; others are passed over.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Record {
    name: String,
    source_language: String,
    target_language: String,
    version: String,
    #[serde(default)]
    architecture: String,
    #[serde(default)]
    decompressed_hash: Option<String>,
    #[serde(default)]
    decompressed_size: Option<u64>,
    attachment: Attachment,
}

#[derive(Debug, Clone, Deserialize)]
struct Attachment {
    location: String,
    hash: String,
    #[serde(default)]
    size: Option<u64>,
}

impl Record {
    fn major(&self) -> Option<u64> {
        self.version.split('.').next()?.parse().ok()
    }

    /// By which the best of several models is found: finished ones, newer ones, better kinds.
    fn rank(&self) -> (bool, Vec<u64>, Option<usize>) {
        let numbers = self
            .version
            .split('.')
            .map(|part| part.parse().unwrap_or(0))
            .collect();
        let kind = KINDS.iter().position(|kind| *kind == self.architecture);
        let is_finished = !self.version.contains(|c: char| c.is_ascii_alphabetic());
        (is_finished, numbers, kind)
    }
}

/// The best model of each pair.
pub(super) fn offers(
    address: &Url,
    attachments: &Url,
    text: &str,
) -> Result<Vec<Offer>, ModelError> {
    let records: Records = serde_json::from_str(text).map_err(|error| ModelError::Index {
        address: address.to_string(),
        detail: error.to_string(),
    })?;
    let records: Vec<Record> = records
        .data
        .into_iter()
        .filter_map(|record| serde_json::from_value(record).ok())
        .filter(|record: &Record| record.major() == Some(MAJOR) && is_model_file(&record.name))
        .collect();
    let mut models: Vec<&Record> = records
        .iter()
        .filter(|record| role(&record.name) == Some("model"))
        .collect();
    models.sort_by_key(|record| std::cmp::Reverse(record.rank()));
    let mut offers: Vec<Offer> = Vec::new();
    for model in models {
        let Ok(pair) = ModelPair::new(&model.source_language, &model.target_language) else {
            continue;
        };
        if offers.iter().any(|offer| offer.pair == pair) {
            continue;
        }
        let files: Option<Vec<OfferedFile>> = records
            .iter()
            .filter(|record| {
                record.source_language == model.source_language
                    && record.target_language == model.target_language
                    && record.version == model.version
                    && record.architecture == model.architecture
            })
            .map(|record| file(record, attachments))
            .collect();
        let Some(files) = files else { continue };
        let has = |wanted: &str| files.iter().any(|file| role(&file.name) == Some(wanted));
        if has("vocab") || (has("srcvocab") && has("trgvocab")) {
            offers.push(Offer {
                pair,
                version: Some(model.version.clone()),
                license: None,
                origin: address.to_string(),
                files,
            });
        }
    }
    Ok(offers)
}

fn file(record: &Record, attachments: &Url) -> Option<OfferedFile> {
    let attachment = &record.attachment;
    let is_below = attachment
        .location
        .split('/')
        .all(|part| !matches!(part, "" | "." | ".."))
        && !attachment.location.contains(['\\', ':', '?', '#', '%']);
    if !is_below {
        return None;
    }
    let mut base = attachments.clone();
    base.path_segments_mut().ok()?.pop_if_empty().push("");
    let (sha256, size, compression) = match &record.decompressed_hash {
        Some(hash) => (hash, record.decompressed_size, Compression::Zstandard),
        None => (&attachment.hash, attachment.size, Compression::None),
    };
    Some(OfferedFile {
        name: record.name.clone(),
        size,
        sha256: sha256.to_ascii_lowercase(),
        place: Place::Url(base.join(&attachment.location).ok()?),
        compression,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_version_that_the_engine_knows_is_offered() {
        let record = |name: &str, version: &str, kind: &str| {
            format!(
                r#"{{"name":"{name}","fileType":"x","sourceLanguage":"en","targetLanguage":"de","version":"{version}","architecture":"{kind}","decompressedHash":"AB","attachment":{{"location":"main/{version}-{kind}/{name}.zst","hash":"cd","size":1}}}}"#
            )
        };
        let mut records = Vec::new();
        for (version, kind) in [
            ("2.0", "tiny"),
            ("3.0", "tiny"),
            ("3.1", "tiny"),
            ("3.1", "base-memory"),
            ("3.2a1", "tiny"),
            ("4.0", "tiny"),
        ] {
            records.push(record("model.ende.intgemm.alphas.bin", version, kind));
            records.push(record("vocab.ende.spm", version, kind));
            records.push(record("lex.50.50.ende.s2t.bin", version, kind));
        }
        let text = format!(r#"{{"data":[{},{{"other":1}}]}}"#, records.join(","));
        let records = Url::parse("https://records.example/x").expect("an address");
        let attachments = Url::parse("https://files.example").expect("an address");
        let offers = offers(&records, &attachments, &text).expect("records");
        assert_eq!(offers.len(), 1);
        assert_eq!(offers[0].version.as_deref(), Some("3.1"));
        let places: Vec<_> = offers[0]
            .files
            .iter()
            .map(|file| file.place.to_string())
            .collect();
        assert_eq!(
            places,
            [
                "https://files.example/main/3.1-base-memory/model.ende.intgemm.alphas.bin.zst",
                "https://files.example/main/3.1-base-memory/vocab.ende.spm.zst"
            ]
        );
        assert_eq!(offers[0].files[0].sha256, "ab");
    }
}
