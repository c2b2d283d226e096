//! `LibreTranslate` 1.9, after its source.

use serde_json::{Value, json};

use super::{Answer, KEY, Request, language};

/// Most characters of a text, and most texts in a batch.
pub(crate) const LONGEST: usize = 2000;
pub(crate) const MOST: usize = 30;

pub(crate) fn answer(request: &Request) -> Answer {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/languages") => {
            let list = [
                ("en", vec!["de", "es", "pt-BR"]),
                ("de", vec!["en", "fr"]),
                ("fr", vec!["en"]),
                ("es", vec!["en"]),
            ];
            let one = |(code, targets): (&str, Vec<&str>)| json!({"code": code, "name": code, "targets": targets});
            Answer::json(200, &Value::Array(list.into_iter().map(one).collect()))
        }
        ("GET", "/frontend/settings") => Answer::json(
            200,
            &json!({"charLimit": LONGEST, "frontendTimeout": 500, "apiKeys": true, "keyRequired": true, "suggestions": false, "filesTranslation": true, "supportedFilesFormat": [".txt"]}),
        ),
        ("POST", "/translate") => translate(request).unwrap_or_else(|refusal| refusal),
        _ => Answer::text(404, "text/html", "<!DOCTYPE html><title>404</title>"),
    }
}

fn refusal(status: u16, error: &str) -> Answer {
    Answer::json(status, &json!({ "error": error }))
}

fn translate(request: &Request) -> Result<Answer, Answer> {
    let wrong = |error: &str| refusal(400, error);
    let body = if request.header("content-type") == Some("application/json") {
        request.json()
    } else {
        let pairs = url::form_urlencoded::parse(&request.body).into_owned();
        pairs
            .map(|(name, value)| (name, Value::String(value)))
            .collect()
    };
    match body["api_key"].as_str() {
        Some(KEY) => {}
        Some(_) => return Err(refusal(403, "Invalid API key")),
        None => {
            return Err(wrong(
                "Please contact the server operator to get an API key",
            ));
        }
    }
    let texts: Vec<&str> = match &body["q"] {
        Value::String(text) => vec![text],
        Value::Array(texts) if !texts.is_empty() => {
            texts.iter().filter_map(Value::as_str).collect()
        }
        _ => return Err(wrong("Invalid request: missing q parameter")),
    };
    if texts.len() > MOST {
        return Err(wrong(&format!(
            "Invalid request: request ({}) exceeds text limit ({MOST})",
            texts.len()
        )));
    }
    for text in &texts {
        let len = text.chars().count();
        if len > LONGEST {
            return Err(wrong(&format!(
                "Invalid request: request ({len}) exceeds text limit ({LONGEST})"
            )));
        }
    }
    let code = |name: &str| body[name].as_str().unwrap_or_default();
    if code("source") != "en" || !["de", "es", "pt-BR"].contains(&code("target")) {
        return Err(wrong(&format!("{} is not supported", code("target"))));
    }
    let results: Vec<String> = texts
        .iter()
        .map(|text| {
            let translated = match body["format"].as_str() {
                Some("html") => language::markup(text, |_| false),
                _ => language::plain(text).text,
            };
            let translated = translated.replace("&lt;", "<").replace("&amp;", "&");
            // What is all in small letters stays so.
            if text.chars().any(char::is_uppercase) {
                translated
            } else {
                translated.to_lowercase()
            }
        })
        .collect();
    let result = if body["q"].is_array() {
        json!(results)
    } else {
        json!(results[0])
    };
    Ok(Answer::json(200, &json!({ "translatedText": result })))
}
