//! The parts of one link value, as byte ranges of that value.
//!
//! Follows the URL standard (<https://url.spec.whatwg.org/>) as far as a link needs to be told apart
//! from others, and gives up (`Unclear`) where the standard repairs what was written: what is
//! not understood is never rewritten.

use std::borrow::Cow;
use std::ops::Range;

use percent_encoding::percent_decode_str;

/// What kind of reference a link value is.
#[derive(Debug)]
pub(super) enum Reference<'v> {
    /// Empty, or only a query or a fragment: the document itself.
    SameDocument,
    /// A scheme other than `http` and `https`.
    OtherScheme,
    /// A path that starts at the document and not at the root of the host.
    Relative,
    /// A browser repairs it before it follows it: backslashes, control characters, no host.
    Unclear,
    /// An address with a host, or a path from the root of the host.
    Address(Address<'v>),
}

/// An address with a host, or a path from the root of the host.
#[derive(Debug)]
pub(super) struct Address<'v> {
    value: &'v str,
    /// What stands between `//` and the path, as written; `None` when there is no `//`.
    pub(super) authority: Option<&'v str>,
    /// Where the path stands in the value, in bytes. It is empty or begins with `/`.
    pub(super) path: Range<usize>,
    /// What stands between `?` and `#`, as written.
    pub(super) query: Option<&'v str>,
}

impl<'v> Reference<'v> {
    /// Reads `value` as it stands in a decoded attribute or a JSON string.
    pub(super) fn read(value: &'v str) -> Self {
        // The URL parser drops C0 controls and spaces at both ends.
        let is_edge = |c: char| c <= ' ';
        let start = value.len() - value.trim_start_matches(is_edge).len();
        let end = start + value.trim_matches(is_edge).len();
        let text = slice(value, start..end);
        if text.is_empty() || text.starts_with(['?', '#']) {
            return Self::SameDocument;
        }
        let after_scheme = match split_scheme(text) {
            Some((scheme, rest)) if is_http(scheme) => {
                // `https:about` means different things on http and https pages.
                if !rest.starts_with("//") {
                    return Self::Unclear;
                }
                rest
            }
            Some(_) => return Self::OtherScheme,
            None => text,
        };
        Self::read_hierarchy(value, end - after_scheme.len()..end)
    }

    fn read_hierarchy(value: &'v str, range: Range<usize>) -> Self {
        let text = slice(value, range.clone());
        let head = text.split(['?', '#']).next().unwrap_or_default();
        if head.contains(|c: char| c == '\\' || c.is_ascii_control()) {
            return Self::Unclear;
        }
        let authority = head
            .strip_prefix("//")
            .map(|rest| rest.split('/').next().unwrap_or_default());
        if authority == Some("") {
            return Self::Unclear;
        }
        if authority.is_none() && !head.starts_with('/') {
            return Self::Relative;
        }
        let before_path = authority.map_or(0, |authority| 2 + authority.len());
        let tail = slice(text, head.len()..text.len());
        Self::Address(Address {
            value,
            authority,
            path: range.start + before_path..range.start + head.len(),
            query: tail
                .strip_prefix('?')
                .map(|query| query.split('#').next().unwrap_or_default()),
        })
    }
}

impl<'v> Address<'v> {
    /// The path as written; empty or beginning with `/`.
    pub(super) fn path(&self) -> &'v str {
        slice(self.value, self.path.clone())
    }

    /// Whether the path holds `.` or `..`, so that it leads elsewhere than it says.
    pub(super) fn has_dot_segments(&self) -> bool {
        self.path()
            .split('/')
            .any(|segment| matches!(decode(segment).as_ref(), "." | ".."))
    }

    /// Whether the query has a parameter of one of these names.
    pub(super) fn has_parameter(&self, names: &[&str]) -> bool {
        let pairs = self.query.unwrap_or_default().split('&');
        pairs
            .filter_map(|pair| pair.split_once('='))
            .any(|(name, _)| names.contains(&decode(name).as_ref()))
    }
}

/// A host in the one form in which hosts can be compared, and its port unless it is the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Host {
    name: String,
    port: Option<u16>,
}

impl Host {
    /// Reads an authority (`user@host:port`); `None` when it is not a valid one.
    ///
    /// The name is lower-cased and an internationalized one is brought into its ASCII form. The
    /// scheme does not count when hosts are compared, so neither do the usual ports 80 and 443.
    pub(super) fn read(authority: &str) -> Option<Self> {
        let host = authority.rsplit('@').next().unwrap_or_default();
        let (name, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port),
            _ => (host, ""),
        };
        let port = match port {
            "" => None,
            digits => Some(digits.parse().ok()?).filter(|port| !matches!(port, 80 | 443)),
        };
        Some(Self {
            name: url::Host::parse(name).ok()?.to_string(),
            port,
        })
    }

    /// Whether both are the same host; with `www_alias`, `www.x.org` is `x.org`.
    pub(super) fn is(&self, other: &Self, www_alias: bool) -> bool {
        self.port == other.port
            && (self.name == other.name
                || (www_alias && without_www(&self.name) == without_www(&other.name)))
    }
}

fn without_www(name: &str) -> &str {
    name.strip_prefix("www.").unwrap_or(name)
}

/// The length in bytes of `/prefix` at the beginning of `path`, when whole segments of the path are
/// that prefix, percent-encoding aside: `/de` of `/de/about/`, nothing of `/design/`.
///
/// `path` begins with `/` or is empty; `prefix` has no slash at its ends and is not empty.
pub(super) fn leading_segments(path: &str, prefix: &str, ignore_case: bool) -> Option<usize> {
    let wanted = prefix.split('/').count();
    let rest = path.strip_prefix('/')?;
    let end = rest
        .match_indices('/')
        .nth(wanted - 1)
        .map_or(rest.len(), |(at, _)| at);
    let found = decode(slice(rest, 0..end));
    let same = if ignore_case {
        found.eq_ignore_ascii_case(prefix)
    } else {
        found == prefix
    };
    same.then_some(1 + end)
}

/// Percent-decoded text; bytes that are not UTF-8 become U+FFFD.
pub(super) fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// Percent-encodes a path segment the way WordPress writes slugs: unreserved characters (RFC 3986)
/// and existing escapes stay, other bytes become `%` and two lower-case digits. `/` stays.
pub(super) fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for (at, byte) in text.bytes().enumerate() {
        let escape = byte == b'%' && text.as_bytes().get(at + 1..at + 3).is_some_and(is_hex);
        if escape || byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            encoded.push('%');
            encoded.extend(
                [byte >> 4, byte & 15]
                    .map(|digit| char::from_digit(digit.into(), 16).unwrap_or('0')),
            );
        }
    }
    encoded
}

/// `text[range]`, or nothing when the range does not fit.
pub(super) fn slice(text: &str, range: Range<usize>) -> &str {
    text.get(range).unwrap_or_default()
}

fn is_hex(digits: &[u8]) -> bool {
    digits.iter().all(u8::is_ascii_hexdigit)
}

fn is_http(scheme: &str) -> bool {
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Splits `scheme:rest` (RFC 3986, section 3.1).
fn split_scheme(text: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = text.split_once(':')?;
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    is_scheme.then_some((scheme, rest))
}
