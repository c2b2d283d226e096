//! What depends on the locale without being text: links, `lang`, `dir`.

use crate::html::{Site as AttributeSite, SiteKind};
use crate::post::{Json, Splice, decode_string};
use crate::route::{
    self, Evidence, LinkContext, Outcome, Route, Site, SiteConfig, dir_value, lang_value, og_locale,
};

use super::finish::Note;
use super::{Format, Prepared, Role, Settings, SiteError};

/// What the post says of its site, owned.
#[derive(Debug, Default)]
pub(super) struct OwnAddresses {
    api: Option<String>,
    link: Option<String>,
    guid: Option<String>,
}

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
        }
    }

    fn of_page(prepared: &Prepared) -> Self {
        let link = prepared.fields.iter().find_map(|field| match &field.role {
            Role::Text(extracted) => extracted
                .sites()
                .into_iter()
                .find(|site| site.kind == SiteKind::OwnLink)
                .map(|site| site.value.clone()),
            _ => None,
        });
        Self {
            link,
            ..Self::default()
        }
    }

    pub(super) fn of(prepared: &Prepared) -> Self {
        match prepared.format {
            Format::Json => Json::parse(&prepared.text)
                .map(|post| Self::of_post(&post))
                .unwrap_or_default(),
            Format::Html => Self::of_page(prepared),
        }
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
    pub(super) is_localized: &'r (dyn Fn(&str) -> bool + Sync),
}

impl Router<'_> {
    /// The new value of a site, and a note where the user should know that it stays.
    pub(super) fn site_value(&self, site: &AttributeSite) -> (Option<Splice>, Option<Note>) {
        let (source, target) = (&self.settings.source, &self.settings.target);
        let new = |value: Option<String>| value.map(|value| replaced(&site.value, &value));
        match site.kind {
            SiteKind::Link => {
                let context = LinkContext {
                    is_excluded: site.is_excluded,
                    has_hreflang: site.has_hreflang,
                };
                self.content_link(&site.value, context)
            }
            SiteKind::OwnLink => (
                spliced(&site.value, &self.route.own_link(&site.value)),
                None,
            ),
            _ if site.is_excluded => (None, None),
            SiteKind::Language => (
                new(lang_value(source.tag(), target.tag(), &site.value).unwrap_or_default()),
                None,
            ),
            SiteKind::Direction => (
                new(dir_value(source.tag(), target.tag(), &site.value)
                    .unwrap_or_default()
                    .map(str::to_owned)),
                None,
            ),
            SiteKind::OpenGraphLocale => (
                new(og_locale(source.tag(), target.tag(), &site.value).unwrap_or_default()),
                None,
            ),
        }
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

    /// The addresses of a JSON post itself: `link`, `_links`, `slug`, `lang`.
    pub(super) fn own_values(&self, post: &Json<'_>) -> Vec<(std::ops::Range<usize>, Splice)> {
        let mut values = Vec::new();
        let mut put = |json: &Json<'_>, change: &dyn Fn(&str) -> Option<Splice>| {
            let range = json.content_range();
            if let Some(text) = json.as_text().filter(|_| json.is_string())
                && let Some(splice) = change(&text)
            {
                values.push((range, splice));
            }
        };
        for (key, value) in post.members() {
            match key.as_str() {
                "link" => put(&value, &|text| spliced(text, &self.route.own_link(text))),
                "slug" => put(&value, &|text| {
                    self.route.slug(text).map(|slug| replaced(text, slug))
                }),
                "lang" => put(&value, &|text| {
                    let (source, target) = (&self.settings.source, &self.settings.target);
                    let new = lang_value(source.tag(), target.tag(), text).ok()??;
                    Some(replaced(text, &new))
                }),
                "_links" => {
                    for (relation, links) in value.members() {
                        for link in links.elements() {
                            if let Some(href) = link.get("href") {
                                put(&href, &|text| {
                                    spliced(text, &self.route.api_href(&relation, text))
                                });
                            }
                        }
                    }
                }
                _ => {}
            }
        }
        values
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
