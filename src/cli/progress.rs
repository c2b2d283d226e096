//! Progress on a terminal; in a pipe there is none.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::message::Message;

use super::terminal::Terminal;

/// How far a run has come.
#[derive(Debug)]
pub(super) struct Progress {
    bar: Option<ProgressBar>,
    segments: AtomicU64,
    words: String,
}

impl Progress {
    /// Progress over `posts` posts, shown where the user looks on.
    pub(super) fn new(terminal: &Terminal, posts: usize) -> Self {
        let bar = terminal.shows_progress().then(|| {
            let bar = ProgressBar::new(posts as u64);
            let text = |id| terminal.text(&Message::new(id));
            let template = format!(
                "{{bar:24}} {{pos}}/{{len}} {} · {{msg}} · {} {{eta}}",
                text("progress-posts"),
                text("progress-left"),
            );
            let style = ProgressStyle::with_template(&template)
                .unwrap_or_else(|_| ProgressStyle::default_bar());
            bar.set_style(style);
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        Self {
            bar,
            segments: AtomicU64::new(0),
            words: terminal.text(&Message::new("progress-segments")),
        }
    }

    pub(super) fn add_segments(&self, count: usize) {
        let all = self.segments.fetch_add(count as u64, Ordering::Relaxed) + count as u64;
        if let Some(bar) = &self.bar {
            let seconds = bar.elapsed().as_secs_f64().max(0.001);
            #[expect(clippy::cast_precision_loss, reason = "it is shown with one decimal")]
            let rate = all as f64 / seconds;
            bar.set_message(format!("{all} {} ({rate:.1}/s)", self.words));
        }
    }

    pub(super) fn add_posts(&self, count: usize) {
        if let Some(bar) = &self.bar {
            bar.inc(count as u64);
        }
    }

    pub(super) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
