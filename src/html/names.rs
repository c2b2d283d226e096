//! What the elements of HTML do to running text.

use html5ever::{LocalName, local_name};

/// How an element behaves in the flow of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    /// Flows with the text: its tags are codes.
    Inline,
    /// Flows with the text and has no content: `<img>`, `<wbr>`.
    Void,
    /// A line break; two in a row end a unit.
    Break,
    /// Ends the unit before it and begins a new one.
    Block,
    /// Stands in a sentence like a picture, while its content is text of its own: `<button>`.
    Nested,
    /// Stands in a sentence, and its content is never text for people: `<script>`.
    Hidden,
    /// Stands in a sentence and is shown, but is not in any language: `<math>`.
    Formula,
}

/// The class of an element by its local name, in any namespace.
///
/// Blocks are those that the rendering section of the HTML standard displays as such; elements
/// that nobody defined are inline, as they are in CSS.
pub(super) fn class_of(name: &LocalName) -> Class {
    match *name {
        local_name!("br") => Class::Break,
        local_name!("img")
        | local_name!("input")
        | local_name!("wbr")
        | local_name!("embed")
        | local_name!("area")
        | local_name!("source")
        | local_name!("track")
        | local_name!("param")
        | local_name!("base")
        | local_name!("link")
        | local_name!("meta")
        | local_name!("keygen")
        | local_name!("bgsound") => Class::Void,
        local_name!("script") | local_name!("style") => Class::Hidden,
        local_name!("math") => Class::Formula,
        local_name!("button")
        | local_name!("select")
        | local_name!("textarea")
        | local_name!("object")
        | local_name!("video")
        | local_name!("audio")
        | local_name!("canvas")
        | local_name!("iframe")
        | local_name!("svg")
        | local_name!("noscript")
        | local_name!("template")
        | local_name!("datalist")
        | local_name!("meter")
        | local_name!("progress")
        | local_name!("marquee")
        | local_name!("applet") => Class::Nested,
        local_name!("address")
        | local_name!("article")
        | local_name!("aside")
        | local_name!("blockquote")
        | local_name!("body")
        | local_name!("caption")
        | local_name!("center")
        | local_name!("col")
        | local_name!("colgroup")
        | local_name!("dd")
        | local_name!("details")
        | local_name!("dialog")
        | local_name!("dir")
        | local_name!("div")
        | local_name!("dl")
        | local_name!("dt")
        | local_name!("fieldset")
        | local_name!("figcaption")
        | local_name!("figure")
        | local_name!("footer")
        | local_name!("form")
        | local_name!("frame")
        | local_name!("frameset")
        | local_name!("h1")
        | local_name!("h2")
        | local_name!("h3")
        | local_name!("h4")
        | local_name!("h5")
        | local_name!("h6")
        | local_name!("head")
        | local_name!("header")
        | local_name!("hgroup")
        | local_name!("hr")
        | local_name!("html")
        | local_name!("legend")
        | local_name!("li")
        | local_name!("listing")
        | local_name!("main")
        | local_name!("menu")
        | local_name!("nav")
        | local_name!("noembed")
        | local_name!("noframes")
        | local_name!("ol")
        | local_name!("optgroup")
        | local_name!("option")
        | local_name!("p")
        | local_name!("plaintext")
        | local_name!("pre")
        | local_name!("search")
        | local_name!("section")
        | local_name!("summary")
        | local_name!("table")
        | local_name!("tbody")
        | local_name!("td")
        | local_name!("tfoot")
        | local_name!("th")
        | local_name!("thead")
        | local_name!("title")
        // Of SVG; nothing else has elements of these names.
        | local_name!("text")
        | local_name!("desc")
        | local_name!("tr")
        | local_name!("ul")
        | local_name!("xmp") => Class::Block,
        _ => Class::Inline,
    }
}

/// Whether the element holds text that is not in a human language: program code and its likes.
pub(super) fn is_code_like(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("code") | local_name!("kbd") | local_name!("samp") | local_name!("var")
    )
}

/// Whether white space in the element is shown as it stands.
pub(super) fn preserves_space(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("pre") | local_name!("textarea") | local_name!("listing")
    )
}
