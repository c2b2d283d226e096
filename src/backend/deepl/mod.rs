//! `DeepL`, free and pro (<https://developers.deepl.com/docs>).

mod context;
mod glossary;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::{Deserialize, Serialize};

use super::service::{
    Answer, Client, Codes, Form, Key, Options, Served, by_form, discreet, fingerprint, have_codes,
    json_len, protected_names, reply_tagged, secret_header,
};
use super::{Backend, BackendError, BackendFuture, Limits, Pair, ReplySink, Request, Size, Terms};
use context::{LONGEST_CONTEXT, context};
use glossary::Kept;

const NAME: &str = "deepl";

/// The vendor's usual variable.
pub(super) const VARIABLES: [&str; 1] = ["DEEPL_AUTH_KEY"];

const PRO: &str = "https://api.deepl.com";
const FREE: &str = "https://api-free.deepl.com";

/// The service takes bodies of 128 KiB; what is not text needs less than this.
const OTHER_THAN_TEXT: usize = LONGEST_CONTEXT + (2 << 10);

/// `DeepL` for some pairs of languages.
#[derive(Debug)]
pub struct Deepl {
    client: Client,
    key: HeaderValue,
    codes: Codes,
    /// Targets that tags can't be handled for.
    without_tags: BTreeSet<String>,
    /// Languages that glossaries can't be used with.
    without_glossary: BTreeSet<String>,
    formality: Option<&'static str>,
    model: Option<&'static str>,
    /// The glossary that the settings name, for all pairs.
    glossary: Option<String>,
    /// Those that the run's own glossary became.
    kept: HashMap<Pair, Kept>,
    limits: Limits,
}

impl Deepl {
    /// The service for these pairs of languages, with the settings of `[backends.deepl]`.
    ///
    /// # Errors
    /// [`BackendError::NoKey`] without a key, [`BackendError::Option`] for a setting that does
    /// not fit, [`BackendError::UnsupportedPair`] for the first pair that it lacks, and whatever
    /// the service answers when it is asked for its languages.
    pub async fn open(pairs: &[Pair], options: &Options) -> Result<Self, BackendError> {
        let formality = formality(options.formality.as_deref())?;
        let model = Options::choice(NAME, "model", options.model.as_deref(), &MODELS)?.flatten();
        let (client, key) = connect(options).await?;
        let mut deepl = Self {
            client,
            key,
            codes: Codes::default(),
            without_tags: BTreeSet::new(),
            without_glossary: BTreeSet::new(),
            formality,
            model,
            glossary: options.glossary.clone(),
            kept: HashMap::new(),
            limits: options.limits(Limits {
                segments: 50,
                bytes: (128 << 10) - OTHER_THAN_TEXT,
                concurrency: 4,
                ..Limits::NONE
            }),
        };
        let languages = deepl.languages().await?;
        deepl.check(pairs, &languages)?;
        Ok(deepl)
    }

    async fn languages(&self) -> Result<Vec<Language>, BackendError> {
        let request = self
            .client
            .get("v3/languages")
            .query(&[("resource", "translate_text")]);
        let answer = self.send(request, &[]).await?;
        self.client.json(&answer)
    }

    /// Finds the codes of the pairs, and holds the settings against what the languages can do.
    fn check(&mut self, pairs: &[Pair], languages: &[Language]) -> Result<(), BackendError> {
        let codes = |is_usable: fn(&Language) -> bool| -> Vec<String> {
            let usable = languages.iter().filter(|language| is_usable(language));
            usable.map(|language| language.lang.clone()).collect()
        };
        let targets = codes(|language| language.usable_as_target);
        self.codes = Codes::find(
            NAME,
            pairs,
            &Served {
                sources: codes(|language| language.usable_as_source),
                targets_of: &|_| targets.clone(),
                own: &[],
            },
        )?;
        let lacking = |feature: &str| -> BTreeSet<String> {
            let lacking = languages
                .iter()
                .filter(|language| !language.features.contains_key(feature));
            lacking.map(|language| language.lang.clone()).collect()
        };
        self.without_tags = lacking("tag_handling");
        self.without_glossary = lacking("glossary");
        let without_formality = lacking("formality");
        if let Some(value @ ("more" | "less")) = self.formality {
            for pair in pairs {
                let (_, target) = self.codes.of(NAME, pair)?;
                if without_formality.contains(target) {
                    return Err(BackendError::Option {
                        backend: NAME.to_owned(),
                        key: "formality",
                        value: format!("{value} ({target})"),
                        valid: vec!["default", "prefer_more", "prefer_less"],
                    });
                }
            }
        }
        Ok(())
    }

    /// The glossary for a pair, by its id. What the settings say comes first.
    fn glossary_id(&self, pair: &Pair) -> Option<&str> {
        let kept = || self.kept.get(pair).map(|kept| kept.id.as_str());
        self.glossary.as_deref().or_else(kept)
    }

    async fn ask(
        &self,
        pair: &Pair,
        form: Form,
        requests: &[&Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let (source, target) = self.codes.of(NAME, pair)?;
        let text: Vec<String> = requests
            .iter()
            .map(|request| form.write(&request.source))
            .collect();
        let is_xml = form == Form::Xml;
        let ignored: BTreeSet<String> = requests
            .iter()
            .filter(|_| is_xml)
            .flat_map(|request| protected_names(&request.source))
            .collect();
        let body = Body {
            source_lang: source.to_uppercase(),
            target_lang: target.to_uppercase(),
            context: context(requests),
            split_sentences: "nonewlines",
            preserve_formatting: true,
            formality: self.formality,
            model_type: self.model,
            glossary_id: self.glossary_id(pair),
            tag_handling: match form {
                Form::Text => None,
                Form::Xml => Some("xml"),
                Form::Html | Form::OtherHtml => Some("html"),
            },
            tag_handling_version: (form != Form::Text).then_some("v2"),
            outline_detection: is_xml.then_some(false),
            ignore_tags: ignored,
            text: &text,
        };
        let answer = self
            .send(self.client.post("v2/translate").json(&body), &text)
            .await?;
        let translated: Translated = self.client.json(&answer)?;
        let translations = translated.translations;
        if translations.len() != requests.len() {
            let counts = format!("{} texts for {}", translations.len(), requests.len());
            return Err(self.client.malformed(&answer, &counts));
        }
        for (request, translation) in requests.iter().zip(translations) {
            reply_tagged(request, form, &translation.text, replies);
        }
        Ok(())
    }

    async fn send(
        &self,
        request: RequestBuilder,
        texts: &[String],
    ) -> Result<Answer, BackendError> {
        send(
            &self.client,
            request.header(AUTHORIZATION, &self.key),
            texts,
        )
        .await
    }
}

impl Backend for Deepl {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    /// Tags are not billed.
    fn measure(&self, request: &Request) -> Size {
        let names: usize = protected_names(&request.source)
            .map(|name| json_len(&name))
            .sum();
        Size {
            characters: request.source.text().chars().count(),
            // In HTML, as it is the longer form.
            bytes: json_len(&Form::Html.write(&request.source)) + names,
        }
    }

    fn fingerprint(&self) -> Option<String> {
        Some(fingerprint(&[
            ("formality", self.formality),
            ("model", self.model),
            ("glossary", self.glossary.as_deref()),
        ]))
    }

    /// The service applies a glossary as it sees fit, so every reply depends on it.
    fn glossary_key(&self, pair: &Pair, _request: &Request) -> Option<String> {
        let kept = self.kept.get(pair).filter(|_| self.glossary.is_none());
        kept.map(|kept| kept.name.clone())
    }

    fn use_glossary<'a>(
        &'a mut self,
        terms: &'a [Terms],
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            // The one that is named in the settings has its terms already.
            if self.glossary.is_none() {
                self.kept = self.keep(terms).await?;
            }
            Ok(())
        })
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            let codes = self.codes.of(NAME, pair)?;
            let has_tags = have_codes(requests) && !self.without_tags.contains(codes.1);
            let groups = by_form(requests, |request| match &request.problem {
                _ if !has_tags => Form::Text,
                None => Form::Xml,
                Some(_) => Form::Html,
            });
            for (form, group) in groups {
                self.ask(pair, form, &group, replies).await?;
            }
            Ok(())
        })
    }
}

/// What may be translated in a period of the bill.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Characters translated so far.
    pub used: u64,
    /// Characters that may be translated in all.
    pub allowed: u64,
}

impl Usage {
    /// What `DeepL` says of the account whose key is set.
    ///
    /// # Errors
    /// [`BackendError::NoKey`] without a key, and whatever the service answers.
    pub async fn of_deepl(options: &Options) -> Result<Self, BackendError> {
        let (client, key) = connect(options).await?;
        let request = client.get("v2/usage").header(AUTHORIZATION, &key);
        let answer = send(&client, request, &[]).await?;
        let account: Account = client.json(&answer)?;
        Ok(Self {
            used: account.character_count,
            allowed: account.character_limit,
        })
    }
}

/// A client for the host that the key is for.
async fn connect(options: &Options) -> Result<(Client, HeaderValue), BackendError> {
    let key = Key::require(NAME, &VARIABLES, options).await?;
    let usual = if key.expose().ends_with(":fx") {
        FREE
    } else {
        PRO
    };
    let header = secret_header(NAME, "DeepL-Auth-Key ", &key)?;
    Ok((Client::new(NAME, usual, options)?.with_secret(&key), header))
}

/// Sends a request; an answer with an error status is an error.
async fn send(
    client: &Client,
    request: RequestBuilder,
    texts: &[String],
) -> Result<Answer, BackendError> {
    let answer = client.send(request).await?;
    if answer.status.is_success() {
        return Ok(answer);
    }
    let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
    let detail = [refusal.message.as_str(), refusal.detail.as_str()].join(" ");
    let detail = discreet(&detail, texts);
    // What is wrong with the settings is wrong with every part of the batch.
    let is_setting = [
        "_lang",
        "formality",
        "lossary",
        "model_type",
        "tag_handling_version",
    ]
    .iter()
    .any(|name| detail.contains(name));
    Err(match answer.status.as_u16() {
        456 => client.refused(&answer, detail),
        400 if is_setting => client.failed(Some(answer.status), detail),
        _ => client.usual_error(&answer, detail),
    })
}

const MODELS: [(&str, Option<&str>); 3] = [
    ("quality_optimized", Some("quality_optimized")),
    ("prefer_quality_optimized", Some("prefer_quality_optimized")),
    ("latency_optimized", Some("latency_optimized")),
];

/// The formality as the service calls it; `prefer-more` is `prefer_more`.
fn formality(value: Option<&str>) -> Result<Option<&'static str>, BackendError> {
    const VALUES: [(&str, Option<&str>); 5] = [
        ("default", None),
        ("more", Some("more")),
        ("less", Some("less")),
        ("prefer_more", Some("prefer_more")),
        ("prefer_less", Some("prefer_less")),
    ];
    let value = value.map(|value| value.replace('-', "_"));
    Ok(Options::choice(NAME, "formality", value.as_deref(), &VALUES)?.flatten())
}

#[derive(Debug, Serialize)]
struct Body<'a> {
    text: &'a [String],
    source_lang: String,
    target_lang: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    context: Option<String>,
    split_sentences: &'static str,
    preserve_formatting: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    formality: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    model_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glossary_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_handling: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag_handling_version: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outline_detection: Option<bool>,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    ignore_tags: BTreeSet<String>,
}

#[derive(Debug, Deserialize)]
struct Translated {
    translations: Vec<Translation>,
}

#[derive(Debug, Deserialize)]
struct Translation {
    text: String,
}

#[derive(Debug, Deserialize)]
struct Language {
    lang: String,
    usable_as_source: bool,
    usable_as_target: bool,
    #[serde(default)]
    features: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Account {
    character_count: u64,
    character_limit: u64,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    message: String,
    detail: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formality_has_five_values() {
        assert_eq!(formality(Some("prefer-more")), Ok(Some("prefer_more")));
        assert_eq!(formality(Some("default")), Ok(None));
        assert!(formality(Some("formal")).is_err());
    }
}
