//! How posts are read: the source language, fields, what is excluded, what is a segment.

use crate::env::{TestEnv, content_of, post};

#[test]
fn the_language_of_the_text_is_found_and_told() {
    let env = TestEnv::with_sample("night-train.json");
    let run = env
        .run("translate night-train.json --to es --backend pseudo --stdout")
        .go()
        .ok();
    assert!(run.stderr.contains("“en”"), "{run}");
    assert!(
        run.stdout.contains(r"\/es\/"),
        "its address under /de/ says nothing of its language"
    );
}

#[test]
fn a_text_whose_language_is_not_clear_is_an_error() {
    let env = TestEnv::with_post("<p>12 45</p>");
    insta::assert_snapshot!(env.run("translate post.json --to es --backend pseudo").go(), @"
    exit 2
    --- stderr
    Error: The language of the text is not clear.
    Hint: Name it with “--from en”, or with “source” in polypost.toml.
    ");
    env.run("extract post.json").go().exits(2);
}

#[test]
fn fields_can_be_named() {
    let env = TestEnv::new();
    env.write(
        "post.json",
        r#"{"title":{"rendered":"One"},"acf":{"intro":"Two <b>three</b>","list":[{"x":"Four"},{"x":"Five"}],"y":"Six"}}"#,
    );
    let run = env
        .run("translate post.json --from en --to es --backend pseudo --stdout --field acf.intro --field acf.list[].x=text")
        .go()
        .ok();
    insta::assert_snapshot!(run.stdout, @r#"{"title":{"rendered":"One"},"acf":{"intro":"\u27e6\u0162\u0175\u00f6 <b>\u0163\u0125\u0155\u00e9\u00e9\u00e9\u00e9\u27e7</b>","list":[{"x":"\u27e6\u0191\u00f6\u00fa\u0155\u27e7"},{"x":"\u27e6\u0191\u00ed\u1e7d\u00e9\u00e9\u27e7"}],"y":"Six"}}"#);
}

#[test]
fn elements_can_be_excluded() {
    let env = TestEnv::with_post(
        r#"<p>One</p><p class="a">Two</p><div id="b"><p>Three</p></div><p>Four <i class="a">five</i> six</p>"#,
    );
    let run = env
        .run("translate post.json --from en --to es --backend pseudo --stdout --exclude .a --exclude #b")
        .go()
        .ok();
    let after = content_of(&run.stdout);
    for kept in [">Two<", ">Three<", ">five<"] {
        assert!(after.contains(kept), "{kept}: {after}");
    }
    assert!(
        !after.contains(">One<") && !after.contains(">Four "),
        "{after}"
    );
}

#[test]
fn code_classes_tell_code_from_verse() {
    let env = TestEnv::with_post(r#"<pre class="prog">let x = one;</pre><pre>A verse</pre>"#);
    let run = env
        .run("translate post.json --from en --to es --backend pseudo --stdout --code-class prog")
        .go()
        .ok();
    let after = content_of(&run.stdout);
    assert!(
        after.contains("let x = one;") && !after.contains("A verse"),
        "{after}"
    );
}

#[test]
fn a_block_is_sent_whole_if_wanted() {
    let env = TestEnv::with_post("<p>One. Two <b>three. Four</b> five.</p>");
    for (segmentation, count) in [("sentence", 3), ("block", 1)] {
        let run = env
            .run_args([
                "translate",
                "post.json",
                "--from",
                "en",
                "--to",
                "es",
                "--stdout",
                "--backend",
            ])
            .arg(format!("exec:tee {segmentation}"))
            .arg("--segmentation")
            .arg(segmentation)
            .go()
            .ok();
        assert_eq!(
            run.stdout,
            post("", "<p>One. Two <b>three. Four</b> five.</p>")
        );
        assert_eq!(env.read(segmentation).lines().count(), count);
    }
}

#[test]
fn what_is_marked_as_not_translatable_stays() {
    let content = r#"<p translate="no">Alpha <span translate="yes">beta</span></p><p class="notranslate">Gamma</p><p lang="fr">Delta</p><p data-no-translation>Epsilon</p><script>Zeta</script><p>Theta <a href="mailto:eta@x.example">eta@x.example</a></p>"#;
    let env = TestEnv::with_post(content);
    let after = content_of(&env.translated("post.json", "es", "pseudo"));
    for kept in [
        "Alpha",
        "Gamma",
        "Delta",
        "Epsilon",
        "Zeta",
        "eta@x.example",
    ] {
        assert!(after.contains(kept), "{kept}: {after}");
    }
    for changed in ["beta", "Theta"] {
        assert!(!after.contains(changed), "{changed}: {after}");
    }
}

#[test]
fn white_space_between_tags_is_kept_in_preformatted_text() {
    let page = "<pre><i>one</i>\n<i>two</i>  <b>three</b></pre><p><i>one</i>\n<i>two</i></p>";
    let env = TestEnv::new();
    env.write("a.html", page);
    let run = env.run("extract a.html --from en --format jsonl").go().ok();
    assert!(run.stdout.contains(r#""plain":"one\ntwo  three""#), "{run}");
    assert!(run.stdout.contains(r#""plain":"one two""#), "{run}");
}
