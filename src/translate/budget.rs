//! How many characters a run may send.

use std::sync::atomic::{AtomicU64, Ordering};

/// What is left of a number of characters.
#[derive(Debug)]
pub(super) struct Budget(AtomicU64);

impl Default for Budget {
    fn default() -> Self {
        Self::new(None)
    }
}

impl Budget {
    /// A budget of so many characters; none for as many as there are.
    pub(super) fn new(characters: Option<u64>) -> Self {
        Self(AtomicU64::new(characters.unwrap_or(u64::MAX)))
    }

    /// Takes so many characters. Where they are not left, nothing is left for anyone: what comes
    /// later in the run must not be preferred for being short.
    pub(super) fn take(&self, characters: usize) -> bool {
        let characters = characters as u64;
        let taken = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                (left != u64::MAX).then(|| left.saturating_sub(characters))
            });
        match taken {
            Ok(left) => left >= characters,
            Err(_unlimited) => true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn once_it_is_spent_nothing_is_left() {
        let budget = Budget::new(Some(10));
        assert!(budget.take(4));
        assert!(budget.take(6));
        assert!(budget.take(0));
        assert!(!budget.take(1));
        let budget = Budget::new(Some(10));
        assert!(!budget.take(11));
        assert!(!budget.take(1));
        assert!(Budget::new(None).take(usize::MAX));
    }
}
