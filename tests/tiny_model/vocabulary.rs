//! `SentencePiece` vocabularies.

use std::collections::BTreeMap;

use super::Tiny;

const SPACE: &str = "▁";

/// A piece, and what it is translated to.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) score: f32,
    /// 1 normal, 2 unknown, 3 control, 6 byte.
    pub(crate) kind: u64,
    /// Index of the piece that it is translated to.
    pub(crate) becomes: usize,
    pub(crate) is_adjective: bool,
    pub(crate) is_noun: bool,
}

fn capitalised(word: &str) -> String {
    let mut rest = word.chars();
    let first = rest.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(rest).collect()
}

impl Tiny {
    /// Every piece, with `</s>` and `<unk>` first.
    pub(crate) fn all_pieces(&self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        let mut places: BTreeMap<String, usize> = BTreeMap::new();
        let mut add = |text: &str, score: f32, kind: u64| {
            *places.entry(text.to_owned()).or_insert_with(|| {
                pieces.push(Piece {
                    text: text.to_owned(),
                    score,
                    kind,
                    becomes: pieces.len(),
                    is_adjective: false,
                    is_noun: false,
                });
                pieces.len() - 1
            })
        };
        add("</s>", 0.0, 3);
        add("<unk>", 0.0, 2);
        let nothing = add("<nothing>", 0.0, 3);
        if self.has_bytes {
            for byte in 0..=255 {
                add(&format!("<0x{byte:02X}>"), 0.0, 6);
            }
        }
        add(SPACE, -8.0, 1);
        for c in ('!'..='~').chain(self.characters.chars()) {
            add(&c.to_string(), -8.0, 1);
        }
        let mut translations = Vec::new();
        for (word, translation) in &self.words {
            let to_upper: fn(&str) -> String = capitalised;
            for case in [to_upper, |word: &str| word.to_owned()] {
                let from = add(&format!("{SPACE}{}", case(word)), -5.0, 1);
                let to = if translation.is_empty() {
                    nothing
                } else {
                    add(&format!("{SPACE}{}", case(translation)), -5.0, 1)
                };
                translations.push((from, to, *word));
            }
        }
        for (piece, translation) in &self.pieces {
            let from = add(piece, -5.0, 1);
            let to = add(translation, -5.0, 1);
            translations.push((from, to, ""));
        }
        for (from, to, word) in translations {
            pieces[from].becomes = to;
            pieces[from].is_adjective = self.adjectives.contains(&word);
            pieces[from].is_noun = self.nouns.contains(&word);
        }
        pieces
    }
}

fn varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value.to_le_bytes()[0] | 0x80);
        value >>= 7;
    }
    out.push(value.to_le_bytes()[0]);
}

/// A field of bytes.
fn field(number: u64, bytes: &[u8], out: &mut Vec<u8>) {
    varint(number << 3 | 2, out);
    varint(bytes.len() as u64, out);
    out.extend(bytes);
}

/// The file of a vocabulary.
pub(crate) fn vocabulary(pieces: &[Piece], charsmap: &[(&str, &str)]) -> Vec<u8> {
    let mut out = Vec::new();
    for piece in pieces {
        let mut message = Vec::new();
        field(1, piece.text.as_bytes(), &mut message);
        varint(2 << 3 | 5, &mut message);
        message.extend(piece.score.to_le_bytes());
        varint(3 << 3, &mut message);
        varint(piece.kind, &mut message);
        field(1, &message, &mut out);
    }
    if !charsmap.is_empty() {
        let mut spec = Vec::new();
        field(2, &compiled(charsmap), &mut spec);
        field(3, &spec, &mut out);
    }
    out
}

/// A map of characters as a double array, one block of 256 units for each node.
fn compiled(rules: &[(&str, &str)]) -> Vec<u8> {
    let mut units = vec![0_u32; 512];
    units[0] = 256 << 10;
    let mut texts = Vec::new();
    for (from, to) in rules {
        let mut base = 256;
        for byte in from.bytes() {
            let place = base ^ usize::from(byte);
            if units[place] == 0 {
                let block = units.len();
                units.resize(block + 256, 0);
                let offset = u32::try_from(place ^ block).expect("small");
                units[place] = offset << 10 | u32::from(byte);
            }
            base = place ^ (units[place] >> 10) as usize;
        }
        // The node has an end: the flag is on the unit that leads to it.
        let mut base = 256;
        let mut place = 0;
        for byte in from.bytes() {
            place = base ^ usize::from(byte);
            base = place ^ (units[place] >> 10) as usize;
        }
        units[place] |= 1 << 8;
        units[base] = 1 << 31 | u32::try_from(texts.len()).expect("small");
        texts.extend(to.bytes());
        texts.push(0);
    }
    let mut out = u32::try_from(units.len() * 4)
        .expect("small")
        .to_le_bytes()
        .to_vec();
    out.extend(units.iter().flat_map(|unit| unit.to_le_bytes()));
    out.extend(texts);
    out
}
