//! HTTP to one service.
//!
//! The key goes to the host that it is for: redirects are not followed, and nothing but TLS is
//! spoken to another machine. What an answer says of the key or the text does not get into errors.

use std::error::Error as _;
use std::sync::Once;
use std::time::Duration;

use reqwest::header::{HeaderMap, HeaderValue, RETRY_AFTER};
use reqwest::{RequestBuilder, StatusCode};
use serde::de::DeserializeOwned;
use url::{Host, Url};

use super::super::BackendError;
use super::{Key, Options};

/// Longest answer that is read, in bytes. The largest batch is far below.
const LONGEST_ANSWER: usize = 16 << 20;
/// Longest explanation of a service that is repeated to the user, in characters.
const LONGEST_DETAIL: usize = 300;
/// Seconds that a request may take where the settings don't say.
const USUAL_TIMEOUT: u64 = 60;

/// A client for one service.
#[derive(Debug)]
pub(in crate::backend) struct Client {
    backend: &'static str,
    http: reqwest::Client,
    base: Url,
    /// What must not show in an error.
    secrets: Vec<Key>,
}

/// What a service answered, whatever the status.
#[derive(Debug)]
pub(in crate::backend) struct Answer {
    pub(in crate::backend) status: StatusCode,
    headers: HeaderMap,
    pub(in crate::backend) body: Vec<u8>,
}

impl Client {
    /// A client for the address in `options`, else for `usual_url`.
    ///
    /// # Errors
    /// [`BackendError::Address`] for what is no address of a service, or not a safe one.
    pub(in crate::backend) fn new(
        backend: &'static str,
        usual_url: &str,
        options: &Options,
    ) -> Result<Self, BackendError> {
        static PROVIDER: Once = Once::new();
        // It fails where one is installed already, which serves as well.
        PROVIDER.call_once(|| {
            let _ = rustls::crypto::ring::default_provider().install_default();
        });
        let base = check_url(backend, options.url.as_deref().unwrap_or(usual_url))?;
        let timeout = Duration::from_secs(options.timeout.unwrap_or(USUAL_TIMEOUT));
        let mut builder = reqwest::Client::builder()
            .user_agent(concat!("polypost/", env!("CARGO_PKG_VERSION")))
            .connect_timeout(Duration::from_secs(10).min(timeout))
            .timeout(timeout)
            .redirect(reqwest::redirect::Policy::none());
        if base.scheme() == "http" {
            builder = builder.no_proxy();
        }
        let http = builder.build().map_err(|error| BackendError::Service {
            backend: backend.to_owned(),
            status: None,
            detail: causes(error),
        })?;
        Ok(Self {
            backend,
            http,
            base,
            secrets: Vec::new(),
        })
    }

    /// Names a key that must not show in an error.
    pub(in crate::backend) fn with_secret(mut self, key: &Key) -> Self {
        self.secrets.push(key.clone());
        self
    }

    /// The address of the service.
    pub(in crate::backend) fn base(&self) -> &Url {
        &self.base
    }

    /// Whether the service runs on this machine, where it may want no key.
    pub(in crate::backend) fn is_here(&self) -> bool {
        is_here(&self.base)
    }

    /// A POST request to `path` below the address of the service.
    pub(in crate::backend) fn post(&self, path: &str) -> RequestBuilder {
        self.http.post(self.address(path))
    }

    /// A GET request to `path` below the address of the service.
    pub(in crate::backend) fn get(&self, path: &str) -> RequestBuilder {
        self.http.get(self.address(path))
    }

    fn address(&self, path: &str) -> Url {
        let mut url = self.base.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(path.split('/'));
        }
        url
    }

    /// Sends a request and reads the whole answer, whatever its status.
    ///
    /// # Errors
    /// [`BackendError::Busy`] where there is none: another try may help.
    /// [`BackendError::Service`] for a redirect, and for an answer that is too long.
    pub(in crate::backend) async fn send(
        &self,
        request: RequestBuilder,
    ) -> Result<Answer, BackendError> {
        let lost = |error: reqwest::Error| self.busy(None, &causes(error), None);
        let mut response = request.send().await.map_err(lost)?;
        let status = response.status();
        if status.is_redirection() {
            return Err(self.failed(Some(status), "it redirects to another address"));
        }
        let headers = std::mem::take(response.headers_mut());
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(lost)? {
            if body.len() + chunk.len() > LONGEST_ANSWER {
                return Err(self.failed(Some(status), "the answer is too long"));
            }
            body.extend_from_slice(&chunk);
        }
        Ok(Answer {
            status,
            headers,
            body,
        })
    }

    /// Reads the JSON of an answer.
    ///
    /// # Errors
    /// [`BackendError::Busy`] where it is something else, as the error pages of proxies are.
    pub(in crate::backend) fn json<T: DeserializeOwned>(
        &self,
        answer: &Answer,
    ) -> Result<T, BackendError> {
        serde_json::from_slice(&answer.body).map_err(|error| {
            // Its text would repeat a part of the answer.
            let place = format!("line {}, column {}", error.line(), error.column());
            self.malformed(answer, &format!("not the JSON that was expected ({place})"))
        })
    }

    /// An answer that the contract does not allow; another one may be better.
    pub(in crate::backend) fn malformed(&self, answer: &Answer, detail: &str) -> BackendError {
        self.busy(Some(answer.status), detail, None)
    }

    /// What an answer with an error status usually means; `detail` is the service's own
    /// explanation.
    pub(in crate::backend) fn usual_error(&self, answer: &Answer, detail: &str) -> BackendError {
        let status = answer.status;
        let backend = self.backend.to_owned();
        match status.as_u16() {
            401..=403 => BackendError::Refused {
                backend,
                detail: self.detail(status, detail),
            },
            413 | 414 => self.too_large(answer, detail),
            408 | 425 | 429 | 500.. => self.busy(Some(status), detail, retry_after(answer)),
            404 | 405 => self.failed(Some(status), detail),
            _ => BackendError::Rejected {
                backend,
                status: status.as_u16(),
                detail: self.detail(status, detail),
            },
        }
    }

    /// The quota is used up, or the key is not allowed to do this.
    pub(in crate::backend) fn refused(&self, answer: &Answer, detail: &str) -> BackendError {
        BackendError::Refused {
            backend: self.backend.to_owned(),
            detail: self.detail(answer.status, detail),
        }
    }

    /// The request is larger than the service takes.
    pub(in crate::backend) fn too_large(&self, answer: &Answer, detail: &str) -> BackendError {
        BackendError::TooLarge {
            backend: self.backend.to_owned(),
            detail: self.detail(answer.status, detail),
        }
    }

    /// The service can't do it now, and says when to ask again, where it does.
    pub(in crate::backend) fn overloaded(&self, answer: &Answer, detail: &str) -> BackendError {
        self.busy(Some(answer.status), detail, retry_after(answer))
    }

    fn busy(
        &self,
        status: Option<StatusCode>,
        detail: &str,
        after: Option<Duration>,
    ) -> BackendError {
        BackendError::Busy {
            backend: self.backend.to_owned(),
            status: status.map(|status| status.as_u16()),
            detail: self.cleaned(detail),
            after,
        }
    }

    /// An error that another try does not mend.
    pub(in crate::backend) fn failed(
        &self,
        status: Option<StatusCode>,
        detail: &str,
    ) -> BackendError {
        BackendError::Service {
            backend: self.backend.to_owned(),
            status: status.map(|status| status.as_u16()),
            detail: self.cleaned(detail),
        }
    }

    /// The service's explanation, or the usual words for the status where it gives none.
    fn detail(&self, status: StatusCode, detail: &str) -> String {
        let detail = self.cleaned(detail);
        let number = status.as_u16();
        let usual = status.canonical_reason().unwrap_or("error");
        if detail.is_empty() {
            format!("{number} {usual}")
        } else {
            format!("{number}: {detail}")
        }
    }

    /// One line without keys, of bounded length.
    fn cleaned(&self, detail: &str) -> String {
        let mut detail = detail.split_whitespace().collect::<Vec<_>>().join(" ");
        for key in &self.secrets {
            detail = detail.replace(key.expose(), "…");
        }
        match detail.char_indices().nth(LONGEST_DETAIL) {
            Some((end, _)) => format!("{}…", &detail[..end]),
            None => detail,
        }
    }
}

/// A key as the value of a header, behind `before`; it shows in no debug output.
///
/// # Errors
/// [`BackendError::Refused`] for a key with characters that no header can have.
pub(in crate::backend) fn secret_header(
    backend: &str,
    before: &str,
    key: &Key,
) -> Result<HeaderValue, BackendError> {
    let mut value = HeaderValue::from_str(&format!("{before}{}", key.expose())).map_err(|_| {
        BackendError::Refused {
            backend: backend.to_owned(),
            detail: "the key has characters that no key has".to_owned(),
        }
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// When the service wants to be asked again (RFC 9110, 10.2.3): seconds, or a date.
fn retry_after(answer: &Answer) -> Option<Duration> {
    let value = answer.headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse::<f64>() {
        return Duration::try_from_secs_f64(seconds).ok();
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(
        date.duration_since(std::time::SystemTime::now())
            .unwrap_or_default(),
    )
}

/// Checks the address of a service: `https`, or `http` on this machine, without user, query and
/// fragment.
pub(in crate::backend) fn check_url(backend: &str, url: &str) -> Result<Url, BackendError> {
    // A key may stand before the host or behind the path.
    let shown = url.split(['?', '#']).next().unwrap_or_default();
    let shown = match (shown.split_once("://"), shown.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://…@{rest}"),
        (None, Some((_, rest))) => format!("…@{rest}"),
        (_, None) => shown.to_owned(),
    };
    let refused = || BackendError::Address {
        backend: backend.to_owned(),
        url: shown.clone(),
    };
    let parsed = Url::parse(url).map_err(|_| refused())?;
    let is_safe = parsed.scheme() == "https" || (parsed.scheme() == "http" && is_here(&parsed));
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

fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// What went wrong: the message of reqwest names only the step, its sources the cause. The address
/// is left out, as it may hold a key.
fn causes(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut what = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        what = format!("{what}: {cause}");
        source = cause.source();
    }
    what
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_travel_encrypted_unless_they_stay_on_this_machine() {
        for url in [
            "https://api.example/v2",
            "http://localhost:11434/v1",
            "http://127.0.0.1:5000",
            "http://[::1]:5000/",
        ] {
            assert!(check_url("x", url).is_ok(), "{url}");
        }
        for url in [
            "http://api.example",
            "http://192.168.1.5",
            "http://localhost.example",
            "ftp://localhost",
            "https://user:key@api.example",
            "https://api.example/?key=1",
            "",
        ] {
            assert!(check_url("x", url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_explanation_is_one_short_line_without_the_key() {
        let key = Key::new("planted").expect("a key");
        let client = Client::new("x", "https://api.example/v2/", &Options::default())
            .expect("a client")
            .with_secret(&key);
        assert_eq!(client.cleaned(" bad key:\n planted "), "bad key: …");
        assert_eq!(client.cleaned(&"x".repeat(400)).chars().count(), 301);
        assert_eq!(client.address("a/b").as_str(), "https://api.example/v2/a/b");
    }

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let answer = |value: &str| {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, value.parse().expect("a value"));
            Answer {
                status: StatusCode::TOO_MANY_REQUESTS,
                headers,
                body: Vec::new(),
            }
        };
        assert_eq!(retry_after(&answer("3")), Some(Duration::from_secs(3)));
        assert_eq!(retry_after(&answer("-3")), None);
        assert_eq!(retry_after(&answer("soon")), None);
        let past = retry_after(&answer("Wed, 21 Oct 2015 07:28:00 GMT"));
        assert_eq!(past, Some(Duration::ZERO));
    }
}
