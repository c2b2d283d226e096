//! What a translation may cost.

use super::OptionsByBackend;

/// Rough prices of a million characters without discounts and free shares, not read off a price
/// list: in euros for DeepL, in US dollars for the others. Language models are paid by tokens.
const ASSUMED: [(&str, f64); 3] = [("deepl", 20.0), ("google", 20.0), ("azure", 10.0)];

/// Backends that cost nothing but time.
const FREE: [&str; 4] = ["apertium", "local", "pseudo", "identity"];

/// The price of a million characters with a backend: the one of its settings, else a rough one;
/// none where nobody knows.
pub fn price_of(backend: &str, options: &OptionsByBackend) -> Option<f64> {
    let own = options.get(backend).and_then(|options| options.price);
    own.or_else(|| {
        let assumed = ASSUMED.iter().find(|(name, _)| *name == backend);
        assumed
            .map(|(_, price)| *price)
            .or_else(|| FREE.contains(&backend).then_some(0.0))
    })
}

#[cfg(test)]
mod tests {
    use crate::backend::Options;

    use super::*;

    #[test]
    fn a_price_of_ones_own_comes_first() {
        let mut options = OptionsByBackend::new();
        assert_eq!(price_of("deepl", &options), Some(20.0));
        assert_eq!(price_of("pseudo", &options), Some(0.0));
        assert_eq!(price_of("openai", &options), None);
        let own = Options {
            price: Some(1.5),
            ..Options::default()
        };
        options.insert("deepl".to_owned(), own);
        assert_eq!(price_of("deepl", &options), Some(1.5));
    }
}
