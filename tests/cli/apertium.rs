//! A real engine: Apertium, as a program and as a server, where it is installed.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};

use crate::env::{TestEnv, content_of, eventually, post};

const MODES: &str = "/usr/share/apertium/modes";

pub(crate) fn has_english_to_spanish() -> bool {
    let modes = Command::new("apertium").arg("-l").output();
    let has = modes.is_ok_and(|modes| String::from_utf8_lossy(&modes.stdout).contains("eng-spa"));
    if !has {
        eprintln!("skipped: Apertium with eng-spa is not installed");
    }
    has
}

/// A server on a free port; it ends with this.
pub(crate) struct Server(Child, pub(crate) String);

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

pub(crate) fn server() -> Option<Server> {
    let port = TcpListener::bind("127.0.0.1:0")
        .and_then(|listener| listener.local_addr())
        .expect("a port")
        .port();
    let started = Command::new("apertium-apy")
        .args(["--port", &port.to_string(), MODES])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    match started {
        Ok(child) => {
            let server = Server(child, format!("apertium:http://127.0.0.1:{port}"));
            eventually("the server listens", || {
                TcpStream::connect(("127.0.0.1", port)).is_ok()
            });
            Some(server)
        }
        Err(error) => {
            eprintln!("skipped: apertium-apy: {error}");
            None
        }
    }
}

pub(crate) const CONTENT: &str = "<p>The <b>red</b> <i>house</i> has <a href=\"https://a.example/x\">a new garden</a> in the city.</p><p>The library has a <strong>new <em>garden</em></strong>.</p>";
pub(crate) const SPANISH: &str = "<p>La <i>casa</i> <b>roja</b> tiene <a href=\"https://a.example/x\">un jardín nuevo</a> en la ciudad.</p><p>La biblioteca tiene un <strong><em>jardín</em> nuevo</strong>.</p>";

#[test]
fn markup_is_on_the_right_words_in_spanish() {
    if !has_english_to_spanish() {
        return;
    }
    let env = TestEnv::with_post(CONTENT);
    assert_eq!(
        content_of(&env.translated("post.json", "es", "apertium")),
        SPANISH
    );
}

#[test]
fn a_server_translates_and_keeps_the_markup() {
    if !has_english_to_spanish() {
        return;
    }
    let Some(server) = server() else { return };
    let env = TestEnv::with_post("<p><b>The red house</b></p><p>The library opens.<br></p>");
    assert_eq!(
        content_of(&env.translated("post.json", "es", &server.1)),
        "<p><b>La casa roja</b></p><p>La biblioteca abre.<br></p>"
    );
}

#[test]
fn our_sample_reads_well_in_spanish() {
    if !has_english_to_spanish() {
        return;
    }
    let env = TestEnv::with_sample("library-garden.json");
    // As the README has it: no backend named, the language found.
    let run = env.run("translate library-garden.json --to es").go().ok();
    insta::assert_snapshot!(run.stderr, @"
    The language of the text seems to be “en”; if it is not, name it with “--from”.
    One post, 14 segments with apertium; one file written.
    In 7 segments, tags were placed by alignment.
    2 links stay as they were; “-v” names them.
    ");
    let after = env.read("es/library-garden.json");
    assert!(after.is_ascii());
    insta::assert_snapshot!(content_of(&after), @r#"
    <p><br />
    </p>
    <div data-module="content">
    <p class="ArticleText ArticleText_align_left" data-testid="paragraph"><span class="BodyText BodyText_variant_normal" data-testid="text">(Gaceta de ribera) &#8212; La biblioteca pública de nuestra ciudad tiene un <i>jardín</i> <b>nuevo</b>. El arquitecto Pedro Lopez diseñó el jardín en 2019, y los vecinos plantaron <strong>cuarenta árboles</strong>.</span></p>
    <p class="ArticleText ArticleText_align_left" data-testid="paragraph"><span class="BodyText BodyText_variant_normal" data-testid="text">En el jardín los visitantes encontrarán tres fuentes y una <em>cafetería pequeña</em>. La cafetería vende café, té y pan. La biblioteca dejará sillas y mantas en verano. </span></p>
    <p class="ArticleText ArticleText_align_left" data-testid="paragraph"><span class="BodyText BodyText_variant_normal" data-testid="text">La casa roja junto al jardín es una escuela de música. Puedes leer la historia completa de la casa</span> <span class="BodyText BodyText_variant_normal" data-testid="text"><a class="BodyText-Chunk BodyText-Chunk_link" target="_self" href="https://museum.example/houses/red-house?lang=en&amp;page=2">en la página del museo</a></span><span class="BodyText BodyText_variant_normal" data-testid="text">. </span></p>
    <p data-component="related-article" class="RelatedArticle"><span data-testid="related-article-title" class="RelatedArticle-Title">Más:</span><a class="RelatedArticle-RelatedContent" href="https://riverside.example/new-bridge/" target="_self" data-discover="true">El puente nuevo a través del río</a></p>
    <p class="ArticleText ArticleText_align_left" data-testid="paragraph"><span class="BodyText BodyText_variant_normal" data-testid="text">“El jardín es un regalo para la ciudad,” dice el director de la biblioteca, <a href="/people/carlos-romero/">Carlos Romero</a>. “Ahora podemos leer bajo los árboles.”</span></p>
    <h2>Un concierto en el jardín</h2>
    <p class="ArticleText ArticleText_align_left" data-testid="paragraph"><span class="BodyText BodyText_variant_normal" data-testid="text">El domingo hay un concierto con música de Cuba. La <b>entrada</b> es <em>libre</em>.</span></p>
    </div>
    <p><script defer="" src="https://static.example/share.js#version=3&amp;lang=en" data-ignore="true"></script><br />
    <br /></p>
    "#);
}

#[test]
fn every_sample_survives_the_engine() {
    if !has_english_to_spanish() {
        return;
    }
    for name in crate::env::sample_names() {
        let env = TestEnv::with_sample(&name);
        let run = env
            .run(&format!("translate {name} --from en --to es"))
            .go()
            .ok();
        assert!(!run.stderr.contains("not translated."), "{name}: {run}");
    }
}

#[test]
fn a_pair_that_is_not_installed_is_an_error() {
    if !has_english_to_spanish() {
        return;
    }
    let env = TestEnv::new();
    env.write("post.json", post("One", ""));
    let run = env
        .run("translate post.json --from en --to ja")
        .go()
        .exits(2);
    assert!(
        run.stderr.contains("ja") && run.stderr.contains("Hint:"),
        "{run}"
    );
    assert_eq!(env.files(), ["post.json"]);
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let env = TestEnv::new();
    env.write("post.json", post("One", ""));
    let run = env
        .run("translate post.json --from en --to es --backend apertium:http://127.0.0.1:9")
        .go();
    assert!(run.stderr.contains("127.0.0.1:9"), "{run}");
    assert_ne!(run.code, Some(0));
    assert_eq!(env.files(), ["post.json"]);
}

#[test]
fn a_server_puts_markup_on_the_right_words_too() {
    if !has_english_to_spanish() {
        return;
    }
    let Some(server) = server() else { return };
    let env = TestEnv::with_post(CONTENT);
    assert_eq!(
        content_of(&env.translated("post.json", "es", &server.1)),
        SPANISH
    );
}
