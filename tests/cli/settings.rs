//! Settings: flags, then the environment, then `polypost.toml`; and what is said of wrong ones.

use crate::env::{Output, TestEnv, is_pseudo, post};

fn configured(toml: &str) -> TestEnv {
    let env = TestEnv::new();
    env.write("polypost.toml", toml);
    env.write("posts/a.json", post("One", "<p>Two. Three.</p>"));
    env
}

fn refused(toml: &str) -> Output {
    configured(toml).run("translate").go().exits(2)
}

#[test]
fn a_configuration_needs_no_flags() {
    let env = TestEnv::new();
    env.write(
        "polypost.toml",
        r#"
source = "en"
targets = ["es", "pt-BR"]
posts = ["posts/**/*.json"]
output = "out/{lang}/{stem}.{ext}"
backend = "exec:tee -a requests"
segmentation = "block"
links = "all"
fields = ["title.rendered", { path = "content.rendered", kind = "html" }, { path = "acf.link", kind = "url" }]

[site]
url = "https://one.example"
www-alias = true

[site.prefixes]
"pt-BR" = "br"

[slugs.es]
hello = "hola"

[exclude]
selectors = [".x"]
code-classes = ["prog"]
"#,
    );
    env.write(
        "posts/a.json",
        r#"{"link":"https://one.example/hello/","slug":"hello","title":{"rendered":"One"},"content":{"rendered":"<p>Two. <a href=\"https://www.one.example/b/\">Three</a>.</p><p class=\"x\">Four</p><pre class=\"prog\">five</pre>"},"acf":{"link":"https://one.example/c/"},"excerpt":{"rendered":"Six"}}"#,
    );
    env.run("translate").go().ok();
    insta::assert_snapshot!(
        [env.read("out/es/a.json"), env.read("out/pt-BR/a.json"), env.read("requests")].join("\n"),
        @r#"
    {"link":"https://one.example/es/hola/","slug":"hola","title":{"rendered":"One"},"content":{"rendered":"<p>Two. <a href=\"https://www.one.example/es/b/\">Three</a>.</p><p class=\"x\">Four</p><pre class=\"prog\">five</pre>"},"acf":{"link":"https://one.example/es/c/"},"excerpt":{"rendered":"Six"}}
    {"link":"https://one.example/br/hello/","slug":"hello","title":{"rendered":"One"},"content":{"rendered":"<p>Two. <a href=\"https://www.one.example/br/b/\">Three</a>.</p><p class=\"x\">Four</p><pre class=\"prog\">five</pre>"},"acf":{"link":"https://one.example/br/c/"},"excerpt":{"rendered":"Six"}}
    {"id":1,"source":"en","target":"es","text":"One","plain":"One","context":""}
    {"id":2,"source":"en","target":"es","text":"Two. <g1>Three</g1>.","plain":"Two. Three.","context":""}
    {"id":3,"source":"en","target":"pt-BR","text":"One","plain":"One","context":""}
    {"id":4,"source":"en","target":"pt-BR","text":"Two. <g1>Three</g1>.","plain":"Two. Three.","context":""}
    "#
    );
}

#[test]
fn a_configuration_is_found_from_a_folder_below() {
    let env = configured(
        "source = \"en\"\ntargets = [\"es\"]\nposts = [\"posts/*.json\"]\nbackend = \"pseudo\"\n",
    );
    let run = env.run("translate").folder(env.path("posts")).go().ok();
    assert!(run.stderr.contains("one file written"), "{run}");
    assert!(is_pseudo(&env.read("es/posts/a.json")));
    env.run("translate a.json --to fr")
        .folder(env.path("posts"))
        .go()
        .ok();
    assert!(is_pseudo(&env.read("fr/posts/a.json")));
}

#[test]
fn another_configuration_can_be_named() {
    let env = configured("targets = [\"es\"]\n");
    env.write(
        "other.toml",
        "source = \"en\"\ntargets = [\"fr\"]\nbackend = \"pseudo\"\n",
    );
    env.run("translate posts/a.json --config other.toml")
        .go()
        .ok();
    env.run("translate posts/a.json --stdout")
        .env("POLYPOST_CONFIG", "other.toml")
        .go()
        .ok();
    assert!(env.visible_files().contains(&"fr/posts/a.json".to_owned()));
    let run = env.run("translate --config missing.toml").go().exits(3);
    assert!(run.stderr.contains("missing.toml"), "{run}");
}

#[test]
fn a_flag_wins_over_the_environment_and_that_over_the_file() {
    let env = configured(
        "source = \"en\"\ntargets = [\"es\"]\noutput = \"file/{lang}\"\nbackend = \"pseudo\"\n",
    );
    env.run("translate posts/a.json").go().ok();
    env.run("translate posts/a.json")
        .env("POLYPOST_TO", "fr,it")
        .env("POLYPOST_OUTPUT", "environment/{lang}")
        .go()
        .ok();
    env.run("translate posts/a.json --to nl --output flag/{lang}")
        .env("POLYPOST_TO", "fr,it")
        .env("POLYPOST_OUTPUT", "environment/{lang}")
        .go()
        .ok();
    let mut written = env.visible_files();
    written.retain(|file| !file.starts_with("po") && !file.starts_with("i18n/"));
    assert_eq!(
        written,
        ["environment/fr", "environment/it", "file/es", "flag/nl"]
    );
}

#[test]
fn every_setting_has_a_variable() {
    for (name, value, words) in [
        ("POLYPOST_FROM", "!", "“!” is not a language tag"),
        ("POLYPOST_TO", "!", "“!” is not a language tag"),
        ("POLYPOST_BACKEND", "nobody", "no backend “nobody”"),
        ("POLYPOST_SEGMENTATION", "word", "“word”"),
        ("POLYPOST_LINKS", "some", "“some”"),
        ("POLYPOST_SITE", "nowhere", "“nowhere” is not the address"),
        ("POLYPOST_OUTPUT", "{x}", "“x”"),
    ] {
        let env = configured("source = \"en\"\ntargets = [\"es\"]\nbackend = \"pseudo\"\n");
        let run = env
            .run("translate posts/a.json")
            .env(name, value)
            .go()
            .exits(2);
        assert!(run.stderr.contains(words), "{name}: {run}");
    }
}

#[test]
fn an_unknown_key_is_an_error_with_a_suggestion() {
    insta::assert_snapshot!(refused("source = \"en\"\ntarget = [\"es\"]\n"), @"
    exit 2
    --- stderr
    Error: The configuration [folder]/project/polypost.toml is wrong.
    Caused by: There is no key “target”.
    Hint: Did you mean “targets”?
    ");
    for (toml, words) in [
        ("sorce = \"en\"", "Did you mean “source”?"),
        ("[site]\nurls = \"x\"", "Did you mean “url”?"),
        ("[exclude]\nselector = []", "Did you mean “selectors”?"),
        ("[checks]\nfail-on = \"error\"", "There is no key “checks"),
        (
            "fields = [{ path = \"a\", kinds = \"html\" }]",
            "Did you mean “kind”?",
        ),
        ("something-else = 1", "source, targets"),
    ] {
        let run = refused(toml);
        assert!(run.stderr.contains(words), "{toml}: {run}");
        assert!(run.stderr.contains("polypost.toml"), "{toml}: {run}");
    }
}

#[test]
fn a_configuration_that_is_no_toml_is_named_with_its_line() {
    insta::assert_snapshot!(refused("source = \"en\"\ntargets = [es]\n"), @"
    exit 2
    --- stderr
    Error: The configuration [folder]/project/polypost.toml is wrong.
    Caused by: Line 2: string values must be quoted, expected literal string
    ");
    let run = refused("source = 5\n");
    assert!(run.stderr.contains("Line 1"), "{run}");
}

#[test]
fn a_wrong_value_is_named_with_what_it_could_be() {
    for (toml, words) in [
        ("links = \"trasnlated\"", "Did you mean “translated”?"),
        ("segmentation = \"words\"", "sentence, block"),
        (
            "source = \"english please\"",
            "“english please” is not a language tag",
        ),
        ("backend = \"apertum\"", "Did you mean “apertium”?"),
        ("output = \"{langs}\"", "Did you mean"),
        (
            "fields = [{ path = \"a\", kind = \"xml\" }]",
            "html, text, url",
        ),
        ("fields = [\"a..b\"]", "is not the path of a field"),
        ("[exclude]\nselectors = [\"..\"]", "as a CSS selector"),
        ("[site]\nurl = \"x y\"", "is not the address of a site"),
        ("[site.prefixes]\nes = \"a/b?\"", "“a/b?”"),
    ] {
        let key = toml.split([' ', '\n']).next().unwrap_or_default();
        let whole = [
            ("source", "source = \"en\"\n"),
            ("targets", "targets = [\"es\"]\n"),
        ]
        .iter()
        .filter(|(name, _)| *name != key)
        .map(|(_, line)| *line)
        .collect::<String>();
        let env = configured(&format!("{whole}{toml}\n"));
        let run = env.run("translate posts/a.json --backend pseudo");
        let run = if key == "backend" {
            env.run("translate posts/a.json")
        } else {
            run
        }
        .go()
        .exits(2);
        assert!(run.stderr.contains(words), "{toml}: {run}");
    }
}

#[test]
fn a_wrong_selector_is_explained_and_found() {
    let env = configured("[exclude]\nselectors = [\"p:hover\"]\n");
    let translate = "translate posts/a.json --from en --to es --backend pseudo";
    insta::assert_snapshot!(env.run(translate).go(), @"
    exit 2
    --- stderr
    Error: “p:hover” can't be used as a CSS selector.
    Caused by: in [folder]/project/polypost.toml
    Hint: Selectors look like “aside”, “.byline”, “#footer” or “p[data-note]”. What depends on a moment or is no element, such as “:hover” or “::before”, can't be used.
    ");
    let env = configured("");
    let run = env.run(translate).arg("--exclude").arg("p:::x").go();
    insta::assert_snapshot!(run, @"
    exit 2
    --- stderr
    Error: “p:::x” can't be used as a CSS selector.
    Hint: Selectors look like “aside”, “.byline”, “#footer” or “p[data-note]”. What depends on a moment or is no element, such as “:hover” or “::before”, can't be used.
    ");
}
