//! The file to which a localized post is written, by a pattern such as `{lang}/{path}`.
//!
//! Paths here are relative to the project root and have forward slashes on all systems.

use std::fmt::Write as _;

use thiserror::Error;

/// A pattern of literal text and placeholders.
///
/// | placeholder | for the source `posts/news/7.json` |
/// | --- | --- |
/// | `{lang}` | the target locale as configured: `pt-BR` |
/// | `{path}` | `posts/news/7.json` |
/// | `{dir}` | `posts/news`; when it is empty, the slash after it goes too |
/// | `{stem}` | `7` |
/// | `{ext}` | `json`; when there is none, the dot before it goes too |
/// | `{slug}` | the slug of the localized post |
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutputPattern {
    pieces: Vec<Piece>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    Value(Placeholder),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Placeholder {
    Lang,
    Path,
    Dir,
    Stem,
    Ext,
    Slug,
}

const PLACEHOLDERS: [(&str, Placeholder); 6] = [
    ("lang", Placeholder::Lang),
    ("path", Placeholder::Path),
    ("dir", Placeholder::Dir),
    ("stem", Placeholder::Stem),
    ("ext", Placeholder::Ext),
    ("slug", Placeholder::Slug),
];

/// What can be wrong with a pattern. Positions are bytes of the pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum PatternError {
    /// It is empty.
    #[error("empty pattern")]
    Empty,
    /// A placeholder that does not exist.
    #[error("unknown placeholder {{{name}}} at byte {at}")]
    UnknownPlaceholder {
        /// Its name as written.
        name: String,
        /// Where its brace stands.
        at: usize,
        /// The name that was perhaps meant.
        suggestion: Option<&'static str>,
    },
    /// An opening brace without its closing one.
    #[error("unclosed placeholder at byte {at}")]
    Unclosed {
        /// Where the brace stands.
        at: usize,
        /// The placeholder that was perhaps meant.
        suggestion: Option<&'static str>,
    },
    /// A closing brace without its opening one.
    #[error("closing brace without an opening one at byte {at}")]
    Unopened {
        /// Where the brace stands.
        at: usize,
    },
}

/// Why a pattern gives no usable path for a post.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum OutputError {
    /// The pattern has `{slug}` and the post has none.
    #[error("the post has no slug")]
    MissingSlug,
    /// A slug or locale that is no file name: empty, dots only, with a slash, a backslash or a
    /// control character.
    #[error("not usable in a path: {value:?}")]
    Value {
        /// The name of the placeholder: `slug` or `lang`.
        placeholder: &'static str,
        /// Its value.
        value: String,
    },
    /// The path names no file: it is empty or ends with a slash.
    #[error("names no file: {path:?}")]
    NoFile {
        /// The path.
        path: String,
    },
    /// The path begins with a slash or a Windows drive.
    #[error("absolute path: {path}")]
    Absolute {
        /// The path.
        path: String,
    },
    /// The path has a `..` segment, or one that Windows reads as such.
    #[error("leaves the project: {path}")]
    LeavesProject {
        /// The path.
        path: String,
    },
    /// The path has a backslash or a control character.
    #[error("unusable character {character:?} in path {path:?}")]
    Character {
        /// The path.
        path: String,
        /// The first such character.
        character: char,
    },
    /// The path is that of the source.
    #[error("would overwrite the source: {path}")]
    IsSource {
        /// The path.
        path: String,
    },
}

/// What a pattern is filled with.
#[derive(Debug, Clone, Copy)]
pub struct OutputParts<'p> {
    /// The target locale.
    pub lang: &'p str,
    /// The source file, relative to the project root, with forward slashes.
    pub path: &'p str,
    /// The slug of the localized post, if it is a post that has one.
    pub slug: Option<&'p str>,
}

impl Default for OutputPattern {
    /// `{lang}/{path}`.
    fn default() -> Self {
        let slash = Piece::Literal("/".into());
        Self {
            pieces: vec![
                Piece::Value(Placeholder::Lang),
                slash,
                Piece::Value(Placeholder::Path),
            ],
        }
    }
}

impl OutputPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    /// When it is empty, or has a brace that is no part of a known placeholder.
    pub fn parse(pattern: &str) -> Result<Self, PatternError> {
        let mut pieces = Vec::new();
        let mut at = 0;
        while let Some(rest) = pattern.get(at..).filter(|rest| !rest.is_empty()) {
            let literal = rest.split(['{', '}']).next().unwrap_or_default();
            let braced = rest.get(literal.len()..).unwrap_or_default();
            let brace = at + literal.len();
            if !literal.is_empty() {
                pieces.push(Piece::Literal(literal.to_owned()));
            }
            at = match braced.strip_prefix('{') {
                Some(braced) => {
                    let (name, placeholder) = read_placeholder(braced, brace)?;
                    pieces.push(Piece::Value(placeholder));
                    brace + name.len() + 2
                }
                None if braced.is_empty() => brace,
                None => return Err(PatternError::Unopened { at: brace }),
            };
        }
        if pieces.is_empty() {
            Err(PatternError::Empty)
        } else {
            Ok(Self { pieces })
        }
    }

    /// Whether the path depends on the target locale. Without that, two targets of one source would
    /// be written to the same file.
    pub fn has_lang(&self) -> bool {
        self.pieces.contains(&Piece::Value(Placeholder::Lang))
    }

    /// Whether the path depends on the slug, so that each post needs a file of its own.
    pub fn has_slug(&self) -> bool {
        self.pieces.contains(&Piece::Value(Placeholder::Slug))
    }

    /// The path for one source file and one target, relative to the project root.
    ///
    /// `.` segments and doubled slashes are left out.
    ///
    /// # Errors
    /// When the path would not be a file inside the project, or would be the source itself.
    pub fn render(&self, parts: &OutputParts<'_>) -> Result<String, OutputError> {
        let values = Values::read(parts);
        let mut path = String::new();
        let mut skips_slash = false;
        for piece in &self.pieces {
            let text = match piece {
                Piece::Literal(text) if skips_slash => text.strip_prefix('/').unwrap_or(text),
                Piece::Literal(text) => text,
                Piece::Value(placeholder) => values.get(*placeholder)?,
            };
            skips_slash = *piece == Piece::Value(Placeholder::Dir) && text.is_empty();
            if *piece == Piece::Value(Placeholder::Ext) && text.is_empty() && path.ends_with('.') {
                path.pop();
            }
            path.push_str(text);
        }
        let path = check(&path)?;
        if check(parts.path).is_ok_and(|source| source == path) {
            return Err(OutputError::IsSource { path });
        }
        Ok(path)
    }
}

fn read_placeholder(braced: &str, at: usize) -> Result<(&str, Placeholder), PatternError> {
    let name = braced.split(['}', '{', '/']).next().unwrap_or_default();
    if !braced
        .get(name.len()..)
        .is_some_and(|rest| rest.starts_with('}'))
    {
        return Err(PatternError::Unclosed {
            at,
            suggestion: suggest(name),
        });
    }
    match PLACEHOLDERS.iter().find(|(known, _)| *known == name) {
        Some((_, placeholder)) => Ok((name, *placeholder)),
        None => Err(PatternError::UnknownPlaceholder {
            name: name.to_owned(),
            at,
            suggestion: suggest(name),
        }),
    }
}

/// The placeholder nearest to `name`, if it is near: other words for the same thing first, then a
/// word that begins with it or that it begins with, then likeness.
fn suggest(name: &str) -> Option<&'static str> {
    const SYNONYMS: [(&str, &str); 11] = [
        ("locale", "lang"),
        ("target", "lang"),
        ("tag", "lang"),
        ("file", "path"),
        ("folder", "dir"),
        ("directory", "dir"),
        ("parent", "dir"),
        ("name", "stem"),
        ("basename", "stem"),
        ("filename", "stem"),
        ("suffix", "ext"),
    ];
    let name = name.trim().to_lowercase();
    if name.is_empty() || name.len() > 16 {
        return None;
    }
    let names = || PLACEHOLDERS.iter().map(|(known, _)| *known);
    let synonym = SYNONYMS
        .iter()
        .find(|(word, _)| *word == name)
        .map(|(_, known)| *known);
    let begins = || names().find(|known| known.starts_with(&name) || name.starts_with(known));
    let near = || {
        let rated = names().map(|known| (strsim::damerau_levenshtein(&name, known), known));
        rated
            .min_by_key(|(distance, _)| *distance)
            .filter(|(distance, _)| *distance <= 2)
    };
    synonym
        .or_else(begins)
        .or_else(|| near().map(|(_, known)| known))
}

/// The values of all placeholders for one file.
struct Values<'p> {
    parts: OutputParts<'p>,
    dir: &'p str,
    stem: &'p str,
    ext: &'p str,
}

impl<'p> Values<'p> {
    fn read(parts: &OutputParts<'p>) -> Self {
        let (dir, name) = parts.path.rsplit_once('/').unwrap_or(("", parts.path));
        // A dot at the beginning marks a hidden file and not an extension.
        let split = name.rsplit_once('.').filter(|(stem, _)| !stem.is_empty());
        let (stem, ext) = split.unwrap_or((name, ""));
        Self {
            parts: *parts,
            dir,
            stem,
            ext,
        }
    }

    fn get(&self, placeholder: Placeholder) -> Result<&'p str, OutputError> {
        match placeholder {
            Placeholder::Lang => check_name("lang", self.parts.lang),
            Placeholder::Path => Ok(self.parts.path),
            Placeholder::Dir => Ok(self.dir),
            Placeholder::Stem => Ok(self.stem),
            Placeholder::Ext => Ok(self.ext),
            Placeholder::Slug => {
                check_name("slug", self.parts.slug.ok_or(OutputError::MissingSlug)?)
            }
        }
    }
}

/// A value that has to be one file name, since it comes from a post or from the command line.
fn check_name<'v>(placeholder: &'static str, value: &'v str) -> Result<&'v str, OutputError> {
    let is_name =
        !is_dots(value) && !value.contains(|c: char| c.is_control() || "/\\:".contains(c));
    if is_name {
        Ok(value)
    } else {
        Err(OutputError::Value {
            placeholder,
            value: value.to_owned(),
        })
    }
}

/// Checks that `path` stays in the project on any system, and leaves out what says nothing.
fn check(path: &str) -> Result<String, OutputError> {
    let shown = || path.to_owned();
    if let Some(character) = path.chars().find(|c| c.is_control() || *c == '\\') {
        return Err(OutputError::Character {
            path: shown(),
            character,
        });
    }
    if path.starts_with('/') {
        return Err(OutputError::Absolute { path: shown() });
    }
    let mut clean = String::with_capacity(path.len());
    for segment in path
        .split('/')
        .filter(|segment| !matches!(*segment, "" | "."))
    {
        if is_dots(segment) {
            return Err(OutputError::LeavesProject { path: shown() });
        }
        let slash = if clean.is_empty() { "" } else { "/" };
        let _ = write!(clean, "{slash}{segment}");
    }
    if clean.as_bytes().get(1) == Some(&b':')
        && clean.starts_with(|c: char| c.is_ascii_alphabetic())
    {
        return Err(OutputError::Absolute { path: shown() });
    }
    if clean.is_empty() || path.ends_with('/') || path.ends_with("/.") {
        return Err(OutputError::NoFile { path: shown() });
    }
    Ok(clean)
}

/// Whether a name is empty on Windows, which drops dots and spaces at the end: `..`, `.. `, `...`.
fn is_dots(name: &str) -> bool {
    name.trim_end_matches(['.', ' ']).is_empty()
}
