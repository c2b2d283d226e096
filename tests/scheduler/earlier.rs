//! What a run takes from the memory: answers under all that they depend on, and people's words in
//! their context.

use std::sync::Arc;

use polypost::backend::{Backend, BackendError, Limits};
use polypost::memory::{self, Context, Digest, Direction, Memory as _, Sqlite, State};
use polypost::translate::{Failure, Origin, Translator};
use polypost::unit::Fragment;

use super::fake::Fake;
use super::{busy, is_done, memory as opened, pair, read, refused, rejected, run};

fn paid(fake: Fake) -> Fake {
    Fake {
        fingerprint: Some("fake".to_owned()),
        ..fake
    }
}

#[tokio::test]
async fn an_answer_is_not_taken_for_a_text_with_another_protected_span() {
    let folder = tempfile::tempdir().expect("a folder");
    let memory = opened(&folder);
    let fake = paid(Fake::new(Limits::NONE));
    let translator = Translator::new(&fake).with_memory(&memory);
    for code in ["ls", "cargo metadata"] {
        let post = read(&format!("<p>Run <code>{code}</code> to see files.</p>"));
        let outcomes = run(&translator, &post).await.expect("done");
        let target = outcomes[0].target.as_ref();
        // The fake one shouts, protected text and all; that is put right.
        assert_eq!(
            target.map(Fragment::text),
            Some(&*format!("RUN {code} TO SEE FILES."))
        );
    }
    assert_eq!(fake.calls(), 2);
}

fn store(memory: &Sqlite, state: State, target: &str, before: &str, after: &str) {
    let digest = |text: &str| (!text.is_empty()).then(|| Digest::of(text));
    let pair = pair();
    let stored = memory.store(&[memory::Pair {
        direction: Arc::new(Direction {
            source: pair.source,
            target: pair.target,
        }),
        source: Fragment::plain("Open"),
        target: Fragment::plain(target),
        state,
        origin: "test".to_owned(),
        note: String::new(),
        contexts: vec![Context {
            before: digest(before),
            after: digest(after),
            unit: None,
        }],
    }]);
    assert_eq!(stored.expect("stored"), 1);
}

#[tokio::test]
async fn equal_texts_get_what_a_person_wrote_in_their_context_and_nothing_of_machines() {
    let folder = tempfile::tempdir().expect("a folder");
    let memory = opened(&folder);
    store(&memory, State::Reviewed, "Offen", "Door", "Hours");
    store(&memory, State::Reviewed, "Öffnen", "Hours", "");
    store(&memory, State::Machine, "Aufmachen", "", "Door");
    let fake = Fake::new(Limits::NONE);
    let translator = Translator::new(&fake);
    let translator = translator.with_earlier(&memory).expect("it is read");
    let post = read("<p>Open</p><p>Door</p><p>Open</p><p>Hours</p><p>Open</p>");
    let outcomes = run(&translator, &post).await.expect("done");
    let shown = |at: usize| outcomes[at].target.as_ref().map_or("", Fragment::text);
    // The first stands where a machine's was: the last of a person's elsewhere is taken.
    assert_eq!(
        [shown(0), shown(2), shown(4)],
        ["Öffnen", "Offen", "Öffnen"]
    );
    assert_eq!(outcomes[2].origin, Some(Origin::Memory));
    assert_eq!([shown(1), shown(3)], ["DOOR", "HOURS"]);
    assert_eq!(fake.most_asked(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_is_sent_again_counts_as_well() {
    let two = || read("<p>0123456789a</p><p>abcdefghij0</p>");
    let busy = Fake::new(Limits::NONE).answering(|_| Err(busy(None)));
    let translator = Translator::new(&busy).with_budget(Some(50));
    let outcomes = run(&translator, &two()).await.expect("done");
    // Twenty-two characters, and so many again; for a third time there is no more.
    let sent = translator.tallies().next().expect("a tally").characters;
    assert_eq!((busy.calls(), sent), (2, 44));
    assert_eq!(outcomes[1].failure, Some(Failure::Budget));

    let halved = Fake::new(Limits::NONE).answering(|_| Err(rejected()));
    let translator = Translator::new(&halved).with_budget(Some(30));
    run(&translator, &two()).await.expect("done");
    let sent = translator.tallies().next().expect("a tally").characters;
    assert_eq!(sent, 22);
}

#[tokio::test]
async fn a_refusal_is_no_matter_of_what_was_answered() {
    let limits = Limits {
        segments: 1,
        ..Limits::NONE
    };
    // The second call is refused; the third post has the text of the first, which is kept.
    let folder = tempfile::tempdir().expect("a folder");
    let memory = opened(&folder);
    let answers =
        |call| -> Result<(), BackendError> { if call == 0 { Ok(()) } else { Err(refused()) } };
    let first = paid(Fake::new(limits).answering(answers));
    let second = Fake::new(limits);
    let served = [&first, &second].map(|one| (one as &dyn Backend, vec![pair()]));
    let translator = Translator::with_backends(served).with_memory(&memory);
    for text in ["One", "Two", "One"] {
        let post = read(&format!("<p>{text}</p>"));
        let outcomes = run(&translator, &post).await.expect("the other one serves");
        assert!(is_done(&outcomes), "{text}");
    }
    assert_eq!(second.calls(), 1);
}
