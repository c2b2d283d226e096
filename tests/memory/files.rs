//! The file: made when something is stored, shared by processes, put aside where it is damaged.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};

use polypost::memory::{Answer, Entry, Key, Memory as _, Sqlite};

use crate::make::{Home, context, exact, pair, pairs, placed, reviewed, similar};

#[test]
fn nothing_is_made_before_something_is_stored() {
    let home = Home::new();
    let memory = home.open();
    assert_eq!(exact(&memory, "Open"), None);
    assert_eq!(memory.find(&[Key::of(&["a"])]), Ok(vec![None]));
    assert_eq!(memory.store(&[]), Ok(0));
    assert_eq!(memory.keep(&[]), Ok(()));
    assert_eq!(pairs(&memory), []);
    drop(memory);
    assert_eq!(home.files(), []);
}

#[test]
fn a_run_with_nothing_new_leaves_the_file_as_it_is() {
    let home = Home::new();
    let place = context("a", "b");
    home.open()
        .store(&[placed(pair("Open", "Offen"), place)])
        .expect("stored");
    let before = home.files();
    let names: Vec<_> = before.iter().map(|(name, _)| &**name).collect();
    assert_eq!(names, [".gitignore", "memory.db"]);
    let changed = |home: &Home| {
        let file = std::fs::metadata(home.path()).expect("a file");
        file.modified().expect("a time")
    };
    let time = changed(&home);
    let memory = home.open();
    assert!(exact(&memory, "Open").is_some());
    assert_eq!(memory.store(&[placed(pair("Open", "Offen"), place)]), Ok(0));
    assert_eq!(memory.prune(&polypost::memory::Prune::default()), Ok(0));
    assert_eq!(memory.verify(|_| ()), Ok(Vec::new()));
    drop(memory);
    assert_eq!(home.files(), before);
    assert_eq!(changed(&home), time);
}

#[test]
fn what_can_not_be_written_can_be_read() {
    let home = Home::new();
    home.open().store(&[pair("Open", "Offen")]).expect("stored");
    // As in a folder without the right to write, SQLite can't make the memory that it shares.
    std::fs::create_dir(home.path().with_extension("db-shm")).expect("a folder");
    let memory = home.open();
    assert_eq!(
        exact(&memory, "Open").expect("a translation").target.text(),
        "Offen"
    );
    assert_eq!(memory.store(&[pair("Open", "Offen")]), Ok(0));
    assert!(memory.store(&[pair("Open", "Auf")]).is_err());
}

#[test]
fn a_memory_of_version_1_keeps_its_answers() {
    let home = Home::new();
    std::fs::create_dir(home.path().parent().expect("a folder")).expect("a folder");
    let old = rusqlite::Connection::open(home.path()).expect("a file");
    old.execute_batch(
        "CREATE TABLE answer (
             key BLOB PRIMARY KEY, source_locale TEXT NOT NULL, target_locale TEXT NOT NULL,
             backend TEXT NOT NULL, source TEXT NOT NULL, is_plain INTEGER NOT NULL,
             text TEXT NOT NULL, alignment BLOB NOT NULL
         ) STRICT, WITHOUT ROWID;
         PRAGMA user_version = 1;",
    )
    .expect("tables");
    let key = Key::of(&["a"]);
    let bytes = Key::of(&["a"]).as_bytes().to_vec();
    old.execute(
        "INSERT INTO answer VALUES (?1, 'en', 'de', 'x', 'red', 0, 'rot', x'')",
        [bytes],
    )
    .expect("a row");
    drop(old);
    let memory = home.open();
    let answer = Some(Answer::Tagged("rot".to_owned()));
    assert_eq!(exact(&memory, "Open"), None);
    assert_eq!(memory.find(&[key]), Ok(vec![answer.clone()]));
    assert_eq!(memory.store(&[pair("Open", "Offen")]), Ok(1));
    assert!(exact(&memory, "Open").is_some());
    assert_eq!(memory.find(&[key]), Ok(vec![answer]));
}

#[test]
fn a_file_of_a_newer_version_is_left_alone() {
    let home = Home::new();
    std::fs::create_dir(home.path().parent().expect("a folder")).expect("a folder");
    let newer = rusqlite::Connection::open(home.path()).expect("a file");
    newer
        .pragma_update(None, "user_version", 99)
        .expect("a version");
    drop(newer);
    let error = Sqlite::open(&home.path()).expect_err("an unknown version");
    assert!(error.detail.contains("99"), "{error}");
}

#[test]
fn a_damaged_file_is_put_aside() {
    let home = Home::new();
    home.open().store(&[pair("Open", "Offen")]).expect("stored");
    std::fs::write(home.path(), "no database at all ".repeat(500)).expect("written");
    let (memory, aside) = Sqlite::open(&home.path()).expect("a memory");
    assert!(aside.expect("the damaged file").exists());
    assert_eq!(exact(&memory, "Open"), None);
    assert_eq!(memory.store(&[pair("Open", "Offen")]), Ok(1));
}

#[test]
fn many_are_stored_at_once_as_one_by_one() {
    let of = |number: usize| {
        let text = format!("Text number {number} of many <g1>words</g1>");
        placed(pair(&text, &text), context(&format!("{}", number % 7), "b"))
    };
    let many: Vec<_> = (0..1600).map(|number| of(number % 1300)).collect();
    let (whole, single) = (Home::new(), Home::new());
    let (at_once, one_by_one) = (whole.open(), single.open());
    assert_eq!(at_once.store(&many), Ok(1300));
    let stored: usize = many
        .iter()
        .map(|pair| {
            one_by_one
                .store(std::slice::from_ref(pair))
                .expect("stored")
        })
        .sum();
    assert_eq!(stored, 1300);
    assert_eq!(pairs(&at_once), pairs(&one_by_one));
    let query = "Text number 99 of many <g1>birds</g1>";
    assert_eq!(similar(&at_once, query), similar(&one_by_one, query));
    assert_eq!(at_once.verify(|_| ()), Ok(Vec::new()));
}

/// What a process of its own does: it stores pairs when it is told to, and then ends.
#[test]
fn store_as_another_process() {
    let (Ok(path), Ok(name)) = (std::env::var("MEMORY_PATH"), std::env::var("MEMORY_NAME")) else {
        return;
    };
    let (memory, damaged) = Sqlite::open(path.as_ref()).expect("a memory");
    assert_eq!(damaged, None);
    println!("ready");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).expect("a word");
    for number in 0..40 {
        let source = format!("Text {name} number {number}");
        let place = context(&name, "b");
        let own = pair(&source, &source);
        let shared = placed(reviewed("Shared", &source), place);
        memory.store(&[own, shared]).expect("stored");
        memory
            .keep(&[Entry {
                key: Key::of(&[&source]),
                source_locale: "en".to_owned(),
                target_locale: "de".to_owned(),
                backend: "x".to_owned(),
                source: source.clone(),
                answer: Answer::Tagged(source),
            }])
            .expect("kept");
    }
}

#[test]
fn several_processes_write_at_the_same_time() {
    let home = Home::new();
    let mut children: Vec<_> = (0..4)
        .map(|number| {
            Command::new(std::env::current_exe().expect("this program"))
                .args(["files::store_as_another_process", "--exact", "--nocapture"])
                .env("MEMORY_PATH", home.path())
                .env("MEMORY_NAME", number.to_string())
                .stdin(Stdio::piped())
                .stdout(Stdio::piped())
                .spawn()
                .expect("a process")
        })
        .collect();
    for child in &mut children {
        let lines = BufReader::new(child.stdout.as_mut().expect("a pipe")).lines();
        let mut lines = lines.map_while(Result::ok);
        assert!(lines.any(|line| line.ends_with("ready")));
    }
    for child in &mut children {
        let stdin = child.stdin.as_mut().expect("a pipe");
        stdin.write_all(b"go\n").expect("told");
    }
    for mut child in children {
        assert!(child.wait().expect("an end").success());
    }
    let memory = home.open();
    assert_eq!(pairs(&memory).len(), 320);
    for name in 0..4 {
        for number in 0..40 {
            let source = format!("Text {name} number {number}");
            assert!(exact(&memory, &source).is_some(), "{source}");
            let found = memory.find(&[Key::of(&[&source])]).expect("found");
            assert!(found[0].is_some());
        }
    }
    assert_eq!(memory.verify(|_| ()), Ok(Vec::new()));
}
