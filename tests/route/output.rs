//! Output paths by pattern.

use polypost::route::{OutputError, OutputParts, OutputPattern, PatternError};

fn render(pattern: &str, path: &str, slug: Option<&str>) -> Result<String, OutputError> {
    let pattern = OutputPattern::parse(pattern).expect("the pattern is right");
    pattern.render(&OutputParts {
        lang: "pt-BR",
        path,
        slug,
    })
}

#[test]
fn a_pattern_is_filled() {
    let path = "posts/news/7.json";
    for (pattern, path, expected) in [
        ("{lang}/{path}", path, "pt-BR/posts/news/7.json"),
        ("{dir}/{stem}.{lang}.{ext}", path, "posts/news/7.pt-BR.json"),
        (
            "{dir}/{lang}/{slug}.{ext}",
            path,
            "posts/news/pt-BR/ola.json",
        ),
        (
            "i18n/{lang}/{path}.xlf",
            path,
            "i18n/pt-BR/posts/news/7.json.xlf",
        ),
        ("{dir}/{stem}.{lang}.{ext}", "7.json", "7.pt-BR.json"),
        ("{lang}/{dir}/{stem}.{ext}", "7.json", "pt-BR/7.json"),
        ("{lang}/{stem}.{ext}", "a/README", "pt-BR/README"),
        ("{lang}/{stem}.{ext}", ".hidden", "pt-BR/.hidden"),
        ("{lang}/{stem}.{ext}", "a.tar.gz", "pt-BR/a.tar.gz"),
        ("./out//{lang}/{path}", "./7.json", "out/pt-BR/7.json"),
    ] {
        assert_eq!(
            render(pattern, path, Some("ola")).as_deref(),
            Ok(expected),
            "{pattern} {path}"
        );
    }
    assert_eq!(
        OutputPattern::default(),
        OutputPattern::parse("{lang}/{path}").expect("it is right")
    );
}

#[test]
fn a_wrong_placeholder_is_an_error_with_a_suggestion() {
    let parse = |pattern| OutputPattern::parse(pattern).expect_err(pattern);
    let unknown = |name: &str, at, suggestion| PatternError::UnknownPlaceholder {
        name: name.into(),
        at,
        suggestion,
    };
    assert_eq!(parse("{locale}/{path}"), unknown("locale", 0, Some("lang")));
    assert_eq!(parse("{lang}/{pth}"), unknown("pth", 7, Some("path")));
    assert_eq!(parse("x{LANG}"), unknown("LANG", 1, Some("lang")));
    assert_eq!(parse("{language}"), unknown("language", 0, Some("lang")));
    assert_eq!(parse("{}"), unknown("", 0, None));
    assert_eq!(parse("{something}"), unknown("something", 0, None));
    assert_eq!(
        parse("{lang/{path}"),
        PatternError::Unclosed {
            at: 0,
            suggestion: Some("lang")
        }
    );
    assert_eq!(
        parse("{lang}/{path"),
        PatternError::Unclosed {
            at: 7,
            suggestion: Some("path")
        }
    );
    assert_eq!(parse("lang}/{path}"), PatternError::Unopened { at: 4 });
    assert_eq!(parse(""), PatternError::Empty);
}

#[test]
fn an_output_path_stays_in_the_project() {
    let error = |pattern, path, slug| render(pattern, path, slug).expect_err(pattern);
    let shown = |path: &str| path.to_owned();
    assert_eq!(
        error("../{path}", "a", None),
        OutputError::LeavesProject {
            path: shown("../a")
        }
    );
    assert_eq!(
        error("{lang}/{path}", "../a", None),
        OutputError::LeavesProject {
            path: shown("pt-BR/../a")
        }
    );
    assert_eq!(
        error("{lang}/.. /{path}", "a", None),
        OutputError::LeavesProject {
            path: shown("pt-BR/.. /a")
        }
    );
    assert_eq!(
        error("/{path}", "a", None),
        OutputError::Absolute { path: shown("/a") }
    );
    assert_eq!(
        error("{path}.x", "/a", None),
        OutputError::Absolute {
            path: shown("/a.x")
        }
    );
    assert_eq!(
        error("C:/{path}", "a", None),
        OutputError::Absolute {
            path: shown("C:/a")
        }
    );
    assert_eq!(
        error("./C:{path}", "a", None),
        OutputError::Absolute {
            path: shown("./C:a")
        }
    );
    assert_eq!(
        error("{lang}/{dir}/", "a", None),
        OutputError::NoFile {
            path: shown("pt-BR/")
        }
    );
    assert_eq!(
        error("{dir}", "a", None),
        OutputError::NoFile {
            path: String::new()
        }
    );
    assert_eq!(
        error("{path}", "a", None),
        OutputError::IsSource { path: shown("a") }
    );
    assert_eq!(error("{lang}/{slug}", "a", None), OutputError::MissingSlug);
    for slug in ["a/b", "..", "", "a\\b", "a\0", "."] {
        let expected = OutputError::Value {
            placeholder: "slug",
            value: slug.into(),
        };
        assert_eq!(error("{lang}/{slug}.json", "a", Some(slug)), expected);
    }
    let expected = OutputError::Character {
        path: shown("pt-BR/a\\b"),
        character: '\\',
    };
    assert_eq!(error("{lang}/{path}", "a\\b", None), expected);
}

#[test]
fn a_pattern_says_what_it_depends_on() {
    let pattern = OutputPattern::parse("{dir}/{slug}.json").expect("it is right");
    assert!(pattern.has_slug() && !pattern.has_lang());
    assert!(OutputPattern::default().has_lang() && !OutputPattern::default().has_slug());
}
