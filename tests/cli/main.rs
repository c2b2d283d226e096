//! The program as people run it: the binary in an environment of its own.
#![cfg(unix)]

mod apertium;
mod catalogs;
mod env;
mod exec;
mod extract;
mod glossary;
mod hreflang;
mod identity;
mod inputs;
mod ladder;
#[cfg(feature = "local")]
mod local;
mod memory;
mod messages;
#[cfg(feature = "local")]
mod models;
mod outputs;
mod pseudo;
mod reading;
mod routing;
mod samples;
mod settings;
mod signals;
mod streams;
mod talk;
#[cfg(feature = "local")]
#[path = "../tiny_model/mod.rs"]
mod tiny_model;
