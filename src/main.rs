//! `polypost`: localizes articles so that a reader of the diff sees only language change.

use std::process::ExitCode;

fn main() -> ExitCode {
    polypost::cli::run(std::env::args_os()).into()
}
