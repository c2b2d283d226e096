//! Azure Translator, v3.

use serde_json::{Value, json};

use super::{Answer, KEY, Request, language};

const LANGUAGES: [&str; 8] = ["de", "en", "es", "fr", "nb", "pt", "pt-PT", "zh-Hans"];

pub(crate) fn answer(request: &Request) -> Answer {
    match (request.method.as_str(), request.path.as_str()) {
        ("GET", "/languages") => {
            let list = LANGUAGES.map(|code| {
                let names = json!({"name": code, "nativeName": code, "dir": "ltr"});
                (code.to_owned(), names)
            });
            let list: serde_json::Map<String, Value> = list.into_iter().collect();
            Answer::json(200, &json!({ "translation": list }))
        }
        ("POST", "/translate") => translate(request).unwrap_or_else(|refusal| refusal),
        _ => refusal(404_000, "The requested resource is not found."),
    }
}

/// The status is what a code begins with.
pub(crate) fn refusal(code: u32, message: &str) -> Answer {
    let status = u16::try_from(code / 1000).expect("a status");
    Answer::json(
        status,
        &json!({"error": {"code": code, "message": message}}),
    )
}

fn translate(request: &Request) -> Result<Answer, Answer> {
    if request.header("ocp-apim-subscription-key") != Some(KEY) {
        return Err(refusal(
            401_000,
            "The request is not authorized because credentials are missing or invalid.",
        ));
    }
    if request.header("ocp-apim-subscription-region") != Some("westeurope") {
        return Err(refusal(
            401_000,
            "The region does not match that of the resource.",
        ));
    }
    if request.query("api-version") != Some("3.0") {
        return Err(refusal(400_021, "The API version parameter is not valid."));
    }
    let known = |name: &str| LANGUAGES.contains(&request.query(name).unwrap_or("en"));
    if request.query("to").is_none() || !known("to") {
        return Err(refusal(400_036, "The target language is not valid."));
    }
    if !known("from") {
        return Err(refusal(400_035, "The source language is not valid."));
    }
    let body = request.json();
    let elements = body.as_array();
    let elements =
        elements.ok_or_else(|| refusal(400_074, "The body of the request is not valid JSON."))?;
    if elements.len() > 1000 {
        return Err(refusal(
            400_072,
            "The maximum number of array elements has been exceeded.",
        ));
    }
    let text_of = |element: &Value| {
        let text = element.get("Text").or_else(|| element.get("text"));
        text.and_then(Value::as_str).map(str::to_owned)
    };
    let texts: Option<Vec<String>> = elements.iter().map(text_of).collect();
    let texts =
        texts.ok_or_else(|| refusal(400_074, "The body of the request is not valid JSON."))?;
    let characters: usize = texts.iter().map(|text| text.encode_utf16().count()).sum();
    if characters > 50_000 {
        return Err(refusal(
            400_077,
            "The maximum request size has been exceeded.",
        ));
    }
    let is_html = request
        .query("textType")
        .is_some_and(|kind| kind.eq_ignore_ascii_case("html"));
    let wants_alignment = request
        .query("includeAlignment")
        .is_some_and(|value| value.eq_ignore_ascii_case("true"));
    let list: Result<Vec<Value>, Answer> = texts
        .iter()
        .map(|text| {
            let mut one = json!({ "to": request.query("to") });
            if is_html {
                // One complete element.
                roxmltree::Document::parse(text)
                    .map_err(|_| refusal(400_000, "The text is no well-formed element."))?;
                let (inner, tag) = inner(text);
                let moved = language::markup(inner, |tag| tag.contains("translate=\"no\""));
                one["text"] = format!("<{tag}>{moved}</{tag}>").into();
            } else {
                let translation = language::plain(text);
                let last = |range: &std::ops::Range<usize>| range.end - 1;
                let proj: Vec<String> = translation
                    .links
                    .iter()
                    .map(|(from, to)| {
                        format!("{}:{}-{}:{}", from.start, last(from), to.start, last(to))
                    })
                    .collect();
                one["text"] = translation.text.into();
                if wants_alignment {
                    one["alignment"] = json!({ "proj": proj.join(" ") });
                }
            }
            Ok(json!({ "translations": [one] }))
        })
        .collect();
    let mut answer = Answer::json(200, &Value::Array(list?));
    answer.body.splice(..0, *b"\xef\xbb\xbf");
    Ok(answer.with_header("X-metered-usage", &characters.to_string()))
}

/// What is in the one element, and its name.
fn inner(text: &str) -> (&str, &str) {
    let open = text.find('>').unwrap_or(0);
    let close = text.rfind("</").unwrap_or(text.len());
    (&text[open + 1..close], &text[1..open])
}
