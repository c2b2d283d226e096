//! Where a localized post lives: its address, the addresses it links to, and its file.
//!
//! Pure functions from value to value; nothing here reads a file, parses HTML or knows of posts.
//! The way through the room:
//!
//! 1. [`SiteConfig`] is what the user says of the site. [`Site::discover`] adds what the post itself
//!    shows ([`Evidence`]): the home of the site, and the prefix under which the source is published.
//! 2. [`Site::route`] gives a [`Route`], the way from the source to one target locale.
//! 3. The route says of one value what becomes of it: [`Route::content_link`] for links in the text,
//!    [`Route::own_link`] for a post's own address, [`Route::api_href`] for `_links`,
//!    [`Route::slug`] for its slug. The answer is an [`Outcome`]: keep, with the reason, or byte
//!    ranges of the value to replace, so that whoever holds the raw attribute keeps all other bytes.
//! 4. [`lang_value`], [`dir_value`] and [`og_locale`] are the same for values that name a language.
//! 5. [`Site::versions`] lists the addresses of a post in all languages, for `hreflang`.
//! 6. [`OutputPattern`] says to which file of the project the result goes.
//!
//! **Home and prefix.** The *home* of a site is scheme, host and home path (`https://x.org/blog`).
//! A *prefix* is what follows home in the addresses of one locale (`de`), empty for a default
//! language that has none. The target's prefix goes where the source's stood; where the source has
//! none it is inserted after home; where the target has none, the source's is removed.
//!
//! **Reversible.** Going to a locale and back gives the bytes one started with for each link that the
//! rules changed, if it carried the source's prefix or the source has none, and no slug was mapped.
//! The one exception is the host-less `/de` of a home page whose target has no prefix: it becomes
//! `/`, and back again `/de/`.

mod address;
mod alternate;
mod discover;
mod kind;
mod link;
mod locale;
mod outcome;
mod output;
mod site;

pub use alternate::Version;
pub use link::Route;
pub use locale::{Direction, LocaleError, dir_value, direction, lang_value, og_locale};
pub use outcome::{Edit, KeepReason, LinkContext, LinkPolicy, Outcome, apply_edits};
pub use output::{OutputError, OutputParts, OutputPattern, PatternError};
pub use site::{Evidence, Site, SiteConfig, SiteError};
