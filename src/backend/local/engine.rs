//! One model: loaded, tried out, and asked.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Once;

use fxtranslate::engine::Engine;

use crate::unit::Alignment;

use super::super::BackendError;
use super::super::models::{Installed, ModelError};
use super::cut::{Part, TOKENS_MAX, cut, joined};
use super::files::Files;
use super::links::{decode, links};
use super::normal::Normaliser;
use super::vocabulary::Piece;

/// Most tokens that the engine puts out for one text.
const OUTPUT_MAX: usize = 256;
/// A text of so few tokens that does not come to an end never will.
const TOKENS_TO_CUT: usize = 8;
/// Most texts, and most tokens with those that fill up the shorter ones, in one go.
const BLOCK_TEXTS: usize = 64;
const BLOCK_TOKENS: usize = 4096;

/// What a model is tried out with.
pub(super) const TRIAL: &str = "Hello, world 1.";

const ENDLESS: &str = "the translation does not come to an end";

/// A model of one pair of languages.
pub(super) struct Model {
    engine: Engine,
    normaliser: Normaliser,
    pieces: Vec<Piece>,
}

/// A text, cut into parts that fit, each with its tokens.
#[derive(Debug)]
pub(super) struct Prepared {
    parts: Vec<Part>,
    tokens: Vec<Vec<u32>>,
}

impl Prepared {
    /// The length of the longest part.
    pub(super) fn longest(&self) -> usize {
        self.tokens.iter().map(Vec::len).max().unwrap_or(0)
    }
}

impl Model {
    /// # Errors
    /// As for [`Files::read`], and [`ModelError::Broken`] where the engine fails on the model.
    pub(super) fn load(installed: &Installed) -> Result<Self, BackendError> {
        let files = Files::read(installed)?;
        let fail = |detail: String| ModelError::broken(&installed.pair, &installed.model, detail);
        let loaded =
            guarded(|| Engine::from_bytes(&files.model, &files.source_bytes, &files.target_bytes));
        let model = Self {
            engine: loaded.and_then(|loaded| loaded).map_err(fail)?,
            normaliser: files.source.normaliser,
            pieces: files.target.pieces,
        };
        model.try_out().map_err(fail)?;
        Ok(model)
    }

    /// Uses every tensor once.
    fn try_out(&self) -> Result<(), String> {
        guarded(|| {
            let tokens = self.engine.src_ids(TRIAL);
            if self.engine.encode(&tokens).iter().any(|x| !x.is_finite()) {
                return Err("the weights are no numbers".to_owned());
            }
            let aligned = self.engine.translate_aligned(TRIAL);
            let rows = aligned.alignments.iter().flatten();
            if rows.clone().any(|mass| !mass.is_finite()) {
                return Err("the weights are no numbers".to_owned());
            }
            self.engine.greedy_batch(&[tokens]);
            Ok(())
        })
        .and_then(|tried| tried)
    }

    /// Cuts a text into parts that fit.
    pub(super) fn prepare(&self, text: &str) -> Prepared {
        let whole = self.engine.src_ids(text);
        if whole.len() <= TOKENS_MAX && !text.contains('\n') {
            let end = text.trim_end().len();
            let start = end - text[..end].trim_start().len();
            return Prepared {
                parts: vec![Part {
                    gap: 0..start,
                    text: start..end,
                }],
                tokens: vec![whole],
            };
        }
        let parts = cut(text, &|part| self.fits(part));
        let tokens = parts
            .iter()
            .map(|part| self.engine.src_ids(&text[part.text.clone()]))
            .collect();
        Prepared { parts, tokens }
    }

    fn fits(&self, text: &str) -> bool {
        // A byte has one token at most; one is the end, and one the space before the first word.
        text.len() + 2 <= TOKENS_MAX || self.engine.src_ids(text).len() <= TOKENS_MAX
    }

    /// Translates texts together.
    pub(super) fn translate(
        &self,
        texts: &[&str],
        prepared: &[&Prepared],
    ) -> Vec<Result<String, String>> {
        let tokens: Vec<&Vec<u32>> = prepared.iter().flat_map(|one| &one.tokens).collect();
        let mut outputs = self.outputs(&tokens).into_iter();
        texts
            .iter()
            .zip(prepared)
            .map(|(text, prepared)| {
                let outputs = outputs.by_ref().take(prepared.parts.len());
                let parts: Result<Vec<_>, String> = prepared
                    .parts
                    .iter()
                    .zip(&prepared.tokens)
                    .zip(outputs)
                    .map(|((part, tokens), output)| {
                        let part = &text[part.text.clone()];
                        let whole = if is_endless(tokens.len(), output.len()) {
                            self.translate_halves(part, tokens.len())?
                        } else {
                            decode(&self.pieces, output).text
                        };
                        Ok((whole, Alignment::new()))
                    })
                    .collect();
                Ok(joined(text, &prepared.parts, parts?).0)
            })
            .collect()
    }

    /// What the engine puts out for texts of similar length, in blocks that it has room for.
    fn outputs(&self, tokens: &[&Vec<u32>]) -> Vec<Vec<u32>> {
        let mut outputs = Vec::with_capacity(tokens.len());
        let mut block: Vec<Vec<u32>> = Vec::new();
        let mut longest = 0;
        for one in tokens {
            let next = longest.max(one.len());
            if block.len() == BLOCK_TEXTS || next * (block.len() + 1) > BLOCK_TOKENS {
                outputs.extend(self.engine.greedy_batch(&block));
                block.clear();
                longest = 0;
            }
            longest = longest.max(one.len());
            block.push((*one).clone());
        }
        if !block.is_empty() {
            outputs.extend(self.engine.greedy_batch(&block));
        }
        outputs
    }

    fn translate_halves(&self, text: &str, tokens: usize) -> Result<String, String> {
        let halves = halves(text, tokens)?;
        let parts: Result<Vec<_>, String> = halves
            .iter()
            .map(|half| {
                let text = &text[half.text.clone()];
                let prepared = self.prepare(text);
                let translated = self.translate(&[text], &[&prepared]).pop();
                let translated = translated.unwrap_or_else(|| Err(ENDLESS.to_owned()))?;
                Ok((translated, Alignment::new()))
            })
            .collect();
        Ok(joined(text, &halves, parts?).0)
    }

    /// Translates one text and tells which words stand for which.
    pub(super) fn translate_aligned(&self, text: &str) -> Result<(String, Alignment), String> {
        let parts = cut(text, &|part| self.fits(part));
        self.translate_parts(text, &parts)
    }

    fn translate_parts(&self, text: &str, parts: &[Part]) -> Result<(String, Alignment), String> {
        let translations: Result<Vec<_>, String> = parts
            .iter()
            .map(|part| {
                let part = &text[part.text.clone()];
                let aligned = self.engine.translate_aligned(part);
                let sizes = (aligned.source_tokens.len(), aligned.target_tokens.len());
                if is_endless(sizes.0, sizes.1) {
                    let halves = halves(part, sizes.0)?;
                    return self.translate_parts(part, &halves);
                }
                let ids = aligned.target_tokens.iter().map(|token| token.id);
                let decoded = decode(&self.pieces, ids);
                let links = links(&aligned, part, &self.normaliser, &decoded);
                Ok((decoded.text, links))
            })
            .collect();
        Ok(joined(text, parts, translations?))
    }
}

/// Cuts a text in two that the engine got lost in.
fn halves(text: &str, tokens: usize) -> Result<Vec<Part>, String> {
    let halves = cut(text, &|part| part.len() < text.len());
    if tokens < TOKENS_TO_CUT || halves.len() < 2 {
        return Err(ENDLESS.to_owned());
    }
    Ok(halves)
}

/// Whether the engine gave up before the end: with the end it puts out fewer tokens, without it
/// as many as it may.
fn is_endless(source: usize, target: usize) -> bool {
    target >= (2 * source + 4).min(OUTPUT_MAX)
}

/// Runs what may panic on a model that is not what it should be.
///
/// # Errors
/// What the panic says.
pub(super) fn guarded<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    keep_panics_quiet();
    catch_unwind(AssertUnwindSafe(work)).map_err(|panic| {
        let words = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied());
        format!(
            "the engine fails on it: {}",
            words.unwrap_or("no reason given")
        )
    })
}

/// A panic inside the engine becomes an error; nothing of it is printed.
fn keep_panics_quiet() {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let is_engine = panic
                .location()
                .is_some_and(|location| location.file().contains("fxtranslate"));
            if !is_engine {
                others(panic);
            }
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error() {
        assert_eq!(guarded(|| 1), Ok(1));
        let failed: Result<(), String> = guarded(|| panic!("missing weight x"));
        assert!(failed.is_err_and(|words| words.contains("missing weight x")));
    }
}
