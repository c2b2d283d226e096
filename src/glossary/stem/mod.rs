//! Stems: what the inflected forms of a word have in common (Snowball).

mod derivation;

use crate::unit::Locale;

use derivation::{Endings, ending_of, endings_of};

/// Languages that write compounds as one word, so that a term may be a part of a longer one.
const COMPOUNDING: [&str; 10] = ["de", "nl", "sv", "da", "nb", "nn", "no", "fi", "hu", "et"];

/// Finds stems in one language.
#[derive(Clone, Copy, Default)]
pub(super) struct Stemmer {
    /// None for a language without a stemmer: there a word is its own stem.
    inner: Option<frostem::Stemmer>,
    /// Endings that make another word.
    endings: Endings,
    pub(super) is_german: bool,
    /// Whether the language writes compounds as one word.
    pub(super) is_compounding: bool,
}

impl Stemmer {
    pub(super) fn of(locale: &Locale) -> Self {
        let language = locale.language();
        let name = match language {
            "nb" | "nn" => "no",
            other => other,
        };
        Self {
            inner: frostem::Stemmer::try_from_name(name).ok(),
            endings: endings_of(language),
            is_german: language == "de",
            is_compounding: COMPOUNDING.contains(&language),
        }
    }

    /// Whether inflected forms share a stem.
    pub(super) fn finds_forms(self) -> bool {
        self.inner.is_some()
    }

    /// The stem of a word in lower case, with a sign of its derivation: `account`,
    /// `account+ant`.
    pub(super) fn stem(self, word: &str) -> String {
        let Some(stemmer) = &self.inner else {
            return word.to_owned();
        };
        let stem = stemmer.stem(word);
        match ending_of(self.endings, word, &stem) {
            Some(ending) => format!("{stem}+{ending}"),
            None => stem.into_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inflected_forms_share_a_stem() {
        for (tag, words) in [
            ("en", ["policy", "policies"]),
            ("en-GB", ["setting", "settings"]),
            ("de", ["buch", "büchern"]),
            ("de-AT", ["datenschutzerklärung", "datenschutzerklärungen"]),
            ("es-MX", ["canción", "canciones"]),
            ("fr", ["paramètre", "paramètres"]),
            ("fr-CA", ["cheval", "chevaux"]),
            ("nb", ["konto", "kontoer"]),
        ] {
            let stemmer = Stemmer::of(&tag.parse().expect("a tag"));
            let stems = words.map(|word| stemmer.stem(word));
            assert_eq!(stems[0], stems[1], "{tag}: {words:?}");
        }
    }

    #[test]
    fn derived_words_have_stems_of_their_own() {
        for (tag, words) in [
            ("en", ["account", "accountants"]),
            ("en", ["universe", "universities"]),
            ("en", ["configure", "configurations"]),
            ("de", ["einstellen", "einstellungen"]),
            ("es", ["computadoras", "computaciones"]),
            ("fr", ["comptes", "comptables"]),
        ] {
            let stemmer = Stemmer::of(&tag.parse().expect("a tag"));
            let stems = words.map(|word| stemmer.stem(word));
            assert_ne!(stems[0], stems[1], "{tag}: {words:?}");
        }
        for (tag, words) in [
            ("en", &["update", "updates", "updated", "updating"][..]),
            ("en", &["accountant", "accountants"]),
            ("en", &["warrant", "warrants", "warranted"]),
            ("en", &["organise", "organised", "organising"]),
            ("en", &["policy", "policies"]),
            ("en", &["universe", "universes"]),
            ("de", &["einstellung", "einstellungen"]),
            ("de", &["wichtig", "wichtigen", "wichtiges"]),
            ("es", &["política", "políticas", "político"]),
            ("es", &["aplicación", "aplicaciones"]),
            ("fr", &["application", "applications"]),
            ("fr", &["administrateur", "administratrices"]),
        ] {
            let stemmer = Stemmer::of(&tag.parse().expect("a tag"));
            for word in words {
                assert_eq!(stemmer.stem(word), stemmer.stem(words[0]), "{tag}: {word}");
            }
        }
    }

    #[test]
    fn without_a_stemmer_a_word_is_its_own_stem() {
        for tag in ["zh", "ja", "tlh"] {
            let stemmer = Stemmer::of(&tag.parse().expect("a tag"));
            assert_eq!(stemmer.stem("settings"), "settings");
        }
    }
}
