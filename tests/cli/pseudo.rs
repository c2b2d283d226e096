//! The backend that shows what would be translated.

use crate::env::{TestEnv, content_of, sample_names};

/// The tags of a text in order, and the text without them.
fn tags(text: &str) -> Vec<&str> {
    text.match_indices('<')
        .map(|(at, _)| {
            let end = text[at..].find('>').map_or(text.len(), |end| at + end + 1);
            &text[at..end]
        })
        .collect()
}

#[test]
fn tags_stay_in_order_and_every_sentence_is_in_brackets() {
    let content =
        "<p>The <b>red</b> <i>house</i> is <a href=\"/x\">old</a>.</p><p>One. Two<br>three.</p>";
    let env = TestEnv::with_post(content);
    let after = content_of(&env.translated("post.json", "es", "pseudo"));
    assert_eq!(tags(&after), tags(content));
    insta::assert_snapshot!(after, @r#"<p>⟦Ţĥé <b>ŕééð</b> <i>ĥöööúšé</i> ííš <a href="/x">ööļð</a>.⟧</p><p>⟦Öñé.⟧ ⟦Ţŵö<br>ţĥŕéééé.⟧</p>"#);
}

#[test]
fn tags_of_every_post_stay_in_order() {
    for name in &sample_names() {
        let env = TestEnv::with_sample(name);
        let before = env.read(name);
        if before.starts_with('{') && before.lines().count() == 1 {
            let after = env.translated(name, "en", "pseudo");
            let (before, after) = (content_of(&before), content_of(&after));
            // Attributes hold text too, so tags are compared by their beginnings.
            let names = |text: &str| -> Vec<String> {
                let name = |tag: &&str| tag.split([' ', '>']).next().unwrap_or_default().to_owned();
                tags(text).iter().map(name).collect()
            };
            assert_eq!(names(&after), names(&before), "{name}");
            assert!(after.contains('⟦') && after.contains('⟧'), "{name}");
        }
    }
}

#[test]
fn entities_and_protected_text_come_back_as_they_were() {
    let env = TestEnv::with_post(
        "<p>Fish &amp; chips &lt;cheap&gt; at <code>&lt;b&gt;</code>, [map id=\"1\"] and %s.</p>",
    );
    let after = content_of(&env.translated("post.json", "es", "pseudo"));
    for kept in [
        "&amp;",
        "&lt;",
        "<code>&lt;b&gt;</code>",
        "[map id=\"1\"]",
        "%s",
    ] {
        assert!(after.contains(kept), "{kept}: {after}");
    }
}

#[test]
fn the_way_of_every_segment_is_told_with_v() {
    let env = TestEnv::with_post("<p>The <b>red</b> house. It is old.</p>");
    let run = env
        .run("translate post.json --from en --to es --backend pseudo -v")
        .go();
    insta::assert_snapshot!(run, @"
    exit 0
    --- stderr
    post.json, content.rendered, 33aa92ef06.1: translated
    post.json, content.rendered, 33aa92ef06.2: translated
    One post, 2 segments with pseudo; one file written.
    ");
}

#[test]
fn texts_before_and_after_are_shown() {
    let env = TestEnv::with_sample("swimming-pool.htm");
    let run = env
        .run("translate swimming-pool.htm --from en --to es --backend pseudo --show")
        .go();
    insta::assert_snapshot!(run, @"
    exit 0
    --- stdout
    swimming-pool.htm · en → es


    - The pool opens again
    + ⟦Ţĥé þööööļ ööþéñš ááĝááíñ⟧
    - After two years of work, the pool is bigger & warmer. Tickets: 4 € (children 2 €).
    + ⟦Åƒţééŕ ţŵöö ýééáŕš öööƒ ŵööŕķ, ţĥééé þöööļ ííš ƀííĝĝééŕ & ŵáááŕɱééŕ.⟧ ⟦Ţíçķééţš: 4 € (çĥíííííļðŕééñ 2 €).⟧
    - Opening hours
    + ⟦Öþéñííñĝ ĥöööúŕš⟧
    - Monday to Friday: 7 – 20
    + ⟦Ṁöñðááý ţöö Ƒŕííðááý: 7 – 20⟧
    - Saturday & Sunday: 9 – 18
    + ⟦Šáţúúŕðááý & Šúúñðááý: 9 – 18⟧
    - The water is blue again, and so is the sky.
    + ⟦Ţĥé ŵááţééŕ ííš ƀļúúéé áĝááíñ, ááñð šööö íš ţĥééé šķý.⟧
    - Don't forget: towels!
    + ⟦Ðöñ'ţ ƒöööŕĝééţ: ţööŵééļš!⟧
    --- stderr
    One post, 8 segments with pseudo; one file written.
    One link stays as it was; “-v” names it.
    ");
}
