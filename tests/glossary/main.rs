//! Glossaries: their files, how terms are found, what is said of translations and of themselves.

mod check;
mod flaws;
mod hostile;
mod laws;
mod tables;
mod tbx;
mod toolkit;

use polypost::glossary::{
    Context, Format, Glossary, GlossaryError, Lookup, PartOfSpeech, Place, Status, Term,
};
use polypost::unit::Locale;

/// A glossary of a harbour, with everything that one can say.
const HARBOUR: &str = "\
en,de,de:admitted,de:forbidden,fr,part-of-speech,case,do-not-translate,note
account,Konto,Benutzerkonto,Account | Zugang,compte,noun,,,
privacy policy,Datenschutzerklärung,,Datenschutz-Policy,politique de confidentialité,noun,,,\"legal, too\"
log in,anmelden,,einloggen,se connecter,verb,,,
Harbour Tours,,,,,,,yes,our name
web,Web,,,web,noun,insensitive,,
";

fn locale(tag: &str) -> Locale {
    tag.parse().expect("a tag")
}

fn try_read(text: &str, format: Format) -> Result<Glossary, GlossaryError> {
    let context = Context {
        file: "terms".into(),
        source: Some(locale("en")),
        target: Some(locale("de")),
    };
    Glossary::read(text.as_bytes(), format, &context)
}

fn read(text: &str, format: Format) -> Glossary {
    try_read(text, format).unwrap_or_else(|error| panic!("{error}: {text}"))
}

fn lookup(text: &str, source: &str, target: &str) -> Lookup {
    let glossary = read(text, Format::Csv);
    Lookup::new(&glossary, &locale(source), &locale(target))
}

/// The same without the places of its concepts.
fn without_places(mut glossary: Glossary) -> Glossary {
    for concept in &mut glossary.concepts {
        concept.place = Place::default();
    }
    glossary
}

/// What a glossary holds, a line for each term.
fn listed(glossary: &Glossary) -> String {
    let mut out = String::new();
    for concept in &glossary.concepts {
        let part = concept.part_of_speech.map_or("", PartOfSpeech::name);
        let kept = if concept.do_not_translate { "!" } else { "" };
        out.push_str(&format!(
            "{kept}{part} {:?} {}\n",
            concept.case, concept.note
        ));
        for Term {
            locale,
            text,
            status,
        } in &concept.terms
        {
            let sign = match status {
                Status::Preferred => '+',
                Status::Admitted => '~',
                Status::Forbidden => '-',
            };
            out.push_str(&format!("  {sign} {locale} {text}\n"));
        }
    }
    out
}
