//! How services explain an error.

use serde_json::Value;

/// What an answer with an error says, each part empty where it is not said.
///
/// The vendors' form is `{"error": {"message", "type", "code", "param"}}`; other servers leave the
/// outer object out, say `detail`, or give a number as code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::backend) struct Problem {
    pub(in crate::backend) message: String,
    pub(in crate::backend) kind: String,
    pub(in crate::backend) code: String,
    pub(in crate::backend) parameter: String,
}

impl Problem {
    /// Reads the body of an answer; nothing where it is no explanation.
    pub(in crate::backend) fn read(body: &[u8]) -> Self {
        let Ok(value) = serde_json::from_slice::<Value>(body) else {
            return Self::default();
        };
        let error = match value.get("error") {
            Some(error) => error,
            None => &value,
        };
        if let Value::String(message) = error {
            return Self {
                message: message.clone(),
                ..Self::default()
            };
        }
        let part = |key: &str| match error.get(key) {
            Some(Value::String(text)) => text.clone(),
            Some(Value::Number(number)) => number.to_string(),
            _ => String::new(),
        };
        let message = [part("message"), part("detail")];
        Self {
            message: message
                .into_iter()
                .find(|text| !text.is_empty())
                .unwrap_or_default(),
            kind: part("type"),
            code: part("code"),
            parameter: part("param"),
        }
    }

    /// Whether an answer of status 200 is an error all the same, as gateways send them.
    pub(in crate::backend) fn is_in(body: &[u8]) -> bool {
        serde_json::from_slice::<Value>(body)
            .is_ok_and(|value| value.get("error").is_some_and(|error| !error.is_null()))
    }

    /// Whether the text does not fit into what the model can read at once.
    pub(in crate::backend) fn is_length(&self) -> bool {
        const CODES: [&str; 2] = ["context_length_exceeded", "exceed_context_size_error"];
        const WORDS: [&str; 8] = [
            "context length",
            "context size",
            "context window",
            "context limit",
            "maximum context",
            "prompt is too long",
            "input is too long",
            "request too large",
        ];
        CODES.contains(&self.code.as_str())
            || CODES.contains(&self.kind.as_str())
            || self.says(&WORDS)
    }

    /// Whether the message has one of some words, given in lower case.
    pub(in crate::backend) fn says(&self, words: &[&str]) -> bool {
        let message = self.message.to_lowercase();
        words.iter().any(|word| message.contains(word))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_an_explanation_is_read() {
        for body in [
            r#"{"error": {"message": "no", "type": "t", "code": "c", "param": null}}"#,
            r#"{"type": "error", "error": {"message": "no", "type": "t", "code": "c"}}"#,
            r#"{"object": "error", "message": "no", "type": "t", "code": "c"}"#,
        ] {
            let problem = Problem::read(body.as_bytes());
            let found = [&*problem.message, &problem.kind, &problem.code];
            assert_eq!(found, ["no", "t", "c"], "{body}");
        }
        for (body, message) in [
            (r#"{"error": "no"}"#, "no"),
            (r#"{"detail": "Not Found"}"#, "Not Found"),
            ("<html>", ""),
            ("[1]", ""),
        ] {
            assert_eq!(Problem::read(body.as_bytes()).message, message);
        }
        let numbered = br#"{"error": {"code": 400, "message": "x"}}"#;
        assert_eq!(Problem::read(numbered).code, "400");
    }
}
