//! What the session and its tasks both know: where every request stands.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::io::{AsyncBufRead, AsyncBufReadExt as _, AsyncWriteExt as _};
use tokio::process::ChildStdin;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::time::Instant;

use super::protocol::{read_line, to_reply};
use super::session::Outcome;
use crate::backend::Request;
use crate::backend::process::Tail;

/// Longest line of output that is read, in bytes.
const LONGEST_LINE: usize = 16 << 20;

/// What the tasks and the calls both know.
#[derive(Debug)]
pub(super) struct Shared {
    pub(super) state: Mutex<State>,
    pub(super) errors: Tail,
}

#[derive(Debug)]
pub(super) struct State {
    pub(super) requests: HashMap<u64, Slot>,
    /// Lines given to the writer that it has not written yet.
    pub(super) unwritten: usize,
    /// Whether the program's output has ended.
    pub(super) ended: bool,
    /// Whether any line came back that answers a request.
    pub(super) answered: bool,
    /// When the program last read or wrote anything.
    pub(super) active: Instant,
    /// The first thing that was against the protocol, and how many there were.
    pub(super) wrong: Option<(String, usize)>,
}

/// Where a request stands.
#[derive(Debug)]
pub(super) enum Slot {
    Waiting {
        plain: String,
        replies: UnboundedSender<Outcome>,
    },
    Answered,
    /// The call that waited was dropped.
    Cancelled,
}

impl Shared {
    pub(super) fn new() -> Self {
        Self {
            state: Mutex::new(State {
                requests: HashMap::new(),
                unwritten: 0,
                ended: false,
                answered: false,
                active: Instant::now(),
                wrong: None,
            }),
            errors: Tail::default(),
        }
    }

    /// Waits for a reply from now on; false where the program's output has ended already.
    pub(super) fn expect_reply(
        &self,
        request: &Request,
        replies: &UnboundedSender<Outcome>,
    ) -> bool {
        let mut state = lock(&self.state);
        if state.ended {
            return false;
        }
        state.unwritten += 1;
        state.active = Instant::now();
        let slot = Slot::Waiting {
            plain: request.source.text().to_owned(),
            replies: replies.clone(),
        };
        state.requests.insert(request.id, slot);
        true
    }

    /// Undoes [`Shared::expect_reply`] for a line that the writer did not take.
    pub(super) fn take_back(&self, id: u64) {
        self.forget(id);
        let mut state = lock(&self.state);
        state.unwritten = state.unwritten.saturating_sub(1);
    }

    /// No longer waits for a reply; whether it did.
    pub(super) fn forget(&self, id: u64) -> bool {
        let mut state = lock(&self.state);
        match state.requests.get_mut(&id) {
            Some(slot @ Slot::Waiting { .. }) => {
                *slot = Slot::Cancelled;
                true
            }
            _ => false,
        }
    }

    /// Ends the waiting of every call; the requests stay without a reply.
    pub(super) fn drop_waiting(&self) {
        let (closed, _) = unbounded_channel();
        let mut state = lock(&self.state);
        state.ended = true;
        for slot in state.requests.values_mut() {
            if let Slot::Waiting { replies, .. } = slot {
                *replies = closed.clone();
            }
        }
    }

    pub(super) fn take_line(&self, line: &[u8]) {
        let line = line.trim_ascii();
        if line.is_empty() {
            return;
        }
        let answer = match read_line(line) {
            Ok(answer) => answer,
            Err(wrong) => return self.note(wrong),
        };
        let mut state = lock(&self.state);
        let wrong = match state.requests.get_mut(&answer.id) {
            None => Some(format!("a reply has the unknown `id` {}", answer.id)),
            Some(Slot::Answered) => Some(format!("a second reply to {}", answer.id)),
            Some(slot) => match std::mem::replace(slot, Slot::Answered) {
                Slot::Waiting { plain, replies } => {
                    let (reply, wrong) = to_reply(answer.content, &plain);
                    // It fails where the call was dropped, which nobody then waits for.
                    let _ = replies.send((answer.id, reply));
                    state.answered = true;
                    wrong
                }
                Slot::Answered | Slot::Cancelled => None,
            },
        };
        drop(state);
        if let Some(wrong) = wrong {
            self.note(wrong);
        }
    }

    /// Keeps what was against the protocol, for the end.
    pub(super) fn note(&self, what: String) {
        match &mut lock(&self.state).wrong {
            Some((_, count)) => *count += 1,
            none => *none = Some((what, 1)),
        }
    }

    pub(super) fn violation(&self) -> Option<String> {
        lock(&self.state)
            .wrong
            .as_ref()
            .map(|(what, count)| match count {
                1 => what.clone(),
                _ => format!("{what} (and {} more)", count - 1),
            })
    }

    pub(super) fn touch(&self) {
        lock(&self.state).active = Instant::now();
    }
}

/// Writes lines until there are no more, then closes the program's standard input.
pub(super) async fn write_lines(
    mut stdin: ChildStdin,
    mut lines: UnboundedReceiver<String>,
    shared: &Shared,
) {
    while let Some(line) = lines.recv().await {
        let mut rest = line.as_bytes();
        while !rest.is_empty() {
            match stdin.write(rest).await {
                // The program does not read any more. It may still answer, so its output decides.
                Ok(0) | Err(_) => return shared.stop_writing(),
                Ok(count) => {
                    rest = &rest[count..];
                    shared.touch();
                }
            }
        }
        let mut state = lock(&shared.state);
        state.unwritten = state.unwritten.saturating_sub(1);
    }
}

impl Shared {
    pub(super) fn stop_writing(&self) {
        lock(&self.state).unwritten = 0;
    }
}

/// Reads lines until the output ends or a line is too long.
pub(super) async fn read_lines(mut stdout: impl AsyncBufRead + Unpin, shared: &Shared) {
    let mut line = Vec::new();
    loop {
        let (count, complete) = match stdout.fill_buf().await {
            Ok([]) | Err(_) => break,
            Ok(chunk) => {
                let end = chunk.iter().position(|byte| *byte == b'\n');
                line.extend_from_slice(&chunk[..end.unwrap_or(chunk.len())]);
                (end.map_or(chunk.len(), |end| end + 1), end.is_some())
            }
        };
        stdout.consume(count);
        shared.touch();
        if line.len() > LONGEST_LINE {
            shared.note(format!("a line is longer than {LONGEST_LINE} bytes"));
            return;
        }
        if complete {
            shared.take_line(&line);
            line.clear();
        }
    }
    shared.take_line(&line);
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
