//! The built-in engine, with models that the tests make themselves.

use crate::env::{TestEnv, content_of, post, sample_names};
use crate::tiny_model::{Tiny, english_spanish, german_english};

/// A project with a post, and models beside it.
fn with_models(content: &str) -> TestEnv {
    let env = TestEnv::new();
    env.write("post.json", post("The big house", content));
    english_spanish().install(&env.path("../models"), "en-es");
    env
}

fn models(env: &TestEnv) -> String {
    env.path("../models").display().to_string()
}

#[test]
fn tags_go_with_their_words() {
    let env = with_models(
        "<p>The <b>red</b> <i>house</i> is here. We see <a href=\"#x\">the big door</a>.</p>",
    );
    let run = env
        .run("translate post.json --from en --to es --backend local")
        .env("POLYPOST_MODELS", &models(&env))
        .go()
        .ok();
    insta::assert_snapshot!(run, @"
    exit 0
    --- stderr
    One post, 3 segments with local; one file written.
    In 2 segments, tags were placed by alignment.
    ");
    assert_eq!(
        content_of(&env.read("es/post.json")),
        "<p>La <i>casa</i> <b>roja</b> es aqui. Nosotros vemos \
         <a href=\"#x\">la puerta grande</a>.</p>"
    );
}

#[test]
fn it_is_the_default_where_its_models_are_installed() {
    let env = with_models("<p>The red house</p>");
    let run = env
        .run("translate post.json --from en --to es")
        .env("POLYPOST_MODELS", &models(&env))
        .env("PATH", "/nowhere")
        .go()
        .ok();
    assert!(run.stderr.contains("with local"), "{run}");
    assert!(env.read("es/post.json").contains("La casa roja"));
}

#[test]
fn the_folder_of_models_is_named_by_the_backend_or_the_configuration() {
    let env = with_models("<p>The <b>red</b> house</p>");
    let named = format!("local:{}", models(&env));
    let translated = content_of(&env.translated("post.json", "es", &named));
    assert_eq!(translated, "<p>La casa <b>roja</b></p>");
    env.write(
        "polypost.toml",
        "source = \"en\"\ntargets = [\"es\"]\nbackend = \"local\"\n[models]\nfolder = \"../models\"\n",
    );
    let run = env.run("translate post.json --stdout").go().ok();
    assert_eq!(content_of(&run.stdout), translated);
}

#[test]
fn a_pair_without_a_model_goes_by_english() {
    let env = with_models("<p>Das <b>rote</b> haus ist hier</p>");
    german_english().install(&env.path("../models"), "de-en");
    let run = env
        .run("translate post.json --from de --to es --backend local --stdout")
        .env("POLYPOST_MODELS", &models(&env))
        .go()
        .ok();
    assert_eq!(
        content_of(&run.stdout),
        "<p>La casa <b>roja</b> es aqui</p>"
    );
}

#[test]
fn a_missing_model_is_told_with_the_command_that_gets_it() {
    let env = with_models("<p>The red house</p>");
    let run = env
        .run("translate post.json --from en --to de --backend local")
        .env("POLYPOST_MODELS", &models(&env))
        .go();
    insta::assert_snapshot!(run, @"
    exit 2
    --- stderr
    Error: No installed model translates from en to de; “polypost models get en-de” gets what is missing. Installed: en-es.
    Hint: Get a model for the built-in engine (polypost models get en-de),
    install a pair of languages for Apertium
      (with Debian: apt-get install apertium-eng-spa),
    name an Apertium server (--backend apertium:http://localhost:2737)
    or a program of your own (--backend exec:COMMAND).
    “polypost backends” shows what can be used.
    ");
}

#[test]
fn a_broken_model_is_told_with_its_file() {
    let env = with_models("<p>The red house</p>");
    let name = "../models/en-es/model.enes.intgemm.alphas.bin";
    let bytes = std::fs::read(env.path(name)).expect("the model");
    env.write(name, &bytes[..5000]);
    for backend in ["", " --backend local"] {
        let run = env
            .run(&format!("translate post.json --from en --to es{backend}"))
            .env("POLYPOST_MODELS", &models(&env))
            .go()
            .exits(3);
        assert!(
            run.stderr.contains("en-es/model.enes.intgemm.alphas.bin")
                && run.stderr.contains("polypost models get en-es")
                && !run.stderr.contains("panicked"),
            "{run}"
        );
        assert!(
            env.visible_files()
                .iter()
                .all(|file| !file.starts_with("es/"))
        );
    }
}

#[test]
fn samples_come_through_whole_and_the_same_every_time() {
    let env = TestEnv::new();
    Tiny {
        is_int8: true,
        ..english_spanish()
    }
    .install(&env.path("../models"), "en-es");
    let backend = format!("local:{}", models(&env));
    for name in sample_names().into_iter().take(3) {
        env.write(&name, crate::env::sample(&name));
        let first = env.translated(&name, "es", &backend);
        assert_eq!(first, env.translated(&name, "es", &backend), "{name}");
    }
}

#[test]
fn an_installed_model_places_the_codes_of_other_backends() {
    let env = with_models("<p>The <b>red</b> house is big.</p>");
    // It answers in plain text, without an alignment.
    let reply = r#"sed -u 's/.*"id":\([0-9]*\).*/{"id":\1,"markup":"plain","text":"La casa roja es grande."}/'"#;
    let backend = format!("exec:{reply}");
    let run = || {
        env.run("translate post.json --from en --to es --stdout --backend")
            .arg(&backend)
    };
    let estimated = run().go().ok();
    assert!(estimated.stderr.contains("estimated"), "{estimated}");

    let placed = run().env("POLYPOST_MODELS", &models(&env)).go().ok();
    assert_eq!(
        content_of(&placed.stdout),
        "<p>La casa <b>roja</b> es grande.</p>"
    );
    assert!(!placed.stderr.contains("estimated"), "{placed}");
}
