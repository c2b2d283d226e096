//! Settings of backends: the tables `[backends.NAME]` of `polypost.toml`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::super::BackendError;

/// The settings of every backend that has any, by its name.
pub type OptionsByBackend = BTreeMap<String, Options>;

/// The settings of one backend. Which of them it knows, [`Options::keys_of`] tells.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "kebab-case")]
pub struct Options {
    /// Address of the service, instead of the vendor's own.
    pub url: Option<String>,
    /// Command whose first line of output is the key.
    pub key_command: Option<String>,
    /// Seconds that one request may take.
    pub timeout: Option<u64>,
    /// Most requests at the same time.
    pub concurrency: Option<usize>,
    /// Most requests in a minute.
    pub requests_per_minute: Option<u32>,
    /// Most texts in one request.
    pub texts: Option<usize>,
    /// Most characters (Unicode code points) in one request.
    pub characters: Option<usize>,
    /// Price of a million characters, in the currency of one's bill.
    pub price: Option<f64>,
    /// How formal the translation is, in the words of the service.
    pub formality: Option<String>,
    /// Glossary that the service keeps, by its id or path.
    pub glossary: Option<String>,
    /// Model, by the name that the service gives it.
    pub model: Option<String>,
    /// Project of Google Cloud.
    pub project: Option<String>,
    /// Location of Google Cloud.
    pub location: Option<String>,
    /// Region of an Azure resource.
    pub region: Option<String>,
    /// Category (custom model) of Azure.
    pub category: Option<String>,
    /// What the text is sent as, where a service has a choice: `text` or `html`.
    pub markup: Option<String>,
    /// File with the house's style, for a language model.
    pub style_guide: Option<PathBuf>,
    /// Most tokens of an answer of a language model.
    pub max_tokens: Option<u32>,
    /// Temperature of a language model; most newer ones take none.
    pub temperature: Option<f64>,
    /// How a language model is told the form of its answer: `nested` (the standard), `flat`
    /// (older llama.cpp) or `none`.
    pub schema: Option<String>,
    /// Threads of an engine inside the program.
    pub threads: Option<usize>,
}

/// What every service knows.
const COMMON: [&str; 8] = [
    "url",
    "key-command",
    "timeout",
    "concurrency",
    "requests-per-minute",
    "texts",
    "characters",
    "price",
];

/// What single backends know beyond [`COMMON`], or instead.
const OWN: [(&str, &[&str]); 6] = [
    ("deepl", &["formality", "glossary", "model"]),
    ("google", &["project", "location", "glossary", "model"]),
    ("azure", &["region", "category", "markup"]),
    ("libretranslate", &[]),
    (
        "openai",
        &[
            "model",
            "style-guide",
            "max-tokens",
            "temperature",
            "schema",
        ],
    ),
    (
        "anthropic",
        &[
            "model",
            "style-guide",
            "max-tokens",
            "temperature",
            "schema",
        ],
    ),
];

impl Options {
    /// The keys that a backend knows; empty for one that has no settings.
    pub fn keys_of(backend: &str) -> Vec<&'static str> {
        match OWN.iter().find(|(name, _)| *name == backend) {
            Some((_, own)) => COMMON.into_iter().chain(own.iter().copied()).collect(),
            None => match backend {
                "local" => vec!["threads"],
                _ => Vec::new(),
            },
        }
    }

    /// The key that is set and that `backend` does not know, if there is one.
    pub fn unknown_key(&self, backend: &str) -> Option<&'static str> {
        let known = Self::keys_of(backend);
        self.keys_set().find(|key| !known.contains(key))
    }

    fn keys_set(&self) -> impl Iterator<Item = &'static str> {
        [
            ("url", self.url.is_some()),
            ("key-command", self.key_command.is_some()),
            ("timeout", self.timeout.is_some()),
            ("concurrency", self.concurrency.is_some()),
            ("requests-per-minute", self.requests_per_minute.is_some()),
            ("texts", self.texts.is_some()),
            ("characters", self.characters.is_some()),
            ("price", self.price.is_some()),
            ("formality", self.formality.is_some()),
            ("glossary", self.glossary.is_some()),
            ("model", self.model.is_some()),
            ("project", self.project.is_some()),
            ("location", self.location.is_some()),
            ("region", self.region.is_some()),
            ("category", self.category.is_some()),
            ("markup", self.markup.is_some()),
            ("style-guide", self.style_guide.is_some()),
            ("max-tokens", self.max_tokens.is_some()),
            ("temperature", self.temperature.is_some()),
            ("schema", self.schema.is_some()),
            ("threads", self.threads.is_some()),
        ]
        .into_iter()
        .filter_map(|(key, is_set)| is_set.then_some(key))
    }

    /// One of the values that a setting may have; the first where it is not set.
    ///
    /// # Errors
    /// [`BackendError::Option`] for any other value.
    pub(in crate::backend) fn choice<T: Copy>(
        backend: &str,
        key: &'static str,
        value: Option<&str>,
        choices: &[(&'static str, T)],
    ) -> Result<Option<T>, BackendError> {
        let Some(value) = value else {
            return Ok(None);
        };
        match choices.iter().find(|(name, _)| *name == value) {
            Some((_, choice)) => Ok(Some(*choice)),
            None => Err(BackendError::Option {
                backend: backend.to_owned(),
                key,
                value: value.to_owned(),
                valid: choices.iter().map(|(name, _)| *name).collect(),
            }),
        }
    }
}
