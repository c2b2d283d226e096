//! What html5gum tells while it reads, as tokens with byte spans.
//!
//! html5gum's own emitters copy every text and comment. Here only spans are kept, and of a text
//! what the tree builder has to know about it. Names are collected, as they are in lower case.

use html5gum::{Emitter, Error, State};

use super::parse::{DoctypeParts, FrontEnd};
use super::token::Span;

/// What the tokenizer yields to stop early.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refused;

/// What a text consists of, as far as the tree builder cares.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct TextContent {
    /// It begins with white space.
    pub(super) starts_with_space: bool,
    /// It holds white space.
    pub(super) has_space: bool,
    /// It holds something else than white space and NUL. What follows that is not looked at.
    pub(super) has_more: bool,
}

impl TextContent {
    fn add(&mut self, text: &[u8], is_start: bool) {
        if self.has_more {
            return;
        }
        self.starts_with_space |= is_start && text.first().copied().is_some_and(is_space);
        for byte in text {
            if is_space(*byte) {
                self.has_space = true;
            } else if *byte != 0 {
                self.has_more = true;
                return;
            }
        }
    }
}

fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TagKind {
    Start,
    End,
}

/// The place of an attribute's name or value in the making.
#[derive(Debug, Default)]
struct Part {
    start: usize,
    end: usize,
    is_there: bool,
}

/// Turns html5gum's calls into tokens for the [`FrontEnd`].
pub(super) struct SpanEmitter<'f, 's, 'p> {
    front: &'f mut FrontEnd<'s, 'p>,
    /// Bytes read so far.
    position: usize,
    text: TextContent,
    text_start: usize,
    text_end: usize,
    has_text: bool,
    /// Where the tag, comment or doctype begins.
    markup_start: usize,
    tag: Option<TagKind>,
    tag_name: Vec<u8>,
    last_start_tag: Vec<u8>,
    is_self_closing: bool,
    attribute_name: Vec<u8>,
    name: Part,
    value: Part,
    doctype: DoctypeParts,
}

impl<'f, 's, 'p> SpanEmitter<'f, 's, 'p> {
    /// An emitter for a text that begins at byte `start` of the source.
    pub(super) fn new(front: &'f mut FrontEnd<'s, 'p>, start: usize) -> Self {
        Self {
            front,
            position: start,
            text: TextContent::default(),
            text_start: start,
            text_end: start,
            has_text: false,
            markup_start: start,
            tag: None,
            tag_name: Vec::new(),
            last_start_tag: Vec::new(),
            is_self_closing: false,
            attribute_name: Vec::new(),
            name: Part::default(),
            value: Part::default(),
            doctype: DoctypeParts::default(),
        }
    }

    fn markup_span(&self) -> Span {
        self.front.span(self.markup_start, self.position)
    }

    fn flush_text(&mut self) {
        if self.has_text {
            let span = self.front.span(self.text_start, self.text_end);
            self.front.text(self.text, span);
            self.has_text = false;
            self.text = TextContent::default();
        }
    }

    /// Hands over text and the name of a start tag, whose attributes follow.
    fn flush_tag_name(&mut self) {
        self.flush_text();
        if self.tag == Some(TagKind::Start) && !self.tag_name.is_empty() {
            self.front.open_tag(&self.tag_name, self.markup_start);
            self.last_start_tag.clear();
            std::mem::swap(&mut self.last_start_tag, &mut self.tag_name);
        }
    }

    fn flush_attribute_name(&mut self) {
        self.flush_tag_name();
        if self.name.is_there {
            let span = self.front.span(self.name.start, self.name.end);
            self.front.attribute_name(&self.attribute_name, span);
            self.attribute_name.clear();
            self.name.is_there = false;
        }
    }

    fn flush_attribute(&mut self) {
        self.flush_attribute_name();
        if self.value.is_there {
            let span = self.front.span(self.value.start, self.value.end);
            self.front.attribute_value(span);
            self.value.is_there = false;
        }
    }
}

impl Emitter for SpanEmitter<'_, '_, '_> {
    type Token = Refused;

    fn set_last_start_tag(&mut self, last_start_tag: Option<&[u8]>) {
        self.last_start_tag.clear();
        self.last_start_tag
            .extend_from_slice(last_start_tag.unwrap_or_default());
    }

    fn emit_eof(&mut self) {
        self.flush_text();
    }

    fn emit_error(&mut self, _: Error) {}

    /// Errors are of no use, and looking for them takes a tenth of the time.
    #[inline]
    fn should_emit_errors(&mut self) -> bool {
        false
    }

    #[inline]
    fn pop_token(&mut self) -> Option<Refused> {
        self.front.is_refused().then_some(Refused)
    }

    #[inline]
    fn init_string(&mut self) {
        if !self.has_text {
            self.text_start = self.position;
        }
    }

    #[inline]
    fn emit_string(&mut self, text: &[u8]) {
        self.text_end = self.position;
        self.text.add(text, !self.has_text);
        self.has_text |= !text.is_empty();
    }

    fn init_start_tag(&mut self) {
        self.tag_name.clear();
        self.tag = Some(TagKind::Start);
        self.is_self_closing = false;
    }

    fn init_end_tag(&mut self) {
        self.tag_name.clear();
        self.tag = Some(TagKind::End);
    }

    fn init_comment(&mut self) {
        self.flush_text();
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        self.flush_attribute();
        match self.tag {
            Some(TagKind::Start) => {
                self.front
                    .close_start_tag(self.is_self_closing, self.position);
            }
            Some(TagKind::End) => {
                self.last_start_tag.clear();
                let span = self.markup_span();
                self.front.end_tag(&self.tag_name, span);
            }
            None => {}
        }
        let next = self.front.take_next_state();
        if next.is_some() {
            // Else the span of the raw text would begin where the last text did.
            self.init_string();
        }
        next
    }

    fn emit_current_comment(&mut self) {
        let span = self.markup_span();
        self.front.comment(span);
    }

    fn emit_current_doctype(&mut self) {
        let span = self.markup_span();
        self.front.doctype(&self.doctype, span);
    }

    fn set_self_closing(&mut self) {
        self.is_self_closing |= self.tag != Some(TagKind::End);
    }

    fn set_force_quirks(&mut self) {
        self.doctype.force_quirks = true;
    }

    #[inline]
    fn push_tag_name(&mut self, name: &[u8]) {
        self.tag_name.extend_from_slice(name);
    }

    #[inline]
    fn push_comment(&mut self, _: &[u8]) {}

    fn push_doctype_name(&mut self, name: &[u8]) {
        self.doctype.name.extend_from_slice(name);
    }

    fn init_doctype(&mut self) {
        self.flush_text();
        self.doctype = DoctypeParts::default();
    }

    fn init_attribute(&mut self) {
        self.flush_attribute();
        self.name.start = self.position - 1;
    }

    #[inline]
    fn init_attribute_value(&mut self) {
        self.value.start = self.position;
    }

    #[inline]
    fn push_attribute_name(&mut self, name: &[u8]) {
        self.attribute_name.extend_from_slice(name);
        self.name.is_there |= !name.is_empty();
        self.name.end = self.position;
    }

    #[inline]
    fn push_attribute_value(&mut self, value: &[u8]) {
        self.flush_attribute_name();
        self.value.is_there |= !value.is_empty();
        self.value.end = self.position;
    }

    fn set_doctype_public_identifier(&mut self, value: &[u8]) {
        self.doctype.public = Some(value.to_vec());
    }

    fn set_doctype_system_identifier(&mut self, value: &[u8]) {
        self.doctype.system = Some(value.to_vec());
    }

    fn push_doctype_public_identifier(&mut self, value: &[u8]) {
        self.doctype
            .public
            .get_or_insert_default()
            .extend_from_slice(value);
    }

    fn push_doctype_system_identifier(&mut self, value: &[u8]) {
        self.doctype
            .system
            .get_or_insert_default()
            .extend_from_slice(value);
    }

    #[inline]
    fn start_open_tag(&mut self) {
        self.markup_start = self.position - 1;
    }

    fn current_is_appropriate_end_tag_token(&mut self) -> bool {
        self.tag == Some(TagKind::End)
            && !self.last_start_tag.is_empty()
            && self.last_start_tag == self.tag_name
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        self.front.is_in_foreign_content()
    }

    #[inline]
    fn move_position(&mut self, offset: isize) {
        self.position = self.position.wrapping_add_signed(offset);
    }
}
