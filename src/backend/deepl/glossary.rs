//! The run's glossary as glossaries that `DeepL` keeps.
//!
//! Each pair of languages has one of its own. Its name holds a digest of its terms: what was made
//! once, by any run with the same key, is found by its name and used again; where the terms
//! change, another one is made. None is ever changed or removed, as other runs may use it.

use std::collections::HashMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::{Deepl, NAME};
use crate::backend::{BackendError, Pair, Terms};

/// Longest phrase that the service takes, in bytes.
const LONGEST: usize = 1024;

/// A glossary that the service keeps.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub(super) id: String,
    /// It names the languages and the terms.
    pub(super) name: String,
}

impl Deepl {
    /// The glossaries of these terms: those that are there already, and new ones for the others.
    /// A pair of languages that the service has no glossaries for is passed over.
    ///
    /// # Errors
    /// [`BackendError::Glossary`] for terms that it does not take, and whatever else it answers.
    pub(super) async fn keep(&self, terms: &[Terms]) -> Result<HashMap<Pair, Kept>, BackendError> {
        let mut wanted = Vec::new();
        for terms in terms {
            wanted.extend(self.wanted(terms)?.map(|wanted| (&terms.pair, wanted)));
        }
        let mut kept = HashMap::new();
        if wanted.is_empty() {
            return Ok(kept);
        }
        let mut known = self.known().await?;
        for (pair, wanted) in wanted {
            let made = known.iter().find(|one| wanted.is_kept_as(one));
            let id = if let Some(made) = made {
                made.glossary_id.clone()
            } else {
                let made = self.make(pair, &wanted).await?;
                let id = made.glossary_id.clone();
                // Two targets may be one to the service, as `de` and `de-AT`.
                known.push(made);
                id
            };
            let name = wanted.name;
            kept.insert(pair.clone(), Kept { id, name });
        }
        Ok(kept)
    }

    fn wanted(&self, terms: &Terms) -> Result<Option<Wanted>, BackendError> {
        let (source, target) = self.codes.of(NAME, &terms.pair)?;
        let lacks = |code: &str| self.without_glossary.contains(code);
        if lacks(source) || lacks(target) {
            return Ok(None);
        }
        Ok(Wanted::of(source, target, &terms.entries))
    }

    async fn known(&self) -> Result<Vec<Listed>, BackendError> {
        let answer = self.send(self.client.get("v3/glossaries"), &[]).await?;
        let list: List = self.client.json(&answer)?;
        Ok(list.glossaries)
    }

    async fn make(&self, pair: &Pair, wanted: &Wanted) -> Result<Listed, BackendError> {
        let body = Body {
            name: &wanted.name,
            dictionaries: [&wanted.dictionary],
        };
        let request = self.client.post("v3/glossaries").json(&body);
        let answer = self.send(request, &[]).await.map_err(|error| match error {
            // Neither another try nor a part of it would help.
            BackendError::Rejected { detail, .. }
            | BackendError::TooLarge { detail, .. }
            | BackendError::Service { detail, .. } => BackendError::Glossary {
                backend: NAME.to_owned(),
                from: pair.source.to_string(),
                to: pair.target.to_string(),
                detail,
            },
            other => other,
        })?;
        self.client.json(&answer)
    }
}

/// A glossary that is wanted.
#[derive(Debug)]
struct Wanted {
    name: String,
    dictionary: Dictionary,
    entries: usize,
}

impl Wanted {
    /// The glossary of terms; none where there is none that the service takes, or where both
    /// languages are the same to it. Glossaries are for languages, whatever their region.
    fn of(source: &str, target: &str, terms: &[(String, String)]) -> Option<Self> {
        let language = |code: &str| {
            let language = code.split('-').next().unwrap_or(code);
            language.to_ascii_lowercase()
        };
        let (source_lang, target_lang) = (language(source), language(target));
        let fits = |text: &str| !text.is_empty() && text.len() <= LONGEST && !text.contains('\t');
        let mut lines: Vec<String> = terms
            .iter()
            .filter(|(source, target)| fits(source) && fits(target))
            .map(|(source, target)| format!("{source}\t{target}"))
            .collect();
        if lines.is_empty() || source_lang == target_lang {
            return None;
        }
        // The order is none of the service's business, and must not make another name.
        lines.sort_unstable();
        lines.dedup();
        let entries = lines.join("\n");
        let digest = Sha256::digest(&entries);
        let mut name = format!("polypost {source_lang}-{target_lang} ");
        for byte in &digest[..12] {
            name.push_str(&format!("{byte:02x}"));
        }
        Some(Self {
            name,
            entries: lines.len(),
            dictionary: Dictionary {
                source_lang,
                target_lang,
                entries,
                entries_format: "tsv",
            },
        })
    }

    /// Whether a glossary of the service is this one, whole.
    fn is_kept_as(&self, one: &Listed) -> bool {
        one.name == self.name
            && one.dictionaries.iter().any(|dictionary| {
                dictionary
                    .source_lang
                    .eq_ignore_ascii_case(&self.dictionary.source_lang)
                    && dictionary
                        .target_lang
                        .eq_ignore_ascii_case(&self.dictionary.target_lang)
                    && dictionary
                        .entry_count
                        .is_none_or(|count| count == self.entries)
            })
    }
}

#[derive(Debug, Serialize)]
struct Body<'a> {
    name: &'a str,
    dictionaries: [&'a Dictionary; 1],
}

#[derive(Debug, Serialize)]
struct Dictionary {
    source_lang: String,
    target_lang: String,
    entries: String,
    entries_format: &'static str,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct List {
    glossaries: Vec<Listed>,
}

#[derive(Debug, Deserialize)]
struct Listed {
    glossary_id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    dictionaries: Vec<ListedDictionary>,
}

#[derive(Debug, Deserialize)]
struct ListedDictionary {
    source_lang: String,
    target_lang: String,
    entry_count: Option<usize>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(source: &str, target: &str, terms: &[(&str, &str)]) -> Option<Wanted> {
        let terms: Vec<_> = terms
            .iter()
            .map(|(source, target)| ((*source).to_owned(), (*target).to_owned()))
            .collect();
        Wanted::of(source, target, &terms)
    }

    #[test]
    fn the_name_tells_languages_and_terms_but_not_their_order() {
        let name = |target: &str, terms: &[(&str, &str)]| {
            wanted("en", target, terms).expect("a glossary").name
        };
        let terms = [("account", "Konto"), ("user", "Benutzer")];
        let turned = [terms[1], terms[0]];
        assert_eq!(name("de", &terms), name("DE", &turned));
        assert_ne!(name("de", &terms), name("de", &terms[..1]));
        assert_ne!(name("pt-BR", &terms), name("de", &terms));
        assert!(name("pt-BR", &terms).starts_with("polypost en-pt "));
    }

    #[test]
    fn what_the_service_would_refuse_is_left_out() {
        let long = "x".repeat(LONGEST + 1);
        let terms = [("a\tb", "c"), (long.as_str(), "d"), ("e", "")];
        assert!(wanted("en", "de", &terms).is_none());
        assert!(wanted("en-US", "en-GB", &[("lift", "elevator")]).is_none());
    }
}
