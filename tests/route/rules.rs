//! The rules for one link, row by row.

use polypost::route::{
    Evidence, KeepReason, LinkContext, LinkPolicy, Outcome, Route, Site, SiteConfig,
};

use crate::{config, follow, site};

/// Rows of a value and what the rules make of it.
type Row<'r> = (&'r str, Result<&'r str, KeepReason>);

#[track_caller]
fn assert_rows(route: &Route<'_>, rows: &[Row<'_>]) {
    for (value, expected) in rows {
        assert_eq!(
            follow(route, value),
            expected.map(str::to_owned),
            "{value:?}"
        );
    }
}

#[test]
fn each_rule_keeps_what_it_names() {
    let config = config(
        ("en", ""),
        &[("de", "de"), ("fr", "fr"), ("pt-BR", "pt-br")],
        "",
    );
    assert_rows(
        &site(&config).route("de"),
        &[
            // 1
            ("", Err(KeepReason::SameDocument)),
            (" \n", Err(KeepReason::SameDocument)),
            ("#top", Err(KeepReason::SameDocument)),
            ("?page=2", Err(KeepReason::SameDocument)),
            // 2
            ("mailto:a@example.com", Err(KeepReason::OtherScheme)),
            ("tel:+49123", Err(KeepReason::OtherScheme)),
            ("javascript:void(0)", Err(KeepReason::OtherScheme)),
            ("data:text/plain,/about/", Err(KeepReason::OtherScheme)),
            ("ftp://example.com/about/", Err(KeepReason::OtherScheme)),
            // 3
            ("https://other.example/about/", Err(KeepReason::ForeignHost)),
            ("//other.example/about/", Err(KeepReason::ForeignHost)),
            (
                "https://www.example.com/about/",
                Err(KeepReason::ForeignHost),
            ),
            ("https://shop.example.com/", Err(KeepReason::ForeignHost)),
            (
                "https://example.com.evil.example/",
                Err(KeepReason::ForeignHost),
            ),
            (
                "https://example.com@evil.example/",
                Err(KeepReason::ForeignHost),
            ),
            (
                "https://example.com:8080/about/",
                Err(KeepReason::ForeignHost),
            ),
            // 4
            ("about/", Err(KeepReason::Relative)),
            ("./about/", Err(KeepReason::Relative)),
            ("../about/", Err(KeepReason::Relative)),
            // 6
            ("/wp-admin/post.php", Err(KeepReason::Reserved)),
            ("/wp-content/uploads/2024/a", Err(KeepReason::Reserved)),
            ("/wp-includes/x", Err(KeepReason::Reserved)),
            ("/wp-json/wp/v2/posts", Err(KeepReason::Reserved)),
            ("/wp-login.php?redirect_to=/", Err(KeepReason::Reserved)),
            ("/xmlrpc.php", Err(KeepReason::Reserved)),
            ("/.well-known/security", Err(KeepReason::Reserved)),
            ("/wp-sitemap-posts-post-1.xml", Err(KeepReason::Reserved)),
            ("/sitemap_index.xml", Err(KeepReason::Reserved)),
            ("/main-sitemap.xsl", Err(KeepReason::Reserved)),
            ("/robots.txt", Err(KeepReason::Reserved)),
            // 7
            ("/files/report.PDF", Err(KeepReason::File)),
            ("/a/b.jpg?w=3#x", Err(KeepReason::File)),
            ("https://example.com/a.zip", Err(KeepReason::File)),
            ("/a.tar.gz", Err(KeepReason::File)),
            // 8
            ("/feed/", Err(KeepReason::Feed)),
            ("/category/news/feed/", Err(KeepReason::Feed)),
            ("/feed/podcast/", Err(KeepReason::Feed)),
            ("/comments/feed/atom", Err(KeepReason::Feed)),
            ("/rss", Err(KeepReason::Feed)),
            // 10
            ("/de/about/", Err(KeepReason::TargetLocale)),
            ("/de", Err(KeepReason::TargetLocale)),
            ("https://example.com/de?x=1", Err(KeepReason::TargetLocale)),
            ("/%64e/about/", Err(KeepReason::TargetLocale)),
            ("/fr/about/", Err(KeepReason::OtherLocale)),
            ("/pt-br/", Err(KeepReason::OtherLocale)),
            ("/DE/about/", Err(KeepReason::OtherLocale)),
            // 11
            ("/?p=12", Err(KeepReason::PostId)),
            (
                "https://example.com/?page_id=3&x=1",
                Err(KeepReason::PostId),
            ),
            ("/?x=1&attachment_id=3", Err(KeepReason::PostId)),
            ("/?rest_route=/wp/v2/posts", Err(KeepReason::PostId)),
            // What a browser would repair first.
            ("https:about", Err(KeepReason::Unclear)),
            ("https:///about", Err(KeepReason::Unclear)),
            ("/a\\b", Err(KeepReason::Unclear)),
            ("/a\tb", Err(KeepReason::Unclear)),
            ("/a/../b/", Err(KeepReason::Unclear)),
            ("/%2E%2e/b/", Err(KeepReason::Unclear)),
        ],
    );
}

#[test]
fn rule_13_inserts_the_prefix_after_home_and_keeps_all_else() {
    let config = config(("en", ""), &[("de", "de")], "");
    assert_rows(
        &site(&config).route("de"),
        &[
            ("/", Ok("/de/")),
            ("/about", Ok("/de/about")),
            ("/about/", Ok("/de/about/")),
            ("/design/", Ok("/de/design/")),
            ("/de-luxe/", Ok("/de/de-luxe/")),
            ("https://example.com", Ok("https://example.com/de")),
            ("https://example.com/", Ok("https://example.com/de/")),
            ("https://example.com?x=1", Ok("https://example.com/de?x=1")),
            ("https://example.com#x", Ok("https://example.com/de#x")),
            (
                "http://EXAMPLE.com:80/About/?a=b&c=%20d#E",
                Ok("http://EXAMPLE.com:80/de/About/?a=b&c=%20d#E"),
            ),
            ("HTTPS://example.com/a", Ok("HTTPS://example.com/de/a")),
            ("//example.com/a", Ok("//example.com/de/a")),
            (
                "https://user@example.com/a",
                Ok("https://user@example.com/de/a"),
            ),
            (" /about/\n", Ok(" /de/about/\n")),
            ("/caf%C3%A9/ä", Ok("/de/caf%C3%A9/ä")),
            ("/page.html", Ok("/de/page.html")),
            ("/version-2.0", Ok("/de/version-2.0")),
            ("/report.pdf/", Ok("/de/report.pdf/")),
            ("/feeding/", Ok("/de/feeding/")),
            ("/rss/news/", Ok("/de/rss/news/")),
            ("/wp-content-tips/", Ok("/de/wp-content-tips/")),
            ("/search/?q=/wp-admin/", Ok("/de/search/?q=/wp-admin/")),
            ("/a:b", Ok("/de/a:b")),
            ("https://example.com//a", Ok("https://example.com/de//a")),
        ],
    );
}

#[test]
fn rule_5_keeps_what_is_outside_of_home() {
    let config = config(("en", ""), &[("de", "de")], "/blog/");
    assert_rows(
        &site(&config).route("de"),
        &[
            ("/blog/a/", Ok("/blog/de/a/")),
            ("/blog", Ok("/blog/de")),
            (
                "https://example.com/blog/",
                Ok("https://example.com/blog/de/"),
            ),
            ("/blogger/", Err(KeepReason::OutsideHome)),
            ("/shop/", Err(KeepReason::OutsideHome)),
            ("/", Err(KeepReason::OutsideHome)),
            ("/blog/wp-json/", Err(KeepReason::Reserved)),
            ("/blog/de/a/", Err(KeepReason::TargetLocale)),
            ("/wp-admin/", Err(KeepReason::OutsideHome)),
        ],
    );
}

#[test]
fn rule_9_keeps_what_is_excluded_or_has_hreflang() {
    let config = config(("en", ""), &[("de", "de")], "");
    let site = site(&config);
    for context in [
        LinkContext {
            is_excluded: true,
            ..LinkContext::default()
        },
        LinkContext {
            has_hreflang: true,
            ..LinkContext::default()
        },
    ] {
        let outcome = site
            .route("de")
            .content_link("/about/", context, LinkPolicy::All, &|_| true);
        assert_eq!(outcome, Outcome::Keep(KeepReason::Excluded));
    }
}

#[test]
fn rule_10_replaces_the_sources_own_prefix() {
    let config = config(("en", "de"), &[("es", "es"), ("fr", "fr")], "");
    assert_rows(
        &site(&config).route("es"),
        &[
            ("/de/about/", Ok("/es/about/")),
            ("/de", Ok("/es")),
            (
                "https://example.com/de/?x=/de/#/de/",
                Ok("https://example.com/es/?x=/de/#/de/"),
            ),
            ("/design/", Ok("/es/design/")),
            ("/fr/about/", Err(KeepReason::OtherLocale)),
            ("/es/about/", Err(KeepReason::TargetLocale)),
            ("/de/wp-content/uploads/x", Err(KeepReason::Reserved)),
            ("/de/?p=3", Err(KeepReason::PostId)),
            ("/de/es/about/", Err(KeepReason::Unclear)),
            ("/de/de/about/", Err(KeepReason::Unclear)),
            ("/about/", Ok("/es/about/")),
        ],
    );
}

#[test]
fn an_empty_target_prefix_removes_the_sources() {
    let config = config(("de", "de"), &[("en", ""), ("fr", "fr")], "");
    let site = site(&config);
    assert_rows(
        &site.route("en"),
        &[
            ("/de/about/", Ok("/about/")),
            ("/de/", Ok("/")),
            ("/de", Ok("/")),
            ("/de?x=1", Ok("/?x=1")),
            ("https://example.com/de", Ok("https://example.com")),
            ("/about/", Err(KeepReason::TargetLocale)),
            ("/fr/about/", Err(KeepReason::OtherLocale)),
            ("/de//other.example/", Err(KeepReason::Unclear)),
        ],
    );
    // An address without a prefix is English here, so going to French leaves it alone.
    assert_rows(
        &site.route("fr"),
        &[
            ("/about/", Err(KeepReason::OtherLocale)),
            ("/de/about/", Ok("/fr/about/")),
        ],
    );
}

#[test]
fn rule_12_asks_whether_the_post_is_localized() {
    let config = config(("en", "de"), &[("es", "es")], "/blog");
    let site = site(&config);
    let route = site.route("es");
    let own = site.post_path("https://example.com/blog/de/caf%C3%A9/");
    let is_localized = |path: &str| Some(path) == own.as_deref();
    let follow = |value, policy| {
        route
            .content_link(value, LinkContext::default(), policy, &is_localized)
            .apply(value)
    };
    for (value, expected) in [
        ("/blog/de/café", Some("/blog/es/café")),
        ("/blog/caf%c3%a9/?x#y", Some("/blog/es/caf%c3%a9/?x#y")),
        ("/blog/de/other/", None),
        ("/blog/de/", None),
    ] {
        assert_eq!(
            follow(value, LinkPolicy::Translated).as_deref(),
            expected,
            "{value}"
        );
        assert!(follow(value, LinkPolicy::All).is_some(), "{value}");
        assert_eq!(follow(value, LinkPolicy::Keep), None, "{value}");
    }
    let outcome = route.content_link(
        "/blog/x/",
        LinkContext::default(),
        LinkPolicy::Translated,
        &is_localized,
    );
    assert_eq!(outcome, Outcome::Keep(KeepReason::NotLocalized));
}

#[test]
fn only_relative_and_untranslated_links_are_reported() {
    assert!(KeepReason::Relative.is_reported() && KeepReason::NotLocalized.is_reported());
    assert!(!KeepReason::ForeignHost.is_reported() && !KeepReason::Policy.is_reported());
}

#[test]
fn rule_13_swaps_a_mapped_slug() {
    let slugs = [
        ("hello-world", "hallo-welt"),
        ("café", "kaffee-und-süßes"),
        ("same", "same"),
        ("bad", "a/b"),
    ];
    let map = slugs
        .into_iter()
        .map(|(from, to)| (from.to_owned(), to.to_owned()))
        .collect();
    let config = SiteConfig {
        slugs: [("de".to_owned(), map)].into(),
        ..config(("en", ""), &[("de", "de")], "")
    };
    let site = site(&config);
    let route = site.route("de");
    assert_rows(
        &route,
        &[
            (
                "/2024/hello-world/?hello-world",
                Ok("/de/2024/hallo-welt/?hello-world"),
            ),
            ("/hello-world", Ok("/de/hallo-welt")),
            ("/hello-world/2/", Ok("/de/hello-world/2/")),
            ("/caf%C3%A9/", Ok("/de/kaffee-und-s%c3%bc%c3%9fes/")),
            ("/same/", Ok("/de/same/")),
            ("/bad/", Ok("/de/bad/")),
        ],
    );
    assert_eq!(route.slug("hello-world"), Some("hallo-welt"));
    assert_eq!(route.slug("caf%c3%a9"), Some("kaffee-und-süßes"));
    assert_eq!(route.slug("other"), None);
    assert_eq!(route.slug("same"), None);
    assert_eq!(site.route("en").slug("hello-world"), None);
}

#[test]
fn www_is_the_same_site_where_that_is_configured() {
    let config = SiteConfig {
        www_alias: true,
        ..config(("en", ""), &[("de", "de")], "")
    };
    assert_rows(
        &site(&config).route("de"),
        &[
            (
                "https://www.example.com/a",
                Ok("https://www.example.com/de/a"),
            ),
            ("https://www2.example.com/a", Err(KeepReason::ForeignHost)),
        ],
    );
}

#[test]
fn an_internationalized_host_is_the_same_in_both_forms() {
    let config = SiteConfig {
        url: Some("https://müller.example".into()),
        ..config(("en", ""), &[("de", "de")], "")
    };
    let expected = "https://xn--mller-kva.example/de/a";
    assert_rows(
        &site(&config).route("de"),
        &[("https://xn--mller-kva.example/a", Ok(expected))],
    );
}

#[test]
fn without_any_site_each_host_is_foreign_and_paths_are_from_its_root() {
    let config = SiteConfig {
        source: "en".into(),
        targets: vec!["de".into()],
        ..SiteConfig::default()
    };
    let rows = [
        ("https://example.com/a", Err(KeepReason::ForeignHost)),
        ("/a", Ok("/de/a")),
    ];
    assert_rows(&site(&config).route("de"), &rows);
}

#[test]
fn own_links_follow_whatever_they_are() {
    let config = config(("en", ""), &[("de", "de")], "");
    let site = site(&config);
    let route = site.route("de");
    let own = |value: &str| route.own_link(value).apply(value);
    assert_eq!(
        own("https://example.com/hello/").as_deref(),
        Some("https://example.com/de/hello/")
    );
    assert_eq!(
        own("https://example.com/?p=3").as_deref(),
        Some("https://example.com/de/?p=3")
    );
    assert_eq!(own("https://example.com/de/hello/"), None);
    assert_eq!(own("https://other.example/hello/"), None);
}

#[test]
fn the_sample_is_under_de_and_follows_to_es_only() {
    let config = SiteConfig {
        source: "en".into(),
        targets: vec!["de".into(), "es".into()],
        ..SiteConfig::default()
    };
    let evidence = Evidence {
        api: Some("https://blog.example/de/wp-json/wp/v2/posts/5574"),
        link: Some("https://blog.example/de/a-post/"),
        guid: Some("https://blog.example/a-post/"),
    };
    let site = Site::discover(&config, evidence).expect("the configuration is valid");
    assert_eq!((site.home_path(), site.source_prefix()), ("", "de"));
    let (es, de) = (site.route("es"), site.route("de"));
    for (relation, value, expected) in [
        (
            "self",
            "https://blog.example/de/wp-json/wp/v2/posts/5574",
            "https://blog.example/es/wp-json/wp/v2/posts/5574",
        ),
        (
            "replies",
            "https://blog.example/de/wp-json/c?post=/de/",
            "https://blog.example/es/wp-json/c?post=/de/",
        ),
        (
            "about",
            "https://blog.example/wp-json/wp/v2/types/post",
            "https://blog.example/wp-json/wp/v2/types/post",
        ),
        (
            "curies",
            "https://api.w.org/{rel}",
            "https://api.w.org/{rel}",
        ),
        (
            "curies",
            "https://blog.example/de/{rel}",
            "https://blog.example/de/{rel}",
        ),
    ] {
        assert_eq!(
            es.api_href(relation, value)
                .apply(value)
                .as_deref()
                .unwrap_or(value),
            expected
        );
        assert_eq!(de.api_href(relation, value).apply(value), None);
    }
    let link = "https://blog.example/de/a-post/";
    assert_eq!(
        es.own_link(link).apply(link).as_deref(),
        Some("https://blog.example/es/a-post/")
    );
    assert_eq!(de.own_link(link).apply(link), None);
    assert_eq!(site.route("en").own_link(link).apply(link), None);
}

#[test]
fn an_api_without_a_prefix_gets_one() {
    let config = config(("en", ""), &[("de", "de")], "/blog");
    let site = site(&config);
    let value = "https://example.com/blog/wp-json/wp/v2/comments?post=7";
    let expected = "https://example.com/blog/de/wp-json/wp/v2/comments?post=7";
    assert_eq!(
        site.route("de")
            .api_href("replies", value)
            .apply(value)
            .as_deref(),
        Some(expected)
    );
}
