//! Fields: which strings of a post hold text.

use std::ops::Range;
use std::str::FromStr;

use super::Json;

/// What kind of value a field is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum FieldKind {
    /// HTML: content, or a title with character references.
    Html,
    /// Plain text.
    Text,
    /// An address: it follows the link rules.
    Url,
    /// HTML where the value has tags or character references, else plain text.
    #[default]
    Auto,
}

/// A pattern of field paths and the kind of the fields.
///
/// Written `title.rendered`: member names and indices of arrays separated by dots; `*` (or a `[]`
/// after a name) is any member or element; `\.` is a dot in a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldPattern {
    steps: Vec<String>,
    /// Kind of the fields found.
    pub kind: FieldKind,
}

/// A pattern that can't match anything.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a field path")]
pub struct FieldPatternError(pub String);

impl FieldPattern {
    /// The pattern of `path` for fields of `kind`.
    ///
    /// # Errors
    /// [`FieldPatternError`] where a step is empty.
    pub fn new(path: &str, kind: FieldKind) -> Result<Self, FieldPatternError> {
        let mut steps = vec![String::new()];
        let mut chars = path.chars();
        while let Some(c) = chars.next() {
            match (c, steps.last_mut()) {
                ('\\', Some(step)) => step.extend(chars.next()),
                ('.', _) => steps.push(String::new()),
                (_, Some(step)) => step.push(c),
                (_, None) => {}
            }
        }
        let steps: Vec<String> = steps
            .into_iter()
            .flat_map(|step| {
                let mut arrays = 0;
                let mut name = step.as_str();
                while let Some(rest) = name.strip_suffix("[]") {
                    name = rest;
                    arrays += 1;
                }
                let name = Some(name.to_owned()).filter(|name| !name.is_empty() || arrays == 0);
                name.into_iter()
                    .chain(std::iter::repeat_n("*".to_owned(), arrays))
            })
            .collect();
        if steps.iter().any(String::is_empty) {
            return Err(FieldPatternError(path.to_owned()));
        }
        Ok(Self { steps, kind })
    }
}

impl FromStr for FieldPattern {
    type Err = FieldPatternError;

    /// A pattern with its usual kind: that of the default field of this path, HTML for
    /// `rendered` and `raw`, else by the look of each value.
    fn from_str(path: &str) -> Result<Self, Self::Err> {
        let pattern = Self::new(path, FieldKind::Auto)?;
        let usual = default_fields()
            .into_iter()
            .find(|usual| usual.steps == pattern.steps)
            .map(|usual| usual.kind);
        let last = pattern.steps.last().map(String::as_str);
        let kind = match (usual, last) {
            (Some(kind), _) => kind,
            (None, Some("rendered" | "raw")) => FieldKind::Html,
            (None, _) => FieldKind::Auto,
        };
        Ok(Self { kind, ..pattern })
    }
}

/// The fields of WordPress core and of the SEO plug-ins that hold text for people.
const DEFAULT_FIELDS: [(&str, FieldKind); 42] = {
    use FieldKind::{Html, Text};
    [
        ("title.rendered", Html),
        ("title.raw", Html),
        ("content.rendered", Html),
        ("content.raw", Html),
        ("excerpt.rendered", Html),
        ("excerpt.raw", Html),
        ("_embedded.wp:featuredmedia.*.alt_text", Text),
        ("_embedded.wp:featuredmedia.*.caption.rendered", Html),
        ("_embedded.wp:featuredmedia.*.title.rendered", Html),
        ("_embedded.wp:term.*.*.name", Html),
        ("_embedded.wp:term.*.*.description", Html),
        ("yoast_head", Html),
        ("yoast_head_json.title", Text),
        ("yoast_head_json.description", Text),
        ("yoast_head_json.og_title", Text),
        ("yoast_head_json.og_description", Text),
        ("yoast_head_json.twitter_title", Text),
        ("yoast_head_json.twitter_description", Text),
        ("meta._yoast_wpseo_title", Text),
        ("meta._yoast_wpseo_metadesc", Text),
        ("meta._yoast_wpseo_bctitle", Text),
        ("meta._yoast_wpseo_focuskw", Text),
        ("meta._yoast_wpseo_opengraph-title", Text),
        ("meta._yoast_wpseo_opengraph-description", Text),
        ("meta._yoast_wpseo_twitter-title", Text),
        ("meta._yoast_wpseo_twitter-description", Text),
        ("meta.rank_math_title", Text),
        ("meta.rank_math_description", Text),
        ("meta.rank_math_focus_keyword", Text),
        ("meta.rank_math_facebook_title", Text),
        ("meta.rank_math_facebook_description", Text),
        ("meta.rank_math_twitter_title", Text),
        ("meta.rank_math_twitter_description", Text),
        ("rank_math_title", Text),
        ("rank_math_description", Text),
        ("meta._seopress_titles_title", Text),
        ("meta._seopress_titles_desc", Text),
        ("meta._seopress_social_fb_title", Text),
        ("meta._seopress_social_fb_desc", Text),
        ("meta._seopress_social_twitter_title", Text),
        ("meta._seopress_social_twitter_desc", Text),
        ("meta._seopress_analysis_target_kw", Text),
    ]
};

/// The patterns of the default fields.
pub fn default_fields() -> Vec<FieldPattern> {
    DEFAULT_FIELDS
        .iter()
        .filter_map(|(path, kind)| FieldPattern::new(path, *kind).ok())
        .collect()
}

/// A string of a post that holds text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its path, with numeric indices: `_embedded.wp:term.0.1.name`.
    pub path: String,
    /// Its kind, never [`FieldKind::Auto`].
    pub kind: FieldKind,
    /// Where the content of the string stands in the post, without its quotes, in bytes.
    pub range: Range<usize>,
}

/// Finds the fields of a post in the order in which they stand.
///
/// `looks_like_html` decides about [`FieldKind::Auto`] from the decoded value. Where patterns
/// overlap, the first one counts.
pub fn find_fields(
    post: &Json<'_>,
    patterns: &[FieldPattern],
    looks_like_html: impl Fn(&str) -> bool,
) -> Vec<Field> {
    let mut finder = Finder {
        looks_like_html: &looks_like_html,
        path: Vec::new(),
        fields: Vec::new(),
    };
    let all: Vec<_> = patterns.iter().map(|pattern| (pattern, 0)).collect();
    finder.visit(post, &all);
    finder.fields
}

struct Finder<'f> {
    looks_like_html: &'f dyn Fn(&str) -> bool,
    path: Vec<String>,
    fields: Vec<Field>,
}

impl Finder<'_> {
    /// The recursion is as deep as the longest pattern.
    fn visit(&mut self, json: &Json<'_>, active: &[(&FieldPattern, usize)]) {
        if json.is_string() {
            let matched = active
                .iter()
                .find(|(pattern, step)| *step == pattern.steps.len());
            if let Some((pattern, _)) = matched {
                self.fields.push(Field {
                    path: self.path.join("."),
                    kind: self.kind_of(json, pattern.kind),
                    range: json.content_range(),
                });
            }
            return;
        }
        for (key, value) in json.members() {
            self.step(&key, &value, active);
        }
        for (index, value) in json.elements().into_iter().enumerate() {
            self.step(&index.to_string(), &value, active);
        }
    }

    fn step(&mut self, key: &str, value: &Json<'_>, active: &[(&FieldPattern, usize)]) {
        let next: Vec<_> = active
            .iter()
            .filter(|(pattern, step)| {
                pattern
                    .steps
                    .get(*step)
                    .is_some_and(|name| name == key || name == "*")
            })
            .map(|(pattern, step)| (*pattern, step + 1))
            .collect();
        if !next.is_empty() {
            self.path.push(key.to_owned());
            self.visit(value, &next);
            self.path.pop();
        }
    }

    fn kind_of(&self, json: &Json<'_>, kind: FieldKind) -> FieldKind {
        match kind {
            FieldKind::Auto => {
                let text = json.as_text().unwrap_or_default();
                if (self.looks_like_html)(&text) {
                    FieldKind::Html
                } else {
                    FieldKind::Text
                }
            }
            kind => kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: &str = r#"{"title":{"rendered":"T"},"acf":{"a":"x < y","b":"<p>z</p>","c":["u","v"]},
        "_embedded":{"wp:term":[[{"name":"N"},{"name":"M"}]]},"meta":[]}"#;

    fn found(patterns: &[FieldPattern]) -> Vec<(String, FieldKind)> {
        let post = Json::parse(POST).expect("valid");
        find_fields(&post, patterns, |text| text.contains("</"))
            .into_iter()
            .map(|field| (field.path, field.kind))
            .collect()
    }

    #[test]
    fn the_default_fields_are_found_in_order() {
        assert_eq!(
            found(&default_fields()),
            [
                ("title.rendered".to_owned(), FieldKind::Html),
                ("_embedded.wp:term.0.0.name".to_owned(), FieldKind::Html),
                ("_embedded.wp:term.0.1.name".to_owned(), FieldKind::Html),
            ]
        );
        assert_eq!(default_fields().len(), DEFAULT_FIELDS.len());
    }

    #[test]
    fn configured_fields_get_their_kind_by_their_look() {
        let patterns = ["acf.*", "acf.c[]"].map(|path| path.parse().expect("valid"));
        assert_eq!(
            found(&patterns),
            [
                ("acf.a".to_owned(), FieldKind::Text),
                ("acf.b".to_owned(), FieldKind::Html),
                ("acf.c.0".to_owned(), FieldKind::Text),
                ("acf.c.1".to_owned(), FieldKind::Text),
            ]
        );
    }

    #[test]
    fn an_empty_step_is_an_error() {
        for path in ["", "a..b", ".a", "a."] {
            assert!(path.parse::<FieldPattern>().is_err(), "{path:?}");
        }
    }
}
