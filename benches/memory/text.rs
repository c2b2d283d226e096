//! Sentences that nobody wrote, always the same.

use std::fmt::Write as _;

const WORDS: usize = 60_000;

/// Sentences by their numbers.
pub(crate) struct Texts {
    source: Vec<String>,
    target: Vec<String>,
    /// The share of all words up to each, by Zipf's law.
    shares: Vec<f64>,
    count: usize,
}

/// Numbers by chance, from a seed (`SplitMix64`).
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.roll() % limit
    }

    #[expect(clippy::cast_precision_loss, reason = "it is a number by chance")]
    fn share(&mut self) -> f64 {
        (self.roll() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

impl Texts {
    pub(crate) fn new(count: usize) -> Self {
        let mut dice = Dice(1);
        let mut sum = 0.0;
        let shares = (1..=WORDS).map(|rank| {
            #[expect(clippy::cast_precision_loss, reason = "a rank is a small number")]
            let rank = rank as f64;
            sum += 1.0 / rank;
            sum
        });
        let mut shares: Vec<f64> = shares.collect();
        for share in &mut shares {
            *share /= sum;
        }
        // Frequent words are short.
        let length = |rank: usize| 1 + (rank + 1).ilog2() as usize / 4;
        let mut words = |sounds: &[&str]| -> Vec<String> {
            let word = |rank| -> String {
                let syllables = length(rank) + usize::from(dice.below(3) == 0);
                let syllable =
                    |_| sounds[usize::try_from(dice.below(sounds.len() as u64)).expect("small")];
                (0..syllables).map(syllable).collect()
            };
            (0..WORDS).map(word).collect()
        };
        Self {
            source: words(&[
                "the", "an", "ing", "re", "con", "st", "al", "o", "ver", "ment", "in", "to", "er",
                "pro", "s", "li", "ca", "tion", "de", "wo",
            ]),
            target: words(&[
                "der", "un", "ge", "ver", "ein", "ten", "sch", "aus", "lich", "keit", "be",
                "stand", "ung", "ü", "ber", "wer", "den", "zu", "los", "haft",
            ]),
            shares,
            count,
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }

    /// The words of a sentence, by their ranks.
    fn ranks(&self, at: usize) -> (Vec<usize>, Dice) {
        let mut dice = Dice(at as u64 ^ 0x5eed_0000_0000_0000);
        // From 3 to 40 words, mostly about 14.
        let length = 3 + (0..4).map(|_| dice.below(8)).sum::<u64>() + dice.below(3) * dice.below(4);
        let rank = |_| {
            let share = dice.share();
            self.shares
                .partition_point(|one| *one < share)
                .min(WORDS - 1)
        };
        ((0..length).map(rank).collect(), dice)
    }

    pub(crate) fn pair(&self, at: usize) -> (String, String) {
        let (ranks, _) = self.ranks(at);
        (shown(&ranks, &self.source), shown(&ranks, &self.target))
    }

    /// A source with one in so many words changed, left out or doubled.
    pub(crate) fn changed(&self, at: usize, one_in: u64) -> String {
        let (mut ranks, mut dice) = self.ranks(at);
        let changes = (ranks.len() as u64).div_ceil(one_in);
        for _ in 0..changes {
            let place = usize::try_from(dice.below(ranks.len() as u64)).expect("small");
            match dice.below(4) {
                0 if ranks.len() > 3 => drop(ranks.remove(place)),
                1 => ranks.insert(place, ranks[place]),
                _ => {
                    let share = dice.share();
                    ranks[place] = self
                        .shares
                        .partition_point(|one| *one < share)
                        .min(WORDS - 1);
                }
            }
        }
        shown(&ranks, &self.source)
    }
}

fn shown(ranks: &[usize], words: &[String]) -> String {
    let mut text = String::new();
    for (at, rank) in ranks.iter().enumerate() {
        let word = &words[*rank];
        let mark = if at % 7 == 6 { "," } else { "" };
        if at == 0 {
            let mut letters = word.chars();
            text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
            text.push_str(letters.as_str());
        } else {
            write!(text, "{mark} {word}").expect("written to memory");
        }
    }
    text.push('.');
    text
}
