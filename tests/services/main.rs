//! Translation services against servers written from their contracts, on loopback: through the
//! library, through the program, and with the vendors' own clients.

mod azure;
mod clients;
mod contract;
mod deepl;
mod deepl_glossary;
#[path = "../cli/env.rs"]
#[expect(dead_code, reason = "the tests of the command line use more of it")]
mod env;
mod faults;
mod google;
mod kill;
mod libretranslate;
mod program;
mod use_of;
