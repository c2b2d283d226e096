//! Codes on translations against hand-written cases: `tests/project/<languages>.txt`, whose
//! notation `en-es.txt` explains.

use std::path::Path;

use polypost::unit::{Alignment, Fragment, Link, MarkKind, check_codes, project};

/// The least share of cases, in percent, that must come out exactly.
const LEAST_EXACT_PERCENT: usize = 95;

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

    fn projected(&self) -> String {
        let found = project(&self.source, &self.target, &self.alignment);
        check_codes(&self.source, &found).expect("law 3");
        show(&found)
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

/// Checks the cases of one pair of languages and prints what is not as expected.
#[expect(clippy::print_stdout, reason = "a miss within the limit is shown, too")]
fn check_languages(languages: &str) {
    let cases = read_cases(languages);
    let mut exact = 0;
    for case in &cases {
        let found = case.projected();
        if found == case.expected {
            exact += 1;
        } else {
            println!("{languages} source:   {}", show(&case.source));
            println!("{languages} expected: {}", case.expected);
            println!("{languages} found:    {found}");
        }
    }
    println!("{languages}: {exact} of {} cases exact", cases.len());
    assert!(exact * 100 >= cases.len() * LEAST_EXACT_PERCENT);
}

#[test]
fn codes_go_where_they_belong_in_spanish() {
    check_languages("en-es");
}

#[test]
fn codes_go_where_they_belong_in_german() {
    check_languages("en-de");
}

#[test]
fn codes_go_where_they_belong_in_french() {
    check_languages("en-fr");
}

#[test]
fn codes_go_where_they_belong_in_japanese() {
    check_languages("en-ja");
}
