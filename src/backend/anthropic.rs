//! Anthropic's language models (<https://docs.anthropic.com/en/api/messages>).

use reqwest::header::HeaderValue;
use serde::{Deserialize, Serialize};

use super::language_model::{Ending, LanguageModel, Problem, Schema};
use super::service::{Answer, Client, Key, discreet, secret_header};
use super::{
    Backend, BackendError, BackendFuture, Limits, Options, Pair, ReplySink, Request, Size,
};

const NAME: &str = "anthropic";
const URL: &str = "https://api.anthropic.com";
const VERSION: &str = "2023-06-01";
const KEYS: [&str; 1] = ["ANTHROPIC_API_KEY"];

/// Most tokens of an answer where neither the settings nor the texts ask for fewer. Every model
/// that keeps to a schema can write more.
const MOST_TOKENS: usize = 16_000;

/// A model of Anthropic's.
#[derive(Debug)]
pub struct Anthropic {
    client: Client,
    key: Option<HeaderValue>,
    model: LanguageModel,
    has_schema: bool,
}

const FORMS: [(&str, bool); 2] = [("nested", true), ("none", false)];

impl Anthropic {
    /// A model at the address of the settings, else at Anthropic's own.
    ///
    /// # Errors
    /// What the settings lack, [`BackendError::NoKey`] for a server on another machine.
    pub async fn open(options: &Options) -> Result<Self, BackendError> {
        let options = LanguageModel::with_url(None, options);
        let model = LanguageModel::open(NAME, &options)?;
        let has_schema = has_schema(&options)?;
        let mut client = Client::new(NAME, URL, &options)?;
        let key = if client.is_here() {
            Key::find(NAME, &KEYS, &options).await?
        } else {
            Some(Key::require(NAME, &KEYS, &options).await?)
        };
        let mut header = None;
        if let Some(key) = &key {
            client = client.with_secret(key);
            header = Some(secret_header(NAME, "", key)?);
        }
        Ok(Self {
            client,
            key: header,
            model,
            has_schema,
        })
    }

    /// Whether it can be used with these settings. Runs no key command and asks no server.
    ///
    /// # Errors
    /// What is missing or wrong.
    pub(super) fn check(options: &Options) -> Result<(), BackendError> {
        LanguageModel::check(NAME, options)?;
        has_schema(options)?;
        if Client::new(NAME, URL, options)?.is_here() {
            return Ok(());
        }
        Key::check(NAME, &KEYS, options)
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
            max_tokens: self.model.max_tokens.unwrap_or_else(|| room_for(requests)),
            system: &system,
            messages: [Message {
                role: "user",
                content: &user,
            }],
            temperature: self.model.temperature,
            output_config: self.has_schema.then(|| OutputConfig {
                format: Format {
                    r#type: "json_schema",
                    schema: LanguageModel::schema(requests),
                },
            }),
        };
        let mut request = self
            .client
            .post("v1/messages")
            .header("anthropic-version", VERSION)
            .json(&body);
        if let Some(key) = &self.key {
            request = request.header("x-api-key", key.clone());
        }
        let answer = self.client.send(request).await?;
        if !answer.status.is_success() {
            return Err(self.error(&answer, requests));
        }
        let ending = self.read(&answer)?;
        self.model.settle(&answer, requests, ending, replies)
    }

    fn read(&self, answer: &Answer) -> Result<Ending, BackendError> {
        let message: Written = self.client.json(answer)?;
        match message.stop_reason.as_deref() {
            Some("end_turn") => {}
            Some("max_tokens" | "model_context_window_exceeded") => return Ok(Ending::CutOff),
            Some("refusal") => return Ok(Ending::Refused),
            _ => {
                let what = "the answer did not come to its end";
                return Err(self.client.malformed(answer, what));
            }
        }
        let text = message.content.into_iter().filter_map(|block| {
            let is_text = block.r#type == "text";
            block.text.filter(|_| is_text)
        });
        Ok(Ending::Done(text.collect()))
    }

    fn error(&self, answer: &Answer, requests: &[Request]) -> BackendError {
        // They begin with the name of what is wrong.
        const SETTINGS: [&str; 6] = [
            "model",
            "temperature",
            "max_tokens",
            "output_config",
            "output_format",
            "structured output",
        ];
        const MONEY: [&str; 2] = ["credit balance", "usage limit"];
        let problem = Problem::read(&answer.body);
        let message = discreet(&problem.message, LanguageModel::sent(requests));
        match answer.status.as_u16() {
            400 if problem.says(&MONEY) => self.client.refused(answer, message),
            400 if problem.is_length() => self.client.too_large(answer, message),
            // Another text would fare no better.
            400 if problem.says(&SETTINGS) => self.client.failed(Some(answer.status), message),
            _ => self.client.usual_error(answer, message),
        }
    }
}

impl Backend for Anthropic {
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

fn has_schema(options: &Options) -> Result<bool, BackendError> {
    let has = Options::choice(NAME, "schema", options.schema.as_deref(), &FORMS)?;
    Ok(has.unwrap_or(true))
}

/// Room for the answer to some texts, in tokens: more than any language needs. Only what is
/// written is paid for.
fn room_for(requests: &[Request]) -> u32 {
    let bytes: usize = requests
        .iter()
        .map(|request| LanguageModel::measure(request).bytes + 16)
        .sum();
    let tokens = bytes
        .saturating_mul(3)
        .saturating_add(1024)
        .min(MOST_TOKENS);
    u32::try_from(tokens).unwrap_or(u32::MAX)
}

#[derive(Serialize)]
struct Body<'a> {
    model: &'a str,
    max_tokens: u32,
    system: &'a str,
    messages: [Message<'a>; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    temperature: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    output_config: Option<OutputConfig>,
}

#[derive(Serialize)]
struct Message<'a> {
    role: &'static str,
    content: &'a str,
}

#[derive(Serialize)]
struct OutputConfig {
    format: Format,
}

#[derive(Serialize)]
struct Format {
    r#type: &'static str,
    schema: Schema,
}

#[derive(Deserialize)]
struct Written {
    content: Vec<Block>,
    stop_reason: Option<String>,
}

#[derive(Deserialize)]
struct Block {
    r#type: String,
    text: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Fragment;

    #[test]
    fn there_is_room_for_any_answer_and_an_end() {
        let requests = |count, length| {
            let request = Request {
                source: Fragment::plain("x".repeat(length)),
                ..Request::default()
            };
            vec![request; count]
        };
        assert_eq!(room_for(&requests(1, 10)), 1024 + 3 * 26);
        assert_eq!(room_for(&requests(25, 2000)), 16_000);
    }
}
