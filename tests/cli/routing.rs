//! What follows the language without being text: links, `lang`, `dir`, addresses of the post.

use crate::env::{TestEnv, content_of, sample};

/// The new values among the words of a text: those it does not share with the text before.
fn changed(before: &str, after: &str) -> String {
    let words = |text: &str| -> Vec<String> {
        let text = text.replace("\\/", "/");
        let split = text.split(|c: char| c.is_whitespace() || "\"'<>\\,".contains(c));
        split.map(str::to_owned).collect()
    };
    let (before, after) = (words(before), words(after));
    assert_eq!(before.len(), after.len(), "something else changed");
    let pairs = before.iter().zip(&after).filter(|(old, new)| old != new);
    let lines: Vec<_> = pairs.map(|(old, new)| format!("{old} → {new}")).collect();
    lines.join("\n")
}

/// What becomes of a sample whose text stays as it is.
fn routed(name: &str, arguments: &str) -> String {
    let env = TestEnv::with_sample(name);
    let run = env.run(&format!(
        "translate {name} --from en --backend identity --stdout {arguments}"
    ));
    changed(&sample(name), &run.go().ok().stdout)
}

#[test]
fn a_post_under_another_prefix_moves_to_the_new_one() {
    insta::assert_snapshot!(routed("night-train.json", "--to es --links all"), @"
    https://nachtzug.example/de/night-train/ → https://nachtzug.example/es/night-train/
    /de/tickets/?class=2&#038;bed=yes#prices → /es/tickets/?class=2&#038;bed=yes#prices
    https://nachtzug.example/de/sleeper-cars/ → https://nachtzug.example/es/sleeper-cars/
    https://nachtzug.example/de/wp-json/wp/v2/posts/318 → https://nachtzug.example/es/wp-json/wp/v2/posts/318
    https://nachtzug.example/de/wp-json/wp/v2/posts → https://nachtzug.example/es/wp-json/wp/v2/posts
    https://nachtzug.example/de/wp-json/wp/v2/types/post → https://nachtzug.example/es/wp-json/wp/v2/types/post
    https://nachtzug.example/de/wp-json/wp/v2/users/2 → https://nachtzug.example/es/wp-json/wp/v2/users/2
    https://nachtzug.example/de/wp-json/wp/v2/comments?post=318 → https://nachtzug.example/es/wp-json/wp/v2/comments?post=318
    https://nachtzug.example/de/wp-json/wp/v2/posts/318/revisions → https://nachtzug.example/es/wp-json/wp/v2/posts/318/revisions
    https://nachtzug.example/de/wp-json/wp/v2/posts/318/revisions/319 → https://nachtzug.example/es/wp-json/wp/v2/posts/318/revisions/319
    https://nachtzug.example/de/wp-json/wp/v2/media?parent=318 → https://nachtzug.example/es/wp-json/wp/v2/media?parent=318
    https://nachtzug.example/de/wp-json/wp/v2/categories?post=318 → https://nachtzug.example/es/wp-json/wp/v2/categories?post=318
    https://nachtzug.example/de/wp-json/wp/v2/tags?post=318 → https://nachtzug.example/es/wp-json/wp/v2/tags?post=318
    ");
}

#[test]
fn a_post_without_a_prefix_gets_one() {
    insta::assert_snapshot!(routed("library-garden.json", "--to es --links all"), @"
    https://riverside.example/library-garden/ → https://riverside.example/es/library-garden/
    https://riverside.example/new-bridge/ → https://riverside.example/es/new-bridge/
    /people/carlos-romero/ → /es/people/carlos-romero/
    https://riverside.example/wp-json/wp/v2/posts/2041 → https://riverside.example/es/wp-json/wp/v2/posts/2041
    https://riverside.example/wp-json/wp/v2/posts → https://riverside.example/es/wp-json/wp/v2/posts
    https://riverside.example/wp-json/wp/v2/types/post → https://riverside.example/es/wp-json/wp/v2/types/post
    https://riverside.example/wp-json/wp/v2/users/2 → https://riverside.example/es/wp-json/wp/v2/users/2
    https://riverside.example/wp-json/wp/v2/comments?post=2041 → https://riverside.example/es/wp-json/wp/v2/comments?post=2041
    https://riverside.example/wp-json/wp/v2/posts/2041/revisions → https://riverside.example/es/wp-json/wp/v2/posts/2041/revisions
    https://riverside.example/wp-json/wp/v2/posts/2041/revisions/2042 → https://riverside.example/es/wp-json/wp/v2/posts/2041/revisions/2042
    https://riverside.example/wp-json/wp/v2/media/2042 → https://riverside.example/es/wp-json/wp/v2/media/2042
    https://riverside.example/wp-json/wp/v2/media?parent=2041 → https://riverside.example/es/wp-json/wp/v2/media?parent=2041
    https://riverside.example/wp-json/wp/v2/categories?post=2041 → https://riverside.example/es/wp-json/wp/v2/categories?post=2041
    https://riverside.example/wp-json/wp/v2/tags?post=2041 → https://riverside.example/es/wp-json/wp/v2/tags?post=2041
    ");
}

#[test]
fn a_home_below_the_root_keeps_its_path() {
    insta::assert_snapshot!(routed("balcony-herbs.json", "--to es --links all"), @"
    https://garden.example/blog/herbs-on-the-balcony/ → https://garden.example/blog/es/herbs-on-the-balcony/
    /blog/tomatoes/ → /blog/es/tomatoes/
    https://garden.example/blog/tomatoes/#pots → https://garden.example/blog/es/tomatoes/#pots
    /blog/search/ → /blog/es/search/
    https://garden.example/blog/wp-json/wp/v2/posts/76 → https://garden.example/blog/es/wp-json/wp/v2/posts/76
    https://garden.example/blog/wp-json/wp/v2/posts → https://garden.example/blog/es/wp-json/wp/v2/posts
    https://garden.example/blog/wp-json/wp/v2/types/post → https://garden.example/blog/es/wp-json/wp/v2/types/post
    https://garden.example/blog/wp-json/wp/v2/users/2 → https://garden.example/blog/es/wp-json/wp/v2/users/2
    https://garden.example/blog/wp-json/wp/v2/comments?post=76 → https://garden.example/blog/es/wp-json/wp/v2/comments?post=76
    https://garden.example/blog/wp-json/wp/v2/posts/76/revisions → https://garden.example/blog/es/wp-json/wp/v2/posts/76/revisions
    https://garden.example/blog/wp-json/wp/v2/posts/76/revisions/77 → https://garden.example/blog/es/wp-json/wp/v2/posts/76/revisions/77
    https://garden.example/blog/wp-json/wp/v2/media/77 → https://garden.example/blog/es/wp-json/wp/v2/media/77
    https://garden.example/blog/wp-json/wp/v2/media?parent=76 → https://garden.example/blog/es/wp-json/wp/v2/media?parent=76
    https://garden.example/blog/wp-json/wp/v2/categories?post=76 → https://garden.example/blog/es/wp-json/wp/v2/categories?post=76
    https://garden.example/blog/wp-json/wp/v2/tags?post=76 → https://garden.example/blog/es/wp-json/wp/v2/tags?post=76
    ");
}

#[test]
fn a_whole_page_has_its_language_and_addresses_changed() {
    insta::assert_snapshot!(routed("harbour-tour.html", "--to es --links all"), @"
    en → es
    https://port.example/harbour-tour/ → https://port.example/es/harbour-tour/
    en_GB → es_ES
    https://port.example/harbour-tour/ → https://port.example/es/harbour-tour/
    en-GB → es
    https://port.example/harbour-tour/ → https://port.example/es/harbour-tour/
    / → /es/
    /tours/ → /es/tours/
    /about/ → /es/about/
    https://port.example/lighthouse/ → https://port.example/es/lighthouse/
    ");
}

#[test]
fn a_page_in_arabic_runs_from_right_to_left() {
    let changed = routed("harbour-tour.html", "--to ar --links keep");
    assert!(
        changed.contains("lang=\"en\"") || changed.contains("en → ar"),
        "{changed}"
    );
    assert!(changed.contains("ltr → rtl"), "{changed}");
    assert!(changed.contains("en_GB → ar_"), "{changed}");
}

#[test]
fn seo_fields_follow_the_language() {
    insta::assert_snapshot!(routed("sunday-soup.json", "--to pt-BR --links keep"), @"
    https://kitchen.example/sunday-soup/ → https://kitchen.example/pt-br/sunday-soup/
    https://kitchen.example/sunday-soup/ → https://kitchen.example/pt-br/sunday-soup/
    en_US → pt_BR
    https://kitchen.example/sunday-soup/ → https://kitchen.example/pt-br/sunday-soup/
    https://kitchen.example/sunday-soup/#article → https://kitchen.example/pt-br/sunday-soup/#article
    en-US → pt-BR
    https://kitchen.example/sunday-soup/ → https://kitchen.example/pt-br/sunday-soup/
    en_US → pt_BR
    https://kitchen.example/sunday-soup/ → https://kitchen.example/pt-br/sunday-soup/
    https://kitchen.example/wp-json/wp/v2/posts/912 → https://kitchen.example/pt-br/wp-json/wp/v2/posts/912
    https://kitchen.example/wp-json/wp/v2/posts → https://kitchen.example/pt-br/wp-json/wp/v2/posts
    https://kitchen.example/wp-json/wp/v2/types/post → https://kitchen.example/pt-br/wp-json/wp/v2/types/post
    https://kitchen.example/wp-json/wp/v2/users/2 → https://kitchen.example/pt-br/wp-json/wp/v2/users/2
    https://kitchen.example/wp-json/wp/v2/comments?post=912 → https://kitchen.example/pt-br/wp-json/wp/v2/comments?post=912
    https://kitchen.example/wp-json/wp/v2/posts/912/revisions → https://kitchen.example/pt-br/wp-json/wp/v2/posts/912/revisions
    https://kitchen.example/wp-json/wp/v2/posts/912/revisions/913 → https://kitchen.example/pt-br/wp-json/wp/v2/posts/912/revisions/913
    https://kitchen.example/wp-json/wp/v2/media/913 → https://kitchen.example/pt-br/wp-json/wp/v2/media/913
    https://kitchen.example/wp-json/wp/v2/media?parent=912 → https://kitchen.example/pt-br/wp-json/wp/v2/media?parent=912
    https://kitchen.example/wp-json/wp/v2/categories?post=912 → https://kitchen.example/pt-br/wp-json/wp/v2/categories?post=912
    https://kitchen.example/wp-json/wp/v2/tags?post=912 → https://kitchen.example/pt-br/wp-json/wp/v2/tags?post=912
    ");
}

#[test]
fn links_to_posts_of_the_same_run_are_followed() {
    let env = TestEnv::with_sample("running-club.json");
    let run = env
        .run("translate running-club.json --from en --to es --backend identity --stdout -v")
        .go()
        .ok();
    assert!(
        run.stdout
            .contains(r#"href=\"https://verein.example/klub/es/second-run/\""#)
    );
    assert!(
        run.stdout
            .contains(r#"href=\"https://verein.example/klub/results-2025/\""#)
    );
    insta::assert_snapshot!(run.stderr, @"
    running-club.json [0]: the link “https://verein.example/klub/results-2025/” leads to a page that is not translated and stays as it is
    Warning: running-club.json [2]: nothing to translate was found.
    3 posts with identity.
    One link stays as it was; “-v” names it.
    ");
}

#[test]
fn links_can_be_kept() {
    let env = TestEnv::with_sample("running-club.json");
    let run = env
        .run("translate running-club.json --from en --to es --backend identity --stdout --links keep")
        .go()
        .ok();
    assert!(
        run.stdout
            .contains(r#"href=\"https://verein.example/klub/second-run/\""#)
    );
    assert!(
        run.stdout
            .contains(r#""link": "https://verein.example/klub/es/second-run/""#)
    );
}

#[test]
fn prefixes_and_slugs_are_configured() {
    let env = TestEnv::with_sample("running-club.json");
    env.write(
        "polypost.toml",
        "links = \"all\"\n[site.prefixes]\npt-BR = \"br\"\nes = \"\"\n[slugs.pt-BR]\nsecond-run = \"segunda-corrida\"\n",
    );
    let run = |target: &str| {
        let run = env.run(&format!(
            "translate running-club.json --from en --to {target} --backend identity --stdout"
        ));
        run.go().ok().stdout
    };
    let brazilian = run("pt-BR");
    assert!(brazilian.contains(r#""link": "https://verein.example/klub/br/segunda-corrida/""#));
    assert!(brazilian.contains(r#""slug": "segunda-corrida""#));
    assert!(brazilian.contains(r#"href=\"https://verein.example/klub/br/segunda-corrida/\""#));
    assert!(brazilian.contains("https://verein.example/klub/br/wp-json/wp/v2/posts/12"));
    assert_eq!(
        run("es"),
        sample("running-club.json"),
        "an empty prefix changes no address"
    );
}

#[test]
fn no_address_is_touched_when_the_language_stays() {
    for name in ["night-train.json", "harbour-tour.html", "running-club.json"] {
        assert_eq!(routed(name, "--to en --links all"), "", "{name}");
    }
}

#[test]
fn the_way_there_leads_back() {
    for name in [
        "library-garden.json",
        "balcony-herbs.json",
        "running-club.json",
    ] {
        let env = TestEnv::with_sample(name);
        let there = env.run(&format!(
            "translate {name} --from en --to es --backend identity --links all --out there.json"
        ));
        there.go().ok();
        env.write("polypost.toml", "[site.prefixes]\nen = \"\"\n");
        let back = env
            .run("translate there.json --from es --to en --backend identity --links all --stdout")
            .go()
            .ok();
        assert_eq!(back.stdout, sample(name), "{name}");
    }
}

#[test]
fn a_link_in_translated_text_is_followed_too() {
    let env = TestEnv::new();
    env.write(
        "post.json",
        r#"{"link":"https://a.example/x/","content":{"rendered":"<p>See <a href='/y/?a=1&amp;b=2#c'>this page</a>.</p>"}}"#,
    );
    let run =
        env.run("translate post.json --from en --to es --backend pseudo --links all --stdout");
    let after = content_of(&run.go().ok().stdout);
    assert!(after.contains("<a href='/es/y/?a=1&amp;b=2#c'>"), "{after}");
}

/// A post of `https://a.example` with an address per member, and more members.
fn post_with(members: &str) -> TestEnv {
    let env = TestEnv::new();
    let post = format!(
        r#"{{"link":"https:\/\/a.example\/x\/",{members},"_links":{{"self":[{{"href":"https:\/\/a.example\/wp-json\/wp\/v2\/posts\/1"}}]}}}}"#
    );
    env.write("post.json", post);
    env
}

/// What becomes of such a post.
fn moved(members: &str, arguments: &str) -> String {
    let env = post_with(members);
    let run = env.run(&format!(
        "translate post.json --from en --backend identity --stdout {arguments}"
    ));
    changed(&env.read("post.json"), &run.go().ok().stdout)
}

#[test]
fn yoast_says_the_same_in_json_as_in_html() {
    let members = r#""yoast_head_json":{"canonical":"https:\/\/a.example\/x\/","og_locale":"en_US","og_url":"https:\/\/a.example\/x\/","article_publisher":"https:\/\/a.example\/x\/","og_image":[{"url":"https:\/\/a.example\/x.png"}]}"#;
    insta::assert_snapshot!(moved(members, "--to ar"), @"
    https://a.example/x/ → https://a.example/ar/x/
    https://a.example/x/ → https://a.example/ar/x/
    en_US → ar_AR
    https://a.example/x/ → https://a.example/ar/x/
    https://a.example/wp-json/wp/v2/posts/1 → https://a.example/ar/wp-json/wp/v2/posts/1
    ");
    assert_eq!(moved(members, "--to en"), "");
}

#[test]
fn structured_data_names_the_page_by_its_new_address() {
    let graph = r#"{"@context":"https://schema.org","@graph":[{"@type":["WebPage","FAQPage"],"@id":"https://a.example/x/","url":"https://a.example/x/","isPartOf":{"@id":"https://a.example/#website"},"breadcrumb":{"@id":"https://a.example/x/#breadcrumb"},"potentialAction":[{"@type":"ReadAction","target":["https://a.example/x/"]}],"inLanguage":"en-US"},{"@type":"WebSite","@id":"https://a.example/#website","url":"https://a.example/","inLanguage":"en-US"},{"@type":"BreadcrumbList","@id":"https://a.example/x/#breadcrumb","itemListElement":[{"item":"https://a.example/category/b/"}]},{"@type":"ImageObject","@id":"https://a.example/x/#primaryimage","url":"https://a.example/wp-content/x.png","inLanguage":"fr"},{"@type":"VideoObject","inLanguage":"en"},{"@type":"Person","@id":"https://a.example/#/schema/person/1","url":"https://a.example/author/b/","workTranslation":{"url":"https://a.example/x/"}}]}"#;
    let in_html = serde_json::to_string(&format!(
        "<script type=\"application/ld+json\" class=\"yoast-schema-graph\">{graph}</script>"
    ))
    .expect("text");
    let html = moved(&format!(r#""yoast_head":{in_html}"#), "--to es");
    insta::assert_snapshot!(html, @"
    https://a.example/x/ → https://a.example/es/x/
    https://a.example/x/ → https://a.example/es/x/
    https://a.example/x/ → https://a.example/es/x/
    https://a.example/x/#breadcrumb → https://a.example/es/x/#breadcrumb
    https://a.example/x/ → https://a.example/es/x/
    en-US → es
    en-US → es
    https://a.example/x/#breadcrumb → https://a.example/es/x/#breadcrumb
    https://a.example/x/#primaryimage → https://a.example/es/x/#primaryimage
    https://a.example/wp-json/wp/v2/posts/1 → https://a.example/es/wp-json/wp/v2/posts/1
    ");
    // The same in JSON.
    let json = moved(
        &format!(r#""yoast_head_json":{{"schema":{graph}}}"#),
        "--to es",
    );
    assert_eq!(html, json);
}

#[test]
fn structured_data_of_a_page_follows_its_canonical_address() {
    let env = TestEnv::new();
    let page = r#"<!DOCTYPE html><html><head><link rel="canonical" href="https://a.example/x/"><script type="application/ld+json">{"@id":"https:\/\/a.example\/x#article","url":"https:\/\/a.example\/y\/","inLanguage":["en"]}</script></head><body></body></html>"#;
    env.write("page.html", page);
    let run = env.run("translate page.html --from en --to es --backend identity --stdout");
    let after = run.go().ok().stdout;
    assert_eq!(
        after,
        page.replace("a.example/x/", "a.example/es/x/")
            .replace(r"a.example\/x#", r"a.example\/es\/x#")
            .replace("[\"en\"]", "[\"es\"]")
    );
}

#[test]
fn the_home_page_is_not_its_site() {
    let members = r#""yoast_head_json":{"canonical":"https://a.example/","schema":{"@graph":[{"@id":"https://a.example/"},{"@id":"https://a.example/#organization"},{"@id":"https://a.example/#breadcrumb"}]}}"#;
    insta::assert_snapshot!(moved(members, "--to es"), @"
    https://a.example/x/ → https://a.example/es/x/
    https://a.example/ → https://a.example/es/
    https://a.example/ → https://a.example/es/
    https://a.example/#breadcrumb → https://a.example/es/#breadcrumb
    https://a.example/wp-json/wp/v2/posts/1 → https://a.example/es/wp-json/wp/v2/posts/1
    ");
}

#[test]
fn links_of_what_is_embedded_follow_as_links_of_the_content() {
    let members = r#""_embedded":{"author":[{"link":"https:\/\/a.example\/author\/b\/","url":"https:\/\/a.example\/","_links":{"self":[{"href":"https:\/\/a.example\/wp-json\/wp\/v2\/users\/2"}]}}],"wp:term":[[{"link":"https:\/\/a.example\/category\/c\/"}],[{"link":"https:\/\/elsewhere.example\/tag\/d\/"}]],"replies":[[{"link":"https:\/\/a.example\/x\/#comment-1"}]]}"#;
    insta::assert_snapshot!(moved(members, "--to es --links all"), @"
    https://a.example/x/ → https://a.example/es/x/
    https://a.example/author/b/ → https://a.example/es/author/b/
    https://a.example/wp-json/wp/v2/users/2 → https://a.example/es/wp-json/wp/v2/users/2
    https://a.example/category/c/ → https://a.example/es/category/c/
    https://a.example/x/#comment-1 → https://a.example/es/x/#comment-1
    https://a.example/wp-json/wp/v2/posts/1 → https://a.example/es/wp-json/wp/v2/posts/1
    ");
    insta::assert_snapshot!(moved(members, "--to es"), @"
    https://a.example/x/ → https://a.example/es/x/
    https://a.example/wp-json/wp/v2/users/2 → https://a.example/es/wp-json/wp/v2/users/2
    https://a.example/x/#comment-1 → https://a.example/es/x/#comment-1
    https://a.example/wp-json/wp/v2/posts/1 → https://a.example/es/wp-json/wp/v2/posts/1
    ");
    insta::assert_snapshot!(moved(members, "--to es --links keep"), @"
    https://a.example/x/ → https://a.example/es/x/
    https://a.example/wp-json/wp/v2/users/2 → https://a.example/es/wp-json/wp/v2/users/2
    https://a.example/wp-json/wp/v2/posts/1 → https://a.example/es/wp-json/wp/v2/posts/1
    ");
}
