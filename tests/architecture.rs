//! The rules of the house: which room may know which, and who names which library.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Every room, and the rooms that it may know.
const ROOMS: [(&str, &[&str]); 12] = [
    ("unit", &[]),
    ("post", &[]),
    ("route", &[]),
    ("html", &["post", "unit"]),
    ("backend", &["unit"]),
    ("catalog", &["unit"]),
    ("memory", &["unit"]),
    ("glossary", &["unit"]),
    ("translate", &["backend", "glossary", "memory", "unit"]),
    (
        "pipeline",
        &[
            "backend",
            "catalog",
            "html",
            "memory",
            "post",
            "route",
            "translate",
            "unit",
        ],
    ),
    (
        "message",
        &[
            "backend",
            "catalog",
            "glossary",
            "html",
            "memory",
            "pipeline",
            "post",
            "route",
            "translate",
            "unit",
        ],
    ),
    (
        "cli",
        &[
            "backend",
            "catalog",
            "glossary",
            "html",
            "memory",
            "message",
            "pipeline",
            "post",
            "route",
            "translate",
            "unit",
        ],
    ),
];

/// Libraries that only some rooms may name.
const LIBRARIES: [(&str, &[&str]); 14] = [
    ("scraper", &["html"]),
    ("html5ever", &["html"]),
    ("ego_tree", &["html"]),
    ("html5gum", &["html"]),
    ("reqwest", &["backend"]),
    ("rusqlite", &["memory"]),
    ("quick_xml", &["catalog", "glossary", "memory"]),
    ("csv", &["glossary"]),
    ("frostem", &["glossary"]),
    ("fxtranslate", &["backend"]),
    ("clap", &["cli"]),
    ("fluent_bundle", &["message"]),
    ("indicatif", &["cli"]),
    ("anstream", &["cli"]),
];

const LONGEST_FILE: usize = 500;

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            out.push(path);
        }
    }
}

/// Every source file below `folder`, with its text.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let mut paths = Vec::new();
    sources(&root, &mut paths);
    paths.sort();
    paths
        .into_iter()
        .map(|path| {
            let text = fs::read_to_string(&path).expect("readable");
            let path = path
                .strip_prefix(env!("CARGO_MANIFEST_DIR"))
                .expect("inside")
                .to_owned();
            (path, text)
        })
        .collect()
}

/// The room of a file: the first part of its path below `src`.
fn room(path: &Path) -> String {
    let part = path.components().nth(1).expect("below src");
    part.as_os_str()
        .to_string_lossy()
        .trim_end_matches(".rs")
        .to_owned()
}

/// The code of a file: without comments and doc comments.
fn code(text: &str) -> String {
    text.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The identifiers that follow `prefix` in a text, those in braces too.
fn names_after(text: &str, prefix: &str) -> Vec<String> {
    let identifier = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut names = Vec::new();
    for (at, _) in text.match_indices(prefix) {
        let rest = &text[at + prefix.len()..];
        match rest.strip_prefix('{') {
            Some(list) => {
                let list = list.split('}').next().unwrap_or_default();
                names.extend(list.split(',').map(|name| identifier(name.trim())));
            }
            None => names.push(identifier(rest)),
        }
    }
    names
}

#[test]
fn every_room_knows_only_those_below_it() {
    let known: BTreeMap<_, _> = ROOMS.into_iter().collect();
    let mut seen = 0;
    for (path, text) in files("src") {
        let room = room(&path);
        let Some(allowed) = known.get(room.as_str()) else {
            assert!(
                matches!(room.as_str(), "lib" | "main"),
                "{} is in no room",
                path.display()
            );
            continue;
        };
        for name in names_after(&code(&text), "crate::") {
            seen += 1;
            assert!(
                name == room || allowed.contains(&name.as_str()),
                "{} uses `crate::{name}`, which `{room}` must not know",
                path.display()
            );
        }
    }
    assert!(
        seen > 50,
        "only {seen} uses were found: is the test still looking at the right thing?"
    );
}

#[test]
fn libraries_are_named_where_they_belong() {
    for (library, rooms) in LIBRARIES {
        let mut users = 0;
        for (path, text) in files("src") {
            let code = code(&text);
            if !code.contains(&format!("{library}::")) {
                continue;
            }
            users += 1;
            assert!(
                rooms.contains(&room(&path).as_str()),
                "{} names `{library}`, which belongs to {rooms:?}",
                path.display()
            );
        }
        assert!(users > 0, "nobody names `{library}` any more");
    }
}

#[test]
fn only_the_command_line_prints() {
    for (path, text) in files("src") {
        let code = code(&text);
        let prints = [
            "println!",
            "print!(",
            "eprint",
            "dbg!",
            "io::stdout",
            "io::stderr",
        ]
        .iter()
        .any(|word| code.contains(word));
        assert!(!prints || room(&path) == "cli", "{} prints", path.display());
    }
}

#[test]
fn files_stay_short() {
    for (path, text) in files("src").into_iter().chain(files("tests")) {
        let lines = text.lines().count();
        assert!(
            lines <= LONGEST_FILE,
            "{} has {lines} lines",
            path.display()
        );
    }
}

#[test]
fn nothing_is_unfinished_or_silenced() {
    for (path, text) in files("src") {
        for word in [
            "todo!(",
            "unimplemented!(",
            "TODO",
            "FIXME",
            "#[allow(",
            "#![allow(",
            "#[ignore",
        ] {
            assert!(!text.contains(word), "{} has `{word}`", path.display());
        }
    }
}
