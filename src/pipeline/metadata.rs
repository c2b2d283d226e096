//! The values of a JSON post that depend on the locale and stand outside of its texts.
//!
//! | value | follows |
//! | --- | --- |
//! | `link`, the addresses in `yoast_head_json` | as the post's own address, whatever the link policy |
//! | `slug`, `lang`, `og_locale` | the slugs of the configuration, the target |
//! | `_links`, those of what is embedded too | as addresses of the API |
//! | `link` of what is embedded: author, terms, media, … | as a link of the content, without a report |
//! | `yoast_head_json.schema` | as JSON-LD in HTML does |

use std::ops::Range;

use crate::html::{SiteKind, structured_data_sites};
use crate::post::{Json, Splice, decode_string};
use crate::route::LinkContext;

use super::routing::{Router, replaced};

/// The members of `yoast_head_json` that say in JSON what sites in `yoast_head` say in HTML.
const YOAST: [(&str, SiteKind); 4] = [
    ("canonical", SiteKind::OwnLink),
    ("og_url", SiteKind::OwnLink),
    ("twitter_url", SiteKind::OwnLink),
    ("og_locale", SiteKind::OpenGraphLocale),
];

/// What is embedded is nested in arrays: those of terms by taxonomy. More is not WordPress's.
const MAX_NESTING: usize = 3;

/// The addresses by which the metadata names the post.
pub(super) fn named_addresses(post: &Json<'_>) -> Vec<String> {
    let Some(head) = post.get("yoast_head_json") else {
        return Vec::new();
    };
    let own = YOAST
        .iter()
        .filter(|(_, kind)| *kind == SiteKind::OwnLink)
        .filter_map(|(key, _)| head.get(key));
    own.filter_map(|value| value.as_text()).collect()
}

/// The new values of a post: where the content of each string stands, and the splice of its text.
pub(super) fn new_values(router: &Router<'_>, post: &Json<'_>) -> Vec<(Range<usize>, Splice)> {
    let mut values = Values {
        router,
        found: Vec::new(),
    };
    for (key, value) in post.members() {
        match key.as_str() {
            "link" => values.put(&value, &|text| router.own_link(text)),
            "slug" => values.put(&value, &|text| {
                router.route.slug(text).map(|slug| replaced(text, slug))
            }),
            "lang" => values.put(&value, &|text| router.value(SiteKind::Language, text)),
            "_links" => values.put_links(&value),
            "_embedded" => {
                for (_, embedded) in value.members() {
                    values.put_embedded(&embedded, 0);
                }
            }
            "yoast_head_json" => values.put_yoast(post.raw(), post.range().start, &value),
            _ => {}
        }
    }
    values.found
}

struct Values<'v, 'r> {
    router: &'v Router<'r>,
    found: Vec<(Range<usize>, Splice)>,
}

impl Values<'_, '_> {
    fn put(&mut self, json: &Json<'_>, change: &dyn Fn(&str) -> Option<Splice>) {
        if let Some(text) = json.as_text().filter(|_| json.is_string())
            && let Some(splice) = change(&text)
        {
            self.found.push((json.content_range(), splice));
        }
    }

    fn put_links(&mut self, links: &Json<'_>) {
        let router = self.router;
        for (relation, links) in links.members() {
            for link in links.elements() {
                if let Some(href) = link.get("href") {
                    self.put(&href, &|text| router.api_href(&relation, text));
                }
            }
        }
    }

    fn put_embedded(&mut self, embedded: &Json<'_>, depth: usize) {
        let router = self.router;
        for (key, value) in embedded.members() {
            match key.as_str() {
                // Nobody can mend it where it is kept, so that is not worth a report.
                "link" => self.put(&value, &|text| {
                    router.content_link(text, LinkContext::default()).0
                }),
                "_links" => self.put_links(&value),
                _ => {}
            }
        }
        if depth < MAX_NESTING {
            for element in embedded.elements() {
                self.put_embedded(&element, depth + 1);
            }
        }
    }

    /// `text` is that of the post, which begins at `start`.
    fn put_yoast(&mut self, text: &str, start: usize, head: &Json<'_>) {
        let router = self.router;
        for (key, value) in head.members() {
            if let Some((_, kind)) = YOAST.iter().find(|(name, _)| *name == key) {
                self.put(&value, &|text| router.value(*kind, text));
            }
            if key == "schema" {
                for (kind, range) in structured_data_sites(&value) {
                    let content = text.get(range.start - start..range.end - start);
                    if let Some(decoded) = content.and_then(decode_string)
                        && let Some(splice) = router.value(kind, decoded.text())
                    {
                        self.found.push((range, splice));
                    }
                }
            }
        }
    }
}
