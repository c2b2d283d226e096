//! Glossaries as CSV and TSV (RFC 4180): a header, and a row for each concept.
//!
//! | column | what it holds |
//! | --- | --- |
//! | `de`, `pt-BR` | the preferred term of a language; several are separated by `\|` |
//! | `de:admitted` | other terms that may be used |
//! | `de:forbidden` | terms that must not |
//! | `source`, `target` | the same, in the languages that the configuration names |
//! | `admitted`, `forbidden` | the same for `target`, or for the one language behind the first |
//! | `part-of-speech` | `noun`, `verb`, `adjective`, `adverb`, `other` |
//! | `case` | `sensitive`, `insensitive` |
//! | `do-not-translate` | `yes` |
//! | `note` | anything |
//!
//! A column whose name begins with `#`, or that has none, is passed over; so are those that
//! Translate Toolkit writes beside `source` and `target`.

mod header;

use crate::unit::Locale;

use super::{
    Case, Concept, Context, Delimiter, Glossary, GlossaryError, PartOfSpeech, Place, Problem,
    Status, Term, clean,
};
use header::{Column, Header};

/// What separates terms in a cell.
const SEPARATOR: char = '|';

/// What separates the values of a CSV: a comma, a tab, or a semicolon as in spreadsheets of
/// languages that have a decimal comma; whichever the first line has most.
pub(super) fn delimiter_of(text: &str) -> u8 {
    let header = text.lines().find(|line| !line.trim().is_empty());
    let header = header.unwrap_or_default();
    let count = |delimiter: char| header.matches(delimiter).count();
    if count(';') > count(',') && count(';') >= count('\t') {
        b';'
    } else if count('\t') > count(',') {
        b'\t'
    } else {
        b','
    }
}

pub(super) fn read(
    text: &str,
    delimiter: u8,
    context: &Context,
) -> Result<Glossary, GlossaryError> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut record = csv::StringRecord::new();
    let mut header: Option<Header> = None;
    let mut glossary = Glossary::default();
    loop {
        let more = reader
            .read_record(&mut record)
            .map_err(|error| GlossaryError {
                line: error
                    .position()
                    .and_then(|position| line_of(text, position)),
                problem: Problem::Syntax {
                    detail: error.to_string(),
                },
            })?;
        if !more {
            break;
        }
        let line = record
            .position()
            .and_then(|position| line_of(text, position));
        if record.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let wrong = |problem| GlossaryError { line, problem };
        match &header {
            None => header = Some(Header::read(&record, context).map_err(wrong)?),
            Some(header) => {
                let mut concept = concept_of(&record, header).map_err(wrong)?;
                concept.place = Place {
                    file: context.file.clone(),
                    line: line.unwrap_or_default(),
                };
                glossary.concepts.push(concept);
            }
        }
    }
    Ok(glossary)
}

/// The line of a row. What the reader calls its position may be blank lines before it.
fn line_of(text: &str, position: &csv::Position) -> Option<usize> {
    let start = usize::try_from(position.byte()).ok()?;
    let rest = text.as_bytes().get(start..)?.iter();
    let blank = rest.take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let line = usize::try_from(position.line()).ok()?;
    Some(line + blank.filter(|byte| **byte == b'\n').count())
}

fn concept_of(record: &csv::StringRecord, header: &Header) -> Result<Concept, Problem> {
    let columns = header.columns.len();
    if let Some(more) = record
        .iter()
        .skip(columns)
        .position(|cell| !cell.trim().is_empty())
    {
        return Err(Problem::Cells {
            cells: columns + more + 1,
            columns,
        });
    }
    let mut concept = Concept::default();
    for (column, cell) in header.columns.iter().zip(record) {
        match column {
            Column::Terms(locale, status) => {
                concept.terms.extend(terms_of(cell).map(|text| Term {
                    locale: locale.clone(),
                    text,
                    status: *status,
                }));
            }
            Column::PartOfSpeech => concept.part_of_speech = part_of_speech(cell)?,
            Column::Case => concept.case = case(cell)?,
            Column::DoNotTranslate => concept.do_not_translate = yes(cell)?,
            Column::Note => {
                let note = clean(cell);
                if !note.is_empty() && !concept.note.is_empty() {
                    concept.note.push_str(" / ");
                }
                concept.note.push_str(&note);
            }
            Column::Other => {}
        }
    }
    // Columns may stand in any order; what is preferred comes first.
    let order = header.locales();
    let place = |locale: &Locale| order.iter().position(|one| *one == locale);
    concept
        .terms
        .sort_by_key(|term| (place(&term.locale), term.status));
    Ok(concept)
}

/// The terms of a cell. `\|` is a bar of the term, `\\` a backslash.
fn terms_of(cell: &str) -> impl Iterator<Item = String> {
    let mut terms = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let escaped = chars.next_if(|next| c == '\\' && matches!(next, '\\' | '|'));
        match (escaped, terms.last_mut()) {
            (None, _) if c == SEPARATOR => terms.push(String::new()),
            (escaped, Some(term)) => term.push(escaped.unwrap_or(c)),
            (_, None) => {}
        }
    }
    let terms = terms.into_iter().map(|term| clean(&term));
    terms.filter(|term| !term.is_empty())
}

fn part_of_speech(cell: &str) -> Result<Option<PartOfSpeech>, Problem> {
    let name = cell.trim();
    if name.is_empty() {
        return Ok(None);
    }
    let found = PartOfSpeech::of_name(name).ok_or_else(|| Problem::Value {
        column: "part-of-speech",
        value: name.to_owned(),
        valid: PartOfSpeech::ALL.map(|(name, _)| name).to_vec(),
    })?;
    Ok(Some(found))
}

/// One of a few words, in any case.
fn choice<T: Copy>(
    column: &'static str,
    cell: &str,
    choices: &[(&'static str, T)],
) -> Result<T, Problem> {
    let value = cell.trim();
    let found = choices
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(value));
    found
        .map(|(_, choice)| *choice)
        .ok_or_else(|| Problem::Value {
            column,
            value: value.to_owned(),
            valid: choices
                .iter()
                .map(|(name, _)| *name)
                .filter(|name| !name.is_empty())
                .collect(),
        })
}

fn case(cell: &str) -> Result<Case, Problem> {
    let choices = [
        ("", Case::Auto),
        ("auto", Case::Auto),
        ("sensitive", Case::Sensitive),
        ("insensitive", Case::Insensitive),
    ];
    choice("case", cell, &choices)
}

fn yes(cell: &str) -> Result<bool, Problem> {
    let choices = [
        ("", false),
        ("yes", true),
        ("no", false),
        ("true", true),
        ("false", false),
        ("1", true),
        ("0", false),
        ("x", true),
    ];
    choice("do-not-translate", cell, &choices)
}

/// Writes a table, with the columns that are needed.
pub(super) fn write(glossary: &Glossary, delimiter: Delimiter) -> String {
    let columns = columns_for(glossary);
    let mut writer = csv::WriterBuilder::new()
        .delimiter(match delimiter {
            Delimiter::Comma => b',',
            Delimiter::Tab => b'\t',
        })
        .from_writer(Vec::new());
    let names: Vec<String> = columns.iter().map(Column::name).collect();
    let mut rows = vec![names];
    for concept in &glossary.concepts {
        rows.push(
            columns
                .iter()
                .map(|column| cell_of(concept, column))
                .collect(),
        );
    }
    for row in rows {
        // A list in memory takes everything.
        let written = writer.write_record(row);
        debug_assert!(written.is_ok(), "{written:?}");
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

fn columns_for(glossary: &Glossary) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    let terms = || glossary.concepts.iter().flat_map(|concept| &concept.terms);
    let mut locales: Vec<&Locale> = Vec::new();
    for term in terms() {
        if !locales.contains(&&term.locale) {
            locales.push(&term.locale);
        }
    }
    for locale in locales {
        for status in [Status::Preferred, Status::Admitted, Status::Forbidden] {
            // Its first column is there in any case: that is the order of the languages.
            let is_used = |term: &Term| term.locale == *locale && term.status == status;
            if status == Status::Preferred || terms().any(is_used) {
                columns.push(Column::Terms(locale.clone(), status));
            }
        }
    }
    let any = |has: fn(&Concept) -> bool| glossary.concepts.iter().any(has);
    let more = [
        (
            Column::PartOfSpeech,
            any(|one| one.part_of_speech.is_some()),
        ),
        (Column::Case, any(|one| one.case != Case::Auto)),
        (Column::DoNotTranslate, any(|one| one.do_not_translate)),
        (Column::Note, any(|one| !one.note.is_empty())),
    ];
    columns.extend(
        more.into_iter()
            .filter_map(|(column, is_used)| is_used.then_some(column)),
    );
    columns
}

fn cell_of(concept: &Concept, column: &Column) -> String {
    match column {
        Column::Terms(locale, status) => {
            let own = concept.terms.iter();
            let own = own.filter(|term| term.locale == *locale && term.status == *status);
            let escaped = own.map(|term| term.text.replace('\\', r"\\").replace('|', r"\|"));
            escaped.collect::<Vec<_>>().join(" | ")
        }
        Column::PartOfSpeech => concept
            .part_of_speech
            .map_or("", PartOfSpeech::name)
            .to_owned(),
        Column::Case => match concept.case {
            Case::Auto => "",
            Case::Sensitive => "sensitive",
            Case::Insensitive => "insensitive",
        }
        .to_owned(),
        Column::DoNotTranslate if concept.do_not_translate => "yes".to_owned(),
        Column::Note => concept.note.clone(),
        Column::DoNotTranslate | Column::Other => String::new(),
    }
}
