//! BCP 47 language tags and the codes that Apertium names its pairs with.
//!
//! Apertium uses the three letters of ISO 639-3 and writes a variety after an underscore
//! (`por_BR`, `cat_valencia`, `hbs_HR`); some older pairs have the two letters of ISO 639-1.

use crate::backend::Pair;
use crate::unit::Locale;

/// ISO 639-1 and 639-3, or the macrolanguage that Apertium's data is for.
#[rustfmt::skip]
const CODES: [(&str, &str); 137] = [
    ("af", "afr"), ("an", "arg"), ("ar", "ara"), ("as", "asm"), ("av", "ava"), ("ay", "aym"),
    ("az", "aze"), ("ba", "bak"), ("be", "bel"), ("bg", "bul"), ("bn", "ben"), ("br", "bre"),
    ("bs", "hbs"), ("ca", "cat"), ("ce", "che"), ("co", "cos"), ("cs", "ces"), ("cv", "chv"),
    ("cy", "cym"), ("da", "dan"), ("de", "deu"), ("el", "ell"), ("en", "eng"), ("eo", "epo"),
    ("es", "spa"), ("et", "est"), ("eu", "eus"), ("fa", "fas"), ("fi", "fin"), ("fo", "fao"),
    ("fr", "fra"), ("fy", "fry"), ("ga", "gle"), ("gd", "gla"), ("gl", "glg"), ("gn", "grn"),
    ("gu", "guj"), ("gv", "glv"), ("ha", "hau"), ("he", "heb"), ("hi", "hin"), ("hr", "hbs"),
    ("ht", "hat"), ("hu", "hun"), ("hy", "hye"), ("ia", "ina"), ("id", "ind"), ("ig", "ibo"),
    ("io", "ido"), ("is", "isl"), ("it", "ita"), ("ja", "jpn"), ("jv", "jav"), ("ka", "kat"),
    ("kk", "kaz"), ("kl", "kal"), ("km", "khm"), ("kn", "kan"), ("ko", "kor"), ("ku", "kur"),
    ("kv", "kom"), ("kw", "cor"), ("ky", "kir"), ("la", "lat"), ("lb", "ltz"), ("ln", "lin"),
    ("lo", "lao"), ("lt", "lit"), ("lv", "lav"), ("mg", "mlg"), ("mi", "mri"), ("mk", "mkd"),
    ("ml", "mal"), ("mn", "mon"), ("mr", "mar"), ("ms", "msa"), ("mt", "mlt"), ("my", "mya"),
    ("nb", "nob"), ("ne", "nep"), ("nl", "nld"), ("nn", "nno"), ("no", "nor"), ("nv", "nav"),
    ("oc", "oci"), ("or", "ori"), ("os", "oss"), ("pa", "pan"), ("pl", "pol"), ("ps", "pus"),
    ("pt", "por"), ("qu", "que"), ("rm", "roh"), ("rn", "run"), ("ro", "ron"), ("ru", "rus"),
    ("rw", "kin"), ("sa", "san"), ("sc", "srd"), ("sd", "snd"), ("se", "sme"), ("sh", "hbs"),
    ("si", "sin"), ("sk", "slk"), ("sl", "slv"), ("sm", "smo"), ("sn", "sna"), ("so", "som"),
    ("sq", "sqi"), ("sr", "hbs"), ("st", "sot"), ("su", "sun"), ("sv", "swe"), ("sw", "swa"),
    ("ta", "tam"), ("te", "tel"), ("tg", "tgk"), ("th", "tha"), ("ti", "tir"), ("tk", "tuk"),
    ("tl", "tgl"), ("tn", "tsn"), ("tr", "tur"), ("ts", "tso"), ("tt", "tat"), ("ug", "uig"),
    ("uk", "ukr"), ("ur", "urd"), ("uz", "uzb"), ("vi", "vie"), ("wa", "wln"), ("wo", "wol"),
    ("xh", "xho"), ("yi", "yid"), ("yo", "yor"), ("zh", "zho"), ("zu", "zul"),
];

/// Languages that Apertium has as varieties of another.
const VARIETIES: [(&str, &str); 3] = [("bs", "hbs_BS"), ("hr", "hbs_HR"), ("sr", "hbs_SR")];

/// The two letters for three of ISO 639-3, but for those that Apertium has as one language.
pub(in crate::backend) fn three_letters(code: &str) -> Option<&'static str> {
    CODES
        .iter()
        .find(|(_, long)| *long == code && *long != "hbs")
        .map(|(short, _)| *short)
}

/// The mode of `modes` (`eng-spa`) that serves `pair`: the one for just these varieties, else the
/// one for the languages as such, else one for another variety of them.
pub(in crate::backend) fn find_mode<'a>(
    modes: &'a [(String, String)],
    pair: &Pair,
) -> Option<&'a (String, String)> {
    modes
        .iter()
        .filter_map(|mode| {
            let source = rank(&mode.0, &pair.source)?;
            let target = rank(&mode.1, &pair.target)?;
            Some(((target, source), mode))
        })
        .min_by_key(|(ranks, _)| *ranks)
        .map(|(_, mode)| mode)
}

/// How well Apertium's `code` fits `locale`: 0 is best, nothing is not at all.
fn rank(code: &str, locale: &Locale) -> Option<u8> {
    let language = locale.language();
    let long = CODES
        .iter()
        .find(|(short, _)| *short == language)
        .map(|(_, long)| *long);
    let (base, variety) = code
        .split_once('_')
        .map_or((code, None), |(base, variety)| (base, Some(variety)));
    if base != language && Some(base) != long {
        return None;
    }
    if let Some((_, wanted)) = VARIETIES.iter().find(|(short, _)| *short == language)
        && code == *wanted
    {
        return Some(0);
    }
    match variety {
        Some(variety)
            if locale
                .tag()
                .split('-')
                .skip(1)
                .any(|part| part.eq_ignore_ascii_case(variety)) =>
        {
            Some(0)
        }
        None => Some(1),
        Some(_) => Some(2),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn find(modes: &[&str], source: &str, target: &str) -> Option<String> {
        let modes: Vec<_> = modes
            .iter()
            .filter_map(|mode| mode.split_once('-'))
            .map(|(source, target)| (source.to_owned(), target.to_owned()))
            .collect();
        let pair = Pair {
            source: source.parse().expect("a tag"),
            target: target.parse().expect("a tag"),
        };
        find_mode(&modes, &pair).map(|(source, target)| format!("{source}-{target}"))
    }

    #[test]
    fn two_letters_find_the_pair_that_is_named_with_three() {
        assert_eq!(
            find(&["eng-spa", "spa-eng"], "en", "es").as_deref(),
            Some("eng-spa")
        );
        assert_eq!(
            find(&["eng-spa"], "en-GB", "es-MX").as_deref(),
            Some("eng-spa")
        );
        assert_eq!(find(&["eo-en"], "eo", "en").as_deref(), Some("eo-en"));
        assert_eq!(find(&["swe-nob"], "sv", "nb").as_deref(), Some("swe-nob"));
    }

    #[test]
    fn a_variety_is_preferred_where_it_is_wanted_and_only_there() {
        let modes = ["spa-por_BR", "spa-por", "spa-cat_valencia", "spa-cat"];
        assert_eq!(find(&modes, "es", "pt-BR").as_deref(), Some("spa-por_BR"));
        assert_eq!(find(&modes, "es", "pt").as_deref(), Some("spa-por"));
        assert_eq!(
            find(&modes, "es", "ca-valencia").as_deref(),
            Some("spa-cat_valencia")
        );
        assert_eq!(find(&modes, "es", "ca").as_deref(), Some("spa-cat"));
        assert_eq!(
            find(&["spa-por_BR"], "es", "pt").as_deref(),
            Some("spa-por_BR")
        );
    }

    #[test]
    fn serbo_croatian_standards_are_varieties_of_one_language() {
        let modes = ["slv-hbs_BS", "slv-hbs_HR", "slv-hbs_SR"];
        assert_eq!(find(&modes, "sl", "hr").as_deref(), Some("slv-hbs_HR"));
        assert_eq!(find(&modes, "sl", "sr").as_deref(), Some("slv-hbs_SR"));
    }

    #[test]
    fn a_pair_that_is_not_there_is_not_found() {
        assert_eq!(find(&["eng-spa"], "es", "en"), None);
        assert_eq!(find(&["eng-spa"], "en", "de"), None);
    }
}
