//! `polypost.toml`: its keys, and what is wrong with them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::backend::{Options, OptionsByBackend};
use crate::message::Message;

use super::error::{CliError, nearest};

/// `polypost.toml`, as it is written.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct Config {
    pub(super) source: Option<String>,
    pub(super) targets: Vec<String>,
    pub(super) posts: Vec<String>,
    pub(super) output: Option<String>,
    pub(super) catalogs: Option<String>,
    pub(super) backend: Option<Names>,
    pub(super) look_up: bool,
    pub(super) glossary: Vec<String>,
    pub(super) segmentation: Option<String>,
    pub(super) links: Option<String>,
    pub(super) fields: Option<Vec<FieldEntry>>,
    pub(super) site: SiteEntry,
    pub(super) slugs: BTreeMap<String, BTreeMap<String, String>>,
    pub(super) exclude: ExcludeEntry,
    pub(super) backends: OptionsByBackend,
    pub(super) models: ModelsEntry,
}

/// One name, or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged, expecting = "a backend is a name, or a list of names")]
pub(super) enum Names {
    One(String),
    Several(Vec<String>),
}

impl Names {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(name) => std::slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// Every key, by its table, for suggestions.
const KEYS: [(&str, &[&str]); 5] = [
    (
        "",
        &[
            "source",
            "targets",
            "posts",
            "output",
            "catalogs",
            "backend",
            "look-up",
            "glossary",
            "segmentation",
            "links",
            "fields",
            "site",
            "slugs",
            "exclude",
            "backends",
            "models",
        ],
    ),
    ("site", &["url", "prefixes", "www-alias", "hreflang"]),
    ("exclude", &["selectors", "code-classes"]),
    ("fields", &["path", "kind"]),
    ("models", &["folder", "url"]),
];

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct SiteEntry {
    pub(super) url: Option<String>,
    pub(super) prefixes: BTreeMap<String, String>,
    pub(super) www_alias: bool,
    pub(super) hreflang: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct ExcludeEntry {
    pub(super) selectors: Vec<String>,
    pub(super) code_classes: Vec<String>,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub(super) struct ModelsEntry {
    pub(super) folder: Option<PathBuf>,
    pub(super) url: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(
    untagged,
    expecting = "a field is a path, or a table with `path` and `kind`"
)]
pub(super) enum FieldEntry {
    Path(String),
    /// Its keys are checked by [`field_of`]: unknown ones in here are not reported by Serde.
    Table(BTreeMap<String, String>),
}

pub(super) fn parse(text: &str, path: &Path) -> Result<Config, CliError> {
    let wrong = |cause: Message| {
        CliError::usage(
            Message::new("error-configuration").with("path", path.display().to_string()),
        )
        .because(cause)
    };
    let toml_error = |error: &toml::de::Error| {
        let line = error.span().map_or(1, |span| {
            text[..span.start.min(text.len())].matches('\n').count() + 1
        });
        wrong(
            Message::new("error-toml")
                .with("line", line)
                .with("detail", error.message()),
        )
    };
    let mut unknown = Vec::new();
    let deserializer = toml::Deserializer::parse(text).map_err(|error| toml_error(&error))?;
    let config: Config = serde_ignored::deserialize(deserializer, |path| {
        unknown.push(path.to_string());
    })
    .map_err(|error| toml_error(&error))?;
    unknown.extend(config.backends.iter().filter_map(|(backend, options)| {
        let key = options.unknown_key(backend)?;
        Some(format!("backends.{backend}.{key}"))
    }));
    match unknown.first() {
        None => Ok(config),
        Some(key) => {
            let CliError { message, hint, .. } = unknown_key(key);
            Err(CliError {
                hint,
                ..wrong(message)
            })
        }
    }
}

/// The error of a key that does not exist, by its dotted path.
pub(super) fn unknown_key(key: &str) -> CliError {
    let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
    let mut tables = table.split('.');
    let table = tables.next().unwrap_or_default();
    let known = match (table, tables.next()) {
        ("backends", Some(backend)) => Options::keys_of(backend),
        _ => KEYS
            .iter()
            .find(|(one, _)| *one == table)
            .map_or_else(Vec::new, |(_, keys)| keys.to_vec()),
    };
    let error = CliError::usage(Message::new("error-key-unknown").with("key", key));
    error.hint(match nearest(name, known.iter().copied()) {
        Some(near) => Message::new("hint-did-you-mean").with("name", near),
        None => Message::new("hint-keys").with("keys", known.join(", ")),
    })
}
