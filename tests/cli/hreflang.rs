//! Links to the versions of a page in other languages, which are inserted on demand.

use std::fmt::Write as _;

use crate::env::{TestEnv, sample};

/// What is inserted into a page, a line for each line of the result that is not in the other.
fn inserted(page: &str, arguments: &str) -> String {
    let env = TestEnv::new();
    env.write("page.html", page);
    let run = |more: &str| {
        let command = "translate page.html --from en --backend identity --stdout";
        env.run(&format!("{command} {arguments} {more}"))
            .go()
            .ok()
            .stdout
    };
    let (without, with) = (run(""), run("--hreflang"));
    let start = without
        .bytes()
        .zip(with.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let start = (0..=start)
        .rev()
        .find(|at| with[..*at].ends_with(['\n', '>']))
        .unwrap_or(0);
    let end = start + with.len() - without.len();
    assert_eq!(format!("{}{}", &with[..start], &with[end..]), without);
    with[start..end].to_owned()
}

const DE: &str = "https://a.example/de/x/";

fn link(tag: &str, address: &str) -> String {
    format!("<link rel=\"alternate\" hreflang=\"{tag}\" href=\"{address}\" />")
}

/// The three links of a run from `en` to `de`, each between `before` and `after`.
fn links(before: &str, after: &str) -> String {
    let own = "https://a.example/x/";
    [("en", own), ("de", DE), ("x-default", own)].iter().fold(
        String::new(),
        |mut all, (tag, address)| {
            write!(all, "{before}{}{after}", link(tag, address)).expect("a string");
            all
        },
    )
}

fn page(head: &str) -> String {
    format!("<!DOCTYPE html>{head}<body><p>Text.</p></body></html>")
}

const CANONICAL: &str = "<link rel=\"canonical\" href=\"https://a.example/x/\" />";

#[test]
fn nothing_is_inserted_unless_it_is_wanted() {
    for name in ["sunday-soup.json", "harbour-tour.html"] {
        let env = TestEnv::with_sample(name);
        let run = |name_and_value: Option<(&str, &str)>, arguments: &str| {
            let mut run = env.run(&format!(
                "translate {name} --from en --to es,de --backend identity --out out --force {arguments}"
            ));
            if let Some((name, value)) = name_and_value {
                run = run.env(name, value);
            }
            run.go().ok();
            env.read(&format!("out/es/{name}"))
        };
        let count = |text: &str| text.matches("hreflang").count();
        let before = count(&sample(name));
        let wanted = if name.ends_with("json") {
            4
        } else {
            before + 2
        };
        assert_eq!(count(&run(None, "")), before);
        assert_eq!(count(&run(None, "--hreflang")), wanted, "{name}");
        assert_eq!(count(&run(Some(("POLYPOST_HREFLANG", "1")), "")), wanted);
        env.write("polypost.toml", "[site]\nhreflang = true\n");
        assert_eq!(count(&run(None, "")), wanted);
        let off = run(Some(("POLYPOST_HREFLANG", "false")), "");
        assert_eq!(count(&off), before);
    }
}

#[test]
fn what_is_missing_stands_behind_the_last_alternate() {
    let inserted = inserted(&sample("harbour-tour.html"), "--to es");
    assert_eq!(
        inserted,
        "<link rel=\"alternate\" hreflang=\"es\" href=\"https://port.example/es/harbour-tour/\">\n"
    );
}

#[test]
fn a_head_of_yoast_gets_its_links_in_the_style_of_json() {
    let env = TestEnv::with_sample("sunday-soup.json");
    let run = |more: &str| {
        let command = "translate sunday-soup.json --from en --to pt-BR --backend identity --stdout";
        env.run(&format!("{command}{more}")).go().ok().stdout
    };
    let canonical = r#"href=\"https:\/\/kitchen.example\/pt-br\/sunday-soup\/\" \/>"#;
    let link = |tag: &str, path: &str| {
        format!(
            r#"\n<link rel=\"alternate\" hreflang=\"{tag}\" href=\"https:\/\/kitchen.example\/{path}sunday-soup\/\" \/>"#
        )
    };
    let links = [
        link("en", ""),
        link("pt-BR", r"pt-br\/"),
        link("x-default", ""),
    ]
    .concat();
    let expected = run("").replace(canonical, &format!("{canonical}{links}"));
    assert_eq!(run(" --hreflang"), expected);
}

#[test]
fn every_version_lists_every_version() {
    let env = TestEnv::new();
    env.write("page.html", page(&format!("<head>{CANONICAL}</head>")));
    env.run("translate page.html --from en --to de,en --backend identity --hreflang")
        .go()
        .ok();
    for tag in ["de", "en"] {
        let page = env.read(&format!("{tag}/page.html"));
        assert!(page.contains(&links("", "")), "{tag}: {page}");
    }
    // The source's own version changes in nothing else.
    let own = env.read("en/page.html").replace(&links("", ""), "");
    assert_eq!(own, env.read("page.html"));
}

#[test]
fn links_are_written_as_the_head_is() {
    for (head, expected) in [
        // Lines and indents.
        (format!("<head>\n\t{CANONICAL}\n</head>"), links("\t", "\n")),
        (
            format!("<head>\r\n  {CANONICAL}\r\n</head>"),
            links("  ", "\r\n"),
        ),
        (format!("<head>{CANONICAL}</head>"), links("", "")),
        (
            format!("<head>\n{CANONICAL}<meta name=a>\n</head>"),
            links("", ""),
        ),
        // Quotes and ends of tags.
        (
            format!("<head>{}</head>", CANONICAL.replace('"', "'")),
            links("", "").replace('"', "'"),
        ),
        (
            format!("<head>{}</head>", CANONICAL.replace(" />", ">")),
            links("", "").replace(" />", ">"),
        ),
        (
            format!("<HEAD>{}</HEAD>", CANONICAL.replace(" />", "/>")),
            links("", "").replace(" />", "/>"),
        ),
        (
            "<head><link rel=canonical href=https://a.example/x/></head>".to_owned(),
            links("", "").replace(" />", ">"),
        ),
        // The end of the head, where there is no canonical link.
        (
            "<head>\n  <meta property=\"og:url\" content=\"https://a.example/x/\" />\n</head>"
                .to_owned(),
            links("  ", "\n"),
        ),
        (
            "<head><meta property=\"og:url\" content=\"https://a.example/x/\" /></head>".to_owned(),
            links("", ""),
        ),
        // Alternates of the same languages stay alone, feeds are no languages.
        (
            format!(
                "<head>{CANONICAL}{}</head>",
                links("", "").replace("\"de\"", "\"DE\"")
            ),
            String::new(),
        ),
        (
            format!(
                "<head>{CANONICAL}<link rel=\"alternate\" type=\"application/rss+xml\" href=\"/feed/\" /></head>"
            ),
            links("", ""),
        ),
    ] {
        assert_eq!(inserted(&page(&head), "--to de"), expected, "{head}");
    }
}

#[test]
fn nothing_is_inserted_where_the_address_or_the_head_is_not_known() {
    let elsewhere = CANONICAL.replace("a.example", "b.example");
    for text in [
        page("<head><title>No address</title></head>"),
        page("<head><link rel=\"canonical\" href=\"/x/\" /></head>"),
        page(&format!(
            "<head><title>Late</title></head><body>{CANONICAL}"
        )),
        // Text has closed the head before its end tag.
        page("<head><meta property=\"og:url\" content=\"https://a.example/x/\" />Text</head>"),
        page(&format!("<head>{elsewhere}</head>")),
        format!("<p>{CANONICAL}Not a page.</p>"),
    ] {
        assert_eq!(
            inserted(&text, "--to de --site https://a.example"),
            "",
            "{text}"
        );
    }
    let env = TestEnv::new();
    let post = r#"{"link":"https://a.example/x/","content":{"rendered":"<link rel=\"canonical\" href=\"https://a.example/x/\">"},"yoast_head":"<title>Hidden</title>"}"#;
    env.write("post.json", post);
    let run =
        env.run("translate post.json --from en --to de --backend identity --stdout --hreflang");
    assert!(!run.go().ok().stdout.contains("hreflang"));
}

#[test]
fn nothing_is_inserted_where_versions_share_an_address() {
    let env = TestEnv::with_sample("night-train.json");
    let mut post = env.read("night-train.json");
    post.insert_str(
        1,
        r#""yoast_head":"<link rel=\"canonical\" href=\"https://nachtzug.example/de/night-train/\" />","#,
    );
    env.write("post.json", post);
    for (targets, count) in [("de", 0), ("es", 3)] {
        let run = env.run(&format!(
            "translate post.json --from en --to {targets} --backend identity --stdout --hreflang"
        ));
        let after = run.go().ok().stdout;
        assert_eq!(after.matches("hreflang").count(), count, "{targets}");
    }
}
