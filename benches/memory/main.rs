//! A memory of a million segments: how fast TMX is imported, how large the file becomes, how long
//! an exact and a fuzzy look-up take, and beside them what a linear scan costs.
//!
//! `cargo bench --bench memory` prints the figures; `POLYPOST_BENCH_SEGMENTS` sets another size.
//! The texts are made here, always the same: words by Zipf's law from a vocabulary of 60,000,
//! sentences of 3 to 40 words. The TMX has texts and nothing else, which is the smallest that it
//! can be.

#![expect(clippy::print_stdout, reason = "a report for the terminal")]

mod text;

use std::fs::File;
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use polypost::memory::tmx::{self, Languages, Options, Reader};
use polypost::memory::{
    Context, Direction, Found, Match, Memory as _, Query, Sqlite, State, Wanted, similarity,
};
use polypost::unit::Fragment;

use text::Texts;

const SEGMENTS: usize = 1_000_000;
const EXACT: usize = 10_000;
const FUZZY: usize = 1000;
const SCANS: usize = 5;
const THRESHOLD: u8 = 75;

fn main() {
    let wanted = std::env::var("POLYPOST_BENCH_SEGMENTS").ok();
    let segments = wanted.and_then(|n| n.parse().ok()).unwrap_or(SEGMENTS);
    let texts = Texts::new(segments);
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).expect("a folder");
    let (tmx, db) = (folder.path().join("a.tmx"), folder.path().join("memory.db"));
    write_tmx(&texts, &tmx);
    let (memory, _) = Sqlite::open(&db).expect("a memory");

    let (start, spent) = (Instant::now(), processor_time());
    let stored = import(&memory, &tmx);
    let took = start.elapsed().as_secs_f64();
    let spent = processor_time() - spent;
    #[expect(clippy::cast_precision_loss, reason = "it is shown with few digits")]
    let rate = stored as f64 / took;
    println!(
        "segments       {stored} stored of {segments} ({} repeated)",
        segments - stored
    );
    println!("import         {took:.1} s, {rate:.0} segments/s; processors {spent:.1} s");
    drop(memory);
    let size = |path: &Path| std::fs::metadata(path).expect("a file").len();
    let (tmx, file) = (size(&tmx), size(&db));
    #[expect(clippy::cast_precision_loss, reason = "it is shown with few digits")]
    let ratio = file as f64 / tmx as f64;
    println!(
        "size           TMX {} MB, database {} MB: {ratio:.2}",
        tmx >> 20,
        file >> 20
    );

    let (memory, _) = Sqlite::open(&db).expect("a memory");
    exact(&memory, &texts);
    fuzzy(&memory, &texts);
    scan(&memory, &texts);
}

/// How long processors have worked for this program, in seconds: on a machine that does other
/// things as well it tells more than the clock. 0 where the system does not tell.
fn processor_time() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit(')').next().unwrap_or_default();
    let ticks = fields.split_whitespace().skip(11).take(2);
    let ticks: f64 = ticks.filter_map(|one| one.parse::<f64>().ok()).sum();
    // Linux counts in hundredths for programs.
    ticks / 100.0
}

fn write_tmx(texts: &Texts, path: &Path) {
    let mut out = BufWriter::new(File::create(path).expect("a file"));
    let mut write = |text: &str| out.write_all(text.as_bytes()).expect("written");
    write("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n");
    write("<header srclang=\"en\"/>\n<body>\n");
    for at in 0..texts.len() {
        let (source, target) = texts.pair(at);
        write(&format!(
            "<tu><tuv xml:lang=\"en\"><seg>{source}</seg></tuv>\
             <tuv xml:lang=\"de\"><seg>{target}</seg></tuv></tu>\n"
        ));
    }
    write("</body>\n</tmx>\n");
}

fn import(memory: &Sqlite, path: &Path) -> usize {
    let options = Options {
        languages: Languages::default(),
        state: State::Reviewed,
        origin: "bench".to_owned(),
    };
    let reader = Reader::new(File::open(path).expect("a file"), options);
    let (imported, ended) = tmx::import(memory, reader, &mut |_| ());
    ended.expect("TMX that is stored");
    usize::try_from(imported.stored).expect("a number of segments")
}

fn direction() -> Arc<Direction> {
    Arc::new(Direction {
        source: "en".parse().expect("a tag"),
        target: "de".parse().expect("a tag"),
    })
}

/// Looks each text up on its own, and tells how long each took.
fn look_up(memory: &Sqlite, queries: &[Fragment], wanted: Wanted) -> (Vec<Found>, Vec<Duration>) {
    let (now, direction) = (memory.snapshot().expect("a snapshot"), direction());
    queries
        .iter()
        .map(|source| {
            let context = Context::default();
            let start = Instant::now();
            let query = Query { source, context };
            let found = memory.look_up(now, &direction, &[query], wanted);
            let took = start.elapsed();
            (found.expect("a look-up").pop().expect("an answer"), took)
        })
        .unzip()
}

fn report(name: &str, mut times: Vec<Duration>, what: &str) {
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() - 1) * percent / 100];
    println!(
        "{name:<14} median {:.1?}, 90 % {:.1?}, 99 % {:.1?}, most {:.1?}; {what}",
        at(50),
        at(90),
        at(99),
        at(100)
    );
}

fn exact(memory: &Sqlite, texts: &Texts) {
    let step = (texts.len() / EXACT).max(1);
    let queries: Vec<Fragment> = (0..texts.len())
        .step_by(step)
        .map(|at| Fragment::plain(texts.pair(at).0))
        .collect();
    let (found, times) = look_up(memory, &queries, Wanted::EXACT);
    let hits = found.iter().filter(|one| matches!(one, Found::Exact(_)));
    let what = format!("{} of {} found", hits.count(), queries.len());
    report("exact", times, &what);
}

/// Texts that have words changed, left out or put in: an eighth of them, a quarter, or a half.
fn changed(texts: &Texts, count: usize) -> Vec<Fragment> {
    (0..count)
        .map(|number| {
            let at = number * 7919 % texts.len();
            Fragment::plain(texts.changed(at, [8, 8, 4, 2][number % 4]))
        })
        .collect()
}

const SIMILAR: Wanted = Wanted {
    threshold: THRESHOLD,
    limit: 5,
    least: State::Machine,
};

fn fuzzy(memory: &Sqlite, texts: &Texts) {
    let (found, times) = look_up(memory, &changed(texts, FUZZY), SIMILAR);
    let has_match = |one: &&Found| !matches!(one, Found::Similar(matches) if matches.is_empty());
    let hits = found.iter().filter(has_match).count();
    report(
        "fuzzy 75 %",
        times,
        &format!("{hits} of {FUZZY} with a match"),
    );
}

/// The same with the measure alone, over all texts in memory.
fn scan(memory: &Sqlite, texts: &Texts) {
    let all: Vec<Fragment> = (0..texts.len())
        .map(|at| Fragment::plain(texts.pair(at).0))
        .collect();
    let queries = changed(texts, SCANS);
    let (found, _) = look_up(memory, &queries, SIMILAR);
    let mut times = Vec::new();
    for (query, found) in queries.iter().zip(found) {
        let start = Instant::now();
        let mut scanned: Vec<(u8, &str)> = all
            .iter()
            .map(|text| (similarity(query, text), text.text()))
            .filter(|(similarity, _)| *similarity >= THRESHOLD)
            .collect();
        times.push(start.elapsed());
        scanned.sort_unstable_by(|one, other| other.cmp(one));
        scanned.dedup();
        scanned.truncate(SIMILAR.limit);
        let percents =
            |matches: &[Match]| -> Vec<u8> { matches.iter().map(|one| one.similarity).collect() };
        if let Found::Similar(matches) = found {
            let expected: Vec<u8> = scanned.iter().map(|(percent, _)| *percent).collect();
            assert_eq!(percents(&matches), expected, "{query:?}");
        }
    }
    report("linear scan", times, "the same matches");
}
