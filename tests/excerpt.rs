//! Generated excerpts are derived from the translated content, by the rule that made them.

use polypost::post::{derive_excerpt, looks_generated};
use proptest::prelude::*;

fn words(prefix: &str, count: usize) -> String {
    (1..=count)
        .map(|number| format!("{prefix}{number}"))
        .collect::<Vec<_>>()
        .join(" ")
}

/// Derives from contents in one paragraph, English to German.
fn derive(source: &str, excerpt: &str, target: &str) -> Option<String> {
    derive_excerpt(source, excerpt, target, "en", "de")
}

#[test]
fn the_first_words_of_the_translation_are_taken() {
    let source = format!("<h2>Bread</h2>\n<p>{}</p>\n", words("w", 80));
    let target = format!("<h2>Brot</h2>\n<p>{}</p>\n", words("Wort", 90));
    let excerpt = format!("<p>Bread {} [&hellip;]</p>\n", words("w", 54));
    let expected = format!("<p>Brot {} [&hellip;]</p>\n", words("Wort", 54));
    assert_eq!(derive(&source, &excerpt, &target), Some(expected));
}

#[test]
fn the_number_of_words_and_the_ending_are_the_sources() {
    for (before, after) in [
        ("<p>", " [&hellip;]</p>\n"),
        ("<p>", " [&hellip;]</p>"),
        ("<p>", "&hellip;</p>\n"),
        ("", " [&#8230;]"),
        ("<p>", " […]</p>\r\n"),
        ("<div><p>", "&nbsp;&#8230;</p></div>\n"),
        ("<p>", "\u{a0}…</p>\n"),
        ("<p>", " ...</p>\n"),
        (
            "<p>",
            "&hellip; <a class=\"more-link\" href=\"/x/\">&rarr;</a></p>\n",
        ),
        (
            "<p>",
            " <a href=\"/x/\" class=\"more-link\">&#187;</a></p>\n",
        ),
    ] {
        let source = format!("<p>{}</p>", words("w", 40));
        let target = format!("<p>{}</p>", words("v", 41));
        let excerpt = format!("{before}{}{after}", words("w", 20));
        let expected = format!("{before}{}{after}", words("v", 20));
        assert_eq!(
            derive(&source, &excerpt, &target),
            Some(expected),
            "{after:?}"
        );
    }
}

#[test]
fn a_tail_with_words_has_to_be_translated() {
    let source = format!("<p>{}</p>", words("w", 40));
    for tail in [
        "<a class=\"more-link\" href=\"/x/\">Continue reading</a>",
        "<a class=\"more-link\" href=\"/x/\" title=\"Continue\">&rarr;</a>",
        "<a href=\"/x/\">&rarr;</a>",
    ] {
        let excerpt = format!("<p>{} &hellip; {tail}</p>\n", words("w", 20));
        assert_eq!(derive(&source, &excerpt, &source), None, "{tail}");
    }
}

#[test]
fn entities_and_no_break_spaces_stay_in_their_words() {
    let source = "<p>R&amp;D &#8212; ten\u{a0}per cent&nbsp;more <em>each</em>\n\t year.</p>";
    let excerpt = "<p>R&amp;D &#8212; ten\u{a0}per cent&nbsp;more each [&hellip;]</p>\n";
    let target = "<p>F&amp;E &#8211; zehn\u{a0}Prozent mehr <em>jedes</em> Jahr.</p>";
    let expected = "<p>F&amp;E &#8211; zehn\u{a0}Prozent mehr jedes [&hellip;]</p>\n";
    assert_eq!(derive(source, excerpt, target).as_deref(), Some(expected));
}

#[test]
fn a_text_that_was_not_cut_is_not_cut() {
    let source = "<p>A short <b>post</b>.</p>\n<p>Two paragraphs.</p>\n";
    let target = "<p>Ein ganz und gar kurzer <b>Beitrag</b>.</p>\n<p>Zwei Absätze.</p>\n";
    let expected = "<p>Ein ganz und gar kurzer Beitrag. Zwei Absätze.</p>\n";
    assert_eq!(
        derive(source, "<p>A short post. Two paragraphs.</p>\n", target).as_deref(),
        Some(expected)
    );
}

#[test]
fn a_translation_too_short_to_be_cut_has_no_ending() {
    let source = "<p>one two three four</p>";
    assert_eq!(
        derive(
            source,
            "<p>one two three [&hellip;]</p>\n",
            "<p>eins zwei</p>"
        )
        .as_deref(),
        Some("<p>eins zwei</p>\n")
    );
    let exact = derive(
        source,
        "<p>one two three [&hellip;]</p>\n",
        "<p>eins zwei drei</p>",
    );
    assert_eq!(exact.as_deref(), Some("<p>eins zwei drei</p>\n"));
}

#[test]
fn an_excerpt_that_is_not_the_rules_is_not_derived() {
    let source = "<p>one two three four five</p>";
    for excerpt in [
        "<p>A summary by hand.</p>\n",
        "<p>one two</p>\n",
        "<p>one two thr [&hellip;]</p>\n",
        "<p>One two [&hellip;]</p>\n",
        "<p>one  two [&hellip;]</p>\n",
        "<p>one <b>two</b> [&hellip;]</p>\n",
        "<p>one two three four five [&hellip;]</p>\n",
        "<p> [&hellip;]</p>\n",
        "<p></p>\n",
        "",
    ] {
        assert_eq!(
            derive(source, excerpt, "<p>eins zwei drei vier</p>"),
            None,
            "{excerpt:?}"
        );
    }
    assert_eq!(
        derive("<figure><img src=\"a.png\"></figure>", "", "<p>x</p>"),
        None
    );
}

#[test]
fn characters_are_counted_for_japanese_chinese_and_thai() {
    let source = "<p>猫は窓辺で静かに眠っていた。</p><p>雨が降る。</p>";
    let excerpt = "<p>猫は窓辺で [&hellip;]</p>\n";
    let derive = |target, to| derive_excerpt(source, excerpt, target, "ja", to);
    let chinese = derive("<p>猫在窗台上静静地睡着。</p>", "zh-Hans").expect("it is derived");
    assert_eq!(chinese, "<p>猫在窗台上 [&hellip;]</p>\n");
    // Five characters are as long as three words.
    let english = derive("<p>The cat slept quietly on the sill.</p>", "en").expect("it is derived");
    assert_eq!(english, "<p>The cat slept [&hellip;]</p>\n");
    let back = derive_excerpt(
        "<p>The cat slept quietly.</p>",
        "<p>The cat [&hellip;]</p>\n",
        "<p>猫は窓辺で静かに眠っていた。</p>",
        "en_US",
        "JA",
    );
    assert_eq!(back.as_deref(), Some("<p>猫は窓辺 [&hellip;]</p>\n"));
}

#[test]
fn a_character_reference_is_torn_by_wordpress_but_not_by_us() {
    let source = "<p>猫&#8217;の名前</p>";
    let excerpt = "<p>猫&#8 [&hellip;]</p>\n";
    let derive = |target| derive_excerpt(source, excerpt, target, "ja", "zh");
    assert_eq!(
        derive("<p>猫&amp;名字</p>").as_deref(),
        Some("<p>猫 [&hellip;]</p>\n")
    );
    assert_eq!(
        derive("<div>猫&#8217;の名前</div>").as_deref(),
        Some(excerpt)
    );
}

#[test]
fn a_more_tag_ends_what_an_excerpt_is_made_from() {
    for more in [
        "<p><!--more--></p>",
        "<p><!--more Read on--></p>",
        "<p><span id=\"more-7\"></span></p>",
    ] {
        let source = format!("<p>The teaser.</p>\n{more}\n<p>All the rest.</p>");
        let target = format!("<p>Der Anreißer.</p>\n{more}\n<p>Der Rest.</p>");
        assert_eq!(
            derive(&source, "<p>The teaser.</p>\n", &target).as_deref(),
            Some("<p>Der Anreißer.</p>\n")
        );
    }
}

#[test]
fn an_untranslated_post_keeps_its_excerpt() {
    let source = "<p>one two three</p><script>var a = '<p>';</script>";
    let excerpt = "<p>one two [&hellip;]</p>\n";
    for to in ["en", "de", "ja"] {
        assert_eq!(
            derive_excerpt(source, excerpt, source, "en", to).as_deref(),
            Some(excerpt)
        );
    }
}

#[test]
fn a_generated_excerpt_is_told_by_its_end() {
    for excerpt in [
        "<p>One two [&hellip;]</p>\n",
        "One two [&#8230;]",
        "<p>One two […]</p>",
        "<p>One two&hellip;</p>",
        "<p>One <a class=\"more-link\" href=\"/x/\">Continue <b>reading</b></a></p>\n",
    ] {
        assert!(looks_generated(excerpt), "{excerpt}");
    }
    for excerpt in [
        "",
        "<p>A summary.</p>\n",
        "<p>A [&hellip;] b</p>",
        "<p><a href=\"/x/\">x</a></p>",
    ] {
        assert!(!looks_generated(excerpt), "{excerpt}");
    }
}

#[test]
fn the_sample_is_derived() {
    let Some(path) = std::env::var_os("POLYPOST_SAMPLE") else {
        #[expect(clippy::print_stderr, reason = "a skipped test says so")]
        {
            eprintln!("skipped: POLYPOST_SAMPLE is not set");
        }
        return;
    };
    let text = std::fs::read_to_string(path).expect("the sample is readable");
    let post = serde_json::from_str::<serde_json::Value>(&text).expect("the sample is JSON");
    let rendered = |field: &str| {
        post[field]["rendered"]
            .as_str()
            .expect("the field is text")
            .to_owned()
    };
    let (content, excerpt) = (rendered("content"), rendered("excerpt"));
    assert!(looks_generated(&excerpt));
    assert_eq!(
        derive_excerpt(&content, &excerpt, &content, "en", "es").as_deref(),
        Some(excerpt.as_str())
    );
    let target = content
        .replace("The company", "La compañía")
        .replace("plans", "ha pensado");
    let derived =
        derive_excerpt(&content, &excerpt, &target, "en", "es").expect("the rule made it");
    assert!(
        derived.starts_with("<p>(Bloomberg) &#8212; OpenAI\u{a0}ha pensado to invest"),
        "{derived}"
    );
    assert!(derived.ends_with(" [&hellip;]</p>"), "{derived}");
    assert_eq!(derived.split(' ').count(), excerpt.split(' ').count());
}

#[test]
fn hostile_texts_take_linear_time() {
    let repeat = |piece: &str| piece.repeat(300_000 / piece.len());
    for piece in [
        "<p>",
        "</p>",
        "<a ",
        "</a>",
        "&nbsp;",
        "&",
        " ",
        "<script>",
        "<script></script>",
        "&hellip;",
        "<!--more",
    ] {
        for excerpt in [
            repeat(piece),
            format!("<p>{} [&hellip;]</p>", repeat(piece)),
            format!("{}</a>", repeat(piece)),
        ] {
            let _ = derive_excerpt(&repeat(piece), &excerpt, &repeat(piece), "ja", "en");
            let _ = derive_excerpt(&repeat(piece), &excerpt, "x", "en", "ja");
            let _ = looks_generated(&excerpt);
        }
    }
}

/// Tags, words and marks in any order.
fn soup() -> impl Strategy<Value = String> {
    let pieces = vec![
        "one",
        "two",
        "猫",
        " ",
        "\n",
        "\u{a0}",
        "&amp;",
        "&#8217;",
        "<p>",
        "</p>",
        "<b",
        ">",
        "<",
        "\"",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<?",
        "[&hellip;]",
        "…",
        "<a class=\"more-link\">",
        "</a>",
        "\0",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_text_is_read(content in any::<String>(), excerpt in any::<String>(), target in any::<String>()) {
        let _ = derive_excerpt(&content, &excerpt, &target, "th", "en");
        let _ = looks_generated(&excerpt);
    }

    #[test]
    fn an_unchanged_content_gives_the_excerpt_back(content in soup(), excerpt in soup(),
        from in prop::sample::select(vec!["en", "ja"]), to in prop::sample::select(vec!["de", "zh"])) {
        if let Some(derived) = derive_excerpt(&content, &excerpt, &content, from, to) {
            prop_assert_eq!(derived, excerpt);
        }
    }

    #[test]
    fn a_derived_excerpt_is_derived_from_its_own_content(source in soup(), number in 1usize..12, target in soup()) {
        let cut = derive_excerpt(&words("w", 40), &format!("<p>{} [&hellip;]</p>\n", words("w", number)), &target, "en", "de");
        let excerpt = cut.expect("the rule made it");
        if let Some(back) = derive_excerpt(&target, &excerpt, &source, "en", "de") {
            prop_assert!(back.starts_with("<p>") && back.ends_with("</p>\n"));
        }
    }
}
