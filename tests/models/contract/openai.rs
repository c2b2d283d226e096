//! `POST /v1/chat/completions` of OpenAI.

use serde_json::{Value, json};
use wiremock::{Request, ResponseTemplate};

use super::{
    Ask, Breach, KEY, MODEL, STERN_MODEL, Written, check_fields, header, schema, segments,
};

pub(super) fn check(request: &Request, body: &Value) -> Result<Ask, Breach> {
    const FIELDS: [&str; 8] = [
        "model",
        "messages",
        "max_completion_tokens",
        "max_tokens",
        "temperature",
        "response_format",
        "stream",
        "n",
    ];
    if request.method.as_str() != "POST" || request.url.path() != "/v1/chat/completions" {
        return Err(Breach {
            status: 404,
            kind: "invalid_request_error",
            code: None,
            parameter: None,
            message: format!("Invalid URL ({} {})", request.method, request.url.path()),
        });
    }
    if header(request, "authorization") != Some(&format!("Bearer {KEY}")) {
        return Err(Breach {
            status: 401,
            kind: "invalid_request_error",
            code: Some("invalid_api_key"),
            parameter: None,
            message: format!(
                "Incorrect API key provided: {}.",
                header(request, "authorization").unwrap_or_default()
            ),
        });
    }
    if header(request, "content-type") != Some("application/json") {
        return Err(Breach::invalid("body", "Invalid content type."));
    }
    check_fields(body, &FIELDS)?;
    let model = body["model"].as_str().unwrap_or_default();
    if ![MODEL, STERN_MODEL].contains(&model) {
        return Err(Breach {
            status: 404,
            kind: "invalid_request_error",
            code: Some("model_not_found"),
            parameter: None,
            message: format!("The model `{model}` does not exist or you do not have access to it."),
        });
    }
    check_sampling(body, model)?;
    let mut ask = Ask {
        most_tokens: body["max_completion_tokens"].as_u64(),
        ..Ask::default()
    };
    let messages = body["messages"]
        .as_array()
        .filter(|messages| !messages.is_empty())
        .ok_or_else(|| Breach::invalid("messages", "Invalid 'messages': empty array."))?;
    for message in messages {
        let content = message["content"]
            .as_str()
            .ok_or_else(|| Breach::invalid("messages", "Invalid type for 'content'."))?;
        match message["role"].as_str() {
            Some("system" | "developer") => content.clone_into(&mut ask.system),
            Some("user") => ask.segments = segments(content),
            Some("assistant") => {}
            _ => return Err(Breach::invalid("messages", "Invalid value for 'role'.")),
        }
    }
    ask.keys = check_format(&body["response_format"])?;
    Ok(ask)
}

fn check_sampling(body: &Value, model: &str) -> Result<(), Breach> {
    if body["max_tokens"] != Value::Null {
        return Err(Breach {
            code: Some("unsupported_parameter"),
            ..Breach::invalid(
                "max_tokens",
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use \
                 'max_completion_tokens' instead.",
            )
        });
    }
    let temperature = &body["temperature"];
    if *temperature != Value::Null && model == STERN_MODEL {
        return Err(Breach {
            code: Some("unsupported_value"),
            ..Breach::invalid(
                "temperature",
                "Unsupported value: 'temperature' does not support 0.2 with this model. Only the \
                 default (1) value is supported.",
            )
        });
    }
    let is_number = temperature
        .as_f64()
        .is_some_and(|value| (0.0..=2.0).contains(&value));
    if *temperature != Value::Null && !is_number {
        return Err(Breach::invalid("temperature", "Invalid 'temperature'."));
    }
    Ok(())
}

fn check_format(format: &Value) -> Result<Option<Vec<String>>, Breach> {
    if *format == Value::Null {
        return Ok(None);
    }
    let invalid = |message: &str| Breach::invalid("response_format", message);
    match format["type"].as_str() {
        Some("text" | "json_object") => return Ok(None),
        Some("json_schema") => {}
        _ => return Err(invalid("Invalid value for 'response_format.type'.")),
    }
    let named = &format["json_schema"];
    let name = named["name"].as_str().ok_or_else(|| {
        invalid("Missing required parameter: 'response_format.json_schema.name'.")
    })?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    if name.is_empty() || name.len() > 64 || !name.chars().all(is_name) {
        return Err(invalid("Invalid 'response_format.json_schema.name'."));
    }
    if named["strict"] != json!(true) {
        return Ok(None);
    }
    let checked = schema::check(&named["schema"]);
    checked.map(Some).map_err(|message| {
        let message = format!("Invalid schema for response_format '{name}': {message}");
        invalid(&message)
    })
}

pub(super) fn error(breach: &Breach) -> ResponseTemplate {
    ResponseTemplate::new(breach.status).set_body_json(json!({"error": {
        "message": breach.message,
        "type": breach.kind,
        "param": breach.parameter,
        "code": breach.code,
    }}))
}

pub(super) fn answer(body: &Value, written: &Written) -> ResponseTemplate {
    let (content, refusal, reason) = match written {
        Written::Content(text) | Written::Counted(_, text) => (Some(text.as_str()), None, "stop"),
        Written::CutOff(text) => (Some(text.as_str()), None, "length"),
        Written::Refused => (None, Some("I'm sorry, I can't assist with that."), "stop"),
        Written::Filtered => (Some(""), None, "content_filter"),
        Written::Ended(reason) => (Some("{}"), None, *reason),
        Written::Error(..) | Written::Raw(_) => unreachable!("answered before"),
    };
    let count = match written {
        Written::Counted(count, _) => *count,
        // Just over 4 characters are a token.
        _ => (body["messages"].to_string().len() / 4) as u64 | 5,
    };
    ResponseTemplate::new(200).set_body_json(json!({
        "id": "chatcmpl-B9MHDbslfkBeAs8l4bebGdFOJ6PeG",
        "object": "chat.completion",
        "created": 1_741_570_283,
        "model": format!("{}-2026-01-01", body["model"].as_str().unwrap_or_default()),
        "choices": [{
            "index": 0,
            "message": {
                "role": "assistant",
                "content": content,
                "refusal": refusal,
                "annotations": [],
            },
            "logprobs": null,
            "finish_reason": reason,
        }],
        "usage": {
            "prompt_tokens": count,
            "completion_tokens": 46,
            "total_tokens": count + 46,
            "prompt_tokens_details": {"cached_tokens": 0, "audio_tokens": 0},
            "completion_tokens_details": {
                "reasoning_tokens": 0,
                "audio_tokens": 0,
                "accepted_prediction_tokens": 0,
                "rejected_prediction_tokens": 0,
            },
        },
        "service_tier": "default",
        "system_fingerprint": "fp_fc9f1d7035",
    }))
}
