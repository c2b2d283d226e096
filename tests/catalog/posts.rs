//! Catalogs of posts.

use polypost::catalog::{Catalog, CatalogFile, CatalogUnit, Method, Origin};
use polypost::html::Policy;
use polypost::pipeline::{Format, Settings, prepare};
use polypost::post::default_fields;
use polypost::route::{LinkPolicy, SiteConfig};
use polypost::unit::{Locale, Segmentation};

use crate::generate::reworded;

/// A post with pairs inside sentences and across them, and with a protected span.
pub(crate) const POST: &str =
    "<p>First <b>one</b>. It <i>goes on. And</i> ends.</p>\n<p>Run <code>ls -l</code> now.</p>";

fn settings() -> Settings {
    let source: Locale = "en".parse().expect("a tag");
    Settings {
        policy: Policy::new(source.clone()),
        target: "de".parse().expect("a tag"),
        source,
        fields: default_fields(),
        segmentation: Some(Segmentation::Sentence),
        site: SiteConfig::default(),
        links: LinkPolicy::Keep,
    }
}

/// The units of a text in HTML, not translated.
pub(crate) fn units(html: &str) -> Vec<CatalogUnit> {
    let prepared = prepare(html.to_owned(), Format::Html, &settings()).expect("HTML");
    let units = prepared.units().iter();
    units
        .map(|unit| CatalogUnit::new(&unit.unit, prepared.field_path(unit), &unit.segments))
        .collect()
}

/// A catalog in which a backend translated everything.
pub(crate) fn translated(html: &str) -> Catalog {
    let mut units = units(html);
    for segment in units.iter_mut().flat_map(CatalogUnit::segments_mut) {
        let target = reworded(&segment.source, &segment.source.text().to_uppercase());
        let origin = Origin::Backend {
            name: "pseudo".to_owned(),
            method: Method::Direct,
        };
        segment.set_own_target(target, origin);
    }
    catalog(CatalogFile {
        original: "posts/1.html".to_owned(),
        units,
    })
}

/// A catalog of one post.
pub(crate) fn catalog(file: CatalogFile) -> Catalog {
    Catalog {
        source: "en".parse().expect("a tag"),
        target: "de".parse().expect("a tag"),
        files: vec![file],
    }
}
