//! The thread that the models of the backend live on.

use std::collections::HashMap;
use std::sync::mpsc;

use tokio::sync::oneshot;

use super::super::models::{ModelPair, Route};
use super::super::{BackendError, Reply, ReplySink, Request};
use super::NAME;
use super::desk::{Desk, Task, thread_count};
use super::engine::Model;
use super::work::{Legs, Text, work};

/// Texts that are to be translated together, and by which route.
#[derive(Debug)]
struct Batch {
    route: usize,
    texts: Vec<Text>,
}

type Answer = Result<Reply, String>;

/// The way to the thread. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Owner {
    desk: Desk<Batch, Answer>,
}

impl Owner {
    /// Starts the thread and loads the models of these routes.
    ///
    /// # Errors
    /// What is wrong with the first model that can't be used.
    pub(super) async fn start(
        routes: Vec<Route>,
        threads: Option<usize>,
    ) -> Result<Self, BackendError> {
        let (ready, is_ready) = oneshot::channel();
        let threads = thread_count(threads);
        let started = Desk::start("polypost-local", move |todo| match load(&routes) {
            Ok(models) => {
                if ready.send(Ok(())).is_ok() {
                    run(&routes, &models, todo, threads);
                }
            }
            Err(error) => drop(ready.send(Err(error))),
        });
        let desk = started.map_err(|error| gone(&error.to_string()))?;
        is_ready
            .await
            .unwrap_or_else(|_| Err(gone("its thread ended")))?;
        Ok(Self { desk })
    }

    /// Translates requests by the route of this number.
    pub(super) async fn translate(
        &self,
        route: usize,
        requests: &[Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let texts = requests
            .iter()
            .map(|request| Text {
                text: request.source.text().to_owned(),
                has_codes: !request.source.marks().is_empty(),
            })
            .collect();
        let reply = |index: usize, reply| {
            if let Some(request) = requests.get(index) {
                replies(request.id, reply);
            }
        };
        self.desk
            .ask(Batch { route, texts }, reply)
            .await
            .map_err(|_| gone("its thread ended"))
    }
}

fn gone(detail: &str) -> BackendError {
    BackendError::Program {
        program: NAME.to_owned(),
        code: None,
        detail: detail.to_owned(),
    }
}

fn load(routes: &[Route]) -> Result<HashMap<ModelPair, Model>, BackendError> {
    let mut models = HashMap::new();
    for installed in routes.iter().flat_map(Route::legs) {
        if !models.contains_key(&installed.pair) {
            models.insert(installed.pair.clone(), Model::load(installed)?);
        }
    }
    Ok(models)
}

/// Works until nobody can ask any more.
fn run(
    routes: &[Route],
    models: &HashMap<ModelPair, Model>,
    todo: &mpsc::Receiver<Task<Batch, Answer>>,
    threads: usize,
) {
    for task in todo {
        let Batch { route, texts } = &task.question;
        let legs: Option<Legs<'_>> = routes
            .get(*route)
            .and_then(|route| route.legs().map(|leg| models.get(&leg.pair)).collect());
        if let Some(legs) = legs {
            let answer = |index, reply| task.answer(index, reply);
            work(&legs, texts, threads, &task.is_cancelled, &answer);
        }
    }
}
