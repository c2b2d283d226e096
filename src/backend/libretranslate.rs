//! `LibreTranslate` (<https://docs.libretranslate.com>).
//!
//! Its HTML mode turns escaped text into live markup and translates what stands between two tags
//! alone, so it gets plain text and what it answers is plain text.

use std::collections::HashMap;

use reqwest::RequestBuilder;
use serde::{Deserialize, Serialize};

use super::service::{
    Answer, Client, Codes, Form, Key, Options, Served, discreet, fingerprint, reply_tagged, size_of,
};
use super::{Backend, BackendError, BackendFuture, Limits, Pair, ReplySink, Request, Size};

const NAME: &str = "libretranslate";

/// The usual variable. Many servers need no key.
pub(super) const VARIABLES: [&str; 1] = ["LIBRETRANSLATE_API_KEY"];

/// Where a server listens that somebody started here.
const USUAL: &str = "http://localhost:5000";

/// A server for some pairs of languages.
#[derive(Debug)]
pub struct LibreTranslate {
    client: Client,
    key: Option<Key>,
    url: String,
    codes: Codes,
    /// Most characters of one text; none where the operator set no limit.
    longest: Option<usize>,
    limits: Limits,
}

impl LibreTranslate {
    /// A server for these pairs of languages, with the settings of `[backends.libretranslate]`.
    ///
    /// # Errors
    /// [`BackendError::NoKey`] where the server wants one and there is none,
    /// [`BackendError::UnsupportedPair`] for the first pair that it lacks, and whatever it
    /// answers when it is asked for its settings and languages.
    pub async fn open(pairs: &[Pair], options: &Options) -> Result<Self, BackendError> {
        let key = Key::find(NAME, &VARIABLES, options).await?;
        let mut client = Client::new(NAME, USUAL, options)?;
        if let Some(key) = &key {
            client = client.with_secret(key);
        }
        let mut libre = Self {
            client,
            key,
            url: options.url.clone().unwrap_or_else(|| USUAL.to_owned()),
            codes: Codes::default(),
            longest: None,
            limits: options.limits(Limits {
                // It translates one after the other, and an answer must not take too long.
                segments: 20,
                concurrency: 2,
                ..Limits::NONE
            }),
        };
        let settings: Settings = libre.ask("frontend/settings").await?;
        if settings.key_required && libre.key.is_none() {
            Key::require(NAME, &VARIABLES, options).await?;
        }
        libre.longest = usize::try_from(settings.char_limit).ok();
        let mut languages: Vec<Language> = libre.ask("languages").await?;
        // Older servers have every pair, and don't list them.
        if languages.iter().all(|one| one.targets.is_empty()) {
            let all: Vec<String> = languages.iter().map(|one| one.code.clone()).collect();
            for language in &mut languages {
                language.targets.clone_from(&all);
            }
        }
        let targets: HashMap<String, Vec<String>> = languages
            .iter()
            .map(|language| (language.code.clone(), language.targets.clone()))
            .collect();
        libre.codes = Codes::find(
            NAME,
            pairs,
            &Served {
                sources: languages.into_iter().map(|one| one.code).collect(),
                targets_of: &|source| targets.get(source).cloned().unwrap_or_default(),
                own: &[],
            },
        )?;
        Ok(libre)
    }

    async fn ask<T: serde::de::DeserializeOwned>(&self, path: &str) -> Result<T, BackendError> {
        let answer = self.send(self.client.get(path), &[]).await?;
        self.client.json(&answer)
    }

    /// Sends a request; an answer with an error status is an error.
    async fn send(&self, request: RequestBuilder, texts: &[&str]) -> Result<Answer, BackendError> {
        let answer = self.client.send(request).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
        let detail = discreet(&refusal.error, texts);
        Err(match answer.status.as_u16() {
            400 if detail.contains("exceeds text limit") => self.client.too_large(&answer, detail),
            400 if detail.contains("API key") => self.client.refused(&answer, detail),
            400 if detail.contains("not supported") || detail.contains("not available") => {
                self.client.failed(Some(answer.status), detail)
            }
            _ => self.client.usual_error(&answer, detail),
        })
    }

    async fn translate_all(
        &self,
        (source, target): (&str, &str),
        requests: &[&Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let texts: Vec<&str> = requests
            .iter()
            .map(|request| request.source.text())
            .collect();
        let body = Body {
            q: &texts,
            source,
            target,
            format: "text",
            api_key: self.key.as_ref().map(Key::expose),
        };
        let request = self.client.post("translate").json(&body);
        let answer = self.send(request, &texts).await?;
        let translated: Translated = self.client.json(&answer)?;
        let translations = translated.translated_text;
        if translations.len() != requests.len() {
            let counts = format!("{} texts for {}", translations.len(), requests.len());
            return Err(self.client.malformed(&answer, &counts));
        }
        for (request, text) in requests.iter().zip(translations) {
            reply_tagged(request, Form::Text, &text, replies);
        }
        Ok(())
    }
}

impl Backend for LibreTranslate {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    fn measure(&self, request: &Request) -> Size {
        size_of(request.source.text())
    }

    fn fingerprint(&self) -> Option<String> {
        Some(fingerprint(&[("url", Some(&self.url))]))
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            let codes = self.codes.of(NAME, pair)?;
            let longest = self.longest.unwrap_or(usize::MAX);
            let is_short = |request: &&Request| self.measure(request).characters <= longest;
            let (short, long): (Vec<_>, Vec<_>) = requests.iter().partition(is_short);
            for request in long {
                let reason = format!("the server takes no text of more than {longest} characters");
                replies(request.id, Err(reason));
            }
            if short.is_empty() {
                return Ok(());
            }
            self.translate_all(codes, &short, replies).await
        })
    }
}

#[derive(Debug, Serialize)]
struct Body<'a> {
    q: &'a [&'a str],
    source: &'a str,
    target: &'a str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_key: Option<&'a str>,
}

/// A guard against robots answers with a single text, which is no list and so no answer.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translated {
    translated_text: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Settings {
    /// Negative where there is none.
    char_limit: i64,
    key_required: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            char_limit: -1,
            key_required: false,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Language {
    code: String,
    #[serde(default)]
    targets: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    error: String,
}
