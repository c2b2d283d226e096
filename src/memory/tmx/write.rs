//! Writing TMX.

use std::io::{self, Write};

use crate::memory::{Context, Digest, Pair};
use crate::unit::{Fragment, Item, Locale, Mark, MarkKind};

use super::{CONTEXT, LONE, ORIGIN, PROTECTED, STATE};

/// Writes TMX 1.4b, unit by unit, valid by its DTD, in UTF-8.
///
/// Characters that XML can't have (most control characters) become U+FFFD.
///
/// ```
/// use std::sync::Arc;
/// use polypost::memory::tmx::Writer;
/// use polypost::memory::{Direction, Pair, State};
/// use polypost::unit::Fragment;
///
/// let direction = Direction { source: "en".parse()?, target: "de".parse()? };
/// let pair = Pair {
///     direction: Arc::new(direction),
///     source: Fragment::plain("Fish & chips"),
///     target: Fragment::plain("Fisch und Fritten"),
///     state: State::Reviewed,
///     origin: "kitchen".to_owned(),
///     note: String::new(),
///     contexts: Vec::new(),
/// };
/// let mut writer = Writer::begin(Vec::new(), None)?;
/// writer.write(&pair)?;
/// let tmx = String::from_utf8(writer.finish()?)?;
/// assert!(tmx.contains(r#"<tuv xml:lang="en"><seg>Fish &amp; chips</seg></tuv>"#));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Writer<W> {
    out: W,
    /// The language of all sources, where it is one.
    source: Option<Locale>,
    /// What is about to be written.
    unit: String,
}

impl<W: Write> Writer<W> {
    /// Begins a file. `source` is the language of all its sources; without one each unit names
    /// its own.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin(mut out: W, source: Option<&Locale>) -> io::Result<Self> {
        let language = source.map_or("*all*", Locale::tag);
        write!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n\
             <tmx version=\"1.4\">\n\
             <header creationtool=\"polypost\" creationtoolversion=\"{}\" segtype=\"sentence\" \
             o-tmf=\"polypost\" adminlang=\"en\" srclang=\"{language}\" datatype=\"html\"/>\n\
             <body>\n",
            env!("CARGO_PKG_VERSION")
        )?;
        Ok(Self {
            out,
            source: source.cloned(),
            unit: String::new(),
        })
    }

    /// Writes a unit.
    ///
    /// # Errors
    /// Those of the output.
    pub fn write(&mut self, pair: &Pair) -> io::Result<()> {
        let out = &mut self.unit;
        out.clear();
        let (source, target) = (pair.direction.source.tag(), pair.direction.target.tag());
        if self.source.as_ref() == Some(&pair.direction.source) {
            out.push_str("<tu>\n");
        } else {
            out.push_str(&format!("<tu srclang=\"{source}\">\n"));
        }
        if !pair.note.is_empty() {
            out.push_str("<note>");
            escape(&pair.note, out);
            out.push_str("</note>\n");
        }
        property(STATE, pair.state.name(), out);
        property(ORIGIN, &pair.origin, out);
        for context in &pair.contexts {
            property(CONTEXT, &shown(context), out);
        }
        for (language, fragment) in [(source, &pair.source), (target, &pair.target)] {
            out.push_str(&format!("<tuv xml:lang=\"{language}\"><seg>"));
            segment(fragment, out);
            out.push_str("</seg></tuv>\n");
        }
        out.push_str("</tu>\n");
        self.out.write_all(out.as_bytes())
    }

    /// Ends the file, and gives back what it was written to.
    ///
    /// # Errors
    /// Those of the output.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(b"</body>\n</tmx>\n")?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn property(name: &str, value: &str, out: &mut String) {
    out.push_str(&format!("<prop type=\"{name}\">"));
    escape(value, out);
    out.push_str("</prop>\n");
}

fn shown(context: &Context) -> String {
    let digest = |one: Option<Digest>| one.map_or("-".to_owned(), |one| one.to_string());
    [context.before, context.after, context.unit]
        .map(digest)
        .join(" ")
}

fn segment(fragment: &Fragment, out: &mut String) {
    for item in fragment.items() {
        match item {
            Item::Text(range) => escape(&fragment.text()[range], out),
            Item::Mark(mark) => code(fragment, &mark, out),
        }
    }
}

fn code(fragment: &Fragment, mark: &Mark, out: &mut String) {
    let number = mark.code;
    match mark.kind {
        MarkKind::Open => out.push_str(&format!(
            "<bpt i=\"{number}\" x=\"{number}\">&lt;g{number}&gt;</bpt>"
        )),
        MarkKind::Close => out.push_str(&format!("<ept i=\"{number}\">&lt;/g{number}&gt;</ept>")),
        MarkKind::Standalone => {
            out.push_str(&format!("<ph x=\"{number}\">&lt;x{number}/&gt;</ph>"));
        }
        MarkKind::Lone => out.push_str(&format!(
            "<ph x=\"{number}\" type=\"{LONE}\">&lt;x{number}/&gt;</ph>"
        )),
        MarkKind::Protected { .. } => {
            out.push_str(&format!("<ph x=\"{number}\" type=\"{PROTECTED}\">"));
            escape(&fragment.text()[mark.at..mark.end()], out);
            out.push_str("</ph>");
        }
    }
}

/// Appends text as XML 1.0 has it. A carriage return would be read as the end of a line otherwise.
fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            '\t' | '\n' => out.push(c),
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            _ => out.push(c),
        }
    }
}
