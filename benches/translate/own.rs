//! Our own time for a segment.

use std::time::{Duration, Instant};

use polypost::backend::{
    Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request,
};
use polypost::html::Policy;
use polypost::memory::Sqlite;
use polypost::pipeline::{Format, Ready, Settings};
use polypost::post::default_fields;
use polypost::route::{LinkPolicy, SiteConfig};
use polypost::translate::{Job, Translator};
use polypost::unit::{Alignment, Segmentation};

use crate::{POSTS, ROUNDS, SEGMENTS, median, posts};

/// How the answers look.
#[derive(Clone, Copy)]
enum Form {
    /// With the codes.
    Tagged,
    /// Without, and without an alignment: the places of codes are estimated.
    Plain,
}

/// Answers at once with the text that it is asked for.
struct Echo(Form);

impl Backend for Echo {
    fn name(&self) -> &'static str {
        "echo"
    }

    fn limits(&self) -> Limits {
        Limits {
            segments: 50,
            concurrency: 8,
            ..Limits::NONE
        }
    }

    fn fingerprint(&self) -> Option<String> {
        Some(String::new())
    }

    fn translate<'a>(
        &'a self,
        _: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            for request in requests {
                let reply = match self.0 {
                    Form::Tagged => Reply::Tagged(request.source.to_tagged()),
                    // Other words, or no estimate would be needed.
                    Form::Plain => Reply::Plain {
                        text: request.source.text().replace("The ", "Die "),
                        alignment: Alignment::new(),
                    },
                };
                replies(request.id, Ok(reply));
            }
            Ok(())
        })
    }
}

/// Prints the time for a segment, from the text of its post to the text of the localized one.
pub(crate) fn report() {
    println!(
        "\nour own time: {SEGMENTS} segments of 17 words with codes, medians of {ROUNDS} rounds"
    );
    for (name, form, is_kept) in [
        ("answers with codes", Form::Tagged, false),
        ("the same, each answer kept in SQLite", Form::Tagged, true),
        ("answers without codes or alignment", Form::Plain, false),
    ] {
        let times = (0..ROUNDS).map(|_| run(form, is_kept)).collect();
        let micros = median(times).as_secs_f64() * 1e6 / f64::from(SEGMENTS);
        println!("  {name:<40}{micros:8.1} µs a segment, one thread");
    }
}

fn run(form: Form, is_kept: bool) -> Duration {
    let folder = tempfile::tempdir().expect("a folder");
    let memory = Sqlite::open(&folder.path().join("memory.db"))
        .expect("a memory")
        .0;
    let backend = Echo(form);
    let mut translator = Translator::new(&backend);
    if is_kept {
        translator = translator.with_memory(&memory);
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .expect("a runtime");
    let settings = settings();
    let pair = Pair {
        source: settings.source.clone(),
        target: settings.target.clone(),
    };
    let texts = posts();
    let start = Instant::now();
    let mut ready: Vec<Ready> = texts
        .into_iter()
        .map(|text| Ready::read(text, Format::Json, &settings).expect("a post"))
        .collect();
    let jobs: Vec<Job<'_>> = ready.iter().flat_map(Ready::jobs).collect();
    assert_eq!(jobs.len(), SEGMENTS as usize);
    let outcomes = runtime.block_on(translator.translate(&pair, &jobs, &|_| ()));
    let outcomes = outcomes.expect("translated");
    assert!(outcomes.iter().all(|outcome| outcome.target.is_some()));
    let mut outcomes = outcomes.into_iter();
    for post in &mut ready {
        let own = outcomes
            .by_ref()
            .take((SEGMENTS / POSTS) as usize)
            .collect();
        post.set_outcomes(own);
    }
    for post in ready {
        let done = post.finish(&settings, &|_| false).expect("a post");
        std::hint::black_box(done.localized.text.len());
    }
    start.elapsed()
}

fn settings() -> Settings {
    let pair = crate::contract::pair("en", "de");
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
