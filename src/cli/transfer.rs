//! Progress of what is fetched or read, on a terminal; in a pipe there is none.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use super::terminal::Terminal;

/// How far a file has come. The bar goes when this is dropped.
#[derive(Debug)]
pub(super) struct Transfer {
    bar: Option<ProgressBar>,
}

/// A number of bytes as people like to read it.
pub(super) fn size(bytes: u64) -> String {
    if bytes >= 1_000_000 {
        format!("{} MB", (bytes + 500_000) / 1_000_000)
    } else {
        format!("{} kB", bytes.div_ceil(1000))
    }
}

impl Transfer {
    pub(super) fn new(terminal: &Terminal) -> Self {
        let bar = terminal.shows_progress().then(|| ProgressBar::new(0));
        if let Some(bar) = &bar {
            let style = ProgressStyle::with_template("{bar:16} {msg}");
            bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
            bar.enable_steady_tick(Duration::from_millis(200));
            terminal.talk_above(bar);
        }
        Self { bar }
    }

    /// What has been done, where nobody knows how much it is in all.
    pub(super) fn tell(&self, text: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(text.to_owned());
        }
    }

    /// So many bytes of a file are here.
    pub(super) fn show(&self, name: &str, bytes: u64, of: Option<u64>) {
        if let Some(bar) = &self.bar {
            bar.set_length(of.unwrap_or(0));
            bar.set_position(bytes);
            let of = of.map(|of| format!(" / {}", size(of))).unwrap_or_default();
            bar.set_message(format!("{name} {}{of}", size(bytes)));
        }
    }
}

impl Drop for Transfer {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
