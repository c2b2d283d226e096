//! When the next request may be sent: not more of them a minute than the service allows, and none
//! while it asks for a pause.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// The pace of one backend.
#[derive(Debug)]
pub(super) struct Pace {
    /// Requests a second; none where that is not limited.
    rate: Option<f64>,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    /// Requests that may be sent at once (a token bucket).
    tokens: f64,
    counted: Instant,
    not_before: Instant,
}

impl Pace {
    pub(super) fn new(per_minute: Option<u32>) -> Self {
        let now = Instant::now();
        Self {
            rate: per_minute.map(|count| f64::from(count.max(1)) / 60.0),
            state: Mutex::new(State {
                tokens: 1.0,
                counted: now,
                not_before: now,
            }),
        }
    }

    /// Nothing is sent for so long.
    pub(super) fn pause(&self, wait: Duration) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.not_before = state.not_before.max(Instant::now() + wait);
    }

    /// Waits until a request may be sent, and counts it.
    pub(super) async fn turn(&self) {
        while let Some(wait) = self.wait() {
            tokio::time::sleep(wait).await;
        }
    }

    /// How long to wait before asking again; none where the request may be sent now.
    fn wait(&self) -> Option<Duration> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        if now < state.not_before {
            return Some(state.not_before - now);
        }
        let rate = self.rate?;
        let gained = (now - state.counted).as_secs_f64() * rate;
        // A second's worth may be sent at once, and one request at least.
        state.tokens = (state.tokens + gained).min(rate.max(1.0));
        state.counted = now;
        if state.tokens < 1.0 {
            return Some(Duration::from_secs_f64((1.0 - state.tokens) / rate));
        }
        state.tokens -= 1.0;
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn time_of(pace: &Pace, turns: usize) -> f64 {
        let start = Instant::now();
        for _ in 0..turns {
            pace.turn().await;
        }
        start.elapsed().as_secs_f64()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_keep_to_the_rate() {
        assert!(time_of(&Pace::new(None), 1000).await < 0.001);
        let slow = time_of(&Pace::new(Some(30)), 4).await;
        assert!((6.0..6.1).contains(&slow), "{slow}");
        let fast = time_of(&Pace::new(Some(600)), 41).await;
        assert!((3.9..4.1).contains(&fast), "{fast}");
    }

    #[tokio::test(start_paused = true)]
    async fn the_longest_pause_counts() {
        let pace = Pace::new(None);
        pace.pause(Duration::from_secs(5));
        pace.pause(Duration::from_secs(2));
        let time = time_of(&pace, 2).await;
        assert!((5.0..5.1).contains(&time), "{time}");
    }
}
