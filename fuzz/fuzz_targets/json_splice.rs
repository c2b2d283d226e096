//! Law 1 for JSON: values are found where they stand and changed in place.
#![no_main]

#[path = "../../tests/laws/json.rs"]
mod json;

libfuzzer_sys::fuzz_target!(|text: &str| {
    json::values_stand_where_they_are_found(text);
    let (text, example) = text.split_at(text.floor_char_boundary(text.len() / 2));
    json::what_is_written_is_read(text, example);
});
