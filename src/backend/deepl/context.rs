//! The running text that goes with a request. `DeepL` reads it and does not translate it.

use super::super::Request;
use super::super::service::json_len;

/// Longest context of a request, in bytes of JSON. It is free, and not translated.
pub(super) const LONGEST_CONTEXT: usize = 16 << 10;

/// The running text that the requests are from. One context serves all texts of a request, so it
/// is that of all of them, in the order of the post.
pub(super) fn context(requests: &[&Request]) -> Option<String> {
    let mut pieces: Vec<&str> = Vec::new();
    let mut len = 0;
    for request in requests {
        let own = request.source.text();
        let around = if request.context.is_empty() {
            [request.before.as_str(), own, request.after.as_str()]
        } else {
            ["", request.context.as_str(), ""]
        };
        for piece in around {
            let is_known = pieces.iter().rev().take(3).any(|known| *known == piece);
            if piece.is_empty() || is_known {
                continue;
            }
            len += json_len(piece) + 1;
            if len > LONGEST_CONTEXT {
                return joined(&pieces, requests);
            }
            pieces.push(piece);
        }
    }
    joined(&pieces, requests)
}

/// None where the context would tell nothing new.
fn joined(pieces: &[&str], requests: &[&Request]) -> Option<String> {
    match (pieces, requests) {
        ([], _) => None,
        ([piece], [request]) if *piece == request.source.text() => None,
        _ => Some(pieces.join("\n")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::unit::Fragment;

    fn request(text: &str, [context, before, after]: [&str; 3]) -> Request {
        Request {
            source: Fragment::plain(text),
            context: context.to_owned(),
            before: before.to_owned(),
            after: after.to_owned(),
            ..Request::default()
        }
    }

    fn context_of(requests: &[Request]) -> Option<String> {
        context(&requests.iter().collect::<Vec<_>>())
    }

    #[test]
    fn the_context_is_the_running_text_without_repetitions() {
        let requests = [
            request("Title", ["", "", "One. Two."]),
            request("One.", ["One. Two.", "Title", "Two."]),
            request("Two.", ["One. Two.", "One.", "End"]),
            request("End", ["", "Two.", ""]),
        ];
        let context = context_of(&requests).expect("a context");
        assert_eq!(context, "Title\nOne. Two.\nTwo.\nEnd");
        assert_eq!(context_of(&[request("Alone", [""; 3])]), None);
        assert_eq!(context_of(&[]), None);
    }

    #[test]
    fn the_context_is_bounded() {
        let long = "x".repeat(LONGEST_CONTEXT - 100);
        let requests = [request(&long, [""; 3]), request(&"y".repeat(200), [""; 3])];
        assert_eq!(context_of(&requests), Some(long));
    }
}
