//! The built-in engine beside the library that it is made of, on models that are made here: the
//! same sentences, the same threads, medians of rounds in which both have their turn. Processor
//! time tells more than the clock on a machine that does other things as well.
//!
//! `cargo bench --bench local` prints how much of the library's speed is left: for sentences
//! without codes beside its `translate_batch`, for those with codes beside its
//! `translate_aligned` on all cores.

#![expect(clippy::print_stdout, reason = "a report for the terminal")]

#[path = "../../tests/tiny_model/mod.rs"]
#[expect(dead_code, reason = "one of its languages is enough")]
mod tiny_model;

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use fxtranslate::engine::Engine;
use polypost::backend::{Backend, Local, LocalOptions, Pair, Reply, Request};
use polypost::unit::{Fragment, MarkKind};

use tiny_model::{Tiny, english_spanish};

const SENTENCES: usize = 1000;
const ROUNDS: usize = 7;
/// Sentences that the library gets at once, at best.
const BLOCKS: [usize; 3] = [64, 256, SENTENCES];

fn sentences() -> Vec<String> {
    const WORDS: [&str; 12] = [
        "the", "red", "house", "is", "big", "door", "and", "of", "see", "here", "because", "xy",
    ];
    (0..SENTENCES)
        .map(|seed| {
            let words: Vec<&str> = (0..4 + seed * 31 % 27)
                .map(|at| WORDS[(seed * 7 + at * at + at * seed) % WORDS.len()])
                .collect();
            words.join(" ")
        })
        .collect()
}

fn requests(sentences: &[String], with_codes: bool) -> Vec<Request> {
    (0..)
        .zip(sentences)
        .map(|(id, text)| {
            let mut source = Fragment::plain("");
            let (first, rest) = text.split_once(' ').unwrap_or((text, ""));
            if with_codes {
                source.push_mark(MarkKind::Open, 1);
                source.push_text(first);
                source.push_mark(MarkKind::Close, 1);
                source.push_text(" ");
                source.push_text(rest);
            } else {
                source.push_text(text);
            }
            Request {
                id,
                source,
                ..Request::default()
            }
        })
        .collect()
}

/// Time by the clock, and that of all processors together.
type Times = (f64, f64);

/// Processor time of the program so far, in seconds, where the system tells (Linux).
fn processor_time() -> f64 {
    const TICKS: f64 = 100.0;
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name before may have spaces; user and system time are fields 14 and 15.
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    ticks.map(|ticks| ticks.parse().unwrap_or(0.0)).sum::<f64>() / TICKS
}

fn timed(work: impl FnOnce()) -> Times {
    let (start, processor) = (Instant::now(), processor_time());
    work();
    (start.elapsed().as_secs_f64(), processor_time() - processor)
}

fn median(times: &[Times]) -> Times {
    let middle = |mut times: Vec<f64>| {
        times.sort_unstable_by(f64::total_cmp);
        times[times.len() / 2]
    };
    (
        middle(times.iter().map(|one| one.0).collect()),
        middle(times.iter().map(|one| one.1).collect()),
    )
}

fn print_ratio(name: &str, ours: Times, other: &str, theirs: Times) {
    println!(
        "  {name:13} {:7.1} ms, {other:23} {:7.1} ms: {:.2} of its speed, {:.2} by processor time",
        ours.0 * 1e3,
        theirs.0 * 1e3,
        theirs.0 / ours.0,
        theirs.1 / ours.1
    );
}

fn aligned_on_all_cores(engine: &Engine, sentences: &[String], threads: usize) {
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(text) = sentences.get(next.fetch_add(1, Ordering::Relaxed)) {
                    std::hint::black_box(engine.translate_aligned(text));
                }
            });
        }
    });
}

fn measure(name: &str, tiny: &Tiny, threads: usize, runtime: &tokio::runtime::Runtime) {
    let root = tempfile::tempdir().expect("a folder");
    tiny.install(root.path(), "en-es");
    let files = tiny.build();
    let pair = Pair {
        source: "en".parse().expect("a tag"),
        target: "es".parse().expect("a tag"),
    };
    let options = LocalOptions {
        folder: Some(root.path().to_owned()),
        threads: Some(threads),
    };
    let pairs = std::slice::from_ref(&pair);
    let backend = runtime
        .block_on(Local::open(pairs, &options))
        .expect("a backend");
    let engine = Engine::from_bytes(&files.model, &files.vocab, &files.vocab)
        .expect("an engine")
        .with_threads(threads);
    let sentences = sentences();
    let texts: Vec<&str> = sentences.iter().map(String::as_str).collect();
    let ours = |requests: &[Request]| {
        let count = AtomicUsize::new(0);
        let sink = |_, reply: Result<Reply, String>| {
            assert!(reply.is_ok());
            count.fetch_add(1, Ordering::Relaxed);
        };
        let done = runtime.block_on(backend.translate(&pair, requests, &sink));
        assert!(done.is_ok() && count.into_inner() == requests.len());
    };
    let (plain, with_codes) = (requests(&sentences, false), requests(&sentences, true));
    let mut times: Vec<Vec<Times>> = vec![Vec::new(); 3 + BLOCKS.len()];
    for _ in 0..ROUNDS {
        times[0].push(timed(|| ours(&plain)));
        times[1].push(timed(|| ours(&with_codes)));
        times[2].push(timed(|| aligned_on_all_cores(&engine, &sentences, threads)));
        for (block, times) in BLOCKS.iter().zip(&mut times[3..]) {
            times.push(timed(|| {
                for texts in texts.chunks(*block) {
                    std::hint::black_box(engine.translate_batch(texts));
                }
            }));
        }
    }
    let medians: Vec<Times> = times.iter().map(|times| median(times)).collect();
    println!("{name}, {SENTENCES} sentences, {threads} threads");
    for (block, theirs) in BLOCKS.iter().zip(&medians[3..]) {
        let other = format!("translate_batch of {block}");
        print_ratio("without codes", medians[0], &other, *theirs);
    }
    print_ratio("with codes", medians[1], "translate_aligned", medians[2]);
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    for (name, is_int8) in [("int8", true), ("float32", false)] {
        let tiny = Tiny {
            is_int8,
            ..english_spanish()
        };
        for threads in [1, cores] {
            measure(name, &tiny, threads, &runtime);
        }
    }
}
