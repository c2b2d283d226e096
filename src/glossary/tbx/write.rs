//! Writes TBX.

use quick_xml::escape::escape;

use crate::unit::Locale;

use super::super::{Case, Concept, Glossary, Status, Term};
use super::{
    CASE_INSENSITIVE, CASE_SENSITIVE, DO_NOT_TRANSLATE, NAMESPACE, TRANSLATION_NEEDED, TbxForm,
};

/// The elements of a form.
struct Names {
    root: &'static str,
    header: &'static str,
    concept: &'static str,
    language: &'static str,
    term: &'static str,
}

const OF_2019: Names = Names {
    root: "tbx",
    header: "tbxHeader",
    concept: "conceptEntry",
    language: "langSec",
    term: "termSec",
};

const OF_2008: Names = Names {
    root: "martif",
    header: "martifHeader",
    concept: "termEntry",
    language: "langSet",
    term: "tig",
};

impl TbxForm {
    fn names(self) -> &'static Names {
        match self {
            Self::Martif => &OF_2008,
            _ => &OF_2019,
        }
    }

    fn has_tags(self) -> bool {
        matches!(self, Self::BasicDct | Self::LinguistDct)
    }

    fn is_linguist(self) -> bool {
        matches!(self, Self::LinguistDct | Self::LinguistDca)
    }

    /// The attributes of the root.
    fn attributes(self, source: &Locale) -> String {
        if self == Self::Martif {
            return format!(r#"type="TBX" xml:lang="{source}""#);
        }
        let style = if self.has_tags() { "dct" } else { "dca" };
        let dialect = if self.is_linguist() {
            "TBX-Linguist"
        } else {
            "TBX-Basic"
        };
        let mut attributes =
            format!(r#"type="{dialect}" style="{style}" xml:lang="{source}" xmlns="{NAMESPACE}""#);
        if self.has_tags() {
            for module in ["min", "basic"] {
                attributes.push_str(&format!(
                    r#" xmlns:{module}="http://www.tbxinfo.net/ns/{module}""#
                ));
            }
            if self.is_linguist() {
                attributes.push_str(r#" xmlns:ling="http://www.tbxinfo.net/ns/linguist""#);
            }
        }
        attributes
    }
}

pub(in crate::glossary) fn write(glossary: &Glossary, form: TbxForm, source: &Locale) -> String {
    let Names { root, header, .. } = form.names();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<{root} {}>\n", form.attributes(source)));
    out.push_str(&format!(
        "  <{header}><fileDesc><sourceDesc><p>polypost</p></sourceDesc></fileDesc></{header}>\n"
    ));
    out.push_str("  <text>\n    <body>\n");
    for (number, concept) in glossary.concepts.iter().enumerate() {
        write_concept(concept, number + 1, form, &mut out);
    }
    out.push_str(&format!("    </body>\n  </text>\n</{root}>\n"));
    out
}

fn write_concept(concept: &Concept, number: usize, form: TbxForm, out: &mut String) {
    let names = form.names();
    out.push_str(&format!("      <{} id=\"c{number}\">\n", names.concept));
    for note in notes(concept, form) {
        out.push_str(&format!("        {note}\n"));
    }
    // Languages in the order of their first terms.
    let mut done: Vec<&Locale> = Vec::new();
    for first in &concept.terms {
        if done.contains(&&first.locale) {
            continue;
        }
        done.push(&first.locale);
        out.push_str(&format!(
            "        <{} xml:lang=\"{}\">\n",
            names.language, first.locale
        ));
        for term in concept
            .terms
            .iter()
            .filter(|term| term.locale == first.locale)
        {
            out.push_str(&format!(
                "          {}\n",
                term_section(term, concept, form)
            ));
        }
        out.push_str(&format!("        </{}>\n", names.language));
    }
    out.push_str(&format!("      </{}>\n", names.concept));
}

/// What is said of a concept as a whole.
fn notes(concept: &Concept, form: TbxForm) -> Vec<String> {
    let note = |text: &str| format!("<note>{}</note>", escape(text));
    let mut notes = Vec::new();
    if concept.do_not_translate {
        notes.push(if form == TbxForm::Martif {
            format!(r#"<descrip type="{TRANSLATION_NEEDED}">No</descrip>"#)
        } else {
            note(DO_NOT_TRANSLATE)
        });
    }
    match concept.case {
        Case::Auto => {}
        Case::Sensitive => notes.push(note(CASE_SENSITIVE)),
        Case::Insensitive => notes.push(note(CASE_INSENSITIVE)),
    }
    if !concept.note.is_empty() {
        notes.push(note(&concept.note));
    }
    notes
}

fn term_section(term: &Term, concept: &Concept, form: TbxForm) -> String {
    let category = |name: &str, value: &str| {
        if form.has_tags() {
            format!("<min:{name}>{value}</min:{name}>")
        } else {
            format!(r#"<termNote type="{name}">{value}</termNote>"#)
        }
    };
    let status = match term.status {
        // What nothing is said of is preferred.
        Status::Preferred => None,
        Status::Admitted => Some("admittedTerm-admn-sts"),
        Status::Forbidden => Some("deprecatedTerm-admn-sts"),
    };
    let mut text = format!("<term>{}</term>", escape(&term.text));
    if let Some(part) = concept.part_of_speech {
        text.push_str(&category("partOfSpeech", part.name()));
    }
    if let Some(status) = status {
        text.push_str(&category("administrativeStatus", status));
    }
    let name = form.names().term;
    format!("<{name}>{text}</{name}>")
}
