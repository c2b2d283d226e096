//! What Apertium does to text that has to be undone, as a program and as a service.

/// Characters without width that only say where a line may break. The engine takes them for the
/// end of a word, so they are not sent; the null character would end the segment.
pub(in crate::backend) fn is_invisible(c: char) -> bool {
    matches!(c, '\0' | '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a target language writes words in the middle of a sentence with a capital for their
/// kind, as German does its nouns.
pub(in crate::backend) fn has_capital_nouns(language: &str) -> bool {
    matches!(language, "de" | "lb" | "nds")
}

/// The first letter that `target` should have so that it begins in the case that `source` begins
/// in; nothing where it has it. The engine goes by what it takes for the begin of a sentence.
///
/// The letter has as many bytes as the one it replaces. `capital_nouns` keeps capitals.
pub(in crate::backend) fn first_letter(
    source: &str,
    target: &str,
    capital_nouns: bool,
) -> Option<String> {
    let wanted = source.chars().next()?;
    let first = target.chars().next()?;
    let word: String = target.chars().take_while(|c| c.is_alphanumeric()).collect();
    if source.contains(&word) {
        // A name, or what the engine does not know.
        return None;
    }
    let is_acronym = word.chars().skip(1).any(char::is_uppercase);
    let letter = if wanted.is_uppercase() && first.is_lowercase() {
        first.to_uppercase().to_string()
    } else if !capital_nouns && wanted.is_lowercase() && first.is_uppercase() && !is_acronym {
        first.to_lowercase().to_string()
    } else {
        return None;
    };
    (letter.len() == first.len_utf8()).then_some(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_begins_in_the_case_of_its_source() {
        assert_eq!(first_letter("red", "Rojo", false).as_deref(), Some("r"));
        assert_eq!(
            first_letter("They come", "vienen", false).as_deref(),
            Some("V")
        );
        assert_eq!(first_letter("house", "Haus", true), None);
        assert_eq!(first_letter("Apple and iPhone", "iPhone", false), None);
        assert_eq!(first_letter("the UN", "ONU", false), None);
        assert_eq!(first_letter("5 dogs", "5 perros", false), None);
    }
}
