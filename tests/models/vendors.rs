//! The vendors' own clients and the servers of these tests: that they are served, send what ours
//! sends, and know the errors, shows that both sides of our tests keep to the vendors' contracts.

use std::process::{Command, Stdio};

use crate::contract::{Api, KEY, Server, good};
use crate::library::{ask, requests};
use crate::{python, python_file};

/// Sends a request as our backend does, and the same one through a client from a list of packages.
async fn compare(api: Api, packages: &str) {
    let Some(interpreter) = python::with_packages(&python_file(&format!("{packages}.txt"))) else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(api, good).await;
    let backend = server.backend().await;
    let asked = requests(&["One & two.", "\"Three\" [four] 😀."]);
    let (replies, result) = ask(&*backend, &asked).await;
    result.expect("an answer");
    let ours = server.bodies()[0].clone();
    let path = folder.path().join("body.json");
    std::fs::write(&path, ours.to_string()).expect("a file");
    let output = Command::new(&interpreter)
        .arg(python_file("vendors.py"))
        .args([api.name(), &server.url(), KEY])
        .arg(&path)
        .stdin(Stdio::null())
        .env_clear()
        .output()
        .expect("the client");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{api:?}: {talk}");
    assert_eq!(server.bodies()[1], ours, "{api:?}");
    // A model, a setting and a key that are wrong.
    assert_eq!(server.breaches().len(), 3, "{:?}", server.breaches());
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(answer["s1"].as_str(), replies[&1000].as_deref().ok());
    assert_eq!(answer["s2"].as_str(), replies[&999].as_deref().ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_vendors_own_clients_send_the_same_and_are_served() {
    compare(Api::OpenAi, "vendors").await;
    compare(Api::Anthropic, "vendors").await;
    // The last one that speaks the version of the interface that ours speaks.
    compare(Api::Anthropic, "anthropic-2023").await;
}
