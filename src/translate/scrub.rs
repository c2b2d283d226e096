//! What a service says of an error, without the text that was sent to it.

use crate::backend::Request;

/// So many characters of a text in a row are a quotation of it.
const QUOTATION: usize = 16;
/// Shorter texts are found as a whole, unless they could be a part of any sentence.
const SHORTEST: usize = 4;

/// `detail` with `…` for whatever it quotes of the requests.
pub(super) fn without_texts(detail: &str, requests: &[Request]) -> String {
    let mut is_quoted = vec![false; detail.len()];
    let texts = requests.iter().flat_map(|request| {
        let around = [&request.context, &request.before, &request.after];
        std::iter::once(request.source.text()).chain(around.map(String::as_str))
    });
    for text in texts {
        let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
        let len = places.len().min(QUOTATION);
        if len < SHORTEST || text.trim().chars().count() < SHORTEST {
            continue;
        }
        mark_quotations(detail, text, len, &mut is_quoted);
    }
    let mut out = String::new();
    let mut was_quoted = false;
    for (at, c) in detail.char_indices() {
        match (is_quoted[at], was_quoted) {
            (false, _) => out.push(c),
            (true, false) => out.push('…'),
            (true, true) => {}
        }
        was_quoted = is_quoted[at];
    }
    out
}

/// Marks what `detail` has in common with `text` where that is `len` characters or more.
fn mark_quotations(detail: &str, text: &str, len: usize, is_quoted: &mut [bool]) {
    let ends = detail
        .char_indices()
        .map(|(at, _)| at)
        .chain(std::iter::once(detail.len()))
        .skip(len);
    for ((start, _), end) in detail.char_indices().zip(ends) {
        if memchr::memmem::find(text.as_bytes(), &detail.as_bytes()[start..end]).is_some() {
            is_quoted[start..end].fill(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::unit::Fragment;

    use super::*;

    fn scrubbed(detail: &str, texts: &[&str]) -> String {
        let requests: Vec<_> = texts
            .iter()
            .map(|text| Request {
                source: Fragment::plain(*text),
                ..Request::default()
            })
            .collect();
        without_texts(detail, &requests)
    }

    #[test]
    fn quotations_of_the_text_are_left_out() {
        let text = "The harbour office has repaired the smallest lighthouse on the coast.";
        for (detail, expected) in [
            ("too long", "too long"),
            (
                "too long: \"The harbour office has repaired the\" is",
                "too long: \"…\" is",
            ),
            (
                "harbour office is not a model",
                "harbour office is not a model",
            ),
            ("bad text 'Salt'.", "bad text '…'."),
            ("Ärger mit „Größe ÄÖÜ ÄÖÜ ÄÖÜ“", "Ärger mit „…“"),
        ] {
            let found = scrubbed(detail, &[text, "Salt", "Größe ÄÖÜ ÄÖÜ ÄÖÜ", "a"]);
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn quotations_of_what_stands_around_are_left_out() {
        let request = Request {
            source: Fragment::plain("It is old."),
            before: "The unannounced merger of two firms.".to_owned(),
            ..Request::default()
        };
        let found = without_texts("no: unannounced merger of two", &[request]);
        assert_eq!(found, "no:…");
    }
}
