//! The whole command on a file of posts, beside the library on the same texts with both cores.

use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use polypost::html::Shape;
use serde_json::json;

use crate::steps::{OURS, STEPS, policy};
use crate::{POSTS, ROUNDS, corpus, median};

/// Prints the ratio of the times, and what memory the command takes for fewer and for more posts.
pub(crate) fn report() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let texts = corpus::posts(POSTS);
    let bytes = write(&folder.path().join("all.jsonl"), &texts);
    write(&folder.path().join("tenth.jsonl"), &texts[..POSTS / 10]);
    let (mut library, mut command) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        library.push(in_halves(&texts));
        command.push(run(folder.path(), "all.jsonl").0);
    }
    let (library, command) = (median(library), median(command));
    println!(
        "\nthe whole command: {POSTS} posts in {bytes} bytes of JSON, medians of {ROUNDS} rounds"
    );
    println!("  {OURS}, two threads {library:12.2} s");
    println!("  translate --backend identity {command:12.2} s");
    println!("  {:.2} times the library's time", command / library);
    for name in ["tenth.jsonl", "all.jsonl"] {
        let (_, peak) = run(folder.path(), name);
        println!(
            "  peak memory for {name:<12} {:6} kB",
            peak.unwrap_or_default()
        );
    }
}

/// Writes posts as JSON Lines and gives the size of the file.
fn write(path: &Path, texts: &[String]) -> u64 {
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    for (number, text) in texts.iter().enumerate() {
        let address = format!("https://example.com/en/post-{number}/");
        let post = json!({
            "id": number,
            "date": "2026-03-01T12:00:00",
            "slug": format!("post-{number}"),
            "status": "publish",
            "type": "post",
            "link": address,
            "title": { "rendered": "The harbour office &#8211; a visit" },
            "content": { "rendered": text, "protected": false },
            "author": 3,
            "categories": [4, 9],
            "_links": { "self": [{ "href": format!("https://example.com/en/wp-json/wp/v2/posts/{number}") }] },
        });
        let line = post.to_string().replace('/', "\\/");
        writeln!(file, "{line}").expect("written");
    }
    file.flush().expect("written");
    fs::metadata(path).expect("written").len()
}

/// The library's time with the texts dealt out to two threads.
fn in_halves(texts: &[String]) -> Duration {
    let step = STEPS.iter().find(|step| step.name == OURS).expect("there");
    let policy = policy();
    let start = Instant::now();
    std::thread::scope(|scope| {
        for half in texts.chunks(texts.len().div_ceil(2)) {
            let policy = &policy;
            scope.spawn(move || {
                for text in half {
                    std::hint::black_box((step.run)(text, Shape::Fragment, policy));
                }
            });
        }
    });
    start.elapsed()
}

/// Runs the command; its time, and its peak memory in kB where the system tells.
fn run(folder: &Path, file: &str) -> (Duration, Option<u64>) {
    for old in ["out", ".polypost"] {
        // There is none before the first run.
        drop(fs::remove_dir_all(folder.join(old)));
    }
    let start = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_polypost"))
        .args(["translate", file, "--from", "en", "--to", "en"])
        .args(["--backend", "identity", "--output", "out/{stem}.{ext}"])
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program runs");
    let status = format!("/proc/{}/status", child.id());
    let mut peak = None;
    let code = loop {
        if let Some(code) = child.try_wait().expect("a child") {
            break code;
        }
        peak = peak_of(&status).or(peak);
        std::thread::sleep(Duration::from_millis(2));
    };
    let time = start.elapsed();
    assert!(code.success(), "the command failed");
    let [input, output] = [file.to_owned(), format!("out/{file}")]
        .map(|name| fs::read(folder.join(name)).expect("there"));
    assert!(input == output, "nothing was to change");
    (time, peak)
}

fn peak_of(status: &str) -> Option<u64> {
    let text = fs::read_to_string(status).ok()?;
    let line = text.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
