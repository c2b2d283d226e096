//! What all language models have in common: the prompt, the form of the answer, what counts in it.

mod answer;
mod language;
mod problem;
mod prompt;
mod segment;

use super::service::{Answer, Client};
use super::{BackendError, Limits, Options, Pair, Reply, ReplySink, Request, Size};

pub(super) use problem::Problem;
pub(super) use prompt::Schema;

use prompt::Prompt;

/// Seconds that a request may take where the settings don't say: a model on this machine is slow.
pub(super) const USUAL_TIMEOUT: u64 = 300;

/// Most texts in a request where the settings don't say. Models lose count in long lists.
const USUAL_TEXTS: usize = 25;
/// Most characters in a request where the settings don't say: with the instructions, and as much
/// again for the answer, that fits into the 4,096 tokens that a local model has at least.
const USUAL_CHARACTERS: usize = 4000;
/// Most requests at the same time where the settings don't say.
const USUAL_CONCURRENCY: usize = 4;

/// A language model at a service, and how it is asked.
#[derive(Debug)]
pub(super) struct LanguageModel {
    backend: &'static str,
    pub(super) model: String,
    pub(super) max_tokens: Option<u32>,
    pub(super) temperature: Option<f64>,
    limits: Limits,
    prompt: Prompt,
}

/// How an answer ended.
#[derive(Debug)]
pub(super) enum Ending {
    /// The model was done; what it wrote.
    Done(String),
    /// There was no room for more.
    CutOff,
    /// The model, or a filter, does not want to.
    Refused,
    /// The service had read only a part of the request; why that is thought.
    HalfRead(String),
}

impl LanguageModel {
    /// Reads the settings and the style guide.
    ///
    /// # Errors
    /// [`BackendError::MissingOption`] without a model, [`BackendError::Option`] for values that
    /// can't be, [`BackendError::File`] for the style guide.
    pub(super) fn open(backend: &'static str, options: &Options) -> Result<Self, BackendError> {
        let model = Self::check(backend, options)?;
        let usual = |value: Option<usize>, usual: usize| value.unwrap_or(usual).max(1);
        let characters = usual(options.characters, USUAL_CHARACTERS);
        Ok(Self {
            backend,
            model: model.to_owned(),
            max_tokens: options.max_tokens,
            temperature: options.temperature,
            limits: Limits {
                segments: usual(options.texts, USUAL_TEXTS),
                characters,
                bytes: characters.saturating_mul(4),
                concurrency: usual(options.concurrency, USUAL_CONCURRENCY),
                per_minute: options.requests_per_minute,
            },
            prompt: Prompt::open(backend, options)?,
        })
    }

    /// Checks settings without reading files; gives the model.
    ///
    /// # Errors
    /// [`BackendError::MissingOption`] and [`BackendError::Option`].
    pub(super) fn check<'o>(
        backend: &'static str,
        options: &'o Options,
    ) -> Result<&'o str, BackendError> {
        let wrong = |key, value: String| {
            Err(BackendError::Option {
                backend: backend.to_owned(),
                key,
                value,
                valid: Vec::new(),
            })
        };
        if let Some(value) = options
            .temperature
            .filter(|value| !(0.0..=2.0).contains(value))
        {
            return wrong("temperature", value.to_string());
        }
        if options.max_tokens == Some(0) {
            return wrong("max-tokens", "0".to_owned());
        }
        match options.model.as_deref().map(str::trim) {
            Some(model) if !model.is_empty() => Ok(model),
            _ => Err(BackendError::MissingOption {
                backend: backend.to_owned(),
                key: "model",
            }),
        }
    }

    /// The settings with the address that takes the place of the configured one, and with a
    /// time-out that suits a language model.
    pub(super) fn with_url(url: Option<&str>, options: &Options) -> Options {
        let mut options = options.clone();
        options.timeout.get_or_insert(USUAL_TIMEOUT);
        if let Some(url) = url {
            options.url = Some(url.to_owned());
        }
        options
    }

    pub(super) fn limits(&self) -> Limits {
        self.limits
    }

    /// The characters are those of the text; the bytes are what it adds to a request at least.
    pub(super) fn measure(request: &Request) -> Size {
        let text = request.source.text();
        Size {
            characters: text.chars().count(),
            bytes: text.len() + 6 * request.source.marks().len(),
        }
    }

    /// What translations depend on.
    pub(super) fn fingerprint(&self, client: &Client) -> String {
        let mut fingerprint = format!(
            "{} {} {} {}",
            self.backend,
            client.base(),
            self.model,
            self.prompt.fingerprint()
        );
        if let Some(temperature) = self.temperature {
            fingerprint.push_str(&format!(" temperature {temperature}"));
        }
        fingerprint
    }

    /// What the answer to a request depends on beyond that: its terms.
    pub(super) fn glossary_key(request: &Request) -> Option<String> {
        segment::terms_key(request)
    }

    /// The instructions.
    pub(super) fn system(&self, pair: &Pair) -> String {
        self.prompt.system(pair)
    }

    /// The texts, as one JSON object.
    pub(super) fn message(requests: &[Request]) -> String {
        prompt::message(requests)
    }

    /// The texts of the article that go into a request, for what an error must not repeat.
    pub(super) fn sent(requests: &[Request]) -> impl Iterator<Item = &str> {
        requests.iter().flat_map(|request| {
            let around = [&request.context, &request.before, &request.after];
            std::iter::once(request.source.text()).chain(around.map(String::as_str))
        })
    }

    /// The form of the answer.
    pub(super) fn schema(requests: &[Request]) -> Schema {
        Schema(requests.len())
    }

    /// Gives out what an answer holds.
    ///
    /// # Errors
    /// Where an answer to several texts has nothing that counts, what helps is to ask for less at
    /// once. With one text only, that text has failed, and `replies` is told why. The model's own
    /// words may repeat the text, so they are not passed on.
    pub(super) fn settle(
        &self,
        answer: &Answer,
        requests: &[Request],
        ending: Ending,
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let backend = self.backend.to_owned();
        let (error, reason) = match ending {
            Ending::Done(content) => {
                let entries = answer::read(&content, requests);
                for (request, entry) in requests.iter().zip(entries) {
                    replies(request.id, entry.map(Reply::Tagged));
                }
                return Ok(());
            }
            Ending::CutOff => {
                let reason = "the answer was cut off before its end".to_owned();
                let detail = reason.clone();
                (BackendError::TooLarge { backend, detail }, reason)
            }
            Ending::HalfRead(reason) => {
                let detail = reason.clone();
                (BackendError::TooLarge { backend, detail }, reason)
            }
            Ending::Refused => {
                let reason = "the model refused to translate this".to_owned();
                let error = BackendError::Rejected {
                    backend,
                    status: answer.status.as_u16(),
                    detail: reason.clone(),
                };
                (error, reason)
            }
        };
        match requests {
            [only] => {
                replies(only.id, Err(reason));
                Ok(())
            }
            _ => Err(error),
        }
    }
}
