//! What becomes of one link: the thirteen rules, of which the first that matches decides.
//!
//! | rule | a link … | becomes |
//! | --- | --- | --- |
//! | 1 | that is empty, `#…` or `?…` | kept |
//! | 2 | of another scheme than http and https | kept |
//! | 3 | to another host | kept |
//! | 4 | relative to the document | kept, and reported |
//! | 5 | outside of the site's home path | kept |
//! | 6 | to WordPress itself (`wp-admin`, `wp-json`, `xmlrpc.php`, a sitemap, …) | kept |
//! | 7 | to a file (`.pdf`, `.jpg`, …) | kept |
//! | 8 | to a feed | kept |
//! | 9 | in an element excluded from translation, or with `hreflang` | kept |
//! | 10 | under a locale's prefix | the target's or another's: kept; the source's own: replaced |
//! | 11 | that names a post by its id (`?p=`) | kept |
//! | 12 | to a post that is not localized, under the policy `translated` | kept, and reported |
//! | 13 | that is left | gets the prefix after home, and its slug if that is mapped |
//!
//! Two things stand before the rules: if source and target have the same prefix nothing changes, and
//! the policy `keep` touches no link. Rule 10 says *how* a link under the source's own prefix is
//! rewritten; whether it is, rules 11 and 12 decide as for any other, since the policy governs all
//! content links. Rule 6 looks past the source's prefix too. An address that a browser would first
//! have to repair (`\`, dot segments, control characters) is kept: it leads elsewhere than it says.

use super::address::{Address, Reference, decode, encode, leading_segments, slice};
use super::kind::{is_feed, is_file, is_reserved};
use super::locale::is_same_locale;
use super::outcome::{Edit, KeepReason, LinkContext, LinkPolicy, Outcome};
use super::site::{Site, normalize};

/// The way from the source of a site to one target locale.
#[derive(Debug, Clone)]
pub struct Route<'s> {
    site: &'s Site<'s>,
    target: String,
    prefix: String,
    others: Vec<String>,
}

/// Whose prefix an address has after home.
enum Owner {
    Target,
    /// The source's, that many bytes long with the slash before it.
    Source(usize),
    Other,
    /// It has no prefix, and no known locale is published without one.
    Nobody,
}

/// An address on the site: where what follows home begins in the value, and its text.
#[derive(Clone, Copy)]
struct Spot<'v> {
    start: usize,
    rest: &'v str,
    /// A host-less address must not come to begin with `//`, or to be empty.
    has_host: bool,
    /// Whether `rest` is the whole path.
    is_whole_path: bool,
}

impl Site<'_> {
    /// The way to `target`. When that is the source locale, nothing changes on it.
    pub fn route(&self, target: &str) -> Route<'_> {
        let is_source = is_same_locale(target, &self.config().source);
        let prefix = if is_source {
            self.source_prefix().to_owned()
        } else {
            self.config().prefix(target)
        };
        Route {
            site: self,
            target: target.to_owned(),
            prefix,
            others: self.other_prefixes(target),
        }
    }
}

impl Route<'_> {
    /// The prefix of the target's addresses, without slashes at its ends; empty when it has none.
    pub fn target_prefix(&self) -> &str {
        &self.prefix
    }

    /// What becomes of a link in a post's text.
    ///
    /// `value` is the attribute after its character references were decoded; ranges of edits are
    /// bytes of it. `is_localized` is asked with the path that [`Site::post_path`] gives, and only
    /// under the policy [`LinkPolicy::Translated`].
    pub fn content_link(
        &self,
        value: &str,
        context: LinkContext,
        policy: LinkPolicy,
        is_localized: &dyn Fn(&str) -> bool,
    ) -> Outcome {
        let decided = self.judge(value, context, policy, is_localized);
        decided.map_or_else(Outcome::Keep, Outcome::Rewrite)
    }

    /// What becomes of a post's own address: `link`, `canonical`, `og:url`. It follows whatever the
    /// policy is, even when it names the post by its id, as the address of a draft does.
    pub fn own_link(&self, value: &str) -> Outcome {
        let follow = || {
            let (_, spot) = self.locate(value)?;
            self.rewrite(spot, self.find_source(spot.rest)?, true)
        };
        follow().map_or_else(Outcome::Keep, Outcome::Rewrite)
    }

    /// What becomes of an address in `_links`; `relation` is its key there (`self`, `wp:term`, …).
    ///
    /// `HOME/wp-json/…` becomes `HOME/de/wp-json/…`. `curies` are templates and not addresses. An
    /// address without the prefix that the source has is kept: the API of such a site has no prefix.
    pub fn api_href(&self, relation: &str, value: &str) -> Outcome {
        let follow = || {
            if relation == "curies" {
                return Err(KeepReason::Reserved);
            }
            let (_, spot) = self.locate(value)?;
            let length = self.find_source(spot.rest)?;
            if length == 0 && !self.site.source_prefix().is_empty() {
                return Err(KeepReason::Unprefixed);
            }
            self.rewrite(spot, length, false)
        };
        follow().map_or_else(Outcome::Keep, Outcome::Rewrite)
    }

    /// The target's slug for a source slug, if one is mapped and differs. Percent-encoded slugs, as
    /// WordPress gives them, are found by their plain form too.
    pub fn slug(&self, slug: &str) -> Option<&str> {
        if is_same_locale(&self.target, &self.site.config().source) {
            return None;
        }
        let mut maps = self.site.config().slugs.iter();
        let (_, map) = maps.find(|(locale, _)| is_same_locale(locale, &self.target))?;
        let found = map.get(slug).or_else(|| map.get(decode(slug).as_ref()))?;
        (found != slug && !found.is_empty() && !found.contains('/')).then_some(found)
    }

    fn judge(
        &self,
        value: &str,
        context: LinkContext,
        policy: LinkPolicy,
        is_localized: &dyn Fn(&str) -> bool,
    ) -> Result<Vec<Edit>, KeepReason> {
        if policy == LinkPolicy::Keep {
            return Err(KeepReason::Policy);
        }
        let (address, spot) = self.locate(value)?;
        let owner = self.owner(spot.rest);
        let length = if let Owner::Source(length) = owner {
            length
        } else {
            0
        };
        let after_prefix = slice(spot.rest, length..spot.rest.len());
        if is_reserved(spot.rest) || is_reserved(after_prefix) {
            return Err(KeepReason::Reserved);
        }
        if is_file(spot.rest) {
            return Err(KeepReason::File);
        }
        if is_feed(spot.rest) {
            return Err(KeepReason::Feed);
        }
        if context.is_excluded || context.has_hreflang {
            return Err(KeepReason::Excluded);
        }
        let length = self.find_source(spot.rest)?;
        if address.has_parameter(&["p", "page_id", "attachment_id", "rest_route"]) {
            return Err(KeepReason::PostId);
        }
        if policy == LinkPolicy::Translated && !is_localized(&normalize(after_prefix)) {
            return Err(KeepReason::NotLocalized);
        }
        self.rewrite(spot, length, true)
    }

    /// Rules 1 to 5.
    fn locate<'v>(&self, value: &'v str) -> Result<(Address<'v>, Spot<'v>), KeepReason> {
        if self.prefix == self.site.source_prefix() {
            return Err(KeepReason::SamePrefix);
        }
        let address = match Reference::read(value) {
            Reference::SameDocument => return Err(KeepReason::SameDocument),
            Reference::OtherScheme => return Err(KeepReason::OtherScheme),
            Reference::Relative => return Err(KeepReason::Relative),
            Reference::Unclear => return Err(KeepReason::Unclear),
            Reference::Address(address) => address,
        };
        if !self.site.is_host_of(&address) {
            return Err(KeepReason::ForeignHost);
        }
        if address.has_dot_segments() {
            return Err(KeepReason::Unclear);
        }
        let rest = self
            .site
            .after_home(address.path())
            .ok_or(KeepReason::OutsideHome)?;
        let spot = Spot {
            start: address.path.end - rest.len(),
            rest,
            has_host: address.authority.is_some(),
            is_whole_path: rest.len() == address.path.len(),
        };
        Ok((address, spot))
    }

    /// Rule 10 as far as it keeps: the length of the source's prefix, 0 when the address has none.
    fn find_source(&self, rest: &str) -> Result<usize, KeepReason> {
        match self.owner(rest) {
            Owner::Target => Err(KeepReason::TargetLocale),
            Owner::Other => Err(KeepReason::OtherLocale),
            Owner::Source(length) => Ok(length),
            Owner::Nobody => Ok(0),
        }
    }

    fn owner(&self, rest: &str) -> Owner {
        let source = self.site.source_prefix();
        let length = |prefix: &str| {
            if prefix.is_empty() {
                None
            } else {
                leading_segments(rest, prefix, false)
            }
        };
        if length(&self.prefix).is_some() {
            return Owner::Target;
        }
        if let Some(length) = length(source) {
            return Owner::Source(length);
        }
        // `/DE/` is not what the site writes; it is a locale's all the same, so nothing is inserted.
        let is_theirs =
            |prefix: &str| !prefix.is_empty() && leading_segments(rest, prefix, true).is_some();
        if self.known_prefixes().any(is_theirs) {
            return Owner::Other;
        }
        // An address without a prefix belongs to the locale that has none.
        if source.is_empty() {
            Owner::Source(0)
        } else if self.prefix.is_empty() {
            Owner::Target
        } else if self.others.iter().any(String::is_empty) {
            Owner::Other
        } else {
            Owner::Nobody
        }
    }

    fn known_prefixes(&self) -> impl Iterator<Item = &str> {
        let ends = [self.site.source_prefix(), self.prefix.as_str()];
        ends.into_iter()
            .chain(self.others.iter().map(String::as_str))
    }

    /// Rule 13, with the source's prefix (`length` bytes, slash included) to be replaced or not.
    fn rewrite(
        &self,
        spot: Spot<'_>,
        length: usize,
        swap_slug: bool,
    ) -> Result<Vec<Edit>, KeepReason> {
        let after = slice(spot.rest, length..spot.rest.len());
        let is_prefix =
            |prefix: &str| !prefix.is_empty() && leading_segments(after, prefix, true).is_some();
        if length > 0 && self.known_prefixes().any(is_prefix) {
            // `/de/fr/about/`: one prefix too many already, and whose it is can't be told.
            return Err(KeepReason::Unclear);
        }
        let mut text = if self.prefix.is_empty() {
            String::new()
        } else {
            format!("/{}", encode(&self.prefix))
        };
        if text.is_empty() && spot.is_whole_path && !spot.has_host {
            if after.starts_with("//") {
                return Err(KeepReason::Unclear);
            }
            if after.is_empty() {
                text.push('/');
            }
        }
        let mut edits = vec![Edit {
            range: spot.start..spot.start + length,
            text,
        }];
        if swap_slug {
            edits.extend(self.slug_edit(after, spot.start + length));
        }
        Ok(edits)
    }

    /// The edit that swaps the last segment of `after`, which begins at `start` of the value.
    fn slug_edit(&self, after: &str, start: usize) -> Option<Edit> {
        let path = after.trim_end_matches('/');
        let last = path.rsplit('/').next().filter(|last| !last.is_empty())?;
        let text = encode(self.slug(last)?);
        let end = start + path.len();
        Some(Edit {
            range: end - last.len()..end,
            text,
        })
    }
}
