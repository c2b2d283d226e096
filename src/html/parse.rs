//! Tokens with byte spans, and the WHATWG tree that the same tokens build.
//!
//! 1. html5gum tokenizes the source once and reports spans.
//! 2. Each token goes to html5ever's tree builder, texts as placeholders that carry the token's
//!    number: only where a text lands matters, never what it says.
//! 3. The [`Sink`] notes which node each token made.
//! 4. What the tree builder says about tokenizing (raw text, foreign content) goes back.

use ego_tree::NodeId;
use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token as TreeToken, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use html5ever::{Attribute as TreeAttribute, LocalName, QualName, local_name, ns};
use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Emitter, ForwardingEmitter, Span as GumSpan, State, Tokenizer};
use scraper::Html;

use super::HtmlError;
use super::names::{self, Class};
use super::nodes::NodeMap;
use super::policy::Policy;
use super::sink::{NodeInfo, Sink};
use super::sites::is_site_attribute;
use super::token::{Attribute, Span, TextMode, Token, TokenKind};

/// Deepest nesting of elements that is read. The tree builder's work grows with the product of
/// depth and size; browsers stop at 512 as well.
pub(crate) const MAX_DEPTH: u32 = 512;
/// Elements that may be created beyond [`ELEMENTS_PER_TAG`] times the number of start tags.
const SPARE_ELEMENTS: usize = 4096;
/// Misnested formatting elements are cloned into each block that follows. Real pages stay far
/// below two elements a tag; a hostile one reaches hundreds.
const ELEMENTS_PER_TAG: usize = 8;

/// The tree of a source and its tokens, in source order.
pub(super) struct Parsed {
    pub(super) html: Html,
    pub(super) info: NodeMap<NodeInfo>,
    pub(super) tokens: Vec<Token>,
    pub(super) attributes: Vec<Attribute>,
}

/// How the source is to be understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A whole page: `<html>`, `<head>` and `<body>` are implied where they are missing.
    Document,
    /// What stands in a `<body>`.
    Fragment,
}

/// Tokenizes `source` and builds its tree.
pub(super) fn parse(source: &str, shape: Shape, policy: &Policy) -> Result<Parsed, HtmlError> {
    if u32::try_from(source.len()).is_err() {
        return Err(HtmlError::TooLarge {
            bytes: source.len(),
        });
    }
    let options = TreeBuilderOpts {
        scripting_enabled: false,
        ..TreeBuilderOpts::default()
    };
    let builder = match shape {
        Shape::Document => TreeBuilder::new(Sink::new(Html::new_document(), policy), options),
        Shape::Fragment => {
            let sink = Sink::new(Html::new_fragment(), policy);
            let name = QualName::new(None, ns!(html), local_name!("body"));
            let context = create_element(&sink, name, Vec::new());
            TreeBuilder::new_for_fragment(sink, context, None, options)
        }
    };
    // A byte order mark is not content, and html5gum does not know it.
    let bom = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut front = FrontEnd {
        source,
        base: bom,
        builder,
        policy,
        tokens: Vec::with_capacity(source.len() / 24),
        attributes: Vec::with_capacity(source.len() / 48),
        open: None,
        start_tags: 0,
        mode: TextMode::Data,
        next_state: None,
        refusal: None,
    };
    let mut tokenizer = Tokenizer::new_with_emitter(&source[bom..], Glue::new(&mut front));
    if let Some(Ok(Refused)) = tokenizer.next() {
        drop(tokenizer);
        return Err(front
            .refusal
            .unwrap_or(HtmlError::TooDeep { limit: MAX_DEPTH }));
    }
    drop(tokenizer);
    Ok(front.finish())
}

/// What the tokenizer yields to stop early.
#[derive(Debug, Clone, Copy)]
struct Refused;

/// A start tag whose attributes are still being read.
struct OpenTag {
    start: usize,
    tag: Tag,
    name_len: usize,
    first_attribute: usize,
    has_sites: bool,
    /// Whether the tree gets to see the attribute read last.
    fed: bool,
}

/// Takes tokens from html5gum, keeps their spans and feeds the tree builder.
struct FrontEnd<'s, 'p> {
    source: &'s str,
    /// Where the tokenizer's offset 0 is in the source.
    base: usize,
    builder: TreeBuilder<NodeId, Sink<'p>>,
    policy: &'p Policy,
    tokens: Vec<Token>,
    attributes: Vec<Attribute>,
    open: Option<OpenTag>,
    start_tags: usize,
    mode: TextMode,
    next_state: Option<State>,
    refusal: Option<HtmlError>,
}

impl FrontEnd<'_, '_> {
    fn finish(mut self) -> Parsed {
        self.feed(TreeToken::EOFToken);
        self.builder.end();
        self.settle_texts();
        let (html, info) = self.builder.sink.into_tree();
        Parsed {
            html,
            info,
            tokens: self.tokens,
            attributes: self.attributes,
        }
    }

    fn feed(&mut self, token: TreeToken) {
        // The line number is for messages that nobody reads.
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Continue | TokenSinkResult::EncodingIndicator(_) => {}
            TokenSinkResult::Script(_) => self.mode = TextMode::Data,
            TokenSinkResult::Plaintext => self.switch_to(TextMode::Raw, State::PlainText),
            TokenSinkResult::RawData(RawKind::Rcdata) => {
                self.switch_to(TextMode::Rcdata, State::RcData);
            }
            TokenSinkResult::RawData(RawKind::Rawtext) => {
                self.switch_to(TextMode::Raw, State::RawText);
            }
            TokenSinkResult::RawData(RawKind::ScriptData | RawKind::ScriptDataEscaped(_)) => {
                self.switch_to(TextMode::Raw, State::ScriptData);
            }
        }
    }

    fn switch_to(&mut self, mode: TextMode, state: State) {
        self.mode = mode;
        self.next_state = Some(state);
    }

    fn settle_texts(&mut self) {
        let tokens = &mut self.tokens;
        self.builder.sink.take_texts(|token, node| {
            if let Some(token) = tokens.get_mut(token) {
                token.node = Some(node);
            }
        });
    }

    fn span(&self, span: GumSpan<usize>) -> Span {
        let start = (span.start + self.base).min(self.source.len());
        Span::new(
            start,
            (span.end + self.base).clamp(start, self.source.len()),
        )
    }

    fn text(&mut self, value: &[u8], span: Span) {
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        self.tokens.push(Token::text(span, self.mode));
        if value.iter().any(|byte| !is_space(*byte) && *byte != 0) {
            // Some insertion modes treat white space before other text on its own.
            if is_space(value[0]) {
                self.feed(TreeToken::CharacterTokens(StrTendril::from_slice(" ")));
            }
            let placeholder = format!("x{}", self.tokens.len() - 1);
            self.feed(TreeToken::CharacterTokens(StrTendril::from_slice(
                &placeholder,
            )));
            self.settle_texts();
        } else if value.iter().any(|byte| is_space(*byte)) {
            self.feed(TreeToken::CharacterTokens(StrTendril::from_slice(" ")));
        } else {
            self.feed(TreeToken::NullCharacterToken);
        }
    }

    fn open_tag(&mut self, name: &[u8], start: usize) {
        self.open = Some(OpenTag {
            start,
            tag: Tag {
                kind: TagKind::StartTag,
                name: LocalName::from(&*String::from_utf8_lossy(name)),
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            },
            name_len: name.len(),
            first_attribute: self.attributes.len(),
            has_sites: false,
            fed: false,
        });
    }

    fn attribute_name(&mut self, name: &[u8], span: Span) {
        let Some(open) = &mut self.open else { return };
        open.has_sites |= is_site_attribute(name);
        self.attributes.push(Attribute {
            name: span,
            value: Span {
                start: span.end,
                end: span.end,
            },
        });
        open.fed = self.policy.tree_needs(name);
        if open.fed {
            let local = LocalName::from(&*String::from_utf8_lossy(name));
            if open.tag.attrs.iter().any(|one| one.name.local == local) {
                open.tag.had_duplicate_attributes = true;
                open.fed = false;
            } else {
                open.tag.attrs.push(TreeAttribute {
                    name: QualName::new(None, ns!(), local),
                    value: StrTendril::new(),
                });
            }
        }
    }

    fn attribute_value(&mut self, value: &[u8], span: Span) {
        let Some(open) = &mut self.open else { return };
        if let Some(attribute) = self.attributes.last_mut() {
            attribute.value = span;
        }
        if open.fed
            && let Some(attribute) = open.tag.attrs.last_mut()
        {
            attribute.value = StrTendril::from_slice(&String::from_utf8_lossy(value));
        }
    }

    fn close_start_tag(&mut self, self_closing: bool, end: usize) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        open.tag.self_closing = self_closing;
        self.start_tags += 1;
        let name = open.tag.name.clone();
        self.builder.sink.forget_created();
        self.feed(TreeToken::TagToken(open.tag));
        self.settle_texts();
        let node = self.builder.sink.created_for(&name);
        let class = self.class_of_start(&name, node, self_closing);
        let span = Span::new(open.start, end);
        let mut token = Token::tag(span, TokenKind::Start, class, open.name_len);
        let count = self.attributes.len() - open.first_attribute;
        token.attributes = (
            u32::try_from(open.first_attribute).unwrap_or(u32::MAX),
            u32::try_from(count).unwrap_or(u32::MAX),
        );
        token.has_sites = open.has_sites;
        token.node = node;
        self.tokens.push(token);
        self.check_limits();
    }

    fn class_of_start(&self, name: &LocalName, node: Option<NodeId>, self_closing: bool) -> Class {
        let Some(node) = node else {
            return names::class_of(name);
        };
        let sink = &self.builder.sink;
        let class = names::class_of(name);
        // Only foreign elements can be closed by a slash.
        if self_closing && sink.elem_name(&node).ns != ns!(html) && class != Class::Block {
            Class::Void
        } else {
            class
        }
    }

    fn end_tag(&mut self, name: &[u8], span: Span) {
        let local = LocalName::from(&*String::from_utf8_lossy(name));
        let class = names::class_of(&local);
        self.tokens
            .push(Token::tag(span, TokenKind::End, class, name.len()));
        self.mode = TextMode::Data;
        self.builder.sink.forget_created();
        self.feed(TreeToken::TagToken(Tag {
            kind: TagKind::EndTag,
            name: local,
            self_closing: false,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        }));
        self.settle_texts();
        self.check_limits();
    }

    fn check_limits(&mut self) {
        let sink = &self.builder.sink;
        if sink.deepest() > MAX_DEPTH {
            self.refusal = Some(HtmlError::TooDeep { limit: MAX_DEPTH });
        } else if sink.elements() > SPARE_ELEMENTS + ELEMENTS_PER_TAG * self.start_tags {
            self.refusal = Some(HtmlError::TooTangled);
        }
    }

    fn doctype(&mut self, event: CallbackEvent<'_>) {
        let CallbackEvent::Doctype {
            name,
            public_identifier,
            system_identifier,
            force_quirks,
        } = event
        else {
            return;
        };
        let text = |bytes: &[u8]| StrTendril::from_slice(&String::from_utf8_lossy(bytes));
        self.feed(TreeToken::DoctypeToken(Doctype {
            name: (!name.is_empty()).then(|| text(name)),
            public_id: public_identifier.map(text),
            system_id: system_identifier.map(text),
            force_quirks,
        }));
    }
}

impl Callback<Refused, usize> for &mut FrontEnd<'_, '_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: GumSpan<usize>) -> Option<Refused> {
        if matches!(event, CallbackEvent::Error(_)) {
            return None;
        }
        let span = self.span(span);
        match event {
            CallbackEvent::OpenStartTag { name } => self.open_tag(name, span.start as usize),
            CallbackEvent::AttributeName { name } => self.attribute_name(name, span),
            CallbackEvent::AttributeValue { value } => self.attribute_value(value, span),
            CallbackEvent::CloseStartTag { self_closing } => {
                self.close_start_tag(self_closing, span.end as usize);
            }
            CallbackEvent::EndTag { name } => self.end_tag(name, span),
            CallbackEvent::String { value } => self.text(value, span),
            CallbackEvent::Comment { .. } => {
                self.tokens.push(Token::bare(span, TokenKind::Comment));
            }
            CallbackEvent::Doctype { .. } => {
                self.tokens.push(Token::bare(span, TokenKind::Doctype));
                self.doctype(event);
            }
            CallbackEvent::Error(_) => {}
        }
        self.refusal.as_ref().map(|_| Refused)
    }
}

/// The emitter: html5gum's own, but the tree builder decides how text is tokenized.
struct Glue<'f, 's, 'p> {
    inner: CallbackEmitter<&'f mut FrontEnd<'s, 'p>, Refused, usize>,
}

impl<'f, 's, 'p> Glue<'f, 's, 'p> {
    fn new(front: &'f mut FrontEnd<'s, 'p>) -> Self {
        Self {
            inner: CallbackEmitter::new(front),
        }
    }
}

impl ForwardingEmitter for Glue<'_, '_, '_> {
    type Token = Refused;

    fn inner(&mut self) -> &mut impl Emitter<Token = Refused> {
        &mut self.inner
    }

    fn emit_current_tag(&mut self) -> Option<State> {
        let switched = self.inner.emit_current_tag();
        debug_assert!(switched.is_none(), "html5gum was not asked to switch");
        let next = self.inner.callback_mut().next_state.take();
        if next.is_some() {
            // Else the span of the raw text would begin where the last text did.
            self.inner.init_string();
        }
        next
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&mut self) -> bool {
        let front = self.inner.callback_mut();
        front
            .builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }
}
