//! The messages of a locale, read from the Fluent files that are built in.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use unic_langid::LanguageIdentifier;

use super::{Argument, Message};

/// The locales that messages exist in; the first is the reference.
pub const LOCALES: [&str; 4] = ["en", "de", "es", "fr"];

const FILES: [(&str, &str); 4] = [
    ("en", include_str!("../../locales/en/polypost.ftl")),
    ("de", include_str!("../../locales/de/polypost.ftl")),
    ("es", include_str!("../../locales/es/polypost.ftl")),
    ("fr", include_str!("../../locales/fr/polypost.ftl")),
];

/// The only variable whose value may have several lines: what others say. Names of files and the
/// like are shown in one, whatever is in them.
const MANY_LINES: &str = "detail";

/// A text as a terminal may show it: control characters, which could move the cursor or worse,
/// become their pictures (`␛`), as do the ends of lines unless the text may have several.
pub fn visible(text: &str, has_lines: bool) -> String {
    text.chars()
        .map(|c| match c {
            '\t' => c,
            '\n' if has_lines => c,
            '\0'..='\x1f' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
            '\x7f' => '␡',
            '\u{80}'..='\u{9f}' => '\u{fffd}',
            _ => c,
        })
        .collect()
}

/// The messages in the language of a user, and in English what should be missing there.
pub struct Messages {
    locale: &'static str,
    bundles: Vec<FluentBundle<FluentResource>>,
}

impl std::fmt::Debug for Messages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Messages")
            .field("locale", &self.locale)
            .finish_non_exhaustive()
    }
}

impl Messages {
    /// The messages for the first of the wanted locales that there are any in. Locales are BCP 47
    /// tags or those of POSIX (`de_DE.UTF-8`); others are passed over. English if none fits.
    pub fn for_locales<'l>(wanted: impl IntoIterator<Item = &'l str>) -> Self {
        // Messages exist per language only, so that a lookup by language is all there is to it.
        let locale = wanted
            .into_iter()
            .filter_map(|tag| {
                tag.split(['.', '@'])
                    .next()?
                    .parse::<LanguageIdentifier>()
                    .ok()
            })
            .find_map(|wanted| LOCALES.iter().find(|tag| **tag == wanted.language.as_str()))
            .unwrap_or(&LOCALES[0]);
        let mut bundles = vec![bundle(locale)];
        if *locale != LOCALES[0] {
            bundles.push(bundle(LOCALES[0]));
        }
        Self { locale, bundles }
    }

    /// The locale of the messages.
    pub fn locale(&self) -> &'static str {
        self.locale
    }

    /// The text of a message; its name where there is none, which a test rules out.
    pub fn text(&self, message: &Message) -> String {
        let mut arguments = FluentArgs::new();
        for (name, value) in &message.arguments {
            let value = match value {
                Argument::Text(text) => FluentValue::from(visible(text, *name == MANY_LINES)),
                #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^53")]
                Argument::Number(number) => FluentValue::from(*number as f64),
                Argument::Message(inner) => FluentValue::from(self.text(inner)),
            };
            arguments.set(*name, value);
        }
        self.bundles
            .iter()
            .find_map(|bundle| {
                let pattern = bundle.get_message(message.id)?.value()?;
                // What is wrong with a pattern shows in the text itself, and in a test.
                let mut errors = Vec::new();
                let text = bundle.format_pattern(pattern, Some(&arguments), &mut errors);
                // The space before a value that begins on a line of its own.
                Some(text.replace(" \n", "\n"))
            })
            .unwrap_or_else(|| message.id.to_owned())
    }

    /// The text of a message without variables; none where there is no such message.
    pub fn find(&self, id: &str) -> Option<String> {
        self.bundles.iter().find_map(|bundle| {
            let pattern = bundle.get_message(id)?.value()?;
            let text = bundle.format_pattern(pattern, None, &mut Vec::new());
            Some(text.into_owned())
        })
    }
}

fn bundle(locale: &str) -> FluentBundle<FluentResource> {
    let source = FILES
        .iter()
        .find(|(tag, _)| *tag == locale)
        .map_or("", |(_, source)| *source);
    // The good part of a file with errors still counts; a test holds that there are none.
    let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(part, _)| part);
    let mut bundle = FluentBundle::new(locale.parse().into_iter().collect());
    bundle.set_use_isolating(false);
    // NUMBER is the only one; it can't be there twice.
    drop(bundle.add_builtins());
    bundle.add_resource_overriding(resource);
    bundle
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_control_character_is_left_in_a_visible_text() {
        assert_eq!(
            visible("a\x1b]0;x\x07\r\n\tb\x7f\u{9b}1mä", false),
            "a␛]0;x␇␍␊\tb␡\u{fffd}1mä"
        );
        assert_eq!(visible("a\nb", true), "a\nb");
    }

    #[test]
    fn the_locale_is_found_in_every_way_that_systems_name_it() {
        for (wanted, found) in [
            ("de_AT.UTF-8", "de"),
            ("es-419", "es"),
            ("fr", "fr"),
            ("C", "en"),
            ("C.UTF-8", "en"),
            ("nl_NL", "en"),
            ("", "en"),
        ] {
            assert_eq!(Messages::for_locales([wanted]).locale(), found, "{wanted}");
        }
        assert_eq!(Messages::for_locales(["nl", "fr_CA"]).locale(), "fr");
    }
}
