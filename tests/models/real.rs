//! A real server, that of llama.cpp, with a tiny model of random weights. It keeps to the schema
//! and writes nonsense: whatever it writes, the markup of a post is that of its source.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

use polypost::backend::Options;
use polypost::unit::{Fragment, MarkKind};
use tempfile::TempDir;

use crate::contract::{Api, open_with};
use crate::env::{TestEnv, content_of};
use crate::library::{ask, requests};
use crate::{python, python_file};

/// A running server; it ends with its standard input.
struct Llama {
    child: Child,
    url: String,
    _folder: TempDir,
}

impl Drop for Llama {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The server, or nothing where it can't be had.
fn llama() -> Option<Llama> {
    static PYTHON: OnceLock<Option<std::path::PathBuf>> = OnceLock::new();
    let python = PYTHON
        .get_or_init(|| python::with_packages(&python_file("llama.txt")))
        .as_ref()?;
    let folder = tempfile::tempdir().expect("a folder");
    let mut child = Command::new(python)
        .arg(python_file("llama.py"))
        .arg(folder.path().join("tiny.gguf"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .expect("the server");
    let mut url = String::new();
    BufReader::new(child.stdout.take().expect("its output"))
        .read_line(&mut url)
        .expect("its address");
    let url = url.trim().to_owned();
    assert!(url.starts_with("http://127.0.0.1:"), "{url}");
    Some(Llama {
        child,
        url,
        _folder: folder,
    })
}

fn options(url: String) -> Options {
    Options {
        url: Some(url),
        model: Some("tiny".to_owned()),
        max_tokens: Some(2000),
        ..Options::default()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_server_is_held_to_the_schema() {
    let Some(server) = llama() else { return };
    let backend = open_with(Api::OpenAi, options(format!("{}/v1", server.url)))
        .await
        .expect("a backend");
    let mut asked = requests(&["The red house.", "A dog reads here.", "", "Four.", "Five."]);
    asked[2].source = Fragment::plain("See ");
    asked[2].source.push_mark(MarkKind::Open, 1);
    asked[2].source.push_text("this");
    asked[2].source.push_mark(MarkKind::Close, 1);
    let (replies, result) = ask(&*backend, &asked).await;
    result.expect("an answer");
    assert_eq!(replies.len(), 5);
    for reply in replies.values() {
        // Nonsense may be empty, or broken in the middle of a character; its form is right.
        if let Err(reason) = reply {
            assert!(
                reason.contains("empty") || reason.contains("broken characters"),
                "{reason}"
            );
        }
    }
}

/// What a text has between `<` and `>`.
fn tags(content: &str) -> Vec<&str> {
    content
        .split('<')
        .skip(1)
        .map(|part| part.split('>').next().unwrap_or_default())
        .collect()
}

#[test]
fn whatever_it_writes_the_markup_of_a_post_stays() {
    let Some(server) = llama() else { return };
    let source = r#"<h2 id="a">The <em>red</em> house</h2><p>It stands <a href="/x?a=1&amp;b=2">here</a>, and <b>a <i>dog</i></b> reads.</p><p>Two. Three!<br>Four <code>ls</code> five.</p><ul><li>One</li><li>Two <img src="i.png" alt="A house"></li></ul>"#;
    let env = TestEnv::with_post(source);
    env.write(
        "polypost.toml",
        "[backends.openai]\nmodel = \"tiny\"\nmax-tokens = 2000\n",
    );
    let output = env
        .run("translate post.json --from en --to es -v --backend")
        .arg(format!("openai:{}/v1", server.url))
        .go();
    assert!(matches!(output.code, Some(0 | 1)), "{output}");
    let target = content_of(&env.read("es/post.json"));
    let without_alt = |content: &str| -> Vec<String> {
        let tags = tags(content).into_iter();
        tags.map(|tag| tag.split(" alt=").next().unwrap_or_default().to_owned())
            .collect()
    };
    let in_order = |tags: &[String]| {
        let mut tags = tags.to_vec();
        tags.sort();
        tags
    };
    assert_eq!(
        in_order(&without_alt(&target)),
        in_order(&without_alt(source)),
        "{output}"
    );
    assert_ne!(target, source, "{output}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_into_its_context_or_its_answer_is_too_large() {
    let Some(server) = llama() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let style = folder.path().join("style.md");
    std::fs::write(&style, "word ".repeat(10_000)).expect("a file");
    let mut long = options(format!("{}/v1", server.url));
    long.style_guide = Some(style);
    let backend = open_with(Api::OpenAi, long).await.expect("a backend");
    let (_, result) = ask(&*backend, &requests(&["One.", "Two."])).await;
    let error = result.expect_err("too long").to_string();
    assert!(error.contains("context size"), "{error}");

    let mut short = options(format!("{}/v1", server.url));
    short.max_tokens = Some(3);
    let backend = open_with(Api::OpenAi, short).await.expect("a backend");
    let (replies, result) = ask(&*backend, &requests(&["One."])).await;
    result.expect("its one text has failed");
    let reason = replies[&1000].as_ref().expect_err("cut off");
    assert!(reason.contains("cut off"), "{reason}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_speaks_anthropics_interface_without_a_schema() {
    let Some(server) = llama() else { return };
    let mut options = options(server.url.clone());
    options.max_tokens = Some(50);
    let backend = open_with(Api::Anthropic, options).await.expect("a backend");
    let (replies, result) = ask(&*backend, &requests(&["One."])).await;
    result.expect("its one text has failed");
    // Without the schema, such a model writes no JSON; mostly it does not come to an end.
    let reason = replies[&1000].as_ref().expect_err("nonsense");
    assert!(
        reason.contains("cut off") || reason.contains("not the JSON object"),
        "{reason}"
    );
}
