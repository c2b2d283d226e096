//! The thread that the models live on: the engine must not leave the thread that loaded it, but
//! may be lent to others from there.

use std::collections::HashMap;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use tokio::sync::{mpsc as answers, oneshot};

use super::super::models::{ModelPair, Route};
use super::super::{BackendError, Reply, ReplySink, Request};
use super::NAME;
use super::engine::Model;
use super::work::{Legs, Text, work};

/// Texts that are to be translated together, and where to say so.
struct Task {
    route: usize,
    texts: Vec<Text>,
    answers: answers::UnboundedSender<(usize, Result<Reply, String>)>,
    is_cancelled: Arc<AtomicBool>,
}

/// The way to the thread. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Owner {
    tasks: mpsc::Sender<Task>,
}

/// Tells the thread that nobody waits any more, when it is dropped.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
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
        let (tasks, todo) = mpsc::channel();
        let (ready, is_ready) = oneshot::channel();
        let threads = threads
            .or_else(|| std::thread::available_parallelism().ok().map(NonZero::get))
            .unwrap_or(1)
            .max(1);
        let spawned = std::thread::Builder::new()
            .name("polypost-local".to_owned())
            .spawn(move || match load(&routes) {
                Ok(models) => {
                    if ready.send(Ok(())).is_ok() {
                        run(&routes, &models, &todo, threads);
                    }
                }
                Err(error) => drop(ready.send(Err(error))),
            });
        spawned.map_err(|error| gone(&error.to_string()))?;
        is_ready
            .await
            .unwrap_or_else(|_| Err(gone("its thread ended")))?;
        Ok(Self { tasks })
    }

    /// Translates requests by the route of this number.
    pub(super) async fn translate(
        &self,
        route: usize,
        requests: &[Request],
        replies: ReplySink<'_>,
    ) -> Result<(), BackendError> {
        let (answers, mut answered) = answers::unbounded_channel();
        let waiting = Waiting(Arc::default());
        let texts = requests
            .iter()
            .map(|request| Text {
                text: request.source.text().to_owned(),
                has_codes: !request.source.marks().is_empty(),
            })
            .collect();
        let task = Task {
            route,
            texts,
            answers,
            is_cancelled: Arc::clone(&waiting.0),
        };
        self.tasks
            .send(task)
            .map_err(|_| gone("its thread ended"))?;
        while let Some((index, reply)) = answered.recv().await {
            if let Some(request) = requests.get(index) {
                replies(request.id, reply);
            }
        }
        Ok(())
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
    todo: &mpsc::Receiver<Task>,
    threads: usize,
) {
    for task in todo {
        let legs: Option<Legs<'_>> = routes
            .get(task.route)
            .and_then(|route| route.legs().map(|leg| models.get(&leg.pair)).collect());
        if let Some(legs) = legs {
            let answer = |index, reply| {
                // Nobody listens to what was cancelled.
                drop(task.answers.send((index, reply)));
            };
            work(&legs, &task.texts, threads, &task.is_cancelled, &answer);
        }
    }
}
