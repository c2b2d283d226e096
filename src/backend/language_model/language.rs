//! Languages in English, as a language model knows them.

use std::fmt::Write as _;

use crate::unit::Locale;

const LANGUAGES: [(&str, &str); 86] = [
    ("af", "Afrikaans"),
    ("am", "Amharic"),
    ("ar", "Arabic"),
    ("az", "Azerbaijani"),
    ("be", "Belarusian"),
    ("bg", "Bulgarian"),
    ("bn", "Bengali"),
    ("bs", "Bosnian"),
    ("ca", "Catalan"),
    ("cs", "Czech"),
    ("cy", "Welsh"),
    ("da", "Danish"),
    ("de", "German"),
    ("dsb", "Lower Sorbian"),
    ("el", "Greek"),
    ("en", "English"),
    ("eo", "Esperanto"),
    ("es", "Spanish"),
    ("et", "Estonian"),
    ("eu", "Basque"),
    ("fa", "Persian"),
    ("fi", "Finnish"),
    ("fil", "Filipino"),
    ("fo", "Faroese"),
    ("fr", "French"),
    ("fy", "Western Frisian"),
    ("ga", "Irish"),
    ("gd", "Scottish Gaelic"),
    ("gl", "Galician"),
    ("gu", "Gujarati"),
    ("ha", "Hausa"),
    ("he", "Hebrew"),
    ("hi", "Hindi"),
    ("hr", "Croatian"),
    ("hsb", "Upper Sorbian"),
    ("hu", "Hungarian"),
    ("hy", "Armenian"),
    ("id", "Indonesian"),
    ("ig", "Igbo"),
    ("is", "Icelandic"),
    ("it", "Italian"),
    ("ja", "Japanese"),
    ("ka", "Georgian"),
    ("kk", "Kazakh"),
    ("km", "Khmer"),
    ("kn", "Kannada"),
    ("ko", "Korean"),
    ("ky", "Kyrgyz"),
    ("lb", "Luxembourgish"),
    ("lo", "Lao"),
    ("lt", "Lithuanian"),
    ("lv", "Latvian"),
    ("mk", "Macedonian"),
    ("ml", "Malayalam"),
    ("mn", "Mongolian"),
    ("mr", "Marathi"),
    ("ms", "Malay"),
    ("mt", "Maltese"),
    ("my", "Burmese"),
    ("nb", "Norwegian Bokmål"),
    ("ne", "Nepali"),
    ("nl", "Dutch"),
    ("nn", "Norwegian Nynorsk"),
    ("no", "Norwegian"),
    ("oc", "Occitan"),
    ("pa", "Punjabi"),
    ("pl", "Polish"),
    ("pt", "Portuguese"),
    ("rm", "Romansh"),
    ("ro", "Romanian"),
    ("ru", "Russian"),
    ("si", "Sinhala"),
    ("sk", "Slovak"),
    ("sl", "Slovenian"),
    ("sq", "Albanian"),
    ("sr", "Serbian"),
    ("sv", "Swedish"),
    ("sw", "Swahili"),
    ("ta", "Tamil"),
    ("te", "Telugu"),
    ("th", "Thai"),
    ("tr", "Turkish"),
    ("uk", "Ukrainian"),
    ("ur", "Urdu"),
    ("vi", "Vietnamese"),
    ("zh", "Chinese"),
];

const SCRIPTS: [(&str, &str); 6] = [
    ("Arab", "Arabic script"),
    ("Cyrl", "Cyrillic script"),
    ("Deva", "Devanagari"),
    ("Hans", "simplified"),
    ("Hant", "traditional"),
    ("Latn", "Latin script"),
];

const REGIONS: [(&str, &str); 32] = [
    ("001", "international"),
    ("419", "Latin America"),
    ("AR", "Argentina"),
    ("AT", "Austria"),
    ("AU", "Australia"),
    ("BE", "Belgium"),
    ("BR", "Brazil"),
    ("CA", "Canada"),
    ("CH", "Switzerland"),
    ("CL", "Chile"),
    ("CN", "mainland China"),
    ("CO", "Colombia"),
    ("DE", "Germany"),
    ("EG", "Egypt"),
    ("ES", "Spain"),
    ("FR", "France"),
    ("GB", "United Kingdom"),
    ("HK", "Hong Kong"),
    ("IE", "Ireland"),
    ("IN", "India"),
    ("IT", "Italy"),
    ("LU", "Luxembourg"),
    ("MX", "Mexico"),
    ("NL", "Netherlands"),
    ("NZ", "New Zealand"),
    ("PE", "Peru"),
    ("PT", "Portugal"),
    ("SG", "Singapore"),
    ("TW", "Taiwan"),
    ("US", "United States"),
    ("UY", "Uruguay"),
    ("ZA", "South Africa"),
];

/// The name of a language with its tag: `Portuguese (Brazil), pt-BR`. Only the tag where the
/// language is not among the known ones.
pub(super) fn described(locale: &Locale) -> String {
    let tag = locale.tag();
    let find = |table: &[(&str, &'static str)], key: &str| {
        let row = table.iter().find(|(known, _)| *known == key);
        row.map(|(_, name)| *name)
    };
    let Some(language) = find(&LANGUAGES, locale.language()) else {
        return format!("the language of BCP 47 tag {tag}");
    };
    let details: Vec<&str> = tag
        .split('-')
        .skip(1)
        .map(|part| {
            find(&SCRIPTS, part)
                .or_else(|| find(&REGIONS, part))
                .unwrap_or(part)
        })
        .collect();
    let mut name = language.to_owned();
    if !details.is_empty() {
        let _ = write!(name, " ({})", details.join(", "));
    }
    let _ = write!(name, ", {tag}");
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_its_name_its_variety_and_its_tag() {
        for (tag, expected) in [
            ("de", "German, de"),
            ("pt-br", "Portuguese (Brazil), pt-BR"),
            ("zh-Hant-HK", "Chinese (traditional, Hong Kong), zh-Hant-HK"),
            ("sr-Latn", "Serbian (Latin script), sr-Latn"),
            ("de-1901", "German (1901), de-1901"),
            ("tlh", "the language of BCP 47 tag tlh"),
        ] {
            assert_eq!(described(&tag.parse().expect("a tag")), expected);
        }
    }

    #[test]
    fn the_tables_are_in_order() {
        for table in [&LANGUAGES[..], &SCRIPTS, &REGIONS] {
            assert!(table.is_sorted());
        }
    }
}
