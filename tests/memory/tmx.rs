//! TMX: what is written is valid and read again, what others write is read, and nothing breaks it.

use std::process::{Command, Stdio};

use polypost::memory::tmx::{
    ImportError, Languages, Options, Reader, Tally, TmxError, TmxErrorKind, Writer, import,
};
use polypost::memory::{Context, Digest, Pair, State};
use polypost::unit::{Fragment, MarkKind, check_codes};
use proptest::prelude::*;

use crate::make::{Home, direction, fragment, pair, pairs, reviewed};

fn options() -> Options {
    Options {
        languages: Languages::default(),
        state: State::Reviewed,
        origin: "file".to_owned(),
    }
}

fn read_with(tmx: &[u8], options: Options) -> (Result<Vec<Pair>, TmxError>, Tally) {
    let mut reader = Reader::new(tmx, options);
    let pairs = reader.by_ref().collect::<Result<Vec<_>, _>>();
    (pairs.map(|pairs| pairs.concat()), reader.tally())
}

pub(crate) fn read(tmx: &str) -> Vec<Pair> {
    read_with(tmx.as_bytes(), options()).0.expect("TMX")
}

pub(crate) fn written(pairs: &[Pair]) -> String {
    let mut writer = Writer::begin(Vec::new(), None).expect("begun");
    for pair in pairs {
        writer.write(pair).expect("written");
    }
    String::from_utf8(writer.finish().expect("finished")).expect("UTF-8")
}

/// A file with one unit.
fn file(unit: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n\
         <header srclang=\"en\" creationtool=\"x\"><prop type=\"a\">b</prop></header>\n<body>\n\
         <tu>{unit}</tu>\n</body></tmx>"
    )
}

fn segments(source: &str, target: &str) -> String {
    file(&format!(
        "<tuv xml:lang=\"en\"><seg>{source}</seg></tuv><tuv xml:lang=\"de\"><seg>{target}</seg></tuv>"
    ))
}

pub(crate) fn rich() -> Vec<Pair> {
    let context = Context {
        before: Some(Digest::of("a")),
        after: None,
        unit: Some(Digest::of("u")),
    };
    let mut all = vec![
        pair(
            "a < <g1>red</g1> & [2:ls -l <x>] house<x3/><l4/>",
            "<l4/><x3/>ein <g1>rotes</g1> [2:ls -l <x>] Haus >",
        ),
        Pair {
            note: "two\nlines & \"quotes\"".to_owned(),
            contexts: vec![
                context,
                Context {
                    unit: None,
                    ..context
                },
            ],
            ..reviewed("Open\r\n\tit", "Öffnen 😀")
        },
        reviewed("a <g1>house</g1>", "ein Haus"),
    ];
    all[1].direction = direction("en-GB", "pt-BR");
    all
}

#[test]
fn what_is_written_is_read_again() {
    assert_eq!(read(&written(&rich())), rich());
    assert_eq!(read(&written(&[])), []);
}

#[test]
fn what_is_written_is_valid() {
    let Some(folder) = std::env::var_os("POLYPOST_SCHEMAS") else {
        eprintln!("skipped: POLYPOST_SCHEMAS is not set, so the DTD of TMX is not at hand");
        return;
    };
    let mut writer = Writer::begin(Vec::new(), Some(&"en".parse().expect("a tag"))).expect("begun");
    for pair in rich() {
        writer.write(&pair).expect("written");
    }
    let one = writer.finish().expect("finished");
    for tmx in [one, written(&rich()).into_bytes()] {
        let file = tempfile::NamedTempFile::new().expect("a file");
        std::fs::write(file.path(), tmx).expect("written");
        let dtd = std::path::Path::new(&folder).join("tmx/tmx14.dtd");
        let output = Command::new("xmllint")
            .args(["--noout", "--nonet", "--dtdvalid"])
            .args([&dtd, file.path()])
            .stdin(Stdio::null())
            .output()
            .expect("xmllint");
        let talk = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{talk}");
    }
}

#[test]
fn codes_of_others_are_joined_by_name_then_by_content_then_by_order() {
    let one = |source: &str, target: &str| {
        let pairs = read(&segments(source, target));
        assert_eq!(pairs.len(), 1, "{source}");
        (pairs[0].source.clone(), pairs[0].target.clone())
    };
    let both = |source, target| (fragment(source), fragment(target));
    // Swapped, joined by x; numbers of i are of each segment alone.
    assert_eq!(
        one(
            "<bpt i=\"1\" x=\"1\">&lt;b&gt;</bpt>A<ept i=\"1\">&lt;/b&gt;</ept> <bpt i=\"2\" x=\"2\">&lt;i></bpt>B<ept i=\"2\">&lt;/i></ept>",
            "<bpt i=\"7\" x=\"2\">&lt;i></bpt>b<ept i=\"7\">&lt;/i></ept> <bpt i=\"5\" x=\"1\">&lt;b></bpt>a<ept i=\"5\">&lt;/b></ept>",
        ),
        both("<g1>A</g1> <g2>B</g2>", "<g2>b</g2> <g1>a</g1>")
    );
    // By content, as OmegaT writes it.
    assert_eq!(
        one(
            "A<ph>&lt;br1/&gt;</ph> B<ph>&lt;br2/&gt;</ph>",
            "b<ph>&lt;br2/&gt;</ph> a<ph>&lt;br1/&gt;</ph>"
        ),
        both("A<x1/> B<x2/>", "b<x2/> a<x1/>")
    );
    assert_eq!(
        one(
            "A<ph x='1'/> <it pos=\"begin\" x=\"2\">&lt;i></it>B",
            "a<ph>x</ph> <it pos=\"begin\"/>b"
        ),
        both("A<x1/> <l2/>B", "a<x1/> <l2/>b")
    );
    assert_eq!(
        one("See <ph>{0}</ph>", "Sieh <ph>{0}</ph>"),
        both("See [1:{0}]", "Sieh [1:{0}]")
    );
    assert_eq!(
        one(
            "<hi type=\"term\">A <hi>b</hi></hi> c<ut>x</ut>",
            "A b<bogus> c</bogus><ut>y</ut>"
        ),
        both("A b c<x1/>", "A b c<x1/>")
    );
    assert_eq!(
        one(
            "A <bpt i=\"1\">&lt;img alt=\"<sub>a<ph>x</ph>b</sub>\"></bpt>b<ept i=\"1\"/>",
            "A b"
        ),
        both("A <g1>b</g1>", "A b")
    );
    // Overlapping pairs can't be codes of ours.
    assert_eq!(
        one(
            "<bpt i=\"1\"/>A<bpt i=\"2\"/>b<ept i=\"1\"/>c<ept i=\"2\"/>",
            "<bpt i=\"1\"/>A<ept i=\"1\"/>"
        ),
        both("Abc", "A")
    );
}

#[test]
fn text_is_read_as_xml_has_it() {
    let pairs = read(&segments(
        "a &amp; b &#x20ac;<!-- no --> <![CDATA[<c>]]>&#13;\r\nd",
        "a<?pi?> b",
    ));
    assert_eq!(pairs[0].source, Fragment::plain("a & b € <c>\r\nd"));
    assert_eq!(pairs[0].target, Fragment::plain("a b"));
}

#[test]
fn utf_16_is_read() {
    let text = written(&rich()).replace("UTF-8", "UTF-16");
    for (mark, to_bytes) in [
        (vec![0xff, 0xfe], u16::to_le_bytes as fn(u16) -> [u8; 2]),
        (vec![0xfe, 0xff], u16::to_be_bytes),
        (vec![], u16::to_le_bytes),
    ] {
        let mut bytes = mark;
        bytes.extend(text.encode_utf16().flat_map(to_bytes));
        assert_eq!(read_with(&bytes, options()).0, Ok(rich()));
    }
    let marked = format!("\u{feff}{}", written(&rich()));
    assert_eq!(read(&marked), rich());
}

#[test]
fn states_origins_and_notes_are_kept() {
    let pairs = read(&file(
        "<note>of the unit</note><prop type=\"x-origin\">engine</prop>\
         <prop type=\"x-context\">0123456789abcdef - -</prop><prop type=\"x-context\">?</prop>\
         <tuv xml:lang=\"en\"><note>of the source</note><seg>A</seg></tuv>\
         <tuv xml:lang=\"de\"><prop type=\"x-state\">machine</prop><note>of the target</note>\
         <seg>B</seg></tuv>",
    ));
    assert_eq!(pairs[0].note, "of the unit\nof the source\nof the target");
    assert_eq!(pairs[0].origin, "engine");
    assert_eq!(pairs[0].state, State::Machine);
    let before = Some("0123456789abcdef".parse().expect("a digest"));
    assert_eq!(
        pairs[0].contexts,
        [Context {
            before,
            ..Context::default()
        }]
    );
    let plain = read(&segments("A", "B"));
    assert_eq!(
        (plain[0].state, &*plain[0].origin),
        (State::Reviewed, "file")
    );
}

#[test]
fn languages_are_chosen_and_named() {
    let tmx = file(
        "<tuv xml:lang=\"en-US\"><seg>A</seg></tuv><tuv lang=\"DE\"><seg>B</seg></tuv>\
         <tuv xml:lang=\"pt-PT\"><seg>C</seg></tuv><tuv xml:lang=\"x-?\"><seg>D</seg></tuv>\
         <tuv xml:lang=\"fr\"><seg> </seg></tuv>",
    );
    let found = |source: Option<&str>, targets: &[&str], known: &[&str]| {
        let locales = |tags: &[&str]| tags.iter().map(|tag| tag.parse().expect("a tag")).collect();
        let languages = Languages {
            source: source.map(|tag| tag.parse().expect("a tag")),
            targets: locales(targets),
            known: locales(known),
        };
        let (pairs, tally) = read_with(
            tmx.as_bytes(),
            Options {
                languages,
                ..options()
            },
        );
        assert_eq!(tally.units, 1);
        let pairs = pairs.expect("TMX");
        assert_eq!(tally.skipped, u64::from(pairs.is_empty()));
        let shown = pairs.iter().map(|pair| {
            let direction = &pair.direction;
            let texts = (pair.source.text(), pair.target.text());
            format!(
                "{}>{} {}{}",
                direction.source, direction.target, texts.0, texts.1
            )
        });
        shown.collect::<Vec<_>>().join(", ")
    };
    assert_eq!(found(None, &[], &[]), "en-US>de AB, en-US>pt-PT AC");
    assert_eq!(found(None, &[], &["en", "pt-BR"]), "en>de AB, en>pt-PT AC");
    assert_eq!(found(Some("en-GB"), &["pt-BR"], &[]), "en-GB>pt-BR AC");
    assert_eq!(found(Some("de"), &["en"], &[]), "de>en BA");
    assert_eq!(found(Some("ja"), &[], &[]), "");
    assert_eq!(found(None, &["ja"], &[]), "");
}

#[test]
fn what_is_no_sound_file_is_refused_with_its_line() {
    let error = |tmx: &str| {
        let (pairs, _) = read_with(tmx.as_bytes(), options());
        let error = pairs.expect_err(tmx);
        (error.line, error.kind)
    };
    let doctype = |inside: &str| file("").replace(" SYSTEM \"tmx14.dtd\"", inside);
    assert_eq!(
        error(&doctype(" [<!ENTITY a \"aaaa\">]")),
        (2, TmxErrorKind::Declarations)
    );
    assert_eq!(error("<html/>"), (1, TmxErrorKind::Root("html".to_owned())));
    assert_eq!(
        error(&segments("&nbsp;", "b")),
        (6, TmxErrorKind::Entity("nbsp".to_owned()))
    );
    assert_eq!(
        error("<?xml version='1.0' encoding='latin1'?><tmx/>"),
        (1, TmxErrorKind::Encoding("latin1".to_owned()))
    );
    let deep = segments(&"<hi>".repeat(80), "b");
    assert_eq!(error(&deep), (6, TmxErrorKind::TooDeep(64)));
    let large = segments(&"a".repeat(17 << 20), "b");
    assert!(matches!(error(&large), (6, TmxErrorKind::TooLarge(_))));
    let whole = file("");
    assert_eq!(
        error(&whole[..whole.len() - 6]),
        (7, TmxErrorKind::Unfinished)
    );
    assert!(matches!(error(&file("</x>")), (6, TmxErrorKind::Xml(_))));
    assert!(matches!(
        error(&segments("&#0;", "b")),
        (6, TmxErrorKind::Xml(_))
    ));
    assert!(matches!(
        error(&file("<tuv xml:lang=\"&a;\"/>")),
        (6, TmxErrorKind::Xml(_))
    ));
    let (pairs, _) = read_with(b"<tmx>\n\xff", options());
    assert_eq!(pairs.expect_err("no UTF-8").line, 2);
}

#[test]
fn what_stands_before_an_error_is_stored() {
    let home = Home::new();
    let memory = home.open();
    let whole = written(&rich());
    let cut = &whole[..whole.rfind("<tu").expect("a unit") + 9];
    let mut told = 0;
    let (imported, ended) = import(
        &memory,
        Reader::new(cut.as_bytes(), options()),
        &mut |bytes| told = bytes,
    );
    assert!(matches!(ended, Err(ImportError::Tmx(_))), "{ended:?}");
    assert_eq!((imported.stored, imported.read.pairs), (2, 2));
    assert_eq!(told, cut.len() as u64);
    assert_eq!(pairs(&memory), rich()[..2]);
    let (imported, ended) = import(
        &memory,
        Reader::new(whole.as_bytes(), options()),
        &mut |_| (),
    );
    assert_eq!(ended, Ok(()));
    assert_eq!((imported.stored, imported.read.pairs), (1, 3));
}

/// Characters that XML has, and texts that look like markup.
fn text() -> impl Strategy<Value = String> {
    "[a-zäÄ€😀<>&\"' \t\n\r{%\\]]{1,8}"
}

/// A source and a target with the same codes, in two orders.
fn any_pair() -> impl Strategy<Value = Pair> {
    let pieces = prop::collection::vec((0..4, text()), 0..6);
    (pieces, text(), text(), any::<bool>(), any::<u64>()).prop_map(
        |(pieces, first, last, is_reviewed, seed)| {
            let built = |pieces: &[(u32, &(i32, String))], first: &str| {
                let mut out = Fragment::plain(format!("a{first}"));
                for (code, (kind, text)) in pieces {
                    match kind {
                        0 => out.push_mark(MarkKind::Standalone, *code),
                        1 => {
                            out.push_protected(*code, text);
                        }
                        2 => {
                            out.push_mark(MarkKind::Open, *code);
                            out.push_text(text);
                            out.push_mark(MarkKind::Close, *code);
                        }
                        _ => out.push_text(text),
                    }
                }
                out
            };
            // Text takes no number.
            let mut next = 0;
            let mut numbered: Vec<_> = pieces
                .iter()
                .map(|piece| {
                    next += u32::from(piece.0 < 3);
                    (next, piece)
                })
                .collect();
            let source = built(&numbered, &first);
            numbered.reverse();
            let target = built(&numbered, &last);
            let state = if is_reviewed {
                State::Reviewed
            } else {
                State::Machine
            };
            let digest = Digest::of(&seed.to_string());
            Pair {
                source,
                target,
                state,
                note: if seed % 2 == 0 { String::new() } else { last },
                contexts: vec![Context {
                    after: Some(digest),
                    ..Context::default()
                }],
                ..pair("", "")
            }
        },
    )
}

proptest! {
    #[test]
    fn whatever_is_written_is_read_again(pairs in prop::collection::vec(any_pair(), 0..4)) {
        for pair in &pairs {
            prop_assert_eq!(check_codes(&pair.source, &pair.target), Ok(()));
        }
        prop_assert_eq!(read(&written(&pairs)), pairs);
    }

    #[test]
    fn whatever_is_read_ends_without_a_panic(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                "<tu>", "</tu>", "<tuv xml:lang='en'>", "<tuv xml:lang=de>", "</tuv>", "<seg>",
                "</seg>", "<bpt i='1'>", "</bpt>", "<ept i='1'/>", "<ph/>", "<sub>", "</sub>", "a",
                "&lt;", "&#xd800;", "]]>", "<![CDATA[", "<!--", "-->", "<", "&", "\"", "\u{0}",
            ]),
            0..24,
        ),
    ) {
        let tmx = file(&parts.concat());
        if let Ok(pairs) = read_with(tmx.as_bytes(), options()).0 {
            for pair in pairs {
                prop_assert!(pair.target.marks().is_empty()
                    || check_codes(&pair.source, &pair.target).is_ok());
            }
        }
    }
}
