//! Apertium as a service: an `APy` server (<https://wiki.apertium.org/wiki/Apertium-apy>).

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::RETRY_AFTER;
use reqwest::{Client, Response, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::{Host, Url};

use super::apertium::{find_mode, first_letter, has_capital_nouns, unsupported};
use super::{Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request};

mod text;

use text::{Prepared, split_text};

const NAME: &str = "apertium";

/// How often a request is sent before it counts as failed.
const TRIES: u32 = 3;

/// The wait before the second try; it doubles for the third.
const BACKOFF: Duration = Duration::from_millis(500);

/// The longest wait that a server's `Retry-After` is heeded for.
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Longest answer that is read, in bytes. A segment's translation has a few kilobytes.
const LONGEST_ANSWER: usize = 4 << 20;

/// An `APy` server.
///
/// Word-bound blanks, from which [`super::Apertium`] gets its word alignment, end the pipeline of
/// a server: only protected spans come back with links.
#[derive(Debug)]
pub struct Apy {
    client: Client,
    base: Url,
    modes: HashMap<Pair, String>,
}

impl Apy {
    /// The server at `url` for these pairs of languages.
    ///
    /// # Errors
    /// [`BackendError::Argument`] for a URL that [`Apy::check_url`] refuses,
    /// [`BackendError::Service`] where the server can't be reached or is no `APy` server,
    /// [`BackendError::UnsupportedPair`] for the first pair that it lacks.
    pub async fn open(url: &str, pairs: &[Pair]) -> Result<Self, BackendError> {
        let base = Self::check_url(url)?;
        let mut apy = Self {
            client: new_client(&base)?,
            base,
            modes: HashMap::new(),
        };
        let listed: Answer<Vec<ListedPair>> = apy.ask("listPairs", &[]).await?;
        let listed: Vec<_> = listed
            .response_data
            .into_iter()
            .map(|pair| (pair.source_language, pair.target_language))
            .collect();
        for pair in pairs {
            let (source, target) =
                find_mode(&listed, pair).ok_or_else(|| unsupported(NAME, pair, &listed))?;
            apy.modes.insert(pair.clone(), format!("{source}|{target}"));
        }
        Ok(apy)
    }

    /// The base address of a server: `https`, or `http` where the text of an article does not
    /// travel in clear: on this machine, or to a private, numeric address (RFC 1918, RFC 4193).
    ///
    /// # Errors
    /// [`BackendError::Argument`] for every other text, and where the URL has a user, a query or
    /// a fragment.
    pub fn check_url(url: &str) -> Result<Url, BackendError> {
        let refused = || BackendError::Argument {
            name: NAME.to_owned(),
            argument: url.to_owned(),
        };
        let parsed = Url::parse(url).map_err(|_| refused())?;
        let is_private = match parsed.host() {
            Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
            Some(Host::Ipv4(address)) => is_private(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => is_private(IpAddr::V6(address)),
            None => false,
        };
        let is_safe = parsed.scheme() == "https" || (parsed.scheme() == "http" && is_private);
        let is_bare = parsed.username().is_empty()
            && parsed.password().is_none()
            && parsed.query().is_none()
            && parsed.fragment().is_none();
        if is_safe && is_bare && parsed.has_host() {
            Ok(parsed)
        } else {
            Err(refused())
        }
    }

    async fn translate_one(
        &self,
        pair: &Pair,
        request: &Request,
    ) -> Result<Result<Reply, String>, BackendError> {
        let mode = self
            .modes
            .get(pair)
            .ok_or_else(|| BackendError::UnsupportedPair {
                backend: NAME.to_owned(),
                from: pair.source.to_string(),
                to: pair.target.to_string(),
                supported: self
                    .modes
                    .values()
                    .map(|mode| mode.replace('|', "-"))
                    .collect(),
            })?;
        let prepared = Prepared::new(&request.source);
        let mut translated = self.translate_text(mode, &prepared.sent).await?;
        if !prepared.begins_protected() {
            let capital_nouns = has_capital_nouns(pair.target.language());
            if let Some(letter) = first_letter(&prepared.sent, &translated, capital_nouns) {
                translated.replace_range(..letter.len(), &letter);
            }
        }
        let restored = prepared.restore(&translated);
        Ok(restored.map(|(text, alignment)| Reply::Plain { text, alignment }))
    }

    /// Translates a text, in pieces where it is longer than a server reads.
    async fn translate_text(&self, mode: &str, text: &str) -> Result<String, BackendError> {
        let mut translated = String::new();
        for (piece, blank) in split_text(text) {
            if !piece.is_empty() {
                let form = [
                    ("langpair", mode),
                    ("format", "txt"),
                    ("markUnknown", "no"),
                    ("q", piece),
                ];
                let answer: Answer<Translated> = self.ask("translate", &form).await?;
                translated.push_str(answer.response_data.translated_text.trim());
            }
            translated.push_str(blank);
        }
        Ok(translated)
    }

    /// Posts a form and reads the JSON that answers it, with up to [`TRIES`] tries.
    async fn ask<T: DeserializeOwned>(
        &self,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<T, BackendError> {
        let url = self.address(path);
        let mut wait = BACKOFF;
        let mut tries = 1;
        loop {
            let failed = match self.client.post(url.clone()).form(form).send().await {
                Ok(response) => match read_answer(&url, response).await {
                    Ok(answer) => return Ok(answer),
                    Err(failed) => failed,
                },
                Err(error) => Failed::transport(&url, error),
            };
            if !failed.again || tries == TRIES {
                return Err(failed.error);
            }
            tokio::time::sleep(failed.after.unwrap_or(wait).min(LONGEST_WAIT)).await;
            wait *= 2;
            tries += 1;
        }
    }

    fn address(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().push(path);
        }
        url
    }
}

impl Backend for Apy {
    fn name(&self) -> &'static str {
        NAME
    }

    /// A server takes one text a request, and cuts texts smaller when more than two are waiting.
    fn limits(&self) -> Limits {
        Limits {
            segments: 1,
            concurrency: 2,
            ..Limits::NONE
        }
    }

    fn asks_no_price(&self) -> bool {
        true
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            for request in requests {
                replies(request.id, self.translate_one(pair, request).await?);
            }
            Ok(())
        })
    }
}

fn is_private(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => address.is_loopback() || address.is_private(),
        IpAddr::V6(address) => address.is_loopback() || address.is_unique_local(),
    }
}

/// A client for one server: no redirects, which could lead anywhere; no proxy for plain HTTP.
fn new_client(base: &Url) -> Result<Client, BackendError> {
    static PROVIDER: Once = Once::new();
    // It fails where one is installed already, which serves as well.
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = Client::builder()
        .user_agent(concat!("polypost/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .timeout(Duration::from_mins(1))
        .redirect(reqwest::redirect::Policy::none());
    if base.scheme() == "http" {
        builder = builder.no_proxy();
    }
    builder
        .build()
        .map_err(|error| Failed::transport(base, error).error)
}

/// What `APy` wraps every answer in.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer<T> {
    response_data: T,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ListedPair {
    source_language: String,
    target_language: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Translated {
    translated_text: String,
}

/// How `APy` words an error.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Refusal {
    message: String,
    explanation: String,
}

/// A try that failed.
struct Failed {
    error: BackendError,
    /// Whether another try may help.
    again: bool,
    /// When the server wants to be asked again.
    after: Option<Duration>,
}

impl Failed {
    /// `what` must not hold text of the article.
    fn new(url: &Url, status: Option<StatusCode>, what: &str) -> Self {
        Self {
            error: BackendError::Service {
                backend: NAME.to_owned(),
                status: status.map(|status| status.as_u16()),
                detail: format!("{url}: {what}"),
            },
            again: false,
            after: None,
        }
    }

    fn transport(url: &Url, error: reqwest::Error) -> Self {
        let status = error.status();
        let again = !error.is_builder();
        // The message of reqwest names only the step; what went wrong is in its sources.
        let error = error.without_url();
        let mut what = error.to_string();
        let mut source = std::error::Error::source(&error);
        while let Some(cause) = source {
            what = format!("{what}: {cause}");
            source = cause.source();
        }
        Self {
            again,
            ..Self::new(url, status, &what)
        }
    }
}

async fn read_answer<T: DeserializeOwned>(url: &Url, response: Response) -> Result<T, Failed> {
    let status = response.status();
    let after = response
        .headers()
        .get(RETRY_AFTER)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.trim().parse().ok())
        .map(Duration::from_secs);
    let body = read_body(url, response).await?;
    if status.is_success() {
        return serde_json::from_slice(&body).map_err(|error| {
            Failed::new(
                url,
                Some(status),
                &format!("not an answer of an APy server: {error}"),
            )
        });
    }
    let refusal: Refusal = serde_json::from_slice(&body).unwrap_or_default();
    let words = [
        refusal.explanation.as_str(),
        refusal.message.as_str(),
        status.canonical_reason().unwrap_or("error"),
    ];
    let what = words
        .into_iter()
        .find(|words| !words.is_empty())
        .unwrap_or_default();
    Err(Failed {
        again: status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error(),
        after,
        ..Failed::new(url, Some(status), what)
    })
}

async fn read_body(url: &Url, mut response: Response) -> Result<Vec<u8>, Failed> {
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| Failed::transport(url, error))?
    {
        if body.len() + chunk.len() > LONGEST_ANSWER {
            return Err(Failed::new(url, Some(status), "the answer is too long"));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_does_not_travel_in_clear_beyond_a_private_network() {
        for url in [
            "http://localhost:2737",
            "http://127.0.0.1:2737/",
            "http://[::1]:2737",
            "http://192.168.1.5/apy",
            "http://[fd00::1]/",
            "https://apy.example/x/",
        ] {
            assert!(Apy::check_url(url).is_ok(), "{url}");
        }
        for url in [
            "http://apy.example",
            "http://8.8.8.8",
            "http://169.254.169.254/",
            "ftp://localhost",
            "localhost:2737",
            "https://user:key@apy.example",
            "https://apy.example/?key=1",
            "",
        ] {
            assert!(Apy::check_url(url).is_err(), "{url}");
        }
    }

    #[tokio::test]
    async fn https_is_spoken_to_an_https_address() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let hello = tokio::spawn(async move {
            use tokio::io::{AsyncReadExt, AsyncWriteExt};
            let mut first = [0; 1];
            let (mut stream, _) = listener.accept().await.expect("a connection");
            stream.read_exact(&mut first).await.expect("a byte");
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await;
            first[0]
        });
        let url = Url::parse(&format!("https://127.0.0.1:{port}/")).expect("a URL");
        let result = new_client(&url).expect("a client").get(url).send().await;
        assert!(result.is_err());
        // 22 is the content type of a TLS handshake record (RFC 8446, 5.1).
        assert_eq!(hello.await.expect("the server"), 22);
    }
}
