//! Progress on a terminal; in a pipe there is none.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use indicatif::{HumanDuration, ProgressBar, ProgressState, ProgressStyle};

use crate::message::Message;

use super::terminal::Terminal;

/// Steps of the bar for each post, so that it moves within one as well.
const STEPS: u64 = 1000;

/// How far a run has come. The bar goes when this is dropped, as where the run is interrupted.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    counts: Mutex<Counts>,
    posts: usize,
    of_posts: String,
    of_segments: String,
}

#[derive(Debug, Default)]
struct Counts {
    posts: usize,
    segments: usize,
    /// What is under way: posts, their segments, and how many are answered.
    window: (usize, usize, usize),
}

impl Progress {
    /// Progress over `posts` posts, shown where the user looks on.
    pub(super) fn new(terminal: &Terminal, posts: usize) -> Self {
        let text = |id| terminal.text(&Message::new(id));
        let progress = Self {
            bar: terminal
                .shows_progress()
                .then(|| ProgressBar::new(posts as u64 * STEPS)),
            counts: Mutex::default(),
            posts,
            of_posts: text("progress-posts"),
            of_segments: text("progress-segments"),
        };
        if let Some(bar) = &progress.bar {
            let left = text("progress-left");
            // Before the first step nobody knows how long it takes.
            let left = move |state: &ProgressState, out: &mut dyn std::fmt::Write| {
                if state.pos() > 0 {
                    let written = write!(out, " · {left} {:#}", HumanDuration(state.eta()));
                    debug_assert!(written.is_ok(), "it is written to memory");
                }
            };
            let style = ProgressStyle::with_template("{bar:16} {msg}{left}")
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            bar.set_style(style.with_key("left", left));
            progress.show(bar, &Counts::default());
            bar.enable_steady_tick(Duration::from_millis(200));
            terminal.talk_above(bar);
        }
        progress
    }

    /// So many posts, with so many segments in all, are under way from now on.
    pub(super) fn begin(&self, posts: usize, segments: usize) {
        self.change(|counts| {
            counts.window.0 += posts;
            counts.window.1 += segments;
        });
    }

    pub(super) fn add_segments(&self, count: usize) {
        self.change(|counts| {
            counts.segments += count;
            counts.window.2 += count;
        });
    }

    pub(super) fn add_posts(&self, count: usize) {
        self.change(|counts| {
            counts.posts += count;
            counts.window.0 = counts.window.0.saturating_sub(count);
            if counts.window.0 == 0 {
                counts.window = (0, 0, 0);
            }
        });
    }

    fn change(&self, change: impl FnOnce(&mut Counts)) {
        if let Some(bar) = &self.bar {
            let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
            change(&mut counts);
            self.show(bar, &counts);
        }
    }

    fn show(&self, bar: &ProgressBar, counts: &Counts) {
        let (posts, segments, answered) = counts.window;
        let within = (posts as u64 * STEPS * answered.min(segments) as u64)
            .checked_div(segments as u64)
            .unwrap_or(0);
        // It never goes back, whatever is written while the next window is translated.
        let position = bar.position().max(counts.posts as u64 * STEPS + within);
        bar.set_position(position);
        let mut text = format!("{}/{} {}", counts.posts, self.posts, self.of_posts);
        if counts.segments > 0 {
            #[expect(clippy::cast_precision_loss, reason = "it is shown with one decimal")]
            let rate = counts.segments as f64 / bar.elapsed().as_secs_f64().max(0.001);
            text.push_str(&format!(
                " · {} {} ({rate:.1}/s)",
                counts.segments, self.of_segments
            ));
        }
        bar.set_message(text);
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.finish();
    }
}
