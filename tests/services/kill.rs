//! Law 5 against a service that counts: a run after `kill -9` asks only for what was in flight.

use std::collections::HashSet;
use std::path::Path;
use std::process::Child;
use std::time::Duration;

use rusqlite::{Connection, OpenFlags};

use crate::contract::{KEY, Request, Server, Vendor};
use crate::env::{Run, TestEnv, post};

/// How often a run is killed.
const KILLS: usize = 200;
/// Posts of a run, and paragraphs of each.
const POSTS: usize = 6;
const PARAGRAPHS: usize = 20;
/// How long the service takes for an answer.
const DELAY: Duration = Duration::from_millis(12);

/// A service that answers five texts at a time, slowly.
fn slow_service() -> Server {
    Server::start(|request| {
        if request.method == "POST" {
            std::thread::sleep(DELAY);
        }
        Vendor::Deepl.answer(request)
    })
}

fn project(server: &Server) -> TestEnv {
    let env = TestEnv::new();
    env.write(
        "polypost.toml",
        format!(
            "source = \"en\"\ntargets = [\"de\"]\nposts = [\"*.json\"]\nbackend = \"deepl\"\n\
             [backends.deepl]\nurl = \"{}\"\ntexts = 5\nconcurrency = 3\n",
            server.url
        ),
    );
    for number in 0..POSTS {
        let paragraphs = (0..PARAGRAPHS)
            .map(|at| format!("<p>Post {number} has <b>paragraph</b> number {at}</p>"));
        env.write(
            &format!("{number}.json"),
            post(&format!("Title {number}"), &paragraphs.collect::<String>()),
        );
    }
    env
}

fn translate(env: &TestEnv) -> Run {
    env.run("translate").env(Vendor::Deepl.variable(), KEY)
}

/// The texts that were asked for, as they were sent.
fn texts(requests: &[Request]) -> Vec<String> {
    requests
        .iter()
        .flat_map(|request| {
            let body = request.json();
            let texts = body["text"].as_array().expect("texts").clone();
            texts.into_iter()
        })
        .map(|text| text.as_str().expect("a text").to_owned())
        .collect()
}

/// The sources whose answers are in the memory; a run may be writing to it.
fn kept(memory: &Path) -> HashSet<String> {
    let Ok(connection) = Connection::open_with_flags(memory, OpenFlags::SQLITE_OPEN_READ_WRITE)
    else {
        return HashSet::new();
    };
    // A run that was killed at once has no table yet.
    let Ok(mut query) = connection.prepare("SELECT source FROM answer") else {
        return HashSet::new();
    };
    let rows = query.query_map([], |row| row.get::<_, String>(0));
    rows.expect("sources")
        .map(|row| row.expect("a source"))
        .collect()
}

/// Kills a run after a while; the while is different each time.
fn kill_after(mut child: Child, while_ms: u64) {
    std::thread::sleep(Duration::from_millis(while_ms));
    child.kill().expect("it is ours");
    child.wait().expect("its end");
}

#[test]
fn what_was_kept_is_not_asked_for_again() {
    let server = slow_service();
    // How long a run takes from start to end, so that kills fall into all of it; kept up to date,
    // as a machine that is busy at first may be idle later, and the other way round.
    let env = project(&server);
    let start = std::time::Instant::now();
    translate(&env).go().ok();
    let mut whole = u64::try_from(start.elapsed().as_millis()).expect("not that long");
    let all: HashSet<_> = texts(&server.posts()).into_iter().collect();
    let whole_output: Vec<_> = (0..POSTS)
        .map(|at| env.read(&format!("de/{at}.json")))
        .collect();

    let (mut in_the_middle, mut number) = (0, 0);
    while number < KILLS {
        let env = project(&server);
        let memory = env.path(".polypost/memory.db");
        // A project is killed several times on its way.
        for _ in 0..4 {
            number += 1;
            let before = kept(&memory);
            let seen = server.posts().len();
            kill_after(translate(&env).start(), fastrand::u64(1..whole));
            let asked = texts(&server.posts()[seen..]);
            let again: Vec<_> = asked.iter().filter(|text| is_in(text, &before)).collect();
            assert!(again.is_empty(), "kill {number}: {again:?}");
            let now = kept(&memory).len();
            if now == 0 {
                whole += whole / 10;
            } else if now == all.len() {
                whole = (whole - whole / 10).max(20);
            } else {
                in_the_middle += 1;
            }
        }
        let before = kept(&memory);
        let seen = server.posts().len();
        translate(&env).go().ok();
        let asked = texts(&server.posts()[seen..]);
        assert_eq!(asked.len() + before.len(), all.len(), "after kill {number}");
        assert!(
            asked.iter().all(|text| !is_in(text, &before)),
            "after kill {number}"
        );
        for (at, whole) in whole_output.iter().enumerate() {
            assert_eq!(
                &env.read(&format!("de/{at}.json")),
                whole,
                "after kill {number}"
            );
        }
        let seen = server.posts().len();
        translate(&env).go().ok();
        assert_eq!(
            server.posts().len(),
            seen,
            "a run with nothing new sends nothing"
        );
    }
    assert!(
        in_the_middle > KILLS / 4,
        "only {in_the_middle} kills met a run in the middle"
    );
}

/// Whether a text that was sent is one of the sources in the memory: both number their codes, in
/// tags of their own.
fn is_in(text: &str, sources: &HashSet<String>) -> bool {
    let plain = without_tags(text);
    sources.iter().any(|source| without_tags(source) == plain)
}

fn without_tags(text: &str) -> String {
    let mut parts = text.split('<');
    let mut out = parts.next().unwrap_or_default().to_owned();
    out.extend(
        parts
            .filter_map(|part| part.split_once('>'))
            .map(|(_, text)| text),
    );
    out
}

/// Neither the key nor text of the article is in anything that is said, at any verbosity but the
/// highest, whatever goes wrong.
#[test]
fn neither_key_nor_text_is_in_what_is_said() {
    const SECRET: &str = "The unannounced merger of Whitlock and Sons";
    for status in [200, 400, 403, 413, 429, 456, 500] {
        for verbosity in ["", "-v", "-vv"] {
            let server = Server::start(move |request| {
                if request.method != "POST" || status == 200 {
                    return Vendor::Deepl.answer(request);
                }
                let said = format!("can't do {SECRET} for {KEY}");
                let body = serde_json::json!({ "message": said, "detail": said });
                crate::contract::Answer::json(status, &body).with_header("retry-after", "0")
            });
            let env = project(&server);
            for number in 1..POSTS {
                std::fs::remove_file(env.path(&format!("{number}.json"))).expect("there");
            }
            env.write(
                "0.json",
                post(SECRET, &format!("<p>{SECRET} <b>today</b>.</p>")),
            );
            let output = translate(&env).arg(verbosity_or_quiet(verbosity)).go();
            let talk = format!("{}{}", output.stdout, output.stderr);
            assert!(!talk.contains(KEY), "{status} {verbosity}: {talk}");
            assert!(
                !talk.contains("merger of Whitlock"),
                "{status} {verbosity}: {talk}"
            );
            if [403, 456].contains(&status) {
                assert_eq!(output.code, Some(4), "{status}: {output}");
                assert!(!env.path("de/0.json").exists(), "{status}");
            }
            for file in env.files() {
                let bytes = std::fs::read(env.path(&file)).expect("a file");
                assert!(!String::from_utf8_lossy(&bytes).contains(KEY), "{file}");
            }
        }
    }
}

fn verbosity_or_quiet(verbosity: &str) -> &str {
    if verbosity.is_empty() {
        "--no-progress"
    } else {
        verbosity
    }
}
