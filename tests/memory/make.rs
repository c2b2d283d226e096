//! Memories and pairs to test with.

use std::path::PathBuf;
use std::sync::Arc;

use polypost::memory::{
    Context, Digest, Direction, Exact, Found, Match, Memory, Pair, Query, Snapshot, Sqlite, State,
    Wanted,
};
use polypost::unit::{Fragment, MarkKind};
use tempfile::TempDir;

/// All that is similar by half or more.
pub(crate) const ALL: Wanted = Wanted {
    threshold: 50,
    limit: usize::MAX,
    least: State::Machine,
};

/// A memory in a folder of its own.
pub(crate) struct Home {
    pub(crate) folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.folder.path().join(".polypost/memory.db")
    }

    pub(crate) fn open(&self) -> Sqlite {
        let (memory, damaged) = Sqlite::open(&self.path()).expect("a memory");
        assert_eq!(damaged, None);
        memory
    }

    /// Every file, with its bytes.
    pub(crate) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let mut files = Vec::new();
        for folder in [self.folder.path(), &self.folder.path().join(".polypost")] {
            let Ok(entries) = std::fs::read_dir(folder) else {
                continue;
            };
            for path in entries.map(|entry| entry.expect("an entry").path()) {
                if path.is_file() {
                    let name = path.file_name().expect("a name").to_string_lossy();
                    files.push((name.into_owned(), std::fs::read(&path).expect("bytes")));
                }
            }
        }
        files.sort();
        files
    }
}

pub(crate) fn direction(source: &str, target: &str) -> Arc<Direction> {
    Arc::new(Direction {
        source: source.parse().expect("a tag"),
        target: target.parse().expect("a tag"),
    })
}

/// A fragment from the form `a <g1>b</g1> <x2/> [3:protected]`.
pub(crate) fn fragment(text: &str) -> Fragment {
    let mut out = Fragment::default();
    let mut rest = text;
    while let Some(at) = ["<g", "</", "<x", "<l", "["]
        .iter()
        .filter_map(|tag| rest.find(tag))
        .min()
    {
        out.push_text(&rest[..at]);
        let close = if rest[at..].starts_with('[') {
            ']'
        } else {
            '>'
        };
        let end = at + rest[at..].find(close).expect("an end");
        let tag = &rest[at + 1..end];
        let number = |text: &str| text.parse().expect("a number");
        match tag.as_bytes()[0] {
            b'g' => out.push_mark(MarkKind::Open, number(&tag[1..])),
            b'/' => out.push_mark(MarkKind::Close, number(&tag[2..])),
            b'x' => out.push_mark(MarkKind::Standalone, number(tag[1..].trim_end_matches('/'))),
            b'l' => out.push_mark(MarkKind::Lone, number(tag[1..].trim_end_matches('/'))),
            _ => {
                let (code, text) = tag.split_once(':').expect("a protected text");
                out.push_protected(number(code), text);
            }
        }
        rest = &rest[end + 1..];
    }
    out.push_text(rest);
    out
}

pub(crate) fn pair(source: &str, target: &str) -> Pair {
    Pair {
        direction: direction("en", "de"),
        source: fragment(source),
        target: fragment(target),
        state: State::Machine,
        origin: "test".to_owned(),
        note: String::new(),
        contexts: Vec::new(),
    }
}

pub(crate) fn reviewed(source: &str, target: &str) -> Pair {
    Pair {
        state: State::Reviewed,
        ..pair(source, target)
    }
}

pub(crate) fn context(before: &str, after: &str) -> Context {
    Context {
        before: Some(Digest::of(before)),
        after: Some(Digest::of(after)),
        unit: None,
    }
}

pub(crate) fn placed(pair: Pair, context: Context) -> Pair {
    Pair {
        contexts: vec![context],
        ..pair
    }
}

pub(crate) fn look_up_at(
    memory: &Sqlite,
    at: Snapshot,
    source: &str,
    context: Context,
    wanted: Wanted,
) -> Found {
    let source = fragment(source);
    let query = Query {
        source: &source,
        context,
    };
    let found = memory.look_up(at, &direction("en", "de"), &[query], wanted);
    found.expect("a look-up").pop().expect("an answer")
}

/// The exact translation of a source, in a context.
pub(crate) fn exact_in(memory: &Sqlite, source: &str, context: Context) -> Option<Exact> {
    let now = memory.snapshot().expect("a snapshot");
    match look_up_at(memory, now, source, context, Wanted::EXACT) {
        Found::Exact(exact) => Some(exact),
        Found::Similar(matches) => {
            assert_eq!(matches, []);
            None
        }
    }
}

pub(crate) fn exact(memory: &Sqlite, source: &str) -> Option<Exact> {
    exact_in(memory, source, Context::default())
}

pub(crate) fn similar(memory: &Sqlite, source: &str) -> Vec<Match> {
    let now = memory.snapshot().expect("a snapshot");
    match look_up_at(memory, now, source, Context::default(), ALL) {
        Found::Exact(exact) => panic!("{exact:?}"),
        Found::Similar(matches) => matches,
    }
}

/// All pairs, in the order in which they were stored.
pub(crate) fn pairs(memory: &Sqlite) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let told = memory.for_each(|pair| {
        pairs.push(pair);
        Ok::<_, polypost::memory::MemoryError>(())
    });
    told.expect("all pairs");
    pairs
}
