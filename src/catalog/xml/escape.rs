//! Text as XML wants it.

/// Whether XML 1.0 allows a character at all (production 2, `Char`).
pub(in crate::catalog) fn is_xml_char(c: char) -> bool {
    matches!(c,
        '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

/// Appends text as content on one line. A character that XML does not allow is written as
/// `unwritable` has it.
fn escape(text: &str, out: &mut String, unwritable: impl Fn(char, &mut String)) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A reader turns a bare one into a line feed, and ours would make two lines of one.
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            c if is_xml_char(c) => out.push(c),
            c => unwritable(c, out),
        }
    }
}

/// Appends text where XLIFF 2 allows `cp` for what XML does not allow.
pub(in crate::catalog) fn content(text: &str, out: &mut String) {
    escape(text, out, |c, out| {
        out.push_str(&format!("<cp hex=\"{:04X}\"/>", u32::from(c)));
    });
}

/// Appends text where nothing but text may stand: what XML does not allow becomes U+FFFD.
pub(in crate::catalog) fn text_only(text: &str, out: &mut String) {
    escape(text, out, |_, out| out.push('\u{fffd}'));
}

/// Appends ` name="value"`; what XML does not allow becomes U+FFFD.
pub(in crate::catalog) fn attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    for c in value.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            // A reader turns a bare one into a space.
            '\t' => out.push_str("&#9;"),
            c => text_only(c.encode_utf8(&mut [0; 4]), out),
        }
    }
    out.push('"');
}
