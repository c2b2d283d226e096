//! Language tags.

use std::fmt;
use std::str::FromStr;

use unic_langid::LanguageIdentifier;

/// A language tag of BCP 47: a language with, where it matters, script, region and variants.
///
/// Written in the usual case (`pt-BR`, `zh-Hant`), whatever case it was read in.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Locale {
    id: LanguageIdentifier,
    tag: String,
}

/// A text that is no language tag.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a BCP 47 language tag")]
pub struct LocaleError(pub String);

impl Locale {
    /// The tag in its usual case.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The primary language subtag, in lower case: `pt` of `pt-BR`.
    pub fn language(&self) -> &str {
        self.id.language.as_str()
    }

    /// The script subtag, as given or as it usually is: `Hans` of `zh`, `Latn` of `de`.
    pub fn likely_script(&self) -> Option<String> {
        let mut likely = self.id.clone();
        likely.maximize();
        likely.script.map(|script| script.as_str().to_owned())
    }

    /// Whether text marked with `other` counts as text in this language: the languages agree,
    /// and the scripts do where both name one. Regions do not matter (`en-GB` is English).
    pub fn is_same_language(&self, other: &Self) -> bool {
        self.id.language == other.id.language
            && match (self.id.script, other.id.script) {
                (Some(mine), Some(theirs)) => mine == theirs,
                _ => true,
            }
    }
}

impl FromStr for Locale {
    type Err = LocaleError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || LocaleError(text.to_owned());
        if !text
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        {
            return Err(error());
        }
        let id: LanguageIdentifier = text.parse().map_err(|_| error())?;
        if id.language.is_empty() {
            return Err(error());
        }
        Ok(Self {
            tag: id.to_string(),
            id,
        })
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.tag)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locale(tag: &str) -> Locale {
        tag.parse().expect("a valid tag")
    }

    #[test]
    fn a_tag_is_written_in_its_usual_case() {
        assert_eq!(locale("PT-br").tag(), "pt-BR");
        assert_eq!(locale("zh_hant").tag(), "zh-Hant");
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for text in ["", "german language", "de/../x", "und", "1"] {
            assert!(text.parse::<Locale>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn regions_share_a_language_and_scripts_do_not() {
        assert!(locale("en").is_same_language(&locale("en-GB")));
        assert!(!locale("zh-Hans").is_same_language(&locale("zh-Hant")));
        assert!(locale("zh").is_same_language(&locale("zh-Hant")));
    }
}
