//! Deals texts out to threads: those without codes in blocks of similar length, those with codes
//! one by one, because only so does the engine tell what it looked at.

use std::cmp::Reverse;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::unit::Alignment;

use super::super::Reply;
use super::engine::{Model, Prepared, guarded};
use super::links::composed;

/// The models that a text goes through, one after the other.
pub(super) type Legs<'m> = Vec<&'m Model>;

/// Most texts in a block: enough for the engine to be fast, few enough to be cancelled soon and to
/// keep every thread busy.
const BLOCK_TEXTS: usize = 32;
/// Most tokens in a block, with those that fill up shorter texts.
const BLOCK_TOKENS: usize = 2048;

/// A text to translate.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    /// Whether it matters which words stand for which.
    pub(super) has_codes: bool,
}

/// Receives the answer to the text of this number.
pub(super) type Answer<'a> = &'a (dyn Fn(usize, Result<Reply, String>) + Sync);

/// What one thread does at a time.
enum Job {
    /// Texts without codes, with what was made of them.
    Block(Vec<(usize, Prepared)>),
    /// A text with codes.
    Aligned(usize),
}

/// Translates texts on so many threads; what is not begun when `is_cancelled` is set stays undone.
pub(super) fn work(
    legs: &Legs<'_>,
    texts: &[Text],
    threads: usize,
    is_cancelled: &AtomicBool,
    answer: Answer<'_>,
) {
    let Some(first) = legs.first() else { return };
    let mut plain = Vec::new();
    let mut with_codes = Vec::new();
    for (index, text) in texts.iter().enumerate() {
        if text.text.trim().is_empty() {
            answer(index, Ok(plain_reply(text.text.clone())));
        } else if text.has_codes {
            with_codes.push(index);
        } else {
            plain.push(index);
        }
    }
    let prepared = Mutex::new(Vec::with_capacity(plain.len()));
    spread(threads, is_cancelled, &plain, |index| {
        let ready = guarded(|| first.prepare(&texts[*index].text));
        match ready {
            Ok(ready) => prepared
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((*index, ready)),
            Err(reason) => answer(*index, Err(reason)),
        }
    });
    let prepared = prepared
        .into_inner()
        .unwrap_or_else(PoisonError::into_inner);
    // The longest come first, so that at the end no thread has much left to do.
    with_codes.sort_by_key(|index| Reverse(texts[*index].text.len()));
    let mut jobs = blocks(prepared, threads);
    jobs.extend(with_codes.into_iter().map(Job::Aligned));
    spread(threads, is_cancelled, &jobs, |job| match job {
        Job::Block(block) => translate_block(legs, texts, block, answer),
        Job::Aligned(index) => {
            let text = &texts[*index].text;
            let translated = guarded(|| translate_aligned(legs, text)).and_then(|done| done);
            let reply = translated.map(|(text, alignment)| Reply::Plain { text, alignment });
            answer(*index, reply);
        }
    });
}

/// Calls `each` for all items, on so many threads; for none any more when `is_cancelled` is set.
pub(super) fn spread<T: Sync>(
    threads: usize,
    is_cancelled: &AtomicBool,
    items: &[T],
    each: impl Fn(&T) + Sync,
) {
    let next = AtomicUsize::new(0);
    let run = || {
        while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
            if is_cancelled.load(Ordering::Relaxed) {
                return;
            }
            each(item);
        }
    };
    std::thread::scope(|scope| {
        for _ in 1..threads.min(items.len()) {
            scope.spawn(run);
        }
        run();
    });
}

/// Blocks of texts of similar length, the longest first.
fn blocks(mut prepared: Vec<(usize, Prepared)>, threads: usize) -> Vec<Job> {
    prepared.sort_by_key(|(index, ready)| (Reverse(ready.longest()), *index));
    let most = prepared.len().div_ceil(threads).clamp(1, BLOCK_TEXTS);
    let mut jobs = Vec::new();
    let mut block: Vec<(usize, Prepared)> = Vec::new();
    for one in prepared {
        let longest = block.first().map_or(0, |(_, first)| first.longest());
        if block.len() == most || longest * (block.len() + 1) > BLOCK_TOKENS {
            jobs.push(Job::Block(std::mem::take(&mut block)));
        }
        block.push(one);
    }
    if !block.is_empty() {
        jobs.push(Job::Block(block));
    }
    jobs
}

fn plain_reply(text: String) -> Reply {
    Reply::Plain {
        text,
        alignment: Alignment::new(),
    }
}

fn translate_block(
    legs: &Legs<'_>,
    texts: &[Text],
    block: &[(usize, Prepared)],
    answer: Answer<'_>,
) {
    let translated = guarded(|| translate_all(legs, texts, block));
    match translated {
        Ok(translations) => {
            for ((index, _), translation) in block.iter().zip(translations) {
                answer(*index, translation.map(plain_reply));
            }
        }
        Err(reason) if block.len() == 1 => {
            for (index, _) in block {
                answer(*index, Err(reason.clone()));
            }
        }
        // One of them is to blame; the others must not suffer for it.
        Err(_) => {
            for one in block {
                translate_block(legs, texts, std::slice::from_ref(one), answer);
            }
        }
    }
}

fn translate_all(
    legs: &Legs<'_>,
    texts: &[Text],
    block: &[(usize, Prepared)],
) -> Vec<Result<String, String>> {
    let Some((first, others)) = legs.split_first() else {
        return Vec::new();
    };
    let sources: Vec<&str> = block
        .iter()
        .map(|(index, _)| texts[*index].text.as_str())
        .collect();
    let prepared: Vec<&Prepared> = block.iter().map(|(_, ready)| ready).collect();
    let mut translations = first.translate(&sources, &prepared);
    for model in others {
        let sources: Vec<&str> = translations
            .iter()
            .map(|text| text.as_ref().map_or("", String::as_str))
            .collect();
        let prepared: Vec<Prepared> = sources.iter().map(|text| model.prepare(text)).collect();
        let prepared: Vec<&Prepared> = prepared.iter().collect();
        let next = model.translate(&sources, &prepared);
        translations = translations
            .into_iter()
            .zip(next)
            .map(|(before, after)| before.and(after))
            .collect();
    }
    translations
}

fn translate_aligned(legs: &Legs<'_>, text: &str) -> Result<(String, Alignment), String> {
    let Some((first, others)) = legs.split_first() else {
        return Ok(Default::default());
    };
    let (mut translation, mut alignment) = first.translate_aligned(text)?;
    for model in others {
        let (next, links) = model.translate_aligned(&translation)?;
        translation = next;
        alignment = composed(alignment, &links);
    }
    Ok((translation, alignment))
}
