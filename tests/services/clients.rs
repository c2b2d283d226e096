//! The vendors' own clients, from the Python Package Index, pointed at the servers that our
//! backends are tested with: what serves both was not written from one author's mistakes.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::contract::{KEY, Server, Vendor};

/// A Python with the clients in it, below `target`; nothing where this machine has no `venv`.
fn python() -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let requirements = root.join("tests/services/requirements.txt");
    let folder = root.join("target/vendor-clients");
    let python = folder.join("bin/python");
    let wanted = std::fs::read(&requirements).expect("the requirements");
    let stamp = folder.join("requirements.txt");
    if std::fs::read(&stamp).is_ok_and(|have| have == wanted) {
        return Some(python);
    }
    let made = Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder)
        .stdin(Stdio::null())
        .output();
    match made {
        Ok(made) if made.status.success() => {}
        Ok(made) => {
            eprintln!(
                "skipped: python3 -m venv: {}",
                String::from_utf8_lossy(&made.stdout)
            );
            return None;
        }
        Err(error) => {
            eprintln!("skipped: python3: {error}");
            return None;
        }
    }
    let installed = Command::new(&python)
        .args(["-m", "pip", "install", "--quiet", "-r"])
        .arg(&requirements)
        .stdin(Stdio::null())
        .output()
        .expect("pip");
    let talk = String::from_utf8_lossy(&installed.stderr);
    assert!(installed.status.success(), "{talk}");
    std::fs::write(stamp, wanted).expect("the stamp");
    Some(python)
}

/// What a script prints when it is given the server and the key.
fn run(python: &Path, script: &str, server: &Server) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/services/clients")
        .join(script);
    let output = Command::new(python)
        .arg(path)
        .args([&server.url, KEY])
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONIOENCODING", "utf-8")
        .stdin(Stdio::null())
        .output()
        .expect("the script");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{script}: {talk}");
    String::from_utf8(output.stdout).expect("text")
}

/// One test, as there is one Python to be made.
#[test]
fn the_vendors_own_clients_are_served() {
    let Some(python) = python() else {
        return;
    };
    for (vendor, script, said) in [
        (
            Vendor::Deepl,
            "deepl_client.py",
            "GARDEN RED THE\n\
             <x2>ls</x2> <g1>OLD</g1> SEE\n\
             <span translate=\"no\">ls</span> <b>OLD</b> SEE\n\
             en de True\n\
             180118 1250000\n\
             Garten RED THE\n\
             [('polypost en-de', 1)]\n\
             QuotaExceededException\n\
             AuthorizationException\n\
             DeepLException\n",
        ),
        (
            Vendor::GoogleBasic,
            "google_v2_client.py",
            "GARDEN RED THE IT&#39;S\nGARDEN RED THE IT'S\nde en\nBadRequest\nBadRequest\n",
        ),
        (
            Vendor::GoogleAdvanced,
            "google_v3_client.py",
            "GARDEN RED THE\n\
             <b>OLD</b> SEE\n\
             Garten THE\n\
             de True True\n\
             BadRequest\n\
             RefreshError\n",
        ),
        (
            Vendor::Azure,
            "azure_client.py",
            "GARDEN RED THE de\n\
             0:2-11:13 4:6-7:9 8:13-0:5\n\
             <div><b>OLD</b> SEE</div>\n\
             de\n\
             HttpResponseError 400036\n\
             ClientAuthenticationError 401000\n",
        ),
        (
            Vendor::LibreTranslate,
            "libretranslate_client.py",
            "GARDEN RED THE\nen de\n403 Invalid API key\n",
        ),
    ] {
        let server = vendor.start();
        assert_eq!(run(&python, script, &server), said, "{vendor:?}");
    }
}
