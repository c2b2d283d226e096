//! Translations as the memory holds them, and what it is asked for.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use crate::unit::{Fragment, Locale, check_codes};

use super::hash::hash_of;

/// From which language to which. Tags are compared as they are: `en` and `en-GB` are two.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Direction {
    /// Language of the source.
    pub source: Locale,
    /// Language of the target.
    pub target: Locale,
}

/// How far a translation can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum State {
    /// A machine made it, and nobody has looked at it.
    Machine,
    /// A person made, edited or approved it.
    Reviewed,
}

impl State {
    /// Its name in files: `machine` or `reviewed`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Machine => "machine",
            Self::Reviewed => "reviewed",
        }
    }
}

/// A digest of a text, by which contexts are compared. Two texts share one by chance only once in
/// 2⁶⁴.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Digest(pub(super) u64);

impl Digest {
    /// The digest of a text, the same in every version and on every machine.
    pub fn of(text: &str) -> Self {
        Self(hash_of(&[text.as_bytes()]))
    }
}

impl fmt::Display for Digest {
    /// Sixteen digits of base 16.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

/// A text that is no digest.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no digest of sixteen digits")]
pub struct DigestError(pub String);

impl FromStr for Digest {
    type Err = DigestError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let is_digest = text.len() == 16 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_digest
            .then(|| u64::from_str_radix(text, 16).ok())
            .flatten()
            .map(Self)
            .ok_or_else(|| DigestError(text.to_owned()))
    }
}

/// Where a segment stands: the segments around it, and its unit. What is not known is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Context {
    /// Of the text of the segment before it.
    pub before: Option<Digest>,
    /// Of the text of the segment behind it.
    pub after: Option<Digest>,
    /// Of what tells its unit from others.
    pub unit: Option<Digest>,
}

impl Context {
    /// Whether nothing is known of it. Such contexts are never the same.
    pub fn is_unknown(&self) -> bool {
        *self == Self::default()
    }
}

/// A segment and its translation.
///
/// The codes of the target are those of the source (law 3), or it has none at all, as where it was
/// imported from a file whose codes don't match. Their numbers don't matter: the memory counts
/// them anew, in the order of the source.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    /// The languages.
    pub direction: Arc<Direction>,
    /// What is translated.
    pub source: Fragment,
    /// Its translation.
    pub target: Fragment,
    /// How far it can be relied on.
    pub state: State,
    /// Who made it: the name of a backend, of a file, of a tool.
    pub origin: String,
    /// What people noted on it; empty where they did not.
    pub note: String,
    /// Where it stands; nothing where that is not known.
    pub contexts: Vec<Context>,
}

impl Pair {
    /// The target, without its codes where they break law 3.
    pub fn lawful_target(&self) -> Cow<'_, Fragment> {
        if check_codes(&self.source, &self.target).is_ok() {
            Cow::Borrowed(&self.target)
        } else {
            Cow::Owned(Fragment::plain(self.target.text()))
        }
    }
}

/// A moment of the memory. Whoever looks up at one does not see what was stored later, in
/// whatever process (law 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Snapshot(pub(super) u64);

/// A segment to look up.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// Its source.
    pub source: &'a Fragment,
    /// Where it stands.
    pub context: Context,
}

/// Which similar translations are wanted where there is no exact one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The least similarity, in percent, from 50 to 100; what is outside counts as the nearest of
    /// these.
    pub threshold: u8,
    /// How many at most; with 0 nothing similar is looked for.
    pub limit: usize,
    /// How far translations have to be relied on at least; the others are as if they were not there.
    pub least: State,
}

impl Wanted {
    /// Exact translations alone.
    pub const EXACT: Self = Self {
        threshold: 100,
        limit: 0,
        least: State::Machine,
    };

    /// Exact translations alone, of people.
    pub const REVIEWED: Self = Self {
        least: State::Reviewed,
        ..Self::EXACT
    };
}

/// What the memory has for a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A translation of just this text with just these codes.
    Exact(Exact),
    /// Translations of similar texts, best first; nothing where there are none.
    Similar(Vec<Match>),
}

/// A translation of the text that was looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exact {
    /// The translation; its codes are those of the segment that was looked up.
    pub target: Fragment,
    /// Whether it stood between the same segments in the same unit.
    pub is_same_context: bool,
    /// How far it can be relied on.
    pub state: State,
    /// Who made it.
    pub origin: String,
    /// What people noted on it.
    pub note: String,
}

/// Where the codes of a similar translation are from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Codes {
    /// They stand where those of the translation stood, or there are none.
    Kept,
    /// They were put in by an estimate of the alignment.
    Estimated,
    /// They are missing: the text is good for showing and as an example, not as a target.
    Missing,
}

/// A translation of a similar text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Match {
    /// How similar the sources are, in percent; see [`similarity`](super::similarity).
    pub similarity: u8,
    /// The same, less 5 where the places of codes were estimated and 10 where codes are missing.
    pub score: u8,
    /// The source of the translation.
    pub source: Fragment,
    /// The translation. But for [`Codes::Missing`] its codes are those of the segment that was
    /// looked up, as law 3 has it.
    pub target: Fragment,
    /// Where its codes are from.
    pub codes: Codes,
    /// How far it can be relied on.
    pub state: State,
    /// Who made it.
    pub origin: String,
    /// What people noted on it.
    pub note: String,
}
