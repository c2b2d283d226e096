//! A post between its steps: read, translated, done.

use crate::backend::Pair;
use crate::catalog::CatalogFile;
use crate::translate::{Failure, Job, Outcome, Translator};
use crate::unit::Segment;

use super::finish::Localized;
use super::recall::{Catalogued, Recalled, Retranslate};
use super::{Format, PostError, Prepared, Settings, prepare, prepare_checked};

/// A post that was read, and what became of its segments so far.
#[derive(Debug)]
pub struct Ready {
    prepared: Prepared,
    /// Where the segments of each unit begin among all segments of the post.
    starts: Vec<usize>,
    /// One for each segment; none for those that are still to be translated.
    outcomes: Vec<Option<Outcome>>,
    recalled: Option<Recalled>,
}

/// A post that is done.
#[derive(Debug)]
pub struct Done {
    /// What was read.
    pub prepared: Prepared,
    /// What is to be written.
    pub localized: Localized,
    /// What is to be kept of it, where [`Ready::recall`] was called.
    pub catalog: Option<Catalogued>,
    starts: Vec<usize>,
    outcomes: Vec<Outcome>,
}

impl Ready {
    /// Reads a post.
    ///
    /// # Errors
    /// As [`prepare`].
    pub fn read(text: String, format: Format, settings: &Settings) -> Result<Self, PostError> {
        Ok(Self::of(prepare(text, format, settings)?))
    }

    /// Reads a post that a [`PostReader`](crate::post::PostReader) checked, or any HTML.
    pub(crate) fn read_checked(text: String, format: Format, settings: &Settings) -> Self {
        Self::of(prepare_checked(text, format, settings))
    }

    fn of(prepared: Prepared) -> Self {
        let starts = prepared
            .units()
            .iter()
            .scan(0, |next, unit| {
                let start = *next;
                *next += unit.segments.len();
                Some(start)
            })
            .collect();
        let segments = prepared.units().iter().map(|unit| unit.segments.len());
        Self {
            outcomes: vec![None; segments.sum()],
            prepared,
            starts,
            recalled: None,
        }
    }

    /// Takes over what the catalog of the last run has, and has a new one made. `original` names
    /// the post, see [`CatalogFile::original`].
    pub fn recall(&mut self, original: &str, old: Option<&CatalogFile>, retranslate: Retranslate) {
        let recalled = Recalled::new(&self.prepared, original, old, retranslate);
        self.outcomes = recalled.outcomes().collect();
        self.recalled = Some(recalled);
    }

    /// How many segments are to be translated.
    pub fn segments(&self) -> usize {
        self.outcomes.iter().filter(|one| one.is_none()).count()
    }

    /// The segments to translate, in order, each with the text around it.
    pub fn jobs(&self) -> impl Iterator<Item = Job<'_>> {
        let text = |at: Option<usize>| {
            let segment = at.and_then(|at| self.segment(at));
            segment.map_or("", |segment| segment.source.text())
        };
        let units = self.prepared.units().iter().zip(&self.starts);
        units.flat_map(move |(unit, start)| {
            let context = if unit.segments.len() > 1 {
                unit.unit.source.text()
            } else {
                ""
            };
            let segments = unit.segments.iter().zip(*start..);
            let is_open = |(_, at): &(_, usize)| self.outcomes.get(*at) == Some(&None);
            segments.filter(is_open).map(move |(segment, at)| Job {
                segment,
                context,
                before: text(at.checked_sub(1)),
                after: text(Some(at + 1)),
            })
        })
    }

    /// A segment by its number in the post.
    fn segment(&self, at: usize) -> Option<&Segment> {
        // The last unit that begins there or before; units without segments begin there as well.
        let unit = self
            .starts
            .partition_point(|start| *start <= at)
            .checked_sub(1)?;
        let unit_start = self.starts.get(unit)?;
        self.prepared
            .units()
            .get(unit)?
            .segments
            .get(at - unit_start)
    }

    /// Takes the outcomes of [`Ready::jobs`], in their order. Segments without one keep their
    /// source.
    pub fn set_outcomes(&mut self, outcomes: Vec<Outcome>) {
        let open = self.outcomes.iter_mut().filter(|one| one.is_none());
        for (slot, outcome) in open.zip(outcomes) {
            *slot = Some(outcome);
        }
    }

    /// Writes what was translated.
    ///
    /// # Errors
    /// As [`Prepared::finish`].
    pub fn finish(
        mut self,
        settings: &Settings,
        is_localized: &(dyn Fn(&str) -> bool + Sync),
    ) -> Result<Done, PostError> {
        let missing = || Outcome::failed(Failure::NoReply);
        let outcomes = self.outcomes.into_iter();
        let mut outcomes: Vec<Outcome> = outcomes.map(|one| one.unwrap_or_else(missing)).collect();
        let recalled = self.recalled;
        let catalog = recalled.map(|recalled| recalled.close(&mut outcomes, &self.starts));
        let target = |unit: usize, segment: usize| {
            let at = self.starts.get(unit)? + segment;
            outcomes.get(at)?.target.as_ref()
        };
        let localized = self.prepared.finish(settings, &target, is_localized)?;
        self.prepared.forget_trees();
        Ok(Done {
            prepared: self.prepared,
            localized,
            catalog,
            starts: self.starts,
            outcomes,
        })
    }
}

impl Done {
    /// What became of the segments of a unit, by its index.
    pub fn outcomes_of(&self, unit: usize) -> &[Outcome] {
        let start = self.starts.get(unit).copied().unwrap_or_default();
        let end = self.starts.get(unit + 1).copied();
        let end = end.unwrap_or(self.outcomes.len()).min(self.outcomes.len());
        self.outcomes.get(start..end).unwrap_or_default()
    }
}

/// The localized post that a catalog gives without anybody being asked; none where something is to
/// be translated, and for a post that can't be read.
pub fn rebuilt(
    source: String,
    format: Format,
    settings: &Settings,
    known: &CatalogFile,
    is_localized: &(dyn Fn(&str) -> bool + Sync),
) -> Option<String> {
    let mut ready = Ready::read(source, format, settings).ok()?;
    ready.recall(&known.original, Some(known), Retranslate::Nothing);
    if ready.segments() > 0 {
        return None;
    }
    let done = ready.finish(settings, is_localized).ok()?;
    Some(done.localized.text)
}

/// Localizes one post: reads it, has its segments translated and writes it.
///
/// `is_localized` tells whether a path of the site is one of a post that is localized as well;
/// links to others stay as they are, unless the settings say otherwise.
///
/// # Errors
/// [`PostError`] for a post or settings that are wrong, and where nothing more may be sent.
/// Segments that could not be translated are no error: they keep their source, and
/// [`Done::outcomes_of`] tells why.
pub async fn localize(
    text: String,
    format: Format,
    settings: &Settings,
    translator: &Translator<'_>,
    is_localized: &(dyn Fn(&str) -> bool + Sync),
) -> Result<Done, PostError> {
    let mut ready = Ready::read(text, format, settings)?;
    let pair = Pair {
        source: settings.source.clone(),
        target: settings.target.clone(),
    };
    let jobs: Vec<Job<'_>> = ready.jobs().collect();
    let outcomes = translator.translate(&pair, &jobs, &|_| {}).await?;
    ready.set_outcomes(outcomes);
    ready.finish(settings, is_localized)
}
