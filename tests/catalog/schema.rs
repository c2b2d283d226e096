//! The schemas of OASIS, through `xmllint`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use polypost::catalog::xliff21::{write, write_for_exchange};
use polypost::catalog::{Catalog, Context, xliff12};
use proptest::strategy::{Strategy, ValueTree as _};
use proptest::test_runner::TestRunner;

use crate::{generate, merge, posts};

/// The folder that `POLYPOST_SCHEMAS` names; none, with a message, where it is not set.
pub(crate) fn schemas() -> Option<PathBuf> {
    let folder = std::env::var_os("POLYPOST_SCHEMAS").map(PathBuf::from);
    if folder.is_none() {
        eprintln!("skipped: POLYPOST_SCHEMAS names no folder of schemas");
    }
    folder
}

/// A schema that takes in others, so that modules are validated as well.
fn joined(folder: &Path, schemas: &[(&str, &str)]) -> String {
    let mut out = String::from("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n");
    for (namespace, file) in schemas {
        let path = folder.join(file);
        out.push_str(&format!(
            "<xs:import namespace=\"{namespace}\" schemaLocation=\"{}\"/>\n",
            path.display()
        ));
    }
    out.push_str("</xs:schema>\n");
    out
}

/// Validates documents against a schema; fails with what `xmllint` says.
fn validate(schema: &str, documents: &[String]) {
    let folder = tempfile::tempdir().expect("a folder");
    let schema_path = folder.path().join("schema.xsd");
    fs::write(&schema_path, schema).expect("a file");
    let paths: Vec<PathBuf> = documents
        .iter()
        .enumerate()
        .map(|(at, document)| {
            let path = folder.path().join(format!("{at}.xml"));
            fs::write(&path, document).expect("a file");
            path
        })
        .collect();
    let output = Command::new("xmllint")
        .args(["--noout", "--nonet", "--schema"])
        .arg(&schema_path)
        .args(&paths)
        .stdin(Stdio::null())
        .output()
        .expect("xmllint");
    let talk = String::from_utf8_lossy(&output.stderr);
    let wrong: Vec<&str> = talk
        .lines()
        .filter(|line| !line.ends_with(" validates"))
        .take(10)
        .collect();
    assert!(output.status.success(), "{wrong:#?}");
}

/// So many of any values, the same ones every time.
fn some<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let mut runner = TestRunner::deterministic();
    let next = |_| strategy.new_tree(&mut runner).expect("a value").current();
    (0..count).map(next).collect()
}

/// So many of any catalogs.
pub(crate) fn catalogs(count: usize) -> Vec<Catalog> {
    some(generate::catalog(), count)
}

#[test]
fn catalogs_satisfy_the_schemas_of_xliff_2_1() {
    let Some(folder) = schemas() else { return };
    let schema = joined(
        &folder.join("xliff-2.1"),
        &[
            (
                "urn:oasis:names:tc:xliff:document:2.0",
                "xliff_core_2.0.xsd",
            ),
            ("urn:oasis:names:tc:xliff:matches:2.0", "matches.xsd"),
            ("urn:oasis:names:tc:xliff:metadata:2.0", "metadata.xsd"),
            (
                "urn:oasis:names:tc:xliff:sizerestriction:2.0",
                "size_restriction.xsd",
            ),
        ],
    );
    let mut documents: Vec<String> = catalogs(300).iter().map(write).collect();
    let posts = some(merge::post(), 1000);
    let posts = posts
        .iter()
        .map(|post| posts::translated(&merge::html(post)));
    documents.extend(posts.map(|post| write(&post)));
    documents.push(write(&posts::translated("")));
    let post = posts::translated(posts::POST);
    documents.push(write(&post));
    documents.push(write_for_exchange(&post, Context::Neighbours));
    validate(&schema, &documents);
    for document in &documents {
        assert_eq!(polypost::catalog::validate(document), Ok(Vec::new()));
    }
}

#[test]
fn exports_satisfy_the_strict_schema_of_xliff_1_2() {
    let Some(folder) = schemas() else { return };
    let schema = joined(
        &folder.join("xliff-1.2"),
        &[(
            "urn:oasis:names:tc:xliff:document:1.2",
            "xliff-core-1.2-strict.xsd",
        )],
    );
    let catalogs = catalogs(200);
    let mut documents: Vec<String> = catalogs
        .iter()
        .map(|catalog| xliff12::write(catalog, Context::Neighbours))
        .collect();
    documents.push(xliff12::write(
        &posts::translated(posts::POST),
        Context::None,
    ));
    validate(&schema, &documents);
}
