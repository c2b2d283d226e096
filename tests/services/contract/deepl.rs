//! `DeepL`'s API, v2 and v3 (DeepLcom/openapi).

use serde_json::{Value, json};

use super::deepl_glossaries::Glossaries;
use super::{Answer, KEY, Request, language};

/// Targets, and whether they have formality and tag handling.
const TARGETS: [(&str, bool, bool); 8] = [
    ("de", true, true),
    ("en-GB", false, true),
    ("en-US", false, true),
    ("es", true, true),
    ("fr", true, true),
    ("pt-BR", true, true),
    ("zh-Hant", false, true),
    ("th", false, false),
];
const SOURCES: [&str; 5] = ["de", "en", "es", "fr", "pt"];

/// A text that uses up the quota.
pub(crate) const OVER_QUOTA: &str = "Use up the quota.";

pub(crate) fn answer(request: &Request, glossaries: &Glossaries) -> Answer {
    if request.header("authorization") != Some(&format!("DeepL-Auth-Key {KEY}")) {
        return refusal(403, "Forbidden");
    }
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/v3/languages") => languages(request),
        ("GET", "/v2/languages") => old_languages(request),
        ("GET", "/v2/usage") => Answer::json(
            200,
            &json!({"character_count": 180_118, "character_limit": 1_250_000}),
        ),
        ("POST", "/v2/translate") => {
            translate(request, glossaries).unwrap_or_else(|refusal| refusal)
        }
        ("GET", "/v3/glossaries") => glossaries.list(),
        ("POST", "/v3/glossaries") => glossaries.make(request),
        _ => refusal(404, "Not found"),
    }
}

pub(super) fn refusal(status: u16, message: &str) -> Answer {
    Answer::json(status, &json!({ "message": message }))
}

fn languages(request: &Request) -> Answer {
    if request.query("resource") != Some("translate_text") {
        return refusal(400, "Parameter 'resource' not specified.");
    }
    let mut list: Vec<Value> = SOURCES
        .iter()
        .filter(|code| !TARGETS.iter().any(|(target, ..)| target == *code))
        .map(|code| {
            json!({"lang": code, "name": code, "usable_as_source": true, "usable_as_target": false,
                   "status": "stable", "features": {"tag_handling": {"status": "stable"}, "glossary": {"status": "stable"}}})
        })
        .collect();
    list.extend(TARGETS.iter().map(|(code, formality, tags)| {
        let mut features = json!({});
        for (name, has) in [
            ("formality", formality),
            ("tag_handling", tags),
            ("glossary", tags),
        ] {
            if *has {
                features[name] = json!({"status": "stable"});
            }
        }
        json!({"lang": code, "name": code, "usable_as_source": SOURCES.contains(code),
               "usable_as_target": true, "status": "stable", "features": features})
    }));
    Answer::json(200, &Value::Array(list))
}

fn old_languages(request: &Request) -> Answer {
    let list: Vec<Value> = if request.query("type") == Some("target")
        || String::from_utf8_lossy(&request.body).contains("target")
    {
        let one = |(code, formality, _): &(&str, bool, bool)| json!({"language": code.to_uppercase(), "name": code, "supports_formality": formality});
        TARGETS.iter().map(one).collect()
    } else {
        let one = |code: &&str| json!({"language": code.to_uppercase(), "name": code});
        SOURCES.iter().map(one).collect()
    };
    Answer::json(200, &Value::Array(list))
}

fn translate(request: &Request, glossaries: &Glossaries) -> Result<Answer, Answer> {
    let wrong = |message: &str| refusal(400, message);
    if request.body.len() > 128 << 10 {
        return Err(refusal(413, "Request Entity Too Large"));
    }
    if request.header("content-type") != Some("application/json") {
        return Err(refusal(415, "Unsupported media type"));
    }
    let body = request.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default();
    let texts: Option<Vec<&str>> = body["text"]
        .as_array()
        .and_then(|texts| texts.iter().map(Value::as_str).collect());
    let texts = texts.ok_or_else(|| wrong("Parameter 'text' not specified."))?;
    if texts.len() > 50 {
        return Err(wrong("Too many texts."));
    }
    if texts.contains(&OVER_QUOTA) {
        return Err(refusal(
            456,
            "Quota exceeded. The character limit has been reached.",
        ));
    }
    let target = TARGETS
        .iter()
        .find(|(code, ..)| code.eq_ignore_ascii_case(text("target_lang")))
        .ok_or_else(|| wrong("Value for 'target_lang' not supported."))?;
    let source = text("source_lang");
    if !source.is_empty() && !SOURCES.iter().any(|code| code.eq_ignore_ascii_case(source)) {
        return Err(wrong("Value for 'source_lang' not supported."));
    }
    if matches!(text("formality"), "more" | "less") && !target.1 {
        return Err(wrong(
            "'formality' is not supported for given 'target_lang'.",
        ));
    }
    if body["glossary_id"].is_string() && source.is_empty() {
        return Err(wrong(
            "'source_lang' is required if a glossary is specified.",
        ));
    }
    let terms = match body["glossary_id"].as_str() {
        Some("missing") => return Err(refusal(404, "Glossary not found")),
        Some(id) => glossaries.terms(id, source, target.0)?,
        None => Vec::new(),
    };
    let handling = text("tag_handling");
    let ignored: Vec<&str> = body["ignore_tags"]
        .as_array()
        .map(|tags| tags.iter().filter_map(Value::as_str).collect())
        .unwrap_or_default();
    let translations = texts.into_iter().map(|text| {
        let translated = match handling {
            "" => language::plain(text).text,
            "xml" => {
                roxmltree::Document::parse(&format!("<all>{text}</all>"))
                    .map_err(|_| wrong("Tag handling parsing failed, please check input."))?;
                let name = |tag: &str| tag.trim_matches(['<', '>']).to_owned();
                language::markup(text, |tag| ignored.contains(&name(tag).as_str()))
            }
            "html" => language::markup(text, |tag| tag.contains("translate=\"no\"")),
            _ => return Err(wrong("Value for 'tag_handling' not supported.")),
        };
        let translated = terms.iter().fold(translated, |text, (term, wanted)| {
            text.replace(&term.to_uppercase(), wanted)
        });
        let billed = text.chars().count();
        let mut one = json!({"detected_source_language": source, "text": translated});
        if !handling.is_empty() {
            one["tag_handling_version"] = body["tag_handling_version"].clone();
        }
        if body["show_billed_characters"] == true {
            one["billed_characters"] = billed.into();
        }
        Ok(one)
    });
    let translations: Vec<Value> = translations.collect::<Result<_, Answer>>()?;
    Ok(Answer::json(200, &json!({ "translations": translations })))
}
