//! What the vendors accept as a JSON Schema.

use serde_json::Value;

/// Checks a schema against the rules that both vendors have for strict schemas, and gives the
/// keys of its outermost object.
pub(super) fn check(schema: &Value) -> Result<Vec<String>, String> {
    const KNOWN: [&str; 9] = [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "items",
        "enum",
        "const",
        "description",
        "anyOf",
    ];
    let object = schema.as_object().ok_or("a schema is an object")?;
    if let Some(key) = object.keys().find(|key| !KNOWN.contains(&key.as_str())) {
        return Err(format!("'{key}' is not permitted."));
    }
    let kind = schema["type"]
        .as_str()
        .ok_or("schema must have a 'type' key.")?;
    if kind != "object" {
        return Ok(Vec::new());
    }
    if schema["additionalProperties"] != Value::Bool(false) {
        return Err(
            "'additionalProperties' is required to be supplied and to be false.".to_owned(),
        );
    }
    let properties = schema["properties"].as_object().ok_or("no properties")?;
    if properties.len() > 5000 {
        return Err("too many properties".to_owned());
    }
    let mut keys: Vec<String> = properties.keys().cloned().collect();
    let mut required: Vec<String> = schema["required"]
        .as_array()
        .ok_or("'required' is required to be supplied")?
        .iter()
        .filter_map(|name| name.as_str().map(str::to_owned))
        .collect();
    keys.sort();
    required.sort();
    if keys != required {
        return Err("'required' has to include every key in properties.".to_owned());
    }
    for property in properties.values() {
        check(property)?;
    }
    Ok(keys)
}
