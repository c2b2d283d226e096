//! What depends on the locale without being text: links, `lang`, `dir`.

use crate::html::{Alternate, Head, Site as AttributeSite, SiteKind};
use crate::post::{Json, Splice, decode_string};
use crate::route::{
    self, Evidence, LinkContext, Outcome, Route, Site, SiteConfig, Version, dir_value, lang_value,
    og_locale,
};

use super::finish::Note;
use super::{Format, Prepared, Role, Settings, SiteError, metadata};

/// What the post says of its site and of itself, owned.
#[derive(Debug, Default)]
pub(super) struct OwnAddresses {
    api: Option<String>,
    link: Option<String>,
    guid: Option<String>,
    /// Addresses by which metadata names the post, or the one before or after it.
    named: Vec<String>,
}

/// Fragments that name things of the whole site in the structured data of the SEO plug-ins; so
/// does everything below `/schema/`.
const SITE_FRAGMENTS: [&str; 4] = ["website", "organization", "person", "logo"];

impl OwnAddresses {
    pub(super) fn of_post(post: &Json<'_>) -> Self {
        let text = |json: Option<Json<'_>>| json.and_then(|json| json.as_text());
        let api = post
            .get("_links")
            .and_then(|links| links.get("self"))
            .and_then(|own| own.elements().into_iter().next())
            .and_then(|first| first.get("href"));
        Self {
            api: text(api),
            link: text(post.get("link")),
            guid: text(post.get("guid").and_then(|guid| guid.get("rendered"))),
            named: Vec::new(),
        }
    }

    pub(super) fn of(prepared: &Prepared) -> Self {
        let post = match prepared.format {
            Format::Json => Some(Json::of_checked(&prepared.text)),
            Format::Html => None,
        };
        let mut own = post.as_ref().map(Self::of_post).unwrap_or_default();
        if let Some(post) = &post {
            own.named.extend(metadata::named_addresses(post));
        }
        for field in &prepared.fields {
            if let Role::Text(extracted) = &field.role {
                let sites = extracted.sites().into_iter();
                let named = sites.filter(|site| site.kind == SiteKind::OwnLink);
                own.named.extend(named.map(|site| site.value.clone()));
            }
        }
        if prepared.format == Format::Html {
            own.link = own.named.first().cloned();
        }
        own
    }

    /// Whether an address is the post's own, or names a thing that is described on its page.
    fn has(&self, address: &str) -> bool {
        let (page, fragment) = address.split_once('#').unwrap_or((address, ""));
        let is_of_site = SITE_FRAGMENTS.contains(&fragment) || fragment.starts_with("/schema/");
        let page = page.trim_end_matches('/');
        let mut own = self.link.iter().chain(&self.named);
        !is_of_site && own.any(|own| own.trim_end_matches('/') == page)
    }

    pub(super) fn evidence(&self) -> Evidence<'_> {
        Evidence {
            api: self.api.as_deref(),
            link: self.link.as_deref(),
            guid: self.guid.as_deref(),
        }
    }
}

/// The path by which links find a JSON post, after home and locale prefix; none if it has none.
///
/// # Errors
/// [`SiteError`] for a configuration that is wrong.
pub fn own_path(post: &str, config: &SiteConfig) -> Result<Option<String>, SiteError> {
    let Ok(post) = Json::parse(post) else {
        return Ok(None);
    };
    let own = OwnAddresses::of_post(&post);
    let site = Site::discover(config, own.evidence())?;
    Ok(own.link.as_deref().and_then(|link| site.post_path(link)))
}

/// Finds the new values of attribute sites and addresses.
pub(super) struct Router<'r> {
    pub(super) settings: &'r Settings,
    pub(super) route: &'r Route<'r>,
    pub(super) own: &'r OwnAddresses,
    pub(super) is_localized: &'r (dyn Fn(&str) -> bool + Sync),
}

impl Router<'_> {
    /// The new value of a site, and a note where the user should know that it stays.
    pub(super) fn site_value(&self, site: &AttributeSite) -> (Option<Splice>, Option<Note>) {
        if site.kind == SiteKind::Link {
            let context = LinkContext {
                is_excluded: site.is_excluded,
                has_hreflang: site.has_hreflang,
            };
            return self.content_link(&site.value, context);
        }
        if site.is_excluded && site.kind != SiteKind::OwnLink {
            return (None, None);
        }
        (self.value(site.kind, &site.value), None)
    }

    /// The new value of something that is not a link of the content.
    pub(super) fn value(&self, kind: SiteKind, value: &str) -> Option<Splice> {
        let (source, target) = (self.settings.source.tag(), self.settings.target.tag());
        let new = match kind {
            SiteKind::Link => None,
            SiteKind::OwnLink => return self.own_link(value),
            SiteKind::DataAddress => return self.own_link(value).filter(|_| self.own.has(value)),
            SiteKind::Language => lang_value(source, target, value).ok().flatten(),
            SiteKind::Direction => dir_value(source, target, value)
                .ok()
                .flatten()
                .map(str::to_owned),
            SiteKind::OpenGraphLocale => og_locale(source, target, value).ok().flatten(),
        };
        new.map(|new| replaced(value, &new))
    }

    pub(super) fn own_link(&self, value: &str) -> Option<Splice> {
        spliced(value, &self.route.own_link(value))
    }

    pub(super) fn api_href(&self, relation: &str, value: &str) -> Option<Splice> {
        spliced(value, &self.route.api_href(relation, value))
    }

    pub(super) fn content_link(
        &self,
        value: &str,
        context: LinkContext,
    ) -> (Option<Splice>, Option<Note>) {
        let is_localized = |path: &str| (self.is_localized)(path);
        let outcome = self
            .route
            .content_link(value, context, self.settings.links, &is_localized);
        let note = match &outcome {
            Outcome::Keep(reason) if reason.is_reported() => Some(Note::LinkKept {
                value: value.to_owned(),
                reason: *reason,
            }),
            _ => None,
        };
        (spliced(value, &outcome), note)
    }
}

/// Finds the versions of a post in other languages.
pub(super) struct Alternates<'a> {
    pub(super) site: &'a Site<'a>,
    pub(super) own: &'a OwnAddresses,
}

impl Alternates<'_> {
    /// The alternates that a head lacks.
    pub(super) fn missing(&self, head: &Head) -> Vec<Alternate> {
        // What else a page has may be the address of the one before or after it.
        let link = self.own.link.as_deref().filter(|_| !head.is_page);
        let address = head.address.as_deref().or(link);
        let versions = self
            .site
            .versions(address.unwrap_or_default(), &head.languages);
        versions
            .into_iter()
            .map(|Version { language, address }| Alternate { language, address })
            .collect()
    }
}

/// Whether nothing that depends on the locale may be touched.
pub(super) fn is_same_locale(settings: &Settings) -> bool {
    settings.source == settings.target
}

/// The splice of a rewritten address.
fn spliced(value: &str, outcome: &Outcome) -> Option<Splice> {
    let Outcome::Rewrite(edits) = outcome else {
        return None;
    };
    let mut splice = Splice::default();
    let mut at = 0;
    for route::Edit { range, text } in edits {
        splice.push_source(at..range.start);
        splice.push_new(text);
        at = range.end;
    }
    splice.push_source(at..value.len());
    Some(splice)
}

/// A splice from one value to another that copies what they share at both ends.
pub(super) fn replaced(old: &str, new: &str) -> Splice {
    let prefix: usize = old
        .chars()
        .zip(new.chars())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let suffix: usize = old[prefix..]
        .chars()
        .rev()
        .zip(new[prefix..].chars().rev())
        .take_while(|(a, b)| a == b)
        .map(|(c, _)| c.len_utf8())
        .sum();
    let mut splice = Splice::default();
    splice.push_source(0..prefix);
    splice.push_new(&new[prefix..new.len() - suffix]);
    splice.push_source(old.len() - suffix..old.len());
    splice
}

/// Carries the splice of a JSON string's text over to its content in the post.
pub(super) fn lift_string(
    content: &str,
    splice: &Splice,
    style: crate::post::JsonStyle,
) -> Option<Splice> {
    let decoded = decode_string(content)?;
    let style = style.refined_by(content);
    Some(decoded.lift(splice, |text| style.encode(text)))
}
