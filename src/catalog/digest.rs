//! Digests: what tells a person's words from ours in a fresh clone.

use sha2::{Digest as _, Sha256};

use crate::unit::Fragment;

/// Bytes of a digest that are kept: enough to tell an edit, short enough for a line.
const LENGTH: usize = 8;

/// The digest of a text: 16 hexadecimal digits of its SHA-256.
pub fn digest_of_text(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// The digest of a target: 16 hexadecimal digits over its text and the places of its codes.
pub fn digest_of_target(target: &Fragment) -> String {
    let mut hash = Sha256::new();
    // The tagged form lacks the text of protected spans.
    hash.update(target.to_tagged().as_bytes());
    hash.update([0]);
    hash.update(target.text().as_bytes());
    hex(&hash.finalize())
}

fn hex(digest: &[u8]) -> String {
    let mut out = String::with_capacity(LENGTH * 2);
    for byte in digest.iter().take(LENGTH) {
        out.push_str(&format!("{byte:02x}"));
    }
    out
}
