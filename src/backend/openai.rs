//! Language models behind OpenAI's interface, which many servers speak: OpenAI, Ollama, vLLM,
//! llama.cpp (<https://platform.openai.com/docs/api-reference/chat>).

use reqwest::header::{AUTHORIZATION, HeaderValue};
use serde::{Deserialize, Serialize};

use super::language_model::{Ending, LanguageModel, Problem, Schema};
use super::service::{Answer, Client, Key, check_url, discreet, secret_header};
use super::{
    Backend, BackendError, BackendFuture, Limits, Options, Pair, ReplySink, Request, Size,
};

const NAME: &str = "openai";
const URL: &str = "https://api.openai.com/v1";
const KEYS: [&str; 1] = ["OPENAI_API_KEY"];

/// A server that speaks OpenAI's interface.
#[derive(Debug)]
pub struct OpenAi {
    client: Client,
    authorization: Option<HeaderValue>,
    model: LanguageModel,
    form: Form,
}

/// How a server is told the form of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    /// The standard, which is OpenAI's.
    Nested,
    /// That of older versions of llama.cpp.
    Flat,
    /// Not at all: the prompt says it.
    None,
}

const FORMS: [(&str, Form); 3] = [
    ("nested", Form::Nested),
    ("flat", Form::Flat),
    ("none", Form::None),
];

impl OpenAi {
    /// A model at the server `url`, else at the one of the settings, else at OpenAI's own.
    ///
    /// # Errors
    /// What the settings lack, [`BackendError::NoKey`] for a server on another machine.
    pub async fn open(url: Option<&str>, options: &Options) -> Result<Self, BackendError> {
        let options = LanguageModel::with_url(url, options);
        let model = LanguageModel::open(NAME, &options)?;
        let form = form(&options)?;
        let mut client = Client::new(NAME, URL, &options)?;
        let key = if client.is_here() {
            Key::find(NAME, &KEYS, &options).await?
        } else {
            Some(Key::require(NAME, &KEYS, &options).await?)
        };
        let mut authorization = None;
        if let Some(key) = &key {
            client = client.with_secret(key);
            authorization = Some(secret_header(NAME, "Bearer ", key)?);
        }
        Ok(Self {
            client,
            authorization,
            model,
            form,
        })
    }

    /// Whether it can be used with these settings. Runs no key command and asks no server.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub(super) fn check(options: &Options) -> Result<(), BackendError> {
        LanguageModel::check(NAME, options)?;
        form(options)?;
        if Client::new(NAME, URL, options)?.is_here() {
            return Ok(());
        }
        Key::check(NAME, &KEYS, options)
    }

    /// The same for a server whose address comes with the name.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub(super) fn check_with_url(options: &Options) -> Result<(), BackendError> {
        LanguageModel::check(NAME, options)?;
        form(options).map(|_| ())
    }

    /// Checks an address.
    ///
    /// # Errors
    /// [`BackendError::Address`] where it is none, or not a safe one.
    pub(super) fn check_url(url: &str) -> Result<(), BackendError> {
        check_url(NAME, url).map(|_| ())
    }

    async fn ask(
        &self,
        pair: &Pair,
        requests: &[Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let system = self.model.system(pair);
        let user = LanguageModel::message(requests);
        let body = Body {
            model: &self.model.model,
            messages: [
                Message {
                    role: "system",
                    content: &system,
                },
                Message {
                    role: "user",
                    content: &user,
                },
            ],
            max_completion_tokens: self.model.max_tokens,
            temperature: self.model.temperature,
            response_format: ResponseFormat::new(self.form, LanguageModel::schema(requests)),
        };
        let mut request = self.client.post("chat/completions").json(&body);
        if let Some(authorization) = &self.authorization {
            request = request.header(AUTHORIZATION, authorization.clone());
        }
        let answer = self.client.send(request).await?;
        if !answer.status.is_success() {
            return Err(self.error(&answer, requests));
        }
        if Problem::is_in(&answer.body) {
            let problem = Problem::read(&answer.body);
            let message = discreet(&problem.message, LanguageModel::sent(requests));
            return Err(self.client.malformed(&answer, message));
        }
        let ending = self.read(&answer, &system, &user)?;
        self.model.settle(&answer, requests, ending, replies)
    }

    fn read(&self, answer: &Answer, system: &str, user: &str) -> Result<Ending, BackendError> {
        let completion: Completion = self.client.json(answer)?;
        let malformed = |what: &str| Err(self.client.malformed(answer, what));
        let Some(choice) = completion.choices.into_iter().next() else {
            return malformed("the answer has no choices");
        };
        if choice.message.refusal.is_some_and(|text| !text.is_empty()) {
            return Ok(Ending::Refused);
        }
        match choice.finish_reason.as_deref() {
            Some("stop") => {}
            Some("length") => return Ok(Ending::CutOff),
            Some("content_filter") => return Ok(Ending::Refused),
            _ => return malformed("the answer did not come to its end"),
        }
        if let Some(count) = completion.usage.and_then(|usage| usage.prompt_tokens)
            && is_half_read(count, [system, user])
        {
            return Ok(Ending::HalfRead(format!(
                "the server read only {count} tokens of the request; \
                 the model needs a larger context (Ollama: num_ctx)"
            )));
        }
        match choice.message.content {
            Some(content) => Ok(Ending::Done(content)),
            None => malformed("the answer has no content"),
        }
    }

    fn error(&self, answer: &Answer, requests: &[Request]) -> BackendError {
        const QUOTA: [&str; 3] = [
            "insufficient_quota",
            "billing_hard_limit_reached",
            "billing_not_active",
        ];
        const SETTINGS: [&str; 5] = [
            "model",
            "temperature",
            "max_completion_tokens",
            "max_tokens",
            "response_format",
        ];
        const UNKNOWN: [&str; 3] = [
            "model_not_found",
            "unsupported_parameter",
            "unsupported_value",
        ];
        let problem = Problem::read(&answer.body);
        let message = discreet(&problem.message, LanguageModel::sent(requests));
        let status = answer.status;
        match status.as_u16() {
            429 if QUOTA.contains(&&*problem.code) || QUOTA.contains(&&*problem.kind) => {
                self.client.refused(answer, message)
            }
            400 | 413 | 422 | 429 | 500 if problem.is_length() => {
                self.client.too_large(answer, message)
            }
            // Another text would fare no better.
            400 | 422
                if SETTINGS.contains(&&*problem.parameter) || UNKNOWN.contains(&&*problem.code) =>
            {
                self.client.failed(Some(status), message)
            }
            _ => self.client.usual_error(answer, message),
        }
    }
}

impl Backend for OpenAi {
    fn name(&self) -> &'static str {
        NAME
    }

    fn limits(&self) -> Limits {
        self.model.limits()
    }

    fn measure(&self, request: &Request) -> Size {
        LanguageModel::measure(request)
    }

    fn fingerprint(&self) -> Option<String> {
        Some(self.model.fingerprint(&self.client))
    }

    fn glossary_key(&self, _pair: &Pair, request: &Request) -> Option<String> {
        LanguageModel::glossary_key(request)
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(self.ask(pair, requests, replies))
    }
}

fn form(options: &Options) -> Result<Form, BackendError> {
    let form = Options::choice(NAME, "schema", options.schema.as_deref(), &FORMS)?;
    Ok(form.unwrap_or(Form::Nested))
}

/// Whether a server that counted so many tokens can't have read all of the texts.
///
/// Ollama cuts a prompt that does not fit, without a word: to the size of its context, usually a
/// power of two, or to half of it and two tokens.
fn is_half_read(count: u64, texts: [&str; 2]) -> bool {
    if count == 0 {
        return false;
    }
    let is_full = count >= 1000
        && [
            count,
            count + 1,
            count.saturating_sub(1),
            count.saturating_sub(2),
        ]
        .into_iter()
        .any(u64::is_power_of_two);
    // A run of letters is a token at least, in whatever way a model divides text.
    let runs = texts
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphabetic()))
        .filter(|run| !run.is_empty())
        .count();
    is_full || usize::try_from(count).is_ok_and(|count| count < runs)
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    messages: [Message<'a>; 2],
    #[serde(skip_serializing_if = "Option::is_none")]
    max_completion_tokens: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    response_format: Option<ResponseFormat>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct ResponseFormat {
    r#type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    json_schema: Option<NamedSchema>,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Schema>,
}

#[derive(Serialize)]
struct NamedSchema {
    name: &'static str,
    strict: bool,
    schema: Schema,
}

impl ResponseFormat {
    fn new(form: Form, schema: Schema) -> Option<Self> {
        let (json_schema, schema) = match form {
            Form::Nested => {
                let named = NamedSchema {
                    name: "translations",
                    strict: true,
                    schema,
                };
                (Some(named), None)
            }
            Form::Flat => (None, Some(schema)),
            Form::None => return None,
        };
        Some(Self {
            r#type: "json_schema",
            json_schema,
            schema,
        })
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Choice {
    message: Written,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Written {
    content: Option<String>,
    refusal: Option<String>,
}

#[derive(Deserialize)]
struct Usage {
    prompt_tokens: Option<u64>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_that_read_less_than_was_sent_is_found_out() {
        let system = "word ".repeat(300);
        let user = "{\"text\": \"Wort.\"}".repeat(100);
        let texts = [system.as_str(), user.as_str()];
        for count in [600, 900, 1500, 5000] {
            assert!(!is_half_read(count, texts), "{count}");
        }
        for count in [50, 499, 1024, 2048, 2050, 4096, 4095, 8194, 32_770] {
            assert!(is_half_read(count, texts), "{count}");
        }
        assert!(!is_half_read(0, texts), "not counted");
    }
}
