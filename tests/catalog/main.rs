//! Catalogs: what is written is read again, by us and by others.
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod exchange;
mod generate;
mod hostile;
mod merge;
mod posts;
#[path = "../support/python.rs"]
mod python;
mod schema;
mod tools;
mod validate;
mod xliff21;
