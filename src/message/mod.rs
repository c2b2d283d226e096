//! Every word for people: messages in Fluent, in the user's language.
//!
//! The other rooms deal in data; here errors and events become sentences. `locales/en` is the
//! reference, every other locale has the same messages.

mod bilingual;
mod catalog;
mod errors;
mod glossary;
mod memory;
mod models;
mod notes;

use std::fmt;

pub use bilingual::{catalog_error, xml_error};
pub use catalog::{LOCALES, Messages, visible};
pub use errors::{
    backend_error, failure, field_pattern_error, html_error, locale_error, markup_error,
    output_error, pattern_error, read_error, site_error,
};
pub use glossary::{departure, flaw, glossary_error, glossary_hint};
pub use memory::tmx_error;
pub use models::model_error;
pub use notes::{note, way};

/// A message: its name in the Fluent files, and what is filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    /// The message's name.
    pub id: &'static str,
    /// Names and values of its variables.
    pub arguments: Vec<(&'static str, Argument)>,
}

/// A value that is filled in.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// Text, as it is.
    Text(String),
    /// A number, by which a message may choose its form.
    Number(u64),
    /// Another message.
    Message(Box<Message>),
}

impl Message {
    /// A message without variables.
    pub fn new(id: &'static str) -> Self {
        Self {
            id,
            arguments: Vec::new(),
        }
    }

    /// The same with a value filled in.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.arguments.push((name, value.into()));
        self
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u64> for Argument {
    fn from(number: u64) -> Self {
        Self::Number(number)
    }
}

impl From<Message> for Argument {
    fn from(message: Message) -> Self {
        Self::Message(Box::new(message))
    }
}

impl From<fmt::Arguments<'_>> for Argument {
    fn from(text: fmt::Arguments<'_>) -> Self {
        Self::Text(text.to_string())
    }
}
