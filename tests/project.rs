//! Codes on translations against hand-written cases: `tests/project/<languages>.txt`, whose
//! notation `en-es.txt` explains.

use std::collections::BTreeMap;
use std::path::Path;

use polypost::unit::{
    Alignment, Fragment, Link, Locale, Mark, MarkKind, check_codes, estimate, project,
};

/// The languages of the cases.
const LANGUAGES: [&str; 4] = ["en-de", "en-es", "en-fr", "en-ja"];
/// So many cases there are at least.
const LEAST_CASES: usize = 190;
/// The least share of cases, in percent, that must come out exactly with their alignment.
const LEAST_PERCENT_GIVEN: f64 = 95.0;
/// … and with an estimate.
const LEAST_PERCENT_ESTIMATE: f64 = 80.0;

/// One case of a file.
struct Case {
    source: Fragment,
    target: String,
    alignment: Alignment,
    expected: String,
}

impl Case {
    fn parse(lines: &[&str]) -> Self {
        let [source, target, alignment, expected] = lines else {
            panic!("a case has four lines: {lines:?}");
        };
        let source = parse(source);
        let alignment = alignment
            .split(' ')
            .filter(|link| *link != "-")
            .map(|link| {
                let (from, to) = link.split_once('=').expect("two words");
                Link {
                    source: find(source.text(), from),
                    target: find(target, to),
                }
            })
            .collect();
        Self {
            source,
            target: (*target).to_owned(),
            alignment,
            expected: (*expected).to_owned(),
        }
    }
}

/// A fragment in the notation of the case files.
fn parse(notation: &str) -> Fragment {
    let mut fragment = Fragment::default();
    let mut rest = notation;
    while let Some(at) = rest.find(['<', '{']) {
        fragment.push_text(&rest[..at]);
        rest = &rest[at..];
        if let Some(inner) = rest.strip_prefix('{') {
            let (code, text) = inner.split_once(':').expect("a number and a text");
            // Braces of the text itself come in pairs.
            let mut depth = 1;
            let end = text.find(|c| {
                depth += i32::from(c == '{') - i32::from(c == '}');
                depth == 0
            });
            let end = end.expect("closed");
            fragment.push_protected(code.parse().expect("a number"), &text[..end]);
            rest = &text[end + 1..];
            continue;
        }
        let (tag, after) = rest[1..].split_once('>').expect("closed");
        let kind = match (
            tag.starts_with('/'),
            tag.ends_with('/'),
            tag.starts_with('!'),
        ) {
            (true, ..) => MarkKind::Close,
            (_, true, _) => MarkKind::Standalone,
            (.., true) => MarkKind::Lone,
            _ => MarkKind::Open,
        };
        let code = tag.trim_matches(['/', '!']).parse().expect("a number");
        fragment.push_mark(kind, code);
        rest = after;
    }
    fragment.push_text(rest);
    fragment
}

/// The notation of a fragment.
fn show(fragment: &Fragment) -> String {
    let mut out = String::new();
    let mut at = 0;
    for mark in fragment.marks() {
        out.push_str(&fragment.text()[at..mark.at]);
        let code = mark.code;
        let tag = match mark.kind {
            MarkKind::Open => format!("<{code}>"),
            MarkKind::Close => format!("</{code}>"),
            MarkKind::Standalone => format!("<{code}/>"),
            MarkKind::Lone => format!("<!{code}>"),
            MarkKind::Protected { .. } => {
                format!("{{{code}:{}}}", &fragment.text()[mark.at..mark.end()])
            }
        };
        out.push_str(&tag);
        at = mark.end();
    }
    out + &fragment.text()[at..]
}

/// Where a word is: `big#2` is the second `big`, `a_b` is `a b`. Words that only markup separates
/// are found, too.
fn find(text: &str, word: &str) -> std::ops::Range<usize> {
    let (word, nth) = word.split_once('#').map_or((word, 1), |(word, nth)| {
        (word, nth.parse().expect("a number"))
    });
    let word = word.replace('_', " ");
    let ends_in_letter = |text: &str| text.ends_with(|c: char| c.is_ascii_alphanumeric());
    let begins_with_letter = |text: &str| text.starts_with(|c: char| c.is_ascii_alphanumeric());
    let is_word = |at: usize| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let is_cut_before = ends_in_letter(before) && begins_with_letter(&word);
        let is_cut_after = ends_in_letter(&word) && begins_with_letter(after);
        !is_cut_before && !is_cut_after
    };
    let all = || text.match_indices(&word).map(|(at, _)| at);
    let at = all()
        .filter(|at| is_word(*at))
        .nth(nth - 1)
        .or_else(|| all().next())
        .unwrap_or_else(|| panic!("{word:?} is not in {text:?}"));
    at..at + word.len()
}

fn read_cases(languages: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/project")
        .join(languages)
        .with_extension("txt");
    let file = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let lines: Vec<&str> = file.lines().filter(|line| !line.starts_with('#')).collect();
    lines
        .split(|line| line.is_empty())
        .filter(|lines| !lines.is_empty())
        .map(Case::parse)
        .collect()
}

/// Where each code stands, in characters.
fn places(fragment: &Fragment) -> BTreeMap<(u32, bool), usize> {
    let place = |mark: &Mark| fragment.text()[..mark.at].chars().count();
    fragment
        .marks()
        .iter()
        .map(|mark| ((mark.code, mark.kind == MarkKind::Close), place(mark)))
        .collect()
}

/// How well codes were placed.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    cases: usize,
    exact: usize,
    /// Tags that are not where they belong.
    misses: usize,
    /// How far they are from there, all together, in characters.
    distance: usize,
}

impl Score {
    fn add(&mut self, found: &Fragment, expected: &str) {
        self.cases += 1;
        if show(found) == expected {
            self.exact += 1;
            return;
        }
        let found = places(found);
        for (code, place) in places(&parse(expected)) {
            let distance = found[&code].abs_diff(place);
            self.misses += usize::from(distance > 0);
            self.distance += distance;
        }
    }

    fn join(&mut self, other: Self) {
        self.cases += other.cases;
        self.exact += other.exact;
        self.misses += other.misses;
        self.distance += other.distance;
    }

    fn percent(&self) -> f64 {
        share(self.exact * 100, self.cases)
    }

    fn mean_distance(&self) -> f64 {
        share(self.distance, self.misses)
    }
}

#[expect(clippy::cast_precision_loss, reason = "these are small numbers")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole.max(1) as f64
}

/// Projects all cases, prints what is not as expected and a table, and gives the score of all.
#[expect(
    clippy::print_stdout,
    reason = "misses and figures are what this is for"
)]
fn measure(what: &str, links_of: impl Fn(&str, &Case) -> Alignment) -> Score {
    let mut rows = Vec::new();
    let mut all = Score::default();
    for languages in LANGUAGES {
        let mut score = Score::default();
        for case in read_cases(languages) {
            let found = project(&case.source, &case.target, &links_of(languages, &case));
            check_codes(&case.source, &found).expect("law 3");
            score.add(&found, &case.expected);
            if show(&found) != case.expected {
                println!("{what}, {languages}: {}", show(&case.source));
                println!("  expected: {}", case.expected);
                println!("  found:    {}", show(&found));
            }
        }
        all.join(score);
        rows.push((languages, score));
    }
    rows.push(("all", all));
    println!("{what:12} cases  exact  misplaced tags are off by, in characters");
    for (languages, score) in rows {
        println!(
            "{languages:12} {:5} {:5.1}% {:5.1}",
            score.cases,
            score.percent(),
            score.mean_distance()
        );
    }
    all
}

#[test]
fn codes_go_where_they_belong_by_a_given_alignment() {
    let score = measure("given", |_, case| case.alignment.clone());
    assert!(score.cases >= LEAST_CASES);
    assert!(score.percent() >= LEAST_PERCENT_GIVEN);
}

#[test]
fn codes_go_where_they_belong_by_an_estimate() {
    let score = measure("estimate", |languages, case| {
        let (from, to) = languages.split_once('-').expect("two languages");
        let locale = |tag: &str| -> Locale { tag.parse().expect("valid") };
        estimate(&case.source, &case.target, &locale(from), &locale(to))
    });
    assert!(score.percent() >= LEAST_PERCENT_ESTIMATE);
}
