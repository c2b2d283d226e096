//! One backend and its requests: batches filled to its limits in document order, so many under way
//! as it allows, pauses where it asks for them, smaller batches where one is refused; every answer
//! is kept before the run goes on, and what is kept is not asked for.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use tokio::sync::Semaphore;

use crate::backend::{
    Aligner, Backend, BackendError, Limits, Pair, Remedy, Reply, Request, patience,
};
use crate::memory::{self, Answer, Key, Memory, MemoryError};
use crate::unit::Fragment;

use super::budget::Budget;
use super::pace::Pace;
use super::scrub::without_texts;
use super::terms::{Glossaries, terms_of};
use super::{Failure, Tally};

/// How often a batch is sent again after an answer that says "later".
const RETRIES: u32 = 5;
/// So many refused segments before the first answer are no matter of the segments.
const MOST_REJECTED: usize = 3;

/// A reply, and whether it was kept from an earlier time.
#[derive(Debug, Clone)]
pub(super) struct Received {
    pub(super) reply: Reply,
    pub(super) is_kept: bool,
}

/// What a request came to.
pub(super) type Result<T> = std::result::Result<T, Failure>;

/// Is told the place of each request that needs no more waiting.
pub(super) type OnEach<'a> = &'a (dyn Fn(usize) + Send + Sync);

/// The requests to one backend.
pub(super) struct Schedule<'b> {
    backend: &'b dyn Backend,
    limits: Limits,
    /// What its answers are kept under, where they are.
    fingerprint: Option<String>,
    slots: Semaphore,
    pace: Pace,
    next_id: AtomicU64,
    /// What stopped it; nothing more is sent then.
    stopped: Mutex<Option<BackendError>>,
    has_answered: AtomicBool,
    rejected: AtomicUsize,
    characters: AtomicU64,
    requests: AtomicU64,
    retries: AtomicU64,
}

/// What all backends of a run share.
#[derive(Default)]
pub(super) struct Shared<'b> {
    pub(super) memory: Option<&'b dyn Memory>,
    pub(super) glossaries: Option<&'b Glossaries>,
    pub(super) budget: Budget,
    pub(super) aligner: Option<&'b dyn Aligner>,
    /// Whether the parts of a segment may be asked for, to find them in the whole.
    pub(super) looks_up: bool,
}

impl<'b> Schedule<'b> {
    pub(super) fn new(backend: &'b dyn Backend) -> Self {
        let limits = backend.limits();
        let concurrency = limits.concurrency.clamp(1, Semaphore::MAX_PERMITS);
        Self {
            backend,
            limits,
            fingerprint: backend.fingerprint(),
            slots: Semaphore::new(concurrency),
            pace: Pace::new(limits.per_minute),
            next_id: AtomicU64::new(1),
            stopped: Mutex::new(None),
            has_answered: AtomicBool::new(false),
            rejected: AtomicUsize::new(0),
            characters: AtomicU64::new(0),
            requests: AtomicU64::new(0),
            retries: AtomicU64::new(0),
        }
    }

    pub(super) fn backend(&self) -> &'b dyn Backend {
        self.backend
    }

    pub(super) fn tally(&self) -> Tally {
        Tally {
            backend: self.backend.name(),
            characters: self.characters.load(Ordering::Relaxed),
            requests: self.requests.load(Ordering::Relaxed),
            retries: self.retries.load(Ordering::Relaxed),
        }
    }

    /// What stopped the backend, if anything did.
    pub(super) fn stopped_by(&self) -> Option<BackendError> {
        self.lock_stopped().clone()
    }

    fn stop(&self, error: BackendError) {
        self.lock_stopped().get_or_insert(error);
    }

    fn is_stopped(&self) -> bool {
        self.lock_stopped().is_some()
    }

    fn lock_stopped(&self) -> MutexGuard<'_, Option<BackendError>> {
        self.stopped.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Has requests answered, from memory or by the backend; what they came to is in their order.
    /// Their ids are given out here.
    pub(super) async fn send(
        &self,
        shared: &Shared<'b>,
        pair: &Pair,
        mut requests: Vec<Request>,
        on_each: OnEach<'_>,
    ) -> std::result::Result<Vec<Result<Received>>, MemoryError> {
        let mut slots: Vec<Option<Result<Received>>> = vec![None; requests.len()];
        if let Some(glossary) = shared.glossaries.and_then(|all| all.get(pair)) {
            for request in &mut requests {
                request.terms = terms_of(glossary, &request.source);
            }
        }
        let keys = self.keys(shared, pair, &requests);
        if let Some(memory) = shared.memory.filter(|_| !keys.is_empty()) {
            for (at, answer) in memory.find(&keys)?.into_iter().enumerate() {
                if let Some(answer) = answer {
                    slots[at] = Some(Ok(Received {
                        reply: reply_of(answer),
                        is_kept: true,
                    }));
                    on_each(at);
                }
            }
        }
        // Segments of different form may read the same; they share an answer.
        let mut firsts: HashMap<(Fragment, Option<String>), usize> = HashMap::new();
        let mut missing = Vec::new();
        let mut wanted = Vec::new();
        let mut repeated = Vec::new();
        for at in (0..slots.len()).filter(|at| slots[*at].is_none()) {
            let mut request = std::mem::take(&mut requests[at]);
            match firsts.entry((request.source.clone(), request.problem.clone())) {
                Entry::Occupied(first) => repeated.push((at, *first.get())),
                Entry::Vacant(entry) => {
                    entry.insert(at);
                    request.id = self.next_id.fetch_add(1, Ordering::Relaxed);
                    missing.push(at);
                    wanted.push(request);
                }
            }
        }
        let keys: Vec<Key> = missing
            .iter()
            .filter_map(|at| keys.get(*at).copied())
            .collect();
        let task = Task {
            schedule: self,
            shared,
            pair,
            places: wanted
                .iter()
                .zip(0..)
                .map(|(one, at)| (one.id, at))
                .collect(),
            keys,
            replies: Mutex::new(vec![None; wanted.len()]),
            memory_error: Mutex::new(None),
            on_each: &|at| on_each(missing[at]),
        };
        let found = task.run(&wanted).await?;
        for (at, result) in missing.into_iter().zip(found) {
            slots[at] = Some(result);
        }
        for (at, first) in repeated {
            let shared = slots[first].clone();
            slots[at] = shared;
            on_each(at);
        }
        Ok(slots
            .into_iter()
            .map(|slot| slot.unwrap_or(Err(Failure::NoReply)))
            .collect())
    }

    /// What the answers are kept under; nothing where they are not.
    fn keys(&self, shared: &Shared<'_>, pair: &Pair, requests: &[Request]) -> Vec<Key> {
        let (Some(fingerprint), Some(_)) = (&self.fingerprint, shared.memory) else {
            return Vec::new();
        };
        requests
            .iter()
            .map(|request| {
                let attempt = request.problem.as_deref().unwrap_or_default();
                let mut source = request.source.to_tagged();
                // The tagged form lacks what protected spans show, which plain answers repeat.
                if request.source.has_protected() {
                    source.push('\0');
                    source.push_str(request.source.text());
                }
                let glossary = self.backend.glossary_key(pair, request);
                let mut parts = vec![
                    self.backend.name(),
                    fingerprint,
                    pair.source.tag(),
                    pair.target.tag(),
                    &source,
                    attempt,
                ];
                // Only where there is one: answers without a glossary keep their keys.
                parts.extend(glossary.as_deref());
                Key::of(&parts)
            })
            .collect()
    }
}

/// Requests that are being answered together.
struct Task<'t, 'b> {
    schedule: &'t Schedule<'b>,
    shared: &'t Shared<'b>,
    pair: &'t Pair,
    places: HashMap<u64, usize>,
    /// One for each request, or none at all.
    keys: Vec<Key>,
    replies: Mutex<Vec<Option<Result<Reply>>>>,
    memory_error: Mutex<Option<MemoryError>>,
    on_each: OnEach<'t>,
}

impl Task<'_, '_> {
    async fn run(
        self,
        requests: &[Request],
    ) -> std::result::Result<Vec<Result<Received>>, MemoryError> {
        let backend = self.schedule.backend;
        let batches = batches(requests, &self.schedule.limits, backend, |characters| {
            self.shared.budget.take(characters)
        });
        let sent: usize = batches.iter().map(ExactSizeIterator::len).sum();
        for request in &requests[sent..] {
            self.settle(request.id, Err(Failure::Budget));
        }
        futures_util::stream::iter(batches)
            .for_each_concurrent(None, |batch| async {
                // A semaphore that nobody closes gives out what it has.
                let _slot = self.schedule.slots.acquire().await;
                self.send_batch(&requests[batch], false).await;
            })
            .await;
        let memory_error = self.memory_error.into_inner();
        if let Some(error) = memory_error.unwrap_or_else(PoisonError::into_inner) {
            return Err(error);
        }
        let missing = if self.schedule.is_stopped() {
            Failure::Stopped
        } else {
            Failure::NoReply
        };
        let replies = self.replies.into_inner();
        let replies = replies.unwrap_or_else(PoisonError::into_inner);
        Ok(replies
            .into_iter()
            .map(|reply| {
                let reply = reply.unwrap_or_else(|| Err(missing.clone()))?;
                Ok(Received {
                    reply,
                    is_kept: false,
                })
            })
            .collect())
    }

    /// Sends requests until each has its reply, or there will be none. The first time, they were
    /// paid for already; whatever `is_repeated` costs again.
    fn send_batch<'a>(&'a self, batch: &'a [Request], is_repeated: bool) -> BoxFuture<'a, ()> {
        Box::pin(async move {
            let schedule = self.schedule;
            let mut tries = 0;
            loop {
                schedule.pace.turn().await;
                let open = self.open(batch);
                if open.is_empty() || schedule.is_stopped() || self.has_memory_error() {
                    return;
                }
                if (is_repeated || tries > 0) && !self.affords(&open) {
                    for request in &open {
                        self.settle(request.id, Err(Failure::Budget));
                    }
                    return;
                }
                let Err(error) = self.ask(&open).await else {
                    return;
                };
                match error.remedy() {
                    Remedy::Wait(after)
                        if tries < RETRIES && after <= Some(patience::LONGEST_WAIT) =>
                    {
                        let wait = patience::wait(tries);
                        tries += 1;
                        schedule.retries.fetch_add(1, Ordering::Relaxed);
                        match after {
                            // It says so for all requests.
                            Some(after) => schedule.pace.pause(after),
                            None => tokio::time::sleep(wait).await,
                        }
                    }
                    Remedy::Split if open.len() > 1 => {
                        let (first, second) = open.split_at(open.len() / 2);
                        self.send_batch(first, true).await;
                        return self.send_batch(second, true).await;
                    }
                    Remedy::Split => return self.reject(&open, error),
                    Remedy::Wait(_) | Remedy::Stop => return schedule.stop(error),
                }
            }
        })
    }

    /// The requests that have no reply.
    fn open(&self, batch: &[Request]) -> Vec<Request> {
        let replies = self.lock_replies();
        let is_open = |request: &&Request| {
            let place = self.places.get(&request.id);
            place.is_some_and(|at| replies[*at].is_none())
        };
        batch.iter().filter(is_open).cloned().collect()
    }

    fn characters(&self, batch: &[Request]) -> usize {
        let backend = self.schedule.backend;
        let sizes = batch.iter().map(|request| backend.measure(request));
        sizes.map(|size| size.characters).sum()
    }

    fn affords(&self, batch: &[Request]) -> bool {
        self.shared.budget.take(self.characters(batch))
    }

    /// Asks the backend once and keeps what it answers.
    async fn ask(&self, batch: &[Request]) -> std::result::Result<(), BackendError> {
        let schedule = self.schedule;
        let characters = self.characters(batch);
        schedule.requests.fetch_add(1, Ordering::Relaxed);
        schedule
            .characters
            .fetch_add(characters as u64, Ordering::Relaxed);
        let sink = |id: u64, reply: std::result::Result<Reply, String>| {
            let said = |reason: String| Failure::Backend(without_texts(&reason, batch));
            self.settle(id, reply.map_err(said));
        };
        let result = schedule.backend.translate(self.pair, batch, &sink).await;
        self.keep(batch);
        result.map_err(|error| error.map_detail(|detail| without_texts(detail, batch)))
    }

    /// The first reply to a request counts.
    fn settle(&self, id: u64, reply: Result<Reply>) {
        let Some(at) = self.places.get(&id) else {
            return;
        };
        let mut replies = self.lock_replies();
        if replies[*at].is_none() {
            if reply.is_ok() {
                self.schedule.has_answered.store(true, Ordering::Relaxed);
            }
            replies[*at] = Some(reply);
            drop(replies);
            (self.on_each)(*at);
        }
    }

    /// Keeps the replies to a batch.
    fn keep(&self, batch: &[Request]) {
        let Some(memory) = self.shared.memory.filter(|_| !self.keys.is_empty()) else {
            return;
        };
        let entries: Vec<memory::Entry> = {
            let replies = self.lock_replies();
            batch
                .iter()
                .filter_map(|request| {
                    let at = *self.places.get(&request.id)?;
                    let Some(Ok(reply)) = &replies[at] else {
                        return None;
                    };
                    Some(memory::Entry {
                        key: *self.keys.get(at)?,
                        source_locale: self.pair.source.tag().to_owned(),
                        target_locale: self.pair.target.tag().to_owned(),
                        backend: self.schedule.backend.name().to_owned(),
                        source: request.source.to_tagged(),
                        answer: answer_of(reply),
                    })
                })
                .collect()
        };
        if let Err(error) = memory.keep(&entries) {
            self.lock_memory_error().get_or_insert(error);
        }
    }

    /// A single segment that the backend does not take.
    fn reject(&self, batch: &[Request], error: BackendError) {
        let schedule = self.schedule;
        let rejected = 1 + schedule.rejected.fetch_add(1, Ordering::Relaxed);
        for request in batch {
            let reason = error.detail().unwrap_or_default().to_owned();
            self.settle(request.id, Err(Failure::Backend(reason)));
        }
        if rejected >= MOST_REJECTED && !schedule.has_answered.load(Ordering::Relaxed) {
            schedule.stop(error);
        }
    }

    fn has_memory_error(&self) -> bool {
        self.lock_memory_error().is_some()
    }

    fn lock_memory_error(&self) -> MutexGuard<'_, Option<MemoryError>> {
        self.memory_error
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn lock_replies(&self) -> MutexGuard<'_, Vec<Option<Result<Reply>>>> {
        self.replies.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Fills batches in the order of the requests, up to the first one that `may_send` refuses; a
/// request that alone is over the limit is a batch.
fn batches(
    requests: &[Request],
    limits: &Limits,
    backend: &dyn Backend,
    may_send: impl Fn(usize) -> bool,
) -> Vec<Range<usize>> {
    let mut batches = Vec::new();
    let (mut start, mut characters, mut bytes) = (0, 0_usize, 0_usize);
    let mut end = 0;
    for (at, request) in requests.iter().enumerate() {
        let own = backend.measure(request);
        if !may_send(own.characters) {
            break;
        }
        let is_full = at - start >= limits.segments
            || characters.saturating_add(own.characters) > limits.characters
            || bytes.saturating_add(own.bytes) > limits.bytes;
        if at > start && is_full {
            batches.push(start..at);
            (start, characters, bytes) = (at, 0, 0);
        }
        characters = characters.saturating_add(own.characters);
        bytes = bytes.saturating_add(own.bytes);
        end = at + 1;
    }
    if start < end {
        batches.push(start..end);
    }
    batches
}

fn answer_of(reply: &Reply) -> Answer {
    match reply.clone() {
        Reply::Tagged(text) => Answer::Tagged(text),
        Reply::Plain { text, alignment } => Answer::Plain { text, alignment },
    }
}

fn reply_of(answer: Answer) -> Reply {
    match answer {
        Answer::Tagged(text) => Reply::Tagged(text),
        Answer::Plain { text, alignment } => Reply::Plain { text, alignment },
    }
}
