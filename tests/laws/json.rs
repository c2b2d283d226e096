//! What must hold for any JSON. The fuzz targets run the same bodies.

use polypost::post::{
    Chunk, Json, JsonStyle, PostReader, Splice, decode_string, default_fields, find_fields,
};

/// Values nested deeper than this are not looked at one by one.
const MAX_DEPTH: usize = 32;

/// New text that every style has something to escape in.
const NEW: &str = "n\u{e9}w \"</p>\" \\ \u{1f600}\u{2028}\n";

/// Any text is refused, or its values are found where they stand; what is not changed keeps its
/// bytes, and what is changed reads as was meant.
pub(crate) fn values_stand_where_they_are_found(text: &str) {
    the_pieces_of_a_file_are_the_file(text);
    let Ok(json) = Json::parse(text) else { return };
    assert_eq!(&text[json.range()], json.raw());
    let style = JsonStyle::detect(text);
    walk(&json, text, style, 0);
    for field in find_fields(&json, &default_fields(), |text| text.contains('<')) {
        assert_eq!(&text[field.range.start - 1..field.range.start], "\"");
        assert!(text[field.range.end..].starts_with('"'));
    }
}

fn walk(json: &Json<'_>, text: &str, style: JsonStyle, depth: usize) {
    if json.is_string() {
        let content = &text[json.content_range()];
        match (decode_string(content), json.as_text()) {
            (Some(decoded), Some(meaning)) => {
                assert_eq!(decoded.text(), meaning);
                a_string_can_be_changed_anywhere(content, style.refined_by(content));
            }
            // A lone surrogate is no text.
            (None, None) => {}
            (ours, theirs) => panic!("{ours:?} is not {theirs:?} in {content:?}"),
        }
    }
    if depth == MAX_DEPTH {
        return;
    }
    let mut at = json.range().start;
    let members = json.members().into_iter().map(|(_, value)| value);
    for value in members.chain(json.elements()) {
        let range = value.range();
        assert!(at < range.start && range.end < json.range().end);
        assert_eq!(&text[range.clone()], value.raw());
        at = range.end;
        walk(&value, text, style, depth + 1);
    }
}

/// Laws 1 and 2 for the content of a string: nothing changes, or only what was to change.
fn a_string_can_be_changed_anywhere(content: &str, style: JsonStyle) {
    let decoded = decode_string(content).expect("it was decoded before");
    let text = decoded.text();
    let encode = |text: &str| style.encode(text);
    let mut whole = Splice::default();
    whole.push_source(0..text.len());
    assert!(decoded.lift(&whole, encode).is_identity(content.len()));

    let places: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    // The number of places that are tried is limited, for long strings.
    for at in places.iter().step_by(1 + places.len() / 16) {
        let mut splice = Splice::default();
        splice.push_source(0..*at);
        splice.push_new(NEW);
        splice.push_source(*at..text.len());
        let lifted = decoded.lift(&splice, encode);
        let raw = lifted.apply(content);
        assert_eq!(read(&raw), splice.apply(text), "spelled {raw:?}");
        let new = style.encode(NEW);
        assert_eq!(raw.replacen(&new, "", 1).len(), content.len());
    }
}

/// Any text can be written in any style, and is read again as it was.
pub(crate) fn what_is_written_is_read(text: &str, example: &str) {
    let style = JsonStyle::default().refined_by(example);
    for style in [style, style.for_script(), JsonStyle::default()] {
        let raw = style.encode(text);
        assert_eq!(read(&raw), text, "spelled {raw:?}");
        assert_eq!(
            decode_string(&raw).map(|decoded| decoded.text().to_owned()),
            Some(text.to_owned())
        );
    }
    assert!(!style.for_script().encode(text).contains('<'));
    // The content of a string, valid or not, is decoded or refused.
    let _ = decode_string(text);
}

/// The content of a string as other readers of JSON understand it.
fn read(raw: &str) -> String {
    serde_json::from_str(&format!("\"{raw}\"")).expect("a valid string")
}

fn the_pieces_of_a_file_are_the_file(text: &str) {
    let pieces: Result<Vec<Chunk>, _> = PostReader::new(text.as_bytes()).collect();
    let Ok(pieces) = pieces else { return };
    let joined: String = pieces
        .iter()
        .map(|piece| match piece {
            Chunk::Between(text) | Chunk::Post(text) => text.as_str(),
        })
        .collect();
    assert_eq!(joined, text);
}
