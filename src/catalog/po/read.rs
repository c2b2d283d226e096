//! Reads a PO file that came back.

use crate::catalog::error::ReadError;
use crate::catalog::import::{Imported, ImportedContent, ImportedPart, ImportedUnit};
use crate::catalog::model::Note;
use crate::unit::Locale;

/// Reads what came back, to be taken into a catalog by
/// [`Catalog::apply`](crate::catalog::Catalog::apply).
///
/// Entries may stand in any order, and strings may be wrapped. Obsolete entries, plural forms and
/// entries without a context of ours are passed over.
///
/// # Errors
/// [`ReadError`] for what is no PO file.
pub fn import(text: &str) -> Result<Imported, ReadError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        reader.add(number + 1, line.trim())?;
    }
    reader.finish_entry()?;
    if !reader.has_entry {
        return Err(ReadError::Format {
            line: 1,
            found: text.trim().chars().take(20).collect(),
            wanted: "a PO file",
        });
    }
    Ok(Imported {
        source: reader.source,
        target: reader.target,
        units: reader.units,
    })
}

/// A string of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Field {
    Context,
    Id,
    Text,
    /// A plural form, which we have none of.
    Other,
}

#[derive(Default)]
struct Entry {
    // Bytes, as an escape may be a part of a character.
    context: Option<Vec<u8>>,
    id: Option<Vec<u8>>,
    text: Option<Vec<u8>>,
    line: usize,
    is_fuzzy: bool,
    comments: Vec<String>,
}

#[derive(Default)]
struct Reader {
    entry: Entry,
    field: Option<Field>,
    has_entry: bool,
    source: Option<Locale>,
    target: Option<Locale>,
    units: Vec<ImportedUnit>,
}

impl Reader {
    fn add(&mut self, number: usize, line: &str) -> Result<(), ReadError> {
        if line.is_empty() || line.starts_with("#~") {
            return Ok(());
        }
        if line.starts_with('"') {
            let text = string(number, line)?;
            return self.push(number, &text);
        }
        if let Some(comment) = line.strip_prefix('#') {
            self.finish_entry_with_text()?;
            match comment.chars().next() {
                Some(',') => self.entry.is_fuzzy |= comment.contains("fuzzy"),
                Some('.' | ':' | '|') => {}
                _ => self.entry.comments.push(comment.trim().to_owned()),
            }
            return Ok(());
        }
        let (name, rest) = line.split_once([' ', '\t', '"']).unwrap_or((line, ""));
        let field = match name {
            "msgctxt" => Field::Context,
            "msgid" => Field::Id,
            "msgstr" => Field::Text,
            "msgid_plural" => Field::Other,
            _ if name.starts_with("msgstr[") => Field::Other,
            _ => {
                return Err(ReadError::Malformed {
                    line: number,
                    detail: format!("`{name}` is no part of an entry"),
                });
            }
        };
        if matches!(field, Field::Context | Field::Id) {
            self.finish_entry_with_text()?;
        }
        self.field = Some(field);
        let at = line.len() - rest.len();
        let start = line[..at].rfind('"').unwrap_or(at);
        let text = string(number, line[start..].trim())?;
        self.push(number, &text)
    }

    fn push(&mut self, number: usize, text: &[u8]) -> Result<(), ReadError> {
        let place = match self.field {
            Some(Field::Context) => &mut self.entry.context,
            Some(Field::Id) => &mut self.entry.id,
            Some(Field::Text) => {
                if self.entry.text.is_none() {
                    self.entry.line = number;
                }
                &mut self.entry.text
            }
            Some(Field::Other) => return Ok(()),
            None => {
                return Err(ReadError::Malformed {
                    line: number,
                    detail: "a string outside of an entry".to_owned(),
                });
            }
        };
        place.get_or_insert_default().extend_from_slice(text);
        Ok(())
    }

    /// What follows the text of an entry begins another one.
    fn finish_entry_with_text(&mut self) -> Result<(), ReadError> {
        if matches!(self.field, Some(Field::Text | Field::Other)) {
            self.finish_entry()?;
        }
        Ok(())
    }

    fn finish_entry(&mut self) -> Result<(), ReadError> {
        let entry = std::mem::take(&mut self.entry);
        self.field = None;
        let decode = |bytes: &Vec<u8>| String::from_utf8_lossy(bytes).into_owned();
        let (Some(id), Some(text)) = (entry.id.as_ref().map(decode), entry.text.as_ref()) else {
            return Ok(());
        };
        let text = decode(text);
        self.has_entry = true;
        match entry.context.as_ref().map(decode) {
            None if id.is_empty() => self.read_header(entry.line, &text)?,
            Some(context) => self.units.extend(unit(&context, &entry, id, text)),
            None => {}
        }
        Ok(())
    }

    fn read_header(&mut self, line: usize, text: &str) -> Result<(), ReadError> {
        for field in text.lines() {
            let Some((name, value)) = field.split_once(':') else {
                continue;
            };
            let place = match name.trim() {
                "Language" => &mut self.target,
                "X-Source-Language" => &mut self.source,
                _ => continue,
            };
            let value = value.trim();
            if !value.is_empty() {
                let locale = value.parse();
                *place = Some(locale.map_err(|error| ReadError::Language { line, error })?);
            }
        }
        Ok(())
    }
}

fn unit(context: &str, entry: &Entry, id: String, text: String) -> Option<ImportedUnit> {
    let mut names = context.rsplitn(3, '/');
    let (segment, unit, file) = (names.next()?, names.next()?, names.next()?);
    let comments = entry.comments.iter().filter(|line| !line.is_empty());
    Some(ImportedUnit {
        file: file.to_owned(),
        unit: unit.to_owned(),
        notes: comments
            .map(|text| Note {
                text: text.clone(),
                ..Note::default()
            })
            .collect(),
        parts: vec![ImportedPart {
            line: entry.line,
            id: segment.to_owned(),
            is_segment: true,
            source: ImportedContent::Tagged(id),
            target: Some(ImportedContent::Tagged(text)),
            state: None,
            sub_state: None,
            needs_work: Some(entry.is_fuzzy),
        }],
        is_whole: false,
    })
}

/// The bytes of a quoted string, with the escapes of C.
fn string(number: usize, quoted: &str) -> Result<Vec<u8>, ReadError> {
    let error = || ReadError::Malformed {
        line: number,
        detail: "a string is not closed".to_owned(),
    };
    let inside = quoted
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'))
        .ok_or_else(error)?;
    let mut out = Vec::with_capacity(inside.len());
    let mut bytes = inside.bytes().peekable();
    while let Some(byte) = bytes.next() {
        if byte == b'"' {
            return Err(error());
        }
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        out.push(match bytes.next().ok_or_else(error)? {
            b'n' => b'\n',
            b't' => b'\t',
            b'r' => b'\r',
            b'a' => 7,
            b'b' => 8,
            b'f' => 12,
            b'v' => 11,
            b'x' => number_of(&mut bytes, 0, 16, 2),
            digit @ b'0'..=b'7' => number_of(&mut bytes, digit - b'0', 8, 2),
            byte => byte,
        });
    }
    Ok(out)
}

/// The byte of an escape that begins with `first` and has so many more digits at the most.
fn number_of(
    bytes: &mut std::iter::Peekable<std::str::Bytes<'_>>,
    first: u8,
    base: u8,
    most: usize,
) -> u8 {
    let mut value = first;
    for _ in 0..most {
        let digit = bytes.next_if(|byte| char::from(*byte).is_digit(base.into()));
        let Some(digit) = digit.and_then(|digit| char::from(digit).to_digit(base.into())) else {
            break;
        };
        value = value
            .wrapping_mul(base)
            .wrapping_add(u8::try_from(digit).unwrap_or(0));
    }
    value
}
