//! The flow of posts: read, prepared, translated, finished and written, in order.
//!
//! Reading, preparing and finishing run beside each other on all cores; at any time only a bounded
//! number of posts is in memory, but for a backend that wants every request before its first reply;
//! of the catalogs, those of the inputs that are under way.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesOrdered;
use tokio::sync::mpsc;
use tokio::task::{JoinError, JoinHandle, spawn_blocking};

use crate::backend::Pair;
use crate::cli::commands::extract::post_error;
use crate::cli::error::CliError;
use crate::cli::files::Input;
use crate::cli::progress::Progress;
use crate::message::Message;
use crate::pipeline::{Done, Ready, Retranslate, Settings};
use crate::post::Chunk;
use crate::translate::Job;

use super::catalogs::{Catalogs, Key};
use super::engine::Engine;
use super::plan::Plan;
use super::report::{Numbered, Report};
use super::sink::Sinks;

/// Bytes of posts that are handed on together: enough that handing on costs nothing.
const GROUP: usize = 1 << 18;
/// Groups that may wait between two steps.
const WAITING: usize = 4;
/// Windows that may be translated at the same time.
const UNDER_WAY: usize = 3;
/// Segments that are translated together at least, so that batches get full.
const WINDOW: usize = 2000;
/// Posts that are translated together at most, however little is new in them.
const WINDOW_POSTS: usize = 1000;

/// A piece of an input on its way.
enum Piece<P> {
    Post {
        input: usize,
        /// Which of the posts of the input it is, counted from 0.
        number: usize,
        /// What it is called in its catalog; empty where it has none.
        name: String,
        before: String,
        post: P,
    },
    End {
        input: usize,
        after: String,
    },
}

impl<P> Piece<P> {
    /// The same piece with another post, made of its own, of the number of its input and of its
    /// name.
    fn try_map<Q, E>(
        self,
        make: impl FnOnce(usize, &str, P) -> Result<Q, E>,
    ) -> Result<Piece<Q>, E> {
        Ok(match self {
            Self::Post {
                input,
                number,
                name,
                before,
                post,
            } => Piece::Post {
                post: make(input, &name, post)?,
                input,
                number,
                name,
                before,
            },
            Self::End { input, after } => Piece::End { input, after },
        })
    }
}

/// Something for one of the target languages, by its index.
pub(super) struct For<T> {
    pub(super) target: usize,
    pub(super) value: T,
}

/// What is done to each post, on any thread.
#[derive(Clone)]
pub(super) struct Steps {
    pub(super) inputs: Arc<Vec<Input>>,
    pub(super) settings: Arc<Vec<Settings>>,
    pub(super) localized: Arc<HashSet<String>>,
    pub(super) catalogs: Arc<Catalogs>,
    pub(super) retranslate: Retranslate,
}

impl Steps {
    fn ready(&self, piece: Piece<String>) -> Result<Piece<Vec<For<Ready>>>, CliError> {
        piece.try_map(|input, name, post| {
            let format = self.inputs[input].format;
            // One copy for each language, and the post itself for the last.
            let copies = std::iter::repeat_n(post, self.settings.len());
            let languages = copies.zip(self.settings.iter()).enumerate();
            languages
                .map(|(target, (post, settings))| {
                    let mut value = Ready::read_checked(post, format, settings);
                    if let Some(old) = self.catalogs.old((input, target))? {
                        value.recall(name, old.file(name), self.retranslate);
                    }
                    Ok(For { target, value })
                })
                .collect()
        })
    }

    fn done(&self, piece: Piece<Vec<For<Ready>>>) -> Result<Piece<Vec<For<Done>>>, CliError> {
        let is_localized = |path: &str| self.localized.contains(path);
        piece.try_map(|input, _, post| {
            post.into_iter()
                .map(|ready| {
                    let target = ready.target;
                    let done = ready.value.finish(&self.settings[target], &is_localized);
                    let value = done.map_err(|error| post_error(&self.inputs[input], error))?;
                    Ok(For { target, value })
                })
                .collect()
        })
    }
}

pub(super) struct Flow<'f, 'e> {
    pub(super) steps: Steps,
    pub(super) plan: &'f Plan,
    pub(super) engine: &'f Engine<'e>,
    pub(super) pairs: &'f [Pair],
    pub(super) progress: &'f Progress,
}

/// Pieces that a task works on.
type Working<T> = JoinHandle<Result<Vec<Piece<Vec<For<T>>>>, CliError>>;

impl Flow<'_, '_> {
    pub(super) async fn run(
        &self,
        sinks: &mut Sinks,
        report: &mut Report<'_>,
    ) -> Result<(), CliError> {
        if self.engine.keeps_source() {
            return self.run_at_once(sinks, report).await;
        }
        let mut windows = Windows::new(self);
        let mut translating = FuturesOrdered::new();
        let mut finishing: VecDeque<Working<Done>> = VecDeque::new();
        let mut is_reading = true;
        while is_reading || !translating.is_empty() {
            // A backend that takes many requests at a time must not wait while the next window is
            // prepared, nor have nothing to do at the end of each.
            tokio::select! {
                window = windows.next(), if is_reading && translating.len() < UNDER_WAY => {
                    match window? {
                        Some(pieces) => translating.push_back(self.translate(pieces)),
                        None => is_reading = false,
                    }
                }
                Some(pieces) = translating.next() => {
                    finishing.push_back(self.start_finishing(pieces?));
                    if finishing.len() >= WAITING
                        && let Some(task) = finishing.pop_front()
                    {
                        self.write(joined(task).await?, sinks, report)?;
                    }
                }
            }
        }
        for task in finishing {
            self.write(joined(task).await?, sinks, report)?;
        }
        Ok(())
    }

    /// The same where nobody is asked: a post is finished by the task that prepared it, which
    /// keeps it in one core's cache.
    async fn run_at_once(
        &self,
        sinks: &mut Sinks,
        report: &mut Report<'_>,
    ) -> Result<(), CliError> {
        let mut groups = self.start_reading();
        let mut working: VecDeque<Working<Done>> = VecDeque::new();
        loop {
            while working.len() < WAITING
                && let Some(group) = groups.recv().await
            {
                let (group, steps) = (group?, self.steps.clone());
                working.push_back(spawn_blocking(move || {
                    let pieces = group.into_iter();
                    pieces
                        .map(|piece| steps.done(steps.ready(piece)?))
                        .collect()
                }));
            }
            let Some(task) = working.pop_front() else {
                return Ok(());
            };
            self.write(joined(task).await?, sinks, report)?;
        }
    }

    fn start_reading(&self) -> mpsc::Receiver<Result<Vec<Piece<String>>, CliError>> {
        let (sender, receiver) = mpsc::channel(WAITING);
        let steps = self.steps.clone();
        spawn_blocking(move || {
            let result = read_groups(&steps, &|group| sender.blocking_send(Ok(group)).is_ok());
            if let Err(error) = result {
                // If nobody listens any more, the run has ended already.
                drop(sender.blocking_send(Err(error)));
            }
        });
        receiver
    }

    fn start_preparing(&self, group: Vec<Piece<String>>) -> Working<Ready> {
        let steps = self.steps.clone();
        spawn_blocking(move || group.into_iter().map(|piece| steps.ready(piece)).collect())
    }

    /// Translates a window, posts in order. All languages at the same time: a backend may have to
    /// see every request of the run before it gives the first reply.
    async fn translate(
        &self,
        mut window: Vec<Piece<Vec<For<Ready>>>>,
    ) -> Result<Vec<Piece<Vec<For<Ready>>>>, CliError> {
        let ready = || {
            window.iter().flat_map(|piece| match piece {
                Piece::Post { post, .. } => post.as_slice(),
                Piece::End { .. } => &[],
            })
        };
        let jobs: Vec<Vec<Job<'_>>> = (0..self.pairs.len())
            .map(|target| {
                ready()
                    .filter(|post| post.target == target)
                    .flat_map(|post| post.value.jobs())
                    .collect()
            })
            .collect();
        let posts = ready().count();
        self.progress.begin(posts, jobs.iter().map(Vec::len).sum());
        let Some((first, open)) = window.iter().find_map(|piece| self.open_post(piece)) else {
            return Ok(window);
        };
        let translator = self.engine.translator(first, open).await?;
        let answered = |count| self.progress.add_segments(count);
        let asked = self
            .pairs
            .iter()
            .zip(&jobs)
            .map(|(pair, jobs)| translator.translate(pair, jobs, &answered));
        let mut outcomes: Vec<_> = futures_util::future::try_join_all(asked)
            .await?
            .into_iter()
            .map(Vec::into_iter)
            .collect();
        for piece in &mut window {
            let Piece::Post { post, .. } = piece else {
                continue;
            };
            for ready in post {
                let count = ready.value.segments();
                let own = outcomes[ready.target].by_ref().take(count);
                ready.value.set_outcomes(own.collect());
            }
        }
        Ok(window)
    }

    /// A post that has something to translate, and how many segments.
    fn open_post<'s>(&'s self, piece: &Piece<Vec<For<Ready>>>) -> Option<(Numbered<'s>, usize)> {
        let Piece::Post { input, number, .. } = piece else {
            return None;
        };
        let numbered = Numbered {
            input: &self.steps.inputs[*input],
            number: *number,
        };
        let open = segments_in(piece);
        (open > 0).then_some((numbered, open))
    }

    fn start_finishing(&self, pieces: Vec<Piece<Vec<For<Ready>>>>) -> Working<Done> {
        let steps = self.steps.clone();
        spawn_blocking(move || pieces.into_iter().map(|piece| steps.done(piece)).collect())
    }

    fn write(
        &self,
        pieces: Vec<Piece<Vec<For<Done>>>>,
        sinks: &mut Sinks,
        report: &mut Report<'_>,
    ) -> Result<(), CliError> {
        for piece in pieces {
            match piece {
                Piece::Post {
                    input,
                    number,
                    before,
                    post,
                    ..
                } => {
                    let numbered = Numbered {
                        input: &self.steps.inputs[input],
                        number,
                    };
                    self.progress.add_posts(post.len());
                    for For { target, mut value } in post {
                        let key = (input, target);
                        let destination = self.plan.destination(input, target);
                        sinks.write(key, destination, &before)?;
                        sinks.write(key, destination, &value.localized.text)?;
                        report.add(numbered, &self.pairs[target], &value)?;
                        if let Some(catalog) = value.catalog.take() {
                            self.steps.catalogs.add(key, catalog);
                        }
                    }
                }
                Piece::End { input, after } => {
                    for target in 0..self.pairs.len() {
                        self.close((input, target), &after, sinks)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Completes the output and the catalog of an input in a language.
    fn close(&self, key: Key, after: &str, sinks: &mut Sinks) -> Result<(), CliError> {
        let (input, target) = key;
        sinks.write(key, self.plan.destination(input, target), after)?;
        sinks.close(key)?;
        let settings = &self.steps.settings[target];
        if let Some(closed) = self.steps.catalogs.close(key, settings) {
            self.engine.remember(&closed.pairs)?;
            sinks.write_catalog(closed)?;
        }
        Ok(())
    }
}

/// Prepared posts, as many together as are translated together.
struct Windows<'f, 'e> {
    flow: &'f Flow<'f, 'e>,
    groups: mpsc::Receiver<Result<Vec<Piece<String>>, CliError>>,
    preparing: VecDeque<Working<Ready>>,
    is_reading: bool,
    whole_run: bool,
    window: Vec<Piece<Vec<For<Ready>>>>,
    segments: usize,
}

impl<'f, 'e> Windows<'f, 'e> {
    fn new(flow: &'f Flow<'f, 'e>) -> Self {
        Self {
            flow,
            groups: flow.start_reading(),
            preparing: VecDeque::new(),
            is_reading: true,
            whole_run: flow.engine.needs_whole_run(),
            window: Vec::new(),
            segments: 0,
        }
    }

    /// The next window; none behind the last one. Nothing is lost where this is dropped on the
    /// way: every step ends before the next await.
    async fn next(&mut self) -> Result<Option<Vec<Piece<Vec<For<Ready>>>>>, CliError> {
        loop {
            while self.is_reading && self.preparing.len() < WAITING {
                match self.groups.recv().await {
                    Some(group) => {
                        let task = self.flow.start_preparing(group?);
                        self.preparing.push_back(task);
                    }
                    None => self.is_reading = false,
                }
            }
            let Some(task) = self.preparing.front_mut() else {
                let window = std::mem::take(&mut self.window);
                return Ok((!window.is_empty()).then_some(window));
            };
            let group = joined(task).await?;
            self.preparing.pop_front();
            self.segments += group.iter().map(segments_in).sum::<usize>();
            self.window.extend(group);
            let is_full = self.segments >= WINDOW || self.window.len() >= WINDOW_POSTS;
            if !self.whole_run && is_full {
                self.segments = 0;
                return Ok(Some(std::mem::take(&mut self.window)));
            }
        }
    }
}

/// Reads all inputs in order and hands on groups, until `send` says that nobody wants them.
fn read_groups(steps: &Steps, send: &dyn Fn(Vec<Piece<String>>) -> bool) -> Result<(), CliError> {
    let mut group = Vec::new();
    let mut size = 0;
    for (input, file) in steps.inputs.iter().enumerate() {
        let mut names = steps.catalogs.names(file);
        let mut between = String::new();
        let mut number = 0;
        for chunk in file.chunks() {
            match chunk.map_err(|error| file.error(&error))? {
                Chunk::Between(text) => between.push_str(&text),
                Chunk::Post(post) => {
                    size += post.len();
                    let before = std::mem::take(&mut between);
                    let name = names.as_mut().map(|names| names.next(&post));
                    group.push(Piece::Post {
                        input,
                        number,
                        name: name.unwrap_or_default(),
                        before,
                        post,
                    });
                    number += 1;
                }
            }
            if size >= GROUP {
                size = 0;
                if !send(std::mem::take(&mut group)) {
                    return Ok(());
                }
            }
        }
        group.push(Piece::End {
            input,
            after: between,
        });
    }
    send(group);
    Ok(())
}

fn segments_in(piece: &Piece<Vec<For<Ready>>>) -> usize {
    match piece {
        Piece::End { .. } => 0,
        Piece::Post { post, .. } => post.iter().map(|ready| ready.value.segments()).sum(),
    }
}

/// Awaits a task; one that panicked is a defect of ours, which must not look like success.
async fn joined<T>(
    task: impl Future<Output = Result<Result<T, CliError>, JoinError>>,
) -> Result<T, CliError> {
    task.await.unwrap_or_else(|error| {
        Err(CliError::new(
            crate::cli::exit::Exit::Files,
            Message::new("error-internal").with("detail", error.to_string()),
        ))
    })
}
