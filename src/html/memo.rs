//! A small memory of what was found out about names.

/// Slots; a page has few names, and they repeat all the time.
const SLOTS: usize = 64;

/// Remembers the last value for each of some keys, and forgets when keys collide.
#[derive(Debug)]
pub(super) struct Memo<T> {
    slots: Vec<Option<(Box<[u8]>, T)>>,
}

impl<T: Clone> Memo<T> {
    pub(super) fn new() -> Self {
        Self {
            slots: vec![None; SLOTS],
        }
    }

    /// The value of a key, from memory or from `make`.
    pub(super) fn get(&mut self, key: &[u8], make: impl FnOnce(&str) -> T) -> T {
        let slot = &mut self.slots[slot_of(key)];
        match slot {
            Some((known, value)) if **known == *key => value.clone(),
            _ => {
                let value = make(&String::from_utf8_lossy(key));
                *slot = Some((key.into(), value.clone()));
                value
            }
        }
    }
}

/// Tells names of HTML apart by their length and three of their letters.
fn slot_of(key: &[u8]) -> usize {
    let at = |index: usize| usize::from(key.get(index).copied().unwrap_or_default());
    let last = at(key.len().wrapping_sub(1));
    (key.len() ^ (at(0) << 1) ^ (at(key.len() / 2) << 2) ^ (last << 3)) % SLOTS
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
                memo.get(key.as_bytes(), |key| {
                    made += 1;
                    key.to_owned()
                }),
                key
            );
        }
        assert_eq!(made, 2);
        for number in 0..1000 {
            let key = format!("x-{number}");
            assert_eq!(memo.get(key.as_bytes(), str::to_owned), key);
        }
    }
}
