//! Models in the form of Firefox's whose weights are computed, not learned: word by word by a
//! lexicon that the test supplies, an adjective and the noun behind it change places, and every
//! row of the alignment points at the word translated.
//!
//! The position encoding of the input is all that moves: the encoder shifts the position of an
//! adjective before a noun by one and that of the noun back, and the decoder looks up the word
//! whose position is that of the output.

mod container;
mod vocabulary;
mod weights;

use std::path::Path;

pub(crate) use container::{Item, container};
pub(crate) use vocabulary::{Piece, vocabulary};

/// What a model knows.
#[derive(Debug, Clone)]
pub(crate) struct Tiny {
    /// Words with their translations; `▁` for a space inside, nothing for a word that goes.
    pub(crate) words: Vec<(&'static str, &'static str)>,
    pub(crate) adjectives: Vec<&'static str>,
    pub(crate) nouns: Vec<&'static str>,
    /// Pieces without a space before them, with their translations.
    pub(crate) pieces: Vec<(&'static str, &'static str)>,
    /// What characters are normalised to.
    pub(crate) charsmap: Vec<(&'static str, &'static str)>,
    /// Whether characters without a piece go through as bytes.
    pub(crate) has_bytes: bool,
    /// How sharp rows are: 4000 gives a peak of 1.00, 20 of 0.98, 10 of 0.85.
    pub(crate) sharp: f32,
    pub(crate) is_int8: bool,
    /// Characters of other scripts that are pieces.
    pub(crate) characters: &'static str,
}

impl Default for Tiny {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            adjectives: Vec::new(),
            nouns: Vec::new(),
            pieces: Vec::new(),
            charsmap: Vec::new(),
            has_bytes: true,
            sharp: 4000.0,
            is_int8: false,
            characters: "",
        }
    }
}

/// English to a toy Spanish, adjectives behind their nouns.
pub(crate) fn english_spanish() -> Tiny {
    Tiny {
        words: vec![
            ("the", "la"),
            ("a", "una"),
            ("red", "roja"),
            ("big", "grande"),
            ("house", "casa"),
            ("door", "puerta"),
            ("is", "es"),
            ("and", "y"),
            ("of", "de"),
            ("because", "por▁que"),
            ("here", "aqui"),
            ("we", "nosotros"),
            ("see", "vemos"),
            ("really", ""),
        ],
        adjectives: vec!["red", "big"],
        nouns: vec!["house", "door"],
        ..Tiny::default()
    }
}

/// The other way round, word by word.
pub(crate) fn german_english() -> Tiny {
    Tiny {
        words: vec![
            ("das", "the"),
            ("ein", "a"),
            ("rote", "red"),
            ("haus", "house"),
            ("ist", "is"),
            ("hier", "here"),
        ],
        ..Tiny::default()
    }
}

/// The files of a model.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    pub(crate) model: Vec<u8>,
    pub(crate) vocab: Vec<u8>,
}

impl Tiny {
    pub(crate) fn build(&self) -> Files {
        let pieces = self.all_pieces();
        Files {
            model: container(&self.items(&pieces)),
            vocab: vocabulary(&pieces, &self.charsmap),
        }
    }

    /// The tensors of the model.
    pub(crate) fn items(&self, pieces: &[Piece]) -> Vec<Item> {
        weights::items(pieces, self.sharp, self.is_int8)
    }

    /// Writes the model into `<root>/<pair>`, named as Firefox names its files.
    pub(crate) fn install(&self, root: &Path, pair: &str) {
        let folder = root.join(pair);
        std::fs::create_dir_all(&folder).expect("a folder");
        let files = self.build();
        let short = pair.replace('-', "");
        let write = |name: String, bytes: &[u8]| {
            std::fs::write(folder.join(name), bytes).expect("a file");
        };
        write(format!("model.{short}.intgemm.alphas.bin"), &files.model);
        write(format!("vocab.{short}.spm"), &files.vocab);
    }
}
