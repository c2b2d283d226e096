//! Files that nobody means well with: they are read or refused, and law 3 holds for what is read.

use polypost::catalog::{
    Catalog, CatalogUnit, check_target, decode, merge, po, validate, xliff12, xliff21,
};

/// Reads bytes as every format, and does with it what a run would.
pub(crate) fn any_file_is_read_or_refused(bytes: &[u8], own: &Catalog) {
    let Ok(text) = decode(bytes) else { return };
    let _ = validate(&text);
    for import in [xliff21::import, xliff12::import, po::import] {
        if let Ok(imported) = import(&text) {
            let mut catalog = own.clone();
            let _ = catalog.apply(imported);
            law_3_holds(&catalog);
        }
    }
    let Ok(read) = xliff21::read(&text) else {
        return;
    };
    law_3_holds(&read.catalog);
    let _ = xliff21::write(&read.catalog);
    for (old, new) in [(&read.catalog, own), (&read.catalog, &read.catalog)] {
        for (old, new) in old.files.iter().zip(&new.files) {
            let units = new.units.iter().map(|unit| CatalogUnit {
                output: None,
                ..unit.clone()
            });
            let merged = merge(&new.original, Some(old), units.collect());
            let file = merged.with_proposals(|_, _| None);
            law_3_holds(&Catalog {
                files: vec![file],
                ..own.clone()
            });
        }
    }
}

fn law_3_holds(catalog: &Catalog) {
    let units = catalog.files.iter().flat_map(|file| &file.units);
    for segment in units.flat_map(CatalogUnit::segments) {
        if let Some(target) = &segment.target {
            assert_eq!(check_target(&segment.source, target), Ok(()));
        }
    }
}
