//! The way of one post: what is in it, and what becomes of it.
//!
//! 1. [`prepare`] finds the fields of a post, and in each the units and what depends on the
//!    locale; units are cut into segments. A generated excerpt is set aside.
//! 2. `translate` finds a target for every segment.
//! 3. [`Prepared::finish`] writes targets, links and languages back with one splice, and derives
//!    the excerpt from the content that it was generated from.
//!
//! [`localize`] does all three for one post. Who has many reads them as [`Ready`] posts and lets
//! one call translate the segments of all, so that batches get full.

mod finish;
mod metadata;
mod ready;
mod recall;
mod remember;
mod routing;

use std::ops::Range;

use sha2::{Digest as _, Sha256};

use crate::html::{self, Extracted, HtmlError, Policy, Shape};
use crate::post::{
    Decoded, Field, FieldKind, FieldPattern, Json, JsonError, decode_string, derive_excerpt,
    find_fields, looks_generated,
};
use crate::route::{LinkPolicy, SiteConfig, SiteError};
use crate::translate::TranslateError;
use crate::unit::{Kind, Locale, Segment, Segmentation, Unit, segments_of};

pub use finish::{Localized, Note};
pub use ready::{Done, Ready, localize, rebuilt};
pub use recall::{Catalogued, Retranslate, is_as_written};
pub use remember::{new_pairs, pairs_of_gone};
pub use routing::own_path;

/// What a post is read as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// A WordPress REST object.
    Json,
    /// An HTML document or fragment.
    Html,
}

/// How posts are localized, from one language to one other.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The language of the text.
    pub source: Locale,
    /// The language wanted.
    pub target: Locale,
    /// What is translatable in HTML.
    pub policy: Policy,
    /// Which fields of a JSON post hold text.
    pub fields: Vec<FieldPattern>,
    /// What is sent as one text; none where nothing will be sent.
    pub segmentation: Option<Segmentation>,
    /// What is known of the site.
    pub site: SiteConfig,
    /// Which content links are rewritten.
    pub links: LinkPolicy,
}

/// Why a post could not be localized.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostError {
    /// It is not JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// The site's configuration is wrong.
    #[error(transparent)]
    Site(#[from] SiteError),
    /// Nothing more may be sent, or what is answered can't be kept.
    #[error(transparent)]
    Translate(#[from] TranslateError),
}

/// A field that is left as it was, with the reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The field's path; empty for an HTML file.
    pub field: String,
    /// Why.
    pub error: HtmlError,
}

/// A unit of a post and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreparedUnit {
    /// The unit, with its id.
    pub unit: Unit,
    /// Its field; [`Prepared::field_path`] names it.
    pub field: usize,
    /// Where it stands in the decoded value of the field, in bytes; a unit of an embedded text
    /// stands where that does.
    pub span: Range<usize>,
    /// Its sentences.
    pub segments: Vec<Segment>,
    /// Its number in its field.
    number: usize,
}

/// What a field is for.
#[derive(Debug)]
enum Role {
    /// Its units are translated.
    Text(Box<Extracted>),
    /// It follows the link rules.
    Url,
    /// An excerpt that is generated from another field, by index.
    Derived { content: usize },
    /// It was written, and its tree is gone.
    Written,
}

#[derive(Debug)]
struct PreparedField {
    path: String,
    /// Where its value stands in the post, still encoded.
    range: Range<usize>,
    role: Role,
    /// The index of its first unit.
    first_unit: usize,
}

/// A post that was read.
#[derive(Debug)]
pub struct Prepared {
    text: String,
    format: Format,
    fields: Vec<PreparedField>,
    units: Vec<PreparedUnit>,
    refusals: Vec<Refusal>,
    /// Excerpts that look generated, but not from the content that is there.
    torn_excerpts: Vec<String>,
    has_text: bool,
}

/// Reads a post.
///
/// # Errors
/// [`PostError::Json`] for a post that is not JSON. A field whose HTML is refused is no error: it
/// is left as it was, and stands in [`Prepared::refusals`].
pub fn prepare(text: String, format: Format, settings: &Settings) -> Result<Prepared, PostError> {
    if format == Format::Json {
        Json::parse(&text)?;
    }
    Ok(prepare_checked(text, format, settings))
}

/// Reads a post that is known to be JSON if it should be.
fn prepare_checked(text: String, format: Format, settings: &Settings) -> Prepared {
    let found = match format {
        Format::Json => find_fields(
            &Json::of_checked(&text),
            &settings.fields,
            html::looks_like_html,
        ),
        Format::Html => vec![Field {
            path: String::new(),
            kind: FieldKind::Html,
            range: 0..text.len(),
        }],
    };
    let mut prepared = Prepared {
        text,
        format,
        fields: Vec::new(),
        units: Vec::new(),
        refusals: Vec::new(),
        torn_excerpts: Vec::new(),
        has_text: false,
    };
    for field in found {
        prepared.add_field(field, settings);
    }
    // Where nothing is translated no excerpt can change.
    if settings.segmentation.is_some() {
        prepared.set_excerpts_aside(settings);
    }
    prepared.add_units(settings);
    prepared.has_text = prepared.fields.iter().any(|field| match &field.role {
        Role::Text(extracted) => extracted.has_units(),
        Role::Derived { .. } => true,
        Role::Url | Role::Written => false,
    });
    prepared
}

impl Prepared {
    /// Whether there is anything to translate.
    pub fn has_text(&self) -> bool {
        self.has_text
    }

    /// Gives back what only writing needs, which is most of a post.
    fn forget_trees(&mut self) {
        for field in &mut self.fields {
            field.role = Role::Written;
        }
    }

    /// The units in the order of the post; none where the settings know no segmentation. Derived
    /// excerpts have none.
    pub fn units(&self) -> &[PreparedUnit] {
        &self.units
    }

    /// The path of a unit's field; empty for an HTML file.
    pub fn field_path(&self, unit: &PreparedUnit) -> &str {
        self.fields
            .get(unit.field)
            .map_or("", |field| field.path.as_str())
    }

    /// The fields that are left as they were.
    pub fn refusals(&self) -> &[Refusal] {
        &self.refusals
    }

    /// The post as it was read.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn decoded(&self, range: &Range<usize>) -> Option<Decoded<'_>> {
        let raw = &self.text[range.clone()];
        match self.format {
            Format::Json => decode_string(raw),
            Format::Html => Some(Decoded::verbatim(raw)),
        }
    }

    fn add_field(&mut self, field: Field, settings: &Settings) {
        let role = {
            // A lone surrogate is no text, so there is nothing to translate.
            let Some(decoded) = self.decoded(&field.range) else {
                return;
            };
            let value = decoded.text();
            match field.kind {
                FieldKind::Url => Ok(Role::Url),
                FieldKind::Text | FieldKind::Auto => {
                    Ok(Role::Text(Box::new(html::extract_plain(value))))
                }
                FieldKind::Html => html::extract(value, self.shape_of(value), &settings.policy)
                    .map(|extracted| Role::Text(Box::new(extracted))),
            }
        };
        match role {
            Ok(role) => self.fields.push(PreparedField {
                path: field.path,
                range: field.range,
                role,
                first_unit: 0,
            }),
            Err(error) => self.refusals.push(Refusal {
                field: field.path,
                error,
            }),
        }
    }

    fn shape_of(&self, value: &str) -> Shape {
        match self.format {
            Format::Json => Shape::Fragment,
            Format::Html => html::shape_of_file(value),
        }
    }

    /// WordPress makes an excerpt from the beginning of the content where the author wrote none.
    /// It ends in the middle of a sentence, so translating it would give a torn text for money.
    fn set_excerpts_aside(&mut self, settings: &Settings) {
        for index in 0..self.fields.len() {
            let path = &self.fields[index].path;
            let Some(end) = path.strip_prefix("excerpt.") else {
                continue;
            };
            let content_path = format!("content.{end}");
            let content = self.fields.iter().position(|one| one.path == content_path);
            let Some(excerpt) = self.decoded(&self.fields[index].range) else {
                continue;
            };
            let looks_generated = looks_generated(excerpt.text());
            let is_derived = content.is_some_and(|content| {
                self.decoded(&self.fields[content].range)
                    .is_some_and(|content| {
                        derive_excerpt(
                            content.text(),
                            excerpt.text(),
                            content.text(),
                            settings.source.tag(),
                            settings.target.tag(),
                        )
                        .is_some()
                    })
            });
            match content {
                Some(content) if is_derived => self.fields[index].role = Role::Derived { content },
                _ if looks_generated => self.torn_excerpts.push(path.clone()),
                _ => {}
            }
        }
    }

    fn add_units(&mut self, settings: &Settings) {
        // Where nothing is translated nobody looks at them.
        let Some(segmentation) = settings.segmentation else {
            return;
        };
        let mut ids = Ids::default();
        let mut units = Vec::new();
        for (index, field) in self.fields.iter_mut().enumerate() {
            field.first_unit = units.len();
            let Role::Text(extracted) = &field.role else {
                continue;
            };
            for found in extracted.units() {
                units.push(PreparedUnit {
                    unit: Unit {
                        id: ids.next(&field.path, &found.element, &found.source().to_tagged()),
                        kind: found.kind,
                        element: found.element.to_string(),
                        source: found.source().clone(),
                        codes: found.codes().to_vec(),
                    },
                    field: index,
                    span: found.span.clone(),
                    segments: segments_of(
                        found.source(),
                        found.codes(),
                        segmentation,
                        &settings.source,
                    ),
                    number: found.number,
                });
            }
        }
        self.units = units;
    }

    /// Addresses in fields of kind url, as units without segments: path, value and place.
    pub fn urls(&self) -> impl Iterator<Item = (&str, String, Kind)> {
        self.fields.iter().filter_map(|field| match field.role {
            Role::Url => {
                let value = self.decoded(&field.range)?.text().to_owned();
                Some((field.path.as_str(), value, Kind::Url))
            }
            _ => None,
        })
    }
}

/// Hands out unit ids: a hash of field, element and text, and a count where all three are alike.
///
/// So a paragraph inserted above changes no id, and a repeated one gets its own.
#[derive(Debug, Default)]
struct Ids {
    seen: std::collections::HashMap<u64, usize>,
}

impl Ids {
    fn next(&mut self, field: &str, element: &str, text: &str) -> String {
        let mut hash = Sha256::new();
        for part in [field, "\0", element, "\0", text] {
            hash.update(part.as_bytes());
        }
        let digest = hash.finalize();
        let mut bytes = [0; 8];
        bytes[3..].copy_from_slice(&digest[..5]);
        let key = u64::from_be_bytes(bytes);
        let count = self.seen.entry(key).or_default();
        *count += 1;
        match *count {
            1 => format!("{key:010x}"),
            more => format!("{key:010x}-{more}"),
        }
    }
}
