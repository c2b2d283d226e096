//! Servers written from the contracts of the services.

mod azure;
mod deepl;
mod deepl_glossaries;
mod google;
mod language;
mod libretranslate;
mod server;

use std::collections::BTreeMap;
use std::time::Duration;

use polypost::backend::{Backend, BackendError, Options, OptionsByBackend, Pair, Spec, open};

pub(crate) use server::{Answer, Request, Server};

/// The key that every server wants.
pub(crate) const KEY: &str = "planted-7f3a-key";

/// A service, in one of its editions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Vendor {
    Deepl,
    GoogleBasic,
    GoogleAdvanced,
    Azure,
    LibreTranslate,
}

pub(crate) const VENDORS: [Vendor; 5] = [
    Vendor::Deepl,
    Vendor::GoogleBasic,
    Vendor::GoogleAdvanced,
    Vendor::Azure,
    Vendor::LibreTranslate,
];

impl Vendor {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Deepl => "deepl",
            Self::GoogleBasic | Self::GoogleAdvanced => "google",
            Self::Azure => "azure",
            Self::LibreTranslate => "libretranslate",
        }
    }

    /// The variable that the key is usually in.
    pub(crate) fn variable(self) -> &'static str {
        match self {
            Self::Deepl => "DEEPL_AUTH_KEY",
            Self::GoogleBasic => "GOOGLE_API_KEY",
            Self::GoogleAdvanced => "GOOGLE_ACCESS_TOKEN",
            Self::Azure => "AZURE_TRANSLATOR_KEY",
            Self::LibreTranslate => "LIBRETRANSLATE_API_KEY",
        }
    }

    pub(crate) fn start(self) -> Server {
        // What one server keeps, no other knows.
        let glossaries = deepl_glossaries::Glossaries::default();
        Server::start(move |request| match self {
            Self::Deepl => deepl::answer(request, &glossaries),
            other => other.answer(request),
        })
    }

    /// What the service answers.
    pub(crate) fn answer(self, request: &Request) -> Answer {
        match self {
            Self::Deepl => deepl::answer(request, &deepl_glossaries::Glossaries::default()),
            Self::GoogleBasic | Self::GoogleAdvanced => google::answer(request),
            Self::Azure => azure::answer(request),
            Self::LibreTranslate => libretranslate::answer(request),
        }
    }

    /// Settings for a server, with the right key.
    pub(crate) fn options(self, url: &str) -> Options {
        Options {
            url: Some(url.to_owned()),
            key_command: Some(format!("echo {KEY}")),
            project: (self == Self::GoogleAdvanced).then(|| "site-1".to_owned()),
            region: (self == Self::Azure).then(|| "westeurope".to_owned()),
            ..Options::default()
        }
    }

    /// The backend for English and German, and Spanish.
    pub(crate) async fn open(self, server: &Server) -> Box<dyn Backend> {
        let opened = self.open_with(&self.options(&server.url)).await;
        opened.unwrap_or_else(|error| panic!("{self:?}: {error}"))
    }

    pub(crate) async fn open_with(
        self,
        options: &Options,
    ) -> Result<Box<dyn Backend>, BackendError> {
        self.open_for(
            &[pair("en", "de"), pair("en", "es"), pair("de", "fr")],
            options,
        )
        .await
    }

    pub(crate) async fn open_for(
        self,
        pairs: &[Pair],
        options: &Options,
    ) -> Result<Box<dyn Backend>, BackendError> {
        let spec: Spec = self.name().parse()?;
        let options: OptionsByBackend = BTreeMap::from([(self.name().to_owned(), options.clone())]);
        open(&spec, pairs, &options).await
    }

    /// What the service answers when a person makes too many requests.
    pub(crate) fn too_many(self) -> Answer {
        let body = match self {
            Self::Deepl => r#"{"message":"Too many requests"}"#,
            Self::GoogleBasic | Self::GoogleAdvanced => {
                r#"{"error":{"code":429,"message":"Quota exceeded for quota metric","status":"RESOURCE_EXHAUSTED"}}"#
            }
            Self::Azure => {
                r#"{"error":{"code":429001,"message":"The server rejected the request because the client has exceeded request limits."}}"#
            }
            Self::LibreTranslate => r#"{"error":"Slowdown: 30 per 1 minute"}"#,
        };
        Answer::text(429, "application/json", body)
    }
}

pub(crate) fn pair(source: &str, target: &str) -> Pair {
    Pair {
        source: source.parse().expect("a tag"),
        target: target.parse().expect("a tag"),
    }
}

/// Long enough for every honest answer, short enough for a test.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);
