//! Azure Translator, v3
//! (<https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/reference>).

mod alignment;

use std::collections::BTreeMap;
use std::time::Duration;

use reqwest::RequestBuilder;
use reqwest::header::{CONTENT_TYPE, HeaderValue};
use serde::{Deserialize, Serialize};
use url::Url;

use super::service::{
    Answer, Client, Codes, Form, Key, Options, Served, by_form, discreet, fingerprint, have_codes,
    json_len, reply_tagged, secret_header,
};
use super::{Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request, Size};

const NAME: &str = "azure";

/// What people call it, and the variable of the vendor's own examples.
pub(super) const VARIABLES: [&str; 2] = ["AZURE_TRANSLATOR_KEY", "AZURE_TEXT_TRANSLATION_APIKEY"];

const USUAL: &str = "https://api.cognitive.microsofttranslator.com";

/// Where a resource with a host of its own has the API.
const PATH_OF_OWN_HOST: &str = "/translator/text/v3.0";

/// What every text is wrapped in as HTML: it has to be one complete element.
const WRAPPER: (&str, &str) = ("<div>", "</div>");

/// How long a custom model takes to warm up.
const WARMING: Duration = Duration::from_mins(1);

/// Codes that mean another language than with others: `ku` is Central Kurdish.
const OWN: [(&str, &str); 1] = [("ku", "ckb")];

/// The service for some pairs of languages.
#[derive(Debug)]
pub struct Azure {
    client: Client,
    key: HeaderValue,
    region: Option<HeaderValue>,
    category: Option<String>,
    codes: Codes,
    /// Whether texts with codes always go as HTML. Otherwise they do where the service has no
    /// alignment, and on a second try.
    is_html: bool,
    /// Whether the service has alignments for all pairs of the run.
    all_aligned: bool,
    limits: Limits,
}

impl Azure {
    /// The service for these pairs of languages, with the settings of `[backends.azure]`.
    ///
    /// # Errors
    /// [`BackendError::NoKey`] without a key, [`BackendError::Option`] for a setting that does
    /// not fit, [`BackendError::UnsupportedPair`] for the first pair that it lacks, and whatever
    /// the service answers when it is asked for its languages.
    pub async fn open(pairs: &[Pair], options: &Options) -> Result<Self, BackendError> {
        const MARKUP: [(&str, bool); 2] = [("text", false), ("html", true)];
        let markup = Options::choice(NAME, "markup", options.markup.as_deref(), &MARKUP)?;
        let region = options.region.as_deref().map(|region| {
            HeaderValue::from_str(region).map_err(|_| BackendError::Option {
                backend: NAME.to_owned(),
                key: "region",
                value: region.to_owned(),
                valid: Vec::new(),
            })
        });
        let key = Key::require(NAME, &VARIABLES, options).await?;
        let options = Options {
            url: options.url.as_deref().map(with_path),
            ..options.clone()
        };
        let mut azure = Self {
            client: Client::new(NAME, USUAL, &options)?.with_secret(&key),
            key: secret_header(NAME, "", &key)?,
            region: region.transpose()?,
            category: options.category.clone(),
            codes: Codes::default(),
            is_html: markup.unwrap_or(false),
            all_aligned: false,
            limits: options.limits(Limits {
                segments: 1000,
                characters: 50_000,
                concurrency: 4,
                ..Limits::NONE
            }),
        };
        let listed = azure.languages().await?;
        azure.codes = Codes::find(
            NAME,
            pairs,
            &Served {
                sources: listed.clone(),
                targets_of: &|_| listed.clone(),
                own: &OWN,
            },
        )?;
        for pair in pairs {
            azure.all_aligned = has_alignment(azure.codes.of(NAME, pair)?);
            if !azure.all_aligned {
                break;
            }
        }
        Ok(azure)
    }

    async fn languages(&self) -> Result<Vec<String>, BackendError> {
        // Which languages there are is no secret: no key is sent.
        let request = self
            .client
            .get("languages")
            .query(&[("api-version", "3.0"), ("scope", "translation")]);
        let answer = self.send(request, &[]).await?;
        let listed: Languages = self.client.json(&answer)?;
        Ok(listed.translation.into_keys().collect())
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
            .map(|request| written(form, request))
            .collect();
        let body: Vec<Element<'_>> = texts.iter().map(|text| Element { text }).collect();
        let is_text = form == Form::Text;
        let has_codes = |request: &&Request| !request.source.marks().is_empty();
        let mut query = vec![
            ("api-version", "3.0"),
            ("from", source),
            ("to", target),
            ("textType", if is_text { "plain" } else { "html" }),
        ];
        if is_text && requests.iter().any(has_codes) {
            query.push(("includeAlignment", "true"));
        }
        if let Some(category) = &self.category {
            query.push(("category", category));
        }
        let mut request = self
            .client
            .post("translate")
            .query(&query)
            .header("Ocp-Apim-Subscription-Key", &self.key)
            .json(&body)
            .header(CONTENT_TYPE, "application/json; charset=UTF-8");
        if let Some(region) = &self.region {
            request = request.header("Ocp-Apim-Subscription-Region", region);
        }
        let answer = self.send(request, &texts).await?;
        let translated: Vec<Translated> = self.client.json(&answer)?;
        if translated.len() != requests.len() {
            let counts = format!("{} texts for {}", translated.len(), requests.len());
            return Err(self.client.malformed(&answer, &counts));
        }
        for (request, one) in requests.iter().zip(translated) {
            match one.translations.into_iter().next() {
                None => replies(request.id, Err("no translation of this text".to_owned())),
                Some(one) if is_text && !one.text.trim().is_empty() => {
                    let proj = one.alignment.map(|alignment| alignment.proj);
                    let proj = proj.unwrap_or_default();
                    let alignment = alignment::read(&proj, request.source.text(), &one.text);
                    let text = one.text;
                    replies(request.id, Ok(Reply::Plain { text, alignment }));
                }
                Some(one) => reply_tagged(request, form, without_wrapper(&one.text), replies),
            }
        }
        Ok(())
    }

    /// Sends a request; an answer with an error status is an error.
    async fn send(
        &self,
        request: RequestBuilder,
        texts: &[String],
    ) -> Result<Answer, BackendError> {
        let mut answer = self.client.send(request).await?;
        if answer.body.starts_with(b"\xef\xbb\xbf") {
            answer.body.drain(..3);
        }
        if answer.status.is_success() {
            return Ok(answer);
        }
        let refusal: Refusal = serde_json::from_slice(&answer.body).unwrap_or_default();
        let detail = discreet(&refusal.error.message, texts);
        let code = refusal.error.code.as_u64().unwrap_or_default();
        Err(match code {
            400_050 | 400_072 | 400_077 => self.client.too_large(&answer, detail),
            // Language, category, text type or version: wrong with every part of the batch.
            400_019 | 400_021 | 400_023 | 400_035 | 400_036 | 400_064 | 400_073..=400_075 => {
                self.client.failed(Some(answer.status), detail)
            }
            408_001 => match self.client.overloaded(&answer, detail) {
                BackendError::Busy {
                    backend,
                    status,
                    detail,
                    after,
                } => BackendError::Busy {
                    backend,
                    status,
                    detail,
                    after: after.or(Some(WARMING)),
                },
                error => error,
            },
            _ => self.client.usual_error(&answer, detail),
        })
    }

    /// Codes are put back by alignment where the service has one, and go as HTML elsewhere.
    fn form(&self, codes: (&str, &str), request: &Request, has_codes: bool) -> Form {
        let as_text = !self.is_html && has_alignment(codes);
        match &request.problem {
            _ if !has_codes => Form::Text,
            None if as_text => Form::Text,
            Some(_) if !as_text => Form::OtherHtml,
            _ => Form::Html,
        }
    }
}

/// The address with the path that the API has where a resource has a host of its own.
fn with_path(url: &str) -> String {
    match Url::parse(url) {
        Ok(mut parsed)
            if parsed.path() == "/"
                && parsed
                    .host_str()
                    .is_some_and(|host| host.contains(".cognitiveservices.")) =>
        {
            parsed.set_path(PATH_OF_OWN_HOST);
            parsed.to_string()
        }
        _ => url.to_owned(),
    }
}

/// Whether the service gives an alignment for a pair, in its own codes.
fn has_alignment((source, target): (&str, &str)) -> bool {
    const OTHERS: [[&str; 2]; 3] = [["ja", "ko"], ["ja", "zh-Hans"], ["zh-Hans", "zh-Hant"]];
    let is_english = |code: &str| code == "en" || code.starts_with("en-");
    is_english(source)
        || is_english(target)
        || OTHERS.contains(&[source, target])
        || OTHERS.contains(&[target, source])
}

/// The text as it is sent.
fn written(form: Form, request: &Request) -> String {
    let text = form.write(&request.source);
    if form == Form::Text {
        text
    } else {
        [WRAPPER.0, &text, WRAPPER.1].concat()
    }
}

fn without_wrapper(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix(WRAPPER.0).unwrap_or(text);
    text.strip_suffix(WRAPPER.1).unwrap_or(text)
}

impl Backend for Azure {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    /// Every character counts, markup included, and those outside the Basic Multilingual Plane
    /// twice.
    fn measure(&self, request: &Request) -> Size {
        // For which pair is not known here: HTML, the longer form, unless it is surely text.
        let is_text = !self.is_html && request.problem.is_none() && self.all_aligned;
        let text = written(if is_text { Form::Text } else { Form::Html }, request);
        Size {
            characters: text.encode_utf16().count(),
            bytes: json_len(&text) + r#"{"Text":}"#.len(),
        }
    }

    fn fingerprint(&self) -> Option<String> {
        Some(fingerprint(&[
            ("category", self.category.as_deref()),
            ("markup", Some(if self.is_html { "html" } else { "text" })),
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
            let has_codes = have_codes(requests);
            let form_of = |request: &Request| self.form(codes, request, has_codes);
            for (form, group) in by_form(requests, form_of) {
                self.ask(codes, form, &group, replies).await?;
            }
            Ok(())
        })
    }
}

#[derive(Debug, Serialize)]
struct Element<'a> {
    #[serde(rename = "Text")]
    text: &'a str,
}

#[derive(Debug, Deserialize)]
struct Translated {
    translations: Vec<Translation>,
}

#[derive(Debug, Deserialize)]
struct Translation {
    text: String,
    alignment: Option<Proj>,
}

#[derive(Debug, Deserialize)]
struct Proj {
    proj: String,
}

#[derive(Debug, Deserialize)]
struct Languages {
    translation: BTreeMap<String, serde_json::Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    error: Explanation,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Explanation {
    /// A number; some gateways write it as a text.
    code: serde_json::Value,
    message: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_of_ones_own_has_another_path() {
        for (url, full) in [
            (
                "https://us.cognitiveservices.azure.com/",
                "https://us.cognitiveservices.azure.com/translator/text/v3.0",
            ),
            (
                "https://us.cognitiveservices.azure.com/translator/text/v3.0",
                "https://us.cognitiveservices.azure.com/translator/text/v3.0",
            ),
            ("http://localhost:5000", "http://localhost:5000"),
            ("nonsense", "nonsense"),
        ] {
            assert_eq!(with_path(url), full);
        }
    }

    #[test]
    fn alignments_are_for_english_and_a_few_others() {
        assert!(has_alignment(("en", "de")) && has_alignment(("fr", "en-GB")));
        assert!(has_alignment(("ko", "ja")) && has_alignment(("zh-Hant", "zh-Hans")));
        assert!(!has_alignment(("de", "fr")) && !has_alignment(("ja", "zh-Hant")));
    }
}
