//! A language model and the glossary: what it gets, and when it is asked anew.

use serde_json::{Value, json};

use crate::contract::{BOTH, Server, good};
use crate::env::{TestEnv, content_of};
use crate::program::{project, with_key};

const POST: &str = "<p>Book your <b>old</b> account.</p><p>Two.</p>";

fn translate(env: &TestEnv, server: &Server) {
    with_key(
        env.run("translate post.json --glossary terms.csv --retranslate machine"),
        server.api,
    )
    .go()
    .ok();
}

/// The terms of every segment that was asked for, by its text.
fn terms(server: &Server, call: usize) -> Vec<(String, Value)> {
    let segments = &server.asks()[call].segments;
    let shown = segments.iter().map(|segment| {
        let text = segment["text"].as_str().expect("text").to_owned();
        (text, segment["terms"].clone())
    });
    shown.collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_segment_is_sent_with_its_terms_and_asked_anew_only_where_they_change() {
    for api in BOTH {
        let server = Server::start(api, good).await;
        let env = project(&server, POST, "");
        env.write(
            "terms.csv",
            "en,es,es:forbidden,pos,dnt\naccount,cuenta,perfil,noun,\nbook,reservar,,verb,\nOld,,,,yes\n",
        );
        translate(&env, &server);
        assert_eq!(
            terms(&server, 0),
            [
                (
                    "Book your <g1>old</g1> account.".to_owned(),
                    json!([
                        {"term": "book", "kind": "verb", "translation": "reservar"},
                        {"term": "account", "kind": "noun", "translation": "cuenta", "never": ["perfil"]},
                    ])
                ),
                ("Two.".to_owned(), json!(null)),
            ]
        );
        assert!(server.asks()[0].system.contains("\"never\""));

        // The same terms, in another file and another order: nothing is paid twice.
        env.write(
            "terms.csv",
            "es,es:forbidden,en,pos\nreservar,,book,verb\ncuenta,perfil,account,noun\n",
        );
        translate(&env, &server);
        assert_eq!(server.calls(), 1);

        // Another term: only the segment that has it.
        env.write("terms.csv", "en,es\naccount,cuenta\n");
        translate(&env, &server);
        assert_eq!(server.calls(), 2);
        let asked = terms(&server, 1);
        assert_eq!(asked.len(), 1);
        assert_eq!(
            asked[0].1,
            json!([{"term": "account", "translation": "cuenta"}])
        );

        // Without a term that it has, answers are those of a run without a glossary.
        env.write("terms.csv", "en,es\nharbour,puerto\n");
        translate(&env, &server);
        assert_eq!(server.calls(), 3);
        with_key(
            env.run("translate post.json --retranslate machine"),
            server.api,
        )
        .go()
        .ok();
        assert_eq!(server.calls(), 3);
        assert_eq!(
            content_of(&env.read("es/post.json")),
            "<p>BOOK YOUR <b>OLD</b> ACCOUNT.</p><p>TWO.</p>"
        );
    }
}
