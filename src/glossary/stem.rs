//! Stems: what the inflected forms of a word have in common (Snowball).

use std::borrow::Cow;

use crate::unit::Locale;

/// Languages that write compounds as one word, so that a term may be a part of a longer one.
const COMPOUNDING: [&str; 10] = ["de", "nl", "sv", "da", "nb", "nn", "no", "fi", "hu", "et"];

/// Finds stems in one language.
#[derive(Clone, Copy, Default)]
pub(super) struct Stemmer {
    /// None for a language without a stemmer: there a word is its own stem.
    inner: Option<frostem::Stemmer>,
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
            is_german: language == "de",
            is_compounding: COMPOUNDING.contains(&language),
        }
    }

    /// The stem of a word in lower case.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.inner {
            Some(stemmer) => stemmer.stem(word),
            None => Cow::Borrowed(word),
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
            let stems = words.map(|word| stemmer.stem(word).into_owned());
            assert_eq!(stems[0], stems[1], "{tag}: {words:?}");
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
