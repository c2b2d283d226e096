//! Reads the posts of a file one after the other, so that a file of any size takes little memory.
//!
//! One post, an array of posts, and JSON Lines (or any other sequence of posts) are read alike:
//! what stands between the posts is kept, byte for byte.

use std::io::Read;

use super::json::{Json, JsonError, chars_in};

/// A piece of a file of posts. The pieces together are the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Chunk {
    /// White space, brackets and commas.
    Between(String),
    /// One JSON object.
    Post(String),
}

/// Why a file of posts could not be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// It could not be opened or read.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// It is not UTF-8.
    #[error("byte {offset} is not UTF-8")]
    NotUtf8 {
        /// The first byte that is not, counted from 0.
        offset: u64,
    },
    /// It is not JSON.
    #[error(transparent)]
    Json(#[from] JsonError),
}

/// Reads posts from a file in JSON.
#[derive(Debug)]
pub struct PostReader<R> {
    input: R,
    buffer: Vec<u8>,
    /// What of the buffer was handed out.
    at: usize,
    is_ended: bool,
    place: Place,
    state: State,
    has_failed: bool,
}

/// Where reading has come to.
#[derive(Debug, Clone, Copy)]
struct Place {
    offset: u64,
    line: usize,
    /// In characters.
    column: usize,
}

impl Place {
    /// The place behind some bytes, the first of which stands here.
    fn behind(self, bytes: &[u8]) -> Self {
        let offset = self.offset + bytes.len() as u64;
        // Editors show no byte order mark.
        let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) if self.offset == 0 => rest,
            _ => bytes,
        };
        match memchr::memrchr(b'\n', bytes) {
            Some(last) => Self {
                offset,
                line: self.line + memchr::memchr_iter(b'\n', bytes).count(),
                column: 1 + chars_in(&bytes[last + 1..], bytes.len()),
            },
            None => Self {
                offset,
                column: self.column + chars_in(bytes, bytes.len()),
                ..self
            },
        }
    }
}

/// What may follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    /// A post, an array, or the end of the file.
    Top,
    /// The first post of an array, or its end.
    First,
    /// A comma, or the end of the array.
    Comma,
    /// A post after a comma.
    Next,
}

const BLOCK: usize = 1 << 16;

impl<R: Read> PostReader<R> {
    /// Reads from `input`, which need not be buffered.
    pub fn new(input: R) -> Self {
        Self {
            input,
            buffer: Vec::new(),
            at: 0,
            is_ended: false,
            place: Place {
                offset: 0,
                line: 1,
                column: 1,
            },
            state: State::Top,
            has_failed: false,
        }
    }

    /// Makes sure that there is something beyond `seen` bytes; false at the end of the input.
    fn fill(&mut self, seen: usize) -> Result<bool, ReadError> {
        if self.buffer.len() - self.at > seen {
            return Ok(true);
        }
        if self.is_ended {
            return Ok(false);
        }
        self.buffer.drain(..self.at);
        self.at = 0;
        let old = self.buffer.len();
        self.buffer.resize(old + BLOCK, 0);
        let read = loop {
            match self.input.read(&mut self.buffer[old..]) {
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                result => break result?,
            }
        };
        self.buffer.truncate(old + read);
        self.is_ended = read == 0;
        Ok(read > 0 && self.buffer.len() - self.at > seen)
    }

    fn take(&mut self, len: usize) -> Result<String, ReadError> {
        let bytes = &self.buffer[self.at..self.at + len];
        let text = std::str::from_utf8(bytes).map_err(|error| ReadError::NotUtf8 {
            offset: self.place.offset + error.valid_up_to() as u64,
        })?;
        let text = text.to_owned();
        self.at += len;
        Ok(text)
    }

    fn unexpected(&self, skipped: usize, detail: &str) -> ReadError {
        let place = self.place.behind(&self.buffer[self.at..self.at + skipped]);
        ReadError::Json(JsonError {
            line: place.line,
            column: place.column,
            detail: detail.to_owned(),
        })
    }

    /// Bytes up to the next post or the end, checked to be what may stand there.
    fn between(&mut self) -> Result<usize, ReadError> {
        let mut len = 0;
        while self.fill(len)? {
            let byte = self.buffer[self.at + len];
            self.state = match (byte, self.state) {
                (b' ' | b'\t' | b'\r' | b'\n', state) => state,
                (0xEF, State::Top) if self.place.offset == 0 && len == 0 => {
                    self.fill(2)?;
                    if !self.buffer[self.at..].starts_with(b"\xEF\xBB\xBF") {
                        return Err(self.unexpected(len, "expected a post"));
                    }
                    len += 2;
                    State::Top
                }
                (b'[', State::Top) => State::First,
                (b'{', State::Top | State::First | State::Next) => return Ok(len),
                (b']', State::First | State::Comma) => State::Top,
                (b',', State::Comma) => State::Next,
                (_, State::Comma) => return Err(self.unexpected(len, "expected `,` or `]`")),
                _ => return Err(self.unexpected(len, "expected a post, which is an object")),
            };
            len += 1;
        }
        if self.state == State::Top {
            Ok(len)
        } else {
            Err(self.unexpected(len, "the array is not closed"))
        }
    }

    /// The length of the object that begins here; to the end of the input if it is not closed.
    fn object(&mut self) -> Result<usize, ReadError> {
        let mut len = 0;
        let mut depth = 0_usize;
        let mut is_string = false;
        while self.fill(len)? {
            let rest = &self.buffer[self.at + len..];
            if is_string {
                match memchr::memchr2(b'"', b'\\', rest) {
                    Some(at) if rest[at] == b'"' => {
                        is_string = false;
                        len += at + 1;
                    }
                    Some(at) => {
                        len += at + 1;
                        if !self.fill(len)? {
                            return Ok(len);
                        }
                        len += 1;
                    }
                    None => len += rest.len(),
                }
                continue;
            }
            let Some(at) = memchr::memchr3(b'"', b'{', b'}', rest) else {
                len += rest.len();
                continue;
            };
            len += at + 1;
            match rest[at] {
                b'"' => is_string = true,
                b'{' => depth += 1,
                _ => {
                    depth -= 1;
                    if depth == 0 {
                        return Ok(len);
                    }
                }
            }
        }
        Ok(len)
    }

    fn post(&mut self) -> Result<String, ReadError> {
        let len = self.object()?;
        let text = self.take(len)?;
        if let Err(mut error) = Json::parse(&text) {
            if error.line == 1 {
                error.column += self.place.column - 1;
            }
            error.line += self.place.line - 1;
            return Err(error.into());
        }
        self.place = self.place.behind(text.as_bytes());
        self.state = match self.state {
            State::Top => State::Top,
            State::First | State::Comma | State::Next => State::Comma,
        };
        Ok(text)
    }

    fn chunk(&mut self) -> Result<Option<Chunk>, ReadError> {
        let len = self.between()?;
        if len > 0 {
            let text = self.take(len)?;
            self.place = self.place.behind(text.as_bytes());
            return Ok(Some(Chunk::Between(text)));
        }
        if !self.fill(0)? {
            return Ok(None);
        }
        Ok(Some(Chunk::Post(self.post()?)))
    }
}

impl<R: Read> Iterator for PostReader<R> {
    type Item = Result<Chunk, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.has_failed {
            return None;
        }
        let chunk = self.chunk().transpose();
        self.has_failed = matches!(chunk, Some(Err(_)));
        chunk
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Result<Vec<Chunk>, ReadError> {
        PostReader::new(text).collect()
    }

    fn posts(text: &str) -> Vec<String> {
        let chunks = read(text.as_bytes()).expect("valid");
        let whole: String = chunks
            .iter()
            .map(|chunk| match chunk {
                Chunk::Between(text) | Chunk::Post(text) => text.as_str(),
            })
            .collect();
        assert_eq!(whole, text);
        chunks
            .into_iter()
            .filter_map(|chunk| match chunk {
                Chunk::Post(text) => Some(text),
                Chunk::Between(_) => None,
            })
            .collect()
    }

    #[test]
    fn a_post_an_array_and_json_lines_are_read_alike() {
        let (a, b) = (r#"{"a":"}\"{"}"#, r#"{"b":[{}]}"#);
        assert_eq!(posts(&format!("\u{feff}{a}\n")), [a]);
        assert_eq!(posts(&format!(" [ {a} ,\n{b}] ")), [a, b]);
        assert_eq!(posts(&format!("{a}\n{b}\n")), [a, b]);
        assert_eq!(posts("[]"), [""; 0]);
        assert_eq!(posts(""), [""; 0]);
    }

    #[test]
    fn a_post_larger_than_a_block_is_read_whole() {
        let long = format!("{{\"a\":\"{}\\\\\"}}", "\\\"x".repeat(BLOCK));
        assert_eq!(posts(&format!("[{long},{long}]")).len(), 2);
    }

    #[test]
    fn what_is_not_json_is_an_error_with_its_place() {
        for (text, line, column) in [
            ("{\"a\":1}\n  {\"a\":}\n", 2, 8),
            ("[{}\n {}]", 2, 2),
            ("[{},]", 1, 5),
            ("[{}", 1, 4),
            ("{\"a\": \"x", 1, 8),
            ("\n\n  7", 3, 3),
            ("{}}", 1, 3),
            ("{\"é\":\"日本\"}\n{\"é\":\"😀\", x}\n", 2, 11),
            ("{\"é\":\"日本\"} {\"é\": x}", 1, 18),
            ("[{\"é\":1} é]", 1, 10),
            ("{\"é\":1}{\n\"é\":1}{\"日\": x}", 2, 13),
            ("\u{feff}x", 1, 1),
            ("\u{feff}{\"a\": x}", 1, 7),
        ] {
            match read(text.as_bytes()) {
                Err(ReadError::Json(error)) => {
                    assert_eq!(
                        (error.line, error.column),
                        (line, column),
                        "{text:?}: {error}"
                    );
                }
                other => panic!("{text:?} gave {other:?}"),
            }
        }
    }

    #[test]
    fn what_is_not_utf_8_is_an_error_that_names_the_byte() {
        let error = read(b"[{\"a\":1},{\"b\":\"x\xff\"}]").expect_err("not UTF-8");
        assert!(
            matches!(error, ReadError::NotUtf8 { offset: 16 }),
            "{error}"
        );
    }
}
