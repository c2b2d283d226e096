//! What is measured: our own steps, and the yardsticks beside them.

use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::{Span, Tokenizer};
use lol_html::{HtmlRewriter, Settings, element, text};
use polypost::html::{Changes, Extracted, HtmlUnit, Policy, Replacement, Shape, Site};
use polypost::html::{extract, rebuild};
use polypost::post::Splice;
use scraper::Html;

/// The selectors of a site that leaves something alone.
const EXCLUDED: &str = ".notranslate, [translate=\"no\"], .no-translate, code, .a > .b";

/// One way of reading a text. What it returns keeps the work from being optimized away.
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&str, Shape, &Policy) -> usize,
}

/// All of them; the one that ratios are taken against is [`YARDSTICK`].
pub(crate) const STEPS: [Step; 8] = [
    Step {
        name: "html5gum tokens",
        run: html5gum_tokens,
    },
    Step {
        name: "html5gum token spans",
        run: html5gum_spans,
    },
    Step {
        name: YARDSTICK,
        run: scraper_parse,
    },
    Step {
        name: "scraper parse + serialize",
        run: scraper_serialize,
    },
    Step {
        name: "lol_html elements + texts",
        run: lol_html_handlers,
    },
    Step {
        name: "polypost extract",
        run: |text, shape, policy| extracted(text, shape, policy).units().len(),
    },
    Step {
        name: OURS,
        run: identity,
    },
    Step {
        name: "polypost extract + rebuild, every unit anew",
        run: every_unit,
    },
];

/// What a tree costs with the libraries that ours is made of.
pub(crate) const YARDSTICK: &str = "scraper parse";
/// Tree, selectors, units and identity rebuild.
pub(crate) const OURS: &str = "polypost extract + rebuild";

pub(crate) fn policy() -> Policy {
    Policy::new("en".parse().expect("a language tag"))
        .exclude(EXCLUDED)
        .expect("a selector")
}

fn html5gum_tokens(text: &str, _: Shape, _: &Policy) -> usize {
    Tokenizer::new(text).count()
}

fn html5gum_spans(text: &str, _: Shape, _: &Policy) -> usize {
    let mut seen = 0;
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, span: Span<usize>| {
        if !matches!(event, CallbackEvent::Error(_)) {
            seen += span.end - span.start;
        }
        None::<std::convert::Infallible>
    });
    let Ok(()) = Tokenizer::new_with_emitter(text, emitter).finish();
    seen
}

fn tree(text: &str, shape: Shape) -> Html {
    match shape {
        Shape::Document => Html::parse_document(text),
        Shape::Fragment => Html::parse_fragment(text),
    }
}

fn scraper_parse(text: &str, shape: Shape, _: &Policy) -> usize {
    tree(text, shape).tree.nodes().len()
}

fn scraper_serialize(text: &str, shape: Shape, _: &Policy) -> usize {
    tree(text, shape).html().len()
}

fn lol_html_handlers(text: &str, _: Shape, _: &Policy) -> usize {
    let (mut seen, mut written) = (0, 0);
    let settings = Settings::new()
        .append_element_content_handler(element!("*", |element| {
            seen += element.attributes().len();
            Ok(())
        }))
        .append_element_content_handler(text!("*", |chunk| {
            std::hint::black_box(chunk.as_str());
            Ok(())
        }));
    let mut rewriter = HtmlRewriter::new(settings, |chunk: &[u8]| written += chunk.len());
    rewriter
        .write(text.as_bytes())
        .and_then(|()| rewriter.end())
        .expect("any text is read");
    seen + written
}

fn extracted(text: &str, shape: Shape, policy: &Policy) -> Extracted {
    extract(text, shape, policy).expect("nothing in the corpus is refused")
}

fn identity(text: &str, shape: Shape, policy: &Policy) -> usize {
    struct Nothing;
    impl Changes for Nothing {
        fn replacements(&self, _: &HtmlUnit) -> Vec<Replacement> {
            Vec::new()
        }
        fn site_value(&self, _: &Site) -> Option<Splice> {
            None
        }
    }
    rebuilt(text, shape, policy, &Nothing)
}

fn every_unit(text: &str, shape: Shape, policy: &Policy) -> usize {
    struct Marked;
    impl Changes for Marked {
        fn replacements(&self, unit: &HtmlUnit) -> Vec<Replacement> {
            let source = unit.source();
            vec![Replacement {
                text: 0..source.text().len(),
                marks: 0..source.marks().len(),
                target: source.clone(),
            }]
        }
        fn site_value(&self, _: &Site) -> Option<Splice> {
            None
        }
    }
    rebuilt(text, shape, policy, &Marked)
}

fn rebuilt(text: &str, shape: Shape, policy: &Policy, changes: &dyn Changes) -> usize {
    let output = rebuild(text, &extracted(text, shape, policy), changes).apply(text);
    assert!(output == text, "nothing was changed");
    output.len()
}
