//! Programs that a backend runs: ended together with all that they started.

use std::sync::{Mutex, PoisonError};

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::process::{Child, Command};

/// How much of the end of a program's standard error is kept, in bytes.
const TAIL: usize = 4096;

/// Makes `command` the leader of a process group of its own, so that [`Group`] can end it
/// together with its children.
pub(crate) fn isolate(command: &mut Command) -> &mut Command {
    #[cfg(unix)]
    command.process_group(0);
    command.kill_on_drop(true)
}

/// A running program and its children; they are killed when this is dropped.
///
/// A pipeline in a shell would otherwise outlive its shell.
#[derive(Debug)]
pub(crate) struct Group {
    #[cfg(unix)]
    leader: Option<rustix::process::Pid>,
}

impl Group {
    /// The group that `child`, started through [`isolate`], leads.
    pub(crate) fn of(child: &Child) -> Self {
        #[cfg(unix)]
        return Self {
            leader: child
                .id()
                .and_then(|id| i32::try_from(id).ok())
                .and_then(rustix::process::Pid::from_raw),
        };
        #[cfg(not(unix))]
        {
            let _ = child;
            Self {}
        }
    }

    /// Kills every process of the group. Has to come before the leader is awaited: its number
    /// belongs to it until then.
    pub(crate) fn kill(&mut self) {
        #[cfg(unix)]
        if let Some(leader) = self.leader.take() {
            // It fails where all have ended already, which is what is wanted.
            let _ = rustix::process::kill_process_group(leader, rustix::process::Signal::KILL);
        }
    }

    /// Forgets the group: its leader has been awaited, and its number may be in use again.
    pub(crate) fn release(&mut self) {
        #[cfg(unix)]
        {
            self.leader = None;
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        self.kill();
    }
}

/// The last words of a program on its standard error.
#[derive(Debug, Default)]
pub(crate) struct Tail(Mutex<Vec<u8>>);

impl Tail {
    /// Reads `from` to its end and keeps the last of it.
    pub(crate) async fn fill(&self, mut from: impl AsyncRead + Unpin) {
        let mut buffer = [0; 1024];
        while let Ok(count @ 1..) = from.read(&mut buffer).await {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.extend_from_slice(&buffer[..count]);
            let surplus = kept.len().saturating_sub(TAIL);
            kept.drain(..surplus);
        }
    }

    /// What was kept, trimmed; bytes that are no UTF-8 are replaced.
    pub(crate) fn text(&self) -> String {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&kept).trim().to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn only_the_end_of_a_long_standard_error_is_kept() {
        let tail = Tail::default();
        let text = format!("{}the end\n", "x".repeat(3 * TAIL));
        tail.fill(text.as_bytes()).await;
        assert!(tail.text().ends_with("xthe end"));
        assert!(tail.text().len() <= TAIL);
    }
}
