//! The program as people run it: the binary in an environment of its own.
#![cfg(unix)]

mod apertium;
mod env;
mod exec;
mod extract;
mod hreflang;
mod identity;
mod inputs;
mod ladder;
mod messages;
mod outputs;
mod pseudo;
mod reading;
mod routing;
mod samples;
mod settings;
mod signals;
mod streams;
mod talk;
