//! Hostile HTML is read in reasonable time, or refused with the error that says why: nothing
//! overflows the stack, and nothing runs away.
//!
//! There are no assertions about time; a quadratic step would make these tests take minutes.

use std::fmt::{self, Write as _};

use polypost::html::{Changes, HtmlError, HtmlUnit, Policy, Replacement, Shape, Site};
use polypost::html::{extract, rebuild};
use polypost::post::Splice;

/// How often things are repeated. Without optimization less has to do.
const MANY: usize = if cfg!(debug_assertions) {
    20_000
} else {
    100_000
};
/// The size of texts that are nothing but one sign, in bytes.
const LARGE: usize = if cfg!(debug_assertions) {
    100_000
} else {
    1_000_000
};

/// What becomes of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Read,
    TooDeep,
    TooTangled,
}
use Outcome::{Read, TooDeep, TooTangled};

struct Nothing;

impl Changes for Nothing {
    fn replacements(&self, _: &HtmlUnit) -> Vec<Replacement> {
        Vec::new()
    }

    fn site_value(&self, _: &Site) -> Option<Splice> {
        None
    }
}

/// Every unit is written anew, as it was.
struct Anew;

impl Changes for Anew {
    fn replacements(&self, unit: &HtmlUnit) -> Vec<Replacement> {
        let source = unit.source();
        vec![Replacement {
            text: 0..source.text().len(),
            marks: 0..source.marks().len(),
            target: source.clone(),
        }]
    }

    fn site_value(&self, _: &Site) -> Option<Splice> {
        None
    }
}

fn policy() -> Policy {
    let english = "en".parse().expect("a language tag");
    Policy::new(english)
        .exclude(".notranslate, [translate=\"no\"], code, .a > .b")
        .expect("a selector")
}

fn outcome(text: &str, shape: Shape) -> Outcome {
    match extract(text, shape, &policy()) {
        Ok(extracted) => {
            for changes in [&Nothing as &dyn Changes, &Anew] {
                let output = rebuild(text, &extracted, changes).apply(text);
                assert!(output == text, "nothing was changed");
            }
            Read
        }
        Err(HtmlError::TooDeep { .. }) => TooDeep,
        Err(HtmlError::TooTangled) => TooTangled,
        Err(error) => panic!("{error}"),
    }
}

/// What is written for each number, one after the other.
fn numbered(count: usize, write: impl Fn(&mut String, usize) -> fmt::Result) -> String {
    let mut out = String::new();
    for number in 0..count {
        write(&mut out, number).expect("a string takes what is written");
    }
    out
}

/// Each text becomes what is said of it, as a page and as a fragment.
fn check(texts: &[(&str, Outcome)], times: usize) {
    for (text, expected) in texts {
        let repeated = text.repeat(times);
        for shape in [Shape::Document, Shape::Fragment] {
            assert_eq!(
                outcome(&repeated, shape),
                *expected,
                "{times} times {text:?} as {shape:?}"
            );
        }
    }
}

#[test]
fn elements_that_are_never_closed() {
    check(
        &[
            ("<div>", TooDeep),
            ("<b>", TooDeep),
            ("<span>a ", TooDeep),
            ("<x-y>", TooDeep),
            ("<ul><li>", TooDeep),
            ("<table><tr><td>", TooDeep),
            ("<blockquote><p>a ", TooDeep),
            ("<p>word ", Read),
            ("<li>word ", Read),
            ("<tr><td>word ", Read),
            ("<option>word ", Read),
            ("<button>word ", Read),
            ("<a>word ", Read),
            ("<nobr>word ", Read),
            ("<h1>word ", Read),
            ("<form>word ", Read),
        ],
        MANY,
    );
}

#[test]
fn elements_that_were_never_opened() {
    check(
        &[
            ("</p>", Read),
            ("</br>", Read),
            ("</b>word ", Read),
            ("</x-y>", Read),
            ("</div></span>", Read),
            ("</a></p>", Read),
        ],
        MANY,
    );
}

#[test]
fn foreign_content_and_templates() {
    check(
        &[
            ("<svg>", TooDeep),
            ("<math>", TooDeep),
            ("<svg><foreignObject><p>", TooDeep),
            ("<math><mi>", TooDeep),
            ("<template>", TooDeep),
            ("<template></template>", Read),
            ("<svg><title>word</svg>", Read),
            ("<svg/>", Read),
            ("<body><noscript>", TooDeep),
            ("<button><select>", Read),
        ],
        MANY,
    );
}

#[test]
fn tables_with_misplaced_content() {
    check(
        &[
            ("<table>word", Read),
            ("<table><b>word", Read),
            ("<table><a>word", Read),
            ("<table><tr>word<td></table>", Read),
            ("<table><div>", Read),
            ("<table><tr><select>", Read),
            ("<select><table>", Read),
            ("<table><caption>", TooDeep),
        ],
        MANY,
    );
}

#[test]
fn formatting_that_is_misnested() {
    let fonts = |start: &str, count| {
        numbered(count, |out, number| {
            write!(out, "{start}<font size={number}>")
        })
    };
    for (text, expected) in [
        (fonts("", 5000) + &"</p>".repeat(5000), TooDeep),
        (fonts("", 400) + &"</p>".repeat(MANY), Read),
        (fonts("<p>", 100) + &"<p>word".repeat(MANY), TooTangled),
        (
            format!("<p>{}{}", fonts("", 400), "<p>word".repeat(MANY)),
            TooTangled,
        ),
        (
            "<p><b><i><u><s>".repeat(100) + &"<p>word".repeat(MANY),
            TooTangled,
        ),
    ] {
        for shape in [Shape::Document, Shape::Fragment] {
            assert_eq!(outcome(&text, shape), expected, "{}", &text[..40]);
        }
    }
    check(
        &[
            ("<b><p>", Read),
            ("<b><p></b>", Read),
            ("<a><p></a>word</p>", Read),
            ("<b><i></b></i>", Read),
            ("<a><div><a>", TooDeep),
        ],
        MANY,
    );
}

#[test]
fn a_megabyte_of_one_sign() {
    for sign in [
        "<",
        "&",
        "[",
        "{{",
        "@",
        "#",
        "%",
        "%s",
        "\"",
        "</",
        "<!",
        "<!--",
        "]]>",
        "\0",
        "\r",
        "www.",
        "xhttp://",
        "xwww.",
        "http://a)",
        ")",
        "a@b.c",
        "mailto:",
        "{{ %s",
        "[a %s",
        "://",
        "a@",
        "a@a",
        "[/",
        "[a",
        "[[a]",
        "[x y=",
        "${",
        "{%",
        "%a",
        "&#",
        "&amp",
        "&amp;",
        "<![CDATA[",
        "<a ",
        "<a b=",
        "é",
        " ",
        ".",
        "A. ",
        "-->",
    ] {
        let text = sign.repeat(LARGE / sign.len());
        for shape in [Shape::Document, Shape::Fragment] {
            assert_eq!(outcome(&text, shape), Read, "{sign:?} as {shape:?}");
            assert_eq!(outcome(&format!("<p>A word {text} and more"), shape), Read);
        }
        // Values of attributes, in either kind of quotes.
        assert_eq!(
            outcome(&format!("<img alt='A word {text}'>"), Shape::Fragment),
            Read
        );
        assert_eq!(
            outcome(&format!("<img alt=\"A word {text}\">"), Shape::Fragment),
            Read
        );
    }
}

#[test]
fn many_of_what_is_usually_few() {
    let attributes = numbered(MANY, |out, number| {
        write!(out, " title=a{number} data-{number}='b' class=c")
    });
    let nested = (0..6).fold("<p>Text in a frame".to_owned(), |inner, _| {
        let inner = inner.replace('&', "&amp;").replace('"', "&quot;");
        format!("<iframe srcdoc=\"{inner}\"></iframe>")
    });
    for text in [
        format!("<a{attributes}>word</a{attributes}>"),
        format!("<p>word {}", "[/x]".repeat(MANY)),
        format!("<p>word {}", "[x]a[/x] ".repeat(MANY)),
        format!("<p>word {}", "<br>".repeat(MANY)),
        format!("<p>{}", "<b>word</b> <code>x</code> ".repeat(MANY)),
        format!("<p>{}", "word <img alt='a word'> ".repeat(MANY)),
        format!("<p>{}", "<b></b>".repeat(MANY)),
        format!("<p>word {}", "<!-- a -->".repeat(MANY)),
        format!("<p>word {}", "see https://example.org/ ".repeat(MANY)),
        format!("<div translate=no>{}</div>", "<p>word</p>".repeat(MANY)),
        "<div translate=no><p>word</p></div><p>word <i translate=no>word</i></p>".repeat(MANY / 4),
        "<button>word <select><option>word".repeat(MANY / 4),
        nested,
    ] {
        for shape in [Shape::Document, Shape::Fragment] {
            assert_eq!(outcome(&text, shape), Read, "{}", &text[..60]);
        }
    }
}

#[test]
fn names_of_tags_that_are_odd() {
    let long = "é".repeat(MANY);
    for text in [
        "<s\0\0<\0\0 translate=no>word<s\0>".to_owned(),
        format!("<x{long}>word</x{long}> <x{long} translate=no>word</x{long}>"),
        format!("<p>word <b{long} its-within-text=nested>word"),
    ] {
        for shape in [Shape::Document, Shape::Fragment] {
            assert_eq!(outcome(&text, shape), Read);
        }
    }
}
