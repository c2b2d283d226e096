//! Programs in Python, with packages of fixed versions.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folder of the scripts and of the lists of packages of a test.
pub(crate) fn folder(test: &str) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    tests.join(test).join("python")
}

/// A Python that has the packages of the list `NAME.txt`; it is made once below the target. None,
/// with a message, where this machine has no Python 3 with `venv`.
pub(crate) fn with_packages(test: &str, name: &str) -> Option<PathBuf> {
    let list = folder(test).join(format!("{name}.txt"));
    let packages = std::fs::read_to_string(&list).expect("a list of packages");
    let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("python-{test}-{name}"));
    let python = place.join("bin/python");
    let done = place.join("packages.txt");
    if std::fs::read_to_string(&done).is_ok_and(|installed| installed == packages) {
        return Some(python);
    }
    let made = Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&place)
        .stdin(Stdio::null())
        .output();
    match made {
        Ok(output) if output.status.success() => {}
        other => {
            eprintln!("skipped: python3 -m venv: {other:?}");
            return None;
        }
    }
    let output = Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-compile",
            "--no-deps",
            "--only-binary",
            ":all:",
            "-r",
        ])
        .arg(&list)
        .stdin(Stdio::null())
        .output()
        .expect("pip");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{}: {talk}", list.display());
    std::fs::write(done, packages).expect("a file");
    Some(python)
}
