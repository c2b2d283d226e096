//! The program and a service on loopback that takes its time for every request.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::contract::{KEY, Server, Vendor};
use crate::{ROUNDS, SEGMENTS, median, posts};

const DELAY: Duration = Duration::from_millis(200);
const AT_ONCE: u32 = 8;
/// Most texts in a request to `DeepL`.
const BATCH: u32 = 50;

/// Prints the time of its requests, and of the whole run, beside the least that they can take.
pub(crate) fn report() {
    let asked: Arc<Mutex<Vec<Instant>>> = Arc::default();
    let log = Arc::clone(&asked);
    let server = Server::start(move |request| {
        let mut answer = Vendor::Deepl.answer(request);
        if request.method == "POST" {
            log.lock().expect("the log").push(Instant::now());
            answer.delay = DELAY;
        }
        answer
    });
    let requests = SEGMENTS.div_ceil(BATCH);
    let ideal = DELAY.as_secs_f64() * f64::from(requests) / f64::from(AT_ONCE);
    let (mut runs, mut answers) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        runs.push(run(&server));
        let asked = std::mem::take(&mut *asked.lock().expect("the log"));
        let first = asked.iter().min().expect("a request");
        let last = asked.iter().max().expect("a request");
        answers.push(*last + DELAY - *first);
    }
    let made = server.posts().len() / ROUNDS;
    println!(
        "\nthe program and a service: {SEGMENTS} segments, {AT_ONCE} requests of 200 ms at once, \
         median of {ROUNDS} runs"
    );
    println!("  requests needed {requests}, made {made}");
    println!("  the least time                  {ideal:10.2} s");
    for (name, times) in [
        ("from first request to last answer", answers),
        ("the whole run, files and all     ", runs),
    ] {
        let median = median(times).as_secs_f64();
        let ratio = median / ideal;
        println!("  {name} {median:8.2} s, {ratio:.3} times that");
    }
}

fn run(server: &Server) -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
    };
    write("posts.jsonl", &posts().join("\n"));
    let url = &server.url;
    write(
        "polypost.toml",
        &format!("[backends.deepl]\nurl = \"{url}\"\nconcurrency = {AT_ONCE}\n"),
    );
    let start = Instant::now();
    let status = Command::new(Path::new(env!("CARGO_BIN_EXE_polypost")))
        .args(["translate", "posts.jsonl", "--from", "en", "--to", "de"])
        .args(["--backend", "deepl", "--quiet"])
        .current_dir(folder.path())
        .env("POLYPOST_DEEPL_KEY", KEY)
        .stdout(Stdio::null())
        .status()
        .expect("the program");
    let time = start.elapsed();
    assert!(status.success(), "{status}");
    time
}
