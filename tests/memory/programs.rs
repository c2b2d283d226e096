//! Other programs that know TMX: Translate Toolkit, and `XML::TMX` of Perl.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use polypost::memory::{Pair, State};

use crate::make::{pair, reviewed};
use crate::python::{self, with_packages};
use crate::tmx::{read, rich, written};

fn folder() -> PathBuf {
    python::folder("memory")
}

/// What a program prints; none, with a message, where it is not installed.
fn output(command: &mut Command) -> Option<String> {
    match command.stdin(Stdio::null()).output() {
        Ok(output) => {
            let talk = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{talk}");
            Some(String::from_utf8(output.stdout).expect("UTF-8"))
        }
        Err(error) => {
            eprintln!("skipped: {command:?}: {error}");
            None
        }
    }
}

/// What both write of their own.
fn fish() -> Pair {
    Pair {
        note: "a note".to_owned(),
        origin: "file".to_owned(),
        ..reviewed("Fish & <chips>", "Fisch „und“ Fritten")
    }
}

#[test]
fn translate_toolkit_reads_ours_and_its_files_are_read() {
    let Some(python) = with_packages("memory", "toolkit") else {
        return;
    };
    let place = tempfile::tempdir().expect("a folder");
    let [given, again, own] = ["given", "again", "own"].map(|name| place.path().join(name));
    let pairs = rich();
    std::fs::write(&given, written(&pairs)).expect("written");
    let said = output(
        Command::new(python)
            .arg(folder().join("toolkit.py"))
            .args([&given, &again, &own]),
    );
    let seen: Vec<(String, String, String)> =
        serde_json::from_str(&said.expect("a Python")).expect("JSON");
    // It shows codes by their content.
    assert_eq!(seen[0].0, "a < <g1>red</g1> & ls -l <x> house<x3/><x4/>");
    assert_eq!(seen[0].1, "<x4/><x3/>ein <g1>rotes</g1> ls -l <x> Haus >");
    assert_eq!(seen[1].2, pairs[1].note);
    assert_eq!(seen.len(), pairs.len());
    let text = |path: &Path| std::fs::read_to_string(path).expect("a file");
    assert_eq!(read(&text(&again)), pairs);
    assert_eq!(read(&text(&own)), [fish()]);
}

#[test]
fn xml_tmx_reads_ours_and_its_files_are_read() {
    let place = tempfile::tempdir().expect("a folder");
    let [given, own] = ["given", "own"].map(|name| place.path().join(name));
    let noted = Pair {
        note: "two words".to_owned(),
        ..pair("A <g1>red</g1> house & more", "Ein <g1>rotes</g1> Haus 😀")
    };
    assert_eq!(noted.state, State::Machine);
    std::fs::write(&given, written(&[noted, reviewed("Open", "Öffnen")])).expect("written");
    let is_there = Command::new("perl")
        .args(["-MXML::TMX::Reader", "-e", "1"])
        .output();
    if !is_there.is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: Perl has no XML::TMX here");
        return;
    }
    let said = output(
        Command::new("perl")
            .arg(folder().join("xml_tmx.pl"))
            .args([&given, &own]),
    );
    // Of codes it shows tags and content, unescaped.
    let tags = "<bpt i=\"1\" x=\"1\"><g1></bpt>";
    let swapped = "<bpt x=\"1\" i=\"1\"><g1></bpt>";
    assert_eq!(
        said.expect("Perl").replace(swapped, tags),
        format!(
            "two words\nmachine\n\
             de: Ein {tags}rotes<ept i=\"1\"></g1></ept> Haus 😀\n\
             en: A {tags}red<ept i=\"1\"></g1></ept> house & more\n\
             reviewed\nde: Öffnen\nen: Open\n"
        )
    );
    let red = Pair {
        origin: "file".to_owned(),
        ..reviewed("A <g1>red</g1> house", "Ein <g1>rotes</g1> Haus")
    };
    let theirs = std::fs::read_to_string(&own).expect("a file");
    assert_eq!(read(&theirs), [fish(), red]);
}
