//! Programs of every kind behind `exec`, most of them a line for the shell or for Perl.
#![cfg(unix)]

use std::collections::HashMap;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use polypost::backend::{Backend, BackendError, Exec, Pair, Reply, Request};
use polypost::unit::{Fragment, Link, MarkKind};

/// Answers each line at once, with the text of the request.
const ECHO: &str = r#"perl -ne '$| = 1; print qq({"id":$1,"text":$2}\n) if /"id":(\d+).*"text":("(?:\\.|[^"])*"),"plain"/'"#;

type Replies = HashMap<u64, Result<Reply, String>>;

fn pair() -> Pair {
    Pair {
        source: "en".parse().expect("a tag"),
        target: "es".parse().expect("a tag"),
    }
}

fn requests(ids: std::ops::Range<u64>) -> Vec<Request> {
    ids.map(|id| Request {
        id,
        source: Fragment::plain(format!("segment {id}")),
        ..Request::default()
    })
    .collect()
}

async fn translate(backend: &Exec, requests: &[Request]) -> (Result<(), BackendError>, Replies) {
    let replies = Mutex::new(Replies::new());
    let sink = |id, reply| {
        let before = replies.lock().expect("the replies").insert(id, reply);
        assert_eq!(before, None, "a second reply to {id}");
    };
    let result = backend.translate(&pair(), requests, &sink).await;
    (result, replies.into_inner().expect("the replies"))
}

/// Runs `command` on two requests to the end.
async fn run(command: &str) -> (Result<(), BackendError>, Replies, Result<(), BackendError>) {
    let backend = Exec::new(command);
    let (result, replies) = translate(&backend, &requests(0..2)).await;
    (result, replies, backend.finish().await)
}

#[expect(clippy::unnecessary_wraps, reason = "it is compared with replies")]
fn tagged(text: &str) -> Result<Reply, String> {
    Ok(Reply::Tagged(text.to_owned()))
}

fn detail(result: Result<(), BackendError>) -> (Option<i32>, String) {
    match result {
        Err(BackendError::Program { code, detail, .. }) => (code, detail),
        other => panic!("{other:?}"),
    }
}

/// A file for a program to write to.
fn scratch() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn is_running(pid: &str) -> bool {
    // A zombie, whose parent has not looked after it yet, runs no more.
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

async fn wait_for_file(path: &Path) -> String {
    for _ in 0..500 {
        if let Ok(text) = std::fs::read_to_string(path)
            && text.ends_with('\n')
        {
            return text.trim().to_owned();
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("nothing was written to {}", path.display());
}

#[tokio::test]
async fn a_request_has_the_keys_that_are_documented() {
    let folder = scratch();
    let seen = folder.path().join("seen");
    let mut source = Fragment::plain("a < ");
    source.push_mark(MarkKind::Open, 1);
    source.push_protected(2, "b\"");
    source.push_mark(MarkKind::Close, 1);
    let request = Request {
        id: 7,
        source,
        context: "a < b\" and more".to_owned(),
        ..Request::default()
    };
    let backend = Exec::new(format!(
        r#"tee '{}' | sed 's/.*/{{"id":"7","text":"x"}}/'"#,
        seen.display()
    ));
    let (result, replies) = translate(&backend, &[request]).await;
    assert_eq!((result, backend.finish().await), (Ok(()), Ok(())));
    assert_eq!(replies[&7], tagged("x"));
    let line = std::fs::read_to_string(seen).expect("a request");
    let line: serde_json::Value = serde_json::from_str(&line).expect("one JSON value");
    assert_eq!(
        line,
        serde_json::json!({
            "id": 7, "source": "en", "target": "es", "text": "a &lt; <g1><x2/></g1>",
            "plain": "a < b\"", "context": "a < b\" and more",
        })
    );
}

#[tokio::test]
async fn one_program_serves_every_call_of_the_run() {
    let folder = scratch();
    let starts = folder.path().join("starts");
    let backend = Exec::new(format!("echo start >> '{}'; {ECHO}", starts.display()));
    for ids in [0..3, 3..6] {
        let (result, replies) = translate(&backend, &requests(ids.clone())).await;
        assert_eq!(result, Ok(()));
        for id in ids {
            assert_eq!(replies[&id], tagged(&format!("segment {id}")));
        }
    }
    assert_eq!(backend.finish().await, Ok(()));
    assert_eq!(
        std::fs::read_to_string(starts).expect("the starts"),
        "start\n"
    );
}

#[tokio::test]
async fn replies_may_come_in_any_order() {
    // `tac` answers at the end, in reverse order.
    let backend = Exec::new(format!("tac | {ECHO}"));
    let (result, replies) = translate(&backend, &requests(0..100)).await;
    assert_eq!(result, Ok(()));
    assert_eq!(replies.len(), 100);
    assert_eq!(replies[&42], tagged("segment 42"));
}

#[tokio::test]
async fn a_program_that_answers_only_at_the_end_gets_its_end_soon() {
    let started = Instant::now();
    let backend = Exec::new(
        r#"perl -e '@l = <STDIN>; for (@l) { print qq({"id":$1,"text":"x"}\n) if /"id":(\d+)/ }'"#,
    );
    let (result, replies) = translate(&backend, &requests(0..2)).await;
    assert_eq!(result, Ok(()));
    assert_eq!(replies[&1], tagged("x"));
    assert!(
        started.elapsed() < Duration::from_secs(20),
        "{:?}",
        started.elapsed()
    );
    // Nothing can be asked any more, so there are no replies.
    let (result, replies) = translate(&backend, &requests(2..4)).await;
    assert_eq!(result, Ok(()));
    assert!(replies.is_empty(), "{replies:?}");
    assert_eq!(backend.finish().await, Ok(()));
}

#[tokio::test]
async fn much_text_does_not_block_whoever_answers_early_or_late() {
    let text = "x".repeat(10_000);
    let many: Vec<_> = (0..500)
        .map(|id| Request {
            id,
            source: Fragment::plain(text.clone()),
            ..Request::default()
        })
        .collect();
    for command in [ECHO.to_owned(), format!("tac | {ECHO}")] {
        let backend = Exec::new(command);
        let (result, replies) = translate(&backend, &many).await;
        assert_eq!(result, Ok(()));
        assert_eq!(replies.len(), 500);
        assert_eq!(replies[&499], tagged(&text));
        assert_eq!(backend.finish().await, Ok(()));
    }
}

#[tokio::test]
async fn a_plain_reply_brings_its_alignment() {
    let (result, replies, end) = run(
        r#"echo '{"id":0,"text":"El ségmento","markup":"plain","alignment":[[0,7,3,11]]}
        {"id":1,"text":"b","markup":"plain"}'; cat >/dev/null"#,
    )
    .await;
    assert_eq!((result, end), (Ok(()), Ok(())));
    let alignment = vec![Link {
        source: 0..7,
        target: 3..12,
    }];
    assert_eq!(
        replies[&0],
        Ok(Reply::Plain {
            text: "El ségmento".to_owned(),
            alignment
        })
    );
    assert_eq!(
        replies[&1],
        Ok(Reply::Plain {
            text: "b".to_owned(),
            alignment: Vec::new()
        })
    );
}

#[tokio::test]
async fn an_error_of_one_request_is_passed_on_in_the_words_of_the_program() {
    let (result, replies, end) =
        run(r#"echo '{"id":0,"error":"no idea"}'; echo '{"id":1,"text":"b"}'; cat >/dev/null"#)
            .await;
    assert_eq!((result, end), (Ok(()), Ok(())));
    assert_eq!(replies[&0], Err("no idea".to_owned()));
    assert_eq!(replies[&1], tagged("b"));
}

#[tokio::test]
async fn the_first_of_two_replies_counts_and_the_second_is_reported() {
    let (result, replies, end) =
        run(r#"printf '{"id":0,"text":"a"}\n{"id":0,"text":"A"}\n{"id":1,"text":"b"}\n'; cat >/dev/null"#).await;
    assert_eq!(result, Ok(()));
    assert_eq!(replies[&0], tagged("a"));
    let (code, detail) = detail(end);
    assert_eq!(code, Some(0));
    assert!(detail.contains("second reply to 0"), "{detail}");
}

#[tokio::test]
async fn what_is_no_reply_is_ignored_and_reported() {
    for line in [
        "Loading model",
        "[1]",
        r#"{"id":99,"text":"x"}"#,
        r#"{"text":"x"}"#,
        r"\377\376",
    ] {
        let (result, replies, end) = run(&format!(
            r#"printf '%b\n' '{line}'; printf '\n{{"id":0,"text":"a"}}\r\n{{"id":1,"text":"b"}}'"#
        ))
        .await;
        assert_eq!(result, Ok(()), "{line}");
        assert_eq!(replies[&1], tagged("b"), "{line}");
        assert!(
            matches!(end, Err(BackendError::Program { .. })),
            "{line}: {end:?}"
        );
    }
}

#[tokio::test]
async fn an_alignment_that_is_wrong_is_left_out_and_reported() {
    let (result, replies, end) = run(
        r#"printf '{"id":0,"text":"a","markup":"plain","alignment":[[0,99,0,1]]}\n{"id":1,"text":"b"}\n'; cat >/dev/null"#,
    )
    .await;
    assert_eq!(result, Ok(()));
    assert_eq!(
        replies[&0],
        Ok(Reply::Plain {
            text: "a".to_owned(),
            alignment: Vec::new()
        })
    );
    assert!(detail(end).1.contains("alignment"));
}

#[tokio::test]
async fn an_exit_with_an_error_is_told_with_code_and_last_words() {
    let (result, replies, end) =
        run(r#"echo '{"id":0,"text":"a"}'; echo 'out of memory' >&2; exit 3"#).await;
    assert_eq!(replies, Replies::from([(0, tagged("a"))]));
    assert_eq!(detail(result), (Some(3), "out of memory".to_owned()));
    assert_eq!(detail(end).0, Some(3));
}

#[tokio::test]
async fn an_error_after_every_reply_is_told_at_the_end() {
    let (result, replies, end) = run(&format!("{ECHO}; exit 4")).await;
    assert_eq!(result, Ok(()));
    assert_eq!(replies.len(), 2);
    assert_eq!(detail(end).0, Some(4));
}

#[tokio::test]
async fn a_command_that_does_not_exist_is_an_error_of_the_program() {
    let (result, replies, _) = run("no-such-program-of-ours --at-all").await;
    assert!(replies.is_empty());
    let (code, detail) = detail(result);
    assert_eq!(code, Some(127));
    assert!(detail.contains("no-such-program-of-ours"), "{detail}");
}

#[tokio::test]
async fn a_request_without_a_reply_fails_alone() {
    let (result, replies, end) = run(r#"echo '{"id":1,"text":"b"}'"#).await;
    assert_eq!((result, end), (Ok(()), Ok(())));
    assert_eq!(replies[&1], tagged("b"));
    assert!(!replies.contains_key(&0));
    // The program has ended: what comes later fails at once.
    let backend = Exec::new("true");
    translate(&backend, &requests(0..1))
        .await
        .0
        .expect("a clean exit");
    let (result, replies) = translate(&backend, &requests(1..2)).await;
    assert_eq!(result, Ok(()));
    assert!(replies.is_empty());
}

#[tokio::test]
async fn a_program_may_close_its_input_and_still_answer() {
    let (result, replies, end) =
        run(r#"exec 0<&-; sleep 0.2; printf '{"id":0,"text":"a"}\n{"id":1,"text":"b"}\n'"#).await;
    assert_eq!((result, end), (Ok(()), Ok(())));
    assert_eq!(replies[&1], tagged("b"));
}

#[tokio::test]
async fn a_line_without_end_is_cut_off() {
    let started = Instant::now();
    let (result, replies, _) = run("tr '\\0' x </dev/zero").await;
    assert!(replies.is_empty());
    let (_, detail) = detail(result);
    assert!(detail.contains("longer than"), "{detail}");
    assert!(started.elapsed() < Duration::from_secs(30));
}

#[tokio::test]
async fn a_program_and_what_it_started_end_with_the_backend() {
    let folder = scratch();
    let pid = folder.path().join("pid");
    let backend = Exec::new(format!("sleep 300 & echo $! > '{}'; wait", pid.display()));
    let work = async { translate(&backend, &requests(0..1)).await.0 };
    let cut = tokio::time::timeout(Duration::from_millis(300), work).await;
    assert!(cut.is_err(), "the program is still at work");
    let pid = wait_for_file(&pid).await;
    assert!(is_running(&pid));
    drop(backend);
    for _ in 0..200 {
        if !is_running(&pid) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let _ = Command::new("kill")
        .arg(&pid)
        .stderr(Stdio::null())
        .status();
    panic!("{pid} is still running");
}

#[tokio::test]
async fn late_replies_to_a_dropped_call_are_no_violation() {
    let backend = Exec::new(format!("sleep 0.5; {ECHO}"));
    let cut = tokio::time::timeout(
        Duration::from_millis(100),
        translate(&backend, &requests(0..2)),
    )
    .await;
    assert!(cut.is_err());
    let (result, replies) = translate(&backend, &requests(2..3)).await;
    assert_eq!(result, Ok(()));
    assert_eq!(replies[&2], tagged("segment 2"));
    assert_eq!(backend.finish().await, Ok(()));
}

#[tokio::test]
async fn without_a_request_nothing_is_started() {
    let folder = scratch();
    let file = folder.path().join("started");
    let backend = Exec::new(format!("touch '{}'", file.display()));
    assert_eq!(translate(&backend, &[]).await.0, Ok(()));
    assert_eq!(backend.finish().await, Ok(()));
    assert!(!file.exists());
}
