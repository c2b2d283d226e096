//! Laws 2 and 3 for articles: targets that look like markup are text.
#![no_main]

#[expect(dead_code, reason = "the bodies of all laws of HTML stand there")]
#[path = "../../tests/laws/html.rs"]
mod html;

use polypost::html::Shape;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let text = article(bytes);
    for shape in [Shape::Document, Shape::Fragment] {
        html::hostile_text_stays_text(&text, shape);
    }
});

const WORDS: [&str; 20] = [
    "word",
    "ein Wort",
    "Good. Then",
    "R&amp;D",
    "&#8212;",
    "&nbsp;",
    "a &lt; b",
    "1 < 2",
    "AT&T",
    "<br />",
    "<br><br>",
    "<img alt=\"a picture\" src=x>",
    "<img alt='it is' title=short>",
    "<code>let x;</code>",
    "<span translate=no>Name</span>",
    "<!-- note -->",
    "[gallery ids=\"1\"]",
    "https://example.org/?a=b&amp;c",
    "@anna",
    "\u{a0}\n",
];

const INLINE: [&str; 5] = ["b", "em", "a", "span", "sup"];

const BLOCKS: [[&str; 2]; 7] = [
    ["<p>", "</p>\n"],
    ["<h2 title=\"A title\">", "</h2>"],
    ["<ul><li>", "</li></ul>"],
    ["<table><tr><td>", "</td></tr></table>"],
    ["<div>", "</div>\r\n"],
    ["<blockquote><p>", "</p></blockquote>"],
    ["<pre>", "</pre>"],
];

/// An article in which every inline element is closed in its block, as the bytes say.
fn article(bytes: &[u8]) -> String {
    let mut out = String::new();
    let mut open: Vec<&str> = Vec::new();
    let mut end = "";
    for byte in bytes.iter().take(200) {
        let which = usize::from(byte >> 2);
        match byte & 3 {
            0 if which % 4 == 0 || end.is_empty() => {
                close(&mut open, &mut out);
                out.push_str(end);
                let block = BLOCKS[which % BLOCKS.len()];
                out.push_str(block[0]);
                end = block[1];
            }
            1 if open.len() < 6 => {
                let name = INLINE[which % INLINE.len()];
                // Formatting elements don't nest in themselves.
                if !open.contains(&name) {
                    open.push(name);
                    out.push_str(&format!("<{name}>"));
                }
            }
            2 => {
                if let Some(name) = open.pop() {
                    out.push_str(&format!("</{name}>"));
                }
            }
            _ => {
                out.push_str(WORDS[which % WORDS.len()]);
                if which >= 32 {
                    out.push(' ');
                }
            }
        }
    }
    close(&mut open, &mut out);
    out + end
}

fn close(open: &mut Vec<&str>, out: &mut String) {
    while let Some(name) = open.pop() {
        out.push_str(&format!("</{name}>"));
    }
}
