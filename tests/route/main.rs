//! The rules for links, addresses and output paths, row by row, and their laws.

mod laws;
mod output;
mod rules;

use polypost::route::{
    Evidence, KeepReason, LinkContext, LinkPolicy, Outcome, Route, Site, SiteConfig,
};

/// A site under `https://example.com` + `home`; an empty prefix is a configured empty one.
pub(crate) fn config(source: (&str, &str), targets: &[(&str, &str)], home: &str) -> SiteConfig {
    let entries = std::iter::once(&source).chain(targets);
    SiteConfig {
        source: source.0.into(),
        targets: targets.iter().map(|(locale, _)| (*locale).into()).collect(),
        url: Some(format!("https://example.com{home}")),
        prefixes: entries
            .map(|(locale, prefix)| ((*locale).into(), (*prefix).into()))
            .collect(),
        ..SiteConfig::default()
    }
}

pub(crate) fn site(config: &SiteConfig) -> Site<'_> {
    Site::discover(config, Evidence::default()).expect("the configuration is valid")
}

/// The new value, or why it is kept.
pub(crate) fn follow(route: &Route<'_>, value: &str) -> Result<String, KeepReason> {
    let outcome = route.content_link(value, LinkContext::default(), LinkPolicy::All, &|_| false);
    match outcome {
        Outcome::Keep(reason) => Err(reason),
        rewrite @ Outcome::Rewrite(_) => Ok(rewrite.apply(value).expect("it is a rewrite")),
    }
}
