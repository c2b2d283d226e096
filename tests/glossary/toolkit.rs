//! The round trip through Translate Toolkit, from the Python Package Index: it reads what we
//! write, and we read what it makes of that.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use polypost::glossary::{Delimiter, Format, TbxForm};

use crate::{listed, locale, read};

const TABLE: &str = "\
en,de,de:forbidden,part-of-speech,do-not-translate,note
account,Konto,Account,noun,,for <people> & machines
log in,anmelden,,verb,,
Harbour Tours,Harbour Tours,,,yes,
quay “7”,Kai „7“,,,,
";

/// A Python with the toolkit in it, below `target`; nothing where this machine has no `venv`.
fn python() -> Option<PathBuf> {
    let list = folder().join("requirements.txt");
    let wanted = std::fs::read(&list).expect("the requirements");
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join("translate-toolkit");
    let python = place.join("bin/python");
    let stamp = place.join("requirements.txt");
    if std::fs::read(&stamp).is_ok_and(|have| have == wanted) {
        return Some(python);
    }
    let run = |program: &Path, arguments: &[&str], path: &Path| {
        let mut command = Command::new(program);
        command.args(arguments).arg(path).stdin(Stdio::null());
        command.output()
    };
    match run(Path::new("python3"), &["-m", "venv", "--clear"], &place) {
        Ok(made) if made.status.success() => {}
        other => {
            eprintln!("skipped: python3 -m venv: {other:?}");
            return None;
        }
    }
    let pip = run(&python, &["-m", "pip", "install", "--quiet", "-r"], &list).expect("pip");
    let talk = String::from_utf8_lossy(&pip.stderr);
    assert!(pip.status.success(), "{talk}");
    std::fs::write(stamp, wanted).expect("the stamp");
    Some(python)
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/glossary/toolkit")
}

/// What the toolkit writes of a file that is given to it, and what it says of it.
fn through(python: &Path, arguments: &[&str], name: &str, text: &str) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let (given, made) = (folder.path().join(name), folder.path().join("made"));
    std::fs::write(&given, text).expect("a file");
    let script = self::folder().join("pass.py");
    let output = Command::new(python)
        .arg(script)
        .args(arguments)
        .args([&given, &made])
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::null())
        .output()
        .expect("the script");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {talk}");
    let made = std::fs::read_to_string(made).expect("what it made");
    (made, String::from_utf8(output.stdout).expect("text"))
}

/// One test, as there is one Python to be made.
#[test]
fn glossaries_go_through_translate_toolkit_and_come_back() {
    let Some(python) = python() else {
        return;
    };
    let glossary = read(TABLE, Format::Csv);

    // TBX of ours, read and written again by the toolkit.
    let ours = glossary.to_tbx(TbxForm::Martif, &locale("en"));
    let (theirs, said) = through(&python, &["tbx"], "a.tbx", &ours);
    assert_eq!(
        said,
        "account|Konto,-Account|noun|True\n\
         log in|anmelden|verb|True\n\
         Harbour Tours|Harbour Tours||False\n\
         quay “7”|Kai „7“||True\n"
    );
    assert_eq!(
        listed(&read(&theirs, Format::Tbx)),
        listed(&glossary),
        "{theirs}"
    );

    // TBX that the toolkit makes, written again by us.
    let (theirs, _) = through(&python, &["made"], "b.tbx", "");
    let made = read(&theirs, Format::Tbx);
    assert_eq!(
        listed(&made),
        "noun Auto where ships lie\n  + en berth\n  + de Liegeplatz\n\
         verb Auto \n  + en to sail <fast>\n  + de segeln & eilen\n"
    );
    let ours = made.to_tbx(TbxForm::Martif, &locale("en"));
    let (again, said) = through(&python, &["tbx"], "c.tbx", &ours);
    assert_eq!(
        said,
        "berth|Liegeplatz|noun|True\nto sail <fast>|segeln & eilen|verb|True\n"
    );
    assert_eq!(listed(&read(&again, Format::Tbx)), listed(&made));

    // CSV: the toolkit has two languages, in columns of its own.
    let table = "source,target\naccount,Konto\n\"a, \"\"b\"\"\",\"c\td\"\n";
    let two = read(table, Format::Csv);
    let ours = two.to_table(Delimiter::Comma);
    let ours = ours.replacen("en,de", "source,target", 1);
    let (theirs, said) = through(&python, &["csv"], "d.csv", &ours);
    assert_eq!(said, "account|Konto\na, \"b\"|c d\n");
    assert_eq!(
        listed(&read(&theirs, Format::Csv)),
        listed(&two),
        "{theirs}"
    );
    let (theirs, _) = through(&python, &["csv2tbx"], "e.csv", &ours);
    let converted = read(&theirs.replace("\"xx\"", "\"de\""), Format::Tbx);
    assert_eq!(listed(&converted), listed(&two), "{theirs}");
}
