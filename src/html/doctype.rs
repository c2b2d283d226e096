//! What a document type declaration says.

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::Doctype;

/// Reads a declaration, `<!DOCTYPE` to `>`, as the HTML standard does (13.2.5.53 on).
pub(super) fn read(raw: &str) -> Doctype {
    let is_whole = raw.ends_with('>');
    let text = raw
        .get("<!doctype".len()..)
        .unwrap_or_default()
        .trim_end_matches('>')
        .trim_start_matches(is_space);
    let (name, rest) = text.split_at(text.find(is_space).unwrap_or(text.len()));
    let mut doctype = Doctype {
        name: (!name.is_empty()).then(|| tendril(&name.to_ascii_lowercase())),
        public_id: None,
        system_id: None,
        force_quirks: name.is_empty(),
    };
    let rest = rest.trim_start_matches(is_space);
    let mut excess = "";
    if let Some(rest) = after_keyword(rest, "public") {
        let (public, rest, is_sound) = identifier(rest);
        doctype.public_id = public;
        doctype.force_quirks |= !is_sound;
        if is_sound && !rest.is_empty() {
            excess = system(rest, &mut doctype);
        }
    } else if let Some(rest) = after_keyword(rest, "system") {
        excess = system(rest, &mut doctype);
    } else if !rest.is_empty() {
        doctype.force_quirks = true;
    }
    // Where something is too much, nobody cares any more how it ends.
    doctype.force_quirks |= !is_whole && excess.is_empty();
    doctype
}

/// Reads a system identifier and gives what follows it.
fn system<'a>(text: &'a str, doctype: &mut Doctype) -> &'a str {
    let (system, rest, is_sound) = identifier(text);
    doctype.system_id = system;
    doctype.force_quirks |= !is_sound;
    if is_sound { rest } else { "" }
}

fn after_keyword<'a>(text: &'a str, keyword: &str) -> Option<&'a str> {
    let start = text.get(..keyword.len())?;
    start
        .eq_ignore_ascii_case(keyword)
        .then(|| text[keyword.len()..].trim_start_matches(is_space))
}

/// Reads an identifier in quotes: what it is, what follows, and whether both quotes are there.
fn identifier(text: &str) -> (Option<StrTendril>, &str, bool) {
    let Some(quote) = text.chars().next().filter(|c| matches!(c, '"' | '\'')) else {
        return (None, text, false);
    };
    let inner = &text[1..];
    match inner.split_once(quote) {
        Some((identifier, rest)) => (
            Some(tendril(identifier)),
            rest.trim_start_matches(is_space),
            true,
        ),
        None => (Some(tendril(inner)), "", false),
    }
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c')
}

fn tendril(text: &str) -> StrTendril {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    StrTendril::from_slice(&text.replace('\0', "\u{fffd}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, public and system identifier, `-` for what is missing; and whether quirks are forced.
    fn parts(raw: &str) -> (String, bool) {
        let doctype = read(raw);
        let text = |part: &Option<StrTendril>| part.as_deref().unwrap_or("-").to_owned();
        let parts = [&doctype.name, &doctype.public_id, &doctype.system_id].map(text);
        (parts.join("|"), doctype.force_quirks)
    }

    #[test]
    fn names_and_identifiers_are_read() {
        for (raw, expected) in [
            ("<!doctype html>", "html|-|-"),
            (
                "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" 'a.dtd'>",
                "html|-//W3C//DTD HTML 4.01//EN|a.dtd",
            ),
            (
                "<!doctype html system 'about:legacy-compat'>",
                "html|-|about:legacy-compat",
            ),
        ] {
            assert_eq!(parts(raw), (expected.to_owned(), false), "{raw}");
        }
    }

    #[test]
    fn what_is_broken_forces_quirks() {
        for raw in [
            "<!doctype>",
            "<!doctype html",
            "<!doctype html bogus>",
            "<!doctype html public>",
            "<!doctype html public \"a>",
            "<!doctype html system>",
        ] {
            assert!(parts(raw).1, "{raw}");
        }
    }
}
