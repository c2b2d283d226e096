use super::*;
use crate::unit::Link;

fn entry(key: &str, answer: Answer) -> Entry {
    Entry {
        key: Key::of(&[key]),
        source_locale: "en".to_owned(),
        target_locale: "de".to_owned(),
        backend: "exec".to_owned(),
        source: "red <g1>house</g1>".to_owned(),
        answer,
    }
}

fn plain(text: &str) -> Answer {
    Answer::Plain {
        text: text.to_owned(),
        alignment: vec![
            Link {
                source: 0..3,
                target: 5..9,
            },
            Link {
                source: 4..9,
                target: 0..70_000,
            },
        ],
    }
}

#[test]
fn what_is_kept_is_found_after_the_file_is_opened_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("memory.db");
    let entries = [
        entry("a", Answer::Tagged("<g1>rojo</g1>".to_owned())),
        entry("b", plain("casa roja")),
    ];
    let (memory, _) = Sqlite::open(&path).expect("a memory");
    memory.keep(&entries).expect("kept");
    drop(memory);
    let (memory, aside) = Sqlite::open(&path).expect("a memory");
    assert_eq!(aside, None);
    let keys = ["b", "nothing", "a"].map(|key| Key::of(&[key]));
    let found = memory.find(&keys).expect("found");
    assert_eq!(
        found,
        [
            Some(entries[1].answer.clone()),
            None,
            Some(entries[0].answer.clone())
        ]
    );
}

#[test]
fn the_first_answer_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let (memory, _) = Sqlite::open(&folder.path().join("memory.db")).expect("a memory");
    for text in ["first", "second"] {
        let entry = entry("a", Answer::Tagged(text.to_owned()));
        memory.keep(&[entry]).expect("kept");
    }
    let found = memory.find(&[Key::of(&["a"])]).expect("found");
    assert_eq!(found, [Some(Answer::Tagged("first".to_owned()))]);
}

#[test]
fn a_damaged_file_is_put_aside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("memory.db");
    std::fs::write(
        &path,
        "no database, but long enough to look like one ".repeat(100),
    )
    .expect("written");
    let (memory, aside) = Sqlite::open(&path).expect("a memory");
    assert!(aside.expect("the damaged file").exists());
    memory.keep(&[entry("a", plain("x"))]).expect("kept");
}

#[test]
fn two_may_write_at_the_same_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("memory.db");
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let path = &path;
            scope.spawn(move || {
                let (memory, _) = Sqlite::open(path).expect("a memory");
                for number in 0..50 {
                    let key = format!("{writer} {number}");
                    memory.keep(&[entry(&key, plain(&key))]).expect("kept");
                }
            });
        }
    });
    let (memory, _) = Sqlite::open(&path).expect("a memory");
    let keys: Vec<_> = (0..200)
        .map(|at| Key::of(&[&format!("{} {}", at / 50, at % 50)]))
        .collect();
    let found = memory.find(&keys).expect("found");
    assert!(found.iter().all(Option::is_some));
}

#[test]
fn parts_of_a_key_do_not_run_into_each_other() {
    assert_ne!(Key::of(&["ab", "c"]), Key::of(&["a", "bc"]));
}
