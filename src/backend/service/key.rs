//! Keys of services: from the environment or from a command, and nowhere to be seen.

use std::fmt;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use super::super::BackendError;
use super::super::process::{Group, isolate};
use super::Options;

/// How long a key command may take. It may have to ask a person for a password.
const PATIENCE: Duration = Duration::from_mins(2);

/// A key. It can be put into a request, and shows nowhere else.
#[derive(Clone, PartialEq, Eq)]
pub struct Key(String);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A key as the service gave it out; none where nothing but white space is there.
    pub fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        (!text.is_empty()).then(|| Self(text.to_owned()))
    }

    /// The key itself, for a request.
    pub(in crate::backend) fn expose(&self) -> &str {
        &self.0
    }

    /// The key of `backend`: from `POLYPOST_<BACKEND>_KEY`, from the vendor's own variables
    /// `usual`, or from what the command `key-command` prints first. None where there is none.
    ///
    /// # Errors
    /// [`BackendError::KeyCommand`] where the command fails or prints nothing.
    pub(in crate::backend) async fn find(
        backend: &'static str,
        usual: &[&str],
        options: &Options,
    ) -> Result<Option<Self>, BackendError> {
        for name in variables(backend, usual) {
            if let Some(key) = std::env::var(name).ok().and_then(|text| Self::new(&text)) {
                return Ok(Some(key));
            }
        }
        match &options.key_command {
            Some(command) => ask(backend, command).await.map(Some),
            None => Ok(None),
        }
    }

    /// As [`Key::find`], for a service that does nothing without a key.
    ///
    /// # Errors
    /// [`BackendError::NoKey`] where there is none, and those of [`Key::find`].
    pub(in crate::backend) async fn require(
        backend: &'static str,
        usual: &[&str],
        options: &Options,
    ) -> Result<Self, BackendError> {
        let key = Self::find(backend, usual, options).await?;
        key.ok_or_else(|| BackendError::NoKey {
            backend: backend.to_owned(),
            variables: variables(backend, usual),
        })
    }
}

impl Key {
    /// Whether there is a key, or a command that may print one. The command is not run.
    ///
    /// # Errors
    /// [`BackendError::NoKey`] where there is none.
    pub(in crate::backend) fn check(
        backend: &str,
        usual: &[&str],
        options: &Options,
    ) -> Result<(), BackendError> {
        let variables = variables(backend, usual);
        let is_set = |name: &String| {
            let text = std::env::var(name).ok();
            text.is_some_and(|text| Self::new(&text).is_some())
        };
        if options.key_command.is_some() || variables.iter().any(is_set) {
            return Ok(());
        }
        Err(BackendError::NoKey {
            backend: backend.to_owned(),
            variables,
        })
    }
}

/// The environment variables that may hold the key of a backend, in the order of looking.
fn variables(backend: &str, usual: &[&str]) -> Vec<String> {
    let own = format!("POLYPOST_{}_KEY", backend.to_ascii_uppercase());
    std::iter::once(own)
        .chain(usual.iter().map(|name| (*name).to_owned()))
        .collect()
}

async fn ask(backend: &str, command: &str) -> Result<Key, BackendError> {
    let failed = |detail: String| BackendError::KeyCommand {
        backend: backend.to_owned(),
        detail,
    };
    let (shell, flag) = if cfg!(windows) {
        ("cmd", "/C")
    } else {
        ("sh", "-c")
    };
    let mut process = Command::new(shell);
    process
        .args([flag, command])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        // It may print the key there as well, so nothing of that is repeated.
        .stderr(Stdio::null());
    let child = isolate(&mut process)
        .spawn()
        .map_err(|error| failed(error.to_string()))?;
    let mut group = Group::of(&child);
    let output = tokio::time::timeout(PATIENCE, child.wait_with_output())
        .await
        .map_err(|_| failed("no answer".to_owned()))?
        .map_err(|error| failed(error.to_string()))?;
    group.release();
    if !output.status.success() {
        return Err(failed(output.status.to_string()));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let first = text.lines().next().unwrap_or_default();
    Key::new(first).ok_or_else(|| failed("it prints nothing".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(command: &str) -> Options {
        Options {
            key_command: Some(command.to_owned()),
            ..Options::default()
        }
    }

    #[test]
    fn a_key_does_not_show() {
        let key = Key::new(" planted \n").expect("a key");
        assert_eq!(format!("{key:?} {:?}", Some(&key)), "Key(…) Some(Key(…))");
        assert_eq!(key.expose(), "planted");
        assert_eq!(Key::new(" \n"), None);
    }

    #[tokio::test]
    async fn a_command_gives_the_first_line_that_it_prints() {
        let options = command("printf 'planted\\nand more\\n'");
        let key = Key::require("nobody", &[], &options).await.expect("a key");
        assert_eq!(key.expose(), "planted");
    }

    #[tokio::test]
    async fn what_a_command_prints_is_in_no_error() {
        for text in ["echo planted; exit 3", "echo; echo planted"] {
            let error = Key::require("nobody", &[], &command(text)).await;
            let error = error.expect_err("no key");
            assert!(matches!(error, BackendError::KeyCommand { .. }));
            assert!(!format!("{error} {error:?}").contains("planted"));
        }
    }

    #[tokio::test]
    async fn without_a_key_the_variables_are_named() {
        let error = Key::require("nobody", &["NOBODY_API_KEY"], &Options::default()).await;
        let Err(BackendError::NoKey { variables, .. }) = error else {
            panic!("{error:?}");
        };
        assert_eq!(variables, ["POLYPOST_NOBODY_KEY", "NOBODY_API_KEY"]);
    }
}
