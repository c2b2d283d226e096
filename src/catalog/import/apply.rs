//! Takes what came back into a catalog.

use std::collections::HashMap;

use crate::catalog::codes::append;
use crate::catalog::digest::digest_of_target;
use crate::catalog::inline::{is_same_target, resolve, resolve_tagged};
use crate::catalog::model::{
    Candidate, Catalog, CatalogFile, CatalogSegment, CatalogUnit, Note, Part,
};
use crate::catalog::state::{Origin, State, SubState};
use crate::unit::{Code, Fragment, Locale, MarkupError};

use super::align::{Group, align, cut, joined, segments};
use super::{
    Applied, Change, Imported, ImportedContent, ImportedPart, ImportedUnit, OtherLanguages, Place,
    Reason, Refused, Taken,
};

impl Catalog {
    /// Takes in what people made of an export.
    ///
    /// A target that differs from the one that is there becomes a person's; where that was another
    /// person's, it stays as a candidate. A target that is the last one of ours is none that a
    /// person made, so what a person made of it here stays. A state is only ever raised: formats
    /// and tools lose states. Notes that are not there yet are added.
    ///
    /// # Errors
    /// [`OtherLanguages`] where the file names other languages; nothing is taken.
    pub fn apply(&mut self, imported: Imported) -> Result<Applied, OtherLanguages> {
        let is_other =
            |named: &Option<Locale>, own: &Locale| named.as_ref().is_some_and(|named| named != own);
        if is_other(&imported.source, &self.source) || is_other(&imported.target, &self.target) {
            let tag = |named: Option<Locale>| {
                named.map_or_else(String::new, |locale| locale.tag().to_owned())
            };
            return Err(OtherLanguages {
                source_locale: tag(imported.source),
                target_locale: tag(imported.target),
            });
        }
        let places = places(&self.files);
        let locale = self.target.tag().to_owned();
        let mut applied = Applied::default();
        for unit in imported.units {
            let found = places.get(&(unit.file.clone(), unit.unit.clone()));
            let own = found.and_then(|(file, at)| {
                let file = self.files.get_mut(*file)?;
                Some((file.original.clone(), file.units.get_mut(*at)?))
            });
            match own {
                Some((file, own)) => {
                    let mut taker = Taker {
                        file,
                        unit: own,
                        locale: &locale,
                        applied: &mut applied,
                    };
                    taker.take(unit);
                }
                None => applied.unknown.extend(unknown(unit)),
            }
        }
        Ok(applied)
    }
}

/// Where each unit is, by the name or the id of its post and its own id.
fn places(files: &[CatalogFile]) -> HashMap<(String, String), (usize, usize)> {
    let mut places = HashMap::new();
    for (number, file) in files.iter().enumerate() {
        for (at, unit) in file.units.iter().enumerate() {
            for name in [file.original.clone(), file.id()] {
                places
                    .entry((name, unit.id.clone()))
                    .or_insert((number, at));
            }
        }
    }
    places
}

fn unknown(unit: ImportedUnit) -> Vec<Place> {
    let ImportedUnit {
        file, unit, parts, ..
    } = unit;
    let segments = parts.into_iter().filter(|part| part.is_segment);
    segments
        .map(|part| Place {
            line: part.line,
            file: file.clone(),
            unit: unit.clone(),
            segment: part.id,
        })
        .collect()
}

/// Takes parts into one unit.
struct Taker<'a> {
    file: String,
    unit: &'a mut CatalogUnit,
    locale: &'a str,
    applied: &'a mut Applied,
}

impl Taker<'_> {
    fn take(&mut self, imported: ImportedUnit) {
        for note in imported.notes {
            let is_there = self.unit.notes.iter().any(|own| says(own, &note));
            if !note.is_ours() && !is_there {
                self.unit.notes.push(note);
            }
        }
        let groups = Some(&imported.parts)
            .filter(|_| imported.is_whole)
            .and_then(|parts| align(self.unit, parts));
        match groups {
            Some(groups) => {
                for group in groups {
                    self.take_group(&group, &imported.parts[group.other.clone()]);
                }
            }
            // Segments whose source is still the same are taken all the same.
            None => {
                for part in imported.parts.iter().filter(|part| part.is_segment) {
                    self.take_by_id(part);
                }
            }
        }
    }

    fn take_by_id(&mut self, part: &ImportedPart) {
        let own = self
            .unit
            .parts
            .iter()
            .position(|own| matches!(own, Part::Segment(segment) if segment.id == part.id));
        match own {
            Some(at) if part.source.is_source(self.unit.parts[at].source()) => {
                self.take_part(at, part);
            }
            Some(_) if part.target.is_none() => {}
            Some(_) => self.refuse(part, &part.id, Reason::Source),
            None => {
                let place = self.place(part, &part.id);
                self.applied.unknown.push(place);
            }
        }
    }

    fn take_group(&mut self, group: &Group, parts: &[ImportedPart]) {
        let own = segments(self.unit, group);
        let others: Vec<&ImportedPart> = parts.iter().filter(|part| part.is_segment).collect();
        match (&own[..], &others[..]) {
            ([at], [part]) => self.take_part(*at, part),
            ([at], [first, ..]) => {
                let Some(tokens) = joined(parts) else {
                    // Not all of it is translated yet.
                    return;
                };
                let state = others.iter().filter_map(|part| part.state).min();
                let whole = ImportedPart {
                    target: Some(ImportedContent::Tokens(tokens)),
                    state,
                    ..(*first).clone()
                };
                self.take_part(*at, &whole);
            }
            ([_, ..], [part]) => self.take_joined(group, &own, part),
            ([], _) | (_, []) => {}
            ([first, ..], [part, ..]) => {
                let id = self.segment_id(*first);
                self.refuse(part, &id, Reason::Segments);
            }
        }
    }

    /// Takes the target of segments that a tool joined, sentence by sentence.
    fn take_joined(&mut self, group: &Group, own: &[usize], part: &ImportedPart) {
        let mut source = Fragment::default();
        for own in &self.unit.parts[group.own.clone()] {
            append(own.source(), &mut source);
        }
        let id = self.segment_id(own[0]);
        let target = match read_target(part, &source) {
            Ok(Some(target)) => target,
            Ok(None) => return,
            Err(error) => {
                self.refuse(part, &id, Reason::Codes(error));
                return;
            }
        };
        let sources: Vec<&Fragment> = own.iter().map(|at| self.unit.parts[*at].source()).collect();
        match cut(&target, &sources, self.locale) {
            Some(targets) => {
                for (at, target) in own.iter().zip(targets) {
                    self.set(*at, part, target);
                }
            }
            None => self.refuse(part, &id, Reason::Segments),
        }
    }

    fn take_part(&mut self, at: usize, part: &ImportedPart) {
        match read_target(part, self.unit.parts[at].source()) {
            Ok(Some(target)) => self.set(at, part, target),
            Ok(None) => {}
            Err(error) => {
                let id = self.segment_id(at);
                self.refuse(part, &id, Reason::Codes(error));
            }
        }
    }

    /// Gives a segment its target and state, if they say anything new.
    fn set(&mut self, at: usize, part: &ImportedPart, target: Fragment) {
        let codes: Vec<Code> = self
            .unit
            .codes_of_parts()
            .get(at)
            .map(|codes| codes.to_vec())
            .unwrap_or_default();
        let Some(Part::Segment(segment)) = self.unit.parts.get_mut(at) else {
            return;
        };
        let change = change(segment, part, target, &codes);
        let id = segment.id.clone();
        if let Some(change) = change {
            let place = self.place(part, &id);
            self.applied.taken.push(Taken { place, change });
        }
    }

    fn segment_id(&self, at: usize) -> String {
        match self.unit.parts.get(at) {
            Some(Part::Segment(segment)) => segment.id.clone(),
            _ => String::new(),
        }
    }

    fn refuse(&mut self, part: &ImportedPart, segment: &str, reason: Reason) {
        let place = self.place(part, segment);
        self.applied.refused.push(Refused { place, reason });
    }

    fn place(&self, part: &ImportedPart, segment: &str) -> Place {
        Place {
            line: part.line,
            file: self.file.clone(),
            unit: self.unit.id.clone(),
            segment: segment.to_owned(),
        }
    }
}

/// Whether a note says what another does. Some formats keep no more of it than its lines.
fn says(own: &Note, note: &Note) -> bool {
    match &note.category {
        None => {
            let wanted = words(&note.text);
            words(&own.text) == wanted || own.text.lines().any(|line| words(line) == wanted)
        }
        category => own.category == *category && own.text == note.text,
    }
}

/// A text without what can't stand in every comment.
fn words(text: &str) -> Vec<&str> {
    let words = text.split(|c: char| c.is_whitespace() || c.is_control());
    words.filter(|word| !word.is_empty()).collect()
}

fn read_target(part: &ImportedPart, source: &Fragment) -> Result<Option<Fragment>, MarkupError> {
    match &part.target {
        Some(ImportedContent::Tokens(tokens)) => resolve(tokens, source),
        Some(ImportedContent::Tagged(text)) => resolve_tagged(text, source),
        None => Ok(None),
    }
}

fn change(
    segment: &mut CatalogSegment,
    part: &ImportedPart,
    target: Fragment,
    codes: &[Code],
) -> Option<Change> {
    let state = part.state.unwrap_or(State::Initial);
    let old = segment.target.as_ref();
    if old.is_some_and(|old| is_same_target(old, &target)) {
        // Who takes the mark away that something needs work has looked at it.
        let is_settled = part.needs_work == Some(false) && segment.needs_review();
        let state = if is_settled {
            state.max(State::Reviewed)
        } else {
            state
        };
        if state < State::Reviewed || state <= segment.state {
            return None;
        }
        segment.state = state;
        segment.sub_state = None;
        return Some(Change::Approved);
    }
    let is_copy_of_source =
        part.state == Some(State::Initial) && old.is_none() && target == segment.source;
    let is_ours = segment.digest.as_ref() == Some(&digest_of_target(&target));
    if is_copy_of_source || is_ours {
        return None;
    }
    if let Some(old) = old.filter(|_| segment.is_persons()) {
        let kept = Candidate::new(&segment.source, old, codes, 100, Origin::Person);
        segment.candidates.push(kept);
    }
    segment.target = Some(target);
    segment.state = state.max(State::Translated);
    segment.origin = Some(Origin::Person);
    segment.sub_state = part
        .sub_state
        .clone()
        .filter(|sub_state| matches!(sub_state, SubState::Other(_)));
    Some(Change::Edited)
}
