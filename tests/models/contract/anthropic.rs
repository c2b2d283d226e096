//! `POST /v1/messages` of Anthropic.

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use super::{
    Ask, Breach, KEY, MODEL, STERN_MODEL, Written, check_fields, header, schema, segments,
};

pub(super) fn check(request: &Request, body: &Value) -> Result<Ask, Breach> {
    const FIELDS: [&str; 7] = [
        "model",
        "max_tokens",
        "system",
        "messages",
        "temperature",
        "output_config",
        "stream",
    ];
    if request.method.as_str() != "POST" || request.url.path() != "/v1/messages" {
        return Err(not_found("Not Found"));
    }
    // Clients of the vendor since 2.0 send the key as a bearer token, with a newer version.
    let (key, version) = match header(request, "authorization") {
        Some(token) => (token.strip_prefix("Bearer "), "2026-10-21"),
        None => (header(request, "x-api-key"), "2023-06-01"),
    };
    if key != Some(KEY) {
        return Err(Breach {
            status: 401,
            kind: "authentication_error",
            ..Breach::invalid("", "invalid x-api-key")
        });
    }
    if header(request, "anthropic-version") != Some(version) {
        return Err(Breach::invalid("", "anthropic-version: header is required"));
    }
    if header(request, "content-type") != Some("application/json") {
        return Err(Breach::invalid(
            "",
            "content-type: must be application/json",
        ));
    }
    check_fields(body, &FIELDS)?;
    let model = body["model"].as_str().unwrap_or_default();
    if ![MODEL, STERN_MODEL].contains(&model) {
        return Err(not_found(&format!("model: {model}")));
    }
    let most_tokens = body["max_tokens"]
        .as_u64()
        .ok_or_else(|| Breach::invalid("", "max_tokens: Field required"))?;
    if !(1..=64_000).contains(&most_tokens) {
        let message = format!(
            "max_tokens: {most_tokens} > 64000, which is the maximum allowed number of output \
             tokens for {model}"
        );
        return Err(Breach::invalid("", message));
    }
    let temperature = &body["temperature"];
    if *temperature != Value::Null && model == STERN_MODEL {
        return Err(Breach::invalid(
            "",
            "`temperature` is not supported by this model",
        ));
    }
    let is_number = temperature
        .as_f64()
        .is_some_and(|value| (0.0..=1.0).contains(&value));
    if *temperature != Value::Null && !is_number {
        return Err(Breach::invalid("", "temperature: range: 0..1"));
    }
    let messages = body["messages"]
        .as_array()
        .ok_or_else(|| Breach::invalid("", "messages: Field required"))?;
    let [message] = messages.as_slice() else {
        return Err(Breach::invalid("", "messages: one is expected here"));
    };
    let content = match (message["role"].as_str(), message["content"].as_str()) {
        (Some("user"), Some(content)) if !content.is_empty() => content,
        _ => {
            return Err(Breach::invalid(
                "",
                "messages.0: Input should be a user's text",
            ));
        }
    };
    let format = &body["output_config"]["format"];
    let keys = match format["type"].as_str() {
        Some("json_schema") => Some(schema::check(&format["schema"]).map_err(|message| {
            Breach::invalid("", format!("output_config.format.schema: {message}"))
        })?),
        _ if *format == Value::Null => None,
        _ => return Err(Breach::invalid("", "output_config.format.type: unknown")),
    };
    Ok(Ask {
        system: body["system"].as_str().unwrap_or_default().to_owned(),
        segments: segments(content),
        keys,
        most_tokens: Some(most_tokens),
    })
}

fn not_found(message: &str) -> Breach {
    Breach {
        status: 404,
        kind: "not_found_error",
        ..Breach::invalid("", message)
    }
}

pub(super) fn error(breach: &Breach) -> ResponseTemplate {
    ResponseTemplate::new(breach.status).set_body_json(json!({
        "type": "error",
        "error": {"type": breach.kind, "message": breach.message},
        "request_id": "req_011CSHoEeqs5C35K2UUqR7Fy",
    }))
}

pub(super) fn answer(body: &Value, written: &Written) -> ResponseTemplate {
    let (content, reason) = match written {
        Written::Content(text) | Written::Counted(_, text) => (text.as_str(), "end_turn"),
        Written::CutOff(text) => (text.as_str(), "max_tokens"),
        Written::Refused | Written::Filtered => ("I can't help with that.", "refusal"),
        Written::Ended(reason) => ("{}", *reason),
        Written::Error(..) | Written::Raw(_) => unreachable!("answered before"),
    };
    // The text comes in any number of blocks, others among them.
    let middle = content
        .char_indices()
        .nth(content.chars().count() / 2)
        .map_or(0, |(at, _)| at);
    ResponseTemplate::new(200).set_body_json(json!({
        "id": "msg_01XFDUDYJgAACzvnptvVoYEL",
        "type": "message",
        "role": "assistant",
        "model": body["model"],
        "content": [
            {"type": "thinking", "thinking": "{\"s1\": \"no\"}", "signature": "c2lnbmF0dXJl"},
            {"type": "text", "text": content[..middle]},
            {"type": "text", "text": content[middle..]},
        ],
        "stop_reason": reason,
        "stop_sequence": null,
        "usage": {
            "input_tokens": 2095,
            "output_tokens": 503,
            "cache_creation_input_tokens": 0,
            "cache_read_input_tokens": 0,
        },
    }))
}
