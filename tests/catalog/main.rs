//! Catalogs: what is written is read again, by us and by others.

mod generate;
mod merge;
mod posts;
mod schema;
mod validate;
mod xliff21;
