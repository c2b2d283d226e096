//! One run of the program: frames in, answers out, each as soon as it is there.

use std::future::Future;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{ChildStdin, Command};
use tokio::time::timeout;

use super::{PROGRAM, not_started};
use crate::backend::BackendError;
use crate::backend::process::{Group, Tail, isolate};

/// Longest wait for the next answer, to which is added what its length needs.
const SILENCE: Duration = Duration::from_mins(1);

/// Bytes a second that even a slow machine translates.
const BYTES_PER_SECOND: u64 = 5_000;

/// When the engine writes what it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flush {
    /// After each frame, at the null character (`-z`).
    EachFrame,
    /// At the end; for a single frame. Works for pairs whose programs don't know null characters.
    AtEnd,
}

/// Why a run ended before its last frame.
#[derive(Debug)]
pub(super) struct Failure {
    code: Option<i32>,
    /// What was wrong: with an answer, or in the words of the program.
    pub(super) detail: String,
}

impl Failure {
    /// The error for a run that gave nothing at all.
    pub(super) fn into_error(self) -> BackendError {
        BackendError::Program {
            program: PROGRAM.to_owned(),
            code: self.code,
            detail: self.detail,
        }
    }
}

/// Runs the program on `frames` and hands each answer to `take`, with the number of its frame.
///
/// Gives how many answers `take` accepted, and why there are not as many as frames.
///
/// # Errors
/// The program can't be started.
pub(super) async fn run(
    program: &str,
    mode: &str,
    frames: &[&str],
    flush: Flush,
    mut take: impl FnMut(usize, &str) -> Result<(), String>,
) -> Result<(usize, Option<Failure>), BackendError> {
    let mut command = Command::new(program);
    command.env("LC_ALL", super::LOCALE);
    command.args(["-u", "-f", "none"]);
    if flush == Flush::EachFrame {
        command.arg("-z");
    }
    command.arg(mode);
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = isolate(&mut command)
        .spawn()
        .map_err(|error| not_started(&error))?;
    let mut group = Group::of(&child);
    let (Some(stdin), Some(stdout), Some(stderr)) =
        (child.stdin.take(), child.stdout.take(), child.stderr.take())
    else {
        return Err(not_started(&std::io::Error::other("no pipes")));
    };
    let tail = Arc::new(Tail::default());
    // It ends with the program, which ends with this future.
    let errors = tokio::spawn({
        let tail = Arc::clone(&tail);
        async move { tail.fill(stderr).await }
    });
    let work = read_answers(BufReader::new(stdout), frames, flush, &mut take);
    let (taken, reason) = while_beside(work, write_frames(stdin, frames)).await;
    let Some(reason) = reason else {
        // Nothing is left to read, but the program removes its temporary files before it ends.
        if timeout(Duration::from_secs(5), child.wait()).await.is_ok() {
            group.release();
        }
        return Ok((taken, None));
    };
    let ended = timeout(Duration::from_secs(1), async {
        tokio::join!(child.wait(), errors).0
    })
    .await;
    let code = match ended {
        Ok(Ok(status)) => {
            group.release();
            status.code().filter(|code| *code != 0)
        }
        _ => None,
    };
    group.kill();
    let said = tail.text();
    let detail = if said.is_empty() {
        reason
    } else {
        format!("{reason}: {said}")
    };
    Ok((taken, Some(Failure { code, detail })))
}

/// Awaits `work` while `beside` goes on; what is left of `beside` then is dropped.
async fn while_beside<T, U>(work: impl Future<Output = T>, beside: impl Future<Output = U>) -> T {
    tokio::select! {
        biased;
        done = work => done,
        never = async {
            beside.await;
            std::future::pending().await
        } => never,
    }
}

/// Writes the frames; where the program stops reading, its answers end too, and that is noticed
/// there.
async fn write_frames(mut stdin: ChildStdin, frames: &[&str]) {
    for frame in frames {
        if stdin.write_all(frame.as_bytes()).await.is_err() || stdin.write_all(b"\0").await.is_err()
        {
            return;
        }
    }
    let _ = stdin.shutdown().await;
}

/// Reads an answer for each frame; gives how many were taken, and why not all.
async fn read_answers(
    mut stdout: impl AsyncBufRead + Unpin,
    frames: &[&str],
    flush: Flush,
    take: &mut impl FnMut(usize, &str) -> Result<(), String>,
) -> (usize, Option<String>) {
    for (number, frame) in frames.iter().enumerate() {
        let mut answer = Vec::new();
        let patience = SILENCE + Duration::from_secs(frame.len() as u64 / BYTES_PER_SECOND);
        let reason = match timeout(patience, stdout.read_until(0, &mut answer)).await {
            Err(_) => format!("no answer for {} seconds", patience.as_secs()),
            Ok(Err(error)) => error.to_string(),
            Ok(Ok(0)) => "the program ended early".to_owned(),
            Ok(Ok(_)) if flush == Flush::EachFrame && !answer.ends_with(b"\0") => {
                "the program ended within an answer".to_owned()
            }
            Ok(Ok(_)) => {
                let answer = answer.strip_suffix(b"\0").unwrap_or(&answer);
                let taken = std::str::from_utf8(answer)
                    .map_err(|error| error.to_string())
                    .and_then(|answer| take(number, answer));
                match taken {
                    Ok(()) => continue,
                    Err(reason) => reason,
                }
            }
        };
        return (number, Some(reason));
    }
    (frames.len(), None)
}
