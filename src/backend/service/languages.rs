//! Which of a service's own codes stands for a language.
//!
//! Services write languages in many ways: `PT-BR`, `zh-CN`, `iw`, `nya`, English without a region
//! as a source and with one as a target. What a service lists is read as BCP 47, with the
//! exceptions below, and the code that fits best is sent as the service wrote it.

use std::collections::HashMap;

use super::super::apertium::three_letters;
use super::super::{BackendError, Pair};
use crate::unit::Locale;

/// Codes that are old or shorter names of another tag, in lower case.
#[rustfmt::skip]
const OTHER_NAMES: [(&str, &str); 30] = [
    // Withdrawn or deprecated (IANA's registry), still in use.
    ("iw", "he"), ("in", "id"), ("ji", "yi"), ("jw", "jv"), ("mo", "ro"), ("sh", "sr-Latn"),
    ("tl", "fil"), ("tgl", "fil"),
    // Norwegian without more is Bokmål.
    ("no", "nb"), ("nor", "nb"),
    // Regions that stand for a script.
    ("zh-cn", "zh-Hans"), ("zh-sg", "zh-Hans"), ("zh-tw", "zh-Hant"), ("zh-chs", "zh-Hans"),
    ("zh-cht", "zh-Hant"),
    // Of LibreTranslate's models.
    ("pb", "pt-BR"), ("zt", "zh-Hant"),
    // Three letters that the table of Apertium lacks or has for another purpose.
    ("bos", "bs"), ("hrv", "hr"), ("srp", "sr"), ("nya", "ny"), ("lug", "lg"), ("ewe", "ee"),
    // A language of a macrolanguage that the shorter code usually means.
    ("cmn", "zh"), ("arb", "ar"), ("pes", "fa"), ("kmr", "ku"), ("ekk", "et"), ("lvs", "lv"),
    ("zsm", "ms"),
];

/// Regions whose English follows that of the United States (CLDR); all others follow en-GB.
const AMERICAN: [&str; 8] = ["US", "AS", "GU", "MP", "PH", "PR", "UM", "VI"];

/// Regions whose Spanish CLDR has under es-419, Latin America.
const LATIN_AMERICAN: [&str; 22] = [
    "AR", "BO", "BR", "BZ", "CL", "CO", "CR", "CU", "DO", "EC", "GT", "HN", "MX", "NI", "PA", "PE",
    "PR", "PY", "SV", "US", "UY", "VE",
];

/// The codes of a service for the pairs of a run.
#[derive(Debug, Default)]
pub(in crate::backend) struct Codes(HashMap<Pair, (String, String)>);

/// What a service has, in its own codes.
pub(in crate::backend) struct Served<'a> {
    /// Languages that it translates from.
    pub(in crate::backend) sources: Vec<String>,
    /// Languages that it translates to from one of the sources.
    pub(in crate::backend) targets_of: &'a dyn Fn(&str) -> Vec<String>,
    /// Codes that mean something else with this service than with others.
    pub(in crate::backend) own: &'a [(&'a str, &'a str)],
}

impl Codes {
    /// The codes for `pairs`.
    ///
    /// # Errors
    /// [`BackendError::UnsupportedPair`] for the first pair that the service lacks, with the
    /// languages that it has in the place of the missing one.
    pub(in crate::backend) fn find(
        backend: &str,
        pairs: &[Pair],
        served: &Served<'_>,
    ) -> Result<Self, BackendError> {
        let mut codes = HashMap::new();
        for pair in pairs {
            let unsupported = |supported: &[String]| BackendError::UnsupportedPair {
                backend: backend.to_owned(),
                from: pair.source.to_string(),
                to: pair.target.to_string(),
                supported: supported.to_vec(),
            };
            let source = best(&served.sources, &pair.source, Side::Source, served.own)
                .ok_or_else(|| unsupported(&served.sources))?;
            let targets = (served.targets_of)(source);
            let target = best(&targets, &pair.target, Side::Target, served.own)
                .ok_or_else(|| unsupported(&targets))?;
            codes.insert(pair.clone(), (source.to_owned(), target.to_owned()));
        }
        Ok(Self(codes))
    }

    /// The codes of a pair that was looked up: source and target.
    ///
    /// # Errors
    /// [`BackendError::UnsupportedPair`] for one that was not.
    pub(in crate::backend) fn of(
        &self,
        backend: &str,
        pair: &Pair,
    ) -> Result<(&str, &str), BackendError> {
        match self.0.get(pair) {
            Some((source, target)) => Ok((source, target)),
            None => Err(BackendError::UnsupportedPair {
                backend: backend.to_owned(),
                from: pair.source.to_string(),
                to: pair.target.to_string(),
                supported: Vec::new(),
            }),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Source,
    Target,
}

/// The code that fits best; the earlier one of equals.
fn best<'c>(
    codes: &'c [String],
    wanted: &Locale,
    side: Side,
    own: &[(&str, &str)],
) -> Option<&'c str> {
    let tag = wanted.tag();
    let wanted = meaning(tag, &[])?;
    codes
        .iter()
        .filter_map(|code| {
            let rank = rank(&meaning(code, own)?, &wanted, side)?;
            Some(((rank, !code.eq_ignore_ascii_case(tag)), code.as_str()))
        })
        .min_by_key(|(rank, _)| *rank)
        .map(|(_, code)| code)
}

/// The tag that a code means.
fn meaning(code: &str, own: &[(&str, &str)]) -> Option<Locale> {
    let code = code.replace('_', "-").to_ascii_lowercase();
    let named = |code: &str| {
        let mut names = own.iter().chain(&OTHER_NAMES);
        names.find(|(name, _)| *name == code).map(|(_, tag)| *tag)
    };
    if let Some(tag) = named(&code) {
        return tag.parse().ok();
    }
    let (language, rest) = match code.split_once('-') {
        Some((language, rest)) => (language, format!("-{rest}")),
        None => (code.as_str(), String::new()),
    };
    let language = named(language)
        .filter(|tag| !tag.contains('-'))
        .or_else(|| three_letters(language))
        .unwrap_or(language);
    format!("{language}{rest}").parse().ok()
}

/// How well a code fits: 0 is best, nothing is not at all. Another script never does.
fn rank(code: &Locale, wanted: &Locale, side: Side) -> Option<u8> {
    if code.language() != wanted.language() || code.likely_script() != wanted.likely_script() {
        return None;
    }
    let region = region(code.tag());
    if region == self::region(wanted.tag()) {
        Some(0)
    } else if region.is_some() && region == nearest_region(wanted) {
        Some(1)
    } else if region.is_none() {
        Some(2)
    } else {
        // The text is what it is; what is wanted would be something else.
        (side == Side::Source).then_some(3)
    }
}

/// The region subtag of a tag in its usual case.
fn region(tag: &str) -> Option<&str> {
    tag.split('-').skip(1).find(|subtag| {
        (subtag.len() == 2 && subtag.bytes().all(|b| b.is_ascii_uppercase()))
            || (subtag.len() == 3 && subtag.bytes().all(|b| b.is_ascii_digit()))
    })
}

/// The region whose standard a variety follows, of those that services tell apart.
fn nearest_region(locale: &Locale) -> Option<&'static str> {
    let region = region(locale.tag());
    match (locale.language(), region) {
        ("en", None) => Some("US"),
        ("en", Some(region)) if AMERICAN.contains(&region) => Some("US"),
        ("en", Some(_)) => Some("GB"),
        ("pt", None | Some("BR")) => Some("BR"),
        ("pt", Some(_)) => Some("PT"),
        ("es", Some(region)) if LATIN_AMERICAN.contains(&region) => Some("419"),
        ("es", _) => Some("ES"),
        ("fr", None) => Some("FR"),
        ("de", None) => Some("DE"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Excerpts of the lists that the services publish.
    const DEEPL_TARGETS: &[&str] = &[
        "ar", "de", "en-GB", "en-US", "es", "es-419", "fr", "he", "nb", "pt-BR", "pt-PT",
        "zh-Hans", "zh-Hant",
    ];
    const GOOGLE: &[&str] = &[
        "ckb", "de", "en", "es", "fr", "fr-CA", "he", "id", "iw", "jv", "jw", "ku", "no", "ny",
        "pt", "pt-PT", "sr", "tl", "zh", "zh-CN", "zh-TW",
    ];
    const AZURE: &[&str] = &[
        "de", "en", "en-GB", "es", "fil", "fr", "fr-CA", "he", "ku", "kmr", "lug", "nb", "nya",
        "pt", "pt-PT", "run", "sr-Cyrl", "sr-Latn", "yue", "zh-Hans", "zh-Hant",
    ];
    const LIBRE: &[&str] = &[
        "de", "en", "es", "nb", "pt", "pt-BR", "tl", "zh-Hans", "zh-Hant",
    ];

    /// Codes of a service, tags, and the code that each gets; nothing where it is not served.
    const CASES: &str = "
        deepl | en=en-US en-AU=en-GB en-PH=en-US
        deepl | pt=pt-BR pt-BR=pt-BR pt-AO=pt-PT
        deepl | es=es es-ES=es es-MX=es-419
        deepl | es-VE=es-419 de-AT=de deu=de
        deepl | iw=he no=nb nb-NO=nb
        deepl | zh=zh-Hans zh-CN=zh-Hans zh-TW=zh-Hant
        deepl | zh-HK=zh-Hant zh-Hant-TW=zh-Hant
        deepl | nn= tlh= sr=
        google | he=he iw=iw heb=he jv=jv
        google | nb=no no=no fil=tl in=id
        google | zh=zh zh-Hans=zh zh-CN=zh-CN
        google | zh-Hant=zh-TW zh-TW=zh-TW zh-HK=zh-TW
        google | pt-BR=pt pt-PT=pt-PT en-US=en en-GB=en
        google | fr-CA=fr-CA fr-CH=fr ku=ku ckb=ckb
        google | sr=sr sr-Latn= sh= nya=ny
        azure | pt-BR=pt pt=pt pt-PT=pt-PT pt-MZ=pt-PT
        azure | sr=sr-Cyrl sr-RS=sr-Cyrl sr-Latn=sr-Latn
        azure | sh=sr-Latn ny=nya lg=lug rn=run
        azure | ku=kmr ckb=ku tl=fil yue=yue
        azure | en-NZ=en-GB en-US=en no=nb zh=zh-Hans
        libre | pt-BR=pt-BR pt=pt pt-PT=pt zh=zh-Hans
        libre | zh-TW=zh-Hant no=nb fil=tl es-MX=es
        pb, pt, zt, zh | pt-BR=pb zh-Hant=zt zh=zh
        pa | pa=pa pa-PK=
        not a code, de | de=de
        en-US | en-GB= en=en-US
        bos, hrv, srp | bs=bos hr=hrv sr=srp
        mn-Cyrl, mn-Mong | mn=mn-Cyrl
        cmn, arb | zh=cmn ar=arb
        PT_BR, DE | pt-BR=PT_BR de=DE
        de-CH | de-CH=de-CH de= de-AT=
        fr-FR | fr=fr-FR fr-CA=
        es-ES, es-US | es=es-ES es-US=es-US
        zh | zh-Hans=zh zh-SG=zh zh-Hant=
        zh-CN | zh=zh-CN
        ro | mo=ro ron=ro
        id | in=id ind=id
        nb, nn | nn=nn nno=nn nob=nb
        uz | uz=uz uzb=uz uz-Cyrl=
    ";

    fn find(codes: &[&str], wanted: &str, own: &[(&str, &str)]) -> Option<String> {
        let codes: Vec<String> = codes.iter().map(|code| (*code).to_owned()).collect();
        let wanted = wanted.parse().expect("a tag");
        best(&codes, &wanted, Side::Target, own).map(str::to_owned)
    }

    #[test]
    fn every_service_gets_its_own_codes() {
        for line in CASES.lines().filter(|line| !line.trim().is_empty()) {
            let (codes, cases) = line.trim().split_once(" | ").expect("a case");
            let codes: Vec<&str> = match codes {
                "deepl" => DEEPL_TARGETS.to_vec(),
                "google" => GOOGLE.to_vec(),
                "azure" => AZURE.to_vec(),
                "libre" => LIBRE.to_vec(),
                codes => codes.split(", ").collect(),
            };
            let own: &[_] = if codes == AZURE {
                &[("ku", "ckb")]
            } else {
                &[]
            };
            for case in cases.split(' ') {
                let (wanted, code) = case.split_once('=').expect("a case");
                let found = find(&codes, wanted, own).unwrap_or_default();
                assert_eq!(found, code, "{wanted} in {codes:?}");
            }
        }
    }

    #[test]
    fn a_source_may_be_of_any_region() {
        let codes = ["en-US".to_owned()];
        let wanted = "en-GB".parse().expect("a tag");
        assert_eq!(best(&codes, &wanted, Side::Source, &[]), Some("en-US"));
    }

    #[test]
    fn an_unsupported_pair_comes_with_what_there_is() {
        let pair = |source: &str, target: &str| Pair {
            source: source.parse().expect("a tag"),
            target: target.parse().expect("a tag"),
        };
        let served = Served {
            sources: vec!["en".to_owned(), "de".to_owned()],
            targets_of: &|source| vec![if source == "en" { "de" } else { "en" }.to_owned()],
            own: &[],
        };
        let codes = Codes::find("x", &[pair("en-GB", "de-AT")], &served).expect("a pair");
        assert_eq!(codes.of("x", &pair("en-GB", "de-AT")), Ok(("en", "de")));
        assert!(codes.of("x", &pair("en", "de")).is_err());
        for (source, target, supported) in [("fr", "de", "en de"), ("de", "fr", "en")] {
            let error = Codes::find("x", &[pair(source, target)], &served).expect_err("missing");
            let BackendError::UnsupportedPair {
                supported: found, ..
            } = error
            else {
                panic!("{error}");
            };
            assert_eq!(found.join(" "), supported);
        }
    }
}
