//! The flow of posts: read, prepared, translated, finished and written, in order.
//!
//! Reading, preparing and finishing run beside each other on all cores; at any time only a bounded
//! number of posts is in memory, but for a backend that wants every request before its first reply.

use std::collections::{HashSet, VecDeque};
use std::sync::Arc;

use tokio::sync::mpsc;
use tokio::task::{JoinHandle, spawn_blocking};

use crate::backend::Pair;
use crate::cli::commands::extract::post_error;
use crate::cli::error::CliError;
use crate::cli::files::Input;
use crate::cli::progress::Progress;
use crate::message::Message;
use crate::pipeline::{Done, PostError, Ready, Settings};
use crate::post::Chunk;
use crate::translate::{Job, Translator};

use super::plan::Plan;
use super::report::{Numbered, Report};
use super::sink::Sinks;

/// Bytes of posts that are handed on together: enough that handing on costs nothing.
const GROUP: usize = 1 << 18;
/// Groups that may wait between two steps.
const WAITING: usize = 4;
/// Segments that are translated together at least, so that batches get full.
const WINDOW: usize = 2000;

/// A piece of an input on its way.
enum Piece<P> {
    Post {
        input: usize,
        /// Which of the posts of the input it is, counted from 0.
        number: usize,
        before: String,
        post: P,
    },
    End {
        input: usize,
        after: String,
    },
}

/// Something for one of the target languages, by its index.
pub(super) struct For<T> {
    pub(super) target: usize,
    pub(super) value: T,
}

pub(super) struct Flow<'f> {
    pub(super) inputs: Arc<Vec<Input>>,
    pub(super) settings: Arc<Vec<Settings>>,
    pub(super) localized: Arc<HashSet<String>>,
    pub(super) plan: &'f Plan,
    pub(super) translator: &'f Translator<'f>,
    pub(super) pairs: &'f [Pair],
    pub(super) progress: &'f Progress,
}

/// Pieces that a task works on.
type Working<T> = JoinHandle<Result<Vec<Piece<Vec<For<T>>>>, CliError>>;

impl Flow<'_> {
    pub(super) async fn run(
        &self,
        sinks: &mut Sinks,
        report: &mut Report<'_>,
    ) -> Result<(), CliError> {
        let mut groups = self.start_reading();
        let mut preparing: VecDeque<Working<Ready>> = VecDeque::new();
        let mut finishing: VecDeque<Working<Done>> = VecDeque::new();
        let mut window = Vec::new();
        let mut segments = 0;
        let whole_run = self.translator.backend().limits().whole_run;
        let is_asked = !self.translator.backend().keeps_source();
        let mut is_reading = true;
        while is_reading || !preparing.is_empty() {
            while is_reading && preparing.len() < WAITING {
                match groups.recv().await {
                    Some(group) => preparing.push_back(self.start_preparing(group?)),
                    None => is_reading = false,
                }
            }
            if let Some(task) = preparing.pop_front() {
                let group = joined(task).await?;
                segments += group.iter().map(segments_in).sum::<usize>();
                window.extend(group);
            }
            let is_full = !is_asked || (!whole_run && segments >= WINDOW);
            let is_last = !is_reading && preparing.is_empty();
            if is_full || is_last {
                segments = 0;
                let mut pieces = std::mem::take(&mut window);
                if is_asked {
                    self.translate(&mut pieces).await?;
                }
                finishing.push_back(self.start_finishing(pieces));
                if finishing.len() >= WAITING
                    && let Some(task) = finishing.pop_front()
                {
                    self.write(joined(task).await?, sinks, report)?;
                }
            }
        }
        for task in finishing {
            self.write(joined(task).await?, sinks, report)?;
        }
        Ok(())
    }

    fn start_reading(&self) -> mpsc::Receiver<Result<Vec<Piece<String>>, CliError>> {
        let (sender, receiver) = mpsc::channel(WAITING);
        let inputs = Arc::clone(&self.inputs);
        spawn_blocking(move || {
            let result = read_groups(&inputs, &|group| sender.blocking_send(Ok(group)).is_ok());
            if let Err(error) = result {
                // If nobody listens any more, the run has ended already.
                drop(sender.blocking_send(Err(error)));
            }
        });
        receiver
    }

    fn start_preparing(&self, group: Vec<Piece<String>>) -> Working<Ready> {
        let inputs = Arc::clone(&self.inputs);
        let settings = Arc::clone(&self.settings);
        spawn_blocking(move || {
            let ready = group.into_iter().map(|piece| match piece {
                Piece::End { input, after } => Piece::End { input, after },
                Piece::Post {
                    input,
                    number,
                    before,
                    post,
                } => Piece::Post {
                    input,
                    number,
                    before,
                    post: ready_in_all(post, &inputs[input], &settings),
                },
            });
            Ok(ready.collect())
        })
    }

    /// Translates a window, posts in order. All languages at the same time: a backend may have to
    /// see every request of the run before it gives the first reply.
    async fn translate(&self, window: &mut [Piece<Vec<For<Ready>>>]) -> Result<(), CliError> {
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
        let answered = |count| self.progress.add_segments(count);
        let asked = self
            .pairs
            .iter()
            .zip(&jobs)
            .map(|(pair, jobs)| self.translator.translate(pair, jobs, &answered));
        let mut outcomes: Vec<_> = futures_util::future::try_join_all(asked)
            .await?
            .into_iter()
            .map(Vec::into_iter)
            .collect();
        for piece in window {
            let Piece::Post { post, .. } = piece else {
                continue;
            };
            for ready in post {
                let count = ready.value.segments();
                let own = outcomes[ready.target].by_ref().take(count);
                ready.value.set_outcomes(own.collect());
            }
        }
        Ok(())
    }

    fn start_finishing(&self, pieces: Vec<Piece<Vec<For<Ready>>>>) -> Working<Done> {
        let inputs = Arc::clone(&self.inputs);
        let settings = Arc::clone(&self.settings);
        let localized = Arc::clone(&self.localized);
        spawn_blocking(move || {
            pieces
                .into_iter()
                .map(|piece| match piece {
                    Piece::End { input, after } => Ok(Piece::End { input, after }),
                    Piece::Post {
                        input,
                        number,
                        before,
                        post,
                    } => Ok(Piece::Post {
                        input,
                        number,
                        before,
                        post: post
                            .into_iter()
                            .map(|ready| {
                                let settings = &settings[ready.target];
                                done(ready, settings, &localized)
                                    .map_err(|error| post_error(&inputs[input], error))
                            })
                            .collect::<Result<_, _>>()?,
                    }),
                })
                .collect()
        })
    }

    fn write(
        &self,
        pieces: Vec<Piece<Vec<For<Done>>>>,
        sinks: &mut Sinks,
        report: &mut Report<'_>,
    ) -> Result<(), CliError> {
        for piece in &pieces {
            match piece {
                Piece::Post {
                    input,
                    number,
                    before,
                    post,
                } => {
                    let numbered = Numbered {
                        input: &self.inputs[*input],
                        number: *number,
                    };
                    self.progress.add_posts(post.len());
                    for done in post {
                        let key = (*input, done.target);
                        let destination = self.plan.destination(*input, done.target);
                        sinks.write(key, destination, before)?;
                        sinks.write(key, destination, &done.value.localized.text)?;
                        let pair = &self.pairs[done.target];
                        report.add(numbered, pair, &done.value)?;
                    }
                }
                Piece::End { input, after } => {
                    for target in 0..self.pairs.len() {
                        let destination = self.plan.destination(*input, target);
                        sinks.write((*input, target), destination, after)?;
                        sinks.close((*input, target))?;
                    }
                }
            }
        }
        // Trees take a while to be given back; writing goes on meanwhile.
        drop(spawn_blocking(move || drop(pieces)));
        Ok(())
    }
}

/// Reads all inputs in order and hands on groups, until `send` says that nobody wants them.
fn read_groups(
    inputs: &[Input],
    send: &dyn Fn(Vec<Piece<String>>) -> bool,
) -> Result<(), CliError> {
    let mut group = Vec::new();
    let mut size = 0;
    for (input, file) in inputs.iter().enumerate() {
        let mut between = String::new();
        let mut number = 0;
        for chunk in file.chunks() {
            match chunk.map_err(|error| file.error(&error))? {
                Chunk::Between(text) => between.push_str(&text),
                Chunk::Post(post) => {
                    size += post.len();
                    let before = std::mem::take(&mut between);
                    group.push(Piece::Post {
                        input,
                        number,
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

fn ready_in_all(post: String, input: &Input, settings: &[Settings]) -> Vec<For<Ready>> {
    // One copy for each language, and the post itself for the last.
    let copies = std::iter::repeat_n(post, settings.len());
    copies
        .zip(settings)
        .enumerate()
        .map(|(target, (post, settings))| For {
            target,
            value: Ready::read_checked(post, input.format, settings),
        })
        .collect()
}

fn segments_in(piece: &Piece<Vec<For<Ready>>>) -> usize {
    match piece {
        Piece::End { .. } => 0,
        Piece::Post { post, .. } => post.iter().map(|ready| ready.value.segments()).sum(),
    }
}

fn done(
    ready: For<Ready>,
    settings: &Settings,
    localized: &HashSet<String>,
) -> Result<For<Done>, PostError> {
    let is_localized = |path: &str| localized.contains(path);
    Ok(For {
        target: ready.target,
        value: ready.value.finish(settings, &is_localized)?,
    })
}

/// Awaits a task; one that panicked is a defect of ours, which must not look like success.
async fn joined<T>(task: JoinHandle<Result<T, CliError>>) -> Result<T, CliError> {
    task.await.unwrap_or_else(|error| {
        Err(CliError::new(
            crate::cli::exit::Exit::Files,
            Message::new("error-internal").with("detail", error.to_string()),
        ))
    })
}
