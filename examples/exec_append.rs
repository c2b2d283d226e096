//! A program for the backend `exec`: `--backend 'exec:exec_append TEXT'`.
//!
//! It answers every request with the request's own text and `TEXT` after it (U+2060, which can't
//! be seen, where there is none). A real one would translate what stands between the codes.
//!
//! A request is a line of JSON on standard input:
//!
//! ```json
//! {"id":1,"source":"en","target":"es","text":"The <g1>red</g1> house.<x2/>","plain":"The red house.","context":""}
//! ```
//!
//! A reply is a line on standard output, in any order:
//!
//! ```json
//! {"id":1,"text":"La casa <g1>roja</g1>.<x2/>"}
//! ```
//!
//! The codes `<g1>…</g1>` and `<x2/>` stand for markup and have to come back, each once; `&`, `<`
//! and `>` of the text itself are `&amp;`, `&lt;` and `&gt;`.

use std::io::{BufRead as _, Write as _};

use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
struct Request {
    id: u64,
    text: String,
}

#[derive(Serialize)]
struct Reply {
    id: u64,
    text: String,
}

fn main() -> std::io::Result<()> {
    let end = std::env::args().nth(1);
    let end = end.as_deref().unwrap_or("\u{2060}");
    let mut out = std::io::stdout().lock();
    for line in std::io::stdin().lock().lines() {
        let Request { id, text } = serde_json::from_str(&line?)?;
        let text = format!("{text}{end}");
        serde_json::to_writer(&mut out, &Reply { id, text })?;
        writeln!(out)?;
        // Nobody has to wait for the rest.
        out.flush()?;
    }
    Ok(())
}
