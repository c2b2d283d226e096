//! What people translated before, looked up before anyone is asked.
//!
//! A machine's translation is found by its own key, with the settings that made it (`schedule`);
//! here only what a person wrote or approved counts, whoever translates in this run.

use std::sync::Arc;

use crate::backend::Pair;
use crate::memory::{
    Context, Digest, Direction, Exact, Found, Memory, MemoryError, Query, Snapshot, Wanted,
};
use crate::unit::check_codes;

use super::{Job, Origin, Outcome, Way};

/// The memory as it was when the run began.
pub(super) struct Reader<'m> {
    pub(super) memory: &'m dyn Memory,
    pub(super) at: Snapshot,
}

impl Reader<'_> {
    /// What is found for each job.
    pub(super) fn outcomes(
        &self,
        pair: &Pair,
        jobs: &[Job<'_>],
    ) -> Result<Vec<Option<Outcome>>, MemoryError> {
        let direction = Arc::new(Direction {
            source: pair.source.clone(),
            target: pair.target.clone(),
        });
        // A segment that shares a pair of tags with its neighbours stands in the memory without.
        let is_whole = |job: &&Job<'_>| job.segment.is_whole();
        let queries: Vec<Query<'_>> = jobs.iter().filter(is_whole).map(query).collect();
        let found = self
            .memory
            .look_up(self.at, &direction, &queries, Wanted::REVIEWED)?;
        let mut found = found.into_iter();
        let of_job = |job: &Job<'_>| match job.segment.is_whole().then(|| found.next())?? {
            Found::Exact(exact) => outcome(job, exact),
            Found::Similar(_) => None,
        };
        Ok(jobs.iter().map(of_job).collect())
    }
}

fn query<'a>(job: &Job<'a>) -> Query<'a> {
    let digest = |text: &str| (!text.is_empty()).then(|| Digest::of(text));
    Query {
        source: &job.segment.source,
        context: Context {
            before: digest(job.before),
            after: digest(job.after),
            unit: None,
        },
    }
}

fn outcome(job: &Job<'_>, exact: Exact) -> Option<Outcome> {
    let is_lawful = check_codes(&job.segment.source, &exact.target).is_ok();
    is_lawful.then_some(Outcome {
        target: Some(exact.target),
        way: Way::Direct,
        failure: None,
        origin: Some(Origin::Memory),
    })
}
