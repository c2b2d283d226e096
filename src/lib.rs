//! Localizes articles so that a reader of the diff sees only language change.

pub mod backend;
pub mod cli;
pub mod html;
pub mod message;
pub mod pipeline;
pub mod post;
pub mod route;
pub mod translate;
pub mod unit;
