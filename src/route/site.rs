//! What is known of the source site: its home, and the prefix of each locale.

use std::collections::BTreeMap;

use thiserror::Error;

use super::address::{Address, Host, Reference, decode, leading_segments, slice};
use super::discover::{Place, after};
use super::locale::is_same_locale;

/// What the user says of the site; everything but the source locale may be left out.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SiteConfig {
    /// The source locale (BCP 47).
    pub source: String,
    /// The target locales (BCP 47).
    pub targets: Vec<String>,
    /// The address of the site's home, without a locale prefix: `https://example.com/blog`.
    pub url: Option<String>,
    /// The path prefix of a locale where it is not the tag in lower case; empty for a default
    /// language whose addresses have none. A locale named here is a known locale of the site.
    pub prefixes: BTreeMap<String, String>,
    /// Whether `www.example.com` and `example.com` are the same site.
    pub www_alias: bool,
    /// Whether every page gets links to its versions in the other languages (`hreflang`).
    pub hreflang: bool,
    /// Translated slugs: target locale, then source slug, then target slug.
    pub slugs: BTreeMap<String, BTreeMap<String, String>>,
}

impl SiteConfig {
    /// The path prefix of a locale without slashes at its ends: what is configured, else the tag in
    /// lower case. Locales are compared without regard to case, and `_` is `-`.
    pub fn prefix(&self, locale: &str) -> String {
        self.configured_prefix(locale)
            .unwrap_or_else(|| locale.to_lowercase().replace('_', "-"))
    }

    fn configured_prefix(&self, locale: &str) -> Option<String> {
        let mut entries = self.prefixes.iter();
        let (_, prefix) = entries.find(|(name, _)| is_same_locale(name, locale))?;
        Some(decode(prefix.trim_matches('/')).into_owned())
    }

    /// Each known locale: the source, the targets, and those with a configured prefix.
    pub(super) fn locales(&self) -> impl Iterator<Item = &str> {
        let configured = self.prefixes.keys().chain(&self.targets);
        std::iter::once(self.source.as_str()).chain(configured.map(String::as_str))
    }

    fn check_prefixes(&self) -> Result<(), SiteError> {
        for (locale, prefix) in &self.prefixes {
            let plain = decode(prefix.trim_matches('/'));
            let is_bad = |segment: &str| matches!(segment, "" | "." | "..");
            let is_path = !plain
                .contains(|c: char| c.is_control() || c.is_whitespace() || "?#\\:".contains(c));
            if !is_path || (!plain.is_empty() && plain.split('/').any(is_bad)) {
                return Err(SiteError::Prefix {
                    locale: locale.clone(),
                    prefix: prefix.clone(),
                });
            }
        }
        Ok(())
    }
}

/// What one post shows of the site it comes from. All of it may be missing, as for an HTML file.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'e> {
    /// `_links.self[0].href`.
    pub api: Option<&'e str>,
    /// `link`; the canonical address of an HTML document.
    pub link: Option<&'e str>,
    /// `guid.rendered`.
    pub guid: Option<&'e str>,
}

/// What can be wrong with the configuration of a site.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum SiteError {
    /// The site's address is not an http or https address with a valid host.
    #[error("not an http(s) address: {url}")]
    Url {
        /// The address as configured.
        url: String,
    },
    /// A prefix is not a path: white space, `?`, `#`, `:`, `\`, an empty, `.` or `..` segment.
    #[error("not a path prefix for {locale}: {prefix}")]
    Prefix {
        /// The locale it is configured for.
        locale: String,
        /// The prefix as configured.
        prefix: String,
    },
}

/// Where a site begins: the host, and the path before any locale prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Home {
    /// `None` when nothing tells it: then each address with a host is foreign.
    host: Option<Host>,
    /// Empty, or like `/blog`, percent-decoded.
    path: String,
}

/// The source site of one post.
#[derive(Debug, Clone)]
pub struct Site<'c> {
    config: &'c SiteConfig,
    home: Home,
    prefix: String,
}

impl<'c> Site<'c> {
    /// Finds the site's home and the prefix under which the source is published.
    ///
    /// **Home** is the configured address; else what stands before `/wp-json/` in the post's API
    /// address, without the prefix; else what `link` and `guid` have in common; else only the host
    /// of `link`.
    ///
    /// **The prefix** is the one configured for the source locale. Without that, a path segment
    /// between home and `/wp-json/` is the prefix when
    /// - it is the prefix of a known locale (the source, a target, or one in the configuration), or
    /// - it looks like a locale, and either the configured home or the `guid` shows that the site
    ///   begins before it. This is the path overlay: `link` and API are under `/de/`, `guid` is not,
    ///   and the language of the text may be another one altogether.
    ///
    /// If `guid` is under that segment as well, `/it/` may as soon be a site of its own as Italian,
    /// and it counts as a part of home until the configuration says otherwise. The first segment of
    /// `link` alone is the prefix only if it is the source locale's own. Where nothing confirms a
    /// prefix, the source has none.
    ///
    /// # Errors
    /// When the configured address or a configured prefix can't be one.
    pub fn discover(config: &'c SiteConfig, evidence: Evidence<'_>) -> Result<Self, SiteError> {
        config.check_prefixes()?;
        let api = evidence.api.and_then(Place::of_api);
        let link = evidence.link.and_then(Place::read);
        let guid = evidence.guid.and_then(Place::read);
        let (home, found) = match (&config.url, api) {
            (Some(url), api) => {
                let home = Place::read(url).ok_or_else(|| SiteError::Url { url: url.clone() })?;
                let found = api.and_then(|api| config.prefix_between(&home, &api));
                (home, found)
            }
            (None, Some(api)) => config.split_api(api, guid.as_ref()),
            (None, None) => config.compare(link.clone(), guid),
        };
        let own = || {
            let prefix = Some(config.prefix(&config.source)).filter(|prefix| !prefix.is_empty())?;
            let path = link.as_ref()?.after(&home, config.www_alias)?;
            leading_segments(path, &prefix, false).map(|_| prefix)
        };
        let prefix = config
            .configured_prefix(&config.source)
            .or(found)
            .or_else(own)
            .unwrap_or_default();
        Ok(Self {
            config,
            home: Home {
                host: home.host,
                path: home.path,
            },
            prefix,
        })
    }

    /// The prefix of the source's addresses, without slashes at its ends; empty when there is none.
    pub fn source_prefix(&self) -> &str {
        &self.prefix
    }

    /// The path of the site's home, percent-decoded: empty, or like `/blog`.
    pub fn home_path(&self) -> &str {
        &self.home.path
    }

    /// What names a post among all posts of the site, whatever its locale: the path of its address
    /// after home and the source's prefix, percent-decoded, without a slash at its end (`/` for the
    /// home page). `None` for an address that is not on the site.
    ///
    /// This is what the question "is it localized?" of [`Route::content_link`] is asked with.
    ///
    /// [`Route::content_link`]: super::Route::content_link
    pub fn post_path(&self, link: &str) -> Option<String> {
        let Reference::Address(address) = Reference::read(link) else {
            return None;
        };
        let rest = if self.is_host_of(&address) {
            self.after_home(address.path())
        } else {
            None
        }?;
        let length = if self.prefix.is_empty() {
            None
        } else {
            leading_segments(rest, &self.prefix, false)
        };
        Some(normalize(slice(rest, length.unwrap_or(0)..rest.len())))
    }

    pub(super) fn config(&self) -> &SiteConfig {
        self.config
    }

    /// Whether an address is on the site's host, or has no host.
    pub(super) fn is_host_of(&self, address: &Address<'_>) -> bool {
        let Some(authority) = address.authority else {
            return true;
        };
        let (Some(home), Some(host)) = (&self.home.host, Host::read(authority)) else {
            return false;
        };
        home.is(&host, self.config.www_alias)
    }

    /// What follows the home path in `path`: empty or beginning with `/`; `None` outside of home.
    pub(super) fn after_home<'p>(&self, path: &'p str) -> Option<&'p str> {
        after(path, &self.home.path)
    }

    /// The prefixes of the known locales other than the source and `target`; some may be empty.
    pub(super) fn other_prefixes(&self, target: &str) -> Vec<String> {
        let is_other = |locale: &&str| !is_same_locale(locale, target);
        let others = self
            .config
            .locales()
            .filter(is_other)
            .map(|locale| self.config.prefix(locale));
        // The source may be published under another prefix than its locale's usual one, and then the
        // usual one leads elsewhere.
        others.filter(|prefix| *prefix != self.prefix).collect()
    }
}

/// The decoded form of a path after home and prefix in which paths are compared.
pub(super) fn normalize(rest: &str) -> String {
    let path = decode(rest);
    format!("/{}", path.trim_start_matches('/').trim_end_matches('/'))
}

#[cfg(test)]
mod tests;
