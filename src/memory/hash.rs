//! A hash that is the same in every version and on every machine, as what is stored needs it.

/// A number without a pattern (the golden ratio in 64 bits).
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// The hash of parts that can't run into each other.
///
/// Who can choose texts can make them collide: whatever is found by a hash is compared.
pub(super) fn hash_of(parts: &[&[u8]]) -> u64 {
    let mut hash = FACTOR;
    for part in parts {
        let (words, rest) = part.as_chunks::<8>();
        for word in words {
            hash = mixed(hash ^ u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        hash = mixed(hash ^ u64::from_le_bytes(last));
        // With its length, a part can't be taken for another that ends in zeros.
        hash = mixed(hash ^ part.len() as u64);
    }
    mixed(hash)
}

/// A step of `SplitMix64`, but for its last shift.
fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    (value ^ (value >> 27)).wrapping_mul(FACTOR)
}

#[cfg(test)]
mod tests {
    use super::hash_of;

    #[test]
    fn what_is_stored_is_found_by_later_versions() {
        let hashes = [
            hash_of(&[b"a"]),
            hash_of(&["Ein längerer Text".as_bytes(), b"de"]),
        ];
        assert_eq!(
            hashes,
            [1_691_644_393_052_593_525, 17_536_303_205_839_071_961]
        );
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(hash_of(&[b"ab", b"c"]), hash_of(&[b"a", b"bc"]));
        assert_ne!(hash_of(&[b"a"]), hash_of(&[b"a\0"]));
        assert_ne!(hash_of(&[b"", b""]), hash_of(&[b""]));
    }
}
