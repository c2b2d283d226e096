//! Endings that make another word of a word. A stemmer cuts them off as well as those of
//! inflection: `account` and `accountant` have one stem, and are not one term.

/// The endings of a language, each with its own inflected forms, the basic form first.
///
/// It does no harm where such an ending is a part of the word itself, as all forms of the word
/// have it then.
pub(super) type Endings = &'static [&'static [&'static str]];

/// The endings of a language, by its subtag; none where they are not known.
pub(super) fn endings_of(language: &str) -> Endings {
    match language {
        "en" => ENGLISH,
        "de" => GERMAN,
        "es" => SPANISH,
        "fr" => FRENCH,
        _ => &[],
    }
}

/// The basic form of the ending that `word` has and `stem` lacks: of several the longest.
pub(super) fn ending_of(endings: Endings, word: &str, stem: &str) -> Option<&'static str> {
    /// What is left of a word has so many bytes at least.
    const SHORTEST: usize = 3;
    let mut found: Option<(usize, &'static str)> = None;
    for forms in endings {
        let Some(basic) = forms.first() else {
            continue;
        };
        for form in *forms {
            let rest = word.strip_suffix(form).map_or(0, str::len);
            let is_longer = found.is_none_or(|(len, _)| form.len() > len);
            if rest >= SHORTEST && is_longer && !stem.ends_with(basic) {
                found = Some((form.len(), basic));
            }
        }
    }
    found.map(|(_, basic)| basic)
}

#[rustfmt::skip]
const ENGLISH: Endings = &[
    &["ization", "izations", "isation", "isations"], &["ation", "ations"], &["ion", "ions"],
    &["ator", "ators"], &["ity", "ities"], &["ness"], &["ment", "ments"], &["ance", "ances"],
    &["ence", "ences"], &["ant", "ants"], &["ent", "ents"], &["ism", "isms"], &["able"], &["ible"],
    &["al", "als"], &["ical"], &["ic", "ics"], &["ive", "ives"], &["ous"], &["ful"], &["ly"],
    &["er", "ers"], &["ize", "izes", "ized", "izing", "ise", "ises", "ised", "ising"],
    &["ate", "ates", "ated", "ating"],
];

#[rustfmt::skip]
const GERMAN: Endings = &[
    &["ung", "ungen"], &["heit", "heiten"], &["keit", "keiten"], &["ik", "iken"],
    &["lich", "liche", "lichen", "lichem", "licher", "liches"],
    &["ig", "ige", "igen", "igem", "iger", "iges"],
    &["isch", "ische", "ischen", "ischem", "ischer", "isches"],
    &["end", "ende", "enden", "endem", "ender", "endes"],
];

#[rustfmt::skip]
const SPANISH: Endings = &[
    &["ción", "ciones"], &["dor", "dora", "dores", "doras"], &["mente"], &["idad", "idades"],
    &["anza", "anzas"], &["ismo", "ismos"], &["able", "ables"], &["ible", "ibles"],
    &["ista", "istas"], &["oso", "osa", "osos", "osas"], &["miento", "mientos"],
    &["ante", "antes"], &["ancia", "ancias"], &["encia", "encias"], &["logía", "logías"],
    &["ivo", "iva", "ivos", "ivas"], &["ico", "ica", "icos", "icas"],
];

#[rustfmt::skip]
const FRENCH: Endings = &[
    &["ation", "ations"], &["ution", "utions"], &["usion", "usions"],
    &["ateur", "ateurs", "atrice", "atrices"], &["ement", "ements"], &["ment", "ments"],
    &["ité", "ités"], &["ance", "ances"], &["ence", "ences"], &["ique", "iques"],
    &["isme", "ismes"], &["iste", "istes"], &["able", "ables"], &["logie", "logies"],
    &["eux", "euse", "euses"], &["if", "ive", "ifs", "ives"],
];
