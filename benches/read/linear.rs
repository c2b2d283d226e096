//! Whether time grows with size and nothing else: each text in four sizes, in time per byte.

use std::fmt::Write as _;
use std::time::Instant;

use polypost::html::Shape;

use crate::corpus::{self, Dice};
use crate::steps::{STEPS, policy};

/// A text of about a number of repetitions.
type Grown = fn(usize) -> String;

/// What grows, the text, and how often it repeats in the smallest size.
const GROWING: [(&str, Grown, usize); 6] = [
    ("size", |n| corpus::posts(n).concat(), 100),
    ("attributes on one tag", attributes, 12_500),
    ("excluded subtrees", excluded, 5_000),
    ("nodes in one excluded subtree", one_excluded, 10_000),
    ("codes in one unit", codes, 5_000),
    ("protected spans in one unit", protected, 5_000),
];

const ROUNDS: usize = 3;

/// Prints nanoseconds per byte for each text in sizes n, 2n, 4n and 8n: the figures of a row are
/// the same where the time is linear.
pub(crate) fn report() {
    println!("\nnanoseconds per byte at n, 2n, 4n, 8n");
    for step in STEPS
        .iter()
        .filter(|step| step.name.starts_with("polypost"))
    {
        println!("{}", step.name);
        for (name, text, smallest) in GROWING {
            let mut row = format!("  {name:<32}");
            for factor in [1, 2, 4, 8] {
                let text = text(smallest * factor);
                let best = (0..ROUNDS)
                    .map(|_| {
                        let start = Instant::now();
                        std::hint::black_box((step.run)(&text, Shape::Fragment, &policy()));
                        start.elapsed()
                    })
                    .min()
                    .unwrap_or_default();
                let _ = write!(row, "{:8.1}", best.as_secs_f64() * 1e9 / size(&text));
            }
            println!("{row}");
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "a figure to look at")]
pub(crate) fn size(text: &str) -> f64 {
    text.len() as f64
}

fn attributes(count: usize) -> String {
    let names = ["title", "data-x", "class", "href", "onclick", "alt"];
    let mut dice = Dice::new(1);
    let mut text = String::from("<p>Before <a");
    for number in 0..count {
        let name = names[dice.roll(names.len())];
        let _ = write!(text, " {name}{number}=\"a value\" {name}=other");
    }
    text + ">a link</a> after</p>"
}

fn excluded(count: usize) -> String {
    "<p>One <b class=notranslate>left <i>alone</i></b> word.</p><div translate=no><p>None</p></div>"
        .repeat(count)
}

fn one_excluded(count: usize) -> String {
    let inner = "<p>None <b>of</b> this <span>text</span></p>".repeat(count);
    format!("<p>Before</p><div class=no-translate>{inner}</div><p>After</p>")
}

fn codes(count: usize) -> String {
    let inner = "word <b>bold</b> and <a href=\"/x\">a <i>link</i></a><br> more ".repeat(count);
    format!("<p>{inner}</p>")
}

fn protected(count: usize) -> String {
    let inner =
        "see https://example.org/a [x_y] <code>run</code> and {{ name }} too, ".repeat(count);
    format!("<p>{inner}</p>")
}
