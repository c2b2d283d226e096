//! A thread that is asked from elsewhere and answers bit by bit: the engine must not leave the
//! thread that loaded it, but may be lent to others from there.

use std::io;
use std::num::NonZero;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;

use tokio::sync::mpsc as answers;

/// A question, and where to answer it.
pub(super) struct Task<Q, A> {
    pub(super) question: Q,
    /// Set when nobody waits for the answers any more.
    pub(super) is_cancelled: Arc<AtomicBool>,
    answers: answers::UnboundedSender<(usize, A)>,
}

impl<Q, A> Task<Q, A> {
    /// Answers the part of the question that has this number.
    pub(super) fn answer(&self, index: usize, answer: A) {
        // Nobody listens to what was cancelled.
        drop(self.answers.send((index, answer)));
    }
}

/// The way to the thread. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Desk<Q, A> {
    tasks: mpsc::Sender<Task<Q, A>>,
}

/// The thread has ended before its time.
#[derive(Debug)]
pub(super) struct Gone;

/// Tells the thread that nobody waits any more, when it is dropped.
struct Waiting(Arc<AtomicBool>);

impl Drop for Waiting {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl<Q: Send + 'static, A: Send + 'static> Desk<Q, A> {
    /// Starts a thread that works on what it receives until nobody can ask any more.
    ///
    /// # Errors
    /// Where the system has no thread to give.
    pub(super) fn start(
        name: &str,
        work: impl FnOnce(&mpsc::Receiver<Task<Q, A>>) + Send + 'static,
    ) -> io::Result<Self> {
        let (tasks, todo) = mpsc::channel();
        std::thread::Builder::new()
            .name(name.to_owned())
            .spawn(move || work(&todo))?;
        Ok(Self { tasks })
    }

    /// Asks, and hands over each answer as soon as it is there, until the thread is done with the
    /// question. Dropping the future cancels what is not begun.
    ///
    /// # Errors
    /// [`Gone`] where the thread takes no questions any more.
    pub(super) async fn ask(
        &self,
        question: Q,
        mut each: impl FnMut(usize, A) + Send,
    ) -> Result<(), Gone> {
        let (answers, mut answered) = answers::unbounded_channel();
        let waiting = Waiting(Arc::default());
        let task = Task {
            question,
            is_cancelled: Arc::clone(&waiting.0),
            answers,
        };
        self.tasks.send(task).map_err(|_| Gone)?;
        while let Some((index, answer)) = answered.recv().await {
            each(index, answer);
        }
        Ok(())
    }
}

/// How many threads to work on: as many as wanted, else all that the machine has.
pub(super) fn thread_count(wanted: Option<usize>) -> usize {
    wanted
        .or_else(|| std::thread::available_parallelism().ok().map(NonZero::get))
        .unwrap_or(1)
        .max(1)
}
