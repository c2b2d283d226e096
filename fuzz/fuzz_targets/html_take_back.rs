//! Laws 1 and 2 for any text: what every segment gained can be taken back.
#![no_main]

#[expect(dead_code, reason = "the bodies of all laws of HTML stand there")]
#[path = "../../tests/laws/html.rs"]
mod html;

use polypost::html::Shape;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for shape in [Shape::Document, Shape::Fragment] {
        html::what_was_appended_can_be_taken_back(text, shape);
    }
});
