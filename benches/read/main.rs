//! How fast HTML is read and rebuilt, beside the libraries that do a part of it.
//!
//! After criterion's own figures this prints medians of interleaved rounds, which are fairer on a
//! machine that does other things as well, with the ratio to scraper's parse; and then whether the
//! time per byte stays the same as texts grow, and what the whole command takes.
//!
//! `cargo bench --bench read` runs everything, `cargo bench --bench read -- NAME` the benchmarks
//! of that name, `-- --list` shows the names. `POLYPOST_BENCH=ratios`, `=linear` or `=command`
//! skips criterion and prints one table alone; the last runs the program itself.

#![expect(clippy::print_stdout, reason = "a report for the terminal")]

mod command;
mod corpus;
mod linear;
mod steps;

use std::time::{Duration, Instant};

use criterion::{Criterion, SamplingMode, Throughput};
use polypost::html::Shape;

use steps::{OURS, STEPS, YARDSTICK, policy};

const POSTS: usize = 10_000;
/// Large documents, in bytes.
const LARGE: [usize; 4] = [2_000_000, 3_000_000, 5_000_000, 8_000_000];
const ROUNDS: usize = 7;

/// Texts of one kind.
struct Corpus {
    name: &'static str,
    shape: Shape,
    texts: Vec<String>,
}

impl Corpus {
    fn posts() -> Self {
        Self {
            name: "posts",
            shape: Shape::Fragment,
            texts: corpus::posts(POSTS),
        }
    }

    fn large() -> Self {
        Self {
            name: "large",
            shape: Shape::Document,
            texts: (0..)
                .zip(LARGE)
                .map(|(seed, len)| corpus::large_document(len, seed))
                .collect(),
        }
    }

    fn bytes(&self) -> u64 {
        self.texts.iter().map(|text| text.len() as u64).sum()
    }
}

fn main() {
    let only = std::env::var("POLYPOST_BENCH").unwrap_or_default();
    let corpora = [Corpus::posts(), Corpus::large()];
    if only.is_empty() {
        let mut criterion = Criterion::default().configure_from_args();
        for corpus in &corpora {
            measure(&mut criterion, corpus);
        }
        criterion.final_summary();
        if std::env::args()
            .skip(1)
            .any(|argument| argument != "--bench")
        {
            return;
        }
    }
    let is_wanted = |table: &str| only.is_empty() || only == table;
    if is_wanted("ratios") {
        corpora.iter().for_each(print_ratios);
    }
    if is_wanted("linear") {
        linear::report();
    }
    if is_wanted("command") {
        command::report();
    }
}

fn measure(criterion: &mut Criterion, corpus: &Corpus) {
    let policy = policy();
    let mut group = criterion.benchmark_group(corpus.name);
    group
        .sample_size(10)
        .sampling_mode(SamplingMode::Flat)
        .warm_up_time(Duration::from_secs(1))
        .throughput(Throughput::Bytes(corpus.bytes()));
    for step in &STEPS {
        group.bench_function(step.name, |bencher| {
            bencher.iter(|| {
                let run = |text: &String| (step.run)(text, corpus.shape, &policy);
                corpus.texts.iter().map(run).sum::<usize>()
            });
        });
    }
    group.finish();
}

/// Prints the median of rounds in which every step has its turn.
fn print_ratios(corpus: &Corpus) {
    let policy = policy();
    let mut times = vec![Vec::with_capacity(ROUNDS); STEPS.len()];
    for _ in 0..ROUNDS {
        for (step, times) in STEPS.iter().zip(&mut times) {
            let start = Instant::now();
            for text in &corpus.texts {
                std::hint::black_box((step.run)(text, corpus.shape, &policy));
            }
            times.push(start.elapsed());
        }
    }
    let medians: Vec<f64> = times.into_iter().map(median).collect();
    let of = |name: &str| {
        let place = STEPS.iter().position(|step| step.name == name);
        place.map_or(f64::NAN, |place| medians[place])
    };
    let yardstick = of(YARDSTICK);
    let bytes: f64 = corpus.texts.iter().map(|text| linear::size(text)).sum();
    println!(
        "\n{}: {} texts, {:.1} MB, medians of {ROUNDS} rounds",
        corpus.name,
        corpus.texts.len(),
        bytes / 1e6
    );
    for (step, median) in STEPS.iter().zip(&medians) {
        println!(
            "  {:<45}{:8.1} MB/s{:7.2} x {YARDSTICK}",
            step.name,
            bytes / 1e6 / median,
            yardstick / median
        );
    }
    println!(
        "  {OURS} reaches {:.2} of {YARDSTICK}",
        yardstick / of(OURS)
    );
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    times[times.len() / 2].as_secs_f64()
}
