//! The running program of `exec`: one task writes, one reads, calls wait for their replies.

use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::BufReader;
use tokio::process::{Child, Command};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout, timeout_at};

use super::protocol::request_line;
use super::shared::{Shared, lock, read_lines, write_lines};
use super::{FIRST_ANSWER, NEXT_ANSWER, SILENCE};
use crate::backend::process::{Group, isolate};
use crate::backend::{BackendError, Pair, Reply, ReplySink, Request};

/// How long the end of a program's standard error is waited for, once it has exited.
const LAST_WORDS: Duration = Duration::from_millis(500);

/// How long a program may take to exit once its output has ended.
const EXIT: Duration = Duration::from_secs(10);

/// How often a call that waits looks whether it has waited too long.
const LOOK: Duration = Duration::from_millis(200);

pub(super) type Outcome = (u64, Result<Reply, String>);

/// A running program.
#[derive(Debug)]
pub(super) struct Session {
    command: String,
    shared: Arc<Shared>,
    /// Lines to write; nothing once standard input is closed.
    lines: Mutex<Option<UnboundedSender<String>>>,
    /// Turns true when the program's output has ended.
    ended: watch::Receiver<bool>,
    /// Whether its standard error has ended.
    silent: watch::Receiver<bool>,
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
        let (hush, silent) = watch::channel(false);
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
            tokio::spawn(async move {
                errors.errors.fill(stderr).await;
                let _ = hush.send(true);
            }),
        ];
        Ok(Self {
            command: command.to_owned(),
            shared,
            lines: Mutex::new(Some(lines)),
            ended,
            silent,
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
        let (mut left, is_ended) = self.send(pair, requests, &sender, replies);
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
                Ok(None) => return self.ended_early().await,
                Err(_) => self.lose_patience().await?,
            }
        }
        if is_ended {
            // How it ended tells more than that it could not be asked.
            return self.ended_early().await;
        }
        Ok(())
    }

    /// Gives the requests to the writer; those that can't be sent any more stay without a reply.
    /// How many were sent, and whether the program's output had ended by then.
    fn send(
        &self,
        pair: &Pair,
        requests: &[Request],
        sender: &UnboundedSender<Outcome>,
        replies: ReplySink<'_>,
    ) -> (usize, bool) {
        let lines = lock(&self.lines);
        let (mut sent, mut is_ended) = (0, false);
        for request in requests {
            match (&*lines, request_line(pair, request)) {
                (_, Err(error)) => replies(request.id, Err(error.to_string())),
                (Some(lines), Ok(line)) if self.shared.expect_reply(request, sender) => {
                    if lines.send(line).is_ok() {
                        sent += 1;
                    } else {
                        self.shared.take_back(request.id);
                    }
                }
                (Some(_), Ok(_)) => is_ended = true,
                (None, Ok(_)) => {}
            }
        }
        (sent, is_ended)
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

    /// The output ended before every reply was there: an error, unless the program exited as if
    /// all were well.
    async fn ended_early(&self) -> Result<(), BackendError> {
        self.close();
        self.exit().await
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
        // Its last words may still be on their way. Whoever it left behind may keep the line open.
        let _ = timeout(LAST_WORDS, self.silent.clone().wait_for(|silent| *silent)).await;
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
