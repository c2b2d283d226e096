//! A small memory of what was found out about names.

/// Slots; pages have few names, and they repeat all the time.
const SLOTS: usize = 256;
/// Longer names are not worth remembering.
const MAX_LEN: usize = 32;

/// Remembers the last value for each of some keys, and forgets when keys collide.
#[derive(Debug)]
pub(super) struct Memo<T> {
    slots: Vec<Option<(Box<str>, T)>>,
}

impl<T: Clone> Memo<T> {
    pub(super) fn new() -> Self {
        Self {
            slots: vec![None; SLOTS],
        }
    }

    /// The value of a key, from memory or from `make`.
    pub(super) fn get(&mut self, key: &str, make: impl FnOnce(&str) -> T) -> T {
        if key.len() > MAX_LEN {
            return make(key);
        }
        let slot = &mut self.slots[slot_of(key.as_bytes())];
        match slot {
            Some((known, value)) if **known == *key => value.clone(),
            _ => {
                let value = make(key);
                *slot = Some((key.into(), value.clone()));
                value
            }
        }
    }
}

/// Tells names apart (Fowler, Noll and Vo's hash, 1a).
fn slot_of(key: &[u8]) -> usize {
    let hash = key.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    // Its upper half is mixed better.
    (hash >> 16) as usize % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_and_never_given_to_another_key() {
        let mut memo = Memo::new();
        let mut made = 0;
        for key in ["p", "span", "p", "span", "p"] {
            assert_eq!(
                memo.get(key, |key| {
                    made += 1;
                    key.to_owned()
                }),
                key
            );
        }
        assert_eq!(made, 2);
        for number in 0..1000 {
            let key = format!("x-{number}");
            assert_eq!(memo.get(&key, str::to_owned), key);
        }
    }
}
