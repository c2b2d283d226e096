//! Localizes articles so that a reader of the diff sees only language change.
//!
//! The way of a post through the rooms of this house:
//!
//! 1. [`post`] reads the file: one post or many, their fields, byte for byte.
//! 2. [`html`] finds in each field the units: text that flows together, with its codes.
//! 3. [`mod@unit`] cuts them into segments, and holds what comes back to the codes that were there.
//! 4. [`backend`] translates; [`translate`] asks it, and repairs what can be repaired; [`memory`]
//!    keeps what it answers; [`glossary`] says which words are wanted.
//! 5. [`catalog`] is the bilingual file that people review: what they say in it is kept.
//! 6. [`route`] finds the new values of links and languages.
//! 7. [`pipeline`] joins these steps, and writes everything back with one splice.
//!
//! [`message`] words what happens for people; [`cli`] is the program.
//!
//! ```
//! use polypost::backend::Pseudo;
//! use polypost::html::Policy;
//! use polypost::pipeline::{Format, Settings, localize};
//! use polypost::post::default_fields;
//! use polypost::route::{LinkPolicy, SiteConfig};
//! use polypost::translate::Translator;
//! use polypost::unit::{Locale, Segmentation};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let (source, target): (Locale, Locale) = ("en".parse()?, "de".parse()?);
//! let settings = Settings {
//!     policy: Policy::new(source.clone()),
//!     fields: default_fields(),
//!     segmentation: Some(Segmentation::Sentence),
//!     site: SiteConfig::default(),
//!     links: LinkPolicy::Keep,
//!     source,
//!     target,
//! };
//! let post = r#"{"id": 7, "title": {"rendered": "Fish &amp; <em>chips<\/em>"}}"#;
//! let translator = Translator::new(&Pseudo);
//! let done = localize(post.into(), Format::Json, &settings, &translator, &|_| false).await?;
//! assert!(done.localized.text.starts_with(r#"{"id": 7, "title": {"rendered": "\u27e6"#));
//! assert!(done.localized.text.contains(" &amp; <em>"));
//! # Ok(())
//! # }
//! ```

pub mod backend;
pub mod catalog;
pub mod cli;
pub mod glossary;
pub mod html;
pub mod memory;
pub mod message;
pub mod pipeline;
pub mod post;
pub mod route;
pub mod translate;
pub mod unit;
