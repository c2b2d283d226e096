//! Tokens with byte spans, and the WHATWG tree that the same tokens build.
//!
//! 1. html5gum tokenizes the source once and reports spans.
//! 2. Each token goes to html5ever's tree builder, texts as placeholders that carry the token's
//!    number: only where a text lands matters, never what it says.
//! 3. The [`Sink`] notes which node each token made.
//! 4. What the tree builder says about tokenizing (raw text, foreign content) goes back.

use ego_tree::{NodeId, Tree};
use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Doctype, Tag, TagKind, Token as TreeToken, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use html5ever::{Attribute as TreeAttribute, LocalName, QualName, local_name, ns};
use html5gum::{State, Tokenizer};
use scraper::Html;

use super::HtmlError;
use super::chars::{self, Place};
use super::emitter::{Refused, SpanEmitter, TextContent};
use super::memo::Memo;
use super::names::{self, Class};
use super::nodes::NodeMap;
use super::policy::Policy;
use super::sink::{NodeInfo, Sink, placeholder};
use super::sites::site_attribute;
use super::token::{Attribute, Span, TextMode, Token, TokenKind};

/// Deepest nesting of elements that is read. The tree builder's work grows with the product of
/// depth and size; browsers stop at 512 as well.
pub(crate) const MAX_DEPTH: u32 = 512;
/// Elements that may be created beyond [`ELEMENTS_PER_TAG`] times the number of tags.
const SPARE_ELEMENTS: usize = 4096;
/// Misnested formatting elements are cloned into each block that follows. Real pages stay far
/// below two elements a tag; a hostile one reaches hundreds.
const ELEMENTS_PER_TAG: usize = 8;

/// What a node of the tree takes up in the source, roughly; for the memory to set aside.
const BYTES_PER_NODE: usize = 24;

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
    let mut html = match shape {
        Shape::Document => Html::new_document(),
        Shape::Fragment => Html::new_fragment(),
    };
    let root = html.tree.root().value().clone();
    html.tree = Tree::with_capacity(root, source.len() / BYTES_PER_NODE);
    let sink = Sink::new(html, policy);
    let builder = match shape {
        Shape::Document => TreeBuilder::new(sink, options),
        Shape::Fragment => {
            let name = QualName::new(None, ns!(html), local_name!("body"));
            let context = create_element(&sink, name, Vec::new());
            TreeBuilder::new_for_fragment(sink, context, None, options)
        }
    };
    // A byte order mark is not content, and html5gum does not know it.
    let bom = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut front = FrontEnd {
        source,
        builder,
        policy,
        tag_names: Memo::new(),
        attribute_names: Memo::new(),
        tokens: Vec::with_capacity(source.len() / 24),
        attributes: Vec::with_capacity(source.len() / 48),
        open: None,
        tags: 0,
        mode: TextMode::Data,
        next_state: None,
        refusal: None,
    };
    let mut tokenizer =
        Tokenizer::new_with_emitter(&source[bom..], SpanEmitter::new(&mut front, bom));
    if let Some(Ok(Refused)) = tokenizer.next() {
        drop(tokenizer);
        return Err(front
            .refusal
            .unwrap_or(HtmlError::TooDeep { limit: MAX_DEPTH }));
    }
    drop(tokenizer);
    Ok(front.finish())
}

/// A start tag whose attributes are still being read.
struct OpenTag {
    start: usize,
    tag: Tag,
    class: Class,
    name_len: usize,
    first_attribute: usize,
    has_sites: bool,
    has_class: bool,
    /// Whether the tree gets to see the attribute read last.
    fed: bool,
}

/// What is known of the name of a tag.
#[derive(Debug, Clone)]
struct TagName {
    local: LocalName,
    class: Class,
}

/// What is known of the name of an attribute.
#[derive(Debug, Clone)]
struct AttributeName {
    /// There if the tree has to know the attribute.
    local: Option<LocalName>,
    /// Its number among those that may hold text, a link or a language.
    site: Option<u8>,
}

/// The parts of a doctype.
#[derive(Debug, Default)]
pub(super) struct DoctypeParts {
    pub(super) name: Vec<u8>,
    pub(super) public: Option<Vec<u8>>,
    pub(super) system: Option<Vec<u8>>,
    pub(super) force_quirks: bool,
}

/// Takes tokens from html5gum, keeps their spans and feeds the tree builder.
pub(super) struct FrontEnd<'s, 'p> {
    source: &'s str,
    builder: TreeBuilder<NodeId, Sink<'p>>,
    policy: &'p Policy,
    tag_names: Memo<TagName>,
    attribute_names: Memo<AttributeName>,
    tokens: Vec<Token>,
    attributes: Vec<Attribute>,
    open: Option<OpenTag>,
    tags: usize,
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

    /// A span of the source; what html5gum counts beyond its end is cut off.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let start = start.min(self.source.len());
        Span::new(start, end.clamp(start, self.source.len()))
    }

    pub(super) fn is_refused(&self) -> bool {
        self.refusal.is_some()
    }

    /// The tokenizer's next state, if the tree builder has asked for one.
    pub(super) fn take_next_state(&mut self) -> Option<State> {
        self.next_state.take()
    }

    pub(super) fn is_in_foreign_content(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }

    pub(super) fn text(&mut self, content: TextContent, span: Span) {
        let number = self.tokens.len();
        self.tokens.push(Token::text(span, self.mode));
        if content.has_more {
            // Some insertion modes treat white space before other text on its own.
            let text = placeholder(number, content.starts_with_space);
            self.feed(TreeToken::CharacterTokens(text));
            self.settle_texts();
        } else if content.has_space {
            self.feed(TreeToken::CharacterTokens(StrTendril::from_slice(" ")));
        } else {
            self.feed(TreeToken::NullCharacterToken);
        }
    }

    pub(super) fn comment(&mut self, span: Span) {
        self.tokens.push(Token::bare(span, TokenKind::Comment));
    }

    fn tag_name(&mut self, name: &[u8]) -> TagName {
        self.tag_names.get(name, |name| {
            let local = LocalName::from(name);
            TagName {
                class: names::class_of(&local),
                local,
            }
        })
    }

    /// How many bytes of the source the name of a tag takes up. NUL is one, and three in the name
    /// that the tokenizer gives.
    fn name_len(&self, start: usize) -> usize {
        let rest = &self.source.as_bytes()[start..];
        rest.iter()
            .position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'))
            .unwrap_or(rest.len())
    }

    pub(super) fn open_tag(&mut self, name: &[u8], start: usize) {
        let TagName { local, class } = self.tag_name(name);
        self.open = Some(OpenTag {
            start,
            tag: Tag {
                kind: TagKind::StartTag,
                name: local,
                self_closing: false,
                attrs: Vec::new(),
                had_duplicate_attributes: false,
            },
            class,
            name_len: self.name_len(start + 1),
            first_attribute: self.attributes.len(),
            has_sites: false,
            has_class: false,
            fed: false,
        });
    }

    pub(super) fn attribute_name(&mut self, name: &[u8], span: Span) {
        // Those of end tags are ignored.
        let Some(open) = &mut self.open else { return };
        let known = self.attribute_names.get(name, |text| AttributeName {
            local: self.policy.tree_needs(name).then(|| LocalName::from(text)),
            site: site_attribute(name),
        });
        open.has_sites |= known.site.is_some();
        self.attributes.push(Attribute {
            name: span,
            value: Span {
                start: span.end,
                end: span.end,
            },
            site: known.site,
        });
        open.fed = false;
        let Some(local) = known.local else { return };
        let is_class = local == local_name!("class");
        if open.tag.attrs.iter().any(|one| one.name.local == local) || is_class && open.has_class {
            open.tag.had_duplicate_attributes = true;
            return;
        }
        open.has_class |= is_class;
        open.fed = true;
        open.tag.attrs.push(TreeAttribute {
            name: QualName::new(None, ns!(), local),
            value: StrTendril::new(),
        });
    }

    pub(super) fn attribute_value(&mut self, span: Span) {
        let Some(open) = &mut self.open else { return };
        if let Some(attribute) = self.attributes.last_mut() {
            attribute.value = span;
        }
        if !open.fed {
            return;
        }
        let value = chars::meaning(&self.source[span.range()], Place::Attribute);
        if let Some(attribute) = open.tag.attrs.last_mut() {
            if attribute.name.local == local_name!("class") && !self.policy.needs_classes(&value) {
                open.tag.attrs.pop();
            } else {
                attribute.value = StrTendril::from_slice(&value);
            }
        }
    }

    pub(super) fn close_start_tag(&mut self, self_closing: bool, end: usize) {
        let Some(mut open) = self.open.take() else {
            return;
        };
        open.tag.self_closing = self_closing;
        self.tags += 1;
        let name = open.tag.name.clone();
        self.builder.sink.forget_created();
        self.feed(TreeToken::TagToken(open.tag));
        self.settle_texts();
        let node = self.builder.sink.created_for(&name);
        if let Some(node) = node {
            self.builder.sink.note_class(node, open.class);
        }
        let class = self.class_of_start(open.class, node, self_closing);
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

    fn class_of_start(&self, class: Class, node: Option<NodeId>, self_closing: bool) -> Class {
        // Only foreign elements can be closed by a slash.
        let is_closed = self_closing
            && node.is_some_and(|node| self.builder.sink.elem_name(&node).ns != ns!(html));
        if is_closed && class != Class::Block {
            Class::Void
        } else {
            class
        }
    }

    pub(super) fn end_tag(&mut self, name: &[u8], span: Span) {
        let TagName { local, class } = self.tag_name(name);
        let name_len = self.name_len(span.start as usize + 2);
        self.tokens
            .push(Token::tag(span, TokenKind::End, class, name_len));
        self.tags += 1;
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
        } else if sink.elements() > SPARE_ELEMENTS + ELEMENTS_PER_TAG * self.tags {
            self.refusal = Some(HtmlError::TooTangled);
        }
    }

    pub(super) fn doctype(&mut self, parts: &DoctypeParts, span: Span) {
        self.tokens.push(Token::bare(span, TokenKind::Doctype));
        let text = |bytes: &[u8]| StrTendril::from_slice(&String::from_utf8_lossy(bytes));
        self.feed(TreeToken::DoctypeToken(Doctype {
            name: (!parts.name.is_empty()).then(|| text(&parts.name)),
            public_id: parts.public.as_deref().map(text),
            system_id: parts.system.as_deref().map(text),
            force_quirks: parts.force_quirks,
        }));
    }
}
