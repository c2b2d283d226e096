//! Generators of HTML: well-formed articles, and soup.

use proptest::prelude::*;

const WORDS: [&str; 26] = [
    "Word",
    "second one.",
    "Dr. Smith",
    "a < b",
    "AT&T",
    "&amp;",
    "&nbsp;",
    "&#8212;",
    "&copy2",
    "&nbspword;",
    "&notit",
    "\u{a0}",
    "  ",
    "\n",
    "\r\n",
    "\t",
    "?",
    "Is it? Yes!",
    "https://example.org/a?b=c&amp;d",
    "[gallery ids=\"1\"]",
    "%s",
    "{{ x }}",
    "ä中",
    "e\u{301}",
    "3.5",
    "\0",
];

const TAGS: [&str; 64] = [
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<i class=x>",
    "</i>",
    "<a href=\"/x?a&amp;b\" title='T &quot; u'>",
    "</a>",
    "<br>",
    "<br />",
    "<span>",
    "</span>",
    "<div>",
    "</div>",
    "<h2>",
    "</h2>",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<img alt=\"A picture\" src=x>",
    "<img alt=word>",
    "<code>",
    "</code>",
    "<pre>",
    "</pre>",
    "<!-- c -->",
    "<!-- wp:paragraph -->",
    "<!--[if IE]>",
    "<![endif]-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<title>",
    "</title>",
    "<svg>",
    "<text>",
    "</text>",
    "</svg>",
    "<math>",
    "</math>",
    "<button>",
    "</button>",
    "<p translate=no>",
    "<span translate=\"yes\">",
    "<em lang=fr>",
    "</em>",
    "<template>",
    "</template>",
    "<noscript>",
    "</noscript>",
    "</>",
    "<",
    "&",
    "<sup>",
    "</sup>",
];

const MORE: [&str; 12] = [
    "<select>",
    "<option label='An option'>",
    "</select>",
    "<form>",
    "</form>",
    "<font size=1>",
    "<iframe srcdoc=\"<p>In &lt;b>frame&lt;/b>.\">",
    "</iframe>",
    "<plaintext>",
    "<frameset>",
    "<script type=\"application/ld+json\">{\"headline\":\"A \\u00e9 head\\/line\"}</script>",
    "<x-y",
];

/// Any order of tags, words and odd bytes.
pub(crate) fn tag_soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => proptest::sample::select(&WORDS[..]).prop_map(str::to_owned),
        6 => proptest::sample::select(&TAGS[..]).prop_map(str::to_owned),
        1 => proptest::sample::select(&MORE[..]).prop_map(str::to_owned),
        1 => "\\PC{0,4}",
        1 => Just(" ".to_owned()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// Heads of pages, more or less.
pub(crate) fn head() -> impl Strategy<Value = String> {
    const LINKS: [&str; 14] = [
        "<link rel=\"canonical\" href=\"https://a.example/\" />",
        "<LINK REL='x canonical' HREF='https://a.example/'/>",
        "<link rel=canonical href=https://a.example/>",
        "<link rel=canonical href>",
        "<link rel=alternate hreflang=de href=/de/>",
        "<link rel=\"alternate\" hreflang=\"fr\" href=\"\" >",
        "<meta property=og:url content=x>",
        "<head>",
        "</head>",
        "<body>",
        "<title>Title</title>",
        "<noscript>",
        "</noscript>",
        "</template>",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(&LINKS[..]).prop_map(str::to_owned),
        2 => prop::sample::select(&["\n", "\r\n", "\n  ", "\r", " ", "\t"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&TAGS[..]).prop_map(str::to_owned),
        1 => prop::sample::select(&WORDS[..]).prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| format!("<head>{}", pieces.concat()))
}

/// Articles: blocks of text with properly nested inline elements.
pub(crate) fn article() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        3 => "[a-zA-Zéßñ]{1,8}",
        1 => Just("Good. Then".to_owned()),
        1 => Just("&#8212;".to_owned()),
        1 => Just("R&amp;D".to_owned()),
        1 => Just("<br />".to_owned()),
        1 => Just("<img alt=\"a picture\">".to_owned()),
        1 => Just("<code>let x;</code>".to_owned()),
    ];
    let words = prop::collection::vec(word, 1..6).prop_map(|words| words.join(" "));
    let inline = words.prop_recursive(3, 12, 3, |inner| {
        (
            prop::sample::select(&["b", "em", "a", "span"][..]),
            prop::collection::vec(inner, 1..3),
        )
            .prop_map(|(name, inner)| format!("<{name}>{}</{name}>", inner.join(" ")))
    });
    let block = (
        prop::sample::select(&["p", "h2", "li", "td", "div"][..]),
        prop::collection::vec(inline, 1..3),
    )
        .prop_map(|(name, inner)| match name {
            "td" => format!("<table><tr><td>{}</td></tr></table>", inner.join(" ")),
            _ => format!("<{name}>{}</{name}>\n", inner.join(" ")),
        });
    prop::collection::vec(block, 1..5).prop_map(|blocks| blocks.concat())
}

/// The content of a JSON string in one of the many ways to spell it.
pub(crate) fn json_string() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "word",
            " ",
            "\u{e9}",
            "\u{1f600}",
            "\\u00e9",
            "\\u00E9",
            "\\ud83d\\ude00",
            "\\ud800",
            "\\/",
            "/",
            "\\n",
            "\\\"",
            "\\\\",
            "\\u003c",
            "<p>",
            "</p>",
            "&",
            "\\u0026",
            "\\u0000",
            "\u{2028}",
            "\\u2028",
        ][..],
    );
    prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

/// JSON with the fields of a post, and others.
pub(crate) fn json() -> impl Strategy<Value = String> {
    let space = prop::sample::select(&["", " ", "\n  ", "\t"][..]);
    let leaf = prop_oneof![
        4 => json_string().prop_map(|content| format!("\"{content}\"")),
        1 => prop::sample::select(&["1", "-2.5e3", "true", "null", "{}", "[]"][..])
            .prop_map(str::to_owned),
    ];
    let key = prop_oneof![
        prop::sample::select(&["title", "content", "rendered", "excerpt", "meta", "a"][..])
            .prop_map(str::to_owned),
        json_string(),
    ];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        prop_oneof![
            (prop::collection::vec(inner.clone(), 0..4), space.clone())
                .prop_map(|(values, space)| format!("[{space}{}{space}]", values.join(","))),
            (
                prop::collection::vec((key.clone(), inner), 0..4),
                space.clone()
            )
                .prop_map(|(members, space)| {
                    let members: Vec<_> = members
                        .into_iter()
                        .map(|(key, value)| format!("\"{key}\":{space}{value}"))
                        .collect();
                    format!("{{{space}{}}}", members.join(&format!("{space},")))
                }),
        ]
    })
}

/// Replies of a backend that got the form of the codes right now and then.
pub(crate) fn reply() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(
        &[
            "word ",
            "<g1>",
            "</g1>",
            "<g2>",
            "</g2>",
            "<x1/>",
            "<x2/>",
            "<x3/>",
            "< G1 >",
            "<g id=\"1\">",
            "</ g 2>",
            "<x2></x2>",
            "<x9/>",
            "<b>",
            "&amp;",
            "&lt;",
            "&#0;",
            "<",
            " ",
            "",
        ][..],
    );
    prop::collection::vec(piece, 0..10).prop_map(|pieces| pieces.concat())
}
