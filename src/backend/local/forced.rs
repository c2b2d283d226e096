//! Runs a model over a translation that is given (teacher forcing): at every token the model is
//! told what stands before it in the translation, whatever it would have put there itself, and
//! tells what of the source it looks at and how much it expected that token.
//!
//! The engine does this only for what it puts out itself, a token at a time. Here all tokens are
//! known, so that they go through a layer together; in every other respect the arithmetic is the
//! engine's, in its order, so that its own output gives its own alignment.

use std::ops::Range;

use fxtranslate::ops;
use fxtranslate::spm::SpmVocab;
use fxtranslate::weights::{Config, Weights};

use super::links::origins;
use super::normal::Normaliser;

/// What the engine keeps layer norms from dividing by.
const EPSILON: f32 = 1e-6;
/// How many tokens are compared with the whole vocabulary at a time.
const PROJECTED: usize = 16;

/// One of the two languages of a model.
pub(super) struct Side {
    pub(super) vocabulary: SpmVocab,
    pub(super) normaliser: Normaliser,
}

/// A text as tokens, its end included.
pub(super) struct Tokens {
    pub(super) ids: Vec<u32>,
    /// Where in the text each stands, without the space at its edges.
    pub(super) spans: Vec<Range<usize>>,
}

impl Side {
    /// Cuts a text into tokens; none where nothing is left of it or where it can't be told how
    /// it was normalised.
    pub(super) fn tokens(&self, text: &str) -> Option<Tokens> {
        let (normalised, tokens) = self.vocabulary.encode_with_offsets(text);
        if tokens.is_empty() {
            return None;
        }
        let end = normalised.len()..normalised.len();
        let ranges = tokens.iter().map(|(_, range)| range.clone()).chain([end]);
        let spans = origins(text, &self.normaliser, &normalised, ranges)?;
        let end = self.vocabulary.eos_id();
        let ids = tokens.iter().map(|(id, _)| *id).chain([end]).collect();
        Some(Tokens { ids, spans })
    }

    /// How many tokens a text has, its end included.
    pub(super) fn count(&self, text: &str) -> usize {
        self.vocabulary.encode(text).len() + 1
    }
}

/// What a model made of a translation, token by token, its end included.
#[derive(Debug, Default)]
pub(super) struct Forced {
    /// How much it looked at each token of the source.
    pub(super) rows: Vec<Vec<f32>>,
    /// How much it expected the token: the logarithm of its probability.
    pub(super) log_probs: Vec<f32>,
    /// The token that it would have put there.
    pub(super) wanted: Vec<u32>,
}

/// The numbers of a model.
pub(super) struct Network {
    weights: Weights,
    config: Config,
    /// Frequency and phase of the wave that tells positions, in every dimension.
    waves: Vec<(f32, f32)>,
}

/// What attention gives for every token: its output, and what its first head looked at.
struct Attended {
    output: Vec<f32>,
    rows: Vec<Vec<f32>>,
}

impl Network {
    pub(super) fn new(weights: Weights) -> Self {
        let config = weights.config();
        let half = config.dim_emb / 2;
        let wave = |dim: usize| {
            let exponent = float(dim % half) / (float(half) - 1.0);
            let phase = float(dim / half) * std::f32::consts::FRAC_PI_2;
            (1e-4_f32.powf(exponent), phase)
        };
        Self {
            weights,
            config,
            waves: (0..config.dim_emb).map(wave).collect(),
        }
    }

    /// Runs the model over a source and its translation, both with their end; none where it lacks
    /// something.
    pub(super) fn force(&self, source: &[u32], target: &[u32]) -> Option<Forced> {
        let context = self.encode(source)?;
        let mut x = self.embedded(target.len(), |position, row| {
            // The first token follows on nothing.
            let before = position
                .checked_sub(1)
                .and_then(|before| target.get(before));
            if let Some(id) = before {
                self.weights.trg_embed_row_into(*id, row);
            }
        });
        let mut forced = Forced::default();
        for layer in 1..=self.config.dec_depth {
            let base = format!("decoder_l{layer}");
            let hidden = self.recurrent(&base, &x);
            let own = self.normed(&hidden, &x, &format!("{base}_rnn_ffn"))?;
            let attended = self.attend(&format!("{base}_context"), &own, &context);
            let seen = self.normed(&attended.output, &own, &format!("{base}_context_Wo"))?;
            x = self.fed_forward(&format!("{base}_ffn"), &seen)?;
            // Those of the last layer stay: that one has learned to align.
            forced.rows = attended.rows;
        }
        for (tops, ids) in x
            .chunks(self.config.dim_emb * PROJECTED)
            .zip(target.chunks(PROJECTED))
        {
            let logits = self.weights.full_logits_batch(tops, ids.len());
            for (row, id) in logits.chunks(self.weights.output_vocab()).zip(ids) {
                let (wanted, log_prob) = expected(row, *id)?;
                forced.wanted.push(wanted);
                forced.log_probs.push(log_prob);
            }
        }
        Some(forced)
    }

    fn encode(&self, source: &[u32]) -> Option<Vec<f32>> {
        let mut x = self.embedded(source.len(), |position, row| {
            if let Some(id) = source.get(position) {
                self.weights.src_embed_row_into(*id, row);
            }
        });
        for layer in 1..=self.config.enc_depth {
            let base = format!("encoder_l{layer}");
            let attended = self.attend(&format!("{base}_self"), &x, &x);
            let seen = self.normed(&attended.output, &x, &format!("{base}_self_Wo"))?;
            x = self.fed_forward(&format!("{base}_ffn"), &seen)?;
        }
        Some(x)
    }

    /// So many tokens with their positions; `look_up` gives what is known of one, if anything is.
    fn embedded(&self, count: usize, look_up: impl Fn(usize, &mut [f32])) -> Vec<f32> {
        let dim = self.config.dim_emb;
        let scale = float(dim).sqrt();
        let mut out = vec![0.0; count * dim];
        for (position, row) in out.chunks_exact_mut(dim).enumerate() {
            look_up(position, row);
            let position = float(position);
            for (x, (frequency, phase)) in row.iter_mut().zip(&self.waves) {
                *x = scale * *x + (position * frequency + phase).sin();
            }
        }
        out
    }

    /// A weight applied to rows that are as wide as the model.
    fn affine(&self, weight: &str, x: &[f32], bias: Option<&str>) -> Vec<f32> {
        self.weights
            .affine(weight, x, x.len() / self.config.dim_emb, bias)
    }

    /// The cell that carries on from token to token what was put out.
    fn recurrent(&self, base: &str, x: &[f32]) -> Vec<f32> {
        let dim = self.config.dim_emb;
        let candidates = self.affine(&format!("{base}_rnn_W"), x, None);
        let gates = self.affine(
            &format!("{base}_rnn_Wf"),
            x,
            Some(&format!("{base}_rnn_bf")),
        );
        let mut cell = vec![0.0; dim];
        let mut cells = Vec::with_capacity(x.len());
        for (candidate, gate) in candidates.chunks_exact(dim).zip(gates.chunks_exact(dim)) {
            cell = ops::highway(&cell, candidate, gate);
            cells.extend_from_slice(&cell);
        }
        ops::relu(&cells)
    }

    fn attend(&self, base: &str, x: &[f32], context: &[f32]) -> Attended {
        let dim = self.config.dim_emb;
        let size = dim / self.config.heads;
        let scale = 1.0 / float(size).sqrt();
        let affine = |letter: char, x: &[f32]| {
            let bias = format!("{base}_b{letter}");
            self.affine(&format!("{base}_W{letter}"), x, Some(&bias))
        };
        let (queries, keys) = (affine('q', x), affine('k', context));
        let values = affine('v', context);
        let mut joined = vec![0.0; x.len()];
        let mut rows = Vec::with_capacity(x.len() / dim);
        for head in 0..self.config.heads {
            let part = head * size..(head + 1) * size;
            for (query, out) in queries.chunks_exact(dim).zip(joined.chunks_exact_mut(dim)) {
                let query = &query[part.clone()];
                let mut row: Vec<f32> = keys
                    .chunks_exact(dim)
                    .map(|key| dot(query, &key[part.clone()]) * scale)
                    .collect();
                let columns = row.len();
                ops::softmax_in_place(&mut row, 1, columns);
                let out = &mut out[part.clone()];
                for (mass, value) in row.iter().zip(values.chunks_exact(dim)) {
                    for (out, value) in out.iter_mut().zip(&value[part.clone()]) {
                        *out += mass * value;
                    }
                }
                if head == 0 {
                    rows.push(row);
                }
            }
        }
        Attended {
            output: affine('o', &joined),
            rows,
        }
    }

    fn fed_forward(&self, base: &str, x: &[f32]) -> Option<Vec<f32>> {
        let hidden = self.affine(&format!("{base}_W1"), x, Some(&format!("{base}_b1")));
        let hidden = ops::relu(&hidden);
        let rows = x.len() / self.config.dim_emb;
        let (weight, bias) = (format!("{base}_W2"), format!("{base}_b2"));
        let out = self.weights.affine(&weight, &hidden, rows, Some(&bias));
        self.normed(&out, x, &format!("{base}_ffn"))
    }

    /// A branch joined with what it branched off from, normed.
    fn normed(&self, branch: &[f32], x: &[f32], base: &str) -> Option<Vec<f32>> {
        let (scale, bias) = self.weights.layer_norm(base)?;
        let dim = self.config.dim_emb;
        let sum: Vec<f32> = branch
            .iter()
            .zip(x)
            .map(|(one, other)| one + other)
            .collect();
        let rows = sum.len() / dim;
        Some(ops::layer_normalization(
            &sum, scale, bias, rows, dim, EPSILON,
        ))
    }
}

fn dot(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(a, b)| a * b).sum()
}

/// The token that is most likely (the first of several, as the engine has it), and the logarithm
/// of the probability of the token `id`; none if there is no such token.
fn expected(logits: &[f32], id: u32) -> Option<(u32, f32)> {
    let mut best = (0, *logits.first()?);
    for (token, logit) in (0..).zip(logits) {
        if *logit > best.1 {
            best = (token, *logit);
        }
    }
    let (wanted, most) = best;
    let sum: f32 = logits.iter().map(|logit| (logit - most).exp()).sum();
    let logit = logits.get(usize::try_from(id).ok()?)?;
    Some((wanted, logit - most - sum.ln()))
}

#[expect(
    clippy::cast_precision_loss,
    reason = "lengths of texts and layers are small"
)]
fn float(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_expected_token_is_the_first_of_the_most_likely() {
        let (wanted, log_prob) = expected(&[0.0, 2.0, 2.0, -1.0], 2).expect("a token");
        assert_eq!(wanted, 1);
        let sum = 1.0 + 2.0 * 2.0_f32.exp() + (-1.0_f32).exp();
        assert!((log_prob - (2.0 - sum.ln())).abs() < 1e-6, "{log_prob}");
        // What can't be told apart from certainty is certain, what is hopeless has no end.
        assert_eq!(expected(&[900.0, 0.0], 0), Some((0, 0.0)));
        assert_eq!(expected(&[900.0, 0.0], 1), Some((0, -900.0)));
        assert_eq!(expected(&[0.0], 1), None);
        assert_eq!(expected(&[], 0), None);
    }
}
