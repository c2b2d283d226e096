//! Cloud Translation, v2 and v3 (<https://cloud.google.com/translate/docs/reference/rest>).

use serde_json::{Value, json};

use super::{Answer, KEY, Request, language};

const LANGUAGES: [&str; 9] = ["de", "en", "es", "fr", "iw", "no", "pt", "zh-CN", "zh-TW"];
const PARENT: &str = "/v3/projects/site-1/locations/";

pub(crate) fn answer(request: &Request) -> Answer {
    if let Some(rest) = request.path.strip_prefix(PARENT) {
        let bearer = format!("Bearer {KEY}");
        if request.header("authorization") != Some(&bearer) {
            return refusal(
                401,
                "UNAUTHENTICATED",
                "Request had invalid authentication credentials.",
            );
        }
        let (location, method) = rest.split_once(['/', ':']).unwrap_or((rest, ""));
        return match (request.method.as_str(), method) {
            ("GET", "supportedLanguages") => {
                let one = |code: &&str| json!({"languageCode": code, "displayName": code, "supportSource": true, "supportTarget": true});
                let list: Vec<Value> = LANGUAGES.iter().map(one).collect();
                Answer::json(200, &json!({ "languages": list }))
            }
            ("POST", "translateText") => advanced(request, location).unwrap_or_else(|error| error),
            _ => refusal(404, "NOT_FOUND", "Not found."),
        };
    }
    let is_known = request.header("x-goog-api-key") == Some(KEY)
        || request.query("key") == Some(KEY)
        || request.header("authorization") == Some(&format!("Bearer {KEY}"));
    if !is_known {
        return refusal(
            400,
            "INVALID_ARGUMENT",
            "API key not valid. Please pass a valid API key.",
        );
    }
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/language/translate/v2/languages") => {
            let list: Vec<Value> = LANGUAGES
                .iter()
                .map(|code| json!({ "language": code }))
                .collect();
            Answer::json(200, &json!({"data": {"languages": list}}))
        }
        ("POST", "/language/translate/v2") => basic(request).unwrap_or_else(|error| error),
        _ => refusal(404, "NOT_FOUND", "Not found."),
    }
}

fn refusal(status: u16, name: &str, message: &str) -> Answer {
    Answer::json(
        status,
        &json!({"error": {"code": status, "message": message, "status": name}}),
    )
}

fn wrong(message: &str) -> Answer {
    refusal(400, "INVALID_ARGUMENT", message)
}

fn texts(value: &Value) -> Result<Vec<&str>, Answer> {
    match value {
        Value::String(text) => Ok(vec![text]),
        Value::Array(texts) => texts
            .iter()
            .map(|text| text.as_str().ok_or_else(|| wrong("Bad text")))
            .collect(),
        _ => Err(wrong("Required Text")),
    }
}

/// In HTML, what is returned is escaped as a browser would want it.
fn translated(text: &str, is_html: bool) -> String {
    if is_html {
        language::markup(text, |tag| tag.contains("translate=\"no\"")).replace('\'', "&#39;")
    } else {
        language::plain(text).text
    }
}

fn basic(request: &Request) -> Result<Answer, Answer> {
    let body = request.json();
    let texts = texts(&body["q"])?;
    if texts.len() > 128 {
        return Err(wrong("Too many text segments"));
    }
    if request.body.len() > 100_000 {
        return Err(wrong(
            "Request payload size exceeds the limit: it is too large.",
        ));
    }
    let known = |name: &str| LANGUAGES.contains(&body[name].as_str().unwrap_or("en"));
    if !body["target"].is_string() || !known("target") || !known("source") {
        return Err(wrong("Bad language pair: en|xx"));
    }
    let is_html = body["format"] != "text";
    let one = |text: &&str| json!({"translatedText": translated(text, is_html), "detectedSourceLanguage": "en"});
    let list: Vec<Value> = texts.iter().map(one).collect();
    Ok(Answer::json(200, &json!({"data": {"translations": list}})))
}

fn advanced(request: &Request, location: &str) -> Result<Answer, Answer> {
    let body = request.json();
    let texts = texts(&body["contents"])?;
    let characters: usize = texts.iter().map(|text| text.chars().count()).sum();
    if texts.len() > 1024 {
        return Err(wrong("The number of contents is too large."));
    }
    if characters > 30_000 {
        return Err(wrong("Text is too long."));
    }
    let known = |name: &str| LANGUAGES.contains(&body[name].as_str().unwrap_or("en"));
    if !body["targetLanguageCode"].is_string()
        || !known("targetLanguageCode")
        || !known("sourceLanguageCode")
    {
        return Err(wrong("Target language is invalid."));
    }
    let is_html = body["mimeType"] != "text/plain";
    let one = |text: &&str| json!({"translatedText": translated(text, is_html)});
    let list: Vec<Value> = texts.iter().map(one).collect();
    let glossary = &body["glossaryConfig"]["glossary"];
    let mut reply = json!({ "translations": list });
    if let Some(glossary) = glossary.as_str() {
        let own = format!("projects/site-1/locations/{location}/glossaries/terms");
        if location == "global" || glossary != own {
            return Err(refusal(404, "NOT_FOUND", "Glossary not found."));
        }
        let term = |text: &&str| json!({"translatedText": translated(text, is_html).replace("GARDEN", "Garten"), "glossaryConfig": body["glossaryConfig"]});
        let list: Vec<Value> = texts.iter().map(term).collect();
        reply["glossaryTranslations"] = Value::Array(list);
    }
    Ok(Answer::json(200, &reply))
}
