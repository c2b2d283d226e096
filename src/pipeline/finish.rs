//! Writes a localized post.

use std::cell::RefCell;
use std::ops::Range;

use crate::html::{self, Changes, HtmlUnit, Replacement};
use crate::post::{Json, JsonStyle, Part, Splice, derive_excerpt};
use crate::route::{KeepReason, LinkContext, Site};
use crate::unit::Fragment;

use super::routing::{Alternates, OwnAddresses, Router, is_same_locale, lift_string, replaced};
use super::{Format, PostError, Prepared, PreparedField, Role, Settings, metadata};

/// The field that holds the head of the post's page, or a part of it.
const HEAD_FIELD: &str = "yoast_head";

/// Something that the user should know about a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// A content link stays as it was.
    LinkKept {
        /// The link.
        value: String,
        /// Why.
        reason: KeepReason,
    },
    /// An excerpt was derived from the translated content.
    ExcerptDerived {
        /// Its field.
        field: String,
    },
    /// An excerpt looks generated but is not the beginning of the content: it was translated, and
    /// ought to be looked at.
    ExcerptTorn {
        /// Its field.
        field: String,
    },
}

/// A localized post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Localized {
    /// The whole post.
    pub text: String,
    /// What the user should know.
    pub notes: Vec<Note>,
}

impl Prepared {
    /// Writes the targets of the segments, links and languages into the post.
    ///
    /// `target` gives the target of a segment by the indices of its unit and itself, none where
    /// the source stays. `is_localized` tells whether a path of the site is one of a post that is
    /// localized as well.
    ///
    /// # Errors
    /// [`PostError::Site`] for a configuration that is wrong.
    pub fn finish<'t>(
        &self,
        settings: &Settings,
        target: &dyn Fn(usize, usize) -> Option<&'t Fragment>,
        is_localized: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Localized, PostError> {
        let is_same = is_same_locale(settings);
        if is_same && !settings.site.hreflang {
            return Ok(self.write(settings, None, None, target));
        }
        let own = OwnAddresses::of(self);
        let site = Site::discover(&settings.site, own.evidence())?;
        let route = site.route(settings.target.tag());
        let router = Router {
            settings,
            route: &route,
            own: &own,
            is_localized,
        };
        let alternates = Alternates {
            site: &site,
            own: &own,
        };
        Ok(self.write(
            settings,
            Some(router).filter(|_| !is_same),
            Some(alternates).filter(|_| settings.site.hreflang),
            target,
        ))
    }

    /// Writes the post; without a router nothing that depends on the locale is touched.
    fn write<'t>(
        &self,
        settings: &Settings,
        router: Option<Router<'_>>,
        alternates: Option<Alternates<'_>>,
        target: &dyn Fn(usize, usize) -> Option<&'t Fragment>,
    ) -> Localized {
        let mut finish = Finish {
            prepared: self,
            settings,
            router,
            alternates,
            target,
            notes: RefCell::default(),
            style: None,
        };
        let text = finish.text();
        let mut notes = finish.notes.into_inner();
        notes.extend(self.torn_excerpts.iter().map(|field| Note::ExcerptTorn {
            field: field.clone(),
        }));
        Localized { text, notes }
    }
}

struct Finish<'f, 't> {
    prepared: &'f Prepared,
    settings: &'f Settings,
    /// None where source and target locale are the same: then nothing is routed.
    router: Option<Router<'f>>,
    /// None where no alternates are wanted.
    alternates: Option<Alternates<'f>>,
    target: &'f dyn Fn(usize, usize) -> Option<&'t Fragment>,
    notes: RefCell<Vec<Note>>,
    /// How the post spells its strings, once it is asked for.
    style: Option<JsonStyle>,
}

impl Finish<'_, '_> {
    fn text(&mut self) -> String {
        let prepared = self.prepared;
        let mut splices: Vec<Option<Splice>> = (0..prepared.fields.len())
            .map(|index| self.field_splice(index))
            .collect();
        for index in 0..splices.len() {
            if let Role::Derived { content } = prepared.fields[index].role {
                splices[index] = self.excerpt_splice(index, content, splices[content].as_ref());
            }
        }
        let mut edits: Vec<(Range<usize>, Splice)> = Vec::new();
        for (field, splice) in prepared.fields.iter().zip(splices) {
            if let Some(splice) = splice {
                edits.extend(self.lifted(field.range.clone(), &splice));
            }
        }
        if let (Some(router), Format::Json) = (&self.router, prepared.format) {
            let post = Json::of_checked(&prepared.text);
            for (range, splice) in metadata::new_values(router, &post) {
                edits.extend(self.lifted(range, &splice));
            }
        }
        if edits.is_empty() {
            return prepared.text.clone();
        }
        edits.sort_by_key(|(range, _)| range.start);
        spliced(&prepared.text, &edits)
    }

    /// Carries the splice of a decoded value over to the bytes of the post.
    fn lifted(&mut self, range: Range<usize>, splice: &Splice) -> Option<(Range<usize>, Splice)> {
        let text = &self.prepared.text;
        let raw = &text[range.clone()];
        match self.prepared.format {
            Format::Html => Some((range, splice.clone())),
            Format::Json => {
                let style = *self.style.get_or_insert_with(|| JsonStyle::detect(text));
                Some((range, lift_string(raw, splice, style)?))
            }
        }
    }

    /// The new value of a field, as a splice of its decoded value; none where it stays.
    fn field_splice(&self, index: usize) -> Option<Splice> {
        let prepared = self.prepared;
        let field = &prepared.fields[index];
        let is_routed = self.router.is_some() || self.alternates.is_some();
        if !is_routed && !self.has_target(index) {
            return None;
        }
        let decoded = prepared.decoded(&field.range)?;
        let value = decoded.text();
        let splice = match &field.role {
            Role::Text(extracted) => {
                let changes = FieldChanges {
                    finish: self,
                    field,
                };
                html::rebuild(value, extracted, &changes)
            }
            Role::Url => {
                let router = self.router.as_ref()?;
                let (splice, note) = router.content_link(value, LinkContext::default());
                self.notes.borrow_mut().extend(note);
                splice?
            }
            // It needs the content's, so it comes last.
            Role::Derived { .. } | Role::Written => return None,
        };
        (!splice.is_identity(value.len())).then_some(splice)
    }

    /// Whether any segment of a field has a target.
    fn has_target(&self, field: usize) -> bool {
        let first = self.prepared.fields[field].first_unit;
        let units = self.prepared.units.get(first..).unwrap_or_default();
        units
            .iter()
            .take_while(|unit| unit.field == field)
            .enumerate()
            .any(|(at, unit)| {
                (0..unit.segments.len()).any(|segment| (self.target)(first + at, segment).is_some())
            })
    }

    /// The new value of an excerpt, made from the new content as WordPress would.
    fn excerpt_splice(
        &self,
        index: usize,
        content: usize,
        content_splice: Option<&Splice>,
    ) -> Option<Splice> {
        let field = &self.prepared.fields[index];
        let excerpt = self.prepared.decoded(&field.range)?;
        let source = self
            .prepared
            .decoded(&self.prepared.fields[content].range)?;
        let translated = content_splice?.apply(source.text());
        let derived = derive_excerpt(
            source.text(),
            excerpt.text(),
            &translated,
            self.settings.source.tag(),
            self.settings.target.tag(),
        )?;
        self.notes.borrow_mut().push(Note::ExcerptDerived {
            field: field.path.clone(),
        });
        Some(replaced(excerpt.text(), &derived))
    }
}

/// What changes in one field.
struct FieldChanges<'c, 'f, 't> {
    finish: &'c Finish<'f, 't>,
    field: &'c PreparedField,
}

impl Changes for FieldChanges<'_, '_, '_> {
    fn replacements(&self, unit: &HtmlUnit) -> Vec<Replacement> {
        let index = self.field.first_unit + unit.number;
        let Some(prepared) = self.finish.prepared.units.get(index) else {
            return Vec::new();
        };
        debug_assert_eq!(prepared.number, unit.number);
        let source = unit.source();
        prepared
            .segments
            .iter()
            .enumerate()
            .filter_map(|(at, segment)| {
                let target = (self.finish.target)(index, at)?;
                let old = source.slice(segment.text.clone(), segment.marks.clone());
                (*target != old).then(|| Replacement {
                    text: segment.text.clone(),
                    marks: segment.marks.clone(),
                    target: target.clone(),
                })
            })
            .collect()
    }

    fn site_value(&self, site: &html::Site) -> Option<Splice> {
        let (splice, note) = self.finish.router.as_ref()?.site_value(site);
        self.finish.notes.borrow_mut().extend(note);
        splice
    }

    fn alternates(&self, head: &html::Head) -> Vec<html::Alternate> {
        let has_head = match self.finish.prepared.format {
            Format::Html => head.is_page,
            Format::Json => self.field.path == HEAD_FIELD,
        };
        let wanted = self.finish.alternates.as_ref().filter(|_| has_head);
        wanted.map_or_else(Vec::new, |alternates| alternates.missing(head))
    }
}

/// Puts edits, in order and not overlapping, into a text.
fn spliced(text: &str, edits: &[(Range<usize>, Splice)]) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let mut at = 0;
    for (range, splice) in edits {
        if range.start < at {
            continue;
        }
        out.push_str(&text[at..range.start]);
        let own = &text[range.clone()];
        for part in splice.parts() {
            match part {
                Part::Source(range) => out.push_str(&own[range.clone()]),
                Part::New(new) => out.push_str(new),
            }
        }
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}
