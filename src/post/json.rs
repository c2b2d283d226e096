//! JSON read by places and written by splices: what is not changed keeps its bytes.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::Decoded;

/// A value of valid JSON and where it stands (RFC 8259).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Json<'a> {
    raw: &'a str,
    start: usize,
}

/// Text that is not JSON, and where that shows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {detail}")]
pub struct JsonError {
    /// Line, counted from 1.
    pub line: usize,
    /// Column in characters, counted from 1, as editors show it.
    pub column: usize,
    /// What was expected, in the words of the parser.
    pub detail: String,
}

impl<'a> Json<'a> {
    /// Checks that `text` is one JSON value, with white space around it at most.
    ///
    /// # Errors
    /// [`JsonError`] for everything else.
    pub fn parse(text: &'a str) -> Result<Self, JsonError> {
        let value: &RawValue =
            serde_json::from_str(text).map_err(|error| JsonError::of(&error, text))?;
        Ok(Self::inside(value, text, 0))
    }

    /// The value of a text that was checked before, such as that of a post from a
    /// [`PostReader`](super::PostReader). Of a text that is not JSON it has no members.
    pub(crate) fn of_checked(text: &'a str) -> Self {
        let raw = text.trim_matches([' ', '\t', '\r', '\n']);
        Self {
            raw,
            start: raw.as_ptr() as usize - text.as_ptr() as usize,
        }
    }

    fn inside(value: &'a RawValue, outer: &str, outer_start: usize) -> Self {
        // A raw value borrows from the text that it was read from, so that its address tells
        // where it stands.
        let offset = value.get().as_ptr() as usize - outer.as_ptr() as usize;
        Self {
            raw: value.get(),
            start: outer_start + offset,
        }
    }

    /// The value's own bytes.
    pub fn raw(&self) -> &'a str {
        self.raw
    }

    /// Where the value stands in the text that was parsed, in bytes.
    pub fn range(&self) -> Range<usize> {
        self.start..self.start + self.raw.len()
    }

    /// For a string, where its content stands, without the quotes.
    pub fn content_range(&self) -> Range<usize> {
        let range = self.range();
        range.start + 1..range.end.saturating_sub(1).max(range.start + 1)
    }

    /// Whether the value is a string.
    pub fn is_string(&self) -> bool {
        self.raw.starts_with('"')
    }

    /// Whether the value is an object.
    pub fn is_object(&self) -> bool {
        self.raw.starts_with('{')
    }

    /// Whether the value is an array.
    pub fn is_array(&self) -> bool {
        self.raw.starts_with('[')
    }

    /// The text of a string; none for other values and for lone surrogates, which are no text.
    pub fn as_text(&self) -> Option<String> {
        serde_json::from_str(self.raw).ok()
    }

    /// The members of an object in the order in which they stand, repeated keys included; none of
    /// other values, or where a key is not Unicode.
    pub fn members(&self) -> Vec<(String, Self)> {
        if !self.is_object() {
            return Vec::new();
        }
        serde_json::from_str::<Members<'a>>(self.raw)
            .map(|members| members.0)
            .unwrap_or_default()
            .into_iter()
            .map(|(key, value)| (key, Self::inside(value, self.raw, self.start)))
            .collect()
    }

    /// The elements of an array; none of other values.
    pub fn elements(&self) -> Vec<Self> {
        if !self.is_array() {
            return Vec::new();
        }
        serde_json::from_str::<Elements<'a>>(self.raw)
            .map(|elements| elements.0)
            .unwrap_or_default()
            .into_iter()
            .map(|value| Self::inside(value, self.raw, self.start))
            .collect()
    }

    /// The member of a name; the last where it is repeated, as readers of JSON have it.
    pub fn get(&self, key: &str) -> Option<Self> {
        self.members()
            .into_iter()
            .rev()
            .find(|(name, _)| name == key)
            .map(|(_, value)| value)
    }
}

impl JsonError {
    /// The error of a parser that read `text`.
    pub(super) fn of(error: &serde_json::Error, text: &str) -> Self {
        let message = error.to_string();
        let detail = message
            .split(" at line ")
            .next()
            .unwrap_or(&message)
            .to_owned();
        let (mut line, mut bytes) = (error.line().max(1), error.column());
        let is_line_end = bytes == 0 && line > 1;
        if is_line_end {
            // The parser had read the line end already.
            line -= 1;
            bytes = usize::MAX;
        }
        // The parser counts bytes, and names the last one that it has read.
        let own = text.split('\n').nth(line - 1).unwrap_or_default();
        let own = own.strip_suffix('\r').unwrap_or(own);
        let column = (chars_in(own.as_bytes(), bytes) + usize::from(is_line_end)).max(1);
        Self {
            line,
            column,
            detail,
        }
    }
}

/// How many characters begin in the first `len` bytes.
pub(super) fn chars_in(text: &[u8], len: usize) -> usize {
    let is_begin = |byte: &&u8| **byte & 0xC0 != 0x80;
    text.iter().take(len).filter(is_begin).count()
}

struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<(String, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<M: MapAccess<'de>>(self, mut map: M) -> Result<Self::Value, M::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(members)
            }
        }
        deserializer.deserialize_map(InOrder).map(Members)
    }
}

struct Elements<'a>(Vec<&'a RawValue>);

impl<'de: 'a, 'a> Deserialize<'de> for Elements<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Vec<&'de RawValue>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<S: SeqAccess<'de>>(self, mut seq: S) -> Result<Self::Value, S::Error> {
                let mut elements = Vec::new();
                while let Some(element) = seq.next_element()? {
                    elements.push(element);
                }
                Ok(elements)
            }
        }
        deserializer.deserialize_seq(InOrder).map(Elements)
    }
}

/// Decodes the content of a JSON string, without its quotes, with the way back.
///
/// None where the content is not valid or holds a lone surrogate, which no text can stand for:
/// such a string is left as it is.
pub fn decode_string(content: &str) -> Option<Decoded<'_>> {
    let Some(first) = memchr::memchr(b'\\', content.as_bytes()) else {
        return Some(Decoded::verbatim(content));
    };
    let mut decoded = Decoded::default();
    let mut rest = content;
    let mut next = Some(first);
    while let Some(at) = next {
        decoded.push_verbatim(&rest[..at]);
        rest = &rest[at..];
        let (len, c) = read_escape(rest)?;
        decoded.push_atom(len, c.encode_utf8(&mut [0; 4]));
        rest = &rest[len..];
        next = memchr::memchr(b'\\', rest.as_bytes());
    }
    decoded.push_verbatim(rest);
    Some(decoded)
}

/// Reads an escape sequence: its length in bytes, and what it means.
fn read_escape(text: &str) -> Option<(usize, char)> {
    let simple = match text.as_bytes().get(1)? {
        b'"' => '"',
        b'\\' => '\\',
        b'/' => '/',
        b'b' => '\u{8}',
        b'f' => '\u{c}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => {
            let first = hex4(text.get(2..6)?)?;
            if let Some(c) = char::from_u32(first) {
                return Some((6, c));
            }
            let second = hex4(text.get(6..12)?.strip_prefix("\\u")?)?;
            let c = char::decode_utf16([u16::try_from(first).ok()?, u16::try_from(second).ok()?])
                .next()?
                .ok()?;
            return Some((12, c));
        }
        _ => return None,
    };
    Some((2, simple))
}

fn hex4(text: &str) -> Option<u32> {
    text.bytes()
        .all(|byte| byte.is_ascii_hexdigit())
        .then(|| u32::from_str_radix(text, 16).ok())
        .flatten()
}

/// How strings are spelled, as far as JSON leaves a choice.
///
/// The default is that of PHP's `json_encode`, which WordPress uses: `\/`, and `\uXXXX` with
/// lower-case digits for everything beyond ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JsonStyle {
    slash: bool,
    ascii: bool,
    upper_hex: bool,
    /// `<`, `>`, `&`, `'`, `"` as `\u00XX`, PHP's `JSON_HEX_*`.
    hex: [bool; 5],
}

const HEX_CHARS: [char; 5] = ['<', '>', '&', '\'', '"'];

impl Default for JsonStyle {
    fn default() -> Self {
        Self {
            slash: true,
            ascii: true,
            upper_hex: false,
            hex: [false; 5],
        }
    }
}

impl JsonStyle {
    /// The style of a text, from the strings in it; what they don't show is as in the default.
    pub fn detect(text: &str) -> Self {
        Self::default().refined_by(text)
    }

    /// The style of `content`, a string or a larger text; what it doesn't show is as in `self`.
    #[must_use]
    pub fn refined_by(mut self, content: &str) -> Self {
        let bytes = content.as_bytes();
        let mut escaped_slashes = 0;
        let mut unicode_escapes = 0;
        let mut hex_seen = [false; 5];
        let (mut upper, mut lower) = (0, 0);
        let mut from = 0;
        while let Some(at) = bytes
            .get(from..)
            .and_then(|rest| memchr::memchr(b'\\', rest))
            .map(|at| from + at)
        {
            from = at + 2;
            match bytes.get(at + 1) {
                Some(b'/') => escaped_slashes += 1,
                Some(b'u') => {
                    let digits = content.get(at + 2..at + 6).unwrap_or_default();
                    from = at + 2 + digits.len();
                    upper += usize::from(digits.bytes().any(|byte| byte.is_ascii_uppercase()));
                    lower += usize::from(digits.bytes().any(|byte| byte.is_ascii_lowercase()));
                    match u32::from_str_radix(digits, 16)
                        .ok()
                        .and_then(char::from_u32)
                    {
                        Some(c) if c.is_ascii() => {
                            if let Some(which) = HEX_CHARS.iter().position(|one| *one == c) {
                                hex_seen[which] = true;
                            }
                        }
                        _ => unicode_escapes += 1,
                    }
                }
                _ => {}
            }
        }
        let slashes = memchr::memchr_iter(b'/', bytes).count();
        if slashes > 0 {
            self.slash = escaped_slashes * 2 > slashes;
        }
        let is_ascii = content.is_ascii();
        if unicode_escapes > 0 || !is_ascii {
            self.ascii = is_ascii;
        }
        if upper + lower > 0 {
            self.upper_hex = upper > lower;
        }
        for ((own, seen), c) in self.hex.iter_mut().zip(hex_seen).zip(HEX_CHARS) {
            // A quote stands bare around every string, so it only ever shows when escaped.
            if seen {
                *own = true;
            } else if c != '"' && content.contains(c) {
                *own = false;
            }
        }
        self
    }

    /// The same, but safe inside `<script>`, where `</script` and `<!--` have a meaning.
    #[must_use]
    pub fn for_script(mut self) -> Self {
        self.hex[0] = true;
        self
    }

    /// Spells text as the content of a string, without the quotes.
    pub fn encode(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len() + 8);
        for c in text.chars() {
            match c {
                _ if HEX_CHARS
                    .iter()
                    .zip(self.hex)
                    .any(|(one, hex)| hex && *one == c) =>
                {
                    self.push_hex(c, &mut out);
                }
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '/' if self.slash => out.push_str("\\/"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                // PHP escapes the two line separators whatever it is asked.
                '\u{2028}' | '\u{2029}' => self.push_hex(c, &mut out),
                _ if c < ' ' || (self.ascii && !c.is_ascii()) => self.push_hex(c, &mut out),
                _ => out.push(c),
            }
        }
        out
    }

    fn push_hex(self, c: char, out: &mut String) {
        for unit in c.encode_utf16(&mut [0; 2]) {
            let escape = if self.upper_hex {
                format!("\\u{unit:04X}")
            } else {
                format!("\\u{unit:04x}")
            };
            out.push_str(&escape);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_where_they_stand() {
        let text = r#" {"a":1, "b":{"c":["x","y"]}, "a":2} "#;
        let json = Json::parse(text).expect("valid");
        let inner = json.get("b").and_then(|b| b.get("c")).expect("there");
        let second = inner.elements()[1];
        assert_eq!(&text[second.range()], "\"y\"");
        assert_eq!(&text[second.content_range()], "y");
        assert_eq!(json.get("a").map(|a| a.raw()), Some("2"));
        assert_eq!(json.members().len(), 3);
    }

    #[test]
    fn an_error_names_line_and_column() {
        let error = Json::parse("{\n  \"a\": tru\n}").expect_err("invalid");
        assert_eq!((error.line, error.column), (2, 11));
    }

    #[test]
    fn a_column_counts_characters() {
        for (text, line, column) in [
            ("{\"é\": x}", 1, 7),
            ("{\"日本語😀\": \"ü\", x}", 1, 15),
            ("{\n  \"ü\": \"日\"\n  \"b\": 1}", 3, 3),
            ("{\r\n  \"é\": \"\n\"}", 2, 8),
            ("{\"a\": é}", 1, 7),
            ("{\"日\":\r\n", 1, 6),
            ("{\"a\": \"é", 1, 8),
            ("", 1, 1),
            ("é", 1, 1),
        ] {
            let error = Json::parse(text).expect_err("invalid");
            assert_eq!(
                (error.line, error.column),
                (line, column),
                "{text:?}: {error}"
            );
        }
    }

    #[test]
    fn a_string_that_is_encoded_in_its_own_style_is_itself() {
        for raw in [
            r"a\/b \u00e9\ud83d\ude00 \u2028\n\t\b\f\r \u0001 \\ \u007f"
                .replace("\\u007f", "\u{7f}"),
            r"a/b é 😀 \u2028".to_owned(),
            r"\u003Cb\u003E \u0026 \u00E9".to_owned(),
            r#"say \"hi\""#.to_owned(),
        ] {
            let decoded = decode_string(&raw).expect("valid");
            let style = JsonStyle::default().refined_by(&raw);
            assert_eq!(style.encode(decoded.text()), raw);
        }
    }

    #[test]
    fn a_lone_surrogate_is_no_text() {
        assert!(decode_string(r"a\ud800b").is_none());
        assert!(decode_string(r"\udc00").is_none());
        assert!(decode_string(r"\ud800A").is_none());
    }
}
