//! What the tools of translators make of our files: Translate Toolkit, polib and GNU gettext.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use polypost::catalog::{
    Applied, Candidate, Catalog, CatalogSegment, CatalogUnit, Change, Context, Note, Origin, State,
    SubState,
};
use polypost::unit::Fragment;
use serde_json::Value;

use crate::exchange::{FORMATS, Format};
use crate::generate::reworded;
use crate::{posts, python, schema};

/// A post with what could trip tools: quotes, entities, white space, other scripts, codes.
const POST: &str = "<h1>Fish &amp; \"chips\"</h1>
<p>First <b>one</b>. It <i>goes on. And</i> ends with C:\\new.</p>
<p>Run <code>ls -l</code> &lt;now&gt;, for 5&nbsp;% 中文 \u{1f600}<br>on two lines.</p>
<pre>kept  as
it\tis</pre>
<p>Not translated yet.</p>";

/// A catalog in all states.
fn catalog() -> Catalog {
    let mut catalog = posts::translated(POST);
    let units = &mut catalog.files[0].units;
    units[0].notes.push(Note {
        category: Some("question".to_owned()),
        text: "Who says \"chips\"?".to_owned(),
        ..Note::default()
    });
    units[0].limit = Some(40);
    let segments: Vec<&mut CatalogSegment> = units
        .iter_mut()
        .flat_map(CatalogUnit::segments_mut)
        .collect();
    let last = segments.len() - 1;
    for (at, segment) in segments.into_iter().enumerate() {
        match at {
            0 => {
                segment.sub_state = Some(SubState::Estimated);
                let old = Fragment::plain("Fish & crisps");
                let target = Fragment::plain("Fisch & Chips");
                let origin = Origin::Person;
                let candidate = Candidate::new(&old, &target, &[], 71, origin);
                segment.candidates.push(candidate);
            }
            1 => segment.state = State::Reviewed,
            2 => segment.state = State::Final,
            3 => {
                segment.target = Some(reworded(&segment.source, "ein \"Mensch\" & \\n"));
            }
            at if at == last => {
                *segment = CatalogSegment::new(segment.id.clone(), segment.source.clone());
            }
            _ => {}
        }
    }
    catalog
}

/// Catalogs to send through tools: the post, and any that have no characters that files can't.
fn catalogs() -> Vec<Catalog> {
    let is_plain = |catalog: &Catalog| {
        let mut segments = catalog.files.iter().flat_map(|file| &file.units);
        let is_plain = |fragment: &Fragment| {
            !fragment
                .text()
                .chars()
                .any(|c| (c.is_control() && !"\n\t".contains(c)) || "\u{fffe}\u{ffff}".contains(c))
        };
        segments.all(|unit| {
            unit.segments().all(|segment| {
                is_plain(&segment.source) && segment.target.as_ref().is_none_or(is_plain)
            })
        })
    };
    let any = schema::catalogs(120);
    let any = any.into_iter().filter(is_plain).take(20);
    [catalog()].into_iter().chain(any).collect()
}

fn segments(catalog: &Catalog) -> Vec<&CatalogSegment> {
    let units = catalog.files.iter().flat_map(|file| &file.units);
    units.flat_map(CatalogUnit::segments).collect()
}

/// Runs a program; fails with what it says.
fn run(command: &mut Command) -> String {
    let output = command.stdin(Stdio::null()).output().expect("a program");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{command:?}: {talk}");
    String::from_utf8(output.stdout).expect("text")
}

/// Sends an export through a library: what the library saw, and the file that it wrote.
fn through(
    interpreter: &Path,
    library: &str,
    format: &Format,
    catalog: &Catalog,
    what: &str,
) -> (Vec<Value>, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let [sent, returned] = ["in.file", "out.file"].map(|name| folder.path().join(name));
    fs::write(&sent, (format.1)(catalog, Context::Neighbours)).expect("a file");
    let mut command = Command::new(interpreter);
    command
        .arg(python::folder("catalog").join("toolkit.py"))
        .args([library, format.0])
        .args([&sent, &returned])
        .arg(what);
    let seen = run(&mut command);
    let seen = seen
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"));
    (
        seen.collect(),
        fs::read_to_string(returned).expect("a file"),
    )
}

/// Takes in a file that should change nothing.
fn changes_nothing(name: &str, format: &Format, catalog: &Catalog, text: &str) {
    let imported = (format.2)(text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    let mut same = catalog.clone();
    let applied = same.apply(imported).expect("the same languages");
    assert_eq!(applied, Applied::default(), "{name}\n{text}");
    assert_eq!(&same, catalog, "{name}\n{text}");
}

/// Changes the case of letters outside of protected spans.
fn swapped(target: &Fragment) -> Fragment {
    let swap = |c: char| -> String {
        if c.is_uppercase() {
            c.to_lowercase().collect()
        } else {
            c.to_uppercase().collect()
        }
    };
    let mut out = Fragment::default();
    for item in target.items() {
        match item {
            polypost::unit::Item::Text(range) => {
                let text: String = target.text()[range].chars().map(swap).collect();
                out.push_text(&text);
            }
            polypost::unit::Item::Mark(mark) => match mark.kind {
                polypost::unit::MarkKind::Protected { .. } => {
                    out.push_protected(mark.code, &target.text()[mark.at..mark.end()]);
                }
                kind => out.push_mark(kind, mark.code),
            },
        }
    }
    out
}

fn library(interpreter: &Path, library: &str, format: &Format) {
    let name = format!("{library}, {}", format.0);
    for catalog in catalogs() {
        let (seen, text) = through(interpreter, library, format, &catalog, "keep");
        let own = segments(&catalog);
        assert_eq!(seen.len(), own.len(), "{name}");
        changes_nothing(&name, format, &catalog, &text);
        for (seen, own) in seen.iter().zip(own) {
            let is_tagged = format.0 == "po";
            let target = own.target.as_ref();
            if is_tagged {
                assert_eq!(seen["source"], own.source.to_tagged(), "{name}");
                let target = target.map_or_else(String::new, Fragment::to_tagged);
                assert_eq!(seen["target"], target, "{name}");
                let is_fuzzy = own.target.is_some() && own.needs_review();
                assert_eq!(seen["fuzzy"], is_fuzzy, "{name}");
            } else {
                // Some targets only fill a place.
                let has_text = target.is_some_and(|target| !target.text().is_empty());
                assert!(!has_text || seen["target"] != "", "{name}");
                assert_eq!(seen["approved"], own.state >= State::Reviewed, "{name}");
            }
        }
    }

    let before = catalog();
    let (_, text) = through(interpreter, library, format, &before, "edit");
    let mut after = before.clone();
    let imported = (format.2)(&text).unwrap_or_else(|error| panic!("{name}: {error}\n{text}"));
    let applied = after.apply(imported).expect("the same languages");
    assert_eq!(applied.refused, [], "{name}\n{text}");
    assert_eq!(applied.unknown, [], "{name}\n{text}");
    assert!(applied.taken.iter().all(|one| one.change == Change::Edited));
    for (before, after) in segments(&before).into_iter().zip(segments(&after)) {
        let wanted = before.target.as_ref().map(swapped);
        assert_eq!(after.target, wanted, "{name}\n{text}");
        assert!(after.target.is_none() || after.is_persons());
    }
    let first = segments(&after)[0];
    if format.0 != "po" {
        assert!(first.state >= State::Reviewed, "{name}\n{text}");
    }
    let notes = &after.files[0].units[0].notes;
    let has = |words: &str| notes.iter().filter(|note| note.text == words).count();
    assert_eq!(has("Seen by a person."), 1, "{name}: {notes:#?}\n{text}");
    assert_eq!(has("Who says \"chips\"?"), 1, "{name}: {notes:#?}\n{text}");
}

fn interpreter() -> Option<PathBuf> {
    python::with_packages("catalog", "catalog")
}

#[test]
fn files_pass_through_translate_toolkit() {
    let Some(interpreter) = interpreter() else {
        return;
    };
    for format in &FORMATS {
        library(&interpreter, "toolkit", format);
    }
}

#[test]
fn po_files_pass_through_polib() {
    let Some(interpreter) = interpreter() else {
        return;
    };
    library(&interpreter, "polib", &FORMATS[2]);
}

#[test]
fn po_files_pass_through_gettext() {
    if Command::new("msgcat").arg("--version").output().is_err() {
        eprintln!("skipped: no msgcat");
        return;
    }
    let format = &FORMATS[2];
    let folder = tempfile::tempdir().expect("a folder");
    let [sent, returned] = ["in.po", "out.po"].map(|name| folder.path().join(name));
    fs::write(&sent, (format.1)(&catalog(), Context::Neighbours)).expect("a file");
    // A segment of a post never begins or ends with a line feed, which this would not allow.
    run(Command::new("msgfmt")
        .args(["--check-format", "--check-domain", "--output-file"])
        .arg(folder.path().join("out.mo"))
        .arg(&sent));
    for catalog in catalogs() {
        fs::write(&sent, (format.1)(&catalog, Context::Neighbours)).expect("a file");
        for arguments in [
            &["--width=30"][..],
            &["--sort-output"],
            &["--no-wrap", "--escape"],
        ] {
            run(Command::new("msgcat")
                .args(arguments)
                .args(["--force-po", "--output-file"])
                .args([&returned, &sent]));
            let text = fs::read_to_string(&returned).expect("a file");
            changes_nothing("msgcat", format, &catalog, &text);
        }
    }
}
