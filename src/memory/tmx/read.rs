//! From the units of a file to pairs: which languages, which state, which codes.

use std::collections::HashMap;
use std::io::Read;
use std::sync::Arc;

use crate::memory::{Context, Digest, Direction, Pair, State};
use crate::unit::Locale;

use super::parse::{Parser, Unit, Variant};
use super::segment::fragments;
use super::{CONTEXT, ORIGIN, STATE, TmxError};

/// Language tags are looked up once; a file that has more than these makes them up.
const TAGS: usize = 1000;

/// Which languages of a file are wanted, and under which tags.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Languages {
    /// The language of sources; without one, that which the file names for each unit, else that
    /// of its first text. Regions don't matter (`en-US` is taken for `en`, and stored as that).
    pub source: Option<Locale>,
    /// The languages of targets, in the same way; without any, all that there are.
    pub targets: Vec<Locale>,
    /// Languages of the project, for what is not named above: a language of the file is stored
    /// under the tag of the project where one of the two has a region and the other has none.
    pub known: Vec<Locale>,
}

/// How a file is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Which languages.
    pub languages: Languages,
    /// The state of units that have none in the file.
    pub state: State,
    /// Their origin.
    pub origin: String,
}

/// What was in a file so far.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units read.
    pub units: u64,
    /// Pairs that they gave.
    pub pairs: u64,
    /// Units that gave none: they lack a wanted language, or a text.
    pub skipped: u64,
    /// Pairs whose codes differ, so that the target is taken without.
    pub without_codes: u64,
}

/// Reads TMX 1.1 to 1.4b, in UTF-8 or UTF-16, unit by unit: each gives its pairs.
///
/// Elements and attributes that mean nothing here are passed over; highlighted text (`hi`) is
/// text; the text inside codes (`sub`) is left out, as it is none of the sentence. Notes of a unit
/// and its texts become one, line by line. Entities are not expanded, and a document type with
/// declarations of its own is refused; elements deeper than 64 and units larger than 16 MiB are
/// refused as well. After an error there is nothing more.
#[derive(Debug)]
pub struct Reader<R: Read> {
    parser: Parser<R>,
    options: Options,
    tally: Tally,
    tags: HashMap<String, Option<Locale>>,
    directions: HashMap<(Locale, Locale), Arc<Direction>>,
    is_over: bool,
}

impl<R: Read> Reader<R> {
    /// A reader at the beginning of a file.
    pub fn new(source: R, options: Options) -> Self {
        Self {
            parser: Parser::new(source),
            options,
            tally: Tally::default(),
            tags: HashMap::new(),
            directions: HashMap::new(),
            is_over: false,
        }
    }

    /// What was read so far.
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// How many bytes of the file were read.
    pub fn bytes(&self) -> u64 {
        self.parser.bytes()
    }

    fn locale(&mut self, tag: &str) -> Option<Locale> {
        if let Some(known) = self.tags.get(tag) {
            return known.clone();
        }
        if self.tags.len() == TAGS {
            self.tags.clear();
            self.directions.clear();
        }
        let locale: Option<Locale> = tag.trim().parse().ok();
        self.tags.insert(tag.to_owned(), locale.clone());
        locale
    }

    fn pairs(&mut self, unit: &Unit) -> Vec<Pair> {
        let locales: Vec<Option<Locale>> = unit
            .variants
            .iter()
            .map(|variant| self.locale(&variant.language))
            .collect();
        let named = unit
            .source
            .as_ref()
            .or(self.parser.source.as_ref())
            .cloned();
        let named = named.and_then(|tag| self.locale(&tag));
        let languages = &self.options.languages;
        let is_source = |locale: &Locale| match (&languages.source, &named) {
            (Some(wanted), _) => locale.is_same_language(wanted),
            (None, Some(named)) => locale.is_same_language(named),
            (None, None) => true,
        };
        let place = locales
            .iter()
            .position(|locale| locale.as_ref().is_some_and(is_source));
        let Some((place, own)) = place.and_then(|at| Some((at, locales[at].clone()?))) else {
            return Vec::new();
        };
        let from = languages.source.clone();
        let from = from.unwrap_or_else(|| known_as(&own, &languages.known));
        let mut pairs = Vec::new();
        for (at, locale) in locales.iter().enumerate() {
            let Some(locale) = locale.as_ref().filter(|_| at != place) else {
                continue;
            };
            let languages = &self.options.languages;
            let to = if languages.targets.is_empty() {
                Some(known_as(locale, &languages.known))
            } else {
                wanted(locale, &languages.targets).cloned()
            };
            if let Some(to) = to.filter(|to| *to != from) {
                let direction = self.direction(&from, &to);
                pairs.extend(self.pair(unit, place, at, direction));
            }
        }
        pairs
    }

    fn direction(&mut self, from: &Locale, to: &Locale) -> Arc<Direction> {
        let key = (from.clone(), to.clone());
        let make = || {
            Arc::new(Direction {
                source: from.clone(),
                target: to.clone(),
            })
        };
        Arc::clone(self.directions.entry(key).or_insert_with(make))
    }

    fn pair(
        &mut self,
        unit: &Unit,
        source: usize,
        target: usize,
        direction: Arc<Direction>,
    ) -> Option<Pair> {
        let (own, translated) = (&unit.variants[source], &unit.variants[target]);
        let (source, target, is_whole) = fragments(&own.segment, &translated.segment);
        if source.text().trim().is_empty() || target.text().trim().is_empty() {
            return None;
        }
        self.tally.without_codes += u64::from(!is_whole);
        let notes = [&unit.notes, &own.notes, &translated.notes]
            .into_iter()
            .flatten();
        let notes: Vec<&str> = notes
            .map(String::as_str)
            .filter(|one| !one.is_empty())
            .collect();
        let property = |name: &str| property(unit, translated, name);
        Some(Pair {
            direction,
            source,
            target,
            state: match property(STATE) {
                Some("machine") => State::Machine,
                Some("reviewed") => State::Reviewed,
                _ => self.options.state,
            },
            origin: property(ORIGIN).unwrap_or(&self.options.origin).to_owned(),
            note: notes.join("\n"),
            contexts: unit
                .properties
                .iter()
                .filter(|(name, _)| name == CONTEXT)
                .filter_map(|(_, value)| context(value))
                .collect(),
        })
    }
}

impl<R: Read> Iterator for Reader<R> {
    type Item = Result<Vec<Pair>, TmxError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        match self.parser.unit() {
            Ok(Some(unit)) => {
                let pairs = self.pairs(&unit);
                self.tally.units += 1;
                self.tally.pairs += pairs.len() as u64;
                self.tally.skipped += u64::from(pairs.is_empty());
                Some(Ok(pairs))
            }
            Ok(None) => {
                self.is_over = true;
                None
            }
            Err(error) => {
                self.is_over = true;
                Some(Err(error))
            }
        }
    }
}

/// The wanted language that a language of the file is: just that, else one of another region.
fn wanted<'l>(locale: &Locale, targets: &'l [Locale]) -> Option<&'l Locale> {
    let exact = targets.iter().find(|wanted| *wanted == locale);
    exact.or_else(|| {
        targets
            .iter()
            .find(|wanted| wanted.is_same_language(locale))
    })
}

/// A property of the target, else of the unit.
fn property<'u>(unit: &'u Unit, target: &'u Variant, name: &str) -> Option<&'u str> {
    let mut all = target.properties.iter().chain(&unit.properties);
    all.find(|(own, _)| own == name)
        .map(|(_, value)| value.as_str())
}

fn context(value: &str) -> Option<Context> {
    let digests: Vec<Option<Digest>> = value
        .split(' ')
        .map(|part| match part {
            "-" => Some(None),
            part => part.parse().ok().map(Some),
        })
        .collect::<Option<_>>()?;
    match digests[..] {
        [before, after, unit] => Some(Context {
            before,
            after,
            unit,
        }),
        _ => None,
    }
}

/// The tag under which the project knows a language, else its own.
fn known_as(locale: &Locale, known: &[Locale]) -> Locale {
    let is_bare = |locale: &Locale| locale.tag() == locale.language();
    let is_alike = |other: &&Locale| {
        locale.is_same_language(other)
            && (is_bare(locale) || is_bare(other))
            && locale.likely_script() == other.likely_script()
    };
    let exact = known.iter().find(|other| *other == locale);
    exact
        .or_else(|| known.iter().find(is_alike))
        .unwrap_or(locale)
        .clone()
}
