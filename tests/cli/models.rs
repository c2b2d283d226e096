//! `models`: from a folder, from a server that cuts off, and from records like Mozilla's.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};

use crate::env::{Run, TestEnv, content_of, post};
use crate::tiny_model::{Files, Tiny, english_spanish};

const MODEL: &str = "model.enes.intgemm.alphas.bin";
const VOCABULARY: &str = "vocab.enes.spm";

fn hash(bytes: &[u8]) -> String {
    let digits =
        |byte: &u8| [byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[digit as usize]);
    let text = Sha256::digest(bytes).iter().flat_map(digits).collect();
    String::from_utf8(text).expect("digits")
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = Vec::new();
    flate2::read::GzEncoder::new(bytes, flate2::Compression::fast())
        .read_to_end(&mut packed)
        .expect("memory");
    packed
}

fn tiny() -> Files {
    Tiny {
        is_int8: true,
        ..english_spanish()
    }
    .build()
}

/// The index of a mirror with one model: the model packed, the vocabulary not.
fn index(files: &Files, version: &str) -> String {
    serde_json::json!({
        "format": 1,
        "models": [{
            "pair": "en-es",
            "version": version,
            "license": "MPL-2.0",
            "files": [
                {"path": format!("en-es/{MODEL}.gz"), "size": files.model.len(), "sha256": hash(&files.model), "compression": "gz"},
                {"path": format!("en-es/{VOCABULARY}"), "size": files.vocab.len(), "sha256": hash(&files.vocab)},
                {"path": "en-es/lex.50.50.enes.s2t.bin", "size": 1, "sha256": hash(b"x")},
            ],
        }],
    })
    .to_string()
}

/// A folder that is a mirror.
fn write_mirror(env: &TestEnv, files: &Files, version: &str) {
    env.write("../mirror/models.json", index(files, version));
    env.write(&format!("../mirror/en-es/{MODEL}.gz"), gzip(&files.model));
    env.write(&format!("../mirror/en-es/{VOCABULARY}"), &files.vocab);
}

fn run(env: &TestEnv, arguments: &str) -> Run {
    env.run(arguments).env(
        "POLYPOST_MODELS",
        &env.path("../models").display().to_string(),
    )
}

fn installed(env: &TestEnv) -> Vec<String> {
    let folder = env.path("../models/en-es");
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .map(|entries| {
            entries
                .map(|entry| entry.expect("an entry").file_name())
                .map(|name| name.into_string().expect("a name"))
                .collect()
        })
        .unwrap_or_default();
    names.sort();
    names
}

#[test]
fn models_are_fetched_listed_checked_and_removed() {
    let env = TestEnv::new();
    let files = tiny();
    write_mirror(&env, &files, "1.0");
    env.write("polypost.toml", "[models]\nurl = \"../mirror\"\n");
    insta::assert_snapshot!(run(&env, "models list").go(), @r"
    exit 0
    --- stdout
    en-es  offered, version 1.0, 304 kB
    ");
    insta::assert_snapshot!(run(&env, "models get en-es").go(), @r"
    exit 0
    --- stderr
    en-es is installed in [folder]/project/../models.
    ");
    assert_eq!(installed(&env), ["manifest.json", MODEL, VOCABULARY]);
    insta::assert_snapshot!(run(&env, "models list").go(), @r"
    exit 0
    --- stdout
    en-es  installed, version 1.0, 304 kB
    ");
    insta::assert_snapshot!(run(&env, "models get en-es").go(), @r"
    exit 0
    --- stderr
    en-es is in [folder]/project/../models already, unchanged.
    ");
    insta::assert_snapshot!(run(&env, "models verify").go(), @r"
    exit 0
    --- stdout
    en-es  as it was fetched, and usable
    ");
    let listed = run(&env, "models list --format json").go().ok().stdout;
    let listed: serde_json::Value = serde_json::from_str(&listed).expect("JSON");
    assert_eq!(listed[0]["pair"], "en-es");
    assert_eq!(listed[0]["installed"]["license"], "MPL-2.0");
    assert_eq!(listed[0]["offered"]["version"], "1.0");

    env.write("post.json", post("", "<p>The <b>red</b> house</p>"));
    let translated = run(&env, "translate post.json --from en --to es --stdout")
        .go()
        .ok();
    assert_eq!(content_of(&translated.stdout), "<p>La casa <b>roja</b></p>");

    let mut changed = files.vocab.clone();
    changed[40] ^= 1;
    env.write(&format!("../models/en-es/{VOCABULARY}"), changed);
    let verified = run(&env, "models verify en-es --format json").go().exits(1);
    let verified: serde_json::Value = serde_json::from_str(&verified.stdout).expect("JSON");
    assert_eq!(verified[0]["usable"], false);
    let reason = verified[0]["reason"].as_str().expect("a reason");
    assert!(reason.contains(VOCABULARY), "{reason}");
    run(&env, "models get en-es").go().ok();
    run(&env, "models verify en-es").go().ok();

    run(&env, "models remove en-es").go().ok();
    assert_eq!(installed(&env), [""; 0]);
    let gone = run(&env, "models remove en-es").go().exits(2);
    assert!(
        gone.stderr.contains("The model en-es is not installed."),
        "{gone}"
    );
}

#[test]
fn what_can_not_be_fetched_is_told_and_changes_nothing() {
    let env = TestEnv::new();
    let nowhere = run(&env, "models get en-es").go();
    insta::assert_snapshot!(nowhere, @r"
    exit 2
    --- stderr
    Error: Where models come from is not said.
    Hint: Name a mirror with “--from-mirror”, or with “url” below [models] in polypost.toml; or take “--mozilla”.
    ");
    let files = tiny();
    write_mirror(&env, &files, "1.0");
    let other = run(&env, "models get en-de --from-mirror ../mirror").go();
    insta::assert_snapshot!(other, @r"
    exit 2
    --- stderr
    Error: The model en-de is not offered. There are: en-es.
    ");
    let wrong = run(&env, "models get ../x --from-mirror ../mirror")
        .go()
        .exits(2);
    assert!(wrong.stderr.contains("en-de, de-en"), "{wrong}");
    run(&env, "models get en-es --from-mirror ../nothing")
        .go()
        .exits(3);
    let clear = run(&env, "models get en-es --from-mirror http://models.example").go();
    clear.exits(2);
    run(&env, "models get en-es --from-mirror ../mirror")
        .go()
        .ok();
    // Another version whose file is damaged does not take the place of what works.
    write_mirror(&env, &files, "2.0");
    let other = Tiny {
        is_int8: false,
        ..english_spanish()
    }
    .build();
    env.write("../mirror/models.json", index(&other, "2.0"));
    let damaged = run(&env, "models get en-es --from-mirror ../mirror")
        .go()
        .exits(1);
    assert!(damaged.stderr.contains(MODEL), "{damaged}");
    run(&env, "models verify en-es").go().ok();
    let listed = run(&env, "models list").go().ok().stdout;
    assert!(listed.contains("version 1.0"), "{listed}");
}

/// What a server sends: status, body, and after how many bytes it hangs up.
type Answer = (u16, Vec<u8>, Option<usize>);

/// A server that answers as it is told, and remembers what it was asked for.
struct Server {
    url: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// `answer` gets the path and how often it was asked for before.
    fn new(answer: impl Fn(&str, usize) -> Answer + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let port = listener.local_addr().expect("an address").port();
        let asked: Arc<Mutex<Vec<String>>> = Arc::default();
        let log = Arc::clone(&asked);
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let stream = stream.expect("a connection");
                // A client that hangs up is no failure of the server.
                drop(serve(stream, &log, &answer));
            }
        });
        Self {
            url: format!("http://127.0.0.1:{port}"),
            asked,
        }
    }

    fn asked_for(&self, path: &str) -> Vec<String> {
        let asked = self.asked.lock().expect("the log");
        let of_path = asked.iter().filter_map(|line| line.strip_prefix(path));
        of_path.map(|range| range.trim().to_owned()).collect()
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<String>>,
    answer: &impl Fn(&str, usize) -> Answer,
) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut first = String::new();
    reader.read_line(&mut first)?;
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut start = 0;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        if let Some(range) = line.to_ascii_lowercase().strip_prefix("range: bytes=") {
            start = range.trim().trim_end_matches('-').parse().expect("a range");
        }
    }
    let before = {
        let mut log = log.lock().expect("the log");
        let before = log.iter().filter(|line| line.starts_with(&path)).count();
        log.push(format!("{path} {start}"));
        before
    };
    let (mut status, body, cut) = answer(&path, before);
    let total = body.len();
    let mut head = String::new();
    if start > 0 && status == 200 {
        status = if start < total { 206 } else { 416 };
        head = format!(
            "Content-Range: bytes {start}-{}/{total}\r\n",
            total.max(1) - 1
        );
    }
    let body = if status == 416 {
        &[]
    } else {
        &body[start.min(total)..]
    };
    write!(
        stream,
        "HTTP/1.1 {status} X\r\nConnection: close\r\n{head}Content-Length: {}\r\n\r\n",
        body.len()
    )?;
    stream.write_all(&body[..cut.unwrap_or(body.len()).min(body.len())])?;
    stream.flush()
}

#[test]
fn a_download_goes_on_where_it_was_cut_off() {
    let env = TestEnv::new();
    let files = tiny();
    let (index, model) = (index(&files, "1"), gzip(&files.model));
    let model_path = format!("/m/en-es/{MODEL}.gz");
    let wanted = model_path.clone();
    let half = model.len() / 2;
    // The first run gets a part, and then nothing more; the next is cut off once.
    let server = Server::new(move |path, before| match path {
        "/m/models.json" => (200, index.clone().into_bytes(), None),
        path if path == wanted => match before {
            0 => (200, model.clone(), Some(half)),
            1..=4 => (503, Vec::new(), None),
            5 => (200, model.clone(), Some(1000)),
            _ => (200, model.clone(), None),
        },
        _ => (200, files.vocab.clone(), None),
    });
    let command = format!("models get en-es --from-mirror {}/m", server.url);
    let cut = run(&env, &command).go().exits(1);
    assert!(
        cut.stderr.contains("503") && cut.stderr.contains("goes on"),
        "{cut}"
    );
    assert_eq!(installed(&env), [""; 0]);
    run(&env, &command).go().ok();
    assert_eq!(installed(&env), ["manifest.json", MODEL, VOCABULARY]);
    let half = half.to_string();
    let half = half.as_str();
    let more = (half.parse::<usize>().expect("a number") + 1000).to_string();
    assert_eq!(
        server.asked_for(&model_path),
        ["0", half, half, half, half, half, &more]
    );
    run(&env, "models verify en-es").go().ok();
    assert!(!env.path("../models/.part").exists());
}

#[test]
fn what_a_server_sends_is_held_to_the_index() {
    let env = TestEnv::new();
    let files = tiny();
    let index = index(&files, "1");
    let server = Server::new(move |path, _| match path {
        "/models.json" => (200, index.clone().into_bytes(), None),
        path if path.strip_suffix(".gz").is_some() => (200, gzip(b"something else"), None),
        _ => (404, Vec::new(), None),
    });
    let command = format!("models get en-es --from-mirror {}", server.url);
    let wrong = run(&env, &command).go().exits(1);
    assert!(wrong.stderr.contains("is not what it should be"), "{wrong}");
    assert_eq!(installed(&env), [""; 0]);
    let part = format!("../models/.part/en-es/{MODEL}.part");
    assert!(!env.path(&part).exists(), "what is wrong must not be kept");
    // What is left of another version does not stay in the way.
    env.write(&part, b"rubbish of another version");
    run(&env, &command).go().exits(1);
    assert!(!env.path(&part).exists());
    let missing = format!("models list --from-mirror {}/other", server.url);
    let missing = run(&env, &missing).go().exits(1);
    assert!(missing.stderr.contains("404"), "{missing}");
}

#[test]
fn the_rest_of_another_version_is_fetched_anew() {
    let env = TestEnv::new();
    let files = tiny();
    let (index, model) = (index(&files, "1"), gzip(&files.model));
    let server = Server::new(move |path, _| match path {
        "/models.json" => (200, index.clone().into_bytes(), None),
        path if path.strip_suffix(".gz").is_some() => (200, model.clone(), None),
        _ => (200, files.vocab.clone(), None),
    });
    env.write(&format!("../models/.part/en-es/{MODEL}.part"), [7; 5000]);
    let command = format!("models get en-es --from-mirror {}", server.url);
    run(&env, &command).go().ok();
    run(&env, "models verify en-es").go().ok();
}

#[test]
fn records_like_those_of_mozilla_are_read() {
    let env = TestEnv::new();
    let files = tiny();
    let packed = |bytes: &[u8]| {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    };
    let record = |name: &str, bytes: &[u8]| {
        serde_json::json!({
            "name": name, "fileType": "x", "sourceLanguage": "en", "targetLanguage": "es",
            "version": "3.0", "architecture": "base-memory", "decompressedHash": hash(bytes),
            "attachment": {"location": format!("main/{name}.zst"), "hash": hash(&packed(bytes)),
                           "size": packed(bytes).len(), "filename": format!("{name}.zst")},
        })
    };
    let records = serde_json::json!({
        "data": [record(MODEL, &files.model), record(VOCABULARY, &files.vocab),
                 record("lex.50.50.enes.s2t.bin", b"x")],
    });
    let server = Server::new(move |path, _| match path {
        "/records" => (200, records.to_string().into_bytes(), None),
        path if path.ends_with(&format!("/files/main/{MODEL}.zst")) => {
            (200, packed(&files.model), None)
        }
        path if path.ends_with(&format!("/files/main/{VOCABULARY}.zst")) => {
            (200, packed(&files.vocab), None)
        }
        _ => (404, Vec::new(), None),
    });
    let fetched = run(&env, "models get en-es --mozilla")
        .env(
            "POLYPOST_MOZILLA_RECORDS",
            &format!("{}/records", server.url),
        )
        .env(
            "POLYPOST_MOZILLA_ATTACHMENTS",
            &format!("{}/files", server.url),
        )
        .go()
        .ok();
    assert!(fetched.stderr.contains("meant for Firefox"), "{fetched}");
    assert_eq!(installed(&env), ["manifest.json", MODEL, VOCABULARY]);
    run(&env, "models verify").go().ok();
}

#[test]
fn models_put_there_by_hand_are_used_and_told_apart() {
    let env = TestEnv::new();
    english_spanish().install(&env.path("../models"), "en-es");
    std::fs::create_dir_all(env.path("../models/en-fr")).expect("a folder");
    let verified = run(&env, "models verify en-es").go().ok();
    assert!(verified.stdout.contains("no manifest"), "{verified}");
    let listed = run(&env, "models list").go().ok().stdout;
    assert!(listed.contains("en-es  installed"), "{listed}");
    assert!(listed.contains("en-fr  not usable"), "{listed}");
    let backends = run(&env, "backends").env("PATH", "/nowhere").go().ok();
    assert!(backends.stdout.contains("installed: en-es"), "{backends}");
}
