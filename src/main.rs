//! `polypost`: localizes articles so that a reader of the diff sees only language change.

use std::process::ExitCode;

use mimalloc::MiMalloc;

// Trees are grown on one thread and given back on another, which common allocators are slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    polypost::cli::run(std::env::args_os()).into()
}
