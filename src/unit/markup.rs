//! Reads what a backend made of numbered codes, and holds it to law 3: the codes of a target are
//! those of its source, each once, properly nested.

use std::collections::HashMap;

use super::fragment::{CodeId, Fragment, Item, Mark, MarkKind};

/// Why the codes of a target are not those of its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MarkupError {
    /// A code of the source is missing.
    #[error("code {0} is missing")]
    Missing(CodeId),
    /// A code stands there that the source does not have, or more often than there.
    #[error("code {0} is not expected here")]
    Unexpected(CodeId),
    /// Pairs overlap, or a closing tag comes before its opening tag.
    #[error("code {0} is wrongly nested")]
    Nesting(CodeId),
    /// A tag without partner stands before one that it has to follow.
    #[error("code {0} is out of order")]
    Order(CodeId),
    /// The text of a protected span is not that of the source.
    #[error("the text of code {0} was changed")]
    Protected(CodeId),
}

/// Reads a reply in the form of [`Fragment::to_tagged`].
///
/// Case, white space inside tags, `<g id="1">` for `<g1>`, `<x2></x2>` or `<x2>` for `<x2/>`, and
/// unescaped `<` and `&` are tolerated; what is no code is text. Protected spans get their text
/// from `source`.
///
/// # Errors
/// A [`MarkupError`] where the codes break law 3.
///
/// ```
/// use polypost::unit::{Fragment, MarkKind, read_tagged};
///
/// let mut source = Fragment::plain("a ");
/// source.push_mark(MarkKind::Open, 1);
/// source.push_text("red");
/// source.push_mark(MarkKind::Close, 1);
/// source.push_text(" house & garden");
/// let target = read_tagged(&source, "una casa < G1 >roja</g 1> &amp; jardín")?;
/// assert_eq!(target.text(), "una casa roja & jardín");
/// assert!(read_tagged(&source, "una casa <g1>roja &amp; jardín").is_err());
/// # Ok::<(), polypost::unit::MarkupError>(())
/// ```
pub fn read_tagged(source: &Fragment, reply: &str) -> Result<Fragment, MarkupError> {
    let known: HashMap<CodeId, &Mark> = source
        .marks()
        .iter()
        .filter(|mark| mark.kind != MarkKind::Close)
        .map(|mark| (mark.code, mark))
        .collect();
    let mut target = Fragment::default();
    let mut rest = reply;
    while let Some(at) = memchr::memchr2(b'<', b'&', rest.as_bytes()) {
        target.push_text(&rest[..at]);
        rest = &rest[at..];
        let len = if let Some((tag, len)) = Tag::read(rest) {
            tag.place(source, &known, &mut target)?;
            len
        } else if let Some((c, len)) = read_reference(rest) {
            target.push_char(c);
            len
        } else {
            target.push_text(&rest[..1]);
            1
        };
        rest = &rest[len..];
    }
    target.push_text(rest);
    check_codes(source, &target)?;
    Ok(target)
}

/// A tag of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tag {
    code: CodeId,
    is_pair: bool,
    closes: bool,
    is_empty: bool,
}

impl Tag {
    /// Reads a tag at the start of `text`, and its length in bytes.
    fn read(text: &str) -> Option<(Self, usize)> {
        let mut rest = text.strip_prefix('<')?.trim_start();
        let closes = take(&mut rest, '/');
        rest = rest.trim_start();
        let is_pair = match rest.chars().next()? {
            'g' | 'G' => true,
            'x' | 'X' => false,
            _ => return None,
        };
        rest = rest[1..].trim_start();
        if let Some(value) = rest
            .get(..2)
            .filter(|name| name.eq_ignore_ascii_case("id"))
            .and(rest.get(2..))
        {
            rest = value.trim_start().strip_prefix('=')?.trim_start();
        }
        let quoted = take(&mut rest, '"') || take(&mut rest, '\'');
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let code = rest[..digits].parse().ok()?;
        rest = &rest[digits..];
        if quoted {
            rest = rest.strip_prefix(['"', '\''])?;
        }
        rest = rest.trim_start();
        let is_empty = take(&mut rest, '/');
        rest = rest.trim_start().strip_prefix('>')?;
        let tag = Self {
            code,
            is_pair,
            closes,
            is_empty,
        };
        Some((tag, text.len() - rest.len()))
    }

    fn place(
        self,
        source: &Fragment,
        known: &HashMap<CodeId, &Mark>,
        target: &mut Fragment,
    ) -> Result<(), MarkupError> {
        let mark = known
            .get(&self.code)
            .filter(|mark| self.is_pair == (mark.kind == MarkKind::Open))
            .ok_or(MarkupError::Unexpected(self.code))?;
        match mark.kind {
            MarkKind::Open if self.closes => target.push_mark(MarkKind::Close, self.code),
            MarkKind::Open => {
                target.push_mark(MarkKind::Open, self.code);
                if self.is_empty {
                    target.push_mark(MarkKind::Close, self.code);
                }
            }
            // The second half of `<x2></x2>`.
            _ if self.closes => {}
            MarkKind::Protected { .. } => {
                target.push_protected(self.code, &source.text()[mark.at..mark.end()]);
            }
            kind => target.push_mark(kind, self.code),
        }
        Ok(())
    }
}

fn take(rest: &mut &str, c: char) -> bool {
    match rest.strip_prefix(c) {
        Some(tail) => {
            *rest = tail;
            true
        }
        None => false,
    }
}

/// Reads one of XML's own entities or a numeric reference at the start of `text`.
fn read_reference(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|byte| byte == b';')?;
    let c = match text.get(1..end)? {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| !c.is_control() || c.is_whitespace())?
        }
    };
    Some((c, end + 1))
}

/// Checks law 3: `target` has the codes of `source`, each once, properly nested, tags without
/// partner in order, and protected spans with their text.
///
/// # Errors
/// The first breach found.
pub fn check_codes(source: &Fragment, target: &Fragment) -> Result<(), MarkupError> {
    let mut expected: HashMap<(CodeId, u8), &str> = source
        .marks()
        .iter()
        .map(|mark| ((mark.code, rank(mark.kind)), shown(source, mark)))
        .collect();
    let mut lone = source
        .marks()
        .iter()
        .filter(|mark| mark.kind == MarkKind::Lone);
    let mut open = Vec::new();
    for item in target.items() {
        let Item::Mark(mark) = item else { continue };
        let text = expected
            .remove(&(mark.code, rank(mark.kind)))
            .ok_or(MarkupError::Unexpected(mark.code))?;
        match mark.kind {
            MarkKind::Open => open.push(mark.code),
            MarkKind::Close if open.pop() != Some(mark.code) => {
                return Err(MarkupError::Nesting(mark.code));
            }
            MarkKind::Lone if lone.next().map(|next| next.code) != Some(mark.code) => {
                return Err(MarkupError::Order(mark.code));
            }
            MarkKind::Protected { .. } if text != shown(target, &mark) => {
                return Err(MarkupError::Protected(mark.code));
            }
            _ => {}
        }
    }
    // The smallest, so that the same reply always gives the same error.
    match expected.keys().map(|(code, _)| *code).min() {
        Some(code) => Err(MarkupError::Missing(code)),
        None => Ok(()),
    }
}

fn rank(kind: MarkKind) -> u8 {
    match kind {
        MarkKind::Open => 0,
        MarkKind::Close => 1,
        MarkKind::Standalone => 2,
        MarkKind::Lone => 3,
        MarkKind::Protected { .. } => 4,
    }
}

fn shown<'a>(fragment: &'a Fragment, mark: &Mark) -> &'a str {
    &fragment.text()[mark.at..mark.end()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source() -> Fragment {
        let mut fragment = Fragment::plain("See ");
        fragment.push_mark(MarkKind::Open, 1);
        fragment.push_text("the ");
        fragment.push_mark(MarkKind::Open, 2);
        fragment.push_text("red");
        fragment.push_mark(MarkKind::Close, 2);
        fragment.push_mark(MarkKind::Close, 1);
        fragment.push_protected(3, "ls");
        fragment.push_mark(MarkKind::Lone, 4);
        fragment.push_mark(MarkKind::Lone, 5);
        fragment
    }

    #[test]
    fn what_was_written_is_read_again() {
        let source = source();
        assert_eq!(read_tagged(&source, &source.to_tagged()), Ok(source));
    }

    #[test]
    fn other_spellings_of_a_tag_are_understood() {
        let reply = "Voir <G1>le < g id='2' >rouge</ g2></g1 > <X3 /><x4></x4><x5>";
        let target = read_tagged(&source(), reply).expect("tolerated");
        assert_eq!(target.text(), "Voir le rouge ls");
    }

    #[test]
    fn what_is_no_code_is_text() {
        let source = Fragment::plain("a");
        let target = read_tagged(&source, "<b>1 < 2 & 3</b> &lt;g1&gt; &nbsp;").expect("text");
        assert_eq!(target.text(), "<b>1 < 2 & 3</b> <g1> &nbsp;");
    }

    #[test]
    fn every_breach_of_law_3_is_refused() {
        let read = |reply: &str| read_tagged(&source(), reply).expect_err("refused");
        let whole = "<g1><g2>a</g2></g1><x3/><x4/><x5/>";
        assert!(read_tagged(&source(), whole).is_ok());
        assert_eq!(
            read("<g1><g2>a</g2></g1><x4/><x5/>"),
            MarkupError::Missing(3)
        );
        assert_eq!(
            read(&whole.replace("<x3/>", "<x3/><x3/>")),
            MarkupError::Unexpected(3)
        );
        assert_eq!(
            read(&whole.replace("<x3/>", "<x3/><x9/>")),
            MarkupError::Unexpected(9)
        );
        assert_eq!(
            read("<g1><g2>a</g1></g2><x3/><x4/><x5/>"),
            MarkupError::Nesting(1)
        );
        assert_eq!(
            read("<g1><g2>a</g2><x3/><x4/><x5/>"),
            MarkupError::Missing(1)
        );
        assert_eq!(
            read("</g1><g2>a</g2><g1><x3/><x4/><x5/>"),
            MarkupError::Nesting(1)
        );
        assert_eq!(
            read("<g1><g2>a</g2></g1><x3/><x5/><x4/>"),
            MarkupError::Order(5)
        );
        assert_eq!(
            read("<x1/><g2>a</g2></g1><x3/><x4/><x5/>"),
            MarkupError::Unexpected(1)
        );
    }
}
