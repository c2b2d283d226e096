//! From segments to targets: what is asked of a backend, and what is done with its replies.
//!
//! The ladder for a segment, each step only where the one before failed:
//! 1. the reply, its codes read tolerantly, or projected where it comes without: by its alignment,
//!    or by an estimate (marked for review);
//! 2. the same once more;
//! 3. the pieces of text between the codes, each on its own (marked for review);
//! 4. the source.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use futures_util::StreamExt as _;

use crate::backend::{Backend, BackendError, Pair, Reply, Request};
use crate::unit::{
    Fragment, Item, Mark, MarkKind, MarkupError, Segment, project, project_by_estimate, read_tagged,
};

/// How a segment came by its target.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Way {
    /// The backend brought the codes back.
    Direct,
    /// It did when it was asked a second time.
    Retried,
    /// The codes were put into a plain translation, by its alignment or where no other place is
    /// possible.
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
    /// The reply has no text.
    Empty,
    /// It comes without codes and without an alignment, and an estimate does not tell which words
    /// the codes belong to.
    NoAlignment,
    /// Its codes break law 3.
    Markup(MarkupError),
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
}

/// A segment to translate.
#[derive(Debug, Clone, Copy)]
pub struct Job<'a> {
    /// The segment.
    pub segment: &'a Segment,
    /// Plain text of its unit, where that is more than the segment.
    pub context: &'a str,
}

/// Asks one backend for one pair of languages.
pub struct Translator<'b> {
    backend: &'b dyn Backend,
    next_id: AtomicU64,
    /// What stopped the backend; nothing more is sent then.
    stopped: Mutex<Option<BackendError>>,
}

impl std::fmt::Debug for Translator<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Translator")
            .field("backend", &self.backend.name())
            .finish_non_exhaustive()
    }
}

impl<'b> Translator<'b> {
    /// A translator that has not asked anything yet.
    pub fn new(backend: &'b dyn Backend) -> Self {
        Self {
            backend,
            next_id: AtomicU64::new(1),
            stopped: Mutex::new(None),
        }
    }

    /// The backend.
    pub fn backend(&self) -> &'b dyn Backend {
        self.backend
    }

    /// Translates segments; the outcomes are in their order.
    ///
    /// Equal segments are asked for once. `answered` is told of every segment once there is a
    /// reply, or there will be none.
    ///
    /// # Errors
    /// [`BackendError::Refused`], after which nothing more may be sent. Every other failure is
    /// that of its segments.
    pub async fn translate(
        &self,
        pair: &Pair,
        jobs: &[Job<'_>],
        answered: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Vec<Outcome>, BackendError> {
        let (firsts, leader_of) = without_repetitions(jobs);
        let mut repeats = vec![0_usize; firsts.len()];
        for leader in &leader_of {
            repeats[*leader] += 1;
        }
        let told = AtomicUsize::new(0);
        let on_each = |at: usize| {
            told.fetch_add(repeats[at], Ordering::Relaxed);
            answered(repeats[at]);
        };
        let mut outcomes = self.ask_all(pair, jobs, &firsts, &on_each).await?;
        let failed: Vec<usize> = unsettled(&outcomes);
        if !failed.is_empty() {
            // A second reply without an alignment would be no better than the first.
            let again: Vec<usize> = failed
                .iter()
                .copied()
                .filter(|at| outcomes[*at].failure != Some(Failure::NoAlignment))
                .collect();
            let asked: Vec<usize> = again.iter().map(|at| firsts[*at]).collect();
            let second = self.ask_all(pair, jobs, &asked, &|_| ()).await?;
            for (at, outcome) in again.iter().zip(second) {
                if outcome.target.is_some() {
                    outcomes[*at] = Outcome {
                        way: outcome.way.max(Way::Retried),
                        ..outcome
                    };
                }
            }
            let still_failed = unsettled(&outcomes);
            let in_pieces: Vec<Job<'_>> = still_failed.iter().map(|at| jobs[firsts[*at]]).collect();
            let targets = self.translate_pieces(pair, &in_pieces).await?;
            for (at, target) in still_failed.into_iter().zip(targets) {
                if target.is_some() {
                    outcomes[at].target = target;
                    outcomes[at].way = Way::Pieces;
                }
            }
        }
        answered(jobs.len() - told.into_inner());
        self.check_refusal()?;
        Ok(leader_of.iter().map(|at| outcomes[*at].clone()).collect())
    }

    /// Asks for the jobs named by `which`; the outcomes are in that order.
    async fn ask_all(
        &self,
        pair: &Pair,
        jobs: &[Job<'_>],
        which: &[usize],
        on_each: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Vec<Outcome>, BackendError> {
        let requests: Vec<Request> = which
            .iter()
            .map(|at| self.request(jobs[*at].segment.source.clone(), jobs[*at].context))
            .collect();
        let replies = self.send(pair, &requests, on_each).await?;
        Ok(which
            .iter()
            .zip(replies)
            .map(|(at, reply)| judge(pair, jobs[*at].segment, reply))
            .collect())
    }

    fn request(&self, source: Fragment, context: &str) -> Request {
        Request {
            id: self.next_id.fetch_add(1, Ordering::Relaxed),
            source,
            context: context.to_owned(),
        }
    }

    /// Sends requests in batches and gathers the replies, in the order of the requests. `on_each`
    /// is told of each by its place in that order.
    async fn send(
        &self,
        pair: &Pair,
        requests: &[Request],
        on_each: &(dyn Fn(usize) + Send + Sync),
    ) -> Result<Vec<Result<Reply, Failure>>, BackendError> {
        let places: HashMap<u64, usize> = requests
            .iter()
            .enumerate()
            .map(|(at, request)| (request.id, at))
            .collect();
        let replies: Mutex<Vec<Option<Result<Reply, Failure>>>> =
            Mutex::new(vec![None; requests.len()]);
        let sink = |id: u64, reply: Result<Reply, String>| {
            if let Some(at) = places.get(&id) {
                let mut replies = replies.lock().unwrap_or_else(PoisonError::into_inner);
                // The first reply counts.
                if replies[*at].is_none() {
                    replies[*at] = Some(reply.map_err(Failure::Backend));
                    drop(replies);
                    on_each(*at);
                }
            }
        };
        let limits = self.backend.limits();
        futures_util::stream::iter(batches(requests, limits.segments, limits.characters))
            .for_each_concurrent(limits.concurrency.max(1), |batch| async {
                if self.is_stopped() {
                    return;
                }
                if let Err(error) = self.backend.translate(pair, batch, &sink).await {
                    self.stop(error);
                }
            })
            .await;
        self.check_refusal()?;
        let missing = if self.is_stopped() {
            Failure::Stopped
        } else {
            Failure::NoReply
        };
        let replies = replies.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(replies
            .into_iter()
            .map(|reply| reply.unwrap_or_else(|| Err(missing.clone())))
            .collect())
    }

    fn is_stopped(&self) -> bool {
        self.lock_stopped().is_some()
    }

    fn stop(&self, error: BackendError) {
        self.lock_stopped().get_or_insert(error);
    }

    /// What stopped the backend, if anything did.
    pub fn stopped_by(&self) -> Option<BackendError> {
        self.lock_stopped().clone()
    }

    fn check_refusal(&self) -> Result<(), BackendError> {
        match &*self.lock_stopped() {
            Some(error @ BackendError::Refused { .. }) => Err(error.clone()),
            _ => Ok(()),
        }
    }

    fn lock_stopped(&self) -> std::sync::MutexGuard<'_, Option<BackendError>> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Translates the text between the codes of each job; none where a piece fails or there are
    /// no codes.
    async fn translate_pieces(
        &self,
        pair: &Pair,
        jobs: &[Job<'_>],
    ) -> Result<Vec<Option<Fragment>>, BackendError> {
        let mut requests = Vec::new();
        for job in jobs.iter().filter(|job| has_codes(job)) {
            let source = &job.segment.source;
            for range in pieces(source) {
                let piece = Fragment::plain(source.text()[range].trim());
                requests.push(self.request(piece, source.text()));
            }
        }
        let mut replies = self.send(pair, &requests, &|_| ()).await?.into_iter();
        Ok(jobs
            .iter()
            .map(|job| {
                let source = &job.segment.source;
                let own: Vec<_> = if has_codes(job) {
                    replies.by_ref().take(pieces(source).count()).collect()
                } else {
                    return None;
                };
                let texts: Option<Vec<String>> = own.into_iter().map(piece_text).collect();
                job.segment.accept(&joined(source, &texts?)).ok()
            })
            .collect())
    }
}

fn has_codes(job: &Job<'_>) -> bool {
    !job.segment.source.marks().is_empty()
}

/// The runs of text that have something to translate.
fn pieces(source: &Fragment) -> impl Iterator<Item = std::ops::Range<usize>> {
    source.items().filter_map(|item| match item {
        Item::Text(range) if source.text()[range.clone()].contains(char::is_alphabetic) => {
            Some(range)
        }
        _ => None,
    })
}

/// The source with its pieces replaced; the space around them stays.
fn joined(source: &Fragment, texts: &[String]) -> Fragment {
    let mut texts = texts.iter();
    let mut target = Fragment::default();
    for item in source.items() {
        match item {
            Item::Mark(mark) => push_mark(source, &mark, &mut target),
            Item::Text(range) => {
                let old = &source.text()[range];
                if !old.contains(char::is_alphabetic) {
                    target.push_text(old);
                } else if let Some(new) = texts.next() {
                    target.push_text(&old[..old.len() - old.trim_start().len()]);
                    target.push_text(new.trim());
                    target.push_text(&old[old.trim_end().len()..]);
                }
            }
        }
    }
    target
}

fn push_mark(source: &Fragment, mark: &Mark, out: &mut Fragment) {
    match mark.kind {
        MarkKind::Protected { .. } => {
            out.push_protected(mark.code, &source.text()[mark.at..mark.end()]);
        }
        kind => out.push_mark(kind, mark.code),
    }
}

/// The text of a reply to a piece, which has no codes.
fn piece_text(reply: Result<Reply, Failure>) -> Option<String> {
    let text = match reply.ok()? {
        Reply::Plain { text, .. } => text,
        Reply::Tagged(text) => read_tagged(&Fragment::default(), &text)
            .ok()?
            .text()
            .to_owned(),
    };
    (!text.trim().is_empty()).then_some(text)
}

/// The jobs to ask for, and for each job which of them answers it.
fn without_repetitions(jobs: &[Job<'_>]) -> (Vec<usize>, Vec<usize>) {
    let mut seen: HashMap<&Fragment, usize> = HashMap::with_capacity(jobs.len());
    let mut firsts = Vec::new();
    let leader_of = jobs
        .iter()
        .enumerate()
        .map(|(at, job)| {
            *seen.entry(&job.segment.source).or_insert_with(|| {
                firsts.push(at);
                firsts.len() - 1
            })
        })
        .collect();
    (firsts, leader_of)
}

fn unsettled(outcomes: &[Outcome]) -> Vec<usize> {
    (0..outcomes.len())
        .filter(|at| outcomes[*at].target.is_none())
        .collect()
}

/// Fills batches in the order of the requests; a request that alone is over the limit is a batch.
fn batches(requests: &[Request], most: usize, most_characters: usize) -> Vec<&[Request]> {
    let mut batches = Vec::new();
    let (mut start, mut characters) = (0, 0_usize);
    for (at, request) in requests.iter().enumerate() {
        let own = request.source.text().chars().count();
        if at > start && (at - start >= most || characters.saturating_add(own) > most_characters) {
            batches.push(&requests[start..at]);
            (start, characters) = (at, 0);
        }
        characters = characters.saturating_add(own);
    }
    if start < requests.len() {
        batches.push(&requests[start..]);
    }
    batches
}

/// Puts codes into a translation that comes without an alignment.
fn project_unaligned(
    pair: &Pair,
    source: &Fragment,
    text: &str,
) -> Result<(Fragment, Way), Failure> {
    let estimated = project_by_estimate(source, text, &pair.source, &pair.target);
    let estimated = estimated.ok_or(Failure::NoAlignment)?;
    let way = if estimated.is_certain {
        Way::Projected
    } else {
        Way::Estimated
    };
    Ok((estimated.target, way))
}

/// Reads a reply: law 3 holds for what it accepts.
fn judge(pair: &Pair, segment: &Segment, reply: Result<Reply, Failure>) -> Outcome {
    let read = reply.and_then(|reply| {
        let (target, way) = match reply {
            Reply::Tagged(text) => (
                read_tagged(&segment.source, &text).map_err(Failure::Markup)?,
                Way::Direct,
            ),
            Reply::Plain { text, .. } if segment.source.marks().is_empty() => {
                (Fragment::plain(text), Way::Direct)
            }
            Reply::Plain { text, .. } if text.trim().is_empty() => return Err(Failure::Empty),
            Reply::Plain { text, alignment } if alignment.is_empty() => {
                project_unaligned(pair, &segment.source, &text)?
            }
            Reply::Plain { text, alignment } => {
                (project(&segment.source, &text, &alignment), Way::Projected)
            }
        };
        if target.text().trim().is_empty() {
            return Err(Failure::Empty);
        }
        let target = segment.accept(&target).map_err(Failure::Markup)?;
        Ok((target, way))
    });
    match read {
        Ok((target, way)) => Outcome {
            target: Some(target),
            way,
            failure: None,
        },
        Err(failure) => Outcome {
            target: None,
            way: Way::Source,
            failure: Some(failure),
        },
    }
}
