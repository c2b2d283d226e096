//! Names of models.

use std::fmt;
use std::str::FromStr;

use crate::unit::Locale;

use super::super::Pair;
use super::ModelError;

/// The name of a model: its two languages, as Mozilla writes them (`en-de`, `zh-Hant-en`).
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ModelPair {
    /// Language of the source text.
    pub source: String,
    /// Language of the translation.
    pub target: String,
}

impl fmt::Display for ModelPair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.source, self.target)
    }
}

impl FromStr for ModelPair {
    type Err = ModelError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let error = || ModelError::Name {
            name: text.to_owned(),
        };
        // A language is in small letters, a script or region behind it is not.
        let is_language = |part: &str| {
            (2..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_lowercase())
        };
        let is_part = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        if !text.split('-').all(is_part) || !text.split('-').next().is_some_and(is_language) {
            return Err(error());
        }
        let mut at = 0;
        let mut borders = Vec::new();
        for part in text.split('-') {
            if at > 0 && is_language(part) {
                borders.push(at);
            }
            at += part.len() + 1;
        }
        let [border] = borders.as_slice() else {
            return Err(error());
        };
        Ok(Self {
            source: text[..border - 1].to_owned(),
            target: text[*border..].to_owned(),
        })
    }
}

impl ModelPair {
    pub(super) fn new(source: &str, target: &str) -> Result<Self, ModelError> {
        format!("{source}-{target}").parse()
    }
}

/// The names under which models may have a language, the best first.
pub(super) fn codes(locale: &Locale) -> Vec<String> {
    let language = locale.language();
    let script = locale.likely_script();
    let mut codes = vec![locale.tag().to_owned()];
    codes.extend(script.iter().map(|script| format!("{language}-{script}")));
    let usual = language
        .parse()
        .ok()
        .and_then(|one: Locale| one.likely_script());
    if script == usual {
        codes.push(language.to_owned());
        codes.extend(match language {
            "nb" => Some("no".to_owned()),
            "no" => Some("nb".to_owned()),
            _ => None,
        });
    }
    codes.dedup();
    codes
}

/// The language that models without a partner go by.
pub(super) const BETWEEN: &str = "en";

/// What to get for a pair of languages: models go to or from English.
pub(super) fn wanted(pair: &Pair) -> Vec<ModelPair> {
    let name = |locale: &Locale| {
        let codes = codes(locale);
        let bare = codes.iter().find(|code| *code == locale.language());
        bare.or(codes.get(1)).unwrap_or(&codes[0]).clone()
    };
    let (source, target) = (name(&pair.source), name(&pair.target));
    let between = || BETWEEN.to_owned();
    if source == BETWEEN || target == BETWEEN {
        return vec![ModelPair { source, target }];
    }
    vec![
        ModelPair {
            source,
            target: between(),
        },
        ModelPair {
            source: between(),
            target,
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_two_languages() {
        for (text, source, target) in [
            ("en-de", "en", "de"),
            ("zh-Hant-en", "zh-Hant", "en"),
            ("en-zh-Hans", "en", "zh-Hans"),
            ("pt-BR-en", "pt-BR", "en"),
        ] {
            let pair: ModelPair = text.parse().expect("a name");
            assert_eq!(
                (pair.source.as_str(), pair.target.as_str()),
                (source, target)
            );
            assert_eq!(pair.to_string(), text);
        }
        for text in [
            "", "en", "en-", "en-de-fr", "../en-de", "EN-DE", "en_de", "en-Latn",
        ] {
            assert!(text.parse::<ModelPair>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_language_goes_by_its_names_and_never_by_another_script() {
        let codes = |tag: &str| codes(&tag.parse().expect("a tag"));
        assert_eq!(codes("pt-BR"), ["pt-BR", "pt-Latn", "pt"]);
        assert_eq!(codes("nb"), ["nb", "nb-Latn", "nb", "no"]);
        assert_eq!(codes("zh-TW"), ["zh-TW", "zh-Hant"]);
        assert_eq!(codes("zh"), ["zh", "zh-Hans", "zh"]);
    }

    #[test]
    fn without_english_two_models_are_wanted() {
        let wanted = |source: &str, target: &str| {
            let pair = Pair {
                source: source.parse().expect("a tag"),
                target: target.parse().expect("a tag"),
            };
            let names: Vec<_> = wanted(&pair).iter().map(ToString::to_string).collect();
            names.join(" ")
        };
        assert_eq!(wanted("en-GB", "de-AT"), "en-de");
        assert_eq!(wanted("de", "zh-TW"), "de-en en-zh-Hant");
    }
}
