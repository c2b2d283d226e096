//! The memory: what is found, by whom it was stored and when, and what goes in and out as TMX.
#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a test that is skipped says so"
)]

mod files;
mod likeness;
mod look_up;
mod make;
mod programs;
#[path = "../support/python.rs"]
mod python;
mod tmx;
mod upkeep;
