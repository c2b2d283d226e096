//! The laws, as property tests.

mod html;
mod json;
mod reply;
mod soup;

use polypost::html::Shape;
use proptest::prelude::*;

const SHAPES: [Shape; 2] = [Shape::Document, Shape::Fragment];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_rebuilt_byte_for_byte(text in "\\PC*|[<>/a-z &;=\"'!\\-\r\n\\[\\]\0]*") {
        for shape in SHAPES {
            html::rebuilding_the_source_gives_the_source(&text, shape);
            html::what_was_appended_can_be_taken_back(&text, shape);
        }
    }

    #[test]
    fn tag_soup_is_rebuilt_byte_for_byte(text in soup::tag_soup()) {
        for shape in SHAPES {
            html::rebuilding_the_source_gives_the_source(&text, shape);
            html::what_was_appended_can_be_taken_back(&text, shape);
        }
    }

    #[test]
    fn alternates_are_inserted_where_they_are_found(text in soup::head()) {
        for shape in SHAPES {
            html::what_is_inserted_is_found_and_nothing_else_changed(&text, shape);
        }
    }

    #[test]
    fn hostile_targets_stay_text(text in soup::article()) {
        for shape in SHAPES {
            html::hostile_text_stays_text(&text, shape);
        }
    }
    #[test]
    fn any_json_is_read_and_spliced_in_place(text in soup::json(), style in soup::json_string()) {
        json::values_stand_where_they_are_found(&text);
        json::what_is_written_is_read(&text, &style);
    }

    #[test]
    fn any_text_is_json_or_refused(text in "\\PC*|[\\[\\]{}\",:0-9a-z\\\\u ]*") {
        json::values_stand_where_they_are_found(&text);
        json::what_is_written_is_read(&text, &text);
    }

    #[test]
    fn any_reply_is_refused_or_keeps_the_codes(
        source in prop_oneof![soup::article(), soup::tag_soup()],
        reply in soup::reply(),
        program in prop::collection::vec(any::<u8>(), 0..24),
    ) {
        reply::codes_survive_any_reply(&source, &reply, &program);
    }
}

/// Inputs that fuzzing found once.
#[test]
fn found_inputs_are_rebuilt_byte_for_byte() {
    for text in [
        "<iframe srcdoc=b<p>I",
        "x\\u2060\u{41}",
        "<iframe srcdoc=a&amp;b>",
    ] {
        for shape in SHAPES {
            html::rebuilding_the_source_gives_the_source(text, shape);
            html::what_was_appended_can_be_taken_back(text, shape);
        }
    }
}
