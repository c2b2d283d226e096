//! The glossaries that `DeepL` keeps (v3).

use std::collections::HashSet;
use std::sync::Mutex;

use serde_json::{Value, json};

use super::deepl::refusal;
use super::{Answer, Request};

/// Languages of glossaries; they have no regions.
const LANGUAGES: [&str; 6] = ["de", "en", "es", "fr", "pt", "zh"];

/// More are refused.
const MOST: usize = 1000;
/// Longest phrase, in bytes.
const LONGEST: usize = 1024;

/// What a server keeps.
#[derive(Debug, Default)]
pub(crate) struct Glossaries(Mutex<Vec<Value>>);

impl Glossaries {
    pub(super) fn list(&self) -> Answer {
        let all = self.0.lock().expect("the glossaries");
        let shown: Vec<Value> = all.iter().map(without_entries).collect();
        Answer::json(200, &json!({ "glossaries": shown }))
    }

    pub(super) fn make(&self, request: &Request) -> Answer {
        let body = request.json();
        let (Some(name), Some(dictionaries)) =
            (body["name"].as_str(), body["dictionaries"].as_array())
        else {
            return refusal(400, "Parameter 'name' or 'dictionaries' not specified.");
        };
        if name.is_empty() || dictionaries.is_empty() {
            return refusal(400, "Invalid glossary: it is empty.");
        }
        for dictionary in dictionaries {
            if let Err(detail) = check(dictionary) {
                let body =
                    json!({"message": "Invalid glossary entries provided", "detail": detail});
                return Answer::json(400, &body);
            }
        }
        let mut all = self.0.lock().expect("the glossaries");
        if all.len() >= MOST {
            return refusal(400, "Too many glossaries.");
        }
        let glossary = json!({
            "glossary_id": format!("glossary-{}", all.len() + 1),
            "name": name,
            "dictionaries": dictionaries,
            "creation_time": "2026-08-03T14:16:18.329Z",
        });
        let answer = Answer::json(201, &without_entries(&glossary));
        all.push(glossary);
        answer
    }

    /// The terms of a glossary; none for one that a test only names.
    pub(super) fn terms(
        &self,
        id: &str,
        source: &str,
        target: &str,
    ) -> Result<Vec<(String, String)>, Answer> {
        let all = self.0.lock().expect("the glossaries");
        let Some(glossary) = all.iter().find(|one| one["glossary_id"] == id) else {
            return Ok(Vec::new());
        };
        let target = target.split('-').next().unwrap_or_default();
        let dictionaries = glossary["dictionaries"].as_array().expect("a list");
        let own = dictionaries.iter().find(|one| {
            text(one, "source_lang").eq_ignore_ascii_case(source)
                && text(one, "target_lang").eq_ignore_ascii_case(target)
        });
        let own =
            own.ok_or_else(|| refusal(400, "No dictionary found for language pair in glossary."))?;
        Ok(entries(own))
    }
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value[name].as_str().unwrap_or_default()
}

fn entries(dictionary: &Value) -> Vec<(String, String)> {
    let lines = text(dictionary, "entries").lines();
    lines
        .filter_map(|line| line.split_once('\t'))
        .map(|(source, target)| (source.to_owned(), target.to_owned()))
        .collect()
}

fn check(dictionary: &Value) -> Result<(), String> {
    let (source, target) = (
        text(dictionary, "source_lang"),
        text(dictionary, "target_lang"),
    );
    let is_language = |code: &str| LANGUAGES.contains(&code.to_lowercase().as_str());
    if !is_language(source) || !is_language(target) || source == target {
        return Err(format!("Unsupported language pair {source}-{target}"));
    }
    if text(dictionary, "entries_format") != "tsv" {
        return Err("Unsupported entries format".to_owned());
    }
    let mut keys = HashSet::new();
    let lines = text(dictionary, "entries").lines();
    for (index, line) in lines.enumerate() {
        let cells: Vec<&str> = line.split('\t').collect();
        let [key, value] = cells.as_slice() else {
            return Err(format!("Line {index} has {} cells", cells.len()));
        };
        for phrase in [key, value] {
            if phrase.trim().is_empty() || phrase.trim() != *phrase || phrase.len() > LONGEST {
                return Err(format!("Phrase with the index {index} is not allowed"));
            }
        }
        if !keys.insert(*key) {
            return Err(format!("Key with the index {index} duplicates another"));
        }
    }
    if keys.is_empty() {
        return Err("The glossary is empty".to_owned());
    }
    Ok(())
}

fn without_entries(glossary: &Value) -> Value {
    let mut shown = glossary.clone();
    for dictionary in shown["dictionaries"].as_array_mut().expect("a list") {
        let count = entries(dictionary).len();
        *dictionary = json!({
            "source_lang": text(dictionary, "source_lang").to_lowercase(),
            "target_lang": text(dictionary, "target_lang").to_lowercase(),
            "entry_count": count,
        });
    }
    shown
}
