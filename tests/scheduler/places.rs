//! Where the codes of plain translations go that come without an alignment.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use polypost::backend::{
    Aligner, Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request,
};
use polypost::translate::{Failure, Job, Outcome, Translator, Way};
use polypost::unit::{Alignment, Link};

use super::{pair, read};

/// Sentences that share no word with their translation, so that no estimate could place a code.
const TEXTS: [(&str, &str); 4] = [
    ("Wamu berul tofi.", "Gik zelpo dru."),
    ("Wamu", "dru"),
    ("berul", "Zelpo"),
    ("tofi.", "gik."),
];

/// Knows [`TEXTS`] and gives them plain.
#[derive(Default)]
struct Plain {
    is_free: bool,
    asked: Mutex<Vec<String>>,
}

impl Plain {
    fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("the texts").clone()
    }
}

impl Backend for Plain {
    fn name(&self) -> &'static str {
        "plain"
    }

    fn limits(&self) -> Limits {
        Limits::NONE
    }

    fn asks_no_price(&self) -> bool {
        self.is_free
    }

    fn translate<'a>(
        &'a self,
        _: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            let known = HashMap::from(TEXTS);
            for request in requests {
                let text = request.source.text();
                self.asked.lock().expect("the texts").push(text.to_owned());
                let reply = known.get(text).map(|text| Reply::Plain {
                    text: (*text).to_owned(),
                    alignment: Alignment::new(),
                });
                replies(request.id, reply.ok_or_else(|| "unknown".to_owned()));
            }
            Ok(())
        })
    }
}

/// Aligns `berul` with the second word of [`TEXTS`], or nothing.
#[derive(Default)]
struct Model {
    knows: bool,
    asked: AtomicUsize,
}

impl Aligner for Model {
    fn align<'a>(
        &'a self,
        _: &'a Pair,
        texts: &'a [(&'a str, &'a str)],
    ) -> BackendFuture<'a, Vec<Option<Alignment>>> {
        self.asked.fetch_add(texts.len(), Ordering::Relaxed);
        let link = Link {
            source: 5..10,
            target: 4..9,
        };
        let alignment = self.knows.then(|| vec![link]);
        Box::pin(async move { vec![alignment; texts.len()] })
    }
}

const PAGE: &str = "<p>Wamu <b>berul</b> tofi.</p>";
const IN_PLACE: &str = "Gik <g1>zelpo</g1> dru.";

async fn outcome(translator: Translator<'_>, html: &str) -> Outcome {
    let post = read(html);
    let jobs: Vec<Job<'_>> = post.jobs().collect();
    let outcomes = translator.translate(&pair(), &jobs, &|_| ()).await;
    outcomes.expect("done").swap_remove(0)
}

fn tagged(outcome: &Outcome) -> String {
    let target = outcome.target.as_ref().expect("a target");
    target.to_tagged()
}

#[tokio::test]
async fn with_leave_to_spend_the_parts_are_asked_for_and_looked_up_in_the_whole() {
    let backend = Plain::default();
    let translator = Translator::new(&backend).with_look_ups(true);
    let outcome = outcome(translator, PAGE).await;
    assert_eq!(tagged(&outcome), IN_PLACE);
    assert_eq!(outcome.way, Way::Projected);
    assert_eq!(
        backend.asked(),
        ["Wamu berul tofi.", "Wamu", "berul", "tofi."]
    );
}

#[tokio::test]
async fn without_leave_nothing_is_spent_and_the_place_is_an_estimate() {
    let backend = Plain::default();
    let outcome = outcome(Translator::new(&backend), PAGE).await;
    assert_eq!(outcome.way, Way::Estimated);
    assert_eq!(backend.asked(), ["Wamu berul tofi."]);
}

#[tokio::test]
async fn what_asks_no_price_needs_no_leave() {
    let backend = Plain {
        is_free: true,
        ..Plain::default()
    };
    let outcome = outcome(Translator::new(&backend), PAGE).await;
    assert_eq!(tagged(&outcome), IN_PLACE);
    assert_eq!(backend.asked().len(), 4);
}

#[tokio::test]
async fn what_has_a_certain_place_is_not_looked_up() {
    let backend = Plain::default();
    let translator = Translator::new(&backend).with_look_ups(true);
    let outcome = outcome(translator, "<p><b>Wamu berul tofi.</b><br><i></i></p>").await;
    assert!(outcome.way <= Way::Projected);
    assert_eq!(backend.asked(), ["Wamu berul tofi."]);
}

#[tokio::test]
async fn look_ups_are_held_to_the_budget() {
    let backend = Plain::default();
    let translator = Translator::new(&backend)
        .with_look_ups(true)
        .with_budget(Some(20));
    let outcome = outcome(translator, PAGE).await;
    assert_eq!(outcome.way, Way::Estimated);
    assert_eq!(backend.asked(), ["Wamu berul tofi.", "Wamu"]);
}

#[tokio::test]
async fn a_local_model_places_codes_before_anything_is_spent() {
    for (knows, asked) in [(true, 1), (false, 4)] {
        let backend = Plain::default();
        let model = Model {
            knows,
            ..Model::default()
        };
        let translator = Translator::new(&backend)
            .with_aligner(&model)
            .with_look_ups(true);
        let outcome = outcome(translator, PAGE).await;
        assert_eq!(tagged(&outcome), IN_PLACE, "{knows}");
        assert_eq!(outcome.way, Way::Projected);
        assert_eq!(model.asked.load(Ordering::Relaxed), 1);
        assert_eq!(backend.asked().len(), asked);
    }
}

#[tokio::test]
async fn what_fails_is_not_looked_up() {
    let backend = Plain::default();
    let model = Model::default();
    let translator = Translator::new(&backend)
        .with_aligner(&model)
        .with_look_ups(true);
    let outcome = outcome(translator, "<p>Nobody <b>knows</b> this.</p>").await;
    assert_eq!(
        outcome.failure,
        Some(Failure::Backend("unknown".to_owned()))
    );
    assert_eq!(model.asked.load(Ordering::Relaxed), 0);
}
