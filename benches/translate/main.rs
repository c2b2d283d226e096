//! What translating costs beside the backend: our own time for a segment, with a backend that
//! answers at once; and the program with a service that takes its time, beside the least time that
//! its batches can take.
//!
//! `cargo bench --bench translate`; `POLYPOST_BENCH=own` or `=service` prints one table alone.

#![expect(clippy::print_stdout, reason = "a report for the terminal")]

#[path = "../../tests/services/contract/mod.rs"]
#[expect(dead_code, reason = "only one service is measured")]
mod contract;
mod own;
mod service;

use std::time::Duration;

use serde_json::json;

const POSTS: u32 = 250;
const PARAGRAPHS: u32 = 20;
const SEGMENTS: u32 = POSTS * PARAGRAPHS;
const ROUNDS: usize = 5;

fn main() {
    let only = std::env::var("POLYPOST_BENCH").unwrap_or_default();
    if only.is_empty() || only == "own" {
        own::report();
    }
    if only.is_empty() || only == "service" {
        service::report();
    }
}

/// Posts as JSON Lines: every paragraph is one sentence with codes, and no two are alike.
fn posts() -> Vec<String> {
    (0..POSTS)
        .map(|post| {
            let paragraph = |number| {
                format!(
                    "<p>The <b class=\"x\">harbour office</b> of pier {number} in town {post} has \
                     repaired <a href=\"/pier/{number}\">the smallest lighthouse</a> &amp; its lamp.</p>\n"
                )
            };
            let content: String = (0..PARAGRAPHS).map(paragraph).collect();
            json!({
                "id": post,
                "link": format!("https://example.com/en/post-{post}/"),
                "content": { "rendered": content, "protected": false },
            })
            .to_string()
        })
        .collect()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
