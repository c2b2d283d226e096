//! Sentence borders against hand-written cases: `tests/sentences/<language>.txt`,
//! whose notation `en.txt` explains.

use std::path::Path;

use polypost::unit::sentence_breaks;

/// The least share of cases, in percent, whose borders must all be right.
const LEAST_EXACT_PERCENT: usize = 95;
/// Stands before the first character of a sentence that follows another.
const BORDER: char = '‖';

/// One line of a case file.
struct Case {
    text: String,
    borders: Vec<usize>,
}

impl Case {
    fn parse(line: &str) -> Self {
        let line = line
            .replace("\\n", "\n")
            .replace("\\u{A0}", "\u{A0}")
            .replace("\\u{202F}", "\u{202F}");
        let mut text = String::new();
        let mut borders = Vec::new();
        for (index, sentence) in line.split(BORDER).enumerate() {
            if index > 0 {
                borders.push(text.len());
            }
            text.push_str(sentence);
        }
        Self { text, borders }
    }
}

fn read_cases(language: &str) -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/sentences")
        .join(language)
        .with_extension("txt");
    let file = std::fs::read_to_string(&path)
        .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    file.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(Case::parse)
        .collect()
}

/// The text on one line, with a border at every offset of `borders`.
fn show(text: &str, borders: &[usize]) -> String {
    let mut shown = String::new();
    let mut from = 0;
    for &border in borders {
        shown.push_str(&text[from..border]);
        shown.push(BORDER);
        from = border;
    }
    shown.push_str(&text[from..]);
    shown
        .replace('\n', "\\n")
        .replace('\u{A0}', "\\u{A0}")
        .replace('\u{202F}', "\\u{202F}")
}

/// Checks the cases of one language and prints what is not as expected.
#[expect(clippy::print_stdout, reason = "a miss within the limit is shown, too")]
fn check_language(language: &str) {
    let cases = read_cases(language);
    let mut exact = 0;
    for Case { text, borders } in &cases {
        let found = sentence_breaks(text, language);
        if found == *borders {
            exact += 1;
        } else {
            println!("{language} expected: {}", show(text, borders));
            println!("{language} found:    {}", show(text, &found));
        }
    }
    println!("{language}: {exact} of {} cases exact", cases.len());
    assert!(
        exact * 100 >= LEAST_EXACT_PERCENT * cases.len(),
        "{language}: only {exact} of {} cases are exact",
        cases.len()
    );
}

#[test]
fn english_sentences_end_where_a_translator_ends_them() {
    check_language("en");
}

#[test]
fn german_sentences_end_where_a_translator_ends_them() {
    check_language("de");
}

#[test]
fn spanish_sentences_end_where_a_translator_ends_them() {
    check_language("es");
}

#[test]
fn french_sentences_end_where_a_translator_ends_them() {
    check_language("fr");
}

#[test]
fn japanese_sentences_end_where_a_translator_ends_them() {
    check_language("ja");
}

#[test]
fn chinese_sentences_end_where_a_translator_ends_them() {
    check_language("zh");
}

#[test]
fn the_case_files_are_large_enough_to_mean_something() {
    let count: usize = ["en", "de", "es", "fr", "ja", "zh"]
        .into_iter()
        .map(|language| read_cases(language).len())
        .sum();
    assert!(count >= 200, "only {count} cases");
}
