//! Files that mean harm, or are none.

use polypost::glossary::{Context, Format, Glossary, LARGEST, Problem};

use crate::try_read;

fn tbx(inside: &str) -> String {
    format!(
        "<tbx xmlns=\"urn:iso:std:iso:30042:ed-2\"><text><body><conceptEntry><langSec xml:lang=\"en\">\n\
         <termSec><term>{inside}</term></termSec></langSec></conceptEntry></body></text></tbx>"
    )
}

fn problem(text: &str) -> Problem {
    try_read(text, Format::Tbx).expect_err("refused").problem
}

#[test]
fn entities_are_never_resolved() {
    let bomb = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE tbx [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">]>{}",
        tbx("&b;")
    );
    let outside = format!(
        "<!DOCTYPE tbx [ <!ENTITY file SYSTEM \"file:///etc/passwd\"> ]>{}",
        tbx("&file;")
    );
    for text in [
        bomb,
        outside,
        tbx("&nbsp;"),
        tbx("&a;"),
        tbx("&#xffffffff;"),
    ] {
        assert!(matches!(problem(&text), Problem::Entity { .. }), "{text}");
    }
    let parameter = format!(
        "<!DOCTYPE tbx [<!ENTITY % p SYSTEM \"http://x/\"> %p;]>{}",
        tbx("a")
    );
    assert!(matches!(problem(&parameter), Problem::Entity { .. }));
    assert!(try_read(&tbx("a &amp; &#x42; &lt;"), Format::Tbx).is_ok());
}

#[test]
fn depth_and_size_are_bounded() {
    let deep = tbx(&format!(
        "{}{}",
        "<hi>".repeat(200_000),
        "</hi>".repeat(200_000)
    ));
    assert!(matches!(problem(&deep), Problem::TooDeep { .. }));
    let large = vec![b' '; LARGEST + 1];
    let error = Glossary::read(&large, Format::Tbx, &Context::default()).expect_err("refused");
    assert!(matches!(error.problem, Problem::TooLarge { .. }));
}

#[test]
fn what_is_no_tbx_is_told_with_its_line() {
    for (text, line, problem) in [
        ("", 1, "`` is not the root of TBX"),
        ("\n<xliff/>", 2, "`xliff` is not the root of TBX"),
        (
            "<tbx><conceptEntry>\n\n<langSec>",
            3,
            "the language of `langSec` is not known",
        ),
        (
            "<tbx><conceptEntry>\n<langSec xml:lang=\"english!\">",
            2,
            "`english!` is not a BCP 47 language tag",
        ),
        ("<tbx>\n<text>", 2, "`text` is not closed"),
    ] {
        let error = try_read(text, Format::Tbx).expect_err("refused");
        assert_eq!(error.to_string(), format!("line {line}: {problem}"));
    }
    for text in ["<tbx><a></b></tbx>", "<tbx a=1 a=2><a", "<tbx"] {
        assert!(matches!(problem(text), Problem::Syntax { .. }), "{text}");
    }
    let error = Glossary::read(b"en,de\n\xff", Format::Csv, &Context::default());
    assert_eq!(
        error.expect_err("refused").problem,
        Problem::NotUtf8 { offset: 6 }
    );
}
