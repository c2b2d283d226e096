//! Which variants may be similar to a segment: all that are, and few others.
//!
//! With D and W as in [`similarity`](crate::memory::similarity), a word of the segment that the
//! other one lacks costs 4 at least. As only words are put for words, marks and codes add what
//! they differ in number. From that follows, whichever of the two weighs more: a segment that is
//! similar by `t` percent lacks no more than `(100 − t) · W / 400` of the words, W being the
//! weight of the one that is looked up. So of any words, one more than that, it has at least one:
//! the lists of the rarest are enough. Only a text with many more marks and codes than words may
//! have to share none; such texts have a list of their own.

use rusqlite::Connection;

use crate::memory::measure::most_cost;
use crate::memory::tokens::{Tokens, WORD};

use super::postings::{ListKey, Posting, for_each, kept_weight, length};

/// With no more than so many candidates, no list is worth its reading.
const FEW: usize = 16;
/// So many bytes of a list are read in the time in which a candidate is looked at.
const BYTES_FOR_ONE: usize = 500;

/// A word of the segment, its list, and how often it stands in the segment.
struct Word {
    list: ListKey,
    count: u32,
    length: usize,
}

/// The variants up to the number `until` that may be similar by `threshold` percent (50 to 100),
/// in the order in which they were stored.
pub(super) fn candidates(
    connection: &Connection,
    direction: i64,
    tokens: &Tokens,
    threshold: u8,
    until: i64,
) -> rusqlite::Result<Vec<i64>> {
    let mut words = Vec::new();
    for (word, count) in tokens.words() {
        let list = ListKey::of_word(direction, word);
        let length = length(connection, list)?;
        words.push(Word {
            list,
            count,
            length,
        });
    }
    words.sort_by_key(|word| word.length);
    let search = Search {
        connection,
        lacking: most_cost(tokens.weight, threshold) / WORD,
        lightest: least_weight(tokens.weight, threshold),
        heaviest: most_weight(tokens.weight, threshold),
        until,
    };
    let all: u32 = words.iter().map(|word| word.count).sum();
    let light = (search.lacking >= all).then(|| ListKey::of_light(direction));
    let mut found = search.sharing_one(&words, light)?;
    if light.is_none() {
        search.sift(&words, &mut found)?;
    }
    Ok(found.into_iter().map(|one| one.variant).collect())
}

/// What weighs less can't be similar enough: the difference is the least cost.
fn least_weight(weight: u32, threshold: u8) -> u8 {
    let least = (u64::from(weight) * u64::from(threshold)).div_ceil(100);
    kept_weight(u32::try_from(least).unwrap_or(u32::MAX))
}

fn most_weight(weight: u32, threshold: u8) -> u8 {
    let most = u64::from(weight) * 100 / u64::from(threshold.max(1));
    kept_weight(u32::try_from(most).unwrap_or(u32::MAX))
}

/// A variant, and how many words of the segment it has, of those whose lists were read.
struct Candidate {
    variant: i64,
    shared: u32,
}

struct Search<'c> {
    connection: &'c Connection,
    /// How many words a similar segment may lack.
    lacking: u32,
    lightest: u8,
    heaviest: u8,
    until: i64,
}

impl Search<'_> {
    fn is_possible(&self, posting: Posting) -> bool {
        (self.lightest..=self.heaviest).contains(&posting.weight) && posting.variant <= self.until
    }

    /// The variants in the lists of the rarest words, so many that one of them must be shared; and
    /// in a list of texts with few words.
    fn sharing_one(
        &self,
        words: &[Word],
        light: Option<ListKey>,
    ) -> rusqlite::Result<Vec<Candidate>> {
        let mut found: Vec<(i64, u32)> = Vec::new();
        let mut add = |list, count| {
            for_each(self.connection, list, |posting| {
                if self.is_possible(posting) {
                    found.push((posting.variant, count));
                }
            })
        };
        for word in &words[..self.needed(words)] {
            add(word.list, word.count)?;
        }
        if let Some(light) = light {
            add(light, 0)?;
        }
        found.sort_unstable();
        let of_one = found.chunk_by(|one, other| one.0 == other.0);
        Ok(of_one
            .filter_map(|chunk| {
                Some(Candidate {
                    variant: chunk.first()?.0,
                    shared: chunk.iter().map(|(_, count)| count).sum(),
                })
            })
            .collect())
    }

    /// How many of the words are enough.
    fn needed(&self, words: &[Word]) -> usize {
        let mut count = 0;
        for (at, word) in words.iter().enumerate() {
            count += word.count;
            if count > self.lacking {
                return at + 1;
            }
        }
        words.len()
    }

    /// Drops what lacks too many words, as long as reading a list costs less than looking at what
    /// it may drop.
    fn sift(&self, words: &[Word], found: &mut Vec<Candidate>) -> rusqlite::Result<()> {
        let (read, rest) = words.split_at(self.needed(words));
        let mut seen: u32 = read.iter().map(|word| word.count).sum();
        found.retain(|one| one.shared + self.lacking >= seen);
        for word in rest {
            if found.len() <= FEW || word.length > found.len() * BYTES_FOR_ONE {
                break;
            }
            let mut at = 0;
            for_each(self.connection, word.list, |posting| {
                while found
                    .get(at)
                    .is_some_and(|one| one.variant < posting.variant)
                {
                    at += 1;
                }
                if let Some(one) = found.get_mut(at)
                    && one.variant == posting.variant
                {
                    one.shared += word.count;
                }
            })?;
            seen += word.count;
            found.retain(|one| one.shared + self.lacking >= seen);
        }
        Ok(())
    }
}
