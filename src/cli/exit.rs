//! How the program ends.

use std::process::ExitCode;

/// Exit codes. README has the same table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Everything was done.
    Done = 0,
    /// Something was not translated, or a check failed. Everything is written, with the source
    /// where there is no translation.
    Incomplete = 1,
    /// The command line or the configuration is wrong. Nothing is written.
    Usage = 2,
    /// A file could not be read or written. Nothing is written.
    Files = 3,
    /// A key is missing or was refused, a quota is used up, or what translates can't be used at all.
    /// Nothing is written.
    Refused = 4,
    /// Nothing may be asked, and something is not translated. Nothing is written.
    Stale = 5,
    /// SIGINT.
    Interrupted = 130,
    /// SIGTERM.
    Terminated = 143,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Waits for a signal that ends the program.
pub(super) async fn signal() -> Exit {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let (Ok(mut interrupt), Ok(mut terminate)) = (
            signal(SignalKind::interrupt()),
            signal(SignalKind::terminate()),
        ) {
            return tokio::select! {
                _ = interrupt.recv() => Exit::Interrupted,
                _ = terminate.recv() => Exit::Terminated,
            };
        }
    }
    match tokio::signal::ctrl_c().await {
        Ok(()) => Exit::Interrupted,
        // Without a way to wait for signals the program ends when it is done.
        Err(_) => std::future::pending().await,
    }
}
