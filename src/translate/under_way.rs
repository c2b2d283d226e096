//! Segments that are being translated right now, so that an equal one waits instead of being sent.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;

use crate::backend::Pair;
use crate::memory::Key;
use crate::unit::Segment;

use super::{Failure, Outcome};

type Waiting = Arc<Mutex<HashMap<Key, watch::Receiver<Option<Outcome>>>>>;

/// The segments under way in a run.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    waiting: Waiting,
}

/// Who translates a segment.
#[derive(Debug)]
pub(super) enum Ticket {
    /// Who asked.
    Own(Own),
    /// Somebody else, who began earlier.
    Others(Others),
}

impl Ticket {
    pub(super) fn is_own(&self) -> bool {
        matches!(self, Self::Own(_))
    }
}

/// The duty to translate a segment; when this is dropped, nobody waits for it any longer.
#[derive(Debug)]
pub(super) struct Own {
    key: Key,
    sender: watch::Sender<Option<Outcome>>,
    waiting: Waiting,
}

/// The right to somebody else's outcome.
#[derive(Debug)]
pub(super) struct Others(watch::Receiver<Option<Outcome>>);

impl UnderWay {
    /// Registers a segment, or finds out who has it.
    pub(super) fn join(&self, pair: &Pair, segment: &Segment) -> Ticket {
        let form = format!("{:?}", segment.form());
        let key = Key::of(&[pair.source.tag(), pair.target.tag(), &form]);
        let mut waiting = lock(&self.waiting);
        if let Some(receiver) = waiting.get(&key) {
            return Ticket::Others(Others(receiver.clone()));
        }
        let (sender, receiver) = watch::channel(None);
        waiting.insert(key, receiver);
        Ticket::Own(Own {
            key,
            sender,
            waiting: Arc::clone(&self.waiting),
        })
    }
}

impl Own {
    /// Gives the outcome to all who wait for it.
    pub(super) fn give(self, outcome: &Outcome) {
        self.sender.send_replace(Some(outcome.clone()));
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        lock(&self.waiting).remove(&self.key);
    }
}

impl Others {
    /// Waits for the outcome.
    pub(super) async fn outcome(mut self) -> Outcome {
        let outcome = self.0.wait_for(Option::is_some).await;
        let outcome = outcome.ok().and_then(|outcome| outcome.clone());
        // Who had the duty was stopped.
        outcome.unwrap_or_else(|| Outcome::failed(Failure::Stopped))
    }
}

fn lock(waiting: &Waiting) -> MutexGuard<'_, HashMap<Key, watch::Receiver<Option<Outcome>>>> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner)
}
