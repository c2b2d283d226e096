//! In which language a text is, when nobody says.

use whatlang::Lang;

use crate::pipeline::Format;
use crate::post::{Chunk, Json, plain_text};
use crate::unit::Locale;

use super::files::Input;

/// How much text is looked at, in bytes.
const ENOUGH: usize = 20_000;

/// The language of the posts, from what their text looks like; none where it is not clear.
///
/// Never from the address: a post under `/de/` may well be in English.
pub(super) fn identify(inputs: &[Input]) -> Option<Locale> {
    let mut text = String::new();
    for input in inputs {
        for chunk in input.chunks().map_while(Result::ok) {
            if let Chunk::Post(post) = chunk {
                match input.format {
                    Format::Html => text.push_str(&plain_text(&post)),
                    Format::Json => text.push_str(&text_of(&post)),
                }
                text.push('\n');
            }
            if text.len() > ENOUGH {
                break;
            }
        }
        if text.len() > ENOUGH {
            break;
        }
    }
    let found = whatlang::detect(&text).filter(whatlang::Info::is_reliable)?;
    tag_of(found.lang()).parse().ok()
}

fn text_of(post: &str) -> String {
    let Ok(post) = Json::parse(post) else {
        return String::new();
    };
    ["title", "content"]
        .iter()
        .filter_map(|field| {
            let value = post.get(field)?;
            let text = value
                .get("rendered")
                .or_else(|| value.get("raw"))?
                .as_text()?;
            Some(plain_text(&text))
        })
        .collect::<Vec<_>>()
        .join("\n")
}

/// The tag of a language: its two-letter code where ISO 639-1 has one, as BCP 47 wants.
fn tag_of(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_a_tag() {
        for lang in Lang::all() {
            let tag = tag_of(*lang);
            assert!(tag.parse::<Locale>().is_ok(), "{lang:?}: {tag}");
        }
    }
}
