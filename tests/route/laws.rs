//! What holds for any address and any pattern.

use polypost::route::{Evidence, KeepReason, OutputParts, OutputPattern, Site, SiteConfig};
use proptest::prelude::*;

use crate::{config, follow, site};

/// Addresses of this site, of others, and of none.
fn any_link() -> impl Strategy<Value = String> {
    let host = prop::sample::select(vec![
        "",
        "https://example.com",
        "http://EXAMPLE.COM",
        "//example.com",
        "https://o.example",
    ]);
    let names = vec![
        "de",
        "es",
        "fr",
        "DE",
        "%64e",
        "design",
        "blog",
        "about",
        "caf%C3%A9",
        "ü",
        "",
        "wp-admin",
        "a.pdf",
        "feed",
        "..",
        "a b",
    ];
    let path = prop::collection::vec(prop::sample::select(names), 0..5);
    let tail = prop::sample::select(vec!["", "/", "?x=1&y=/de/", "/?p=3", "#/de/", "/#top"]);
    let shaped = (host, path, tail).prop_map(|(host, path, tail)| {
        let path = path.iter().flat_map(|name| ["/", name]).collect::<String>();
        format!("{host}{path}{tail}")
    });
    prop_oneof![9 => shaped, 1 => any::<String>()]
}

/// What stands after home in an address of the site.
fn after_home<'v>(value: &'v str, home: &str) -> &'v str {
    let lower = value.to_ascii_lowercase();
    let start = lower
        .find("example.com")
        .map_or(0, |at| at + "example.com".len());
    value[start..].strip_prefix(home).unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn rewriting_twice_is_rewriting_once(
        link in any_link(),
        source in prop::sample::select(vec!["", "de", "pt-br"]),
        target in prop::sample::select(vec!["", "es", "fr", "zh/tw"]),
        home in prop::sample::select(vec!["", "/blog"]),
    ) {
        let config = config(("de", source), &[("es", target)], home);
        let site = site(&config);
        let route = site.route("es");
        if let Ok(once) = follow(&route, &link) {
            prop_assert_eq!(follow(&route, &once), Err(KeepReason::TargetLocale));
        }
        if let Some(once) = route.own_link(&link).apply(&link) {
            prop_assert_eq!(route.own_link(&once).apply(&once), None);
        }
    }

    #[test]
    fn going_there_and_back_gives_the_original(
        link in any_link(),
        source in prop::sample::select(vec!["", "de"]),
        target in prop::sample::select(vec!["", "es"]),
        home in prop::sample::select(vec!["", "/blog"]),
    ) {
        let there = config(("de", source), &[("es", target)], home);
        let back = config(("es", target), &[("de", source)], home);
        let (there, back) = (site(&there), site(&back));
        if let Ok(once) = follow(&there.route("es"), &link) {
            let first = after_home(&link, home).split(['/', '?', '#']).nth(1).unwrap_or_default().trim();
            let carried_it = source.is_empty() || first == source;
            // The host-less home page without a slash at its end is the one exception.
            let is_bare_home = target.is_empty() && home.is_empty()
                && link.trim_start().strip_prefix("/de").is_some_and(|rest| !rest.starts_with('/'));
            if carried_it && !is_bare_home {
                prop_assert_eq!(follow(&back.route("de"), &once), Ok(link));
            }
        }
    }

    #[test]
    fn no_prefix_is_doubled(
        link in any_link(),
        source in prop::sample::select(vec!["", "de", "fr"]),
        home in prop::sample::select(vec!["", "/blog"]),
    ) {
        let config = config(("de", source), &[("es", "es"), ("fr", "fr")], home);
        let site = site(&config);
        let follow_own = |value: &str| site.route("es").own_link(value).apply(value);
        for result in [follow(&site.route("es"), &link).ok(), follow_own(&link)].into_iter().flatten() {
            let rest = after_home(&result, home).to_ascii_lowercase();
            let segments = rest.split(['/', '?', '#']).skip(1).take(2).collect::<Vec<_>>();
            prop_assert_eq!(segments.first(), Some(&"es"), "{}", result);
            prop_assert!(!["de", "es", "fr"].iter().any(|prefix| segments.get(1) == Some(prefix)
                && (*prefix != "de" || source == "de")), "{}", result);
        }
    }

    #[test]
    fn the_same_prefix_changes_nothing(link in any_link(), prefix in prop::sample::select(vec!["", "de"])) {
        let config = config(("de", prefix), &[("de-DE", prefix)], "");
        let site = site(&config);
        for target in ["de", "DE", "de-DE"] {
            prop_assert_eq!(follow(&site.route(target), &link), Err(KeepReason::SamePrefix));
            prop_assert_eq!(site.route(target).own_link(&link).apply(&link), None);
            prop_assert_eq!(site.route(target).api_href("self", &link).apply(&link), None);
        }
    }

    #[test]
    fn any_evidence_is_read(api in any_link(), link in any_link(), guid in any_link(), tail in "(/wp-json/.*)?") {
        let config = SiteConfig { source: "en".into(), targets: vec!["de".into()], ..SiteConfig::default() };
        let api = format!("{api}{tail}");
        let evidence = Evidence { api: Some(&api), link: Some(&link), guid: Some(&guid) };
        let site = Site::discover(&config, evidence).expect("nothing is configured");
        prop_assert!(site.home_path().is_empty() || site.home_path().starts_with('/'));
        prop_assert!(!site.source_prefix().contains('/'));
    }

    #[test]
    fn no_output_leaves_the_project(pattern in "[a./{}\\\\: ]{0,4}(\\{(lang|path|dir|stem|ext|slug)\\}[./ ]{0,2}){0,4}",
        lang in "[a-z./]{0,4}", path in "[a-z./\\\\:\u{0} ]{0,12}", slug in prop::option::of("[a-z./\\\\\u{0}]{0,6}")) {
        let Ok(pattern) = OutputPattern::parse(&pattern) else { return Ok(()) };
        let parts = OutputParts { lang: &lang, path: &path, slug: slug.as_deref() };
        if let Ok(output) = pattern.render(&parts) {
            prop_assert!(!output.is_empty() && !output.contains("//") && !output.starts_with('/'), "{}", output);
            prop_assert!(output.split('/').all(|segment| !segment.trim_end_matches(['.', ' ']).is_empty()), "{}", output);
            prop_assert!(!output.contains(['\\', '\0']) && output != path);
            let drive = output.split_once(':').map_or("", |(drive, _)| drive);
            prop_assert!(drive.len() != 1 || !drive.starts_with(|c: char| c.is_ascii_alphabetic()), "{}", output);
        }
    }
}
