//! From segments to targets: what is asked of which backend, and what is done with its replies.
//!
//! 1. Repetitions are found; each text is asked for once.
//! 2. The `schedule` of a backend looks its requests up in the memory, sends the rest in batches
//!    and keeps the answers.
//! 3. The `ladder` goes from reply to target, or to another try.
//! 4. What is left goes to the next backend, where there is one; else the source stays.

mod budget;
mod judge;
mod ladder;
mod look_up;
mod pace;
mod pieces;
mod place;
mod schedule;
mod scrub;
mod terms;
mod under_way;

use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::backend::{Aligner, Backend, BackendError, Pair};
use crate::memory::{Memory, MemoryError};
use crate::unit::{Fragment, MarkupError, Segment};

use budget::Budget;
use ladder::Ladder;
use look_up::Reader;
use schedule::{Schedule, Shared};
pub use terms::{Glossaries, kept_terms};
use under_way::{Ticket, UnderWay};

/// How a segment came by its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// The backend brought the codes back.
    Direct,
    /// It did when it was asked a second time.
    Retried,
    /// The codes were put into a plain translation: by its alignment, by that of a local model, by
    /// looking up the translations of its parts, or where no other place is possible.
    Projected,
    /// The codes were put into a plain translation by an estimate of the alignment.
    Estimated,
    /// The text between the codes was translated piece by piece.
    Pieces,
    /// There is none: the source stays.
    Source,
}

/// Why a reply could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// The backend says why, in its own words.
    Backend(String),
    /// It gave no reply.
    NoReply,
    /// Something had stopped it; [`Translator::stopped_by`] tells what.
    Stopped,
    /// No more characters may be sent.
    Budget,
    /// The reply has no text.
    Empty,
    /// It comes without codes and without an alignment, and an estimate does not tell which words
    /// the codes belong to.
    NoAlignment,
    /// Its codes break law 3.
    Markup(MarkupError),
}

/// Where a target is from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Origin {
    /// A backend translated it.
    Backend {
        /// Its name.
        name: &'static str,
        /// Whether it had done so in an earlier run, so that nothing was sent.
        is_kept: bool,
    },
    /// The catalog of its post has it.
    Catalog,
    /// The memory has it, from a person.
    Memory,
}

/// What became of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The target, ready for its unit; none where the source stays.
    pub target: Option<Fragment>,
    /// How it came about.
    pub way: Way,
    /// What was wrong with the first reply, if it could not be used: the second try may fail for
    /// no other reason than the first.
    pub failure: Option<Failure>,
    /// Where the target is from; none where there is none.
    pub origin: Option<Origin>,
}

impl Outcome {
    pub(crate) fn failed(failure: Failure) -> Self {
        Self {
            target: None,
            way: Way::Source,
            failure: Some(failure),
            origin: None,
        }
    }
}

/// A segment to translate.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// Plain text of its unit, where that is more than the segment.
    pub context: &'a str,
    /// Plain text of the segment before it; empty where there is none.
    pub before: &'a str,
    /// Plain text of the segment behind it; empty where there is none.
    pub after: &'a str,
}

/// What was asked of a backend in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The backend.
    pub backend: &'static str,
    /// Characters sent, as the backend counts them.
    pub characters: u64,
    /// Requests made.
    pub requests: u64,
    /// How many of them repeat one that had failed.
    pub retries: u64,
}

/// Why a run can't go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TranslateError {
    /// [`BackendError::Refused`], and no other backend to go on with.
    #[error(transparent)]
    Backend(#[from] BackendError),
    /// What is answered can't be kept.
    #[error(transparent)]
    Memory(#[from] MemoryError),
}

/// Asks one backend, or one after the other.
pub struct Translator<'b> {
    ladders: Vec<Ladder<'b>>,
    shared: Shared<'b>,
    reader: Option<Reader<'b>>,
    under_way: UnderWay,
}

impl std::fmt::Debug for Translator<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let backends: Vec<_> = self.backends().map(Backend::name).collect();
        f.debug_struct("Translator")
            .field("backends", &backends)
            .finish_non_exhaustive()
    }
}

impl<'b> Translator<'b> {
    /// A translator that has not asked anything yet.
    pub fn new(backend: &'b dyn Backend) -> Self {
        Self {
            ladders: vec![Ladder {
                schedule: Schedule::new(backend),
                pairs: None,
            }],
            shared: Shared::default(),
            reader: None,
            under_way: UnderWay::default(),
        }
    }

    /// A translator that asks each of these backends for what those before could not do, but only
    /// for the languages that are named with it.
    pub fn with_backends(backends: impl IntoIterator<Item = (&'b dyn Backend, Vec<Pair>)>) -> Self {
        let ladders = backends.into_iter().map(|(backend, pairs)| Ladder {
            schedule: Schedule::new(backend),
            pairs: Some(pairs),
        });
        Self {
            ladders: ladders.collect(),
            shared: Shared::default(),
            reader: None,
            under_way: UnderWay::default(),
        }
    }

    /// The same, with a memory for the answers of backends that have a fingerprint.
    #[must_use]
    pub fn with_memory(mut self, memory: &'b dyn Memory) -> Self {
        self.shared.memory = Some(memory);
        self
    }

    /// The same, but it takes what people translated before from a memory, as it is now.
    ///
    /// # Errors
    /// [`MemoryError`] where it can't be read.
    pub fn with_earlier(mut self, memory: &'b dyn Memory) -> Result<Self, MemoryError> {
        let at = memory.snapshot()?;
        self.reader = Some(Reader { memory, at });
        Ok(self)
    }

    /// The same, with what glossaries say for pairs of languages: every request names the terms
    /// that its text has.
    #[must_use]
    pub fn with_glossaries(mut self, glossaries: &'b Glossaries) -> Self {
        self.shared.glossaries = Some(glossaries);
        self
    }

    /// The same, but it sends no more than so many characters.
    #[must_use]
    pub fn with_budget(mut self, characters: Option<u64>) -> Self {
        self.shared.budget = Budget::new(characters);
        self
    }

    /// The same, with one that finds out the places of codes in plain translations.
    #[must_use]
    pub fn with_aligner(mut self, aligner: &'b dyn Aligner) -> Self {
        self.shared.aligner = Some(aligner);
        self
    }

    /// The same, but where the codes of a plain translation have no certain place, it asks for the
    /// text between them as well, to find out which words of the whole stand for it. That costs
    /// about as much again for each such segment.
    #[must_use]
    pub fn with_look_ups(mut self, looks_up: bool) -> Self {
        self.shared.looks_up = looks_up;
        self
    }

    /// The backends, in the order in which they are asked.
    pub fn backends(&self) -> impl Iterator<Item = &'b dyn Backend> {
        self.ladders.iter().map(|one| one.schedule.backend())
    }

    /// What was asked of each backend so far.
    pub fn tallies(&self) -> impl Iterator<Item = Tally> {
        self.ladders.iter().map(|one| one.schedule.tally())
    }

    /// What stopped backends.
    pub fn stopped_by(&self) -> Vec<BackendError> {
        self.ladders
            .iter()
            .filter_map(|one| one.schedule.stopped_by())
            .collect()
    }

    /// Translates segments; the outcomes are in their order.
    ///
    /// Equal segments are asked for once, in other calls at the same time as well. `answered` is
    /// told of every segment once there is a reply, or there will be none.
    ///
    /// # Errors
    /// [`TranslateError`], after which nothing more may be sent. Every other failure is that of
    /// its segments.
    pub async fn translate(
        &self,
        pair: &Pair,
        jobs: &[Job<'_>],
        answered: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Vec<Outcome>, TranslateError> {
        // Before repetitions are found: equal texts in two contexts may have two translations.
        let found = match &self.reader {
            Some(reader) => reader.outcomes(pair, jobs)?,
            None => vec![None; jobs.len()],
        };
        let open: Vec<Job<'_>> = jobs
            .iter()
            .zip(&found)
            .filter_map(|(job, found)| found.is_none().then_some(*job))
            .collect();
        answered(jobs.len() - open.len());
        let mut asked = self
            .translate_once(pair, &open, answered)
            .await?
            .into_iter();
        let none = || Outcome::failed(Failure::NoReply);
        Ok(found
            .into_iter()
            .map(|found| found.or_else(|| asked.next()).unwrap_or_else(none))
            .collect())
    }

    /// Translates segments, equal ones once.
    async fn translate_once(
        &self,
        pair: &Pair,
        jobs: &[Job<'_>],
        answered: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Vec<Outcome>, TranslateError> {
        let (firsts, leader_of) = without_repetitions(jobs);
        let mut repeats = vec![0_usize; firsts.len()];
        for leader in &leader_of {
            repeats[*leader] += 1;
        }
        let told = AtomicUsize::new(0);
        let tell = |at: usize| {
            told.fetch_add(repeats[at], Ordering::Relaxed);
            answered(repeats[at]);
        };
        let tickets: Vec<Ticket> = firsts
            .iter()
            .map(|at| self.under_way.join(pair, jobs[*at].segment))
            .collect();
        let own: Vec<usize> = (0..firsts.len())
            .filter(|at| tickets[*at].is_own())
            .collect();
        let own_jobs: Vec<Job<'_>> = own.iter().map(|at| jobs[firsts[*at]]).collect();
        let asked = self.ask(pair, &own_jobs, &|at| tell(own[at])).await?;
        let mut asked = asked.into_iter();
        let mut outcomes = Vec::with_capacity(firsts.len());
        // All own tickets are given away before another's is waited for.
        let waiting: Vec<_> = tickets
            .into_iter()
            .map(|ticket| match ticket {
                Ticket::Own(own) => {
                    let outcome = asked.next();
                    let outcome = outcome.unwrap_or_else(|| Outcome::failed(Failure::NoReply));
                    own.give(&outcome);
                    Ok(outcome)
                }
                Ticket::Others(other) => Err(other),
            })
            .collect();
        for one in waiting {
            outcomes.push(match one {
                Ok(outcome) => outcome,
                Err(other) => other.outcome().await,
            });
        }
        answered(jobs.len() - told.into_inner());
        Ok(leader_of.iter().map(|at| outcomes[*at].clone()).collect())
    }

    /// Asks one backend after the other for what is left.
    async fn ask(
        &self,
        pair: &Pair,
        jobs: &[Job<'_>],
        on_each: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Vec<Outcome>, TranslateError> {
        let mut outcomes: Vec<Option<Outcome>> = vec![None; jobs.len()];
        let mut refusal = None;
        for (number, ladder) in self.ladders.iter().enumerate() {
            let left: Vec<usize> = (0..jobs.len())
                .filter(|at| {
                    outcomes[*at]
                        .as_ref()
                        .is_none_or(|one| one.target.is_none())
                })
                .collect();
            if left.is_empty() || !ladder.serves(pair) {
                continue;
            }
            let jobs: Vec<Job<'_>> = left.iter().map(|at| jobs[*at]).collect();
            let tell = |at: usize| {
                if number == 0 {
                    on_each(left[at]);
                }
            };
            let found = ladder.climb(&self.shared, pair, &jobs, &tell).await?;
            // What others lack is no matter of these.
            let is_missed = found.iter().any(|one| one.target.is_none());
            refusal = ladder
                .schedule
                .stopped_by()
                .filter(|error| is_missed && matches!(error, BackendError::Refused { .. }));
            for (at, outcome) in left.into_iter().zip(found) {
                // What the first backend said of a segment is told, unless another one has it.
                if outcome.target.is_some() || outcomes[at].is_none() {
                    outcomes[at] = Some(outcome);
                }
            }
        }
        if let Some(error) = refusal {
            return Err(error.into());
        }
        let none = || Outcome::failed(Failure::NoReply);
        Ok(outcomes
            .into_iter()
            .map(|outcome| outcome.unwrap_or_else(none))
            .collect())
    }
}

/// The jobs to ask for, and for each job which of them answers it.
fn without_repetitions(jobs: &[Job<'_>]) -> (Vec<usize>, Vec<usize>) {
    let mut seen = HashMap::with_capacity(jobs.len());
    let mut firsts = Vec::new();
    let leader_of = jobs
        .iter()
        .enumerate()
        .map(|(at, job)| {
            *seen.entry(job.segment.form()).or_insert_with(|| {
                firsts.push(at);
                firsts.len() - 1
            })
        })
        .collect();
    (firsts, leader_of)
}
