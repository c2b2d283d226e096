//! The language-model backends against servers that keep to the vendors' contracts; against those
//! servers, the vendors' own clients; and against a real server, ours.
#![cfg(unix)]
#![expect(clippy::print_stderr, reason = "a test that is skipped says so")]

mod contract;
#[path = "../cli/env.rs"]
#[expect(dead_code, reason = "another test crate uses the rest")]
mod env;
mod failures;
mod glossary;
mod library;
mod program;
#[path = "../support/python.rs"]
mod python;
mod real;
mod vendors;
