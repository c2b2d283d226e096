//! The thread that models live on which align the translations of others.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::OnceLock;
use std::sync::atomic::Ordering;
use std::sync::mpsc;

use crate::unit::Alignment;

use super::super::models::{Installed, ModelPair};
use super::desk::{Desk, Task, thread_count};
use super::engine::guarded;
use super::files::check_processor;
use super::guide::Guide;
use super::work::spread;

/// Texts with their translations, and the model to ask.
#[derive(Debug)]
struct Question {
    model: Installed,
    texts: Vec<(String, String)>,
}

/// The way to the thread, which starts when it is asked for the first time.
#[derive(Debug)]
pub(super) struct Aligning {
    threads: usize,
    desk: OnceLock<Option<Desk<Question, Alignment>>>,
}

impl Aligning {
    /// None where the machine can't run the engine.
    pub(super) fn new(threads: Option<usize>) -> Option<Self> {
        check_processor().ok()?;
        Some(Self {
            threads: thread_count(threads),
            desk: OnceLock::new(),
        })
    }

    /// An alignment for each text, by this model, or none.
    pub(super) async fn align(
        &self,
        model: &Installed,
        texts: &[(&str, &str)],
    ) -> Vec<Option<Alignment>> {
        let mut alignments = vec![None; texts.len()];
        let threads = self.threads;
        let start = || Desk::start("polypost-align", move |todo| run(todo, threads)).ok();
        if let Some(desk) = self.desk.get_or_init(start) {
            let question = Question {
                model: model.clone(),
                texts: texts
                    .iter()
                    .map(|(source, target)| ((*source).to_owned(), (*target).to_owned()))
                    .collect(),
            };
            let each = |index: usize, alignment| {
                if let Some(place) = alignments.get_mut(index) {
                    *place = Some(alignment);
                }
            };
            // What a thread that is gone has left open has no alignment.
            drop(desk.ask(question, each).await);
        }
        alignments
    }
}

/// Works until nobody can ask any more. A model that can't be used is tried once.
fn run(todo: &mpsc::Receiver<Task<Question, Alignment>>, threads: usize) {
    let mut guides: HashMap<ModelPair, Option<Guide>> = HashMap::new();
    for task in todo {
        let Question { model, texts } = &task.question;
        if task.is_cancelled.load(Ordering::Relaxed) {
            continue;
        }
        let guide = guides
            .entry(model.pair.clone())
            .or_insert_with(|| Guide::load(model).ok());
        if let Some(guide) = guide {
            let mut texts: Vec<_> = texts.iter().enumerate().collect();
            // The longest come first, so that at the end no thread has much left to do.
            texts.sort_by_key(|(_, (source, _))| Reverse(source.len()));
            spread(threads, &task.is_cancelled, &texts, |(index, text)| {
                let aligned = guarded(|| guide.align(&text.0, &text.1));
                if let Ok(Some(alignment)) = aligned {
                    task.answer(*index, alignment);
                }
            });
        }
    }
}
