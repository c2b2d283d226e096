//! The running program of `exec`: one task writes, one reads, calls wait for their replies.

use std::collections::HashMap;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, ChildStdin, Command};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use super::protocol::{read_line, request_line, to_reply};
use super::{FIRST_ANSWER, NEXT_ANSWER, SILENCE};
use crate::backend::process::{Group, Tail, isolate};
use crate::backend::{BackendError, Pair, Reply, ReplySink, Request};

/// Longest line of a program, in bytes. A longer one is no translation of a segment.
const LONGEST_LINE: usize = 16 << 20;

/// How long a program may take to exit once its output has ended.
const EXIT: Duration = Duration::from_secs(10);

/// How often a call that waits looks whether it has waited too long.
const LOOK: Duration = Duration::from_millis(200);

type Outcome = (u64, Result<Reply, String>);

/// A running program.
#[derive(Debug)]
pub(super) struct Session {
    command: String,
    shared: Arc<Shared>,
    /// Lines to write; nothing once standard input is closed.
    lines: Mutex<Option<UnboundedSender<String>>>,
    /// Turns true when the program's output has ended.
    ended: watch::Receiver<bool>,
    process: tokio::sync::Mutex<Process>,
    tasks: Vec<JoinHandle<()>>,
}

#[derive(Debug)]
struct Process {
    child: Child,
    group: Group,
    /// How it ended, once that is known.
    exit: Option<Result<Option<i32>, String>>,
}

/// What the tasks and the calls both know.
#[derive(Debug)]
struct Shared {
    state: Mutex<State>,
    errors: Tail,
}

#[derive(Debug)]
struct State {
    requests: HashMap<u64, Slot>,
    /// Lines given to the writer that it has not written yet.
    unwritten: usize,
    /// Whether the program's output has ended.
    ended: bool,
    /// Whether any line came back that answers a request.
    answered: bool,
    /// When the program last read or wrote anything.
    active: Instant,
    /// The first thing that was against the protocol, and how many there were.
    wrong: Option<(String, usize)>,
}

/// Where a request stands.
#[derive(Debug)]
enum Slot {
    Waiting {
        plain: String,
        replies: UnboundedSender<Outcome>,
    },
    Answered,
    /// The call that waited was dropped.
    Cancelled,
}

impl Session {
    /// Starts `command` through the shell.
    ///
    /// # Errors
    /// [`BackendError::Program`]: there is no shell, or no process left.
    pub(super) fn start(command: &str) -> Result<Self, BackendError> {
        let failed = |detail: String| BackendError::Program {
            program: command.to_owned(),
            code: None,
            detail,
        };
        let (shell, option) = if cfg!(windows) {
            ("cmd", "/C")
        } else {
            ("sh", "-c")
        };
        let mut shell = Command::new(shell);
        shell.args([option, command]);
        shell
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = isolate(&mut shell)
            .spawn()
            .map_err(|error| failed(error.to_string()))?;
        let group = Group::of(&child);
        let (Some(stdin), Some(stdout), Some(stderr)) =
            (child.stdin.take(), child.stdout.take(), child.stderr.take())
        else {
            return Err(failed("no pipes".to_owned()));
        };
        let shared = Arc::new(Shared::new());
        let (lines, to_write) = unbounded_channel();
        let (end, ended) = watch::channel(false);
        let (writer, reader, errors) = (
            Arc::clone(&shared),
            Arc::clone(&shared),
            Arc::clone(&shared),
        );
        let tasks = vec![
            tokio::spawn(async move { write_lines(stdin, to_write, &writer).await }),
            tokio::spawn(async move {
                read_lines(BufReader::new(stdout), &reader).await;
                reader.drop_waiting();
                let _ = end.send(true);
            }),
            tokio::spawn(async move { errors.errors.fill(stderr).await }),
        ];
        Ok(Self {
            command: command.to_owned(),
            shared,
            lines: Mutex::new(Some(lines)),
            ended,
            process: tokio::sync::Mutex::new(Process {
                child,
                group,
                exit: None,
            }),
            tasks,
        })
    }

    /// Sends the requests and waits for their replies.
    pub(super) async fn translate(
        &self,
        pair: &Pair,
        requests: &[Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let (sender, mut answers) = unbounded_channel();
        let mut left = self.send(pair, requests, &sender, replies);
        drop(sender);
        let _cancel = Cancel {
            shared: &self.shared,
            requests,
        };
        while left > 0 {
            match timeout_at(self.next_look(), answers.recv()).await {
                Ok(Some((id, outcome))) => {
                    replies(id, outcome);
                    left -= 1;
                }
                // The program's output has ended.
                Ok(None) => return self.ended_early(requests, replies).await,
                Err(_) => self.lose_patience().await?,
            }
        }
        Ok(())
    }

    /// Gives the requests to the writer; those that can't be sent any more fail at once.
    fn send(
        &self,
        pair: &Pair,
        requests: &[Request],
        sender: &UnboundedSender<Outcome>,
        replies: ReplySink<'_>,
    ) -> usize {
        let lines = lock(&self.lines);
        let mut sent = 0;
        for request in requests {
            let refused = match (&*lines, request_line(pair, request)) {
                (None, _) => "the program's input is closed".to_owned(),
                (_, Err(error)) => error.to_string(),
                (Some(lines), Ok(line)) => {
                    if self.shared.expect_reply(request, sender) {
                        if lines.send(line).is_ok() {
                            sent += 1;
                            continue;
                        }
                        self.shared.take_back(request.id);
                    }
                    "the program has ended".to_owned()
                }
            };
            replies(request.id, Err(refused));
        }
        sent
    }

    /// When the silence has lasted too long, as things stand.
    fn deadline(&self) -> Instant {
        let open = lock(&self.lines).is_some();
        let state = lock(&self.shared.state);
        let patience = match (open, state.unwritten, state.answered) {
            (true, 0, false) => FIRST_ANSWER,
            (true, 0, true) => NEXT_ANSWER,
            _ => SILENCE,
        };
        state.active + patience
    }

    /// When to look at the deadline again: it comes nearer when the last line is written.
    fn next_look(&self) -> Instant {
        self.deadline().min(Instant::now() + LOOK)
    }

    /// Closes standard input, or ends a program that is silent even so; does nothing before the
    /// deadline.
    async fn lose_patience(&self) -> Result<(), BackendError> {
        if Instant::now() < self.deadline() {
            return Ok(());
        }
        let all_written = lock(&self.shared.state).unwritten == 0;
        if all_written && self.close() {
            return Ok(());
        }
        self.process.lock().await.group.kill();
        Err(BackendError::Program {
            program: self.command.clone(),
            code: None,
            detail: format!("silent for {} seconds", SILENCE.as_secs()),
        })
    }

    /// Closes standard input once everything is written; whether it was open.
    fn close(&self) -> bool {
        lock(&self.shared.state).active = Instant::now();
        lock(&self.lines).take().is_some()
    }

    /// The output ended before every reply was there: the error, or, where the program exited as
    /// if all were well, an error for each request.
    async fn ended_early(
        &self,
        requests: &[Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        self.close();
        self.exit().await?;
        for request in requests {
            if self.shared.forget(request.id) {
                replies(request.id, Err("the program gave no reply".to_owned()));
            }
        }
        Ok(())
    }

    /// Waits for the exit of a program whose output has ended.
    async fn exit(&self) -> Result<(), BackendError> {
        let mut process = self.process.lock().await;
        let Process { child, group, exit } = &mut *process;
        if exit.is_none() {
            *exit = Some(match timeout(EXIT, child.wait()).await {
                Ok(Ok(status)) => {
                    group.release();
                    Ok(status.code())
                }
                Ok(Err(error)) => Err(error.to_string()),
                Err(_) => {
                    group.kill();
                    Err(format!(
                        "still running {} seconds after its output ended",
                        EXIT.as_secs()
                    ))
                }
            });
        }
        let failed = |code, detail: String| BackendError::Program {
            program: self.command.clone(),
            code,
            detail,
        };
        match exit {
            Some(Ok(Some(0))) | None => self
                .shared
                .violation()
                .map_or(Ok(()), |wrong| Err(failed(Some(0), wrong))),
            Some(Ok(code)) => {
                let said = [
                    self.shared.violation().unwrap_or_default(),
                    self.shared.errors.text(),
                ];
                let said: Vec<_> = said.into_iter().filter(|words| !words.is_empty()).collect();
                Err(failed(*code, said.join("; ")))
            }
            Some(Err(detail)) => Err(failed(None, detail.clone())),
        }
    }

    /// Closes standard input and waits for the end.
    pub(super) async fn finish(&self) -> Result<(), BackendError> {
        self.close();
        let mut ended = self.ended.clone();
        loop {
            let waited = timeout_at(self.next_look(), ended.wait_for(|ended| *ended))
                .await
                .is_ok();
            if waited {
                return self.exit().await;
            }
            self.lose_patience().await?;
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        for task in &self.tasks {
            task.abort();
        }
    }
}

/// Marks the requests of a dropped call, so that late replies to them are no surprise.
struct Cancel<'a> {
    shared: &'a Shared,
    requests: &'a [Request],
}

impl Drop for Cancel<'_> {
    fn drop(&mut self) {
        for request in self.requests {
            self.shared.forget(request.id);
        }
    }
}

impl Shared {
    fn new() -> Self {
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
    fn expect_reply(&self, request: &Request, replies: &UnboundedSender<Outcome>) -> bool {
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
    fn take_back(&self, id: u64) {
        self.forget(id);
        let mut state = lock(&self.state);
        state.unwritten = state.unwritten.saturating_sub(1);
    }

    /// No longer waits for a reply; whether it did.
    fn forget(&self, id: u64) -> bool {
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
    fn drop_waiting(&self) {
        let (closed, _) = unbounded_channel();
        let mut state = lock(&self.state);
        state.ended = true;
        for slot in state.requests.values_mut() {
            if let Slot::Waiting { replies, .. } = slot {
                *replies = closed.clone();
            }
        }
    }

    fn take_line(&self, line: &[u8]) {
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
    fn note(&self, what: String) {
        match &mut lock(&self.state).wrong {
            Some((_, count)) => *count += 1,
            none => *none = Some((what, 1)),
        }
    }

    fn violation(&self) -> Option<String> {
        lock(&self.state)
            .wrong
            .as_ref()
            .map(|(what, count)| match count {
                1 => what.clone(),
                _ => format!("{what} (and {} more)", count - 1),
            })
    }

    fn touch(&self) {
        lock(&self.state).active = Instant::now();
    }
}

/// Writes lines until there are no more, then closes the program's standard input.
async fn write_lines(mut stdin: ChildStdin, mut lines: UnboundedReceiver<String>, shared: &Shared) {
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
    fn stop_writing(&self) {
        lock(&self.state).unwritten = 0;
    }
}

/// Reads lines until the output ends or a line is too long.
async fn read_lines(mut stdout: impl AsyncBufRead + Unpin, shared: &Shared) {
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

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
