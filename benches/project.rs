//! How long an estimate of an alignment takes: for a sentence, and for texts that grow, whose time
//! by word should stay the same.

use std::hint::black_box;

use criterion::{BenchmarkId, Criterion, Throughput};
use polypost::unit::{Fragment, Locale, MarkKind, estimate, project};

const SENTENCE: [&str; 2] = [
    "According to the latest report, prices in Geneva fell by 3.5% in March.",
    "Selon le dernier rapport, les prix à Genève ont baissé de 3,5 % en mars.",
];
/// Lengths of texts, in sentences.
const LENGTHS: [usize; 4] = [1, 10, 100, 300];

fn main() {
    let (from, to): (Locale, Locale) = ("en".parse().expect("valid"), "fr".parse().expect("valid"));
    let mut criterion = Criterion::default().configure_from_args();
    let mut group = criterion.benchmark_group("projection");
    for length in LENGTHS {
        let [source, target] = SENTENCE.map(|sentence| format!("{sentence} ").repeat(length));
        let mut fragment = Fragment::default();
        fragment.push_mark(MarkKind::Open, 1);
        fragment.push_text(&source[..12]);
        fragment.push_mark(MarkKind::Close, 1);
        fragment.push_text(&source[12..]);
        let words = source.split_whitespace().count();
        group.throughput(Throughput::Elements(words as u64));
        group.bench_function(BenchmarkId::new("estimate", words), |bencher| {
            bencher.iter(|| estimate(black_box(&fragment), black_box(&target), &from, &to));
        });
        let links = estimate(&fragment, &target, &from, &to);
        group.bench_function(BenchmarkId::new("project", words), |bencher| {
            bencher.iter(|| project(black_box(&fragment), black_box(&target), &links));
        });
    }
    group.finish();
    criterion.final_summary();
}
