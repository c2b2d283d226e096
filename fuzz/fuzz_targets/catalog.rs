//! Any file as a catalog, or as one that came back: it is read or refused, and law 3 holds.
#![no_main]

use polypost::catalog::{Catalog, CatalogFile, CatalogSegment, CatalogUnit, Part};
use polypost::unit::{Fragment, Kind, MarkKind};

#[path = "../../tests/catalog/hostile.rs"]
mod hostile;

/// What a file could be taken into.
fn own() -> Catalog {
    let mut source = Fragment::plain("one ");
    source.push_mark(MarkKind::Open, 1);
    source.push_text("two");
    source.push_mark(MarkKind::Close, 1);
    Catalog {
        source: "en".parse().expect("a tag"),
        target: "de".parse().expect("a tag"),
        files: vec![CatalogFile {
            original: "a".to_owned(),
            units: vec![CatalogUnit {
                id: "u".to_owned(),
                field: String::new(),
                element: "p".to_owned(),
                kind: Kind::Html,
                codes: Vec::new(),
                output: None,
                limit: None,
                notes: Vec::new(),
                parts: vec![Part::Segment(CatalogSegment::new("s1".to_owned(), source))],
            }],
        }],
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    hostile::any_file_is_read_or_refused(bytes, &own());
});
