use super::*;

fn config(source: &str, targets: &[&str]) -> SiteConfig {
    SiteConfig {
        source: source.into(),
        targets: targets.iter().map(|&target| target.into()).collect(),
        ..SiteConfig::default()
    }
}

#[track_caller]
fn assert_found(config: &SiteConfig, [api, link, guid]: [&str; 3], home: &str, prefix: &str) {
    let given = |value| Some(value).filter(|value: &&str| !value.is_empty());
    let evidence = Evidence {
        api: given(api),
        link: given(link),
        guid: given(guid),
    };
    let site = Site::discover(config, evidence).expect("the configuration is valid");
    assert_eq!(
        (site.home_path(), site.source_prefix()),
        (home, prefix),
        "{evidence:?}"
    );
}

#[test]
fn a_path_overlay_has_its_prefix_in_the_api_but_not_in_the_guid() {
    let api = "https://example.com/de/wp-json/wp/v2/posts/7";
    let link = "https://example.com/de/hello/";
    for guid in [
        "https://example.com/hello/",
        "https://example.com/?p=7",
        "",
        "http://old.example.org/de/?p=7",
    ] {
        assert_found(&config("en", &["es"]), [api, link, guid], "", "de");
    }
}

#[test]
fn what_looks_like_a_locale_in_api_and_guid_alike_is_home_unless_it_is_a_known_locale() {
    let evidence = [
        "https://uni.example/it/wp-json/wp/v2/posts/7",
        "https://uni.example/it/x/",
        "https://uni.example/it/?p=7",
    ];
    assert_found(&config("en", &["es"]), evidence, "/it", "");
    assert_found(&config("it", &["es"]), evidence, "", "it");
    assert_found(&config("en", &["it"]), evidence, "", "it");
    let named = SiteConfig {
        prefixes: [("it".into(), "it".into())].into(),
        ..config("en", &["es"])
    };
    assert_found(&named, evidence, "", "it");
    let home = SiteConfig {
        url: Some("https://uni.example/it/".into()),
        ..config("en", &["es"])
    };
    assert_found(&home, evidence, "/it", "");
}

#[test]
fn a_blog_in_a_folder_has_a_home_path() {
    let link = "https://example.com/blog/hello/";
    assert_found(
        &config("en", &["de"]),
        ["https://example.com/blog/wp-json/wp/v2/posts/7", link, ""],
        "/blog",
        "",
    );
    assert_found(
        &config("en", &["de"]),
        ["https://example.com/blog/fr/wp-json/", link, ""],
        "/blog",
        "fr",
    );
    assert_found(
        &config("en", &["de"]),
        [
            "https://example.com/blog/?rest_route=/wp/v2/posts/7",
            link,
            "",
        ],
        "/blog",
        "",
    );
    assert_found(
        &config("en", &["de"]),
        ["", link, "https://example.com/blog/?p=7"],
        "/blog",
        "",
    );
}

#[test]
fn a_link_that_only_looks_localized_confirms_nothing() {
    let (api, guid) = (
        "https://example.com/wp-json/wp/v2/posts/7",
        "https://example.com/?p=7",
    );
    assert_found(
        &config("en", &["es"]),
        [api, "https://example.com/de/hello/", guid],
        "",
        "",
    );
    assert_found(
        &config("en", &["es"]),
        ["", "https://example.com/de/hello/", guid],
        "",
        "",
    );
    assert_found(
        &config("en", &["es"]),
        ["", "https://example.com/de/hello/", ""],
        "",
        "",
    );
}

#[test]
fn the_source_locales_own_prefix_in_the_link_is_enough() {
    let api = "https://example.com/wp-json/wp/v2/posts/7";
    assert_found(
        &config("de", &["es"]),
        [api, "https://example.com/de/hallo/", ""],
        "",
        "de",
    );
    assert_found(
        &config("de", &["es"]),
        [api, "https://example.com/design/", ""],
        "",
        "",
    );
}

#[test]
fn link_and_guid_are_compared_when_there_is_no_api() {
    let compare = |link, guid, home, prefix| {
        assert_found(&config("en", &["es"]), ["", link, guid], home, prefix);
    };
    compare(
        "https://example.com/de/hello/",
        "https://example.com/hello/",
        "",
        "de",
    );
    compare(
        "https://example.com/blog/de/2024/hello/",
        "http://example.com/blog/2024/hello",
        "/blog",
        "de",
    );
    compare(
        "https://example.com/news/hello/",
        "https://example.com/hello/",
        "",
        "",
    );
    compare("https://example.com/de/", "https://example.com/", "", "");
    compare(
        "https://example.com/de/hello/",
        "https://other.example/hello/",
        "",
        "",
    );
    compare(
        "https://example.com/hello/",
        "https://example.com/hello/",
        "",
        "",
    );
}

#[test]
fn configuration_comes_first() {
    let evidence = [
        "https://example.com/en-us/wp-json/wp/v2/posts/7",
        "https://example.com/en-us/a/",
        "https://example.com/?p=7",
    ];
    let home = SiteConfig {
        url: Some("https://EXAMPLE.com/".into()),
        ..config("en", &["de"])
    };
    assert_found(&home, evidence, "", "en-us");
    let named = SiteConfig {
        prefixes: [("en".into(), "/en-us/".into())].into(),
        ..config("en", &["de"])
    };
    assert_found(&named, evidence, "", "en-us");
    let none = SiteConfig {
        prefixes: [("en".into(), String::new())].into(),
        ..config("en", &["de"])
    };
    assert_found(&none, ["", "https://example.com/en/a/", ""], "", "");
}

#[test]
fn a_wrong_configuration_is_an_error() {
    let with_url = |url: &str| SiteConfig {
        url: Some(url.into()),
        ..config("en", &["de"])
    };
    for url in [
        "",
        "example.com",
        "ftp://example.com",
        "/blog",
        "https://",
        "https://exa mple.com",
    ] {
        let error = Site::discover(&with_url(url), Evidence::default()).expect_err(url);
        assert_eq!(error, SiteError::Url { url: url.into() });
    }
    for prefix in ["a b", "a?b", "..", "a//b", "a#", "http://x"] {
        let config = SiteConfig {
            prefixes: [("de".into(), prefix.into())].into(),
            ..config("en", &["de"])
        };
        assert!(
            matches!(
                Site::discover(&config, Evidence::default()),
                Err(SiteError::Prefix { .. })
            ),
            "{prefix}"
        );
    }
}

#[test]
fn a_post_is_named_by_its_path_after_home_and_prefix() {
    let config = config("en", &["es"]);
    let api = Some("https://example.com/blog/de/wp-json/wp/v2/posts/7");
    let site = Site::discover(
        &config,
        Evidence {
            api,
            ..Evidence::default()
        },
    )
    .expect("valid");
    for (link, expected) in [
        ("https://example.com/blog/de/hello/?x=1#y", Some("/hello")),
        ("/blog/hello", Some("/hello")),
        ("//example.com/blog/de", Some("/")),
        ("/blog/de/caf%C3%A9/", Some("/café")),
        ("https://other.example/blog/de/hello/", None),
        ("/shop/", None),
        ("hello", None),
    ] {
        assert_eq!(site.post_path(link).as_deref(), expected, "{link}");
    }
}
