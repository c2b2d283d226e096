//! Law 1 for any text: rebuilding the source gives the source.
#![no_main]

#[expect(dead_code, reason = "the bodies of all laws of HTML stand there")]
#[path = "../../tests/laws/html.rs"]
mod html;

use polypost::html::Shape;

libfuzzer_sys::fuzz_target!(|text: &str| {
    for shape in [Shape::Document, Shape::Fragment] {
        html::rebuilding_the_source_gives_the_source(text, shape);
    }
});
