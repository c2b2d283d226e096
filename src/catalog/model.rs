//! What a catalog holds.

use crate::unit::{Code, Fragment, Kind, Locale, Segment, Unit};

use super::codes::standing_alone;
use super::digest::{digest_of_target, digest_of_text};
use super::state::{Origin, State, SubState};

/// The bilingual file of one post and one locale; for an exchange, of many posts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Catalog {
    /// The language of the sources.
    pub source: Locale,
    /// The language of the targets.
    pub target: Locale,
    /// One entry for each post: an input file may hold many.
    pub files: Vec<CatalogFile>,
}

/// The units of a post.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CatalogFile {
    /// Names the post, unique in its catalog and the same in every run: the path of its file in
    /// the project, and where a file holds many posts what tells them apart (`posts/all.json#7`).
    pub original: String,
    /// Its units in the order of the post.
    pub units: Vec<CatalogUnit>,
}

impl CatalogFile {
    /// The post's name as an `xs:NMTOKEN`: what is told apart by [`CatalogFile::original`] is by
    /// this.
    pub fn id(&self) -> String {
        format!("f{}", digest_of_text(&self.original))
    }
}

/// A unit: text that is translated as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogUnit {
    /// Unique in its post, an `xs:NMTOKEN`. It outlives changes of the text.
    pub id: String,
    /// The field of the post; empty for an HTML file.
    pub field: String,
    /// The element, with the attribute: `p`, `img@alt`; empty where there is none.
    pub element: String,
    /// What it is written into.
    pub kind: Kind,
    /// One entry for each mark of all parts, in order.
    pub codes: Vec<Code>,
    /// Digest of what was written for the unit the last time; see [`digest_of_text`].
    pub output: Option<String>,
    /// The most characters that its text should have.
    pub limit: Option<u32>,
    /// What people are told, or told each other, about it.
    pub notes: Vec<Note>,
    /// Its whole text, in order.
    pub parts: Vec<Part>,
}

/// A part of a unit's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// A segment.
    Segment(CatalogSegment),
    /// What stands between segments and is the same in every language: white space, codes, and
    /// text without letters.
    Ignorable(Fragment),
}

/// A sentence and its translation.
///
/// A segment without a target is in [`State::Initial`], and one with a target is not. Source and
/// target may hold one tag of a pair whose other tag is in another part of the unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogSegment {
    /// Unique in its unit, an `xs:NMTOKEN` that is no number.
    pub id: String,
    /// The text as the unit has it.
    pub source: Fragment,
    /// Its translation, with the same codes; see [`check_target`](super::check_target).
    pub target: Option<Fragment>,
    /// How far the translation is.
    pub state: State,
    /// What more is to be said about that.
    pub sub_state: Option<SubState>,
    /// Where the target is from.
    pub origin: Option<Origin>,
    /// Digest of the last target that we wrote; see [`digest_of_target`].
    pub digest: Option<String>,
    /// Earlier translations, and proposals that were not taken.
    pub candidates: Vec<Candidate>,
}

/// A translation of an earlier source, or one that was not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// What was translated. A tag whose partner is elsewhere stands as one without a partner.
    pub source: Fragment,
    /// Its translation.
    pub target: Fragment,
    /// One entry for each mark of `source`.
    pub codes: Vec<Code>,
    /// How like `source` is to the source of the segment, of 100.
    pub similarity: u8,
    /// Where the translation is from.
    pub origin: Origin,
}

/// A remark on a unit (`note` in XLIFF 2.1).
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Note {
    /// Its id, if it has one; an `xs:NMTOKEN`.
    pub id: Option<String>,
    /// What it is about; ours begin with `polypost:`.
    pub category: Option<String>,
    /// Which side of the unit it is about, if it is one.
    pub side: Option<Side>,
    /// From 1, the highest, to 10.
    pub priority: Option<u8>,
    /// What it says.
    pub text: String,
}

/// A side of a bilingual text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// The source.
    Source,
    /// The target.
    Target,
}

/// The category of our notes begins so.
pub(super) const OURS: &str = "polypost:";

/// A whole number of 100, rounded down, so that only what is the same is 100.
pub(super) fn percent(value: f64) -> u8 {
    let mut whole = (0..=100).rev();
    whole.find(|whole| f64::from(*whole) <= value).unwrap_or(0)
}

impl Note {
    pub(super) fn of_ours(category: &str, text: impl Into<String>) -> Self {
        Self {
            category: Some(format!("{OURS}{category}")),
            text: text.into(),
            ..Self::default()
        }
    }

    /// Whether it is one of ours of this category.
    pub(super) fn is_of_ours(&self, category: &str) -> bool {
        let own = self.category.as_deref();
        own.and_then(|own| own.strip_prefix(OURS)) == Some(category)
    }

    /// Whether it is written anew in every run.
    pub(super) fn is_ours(&self) -> bool {
        let category = self.category.as_deref();
        category.is_some_and(|category| category.starts_with(OURS))
    }
}

impl CatalogUnit {
    /// A unit as the pipeline found it, without translations.
    ///
    /// `segments` are those of the unit, in order; what stands between them becomes ignorable.
    pub fn new(unit: &Unit, field: &str, segments: &[Segment]) -> Self {
        let mut parts = Vec::new();
        let (mut text, mut marks) = (0, 0);
        let ignorable = |text, marks, parts: &mut Vec<Part>| {
            let between = unit.source.slice(text, marks);
            if !between.is_empty() {
                parts.push(Part::Ignorable(between));
            }
        };
        for (number, segment) in segments.iter().enumerate() {
            ignorable(
                text..segment.text.start,
                marks..segment.marks.start,
                &mut parts,
            );
            let source = unit
                .source
                .slice(segment.text.clone(), segment.marks.clone());
            parts.push(Part::Segment(CatalogSegment::new(
                format!("s{}", number + 1),
                source,
            )));
            (text, marks) = (segment.text.end, segment.marks.end);
        }
        ignorable(
            text..unit.source.text().len(),
            marks..unit.source.marks().len(),
            &mut parts,
        );
        let mut made = Self {
            id: unit.id.clone(),
            field: field.to_owned(),
            element: unit.element.clone(),
            kind: unit.kind,
            codes: unit.codes.clone(),
            output: None,
            limit: None,
            notes: Vec::new(),
            parts,
        };
        made.set_own_notes();
        made
    }

    /// Writes our notes anew: the element, what protected spans show, and the limit. Who sets
    /// [`CatalogUnit::limit`] calls it again.
    pub fn set_own_notes(&mut self) {
        self.notes.retain(|note| !note.is_ours());
        let mut own = Vec::new();
        if !self.element.is_empty() {
            own.push(Note::of_ours("element", &self.element));
        }
        for (code, text) in self.protected() {
            own.push(Note::of_ours("protected", format!("{code}: {text}")));
        }
        if let Some(limit) = self.limit {
            own.push(Note::of_ours("limit", limit.to_string()));
        }
        self.notes.splice(0..0, own);
    }

    /// The protected spans: code and text.
    fn protected(&self) -> impl Iterator<Item = (u32, &str)> {
        self.parts.iter().flat_map(|part| {
            let source = part.source();
            let spans = source.marks().iter().filter(|mark| mark.end() > mark.at);
            spans.filter_map(|mark| Some((mark.code, source.text().get(mark.at..mark.end())?)))
        })
    }

    /// The whole source.
    pub fn source(&self) -> Fragment {
        let mut whole = Fragment::default();
        for part in &self.parts {
            super::codes::append(part.source(), &mut whole);
        }
        whole
    }

    /// The segments, in order.
    pub fn segments(&self) -> impl Iterator<Item = &CatalogSegment> {
        self.parts.iter().filter_map(|part| match part {
            Part::Segment(segment) => Some(segment),
            Part::Ignorable(_) => None,
        })
    }

    /// The segments, in order, to change.
    pub fn segments_mut(&mut self) -> impl Iterator<Item = &mut CatalogSegment> {
        self.parts.iter_mut().filter_map(|part| match part {
            Part::Segment(segment) => Some(segment),
            Part::Ignorable(_) => None,
        })
    }

    /// Which of the unit's codes are those of each part.
    pub(super) fn codes_of_parts(&self) -> Vec<&[Code]> {
        let mut next = 0;
        let of_part = |part: &Part| {
            let start = next;
            next += part.source().marks().len();
            self.codes.get(start..next).unwrap_or_default()
        };
        self.parts.iter().map(of_part).collect()
    }
}

impl Part {
    /// Its source.
    pub fn source(&self) -> &Fragment {
        match self {
            Self::Segment(segment) => &segment.source,
            Self::Ignorable(source) => source,
        }
    }
}

impl CatalogSegment {
    /// A segment without a translation.
    pub fn new(id: String, source: Fragment) -> Self {
        Self {
            id,
            source,
            target: None,
            state: State::Initial,
            sub_state: None,
            origin: None,
            digest: None,
            candidates: Vec::new(),
        }
    }

    /// Takes a target of ours, and remembers that it is ours.
    pub fn set_own_target(&mut self, target: Fragment, origin: Origin) {
        self.digest = Some(digest_of_target(&target));
        self.target = Some(target);
        self.origin = Some(origin);
        self.state = State::Translated;
    }

    /// Whether the target is not the last one that we wrote: a person changed it, or made it.
    pub fn is_edited(&self) -> bool {
        let target = self.target.as_ref().map(digest_of_target);
        target.is_some() && target != self.digest
    }

    /// Whether the target is a person's: edited or approved. It is never overwritten.
    pub fn is_persons(&self) -> bool {
        self.target.is_some() && (self.state >= State::Reviewed || self.is_edited())
    }

    /// Whether the target is what a person wrote for another source: the segment is marked so, and
    /// nobody has approved of it or written anew since.
    pub fn is_for_another_source(&self) -> bool {
        let is_old = |one: &Candidate| {
            one.source != self.source
                && self.target.as_ref().map(Fragment::text) == Some(one.target.text())
        };
        self.sub_state == Some(SubState::Stale)
            && self.state < State::Reviewed
            && self.candidates.iter().any(is_old)
    }

    /// Whether a person should look at it.
    pub fn needs_review(&self) -> bool {
        self.state < State::Reviewed && self.sub_state.as_ref().is_some_and(SubState::needs_review)
    }

    /// Where the target is from: a person's edit is theirs, whatever was there before.
    pub fn true_origin(&self) -> Option<Origin> {
        match &self.origin {
            Some(Origin::Adopted) => Some(Origin::Adopted),
            _ if self.is_edited() => Some(Origin::Person),
            origin => origin.clone(),
        }
    }
}

impl Candidate {
    /// The pair of a segment, to be shown beside a translation of another source.
    ///
    /// `codes` are those of the segment's source.
    pub fn new(
        source: &Fragment,
        target: &Fragment,
        codes: &[Code],
        similarity: u8,
        origin: Origin,
    ) -> Self {
        let (source, codes) = standing_alone(source, codes);
        Self {
            target: standing_alone(target, &[]).0,
            source,
            codes,
            similarity: similarity.min(100),
            origin,
        }
    }

    /// Whether losing it would lose a person's words.
    pub fn is_persons(&self) -> bool {
        matches!(self.origin, Origin::Person | Origin::Adopted)
    }
}
