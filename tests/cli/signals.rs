//! Ctrl-C and its kin: either the old file or the new one, and nobody left behind.

use std::process::Command;

use crate::env::{TestEnv, eventually, is_running};

/// Sends `signal` to a run whose program hangs, after the program has begun.
fn interrupt(signal: &str) {
    let env = TestEnv::with_sample("library-garden.json");
    env.write("es/kept.txt", "as it was");
    let child = env
        .run_args([
            "translate",
            "library-garden.json",
            "--from",
            "en",
            "--to",
            "es",
            "--backend",
        ])
        .arg("exec:echo $$ > leader; sleep 600 & echo $! > child; wait")
        .start();
    let pid = |name: &str| std::fs::read_to_string(env.path(name)).unwrap_or_default();
    eventually("the program has begun", || pid("child").ends_with('\n'));
    let (leader, grandchild) = (pid("leader"), pid("child"));
    let sent = Command::new("sh")
        .args(["-c", &format!("kill -{signal} {}", child.id())])
        .status()
        .expect("a shell");
    assert!(sent.success());
    let output = child.wait_with_output().expect("the end");
    let expected = if signal == "INT" { 130 } else { 143 };
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(expected), "{talk}");
    assert!(talk.contains("No output was changed"), "{talk}");
    for pid in [leader.trim(), grandchild.trim()] {
        eventually("the program is gone", || !is_running(pid));
    }
    assert_eq!(
        env.files(),
        ["child", "es/kept.txt", "leader", "library-garden.json"]
    );
}

#[test]
fn ctrl_c_changes_no_output_and_leaves_nothing() {
    interrupt("INT");
}

#[test]
fn a_termination_changes_no_output_and_leaves_nothing() {
    interrupt("TERM");
}

#[test]
fn a_run_after_an_interrupted_one_works() {
    let env = TestEnv::with_sample("library-garden.json");
    let command = "translate library-garden.json --from en --to es --backend";
    let mut child = env
        .run_args(command.split(' '))
        .arg("exec:echo $$ > leader; exec sleep 600")
        .start();
    eventually("the program has begun", || {
        std::fs::read_to_string(env.path("leader")).is_ok_and(|text| text.ends_with('\n'))
    });
    // Nothing can be tidied up after this one.
    child.kill().expect("a signal");
    child.wait().expect("the end");
    let leader = env.read("leader");
    drop(
        Command::new("sh")
            .args(["-c", &format!("kill -9 {leader}")])
            .status(),
    );
    env.run(&format!("{command} pseudo")).go().ok();
    assert!(env.read("es/library-garden.json").contains("\\u27e6"));
}
