//! The ladder for the segments of one backend, each step only for what the one before left:
//! 1. the reply, its codes read tolerantly, or projected where it comes without: by its alignment,
//!    or by one that is found out (`place`);
//! 2. another one, asked for with what was wrong with the first;
//! 3. the pieces of text between the codes, each on its own (marked for review).

use crate::backend::{Pair, Request};
use crate::memory::MemoryError;
use crate::unit::Fragment;

use super::judge::{Judged, judge, problem};
use super::pieces::{has_codes, joined, piece_text, pieces};
use super::place::{Place, place};
use super::schedule::{OnEach, Received, Schedule, Shared};
use super::{Failure, Job, Origin, Outcome, Way};

/// One backend and the languages that it serves in this run.
pub(super) struct Ladder<'b> {
    pub(super) schedule: Schedule<'b>,
    /// None where it serves all.
    pub(super) pairs: Option<Vec<Pair>>,
}

impl<'b> Ladder<'b> {
    pub(super) fn serves(&self, pair: &Pair) -> bool {
        self.pairs.as_ref().is_none_or(|pairs| pairs.contains(pair))
    }

    /// What becomes of jobs, in their order. `on_each` is told of each at its first reply.
    pub(super) async fn climb(
        &self,
        shared: &Shared<'b>,
        pair: &Pair,
        jobs: &[Job<'_>],
        on_each: OnEach<'_>,
    ) -> Result<Vec<Outcome>, MemoryError> {
        let requests = jobs.iter().map(|job| request(job, None)).collect();
        let replies = self.schedule.send(shared, pair, requests, on_each).await?;
        let mut outcomes = self.outcomes(shared, pair, jobs, replies).await?;

        // A second reply without an alignment would be no better than the first.
        let again = places(&outcomes, |failure| {
            !matches!(
                failure,
                Failure::NoAlignment | Failure::Stopped | Failure::Budget
            )
        });
        let requests = again
            .iter()
            .map(|at| request(&jobs[*at], outcomes[*at].failure.as_ref().map(problem)))
            .collect();
        let replies = self.schedule.send(shared, pair, requests, &|_| ()).await?;
        let again_jobs: Vec<Job<'_>> = again.iter().map(|at| jobs[*at]).collect();
        let seconds = self.outcomes(shared, pair, &again_jobs, replies).await?;
        for (at, second) in again.into_iter().zip(seconds) {
            if second.target.is_some() {
                outcomes[at] = Outcome {
                    way: second.way.max(Way::Retried),
                    ..second
                };
            }
        }

        let rest = places(&outcomes, |failure| {
            !matches!(failure, Failure::Stopped | Failure::Budget)
        });
        let rest: Vec<usize> = rest
            .into_iter()
            .filter(|at| has_codes(&jobs[*at]))
            .collect();
        let in_pieces: Vec<Job<'_>> = rest.iter().map(|at| jobs[*at]).collect();
        let targets = self.translate_pieces(shared, pair, &in_pieces).await?;
        for (at, target) in rest.into_iter().zip(targets) {
            if let Some((target, is_kept)) = target {
                outcomes[at].target = Some(target);
                outcomes[at].way = Way::Pieces;
                outcomes[at].origin = Some(self.origin(is_kept));
            }
        }
        Ok(outcomes)
    }

    fn origin(&self, is_kept: bool) -> Origin {
        Origin::Backend {
            name: self.schedule.backend().name(),
            is_kept,
        }
    }

    /// What replies come to, in the order of their jobs.
    async fn outcomes(
        &self,
        shared: &Shared<'b>,
        pair: &Pair,
        jobs: &[Job<'_>],
        replies: Vec<Result<Received, Failure>>,
    ) -> Result<Vec<Outcome>, MemoryError> {
        let mut outcomes = Vec::with_capacity(jobs.len());
        let (mut unplaced, mut places) = (Vec::new(), Vec::new());
        for (job, reply) in jobs.iter().zip(replies) {
            let judged = reply.and_then(|Received { reply, is_kept }| {
                Ok((judge(pair, job.segment, reply)?, is_kept))
            });
            outcomes.push(match judged {
                Ok((Judged::Target(target, way), is_kept)) => self.done(target, way, is_kept),
                Ok((Judged::Unplaced(plain), is_kept)) => {
                    unplaced.push(outcomes.len());
                    places.push(Place {
                        job: *job,
                        unplaced: plain,
                        is_kept,
                    });
                    Outcome::failed(Failure::NoAlignment)
                }
                Err(failure) => Outcome::failed(failure),
            });
        }
        let found = place(self, shared, pair, &places).await?;
        for (at, (target, is_kept)) in unplaced.into_iter().zip(found) {
            outcomes[at] = match target {
                Ok((target, way)) => self.done(target, way, is_kept),
                Err(failure) => Outcome::failed(failure),
            };
        }
        Ok(outcomes)
    }

    fn done(&self, target: Fragment, way: Way, is_kept: bool) -> Outcome {
        Outcome {
            target: Some(target),
            way,
            failure: None,
            origin: Some(self.origin(is_kept)),
        }
    }

    /// Translates the text between the codes of each job, and tells whether nothing of it had to
    /// be asked for; none where a piece fails.
    async fn translate_pieces(
        &self,
        shared: &Shared<'b>,
        pair: &Pair,
        jobs: &[Job<'_>],
    ) -> Result<Vec<Option<(Fragment, bool)>>, MemoryError> {
        let mut requests = Vec::new();
        for job in jobs {
            let source = &job.segment.source;
            requests.extend(pieces(source).map(|range| Request {
                source: Fragment::plain(source.text()[range].trim()),
                context: source.text().to_owned(),
                ..Request::default()
            }));
        }
        let replies = self.schedule.send(shared, pair, requests, &|_| ()).await?;
        let mut replies = replies.into_iter();
        Ok(jobs
            .iter()
            .map(|job| {
                let source = &job.segment.source;
                let own: Vec<_> = replies.by_ref().take(pieces(source).count()).collect();
                let mut texts = Vec::new();
                let mut is_kept = true;
                for received in own {
                    let received = received.ok()?;
                    is_kept &= received.is_kept;
                    texts.push(piece_text(received.reply)?);
                }
                let target = job.segment.accept(&joined(source, &texts)).ok()?;
                Some((target, is_kept))
            })
            .collect())
    }
}

fn request(job: &Job<'_>, problem: Option<String>) -> Request {
    Request {
        source: job.segment.source.clone(),
        context: job.context.to_owned(),
        before: job.before.to_owned(),
        after: job.after.to_owned(),
        problem,
        ..Request::default()
    }
}

/// The places of what failed for such a reason.
fn places(outcomes: &[Outcome], may_go_on: impl Fn(&Failure) -> bool) -> Vec<usize> {
    let is_open = |outcome: &Outcome| {
        outcome.target.is_none() && outcome.failure.as_ref().is_some_and(&may_go_on)
    };
    (0..outcomes.len())
        .filter(|at| is_open(&outcomes[*at]))
        .collect()
}
