//! What all services on the network have in common: a client that sends a key nowhere but where
//! it belongs, keys that never show, settings, and which answers are worth another try.

mod batch;
mod client;
mod key;
mod languages;
mod options;
mod tags;

pub(super) use batch::{
    by_form, discreet, fingerprint, have_codes, json_len, reply_tagged, size_of,
};
pub(super) use client::{Answer, Client, check_url, secret_header};
pub use key::Key;
pub(super) use languages::{Codes, Served};
pub use options::{Options, OptionsByBackend};
pub(super) use tags::{Form, protected_names};
