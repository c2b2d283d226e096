use html5ever::tendril::TendrilSink as _;
use html5ever::{ParseOpts, parse_document, parse_fragment};
use proptest::prelude::*;
use scraper::HtmlTreeSink;

use super::*;

/// The tree that html5ever builds with a tokenizer of its own.
fn peer(source: &str, shape: Shape) -> Html {
    let options = ParseOpts {
        tree_builder: TreeBuilderOpts {
            scripting_enabled: false,
            ..TreeBuilderOpts::default()
        },
        ..ParseOpts::default()
    };
    match shape {
        Shape::Document => {
            parse_document(HtmlTreeSink::new(Html::new_document()), options).one(source)
        }
        Shape::Fragment => {
            let context = QualName::new(None, ns!(html), local_name!("body"));
            let sink = HtmlTreeSink::new(Html::new_fragment());
            parse_fragment(sink, options, context, Vec::new(), false).one(source)
        }
    }
}

/// The elements of a tree with their depths, in document order.
fn elements(html: &Html) -> Vec<(usize, String)> {
    html.tree
        .root()
        .descendants()
        .filter_map(|node| {
            let name = node.value().as_element()?.name().to_owned();
            Some((node.ancestors().count(), name))
        })
        .collect()
}

const PIECES: [&str; 75] = [
    "a",
    "word ",
    " ",
    "\n",
    "&amp;",
    "&#32;",
    "&#10;",
    "&#13;",
    "\r\n",
    "&nbsp;",
    "\0",
    "<",
    "</>",
    "<p>",
    "</p>",
    "<p",
    "<div>",
    "</div>",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<a href=x>",
    "</a>",
    "<br>",
    "</br>",
    "<table>",
    "</table>",
    "<tr>",
    "<td>",
    "</td>",
    "<caption>",
    "<colgroup>",
    "<col>",
    "<tbody>",
    "<ul>",
    "<li>",
    "</ul>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<select>",
    "<option>",
    "</select>",
    "<button>",
    "</button>",
    "<form>",
    "</form>",
    "<input type=hidden>",
    "<image>",
    "<svg>",
    "</svg>",
    "<math>",
    "<mi>",
    "<foreignObject>",
    "<desc>",
    "<title>",
    "</title>",
    "<script>",
    "</script>",
    "<style>",
    "</style>",
    "<textarea>",
    "</textarea>",
    "<pre>",
    "<template>",
    "</template>",
    "<noscript>",
    "</noscript>",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<!doctype html>",
    "<frameset>",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&PIECES[..]), 0..20)
        .prop_map(|pieces| pieces.concat())
}

fn check(source: &str, shape: Shape) -> Result<(), TestCaseError> {
    let policy = Policy::new("en".parse().expect("a language tag"));
    let parsed = parse(source, shape, &policy).expect("short texts are read");
    prop_assert_eq!(elements(&parsed.html), elements(&peer(source, shape)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn fragments_grow_the_tree_that_html5ever_builds(source in soup()) {
        check(&source, Shape::Fragment)?;
    }

    #[test]
    fn documents_grow_the_tree_that_html5ever_builds(source in soup()) {
        check(&source, Shape::Document)?;
    }
}

#[test]
fn a_line_end_behind_a_comment_is_not_the_first_of_a_pre() {
    for comment in ["<!-- -->", "<![CDATA[ ]]>", "<?php ?>"] {
        let source = format!("<p><b><pre>{comment}\n");
        for shape in [Shape::Fragment, Shape::Document] {
            check(&source, shape).expect(&source);
        }
    }
}
