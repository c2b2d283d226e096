//! Servers that keep to the vendors' contracts, and behind them a model that writes what a test
//! wants.
//!
//! Whatever breaks the contract gets the answer that the vendor gives, and is noted: a test that
//! does not expect it fails.

mod anthropic;
mod openai;
mod schema;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use polypost::backend::{Backend, BackendError, Options, OptionsByBackend, Pair, Spec, open};
use serde_json::{Map, Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// The key that the servers know. Nothing may show it.
pub(crate) const KEY: &str = "planted-key-7Qz";
/// The model that the servers have.
pub(crate) const MODEL: &str = "contract-1";
/// A model that takes no sampling parameters, as the vendors' newest.
pub(crate) const STERN_MODEL: &str = "contract-2";

/// Which contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Api {
    OpenAi,
    Anthropic,
}

pub(crate) const BOTH: [Api; 2] = [Api::OpenAi, Api::Anthropic];

/// What the model is asked.
#[derive(Debug, Clone, Default)]
pub(crate) struct Ask {
    pub(crate) system: String,
    /// The entries of our list; none where the user's message is something else.
    pub(crate) segments: Vec<Value>,
    /// The keys that the schema wants; none without a schema.
    pub(crate) keys: Option<Vec<String>>,
    pub(crate) most_tokens: Option<u64>,
}

/// What comes back.
#[derive(Debug, Clone)]
pub(crate) enum Written {
    /// The model was done.
    Content(String),
    /// So, but the server had counted so many tokens of the request.
    Counted(u64, String),
    /// The model ran out of tokens.
    CutOff(String),
    /// The model refused.
    Refused,
    /// A filter did (OpenAI).
    Filtered,
    /// Something else that ends an answer.
    Ended(&'static str),
    /// An error, as the vendor words it: status, type, code, message.
    Error(u16, &'static str, &'static str, &'static str),
    /// Anything.
    Raw(ResponseTemplate),
}

/// The breach of a contract: the vendor's answer.
#[derive(Debug)]
struct Breach {
    status: u16,
    kind: &'static str,
    code: Option<&'static str>,
    parameter: Option<&'static str>,
    message: String,
}

impl Breach {
    fn invalid(parameter: &'static str, message: impl Into<String>) -> Self {
        Self {
            status: 400,
            kind: "invalid_request_error",
            code: None,
            parameter: Some(parameter),
            message: message.into(),
        }
    }
}

type Model = Box<dyn Fn(&Ask, usize) -> Written + Send + Sync>;

#[derive(Default)]
struct Log {
    asks: Mutex<Vec<Ask>>,
    bodies: Mutex<Vec<Value>>,
    breaches: Mutex<Vec<String>>,
    calls: AtomicUsize,
}

struct Contract {
    api: Api,
    model: Model,
    log: Arc<Log>,
}

impl Respond for Contract {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let call = self.log.calls.fetch_add(1, Ordering::SeqCst);
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        let checked = match self.api {
            Api::OpenAi => openai::check(request, &body),
            Api::Anthropic => anthropic::check(request, &body),
        };
        let written = match checked {
            Ok(ask) => {
                let written = (self.model)(&ask, call);
                self.log.bodies.lock().expect("the log").push(body.clone());
                self.log.asks.lock().expect("the log").push(ask);
                written
            }
            Err(breach) => {
                let note = format!("{}: {}", breach.status, breach.message);
                self.log.breaches.lock().expect("the log").push(note);
                return match self.api {
                    Api::OpenAi => openai::error(&breach),
                    Api::Anthropic => anthropic::error(&breach),
                };
            }
        };
        match (self.api, written) {
            (_, Written::Raw(answer)) => answer,
            (api, Written::Error(status, kind, code, message)) => {
                let breach = Breach {
                    status,
                    kind,
                    code: (!code.is_empty()).then_some(code),
                    parameter: None,
                    message: message.to_owned(),
                };
                match api {
                    Api::OpenAi => openai::error(&breach),
                    Api::Anthropic => anthropic::error(&breach),
                }
            }
            (Api::OpenAi, written) => openai::answer(&body, &written),
            (Api::Anthropic, written) => anthropic::answer(&body, &written),
        }
    }
}

/// A running server.
pub(crate) struct Server {
    pub(crate) api: Api,
    http: MockServer,
    log: Arc<Log>,
}

impl Server {
    /// A server whose model does as `model` says; it gets the number of the call, from 0.
    pub(crate) async fn start(
        api: Api,
        model: impl Fn(&Ask, usize) -> Written + Send + Sync + 'static,
    ) -> Self {
        let server = MockServer::start().await;
        let log = Arc::new(Log::default());
        let contract = Contract {
            api,
            model: Box::new(model),
            log: Arc::clone(&log),
        };
        Mock::given(any())
            .respond_with(contract)
            .mount(&server)
            .await;
        Self {
            api,
            http: server,
            log,
        }
    }

    /// The address that goes into the settings.
    pub(crate) fn url(&self) -> String {
        match self.api {
            Api::OpenAi => format!("{}/v1", self.http.uri()),
            Api::Anthropic => self.http.uri(),
        }
    }

    pub(crate) fn calls(&self) -> usize {
        self.log.calls.load(Ordering::SeqCst)
    }

    /// What the model was asked, in order.
    pub(crate) fn asks(&self) -> Vec<Ask> {
        self.log.asks.lock().expect("the log").clone()
    }

    /// The bodies of those requests.
    pub(crate) fn bodies(&self) -> Vec<Value> {
        self.log.bodies.lock().expect("the log").clone()
    }

    /// What broke the contract.
    pub(crate) fn breaches(&self) -> Vec<String> {
        self.log.breaches.lock().expect("the log").clone()
    }

    /// Our backend for this server.
    pub(crate) async fn backend(&self) -> Box<dyn Backend> {
        let opened = self.open(|_| ()).await;
        opened.unwrap_or_else(|error| panic!("{error}"))
    }

    /// The same with other settings.
    pub(crate) async fn open(
        &self,
        change: impl FnOnce(&mut Options),
    ) -> Result<Box<dyn Backend>, BackendError> {
        let mut options = Options {
            url: Some(self.url()),
            model: Some(MODEL.to_owned()),
            key_command: Some(format!("echo {KEY}")),
            ..Options::default()
        };
        change(&mut options);
        open_with(self.api, options).await
    }
}

/// A backend with settings.
pub(crate) async fn open_with(
    api: Api,
    options: Options,
) -> Result<Box<dyn Backend>, BackendError> {
    let spec: Spec = api.name().parse().expect("a backend");
    let options = OptionsByBackend::from([(api.name().to_owned(), options)]);
    open(&spec, &[pair()], &options).await
}

impl Api {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::OpenAi => "openai",
            Self::Anthropic => "anthropic",
        }
    }
}

pub(crate) fn pair() -> Pair {
    Pair {
        source: "en".parse().expect("a tag"),
        target: "es".parse().expect("a tag"),
    }
}

/// What a model writes that makes something of each text.
pub(crate) fn each(ask: &Ask, make: impl Fn(&str) -> String) -> String {
    let entries: Map<String, Value> = ask
        .segments
        .iter()
        .map(|segment| {
            let text = segment["text"].as_str().expect("a text");
            (id_of(segment), json!(make(text)))
        })
        .collect();
    Value::Object(entries).to_string()
}

pub(crate) fn id_of(segment: &Value) -> String {
    segment["id"].as_str().expect("an id").to_owned()
}

/// The text in capitals, its tags and references as they are.
pub(crate) fn shout(text: &str) -> String {
    let mut is_code = false;
    text.chars()
        .flat_map(|c| {
            is_code = match c {
                '<' | '&' => true,
                '>' | ';' => false,
                _ => is_code,
            };
            let upper: Vec<char> = if is_code {
                vec![c]
            } else {
                c.to_uppercase().collect()
            };
            upper
        })
        .collect()
}

/// A model that translates everything.
pub(crate) fn good(ask: &Ask, _call: usize) -> Written {
    Written::Content(each(ask, shout))
}

/// The list of our segments in the user's message, if it is one.
fn segments(message: &str) -> Vec<Value> {
    let message: Value = serde_json::from_str(message).unwrap_or_default();
    message["segments"].as_array().cloned().unwrap_or_default()
}

/// The one header of a name.
fn header<'r>(request: &'r Request, name: &str) -> Option<&'r str> {
    request.headers.get(name)?.to_str().ok()
}

/// Checks that a body has only fields of the contract.
fn check_fields(body: &Value, known: &[&str]) -> Result<(), Breach> {
    let body = body.as_object().ok_or_else(|| {
        Breach::invalid("body", "We could not parse the JSON body of your request.")
    })?;
    match body.keys().find(|key| !known.contains(&key.as_str())) {
        Some(key) => Err(Breach::invalid(
            "body",
            format!("Unrecognized request argument supplied: {key}"),
        )),
        None => Ok(()),
    }
}
