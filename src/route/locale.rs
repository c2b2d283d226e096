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

/// Where Facebook's list of locales, which Yoast writes too, has another name for a locale than the
/// one that likely subtags give.
///
/// A territory that the list does not know (`ar-EG`) is written all the same: somebody asked for it.
const OPEN_GRAPH_NAMES: [(&str, &str); 27] = [
    ("ar", "ar_AR"),
    ("bho", "bp_IN"),
    ("bho-IN", "bp_IN"),
    ("bn", "bn_IN"),
    ("ceb", "cx_PH"),
    ("ceb-PH", "cx_PH"),
    ("ckb", "cb_IQ"),
    ("ckb-IQ", "cb_IQ"),
    ("eo", "eo_EO"),
    ("es-419", "es_LA"),
    ("ff", "ff_NG"),
    ("fil", "tl_PH"),
    ("fil-PH", "tl_PH"),
    ("no", "nb_NO"),
    ("no-NO", "nb_NO"),
    ("nso", "ns_ZA"),
    ("nso-ZA", "ns_ZA"),
    ("ss", "ss_SZ"),
    ("sw", "sw_KE"),
    ("szl", "sz_PL"),
    ("szl-PL", "sz_PL"),
    ("tn", "tn_BW"),
    ("tzm", "tz_MA"),
    ("tzm-MA", "tz_MA"),
    ("yi", "yi_DE"),
    ("zza", "zz_TR"),
    ("zza-TR", "zz_TR"),
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
/// does not name is the one that Facebook and Yoast write for its language (`de_DE`, `ar_AR`), and
/// left out where there is none. A value of the target's language stays, whatever its territory,
/// unless the target names one. `og:locale:alternate` lists other documents and is not for this
/// function.
///
/// # Errors
/// When `source` or `target` is not a language tag.
pub fn og_locale(source: &str, target: &str, value: &str) -> Result<Option<String>, LocaleError> {
    let (from, to) = (parse(source)?, parse(target)?);
    let named = parse(value.trim());
    if from == to || named.is_ok_and(|named| is_in(&named, &to)) {
        return Ok(None);
    }
    Ok(Some(og_name(&to)).filter(|name| name != value.trim()))
}

/// What the Open Graph protocol calls a locale.
fn og_name(locale: &LanguageIdentifier) -> String {
    let mut likely = locale.clone();
    likely.maximize();
    let language = locale.language.as_str();
    let tag = locale.region.map_or_else(
        || language.to_owned(),
        |region| format!("{language}-{region}"),
    );
    if let Some((_, name)) = OPEN_GRAPH_NAMES.iter().find(|(one, _)| *one == tag) {
        return (*name).to_owned();
    }
    let is_country = |region: &str| region.bytes().all(|byte| byte.is_ascii_alphabetic());
    let usual = likely.region.filter(|region| is_country(region.as_str()));
    match locale.region.or(usual) {
        Some(region) => format!("{language}_{region}"),
        None => language.to_owned(),
    }
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
            ("ar", "ar_AR"),
            ("ar-EG", "ar_EG"),
            ("bn", "bn_IN"),
            ("bn-BD", "bn_BD"),
            ("ca", "ca_ES"),
            ("ckb", "cb_IQ"),
            ("cs", "cs_CZ"),
            ("da", "da_DK"),
            ("de", "de_DE"),
            ("de-AT", "de_AT"),
            ("el", "el_GR"),
            ("en", "en_US"),
            ("eo", "eo_EO"),
            ("es", "es_ES"),
            ("es-419", "es_LA"),
            ("es-MX", "es_MX"),
            ("et", "et_EE"),
            ("fa", "fa_IR"),
            ("fil", "tl_PH"),
            ("he", "he_IL"),
            ("hi", "hi_IN"),
            ("ja", "ja_JP"),
            ("ko", "ko_KR"),
            ("nb", "nb_NO"),
            ("no", "nb_NO"),
            ("pt", "pt_BR"),
            ("pt-BR", "pt_BR"),
            ("pt-PT", "pt_PT"),
            ("sq", "sq_AL"),
            ("sr-Latn", "sr_RS"),
            ("sv", "sv_SE"),
            ("sw", "sw_KE"),
            ("uk", "uk_UA"),
            ("vi", "vi_VN"),
            ("zh", "zh_CN"),
            ("zh-Hans", "zh_CN"),
            ("zh-Hant", "zh_TW"),
            ("zh-HK", "zh_HK"),
            ("ia", "ia"),
        ] {
            assert_eq!(
                og_locale("gl", target, "gl_ES"),
                Ok(Some(expected.into())),
                "{target}"
            );
            assert_eq!(og_locale("gl", target, expected), Ok(None), "{target}");
        }
        assert_eq!(og_locale("en", "de", "de_AT"), Ok(None));
        assert_eq!(og_locale("en", "es", "es_LA"), Ok(None));
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
