//! What all services on the network have in common: a client that sends a key nowhere but where
//! it belongs, keys that never show, settings, and which answers are worth another try.

mod client;
mod key;
mod options;

pub(super) use client::{Answer, Client, check_url, secret_header};
pub use key::Key;
pub use options::{Options, OptionsByBackend};
