//! Values that name a language: `lang`, `dir`, `og:locale`.
//!
//! Locale tags are BCP 47; `_` is read as `-`, extensions and private use are ignored. What a tag
//! leaves open (the usual script and territory of a language) comes from CLDR's likely subtags.

use thiserror::Error;
use unic_langid::LanguageIdentifier;

/// What can be wrong with a locale tag.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum LocaleError {
    /// It is not a BCP 47 language tag.
    #[error("not a BCP 47 language tag: {tag}")]
    Invalid {
        /// The tag as given.
        tag: String,
    },
}

/// The direction in which a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    LeftToRight,
    /// From right to left.
    RightToLeft,
}

impl Direction {
    /// The value of HTML's `dir` attribute: `ltr` or `rtl`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LeftToRight => "ltr",
            Self::RightToLeft => "rtl",
        }
    }
}

/// Scripts written from right to left (those whose letters have the bidirectional class R or AL in
/// Unicode), by their ISO 15924 codes, sorted.
const RIGHT_TO_LEFT: [&str; 33] = [
    "Adlm", "Arab", "Aran", "Armi", "Avst", "Chrs", "Cprt", "Elym", "Gara", "Hatr", "Hebr", "Hung",
    "Khar", "Lydi", "Mand", "Mani", "Mend", "Merc", "Mero", "Narb", "Nbat", "Nkoo", "Orkh", "Ougr",
    "Palm", "Phli", "Phlp", "Phnx", "Prti", "Rohg", "Samr", "Syrc", "Thaa",
];

/// The direction of text in a locale.
///
/// # Errors
/// When `locale` is not a language tag.
pub fn direction(locale: &str) -> Result<Direction, LocaleError> {
    let mut id = parse(locale)?;
    if id.script.is_none() {
        id.maximize();
    }
    let is_rtl = id
        .script
        .is_some_and(|script| RIGHT_TO_LEFT.binary_search(&script.as_str()).is_ok());
    Ok(if is_rtl {
        Direction::RightToLeft
    } else {
        Direction::LeftToRight
    })
}

/// The new value of a `lang` attribute, or `None` when it stays.
///
/// A value that names the source language in any of its territories (`en-US` for `en`) becomes the
/// target's tag, as the user writes it; another language stays.
///
/// # Errors
/// When `source` or `target` is not a language tag.
pub fn lang_value(source: &str, target: &str, value: &str) -> Result<Option<String>, LocaleError> {
    let (from, to) = (parse(source)?, parse(target)?);
    let named = parse(value.trim());
    let follows =
        from != to && named.is_ok_and(|named| is_in(&named, &from) && !is_in(&named, &to));
    Ok(follows.then(|| target.replace('_', "-")))
}

/// The new value of a `dir` attribute, or `None` when it stays.
///
/// Only a value that is the direction of the source language follows to the target's; `auto` and
/// a direction chosen against the language's own stay.
///
/// # Errors
/// When `source` or `target` is not a language tag.
pub fn dir_value(
    source: &str,
    target: &str,
    value: &str,
) -> Result<Option<&'static str>, LocaleError> {
    let (from, to) = (direction(source)?, direction(target)?);
    let follows = from != to && value.trim().eq_ignore_ascii_case(from.as_str());
    Ok(follows.then(|| to.as_str()))
}

/// The new value of `og:locale`, or `None` when it stays.
///
/// The form is that of the Open Graph protocol, `language_TERRITORY`; a territory that the target
/// does not name is the usual one of its language (`de_DE`), and left out where CLDR gives only a
/// world region. A value of the target's language stays, whatever its territory, unless the target
/// names one. `og:locale:alternate` lists other documents and is not for this function.
///
/// # Errors
/// When `source` or `target` is not a language tag.
pub fn og_locale(source: &str, target: &str, value: &str) -> Result<Option<String>, LocaleError> {
    let (from, to) = (parse(source)?, parse(target)?);
    let named = parse(value.trim());
    if from == to || named.is_ok_and(|named| is_in(&named, &to)) {
        return Ok(None);
    }
    let mut likely = to.clone();
    likely.maximize();
    let is_country = |region: &str| region.bytes().all(|byte| byte.is_ascii_alphabetic());
    let usual = likely.region.filter(|region| is_country(region.as_str()));
    let name = match to.region.or(usual) {
        Some(region) => format!("{}_{region}", to.language),
        None => to.language.to_string(),
    };
    Ok(Some(name).filter(|name| name != value.trim()))
}

/// Whether a path segment has the look of a locale (`de`, `pt-br`, `zh_Hans`): a known language of
/// two letters, with or without a territory or one of the scripts that sites name.
///
/// Languages of three letters are left out, since `new`, `app` or `dev` are such codes as well.
pub(super) fn looks_like_locale(segment: &str) -> bool {
    const SCRIPTS: [&str; 5] = ["Arab", "Cyrl", "Hans", "Hant", "Latn"];
    let Ok(id) = parse(segment) else { return false };
    let mut language = LanguageIdentifier::from_parts(id.language, None, None, &[]);
    segment.len() <= "zh-hans-cn".len()
        && id.language.as_str().len() == 2
        && id.variants().next().is_none()
        && id
            .script
            .is_none_or(|script| SCRIPTS.contains(&script.as_str()))
        && language.maximize()
}

/// Whether two tags name the same locale, letter case and `_` aside.
pub(super) fn is_same_locale(one: &str, other: &str) -> bool {
    match (parse(one), parse(other)) {
        (Ok(one), Ok(other)) => one == other,
        _ => one.eq_ignore_ascii_case(other),
    }
}

/// Whether `named` is `wanted` or a more precise form of it.
fn is_in(named: &LanguageIdentifier, wanted: &LanguageIdentifier) -> bool {
    let script = |id: &LanguageIdentifier| {
        let mut likely = id.clone();
        likely.maximize();
        likely.script
    };
    named.language == wanted.language
        && script(named) == script(wanted)
        && wanted
            .region
            .is_none_or(|region| named.region == Some(region))
}

fn parse(tag: &str) -> Result<LanguageIdentifier, LocaleError> {
    // A subtag of one character begins an extension or private use, which name no language.
    let is_singleton = |subtag: &&str| subtag.len() == 1;
    let subtags = tag
        .split(['-', '_'])
        .take_while(|subtag| !is_singleton(subtag));
    let plain = subtags.collect::<Vec<_>>().join("-");
    let id = plain
        .parse::<LanguageIdentifier>()
        .ok()
        .filter(|id| !id.language.is_empty());
    id.ok_or_else(|| LocaleError::Invalid {
        tag: tag.to_owned(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_of_scripts_is_sorted() {
        assert!(RIGHT_TO_LEFT.is_sorted());
    }

    #[test]
    fn the_direction_comes_from_the_script() {
        for (locale, is_rtl) in [
            ("ar", true),
            ("he", true),
            ("fa-IR", true),
            ("ur", true),
            ("yi", true),
            ("dv", true),
            ("ckb", true),
            ("ps", true),
            ("ug", true),
            ("pa-Arab", true),
            ("az-Arab", true),
            ("ar-Latn", false),
            ("pa", false),
            ("de", false),
            ("zh-Hant", false),
            ("ja", false),
            ("ku", false),
            ("ar_EG", true),
        ] {
            let expected = if is_rtl {
                Direction::RightToLeft
            } else {
                Direction::LeftToRight
            };
            assert_eq!(direction(locale), Ok(expected), "{locale}");
        }
        assert_eq!(
            direction("not a tag"),
            Err(LocaleError::Invalid {
                tag: "not a tag".into()
            })
        );
    }

    #[test]
    fn lang_follows_where_it_names_the_source() {
        let lang = |value| lang_value("en", "pt-BR", value).expect("both are tags");
        assert_eq!(lang("en"), Some("pt-BR".into()));
        assert_eq!(lang("en-US"), Some("pt-BR".into()));
        assert_eq!(lang("EN_gb"), Some("pt-BR".into()));
        assert_eq!(lang("fr"), None);
        assert_eq!(lang("pt-BR"), None);
        assert_eq!(lang(""), None);
        assert_eq!(lang_value("en", "en", "en-US"), Ok(None));
        assert_eq!(
            lang_value("zh-Hans", "zh-Hant", "zh-CN"),
            Ok(Some("zh-Hant".into()))
        );
        assert_eq!(lang_value("zh-Hans", "zh-Hant", "zh-TW"), Ok(None));
        assert_eq!(lang_value("en-US", "en-GB", "en-GB"), Ok(None));
    }

    #[test]
    fn lang_is_idempotent() {
        for (source, target, value) in [
            ("en", "de", "en-US"),
            ("en", "en-GB", "en-US"),
            ("zh-Hans", "zh-Hant", "zh"),
        ] {
            let once = lang_value(source, target, value)
                .expect("both are tags")
                .expect("it follows");
            assert_eq!(
                lang_value(source, target, &once),
                Ok(None),
                "{source} {target} {value}"
            );
        }
    }

    #[test]
    fn dir_follows_where_it_is_the_direction_of_the_source() {
        assert_eq!(dir_value("en", "ar", "ltr"), Ok(Some("rtl")));
        assert_eq!(dir_value("en", "ar", "LTR"), Ok(Some("rtl")));
        assert_eq!(dir_value("he", "en", "rtl"), Ok(Some("ltr")));
        assert_eq!(dir_value("en", "ar", "auto"), Ok(None));
        assert_eq!(dir_value("en", "ar", "rtl"), Ok(None));
        assert_eq!(dir_value("en", "de", "ltr"), Ok(None));
    }

    #[test]
    fn og_locale_gets_the_usual_territory() {
        for (target, expected) in [
            ("de", "de_DE"),
            ("es", "es_ES"),
            ("pt-BR", "pt_BR"),
            ("pt", "pt_BR"),
            ("zh-Hant", "zh_TW"),
            ("zh-Hans", "zh_CN"),
            ("ja", "ja_JP"),
            ("sr-Latn", "sr_RS"),
            ("es-419", "es_419"),
            ("eo", "eo"),
        ] {
            assert_eq!(
                og_locale("en", target, "en_US"),
                Ok(Some(expected.into())),
                "{target}"
            );
            assert_eq!(og_locale("en", target, expected), Ok(None), "{target}");
        }
        assert_eq!(og_locale("en", "de", "de_AT"), Ok(None));
        assert_eq!(og_locale("en", "en", "en_US"), Ok(None));
    }

    #[test]
    fn a_segment_looks_like_a_locale_or_not() {
        for segment in ["de", "pt-br", "pt_BR", "zh-hans", "zh-hans-cn", "es-419"] {
            assert!(looks_like_locale(segment), "{segment}");
        }
        for segment in [
            "", "blog", "news", "new", "design", "my-blog", "zz", "de-", "wp-json", "x", "2024",
            "tv", "ü",
        ] {
            assert!(!looks_like_locale(segment), "{segment}");
        }
    }
}
