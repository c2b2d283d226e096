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
mod tests {
    use super::*;

    fn config(source: &str, targets: &[&str]) -> SiteConfig {
        SiteConfig {
            source: source.into(),
            targets: targets.iter().map(|&target| target.into()).collect(),
            ..SiteConfig::default()
        }
    }

    #[track_caller]
    fn assert_found(config: &SiteConfig, [api, link, guid]: [&str; 3], home: &str, prefix: &str) {
        let given = |value| Some(value).filter(|value: &&str| !value.is_empty());
        let evidence = Evidence {
            api: given(api),
            link: given(link),
            guid: given(guid),
        };
        let site = Site::discover(config, evidence).expect("the configuration is valid");
        assert_eq!(
            (site.home_path(), site.source_prefix()),
            (home, prefix),
            "{evidence:?}"
        );
    }

    #[test]
    fn a_path_overlay_has_its_prefix_in_the_api_but_not_in_the_guid() {
        let api = "https://example.com/de/wp-json/wp/v2/posts/7";
        let link = "https://example.com/de/hello/";
        for guid in [
            "https://example.com/hello/",
            "https://example.com/?p=7",
            "",
            "http://old.example.org/de/?p=7",
        ] {
            assert_found(&config("en", &["es"]), [api, link, guid], "", "de");
        }
    }

    #[test]
    fn what_looks_like_a_locale_in_api_and_guid_alike_is_home_unless_it_is_a_known_locale() {
        let evidence = [
            "https://uni.example/it/wp-json/wp/v2/posts/7",
            "https://uni.example/it/x/",
            "https://uni.example/it/?p=7",
        ];
        assert_found(&config("en", &["es"]), evidence, "/it", "");
        assert_found(&config("it", &["es"]), evidence, "", "it");
        assert_found(&config("en", &["it"]), evidence, "", "it");
        let named = SiteConfig {
            prefixes: [("it".into(), "it".into())].into(),
            ..config("en", &["es"])
        };
        assert_found(&named, evidence, "", "it");
        let home = SiteConfig {
            url: Some("https://uni.example/it/".into()),
            ..config("en", &["es"])
        };
        assert_found(&home, evidence, "/it", "");
    }

    #[test]
    fn a_blog_in_a_folder_has_a_home_path() {
        let link = "https://example.com/blog/hello/";
        assert_found(
            &config("en", &["de"]),
            ["https://example.com/blog/wp-json/wp/v2/posts/7", link, ""],
            "/blog",
            "",
        );
        assert_found(
            &config("en", &["de"]),
            ["https://example.com/blog/fr/wp-json/", link, ""],
            "/blog",
            "fr",
        );
        assert_found(
            &config("en", &["de"]),
            [
                "https://example.com/blog/?rest_route=/wp/v2/posts/7",
                link,
                "",
            ],
            "/blog",
            "",
        );
        assert_found(
            &config("en", &["de"]),
            ["", link, "https://example.com/blog/?p=7"],
            "/blog",
            "",
        );
    }

    #[test]
    fn a_link_that_only_looks_localized_confirms_nothing() {
        let (api, guid) = (
            "https://example.com/wp-json/wp/v2/posts/7",
            "https://example.com/?p=7",
        );
        assert_found(
            &config("en", &["es"]),
            [api, "https://example.com/de/hello/", guid],
            "",
            "",
        );
        assert_found(
            &config("en", &["es"]),
            ["", "https://example.com/de/hello/", guid],
            "",
            "",
        );
        assert_found(
            &config("en", &["es"]),
            ["", "https://example.com/de/hello/", ""],
            "",
            "",
        );
    }

    #[test]
    fn the_source_locales_own_prefix_in_the_link_is_enough() {
        let api = "https://example.com/wp-json/wp/v2/posts/7";
        assert_found(
            &config("de", &["es"]),
            [api, "https://example.com/de/hallo/", ""],
            "",
            "de",
        );
        assert_found(
            &config("de", &["es"]),
            [api, "https://example.com/design/", ""],
            "",
            "",
        );
    }

    #[test]
    fn link_and_guid_are_compared_when_there_is_no_api() {
        let compare = |link, guid, home, prefix| {
            assert_found(&config("en", &["es"]), ["", link, guid], home, prefix);
        };
        compare(
            "https://example.com/de/hello/",
            "https://example.com/hello/",
            "",
            "de",
        );
        compare(
            "https://example.com/blog/de/2024/hello/",
            "http://example.com/blog/2024/hello",
            "/blog",
            "de",
        );
        compare(
            "https://example.com/news/hello/",
            "https://example.com/hello/",
            "",
            "",
        );
        compare("https://example.com/de/", "https://example.com/", "", "");
        compare(
            "https://example.com/de/hello/",
            "https://other.example/hello/",
            "",
            "",
        );
        compare(
            "https://example.com/hello/",
            "https://example.com/hello/",
            "",
            "",
        );
    }

    #[test]
    fn configuration_comes_first() {
        let evidence = [
            "https://example.com/en-us/wp-json/wp/v2/posts/7",
            "https://example.com/en-us/a/",
            "https://example.com/?p=7",
        ];
        let home = SiteConfig {
            url: Some("https://EXAMPLE.com/".into()),
            ..config("en", &["de"])
        };
        assert_found(&home, evidence, "", "en-us");
        let named = SiteConfig {
            prefixes: [("en".into(), "/en-us/".into())].into(),
            ..config("en", &["de"])
        };
        assert_found(&named, evidence, "", "en-us");
        let none = SiteConfig {
            prefixes: [("en".into(), String::new())].into(),
            ..config("en", &["de"])
        };
        assert_found(&none, ["", "https://example.com/en/a/", ""], "", "");
    }

    #[test]
    fn a_wrong_configuration_is_an_error() {
        let with_url = |url: &str| SiteConfig {
            url: Some(url.into()),
            ..config("en", &["de"])
        };
        for url in [
            "",
            "example.com",
            "ftp://example.com",
            "/blog",
            "https://",
            "https://exa mple.com",
        ] {
            let error = Site::discover(&with_url(url), Evidence::default()).expect_err(url);
            assert_eq!(error, SiteError::Url { url: url.into() });
        }
        for prefix in ["a b", "a?b", "..", "a//b", "a#", "http://x"] {
            let config = SiteConfig {
                prefixes: [("de".into(), prefix.into())].into(),
                ..config("en", &["de"])
            };
            assert!(
                matches!(
                    Site::discover(&config, Evidence::default()),
                    Err(SiteError::Prefix { .. })
                ),
                "{prefix}"
            );
        }
    }

    #[test]
    fn a_post_is_named_by_its_path_after_home_and_prefix() {
        let config = config("en", &["es"]);
        let api = Some("https://example.com/blog/de/wp-json/wp/v2/posts/7");
        let site = Site::discover(
            &config,
            Evidence {
                api,
                ..Evidence::default()
            },
        )
        .expect("valid");
        for (link, expected) in [
            ("https://example.com/blog/de/hello/?x=1#y", Some("/hello")),
            ("/blog/hello", Some("/hello")),
            ("//example.com/blog/de", Some("/")),
            ("/blog/de/caf%C3%A9/", Some("/café")),
            ("https://other.example/blog/de/hello/", None),
            ("/shop/", None),
            ("hello", None),
        ] {
            assert_eq!(site.post_path(link).as_deref(), expected, "{link}");
        }
    }
}
