//! The versions of a post in all languages.

use super::address::Reference;
use super::locale::is_same_locale;
use super::site::Site;

/// One version of a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The value of `hreflang`: a language tag, or `x-default`.
    pub language: String,
    /// Its absolute address.
    pub address: String,
}

impl Site<'_> {
    /// The versions of a post, whose source has this address: the source, each target, and
    /// `x-default`, for readers of all other languages: that is the source again. Languages that
    /// are `known` are left out.
    ///
    /// There are none for an address that is not absolute or not on the site, nor where the address
    /// of a target can't be told, or is the source's: a list that is wrong is worse than none.
    pub fn versions(&self, address: &str, known: &[String]) -> Vec<Version> {
        let Reference::Address(parts) = Reference::read(address) else {
            return Vec::new();
        };
        let has_scheme = parts.authority.is_some() && !address.trim_start().starts_with("//");
        let is_inside = self.is_host_of(&parts) && self.after_home(parts.path()).is_some();
        if !has_scheme || !is_inside || parts.has_dot_segments() {
            return Vec::new();
        }
        let config = self.config();
        let source = config.source.as_str();
        let own = |language: &str| Version {
            language: language.to_owned(),
            address: address.to_owned(),
        };
        let mut versions = vec![own(&source.replace('_', "-"))];
        for target in &config.targets {
            let language = target.replace('_', "-");
            let mut seen = versions.iter();
            if seen.any(|version| is_same_locale(&version.language, &language)) {
                continue;
            }
            let Some(address) = self.route(target).own_link(address).apply(address) else {
                return Vec::new();
            };
            versions.push(Version { language, address });
        }
        versions.push(own("x-default"));
        let is_known = |version: &Version| {
            known
                .iter()
                .any(|one| is_same_locale(one, &version.language))
        };
        versions.retain(|version| !is_known(version));
        versions
    }
}
