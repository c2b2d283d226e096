//! The scheduler: what is sent to a backend, how often, and what is kept of it. The backends here
//! are false, for what real ones do rarely; time is simulated.

mod earlier;
mod fake;
mod places;

use std::sync::atomic::Ordering;
use std::time::Duration;

use polypost::backend::{Backend, BackendError, Limits, Pair};
use polypost::html::Policy;
use polypost::memory::{
    self, Answer, Direction, Entry, Found, Key, Memory, MemoryError, Query, Snapshot, Sqlite,
    Wanted,
};
use polypost::pipeline::{Format, Ready, Settings};
use polypost::post::default_fields;
use polypost::route::{LinkPolicy, SiteConfig};
use polypost::translate::{Failure, Job, Origin, Outcome, TranslateError, Translator, Way};
use polypost::unit::Segmentation;
use tokio::time::Instant;

use fake::Fake;

fn settings() -> Settings {
    let pair = pair();
    Settings {
        policy: Policy::new(pair.source.clone()),
        fields: default_fields(),
        segmentation: Some(Segmentation::Sentence),
        site: SiteConfig::default(),
        links: LinkPolicy::Keep,
        source: pair.source,
        target: pair.target,
    }
}

fn pair() -> Pair {
    Pair {
        source: "en".parse().expect("a tag"),
        target: "de".parse().expect("a tag"),
    }
}

/// A post of so many paragraphs, each with a text of its own.
fn post(paragraphs: usize) -> Ready {
    let numbers = (0..paragraphs).map(|number| format!("<p>Paragraph {number:05}</p>"));
    read(&numbers.collect::<String>())
}

fn read(html: &str) -> Ready {
    Ready::read(html.to_owned(), Format::Html, &settings()).expect("HTML")
}

fn busy(after: Option<u64>) -> BackendError {
    BackendError::Busy {
        backend: "fake".to_owned(),
        status: Some(503),
        detail: "later".to_owned(),
        after: after.map(Duration::from_secs),
    }
}

fn rejected() -> BackendError {
    BackendError::Rejected {
        backend: "fake".to_owned(),
        status: 400,
        detail: "not this one".to_owned(),
    }
}

fn refused() -> BackendError {
    BackendError::Refused {
        backend: "fake".to_owned(),
        detail: "the quota is used up".to_owned(),
    }
}

async fn run(translator: &Translator<'_>, post: &Ready) -> Result<Vec<Outcome>, TranslateError> {
    let jobs: Vec<Job<'_>> = post.jobs().collect();
    translator.translate(&pair(), &jobs, &|_| ()).await
}

fn is_done(outcomes: &[Outcome]) -> bool {
    outcomes.iter().all(|outcome| outcome.target.is_some())
}

#[tokio::test(start_paused = true)]
async fn batches_are_full_and_so_many_are_under_way_as_the_backend_allows() {
    let fake = Fake::new(Limits {
        segments: 50,
        concurrency: 8,
        ..Limits::NONE
    });
    let start = Instant::now();
    let outcomes = run(&Translator::new(&fake), &post(5000))
        .await
        .expect("done");
    assert!(is_done(&outcomes));
    assert_eq!(fake.calls(), 100);
    assert_eq!(fake.most_at_once.load(Ordering::Relaxed), 8);
    // 100 requests, 8 at a time, 200 ms each.
    let rounds = start.elapsed().as_secs_f64() / 0.2;
    assert!((12.5..13.1).contains(&rounds), "{rounds}");
}

#[tokio::test]
async fn batches_keep_to_characters_and_bytes() {
    for (limits, expected) in [
        (
            Limits {
                characters: 32,
                ..Limits::NONE
            },
            [2, 2, 1],
        ),
        (
            Limits {
                bytes: 47,
                ..Limits::NONE
            },
            [3, 2, 0],
        ),
    ] {
        let fake = Fake::new(limits);
        run(&Translator::new(&fake), &post(5)).await.expect("done");
        let expected: Vec<_> = expected.into_iter().filter(|size| *size > 0).collect();
        assert_eq!(fake.batches(), expected);
    }
}

#[tokio::test]
async fn what_stands_twice_is_asked_for_once_in_windows_at_the_same_time_as_well() {
    let fake = Fake::new(Limits {
        concurrency: 4,
        ..Limits::NONE
    });
    let translator = Translator::new(&fake);
    let (first, second) = (
        read("<p>One</p><p>Two</p><p>One</p>"),
        read("<p>Two</p><p>Three</p>"),
    );
    let (first, second) = tokio::join!(run(&translator, &first), run(&translator, &second));
    let (first, second) = (first.expect("done"), second.expect("done"));
    assert!(is_done(&first) && is_done(&second));
    assert_eq!(first[1].target, second[0].target);
    assert_eq!(fake.most_asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_busy_backend_is_asked_again_after_the_pause_that_it_wants() {
    let fake = Fake::new(Limits::NONE).answering(|call| match call {
        0 | 1 => Err(busy(Some(7))),
        _ => Ok(()),
    });
    let start = Instant::now();
    let translator = Translator::new(&fake);
    let outcomes = run(&translator, &post(3)).await.expect("done");
    assert!(is_done(&outcomes));
    let waited = start.elapsed().as_secs_f64();
    assert!((14.0..15.0).contains(&waited), "{waited}");
    let tally = translator.tallies().next().expect("one backend");
    assert_eq!((tally.requests, tally.retries), (3, 2));
}

#[tokio::test(start_paused = true)]
async fn a_backend_that_stays_busy_is_given_up_with_growing_waits() {
    let fake = Fake::new(Limits::NONE).answering(|_| Err(busy(None)));
    let start = Instant::now();
    let translator = Translator::new(&fake);
    let outcomes = run(&translator, &post(3)).await.expect("no key is wrong");
    assert!(
        outcomes
            .iter()
            .all(|one| one.failure == Some(Failure::Stopped))
    );
    assert_eq!(fake.calls(), 6);
    // 1 + 1.6 + 2.6 + 4.1 + 6.6 s, each within 23 %.
    let waited = start.elapsed().as_secs_f64();
    assert!((12.0..21.5).contains(&waited), "{waited}");
    assert!(matches!(
        translator.stopped_by()[..],
        [BackendError::Busy { .. }]
    ));
}

#[tokio::test(start_paused = true)]
async fn who_wants_an_hour_of_pause_is_given_up_at_once() {
    let fake = Fake::new(Limits::NONE).answering(|_| Err(busy(Some(3600))));
    let start = Instant::now();
    run(&Translator::new(&fake), &post(3))
        .await
        .expect("no key is wrong");
    assert_eq!(fake.calls(), 1);
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_batch_that_is_not_taken_is_halved_until_one_segment_is_left() {
    let fake = Fake {
        takes: Duration::ZERO,
        ..Fake::new(Limits::NONE)
    };
    // All eight, then the first four, the first two, the first one.
    let fake = fake.answering(|call| if call < 4 { Err(rejected()) } else { Ok(()) });
    let outcomes = run(&Translator::new(&fake), &post(8)).await.expect("done");
    assert_eq!(fake.batches()[..5], [8, 4, 2, 1, 1]);
    // The first one is asked for a second time, with what was wrong.
    assert!(is_done(&outcomes));
    assert_eq!(outcomes[0].way, Way::Retried);
}

#[tokio::test]
async fn a_backend_that_takes_nothing_is_given_up_soon() {
    let fake = Fake {
        takes: Duration::ZERO,
        ..Fake::new(Limits {
            segments: 10,
            ..Limits::NONE
        })
    };
    let fake = fake.answering(|_| Err(rejected()));
    let translator = Translator::new(&fake);
    let outcomes = run(&translator, &post(1000))
        .await
        .expect("no key is wrong");
    assert!(outcomes.iter().all(|one| one.target.is_none()));
    assert!(fake.calls() < 20, "{}", fake.calls());
    assert!(matches!(
        translator.stopped_by()[..],
        [BackendError::Rejected { .. }]
    ));
}

#[tokio::test]
async fn a_used_up_quota_ends_the_run_unless_another_backend_goes_on() {
    let limits = Limits {
        segments: 2,
        ..Limits::NONE
    };
    let first = Fake::new(limits).answering(|call| if call == 1 { Err(refused()) } else { Ok(()) });
    let alone = run(&Translator::new(&first), &post(6)).await;
    assert_eq!(alone, Err(TranslateError::Backend(refused())));
    assert_eq!(first.calls(), 2, "nothing is sent behind a refusal");

    let first = Fake::new(limits).answering(|call| if call == 1 { Err(refused()) } else { Ok(()) });
    let second = Fake {
        name: "second",
        ..Fake::new(limits)
    };
    let backends: [(&dyn Backend, _); 2] = [(&first, vec![pair()]), (&second, vec![pair()])];
    let outcomes = run(&Translator::with_backends(backends), &post(6))
        .await
        .expect("done");
    let origins: Vec<_> = outcomes
        .iter()
        .map(|one| match one.origin.expect("a target") {
            Origin::Backend { name, .. } => name,
            Origin::Catalog | Origin::Memory => panic!("nobody kept anything"),
        })
        .collect();
    assert_eq!(
        origins,
        ["fake", "fake", "second", "second", "second", "second"]
    );
    assert_eq!(first.most_asked().max(second.most_asked()), 1);
}

#[tokio::test]
async fn a_backend_is_not_asked_for_languages_that_it_lacks() {
    let first = Fake::new(Limits::NONE);
    let second = Fake {
        name: "second",
        ..Fake::new(Limits::NONE)
    };
    let backends: [(&dyn Backend, _); 2] = [(&first, Vec::new()), (&second, vec![pair()])];
    let outcomes = run(&Translator::with_backends(backends), &post(2))
        .await
        .expect("done");
    assert!(is_done(&outcomes));
    assert_eq!((first.calls(), second.calls()), (0, 1));
}

#[tokio::test]
async fn the_budget_is_spent_in_document_order_and_not_exceeded() {
    let fake = Fake::new(Limits {
        segments: 2,
        concurrency: 3,
        ..Limits::NONE
    });
    // Each paragraph has 15 characters.
    let translator = Translator::new(&fake).with_budget(Some(50));
    let outcomes = run(&translator, &post(5)).await.expect("done");
    let done: Vec<_> = outcomes.iter().map(|one| one.target.is_some()).collect();
    assert_eq!(done, [true, true, true, false, false]);
    assert_eq!(outcomes[3].failure, Some(Failure::Budget));
    let tally = translator.tallies().next().expect("one backend");
    assert_eq!((tally.characters, tally.requests), (45, 2));
}

#[tokio::test(start_paused = true)]
async fn a_rate_is_kept() {
    let fake = Fake {
        takes: Duration::ZERO,
        ..Fake::new(Limits {
            segments: 1,
            concurrency: 10,
            per_minute: Some(60),
            ..Limits::NONE
        })
    };
    let start = Instant::now();
    run(&Translator::new(&fake), &post(10)).await.expect("done");
    let waited = start.elapsed().as_secs_f64();
    assert!((8.9..9.2).contains(&waited), "{waited}");
}

fn memory(folder: &tempfile::TempDir) -> Sqlite {
    let (memory, damaged) = Sqlite::open(&folder.path().join("memory.db")).expect("a memory");
    assert_eq!(damaged, None);
    memory
}

#[tokio::test]
async fn what_was_answered_before_a_failure_is_not_asked_for_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let limits = Limits {
        segments: 2,
        ..Limits::NONE
    };
    let kept = |fake: Fake| Fake {
        fingerprint: Some("fake 1".to_owned()),
        ..fake
    };
    let first =
        kept(Fake::new(limits).answering(|call| if call == 2 { Err(refused()) } else { Ok(()) }));
    let memory = memory(&folder);
    let translator = Translator::new(&first).with_memory(&memory);
    assert!(run(&translator, &post(10)).await.is_err());

    let second = kept(Fake::new(limits));
    let translator = Translator::new(&second).with_memory(&memory);
    let outcomes = run(&translator, &post(10)).await.expect("done");
    assert!(is_done(&outcomes));
    let kept_count = outcomes
        .iter()
        .filter(|one| matches!(one.origin, Some(Origin::Backend { is_kept: true, .. })));
    assert_eq!(kept_count.count(), 4);
    assert_eq!(second.calls(), 3);

    for (name, fingerprint, what) in [
        ("fake", "fake 2", "another model"),
        ("other", "fake 1", "another service"),
    ] {
        let other = Fake {
            name,
            fingerprint: Some(fingerprint.to_owned()),
            ..Fake::new(limits)
        };
        let translator = Translator::new(&other).with_memory(&memory);
        run(&translator, &post(10)).await.expect("done");
        assert_eq!(other.calls(), 5, "{what} answers otherwise");
    }
}

/// A memory on a full disk.
struct Full;

impl Memory for Full {
    fn find(&self, keys: &[Key]) -> Result<Vec<Option<Answer>>, MemoryError> {
        Ok(vec![None; keys.len()])
    }

    fn keep(&self, _: &[Entry]) -> Result<(), MemoryError> {
        Err(MemoryError {
            path: "memory.db".to_owned(),
            detail: "full".to_owned(),
        })
    }

    fn snapshot(&self) -> Result<Snapshot, MemoryError> {
        Ok(Snapshot::default())
    }

    fn look_up(
        &self,
        _: Snapshot,
        _: &Direction,
        queries: &[Query<'_>],
        _: Wanted,
    ) -> Result<Vec<Found>, MemoryError> {
        Ok(vec![Found::Similar(Vec::new()); queries.len()])
    }

    fn store(&self, _: &[memory::Pair]) -> Result<usize, MemoryError> {
        Ok(0)
    }
}

#[tokio::test]
async fn where_nothing_can_be_kept_nothing_more_is_bought() {
    let fake = Fake {
        fingerprint: Some("fake".to_owned()),
        ..Fake::new(Limits {
            segments: 2,
            ..Limits::NONE
        })
    };
    let translator = Translator::new(&fake).with_memory(&Full);
    let result = run(&translator, &post(10)).await;
    assert!(
        matches!(result, Err(TranslateError::Memory(_))),
        "{result:?}"
    );
    assert_eq!(fake.calls(), 1);
}

#[tokio::test]
async fn what_a_service_quotes_of_the_text_is_left_out() {
    let fake = Fake::new(Limits::NONE).answering(|_| {
        Err(BackendError::Service {
            backend: "fake".to_owned(),
            status: Some(418),
            detail: "can't do 'Paragraph 00000'".to_owned(),
        })
    });
    let translator = Translator::new(&fake);
    run(&translator, &post(1)).await.expect("no key is wrong");
    let stopped = translator.stopped_by();
    let [BackendError::Service { detail, .. }] = &stopped[..] else {
        panic!("{stopped:?}");
    };
    assert_eq!(detail, "can't do '…'");
}
