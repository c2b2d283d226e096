//! Localizes articles so that a reader of the diff sees only language change.

pub mod backend;
pub mod html;
pub mod post;
pub mod route;
pub mod unit;
