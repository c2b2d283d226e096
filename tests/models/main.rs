//! The language-model backends against servers that keep to the vendors' contracts; against those
//! servers, the vendors' own clients; and against a real server, ours.
#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod contract;
#[path = "../cli/env.rs"]
#[expect(dead_code, reason = "another test crate uses the rest")]
mod env;
mod failures;
mod library;
mod program;
mod python;
mod real;
mod vendors;

/// A script in Python, or a list of packages.
fn python_file(name: &str) -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/models/python")
        .join(name)
}
