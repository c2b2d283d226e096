//! Brings files here, and goes on where it was cut off.

use std::fs::{File, OpenOptions};
use std::io::Write as _;
use std::path::Path;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::{CONTENT_RANGE, RANGE};
use reqwest::redirect::Policy;
use reqwest::{Client, Response, StatusCode};
use url::Url;

use super::super::Apy;
use super::ModelError;

/// Longest index that is read, in bytes. Mozilla's records have about one million.
const INDEX_MAX: usize = 64 << 20;
/// Longest file that is fetched, in bytes. Models have up to a hundred million.
pub(super) const FILE_MAX: u64 = 2 << 30;
/// How often in a row a file may be cut off without another byte.
const TRIES: u32 = 4;
const BACKOFF: Duration = Duration::from_millis(300);
const REDIRECTS_MAX: usize = 5;

/// How far a file has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetched {
    /// Bytes that are here.
    pub bytes: u64,
    /// Bytes in all, if the server tells.
    pub of: Option<u64>,
}

fn client(url: &Url) -> Result<Client, ModelError> {
    static PROVIDER: Once = Once::new();
    // It fails where one is installed already, which serves as well.
    PROVIDER.call_once(|| {
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
    let mut builder = Client::builder()
        .user_agent(concat!("polypost/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(Duration::from_secs(10))
        .read_timeout(Duration::from_secs(30))
        .redirect(Policy::custom(|attempt| {
            let url = attempt.url();
            if attempt.previous().len() > REDIRECTS_MAX {
                attempt.error("there are too many redirects")
            } else if url.scheme() == "https" || Apy::check_url(url.as_str()).is_ok() {
                attempt.follow()
            } else {
                attempt.error("it redirects to an address without encryption")
            }
        }));
    if url.scheme() == "http" {
        builder = builder.no_proxy();
    }
    builder.build().map_err(|error| unreachable(url, error))
}

fn unreachable(url: &Url, error: reqwest::Error) -> ModelError {
    let status = error.status().map(|status| status.as_u16());
    // The message of reqwest names only the step; what went wrong is in its sources.
    let error = error.without_url();
    let mut detail = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        detail = format!("{detail}: {cause}");
        source = cause.source();
    }
    failed(url, status, detail)
}

fn failed(url: &Url, status: Option<u16>, detail: impl Into<String>) -> ModelError {
    ModelError::Source {
        address: url.to_string(),
        status,
        detail: detail.into(),
    }
}

fn refused(url: &Url, status: StatusCode) -> ModelError {
    let reason = status.canonical_reason().unwrap_or("error");
    failed(url, Some(status.as_u16()), reason)
}

/// A text, such as an index.
pub(super) async fn text(url: &Url) -> Result<String, ModelError> {
    let response = client(url)?.get(url.clone()).send().await;
    let mut response = response.map_err(|error| unreachable(url, error))?;
    if !response.status().is_success() {
        return Err(refused(url, response.status()));
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| unreachable(url, error))?
    {
        if bytes.len() + chunk.len() > INDEX_MAX {
            return Err(failed(url, None, "the answer is too long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    String::from_utf8(bytes).map_err(|_| failed(url, None, "the answer is not UTF-8"))
}

/// Downloads a file to `part`, from where an earlier download ended.
///
/// # Errors
/// [`ModelError::Source`] where it is refused, or cut off again and again; what has come stays.
pub(super) async fn download(
    url: &Url,
    part: &Path,
    on_bytes: &(dyn Fn(Fetched) + Send + Sync),
) -> Result<(), ModelError> {
    let client = client(url)?;
    let mut tries = 0;
    let mut wait = BACKOFF;
    loop {
        let have = std::fs::metadata(part).map_or(0, |file| file.len());
        let ended = attempt(&client, url, part, have, on_bytes).await;
        let Err((error, may_help)) = ended else {
            return Ok(());
        };
        let got_on = std::fs::metadata(part).map_or(0, |file| file.len()) > have;
        if got_on {
            (tries, wait) = (0, BACKOFF);
        }
        tries += 1;
        if !may_help || tries == TRIES {
            return Err(error);
        }
        tokio::time::sleep(wait).await;
        wait *= 2;
    }
}

/// One request; an error goes with whether another may help.
async fn attempt(
    client: &Client,
    url: &Url,
    part: &Path,
    have: u64,
    on_bytes: &(dyn Fn(Fetched) + Send + Sync),
) -> Result<(), (ModelError, bool)> {
    let mut request = client.get(url.clone());
    if have > 0 {
        request = request.header(RANGE, format!("bytes={have}-"));
    }
    let mut response = request
        .send()
        .await
        .map_err(|error| (unreachable(url, error), true))?;
    let io = |error: std::io::Error| (ModelError::io(part, &error), false);
    let status = response.status();
    let (mut file, mut bytes) = match status {
        StatusCode::PARTIAL_CONTENT if range_start(&response) == Some(have) => (
            OpenOptions::new().append(true).open(part).map_err(io)?,
            have,
        ),
        StatusCode::OK => (File::create(part).map_err(io)?, 0),
        // There is no more, or what is here is of another file: its hash will tell.
        StatusCode::RANGE_NOT_SATISFIABLE if have > 0 => return Ok(()),
        status => {
            let may_help = status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS;
            return Err((refused(url, status), may_help));
        }
    };
    let of = response.content_length().map(|rest| bytes + rest);
    on_bytes(Fetched { bytes, of });
    while let Some(chunk) = response
        .chunk()
        .await
        .map_err(|error| (unreachable(url, error), true))?
    {
        bytes += chunk.len() as u64;
        if bytes > FILE_MAX {
            return Err((failed(url, None, "the file is too long"), false));
        }
        file.write_all(&chunk).map_err(io)?;
        on_bytes(Fetched { bytes, of });
    }
    file.sync_all().map_err(io)
}

/// Where the part of a file begins that a server sends.
fn range_start(response: &Response) -> Option<u64> {
    let range = response.headers().get(CONTENT_RANGE)?.to_str().ok()?;
    range
        .strip_prefix("bytes ")?
        .split('-')
        .next()?
        .parse()
        .ok()
}
