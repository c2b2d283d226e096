//! Apertium as an installed program (<https://www.apertium.org/>).

mod languages;
mod run;
mod stream;
mod target;
mod text;

use std::collections::HashMap;
use std::io::ErrorKind;
use std::process::Stdio;

use tokio::process::Command;

use super::{Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request};

pub(super) use languages::{find_mode, three_letters};
pub(super) use text::{first_letter, has_capital_nouns, is_invisible};

use run::{Failure, Flush, run};
use stream::{Frame, Protected};

/// The command that Apertium installs.
const PROGRAM: &str = "apertium";

/// It fails in a locale that is not generated; this one is built into the C library.
const LOCALE: &str = "C.UTF-8";

/// The engine's rules as a program: one process for each batch.
///
/// The engine's part-of-speech tagger carries a state from one segment to the next, so a few
/// words can come out differently when a segment is sent in other company.
#[derive(Debug)]
pub struct Apertium {
    program: String,
    modes: HashMap<Pair, String>,
}

impl Apertium {
    /// Apertium for these pairs of languages.
    ///
    /// # Errors
    /// [`BackendError::NotInstalled`] without the program, [`BackendError::UnsupportedPair`] for
    /// the first pair whose data is not installed.
    pub async fn open(pairs: &[Pair]) -> Result<Self, BackendError> {
        let installed = installed_modes().await?;
        let modes = pairs
            .iter()
            .map(|pair| match find_mode(&installed, pair) {
                Some((source, target)) => Ok((pair.clone(), format!("{source}-{target}"))),
                None => Err(unsupported(PROGRAM, pair, &installed)),
            })
            .collect::<Result<_, _>>()?;
        Ok(Self {
            program: PROGRAM.to_owned(),
            modes,
        })
    }

    async fn translate_all(
        &self,
        pair: &Pair,
        requests: &[Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let mode = self
            .modes
            .get(pair)
            .ok_or_else(|| BackendError::UnsupportedPair {
                backend: PROGRAM.to_owned(),
                from: pair.source.to_string(),
                to: pair.target.to_string(),
                supported: self.modes.values().cloned().collect(),
            })?;
        let capital_nouns = has_capital_nouns(pair.target.language());
        let (texts, blanks): (Vec<_>, Vec<_>) = requests
            .iter()
            .partition(|request| !request.source.text().trim().is_empty());
        for request in blanks {
            let text = request.source.text().to_owned();
            replies(
                request.id,
                Ok(Reply::Plain {
                    text,
                    alignment: Vec::new(),
                }),
            );
        }
        let mut waiting = texts.as_slice();
        let mut worked = false;
        while !waiting.is_empty() {
            let (done, failure) =
                send(&self.program, mode, waiting, capital_nouns, replies).await?;
            worked |= done > 0;
            waiting = &waiting[done..];
            let (Some(failure), Some((first, rest))) = (failure, waiting.split_first()) else {
                break;
            };
            match send_alone(&self.program, mode, first, capital_nouns).await? {
                Ok(reply) => replies(first.id, Ok(reply)),
                Err(_) if !worked => return Err(failure.into_error()),
                Err(alone) => replies(first.id, Err(alone)),
            }
            worked = true;
            waiting = rest;
        }
        Ok(())
    }
}

impl Backend for Apertium {
    fn name(&self) -> &'static str {
        PROGRAM
    }

    /// A start takes about 0.15 seconds, as long as the translation of 100 segments.
    fn limits(&self) -> Limits {
        Limits {
            segments: 500,
            characters: 64_000,
            concurrency: 2,
            ..Limits::NONE
        }
    }

    fn translate<'a>(
        &'a self,
        pair: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(self.translate_all(pair, requests, replies))
    }
}

/// The pairs whose data is installed, source before target, in Apertium's codes and order.
///
/// # Errors
/// [`BackendError::NotInstalled`] without the program, [`BackendError::Program`] where it fails.
pub(super) async fn installed_modes() -> Result<Vec<(String, String)>, BackendError> {
    let listed = Command::new(PROGRAM)
        .env("LC_ALL", LOCALE)
        .arg("-l")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .map_err(|error| not_started(&error))?;
    if !listed.status.success() {
        return Err(BackendError::Program {
            program: PROGRAM.to_owned(),
            code: listed.status.code(),
            detail: String::from_utf8_lossy(&listed.stderr).trim().to_owned(),
        });
    }
    let is_code = |code: &str| {
        !code.is_empty() && code.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
    };
    Ok(String::from_utf8_lossy(&listed.stdout)
        .lines()
        .filter_map(|line| line.trim().split_once('-'))
        // What has more parts is a step of a translation, for people who work on a pair.
        .filter(|(source, target)| is_code(source) && is_code(target))
        .map(|(source, target)| (source.to_owned(), target.to_owned()))
        .collect())
}

/// The error for a pair that `modes` lacks.
pub(super) fn unsupported(backend: &str, pair: &Pair, modes: &[(String, String)]) -> BackendError {
    BackendError::UnsupportedPair {
        backend: backend.to_owned(),
        from: pair.source.to_string(),
        to: pair.target.to_string(),
        supported: modes
            .iter()
            .map(|(source, target)| format!("{source}-{target}"))
            .collect(),
    }
}

fn not_started(error: &std::io::Error) -> BackendError {
    if error.kind() == ErrorKind::NotFound {
        return BackendError::NotInstalled {
            program: PROGRAM.to_owned(),
        };
    }
    BackendError::Program {
        program: PROGRAM.to_owned(),
        code: None,
        detail: error.to_string(),
    }
}

/// Sends requests, each of which has text, through one process and passes their replies on as they
/// come.
///
/// Gives how many at the start of `requests` have their reply, and what was wrong with the next.
async fn send(
    program: &str,
    mode: &str,
    requests: &[&Request],
    capital_nouns: bool,
    replies: ReplySink<'_>,
) -> Result<(usize, Option<Failure>), BackendError> {
    let frames: Vec<_> = requests
        .iter()
        .enumerate()
        .filter_map(|(number, request)| Frame::encode(&request.source, number, Protected::Word))
        .collect();
    let streams: Vec<_> = frames.iter().map(|frame| frame.stream.as_str()).collect();
    run(
        program,
        mode,
        &streams,
        Flush::EachFrame,
        |number, answer| {
            let (Some(frame), Some(request)) = (frames.get(number), requests.get(number)) else {
                return Err("there are more answers than segments".to_owned());
            };
            let (text, alignment) = frame.decode(answer, capital_nouns)?;
            replies(request.id, Ok(Reply::Plain { text, alignment }));
            Ok(())
        },
    )
    .await
}

/// Sends one request through a process of its own, in the ways that are left to try.
async fn send_alone(
    program: &str,
    mode: &str,
    request: &Request,
    capital_nouns: bool,
) -> Result<Result<Reply, String>, BackendError> {
    let mut reason = "there is no answer".to_owned();
    for protected in [Protected::Word, Protected::Blank] {
        let Some(frame) = Frame::encode(&request.source, 0, protected) else {
            continue;
        };
        let mut reply = None;
        let (_, failure) = run(
            program,
            mode,
            &[frame.stream.as_str()],
            Flush::AtEnd,
            |_, answer| {
                let (text, alignment) = frame.decode(answer, capital_nouns)?;
                reply = Some(Reply::Plain { text, alignment });
                Ok(())
            },
        )
        .await?;
        if let Some(reply) = reply {
            return Ok(Ok(reply));
        }
        if let Some(failure) = failure {
            reason = failure.detail;
        }
    }
    Ok(Err(reason))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;
    use std::sync::Mutex;

    use super::*;
    use crate::unit::Fragment;

    /// Replies of a false engine, a Perl program that gets all of standard input in `$_`.
    async fn translate(
        engine: &str,
        texts: &[&str],
    ) -> (Result<(), BackendError>, Vec<(u64, Result<String, String>)>) {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("engine");
        std::fs::write(&program, format!("#!/usr/bin/perl -0777\n$alone = !grep {{ $_ eq '-z' }} @ARGV; @ARGV = (); $_ = <STDIN>;\n{engine}\n")).expect("a file");
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755))
            .expect("a program");
        // While another test starts a program, it may hold this file open for writing.
        while std::process::Command::new(&program)
            .stdin(Stdio::null())
            .output()
            .is_err_and(|error| error.kind() == ErrorKind::ExecutableFileBusy)
        {
            tokio::task::yield_now().await;
        }
        let pair = Pair {
            source: "en".parse().expect("a tag"),
            target: "es".parse().expect("a tag"),
        };
        let backend = Apertium {
            program: program.display().to_string(),
            modes: HashMap::from([(pair.clone(), "eng-spa".to_owned())]),
        };
        let requests: Vec<_> = texts
            .iter()
            .zip(0..)
            .map(|(text, id)| Request {
                id,
                source: Fragment::plain(*text),
                ..Request::default()
            })
            .collect();
        let replies = Mutex::new(Vec::new());
        let sink = |id, reply: Result<Reply, String>| {
            let text = reply.map(|reply| match reply {
                Reply::Plain { text, .. } | Reply::Tagged(text) => text,
            });
            replies.lock().expect("the replies").push((id, text));
        };
        let result = backend.translate(&pair, &requests, &sink).await;
        (result, replies.into_inner().expect("the replies"))
    }

    #[tokio::test]
    async fn a_segment_that_ends_the_engine_fails_alone() {
        let engine = "s/bad.*//s and do { print; print STDERR \"Malformed\"; exit 1 }; print;";
        let (result, replies) = translate(engine, &["one", "bad", " ", "two"]).await;
        assert_eq!(result, Ok(()));
        assert_eq!(
            replies[..2],
            [(2, Ok(" ".to_owned())), (0, Ok("one".to_owned()))]
        );
        assert!(
            matches!(&replies[2], (1, Err(reason)) if reason.contains("Malformed")),
            "{replies:?}"
        );
        assert_eq!(replies[3], (3, Ok("two".to_owned())));
    }

    #[tokio::test]
    async fn a_pair_whose_programs_lose_null_characters_gets_a_process_for_each_segment() {
        let (result, replies) = translate("tr/\\0//d if !$alone; print;", &["one", "two"]).await;
        assert_eq!(result, Ok(()));
        assert_eq!(
            replies,
            [(0, Ok("one".to_owned())), (1, Ok("two".to_owned()))]
        );
    }

    #[tokio::test]
    async fn an_engine_that_gives_nothing_at_all_is_an_error() {
        let (result, replies) =
            translate("print STDERR \"no data\"; exit 7;", &["one", "two"]).await;
        assert!(replies.is_empty());
        let Err(BackendError::Program { code, detail, .. }) = result else {
            panic!("{result:?}")
        };
        assert_eq!(code, Some(7));
        assert!(detail.contains("no data"), "{detail}");
    }

    #[tokio::test]
    async fn an_engine_that_is_not_there_is_not_installed() {
        let failed = run(
            "/no/such/engine",
            "eng-spa",
            &["x"],
            Flush::AtEnd,
            |_, _| Ok(()),
        )
        .await;
        assert!(matches!(failed, Err(BackendError::NotInstalled { .. })));
    }
}
