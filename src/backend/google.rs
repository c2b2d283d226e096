//! Google Cloud Translation: the basic edition (v2) with an API key, the advanced one (v3) with a
//! project (<https://cloud.google.com/translate/docs>).

use reqwest::RequestBuilder;
use reqwest::header::{AUTHORIZATION, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};

use super::service::{
    Answer, Client, Codes, Form, Key, Options, Served, by_form, discreet, fingerprint, have_codes,
    reply_tagged, secret_header, size_of,
};
use super::{Backend, BackendError, BackendFuture, Limits, Pair, ReplySink, Request, Size};

const NAME: &str = "google";

/// The usual variables of an API key (v2), and of an OAuth access token (v3).
pub(super) const VARIABLES: [&str; 1] = ["GOOGLE_API_KEY"];
pub(super) const TOKEN_VARIABLES: [&str; 1] = ["GOOGLE_ACCESS_TOKEN"];

const USUAL: &str = "https://translation.googleapis.com";

/// Where resources of v3 are where the settings don't say.
const USUAL_LOCATION: &str = "global";

/// Cloud Translation for some pairs of languages.
#[derive(Debug)]
pub struct Google {
    client: Client,
    edition: Edition,
    /// The key or token, and its header.
    key: (HeaderName, HeaderValue),
    codes: Codes,
    /// Model, by its whole name with v3.
    model: Option<String>,
    /// Glossary, by its whole name; only v3 has any.
    glossary: Option<String>,
    limits: Limits,
}

#[derive(Debug)]
enum Edition {
    Basic,
    Advanced {
        /// Billed, and sent as such.
        project: HeaderValue,
        /// `projects/P/locations/L`
        parent: String,
    },
}

impl Google {
    /// The service for these pairs of languages, with the settings of `[backends.google]`. With a
    /// `project` it is v3.
    ///
    /// # Errors
    /// [`BackendError::NoKey`] without a key, [`BackendError::MissingOption`] for a glossary
    /// without a project or location, [`BackendError::UnsupportedPair`] for the first pair that
    /// it lacks, and whatever the service answers when it is asked for its languages.
    pub async fn open(pairs: &[Pair], options: &Options) -> Result<Self, BackendError> {
        let missing = |key| BackendError::MissingOption {
            backend: NAME.to_owned(),
            key,
        };
        let location = options.location.as_deref().unwrap_or(USUAL_LOCATION);
        let edition = match &options.project {
            Some(project) => Edition::Advanced {
                project: HeaderValue::from_str(project).map_err(|_| missing("project"))?,
                parent: format!("projects/{project}/locations/{location}"),
            },
            None if options.glossary.is_some() || options.location.is_some() => {
                return Err(missing("project"));
            }
            None => Edition::Basic,
        };
        // Glossaries are kept in regions.
        if options.glossary.is_some() && location == USUAL_LOCATION {
            return Err(missing("location"));
        }
        let variables: &[&str] = match edition {
            Edition::Basic => &VARIABLES,
            Edition::Advanced { .. } => &TOKEN_VARIABLES,
        };
        let key = Key::require(NAME, variables, options).await?;
        let header = match edition {
            Edition::Basic => (
                HeaderName::from_static("x-goog-api-key"),
                secret_header(NAME, "", &key)?,
            ),
            Edition::Advanced { .. } => (AUTHORIZATION, secret_header(NAME, "Bearer ", &key)?),
        };
        let usual = match edition {
            Edition::Basic => Limits {
                segments: 128,
                // Those of the body are 100,000; what is not text needs less than the rest.
                bytes: 99_000,
                ..Limits::NONE
            },
            Edition::Advanced { .. } => Limits {
                segments: 1024,
                characters: 30_000,
                ..Limits::NONE
            },
        };
        let mut google = Self {
            client: Client::new(NAME, USUAL, options)?.with_secret(&key),
            key: header,
            codes: Codes::default(),
            model: edition.whole_name("models", options.model.as_deref()),
            glossary: edition.whole_name("glossaries", options.glossary.as_deref()),
            limits: options.limits(Limits {
                concurrency: 4,
                ..usual
            }),
            edition,
        };
        let (sources, targets) = google.languages().await?;
        google.codes = Codes::find(
            NAME,
            pairs,
            &Served {
                sources,
                targets_of: &|_| targets.clone(),
                own: &[],
            },
        )?;
        Ok(google)
    }

    /// The languages that it translates from and to.
    async fn languages(&self) -> Result<(Vec<String>, Vec<String>), BackendError> {
        match &self.edition {
            Edition::Basic => {
                let request = self.client.get("language/translate/v2/languages");
                let answer = self.send(request, &[]).await?;
                let listed: Data<BasicLanguages> = self.client.json(&answer)?;
                let listed = listed.data.languages.into_iter();
                let codes: Vec<_> = listed.map(|one| one.language).collect();
                Ok((codes.clone(), codes))
            }
            Edition::Advanced { parent, .. } => {
                let request = self.client.get(&format!("v3/{parent}/supportedLanguages"));
                let request = request.query(&[("model", &self.model)]);
                let answer = self.send(request, &[]).await?;
                let listed: AdvancedLanguages = self.client.json(&answer)?;
                let codes = |is_usable: fn(&AdvancedLanguage) -> bool| {
                    let usable = listed.languages.iter().filter(|one| is_usable(one));
                    usable.map(|one| one.language_code.clone()).collect()
                };
                Ok((
                    codes(|one| one.support_source),
                    codes(|one| one.support_target),
                ))
            }
        }
    }

    async fn ask(
        &self,
        (source, target): (&str, &str),
        form: Form,
        requests: &[&Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let texts: Vec<String> = requests
            .iter()
            .map(|request| form.write(&request.source))
            .collect();
        let (request, is_text) = (&self.client, form == Form::Text);
        let request = match &self.edition {
            Edition::Basic => request.post("language/translate/v2").json(&BasicBody {
                q: &texts,
                source,
                target,
                format: if is_text { "text" } else { "html" },
                model: self.model.as_deref(),
            }),
            Edition::Advanced { parent, .. } => {
                let path = format!("v3/{parent}:translateText");
                request.post(&path).json(&AdvancedBody {
                    contents: &texts,
                    mime_type: if is_text { "text/plain" } else { "text/html" },
                    source_language_code: source,
                    target_language_code: target,
                    model: self.model.as_deref(),
                    glossary_config: self.glossary.as_deref().map(|glossary| GlossaryConfig {
                        glossary,
                        ignore_case: true,
                    }),
                })
            }
        };
        let answer = self.send(request, &texts).await?;
        let translations = match &self.edition {
            Edition::Basic => {
                let translated: Data<Translated> = self.client.json(&answer)?;
                translated.data.translations
            }
            Edition::Advanced { .. } => {
                let translated: Translated = self.client.json(&answer)?;
                if self.glossary.is_some() {
                    translated.glossary_translations
                } else {
                    translated.translations
                }
            }
        };
        if translations.len() != requests.len() {
            let counts = format!("{} texts for {}", translations.len(), requests.len());
            return Err(self.client.malformed(&answer, &counts));
        }
        for (request, translation) in requests.iter().zip(translations) {
            match translation.translated_text {
                Some(text) => reply_tagged(request, form, &text, replies),
                None => replies(request.id, Err("no translation of this text".to_owned())),
            }
        }
        Ok(())
    }

    /// Sends a request with the key; an answer with an error status is an error.
    async fn send(
        &self,
        request: RequestBuilder,
        texts: &[String],
    ) -> Result<Answer, BackendError> {
        let mut request = request.header(&self.key.0, &self.key.1);
        if let Edition::Advanced { project, .. } = &self.edition {
            request = request.header("x-goog-user-project", project);
        }
        let answer = self.client.send(request).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
        Err(self.error(&answer, &refusal.error, texts))
    }

    fn error(&self, answer: &Answer, error: &Explanation, texts: &[String]) -> BackendError {
        let detail = discreet(&error.message, texts);
        let words = error.message.to_ascii_lowercase();
        let has_reason = |names: &[&str]| {
            let mut reasons = error.errors.iter().map(|one| one.reason.as_str());
            reasons.any(|reason| names.contains(&reason))
        };
        let client = &self.client;
        match answer.status.as_u16() {
            // A limit of the minute passes, that of the day does not.
            403 | 429
                if has_reason(&["dailyLimitExceeded", "quotaExceeded"])
                    || words.contains("daily limit")
                    || words.contains("per day") =>
            {
                client.refused(answer, detail)
            }
            403 if has_reason(&["userRateLimitExceeded", "rateLimitExceeded"])
                || words.contains("rate limit") =>
            {
                client.overloaded(answer, detail)
            }
            400 if error.status == "FAILED_PRECONDITION"
                || has_reason(&["keyInvalid"])
                || words.contains("api key") =>
            {
                client.refused(answer, detail)
            }
            400 if words.contains("too long") || words.contains("too large") => {
                client.too_large(answer, detail)
            }
            400 if [
                "language pair",
                "glossary",
                "model",
                "location",
                "target language",
            ]
            .iter()
            .any(|name| words.contains(name)) =>
            {
                client.failed(Some(answer.status), detail)
            }
            _ => client.usual_error(answer, detail),
        }
    }
}

impl Edition {
    /// A resource by its whole name. v2 has no resources.
    fn whole_name(&self, kind: &str, name: Option<&str>) -> Option<String> {
        let name = name?;
        Some(match self {
            Self::Advanced { parent, .. } if !name.starts_with("projects/") => {
                format!("{parent}/{kind}/{name}")
            }
            _ => name.to_owned(),
        })
    }
}

impl Backend for Google {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    /// Every character counts, markup included.
    fn measure(&self, request: &Request) -> Size {
        size_of(&Form::Html.write(&request.source))
    }

    fn fingerprint(&self) -> Option<String> {
        let edition = match self.edition {
            Edition::Basic => "v2",
            Edition::Advanced { .. } => "v3",
        };
        Some(fingerprint(&[
            ("edition", Some(edition)),
            ("model", self.model.as_deref()),
            ("glossary", self.glossary.as_deref()),
        ]))
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            let codes = self.codes.of(NAME, pair)?;
            let has_tags = have_codes(requests);
            let groups = by_form(requests, |request| match &request.problem {
                _ if !has_tags => Form::Text,
                None => Form::Html,
                Some(_) => Form::OtherHtml,
            });
            for (form, group) in groups {
                self.ask(codes, form, &group, replies).await?;
            }
            Ok(())
        })
    }
}

#[derive(Debug, Serialize)]
struct BasicBody<'a> {
    q: &'a [String],
    source: &'a str,
    target: &'a str,
    format: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct AdvancedBody<'a> {
    contents: &'a [String],
    mime_type: &'static str,
    source_language_code: &'a str,
    target_language_code: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    model: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    glossary_config: Option<GlossaryConfig<'a>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct GlossaryConfig<'a> {
    glossary: &'a str,
    ignore_case: bool,
}

/// What v2 wraps every answer in.
#[derive(Debug, Deserialize)]
struct Data<T> {
    data: T,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translated {
    translations: Vec<Translation>,
    #[serde(default)]
    glossary_translations: Vec<Translation>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translation {
    translated_text: Option<String>,
}

#[derive(Debug, Deserialize)]
struct BasicLanguages {
    languages: Vec<BasicLanguage>,
}

#[derive(Debug, Deserialize)]
struct BasicLanguage {
    language: String,
}

#[derive(Debug, Deserialize)]
struct AdvancedLanguages {
    languages: Vec<AdvancedLanguage>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct AdvancedLanguage {
    language_code: String,
    support_source: bool,
    support_target: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Refusal {
    error: Explanation,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Explanation {
    message: String,
    status: String,
    errors: Vec<Reason>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Reason {
    reason: String,
}
