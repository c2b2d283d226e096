//! The texts that are measured: made up here, the same on every machine.

use std::fmt::Write as _;

const SUBJECTS: [&str; 16] = [
    "The harbour office",
    "A retired baker",
    "Our neighbour Inés",
    "The second committee",
    "Dr. Whitlock",
    "Every volunteer",
    "The old ferry",
    "A delegation from Åland",
    "The museum&#8217;s archive",
    "Nobody at AT&amp;T",
    "The orchard",
    "My sister&nbsp;Ana",
    "The weather service",
    "Half of the choir",
    "The night train",
    "A well-known botanist",
];

const VERBS: [&str; 14] = [
    "has repaired",
    "opened",
    "counts",
    "will not sell",
    "photographed",
    "describes",
    "keeps",
    "borrowed",
    "measured",
    "carries",
    "wrote about",
    "is looking for",
    "painted",
    "brought back",
];

const OBJECTS: [&str; 18] = [
    "the smallest lighthouse on the coast",
    "eleven boxes of letters",
    "a map from 1874",
    "two clocks that run backwards",
    "the price of salt &#8212; again",
    "an unfinished bridge",
    "the names of all 3,214 islands",
    "a recipe for bread &amp; butter pudding",
    "the first snow of the year",
    "wool, tar and rope",
    "a violin without strings",
    "what the tide left behind",
    "the last café in the valley",
    "instruments for measuring rain",
    "a garden behind the station",
    "several kinds of &#8220;wild&#8221; apple",
    "seats for forty people",
    "the road to Łódź",
];

const ENDINGS: [&str; 12] = [
    "since last spring",
    "on a Tuesday, of all days",
    "with the help of friends",
    "before anyone had noticed",
    "in about 3.5 hours",
    "because the lamp had failed",
    "for the third time",
    "although it was raining",
    "near the old mill",
    "without asking the mayor",
    "as far as the records show",
    "at half past nine",
];

/// A small generator of numbers (`SplitMix64`), so that no run differs from another.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^= mixed >> 31;
        usize::try_from(mixed % sides as u64).unwrap_or_default()
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.roll(choices.len())]
    }
}

/// `count` posts of some six kilobytes each, as WordPress renders them.
pub(crate) fn posts(count: usize) -> Vec<String> {
    (0..count).map(|number| post(number as u64)).collect()
}

fn post(seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut out = String::with_capacity(8192);
    let len = 3000 + dice.roll(6000);
    while out.len() < len {
        block(&mut dice, &mut out);
    }
    out
}

fn block(dice: &mut Dice, out: &mut String) {
    match dice.roll(26) {
        0 | 1 => heading(dice, out),
        2 | 3 => list(dice, out),
        4 => table(dice, out),
        5 | 6 => figure(dice, out),
        7 => out.push_str(
            "<pre class=\"wp-block-code\"><code>let sum = a &lt; b;\nprint(sum)\n</code></pre>\n",
        ),
        8 => shortcode(dice, out),
        9 => misnested(dice, out),
        10 => quote(dice, out),
        11 => out.push_str("</p>\n"),
        12 => {
            out.push_str(
                "<!-- wp:paragraph {\"align\":\"left\"} -->\n<p style=\"text-align:left\">",
            );
            sentences(dice, out);
            out.push_str("</p>\n<!-- /wp:paragraph -->\n\n");
        }
        13 => out.push_str("<hr class=\"wp-block-separator\" />\n"),
        14 => {
            out.push_str("<p class=\"notranslate\">");
            sentences(dice, out);
            out.push_str("</p>\n");
        }
        _ => {
            out.push_str("<p>");
            sentences(dice, out);
            out.push_str("</p>\n");
        }
    }
}

fn heading(dice: &mut Dice, out: &mut String) {
    let level = 2 + dice.roll(2);
    let _ = write!(out, "<h{level} id=\"part-{}\">", dice.roll(90));
    phrase(dice, out);
    let _ = writeln!(out, "</h{level}>");
}

fn list(dice: &mut Dice, out: &mut String) {
    let is_closed = dice.roll(4) > 0;
    out.push_str("<ul class=\"wp-block-list\">\n");
    for _ in 0..2 + dice.roll(5) {
        out.push_str("<li>");
        phrase(dice, out);
        out.push_str(if is_closed { "</li>\n" } else { "\n" });
    }
    out.push_str("</ul>\n");
}

fn table(dice: &mut Dice, out: &mut String) {
    out.push_str("<figure class=\"wp-block-table\"><table><tbody>\n");
    for _ in 0..2 + dice.roll(3) {
        out.push_str("<tr>");
        for _ in 0..3 {
            let _ = write!(out, "<td>{}</td>", dice.pick(&OBJECTS));
        }
        let _ = writeln!(out, "<td>{}</td></tr>", dice.roll(1000));
    }
    out.push_str("</tbody></table></figure>\n");
}

fn figure(dice: &mut Dice, out: &mut String) {
    let number = dice.roll(9000);
    let _ = write!(
        out,
        "<figure class=\"wp-block-image size-large\"><img loading=\"lazy\" decoding=\"async\" \
         width=\"1024\" height=\"683\" src=\"https://example.com/wp-content/uploads/{number}.jpg\" \
         alt=\"{}\" class=\"wp-image-{number}\" srcset=\"https://example.com/{number}-300.jpg 300w, \
         https://example.com/{number}-768.jpg 768w\" sizes=\"(max-width: 1024px) 100vw\" />\
         <figcaption class=\"wp-element-caption\">",
        dice.pick(&OBJECTS)
    );
    phrase(dice, out);
    out.push_str("</figcaption></figure>\n");
}

fn shortcode(dice: &mut Dice, out: &mut String) {
    match dice.roll(3) {
        0 => out.push_str("<p>[gallery ids=\"12,15,19\" columns=\"3\"]</p>\n"),
        1 => {
            out.push_str("[caption id=\"attachment_7\" width=\"300\"]");
            phrase(dice, out);
            out.push_str("[/caption]\n");
        }
        _ => {
            out.push_str("<p>Hello {{ name }}, ");
            sentences(dice, out);
            out.push_str(" Write to info@example.org or see https://example.org/a?b=1.</p>\n");
        }
    }
}

fn misnested(dice: &mut Dice, out: &mut String) {
    out.push_str("<p><b>");
    phrase(dice, out);
    out.push_str(" <i>");
    phrase(dice, out);
    out.push_str("</b> ");
    phrase(dice, out);
    out.push_str("</i>\n<p>");
    sentences(dice, out);
}

fn quote(dice: &mut Dice, out: &mut String) {
    out.push_str("<blockquote class=\"wp-block-quote\"><p>");
    sentences(dice, out);
    let _ = writeln!(
        out,
        "</p><cite>{}</cite></blockquote>",
        dice.pick(&SUBJECTS)
    );
}

fn sentences(dice: &mut Dice, out: &mut String) {
    for number in 0..=dice.roll(5) {
        if number > 0 {
            out.push_str(if dice.roll(9) == 0 { "<br />\n" } else { " " });
        }
        sentence(dice, out);
    }
}

fn sentence(dice: &mut Dice, out: &mut String) {
    phrase(dice, out);
    out.push(' ');
    out.push_str(dice.pick(&ENDINGS));
    out.push_str(dice.pick(&[".", ".", ".", "!", "?", "&#8230;"]));
}

/// Subject, verb and object, one of them marked up now and then.
fn phrase(dice: &mut Dice, out: &mut String) {
    let parts = [dice.pick(&SUBJECTS), dice.pick(&VERBS), dice.pick(&OBJECTS)];
    let marked = dice.roll(6);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            out.push(' ');
        }
        if index == marked {
            marked_up(dice, part, out);
        } else {
            out.push_str(part);
        }
    }
}

fn marked_up(dice: &mut Dice, text: &str, out: &mut String) {
    let _ = match dice.roll(8) {
        0..=2 => write!(
            out,
            "<a href=\"https://example.com/de/{}/\" target=\"_blank\" rel=\"noopener\">{text}</a>",
            dice.roll(5000)
        ),
        3 => write!(out, "<strong>{text}</strong>"),
        4 => write!(out, "<em>{text}</em>"),
        5 => write!(out, "<code>run --all</code> {text}"),
        6 => write!(
            out,
            "<span style=\"font-weight: 400;\"><a href=\"/x/?a=1&amp;b=2\"><b>{text}</b></a></span>"
        ),
        _ => write!(out, "<span class=\"has-inline-color\">{text}</span>"),
    };
}

/// A page of at least `len` bytes with the deep markup of generated reference documentation.
pub(crate) fn large_document(len: usize, seed: u64) -> String {
    let mut dice = Dice::new(seed);
    let mut out = String::with_capacity(len + 8192);
    out.push_str(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"description\" content=\"Reference of everything\"><title>Reference</title>\
         </head><body class=\"doc item\"><div class=\"layout\"><main><div class=\"content\">\
         <section id=\"main\">",
    );
    while out.len() < len {
        out.push_str("<h2 class=\"part-header\">");
        out.push_str(dice.pick(&OBJECTS));
        out.push_str("</h2><div class=\"items\"><details class=\"toggle outer\" open><summary>");
        signature(&mut dice, &mut out);
        out.push_str("</summary><div class=\"members\">");
        for _ in 0..20 {
            member(&mut dice, &mut out);
        }
        out.push_str("</div></details></div>");
    }
    out.push_str("</section></div></main></div></body></html>\n");
    out
}

fn member(dice: &mut Dice, out: &mut String) {
    out.push_str("<details class=\"toggle member\" open><summary>");
    signature(dice, out);
    out.push_str("</summary><div class=\"docs\"><p>");
    sentence(dice, out);
    out.push_str(" See <a href=\"../other/struct.Thing.html\" title=\"struct Thing\"><code>Thing</code></a>.</p>");
    if dice.roll(3) == 0 {
        out.push_str(
            "<div class=\"example-wrap\"><pre class=\"code-example\"><code>\
             <span class=\"kw\">let </span>total = <span class=\"number\">3</span>;\n\
             <span class=\"macro\">assert!</span>(total &gt; <span class=\"number\">2</span>);\
             </code></pre></div>",
        );
    }
    out.push_str("</div></details>");
}

fn signature(dice: &mut Dice, out: &mut String) {
    let number = dice.roll(10_000);
    let _ = write!(
        out,
        "<section id=\"method.m{number}\" class=\"method\"><a class=\"src right\" \
         href=\"../../src/lib/file.rs.html#{number}\">Source</a><a href=\"#method.m{number}\" \
         class=\"anchor\">§</a><h4 class=\"code-header\">pub fn <a href=\"#method.m{number}\" \
         class=\"fn\">m{number}</a>(&amp;self, other: &amp;<a class=\"struct\" \
         href=\"struct.Thing.html\" title=\"struct lib::Thing\">Thing</a>&lt;<a class=\"enum\" \
         href=\"enum.Kind.html\" title=\"enum lib::Kind\">Kind</a>&gt;) -&gt; <a class=\"primitive\" \
         href=\"primitive.bool.html\">bool</a></h4></section>"
    );
}
