//! Finding the home and the prefix of a site in the addresses of a post.

use super::address::{Host, Reference, decode, leading_segments, slice};
use super::locale::looks_like_locale;
use super::site::SiteConfig;

/// A host and a path without a slash at its end, percent-decoded.
#[derive(Debug, Clone)]
pub(super) struct Place {
    pub(super) host: Option<Host>,
    pub(super) path: String,
    has_query: bool,
}

impl Place {
    pub(super) fn read(value: &str) -> Option<Self> {
        let Reference::Address(address) = Reference::read(value) else {
            return None;
        };
        let host = Host::read(address.authority?)?;
        let path = decode(address.path().trim_end_matches('/')).into_owned();
        (!address.has_dot_segments()).then_some(Self {
            host: Some(host),
            path,
            has_query: address.query.is_some(),
        })
    }

    /// Reads what stands before the API in one of its addresses: before `/wp-json`, or before
    /// `?rest_route=` on a site without pretty permalinks.
    pub(super) fn of_api(value: &str) -> Option<Self> {
        let Reference::Address(address) = Reference::read(value) else {
            return None;
        };
        let place = Self::read(value)?;
        let path = match format!("{}/", place.path).split_once("/wp-json/") {
            Some((base, _)) => base.to_owned(),
            None if address.has_parameter(&["rest_route"]) => place
                .path
                .strip_suffix("/index.php")
                .unwrap_or(&place.path)
                .to_owned(),
            None => return None,
        };
        Some(Self { path, ..place })
    }

    /// What follows `home` in this place's path; `None` when it is not under `home`.
    pub(super) fn after(&self, home: &Self, www_alias: bool) -> Option<&str> {
        let same = self.host.as_ref()?.is(home.host.as_ref()?, www_alias);
        if same {
            after(&self.path, &home.path)
        } else {
            None
        }
    }
}

/// What follows `home` (decoded, empty or like `/blog`) in `path`, by whole segments.
pub(super) fn after<'p>(path: &'p str, home: &str) -> Option<&'p str> {
    let length = match home.strip_prefix('/') {
        None | Some("") => 0,
        Some(prefix) => leading_segments(path, prefix, false)?,
    };
    Some(slice(path, length..path.len()))
}

impl SiteConfig {
    fn is_known_prefix(&self, segment: &str) -> bool {
        !segment.is_empty() && self.locales().any(|locale| self.prefix(locale) == segment)
    }

    /// The prefix that stands between the configured home and the API, if it is one.
    pub(super) fn prefix_between(&self, home: &Place, api: &Place) -> Option<String> {
        let segment = api.after(home, self.www_alias)?.strip_prefix('/')?;
        (self.is_known_prefix(segment) || looks_like_locale(segment)).then(|| segment.to_owned())
    }

    /// Splits what stands before `/wp-json/` into home and prefix.
    pub(super) fn split_api(&self, api: Place, guid: Option<&Place>) -> (Place, Option<String>) {
        let known = self
            .locales()
            .map(|locale| self.prefix(locale))
            .filter(|prefix| !prefix.is_empty());
        let longest = known
            .filter(|prefix| ends_with_segments(&api.path, prefix))
            .max_by_key(String::len);
        let guid_is_inside = guid.is_some_and(|guid| guid.after(&api, self.www_alias).is_some());
        let last = api
            .path
            .rsplit('/')
            .next()
            .filter(|last| looks_like_locale(last) && !guid_is_inside);
        let Some(prefix) = longest.or_else(|| last.map(str::to_owned)) else {
            return (api, None);
        };
        let path = slice(&api.path, 0..api.path.len() - prefix.len() - 1).to_owned();
        (Place { path, ..api }, Some(prefix))
    }

    /// Finds home and prefix from `link` and `guid` alone.
    pub(super) fn compare(
        &self,
        link: Option<Place>,
        guid: Option<Place>,
    ) -> (Place, Option<String>) {
        let nowhere = Place {
            host: None,
            path: String::new(),
            has_query: false,
        };
        let Some(link) = link else {
            return (nowhere, None);
        };
        let root = Place {
            path: String::new(),
            has_query: false,
            ..link.clone()
        };
        let Some(guid) = guid.filter(|guid| guid.after(&root, self.www_alias).is_some()) else {
            return (root, None);
        };
        if guid.has_query {
            // `https://example.com/blog/?p=3`: the path is home, or was when the post was written.
            let is_home = link.after(&guid, self.www_alias).is_some();
            return if is_home {
                self.split_api(guid.clone(), Some(&guid))
            } else {
                (root, None)
            };
        }
        match inserted_segment(&link.path, &guid.path) {
            Some((home, segment))
                if self.is_known_prefix(segment) || looks_like_locale(segment) =>
            {
                (
                    Place {
                        path: home.to_owned(),
                        ..root
                    },
                    Some(segment.to_owned()),
                )
            }
            _ => (root, None),
        }
    }
}

fn ends_with_segments(path: &str, segments: &str) -> bool {
    path.strip_suffix(segments)
        .is_some_and(|before| before.ends_with('/'))
}

/// If `link` is `guid` with one segment more, and that is not the last: what stands before the
/// segment, and the segment.
fn inserted_segment<'l>(link: &'l str, guid: &str) -> Option<(&'l str, &'l str)> {
    let mut before = 0;
    for (ours, theirs) in link.split('/').zip(guid.split('/')) {
        if ours != theirs {
            let home = slice(link, 0..before).strip_suffix('/')?;
            let same_rest =
                slice(link, before + ours.len() + 1..link.len()) == slice(guid, before..guid.len());
            return same_rest.then_some((home, ours));
        }
        before += ours.len() + 1;
    }
    None
}
