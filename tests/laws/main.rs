//! The laws, as property tests.

mod html;
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
    fn hostile_targets_stay_text(text in soup::article()) {
        for shape in SHAPES {
            html::hostile_text_stays_text(&text, shape);
        }
    }
}
