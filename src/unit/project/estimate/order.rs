//! The order in which a translation is likely to have the words of its source.

use super::word::Word;

/// The indices of `words` in the order that `language` is likely to have.
pub(super) fn expected_order(words: &[Word], _language: &str) -> Vec<usize> {
    (0..words.len()).collect()
}
