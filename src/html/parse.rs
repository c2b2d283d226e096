//! Tokens with byte spans, and the WHATWG tree that the same tokens build.
//!
//! 1. The [`Tokenizer`] cuts the source into spans.
//! 2. Each token goes to html5ever's tree builder, texts as placeholders that carry the token's
//!    number: only where a text lands matters, never what it says.
//! 3. The [`Sink`] notes which node each token made.
//! 4. What the tree builder says about tokenizing (raw text, foreign content) goes back.

use std::cell::RefCell;

use ego_tree::{NodeId, Tree};
use html5ever::interface::create_element;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token as TreeToken, TokenSink, TokenSinkResult};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink as _};
use html5ever::{Attribute as TreeAttribute, LocalName, QualName, local_name, ns};
use scraper::Html;

use super::HtmlError;
use super::chars::{self, Place};
use super::content::TextContent;
use super::doctype;
use super::marks::NodeInfo;
use super::memo::Memo;
use super::names::{self, Class};
use super::nodes::NodeMap;
use super::policy::{Policy, is_for_tree};
use super::sink::{Sink, placeholder};
use super::sites::site_attribute;
use super::token::{Attribute, Span, TextMode, Token, TokenKind};
use super::tokenizer::{AttributeSpan, Content, Lexeme, LexemeKind, Tokenizer};

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
    /// Elements that a configured selector may match.
    pub(super) candidates: Vec<NodeId>,
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
    let sink = Sink::new(html, policy, source.len() / BYTES_PER_NODE);
    let builder = match shape {
        Shape::Document => TreeBuilder::new(sink, options),
        Shape::Fragment => {
            let name = QualName::new(None, ns!(html), local_name!("body"));
            let context = create_element(&sink, name, Vec::new());
            TreeBuilder::new_for_fragment(sink, context, None, options)
        }
    };
    // A byte order mark is not content.
    let bom = if source.starts_with('\u{feff}') { 3 } else { 0 };
    let mut front = FrontEnd {
        source,
        builder,
        policy,
        tokens: Vec::with_capacity(source.len() / 24),
        attributes: Vec::with_capacity(source.len() / 48),
        tags: 0,
        next_content: Content::Data,
        refusal: None,
    };
    let mut tokenizer = Tokenizer::new(source, bom);
    while let Some(lexeme) = tokenizer.next(|| front.is_in_foreign_content()) {
        front.lexeme(lexeme, tokenizer.attributes());
        if let Some(refusal) = front.refusal {
            return Err(refusal);
        }
        tokenizer.switch_to(front.next_content);
    }
    Ok(front.finish())
}

thread_local! {
    // Most texts are short, so names have to be remembered from one to the next.
    static TAG_NAMES: RefCell<Memo<TagName>> = RefCell::new(Memo::new());
    static ATTRIBUTE_NAMES: RefCell<Memo<AttributeName>> = RefCell::new(Memo::new());
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
    local: LocalName,
    /// Whether the tree has to know the attribute, whatever the selectors are.
    is_for_tree: bool,
    /// Its number among those that may hold text, a link or a language.
    site: Option<u8>,
}

/// Takes tokens, keeps their spans and feeds the tree builder.
struct FrontEnd<'s, 'p> {
    source: &'s str,
    builder: TreeBuilder<NodeId, Sink<'p>>,
    policy: &'p Policy,
    tokens: Vec<Token>,
    attributes: Vec<Attribute>,
    tags: usize,
    /// What the tree builder says about the text that follows.
    next_content: Content,
    refusal: Option<HtmlError>,
}

impl FrontEnd<'_, '_> {
    fn finish(mut self) -> Parsed {
        self.feed(TreeToken::EOFToken);
        self.builder.end();
        self.settle_texts();
        let tree = self.builder.sink.into_tree();
        Parsed {
            html: tree.html,
            info: tree.info,
            candidates: tree.candidates,
            tokens: self.tokens,
            attributes: self.attributes,
        }
    }

    fn feed(&mut self, token: TreeToken) {
        // The line number is for messages that nobody reads.
        match self.builder.process_token(token, 1) {
            TokenSinkResult::Continue
            | TokenSinkResult::EncodingIndicator(_)
            | TokenSinkResult::Script(_) => {}
            TokenSinkResult::Plaintext => self.next_content = Content::Plaintext,
            TokenSinkResult::RawData(kind) => {
                self.next_content = match kind {
                    RawKind::Rcdata => Content::Rcdata,
                    RawKind::Rawtext => Content::Rawtext,
                    RawKind::ScriptData | RawKind::ScriptDataEscaped(_) => Content::Script,
                };
            }
        }
    }

    fn settle_texts(&mut self) {
        let tokens = &mut self.tokens;
        self.builder.sink.take_texts(|token, node| {
            if let Some(token) = tokens.get_mut(token) {
                token.node = Some(node);
            }
        });
    }

    fn is_in_foreign_content(&self) -> bool {
        self.builder
            .adjusted_current_node_present_but_not_in_html_namespace()
    }

    fn lexeme(&mut self, lexeme: Lexeme, attributes: &[AttributeSpan]) {
        let span = lexeme.span;
        let raw = &self.source[span.range()];
        self.next_content = Content::Data;
        match lexeme.kind {
            LexemeKind::Text(content) => {
                let mode = match content {
                    Content::Data => TextMode::Data,
                    Content::Rcdata => TextMode::Rcdata,
                    Content::Rawtext | Content::Script | Content::Plaintext => TextMode::Raw,
                };
                self.text(Token::text(span, mode), TextContent::of(raw, content));
            }
            LexemeKind::Cdata => self.cdata(span, raw),
            LexemeKind::Start {
                name,
                is_self_closing,
            } => self.start_tag(span, name, is_self_closing, attributes),
            LexemeKind::End { name } => self.end_tag(span, name),
            LexemeKind::Comment => {
                self.tokens.push(Token::bare(span, TokenKind::Comment));
                // The tree has no comments, but a line end behind one is not the first of a
                // `<pre>`. Any token tells the builder so, even one that does nothing.
                self.feed(TreeToken::ParseError("comment".into()));
            }
            LexemeKind::Doctype => {
                self.tokens.push(Token::bare(span, TokenKind::Doctype));
                self.feed(TreeToken::DoctypeToken(doctype::read(raw)));
            }
        }
    }

    fn text(&mut self, token: Token, content: TextContent) {
        let number = self.tokens.len();
        self.tokens.push(token);
        if content.has_more {
            // Some insertion modes treat white space before other text on its own.
            let text = placeholder(number, content.starts_with_space);
            self.feed(TreeToken::CharacterTokens(text));
            self.settle_texts();
            return;
        }
        if content.has_space {
            let space = StrTendril::from_slice(white_space(&self.source[token.span.range()]));
            self.feed(TreeToken::CharacterTokens(space));
        }
        if content.has_null {
            self.feed(TreeToken::NullCharacterToken);
        }
    }

    fn cdata(&mut self, span: Span, raw: &str) {
        let inner = raw.strip_prefix("<![CDATA[").unwrap_or(raw);
        let inner = inner.strip_suffix("]]>").unwrap_or(inner);
        let content = TextContent::of(inner, Content::Rawtext);
        if content.has_more {
            self.text(Token::text(span, TextMode::Data), content);
        } else {
            // Without text in it, it is as good as a comment.
            self.tokens.push(Token::bare(span, TokenKind::Comment));
        }
    }

    fn start_tag(
        &mut self,
        span: Span,
        name: Span,
        self_closing: bool,
        attributes: &[AttributeSpan],
    ) {
        let TagName { local, class } = tag_name(&self.source[name.range()]);
        let mut token = Token::tag(span, TokenKind::Start, class, name.range().len());
        let first_attribute = self.attributes.len();
        let mut tag = Tag {
            kind: TagKind::StartTag,
            name: local.clone(),
            self_closing,
            attrs: Vec::new(),
            had_duplicate_attributes: false,
        };
        let mut has_class = false;
        for attribute in attributes {
            token.has_sites |= self.attribute(*attribute, &mut tag, &mut has_class);
        }
        token.attributes = (
            u32::try_from(first_attribute).unwrap_or(u32::MAX),
            u32::try_from(attributes.len()).unwrap_or(u32::MAX),
        );
        self.tags += 1;
        self.builder.sink.forget_created();
        self.feed(TreeToken::TagToken(tag));
        self.settle_texts();
        token.node = self.builder.sink.created_for(&local);
        if let Some(node) = token.node {
            self.builder.sink.note_class(node, class);
        }
        token.class = self.class_of_start(class, token.node, self_closing);
        self.tokens.push(token);
        self.check_limits();
    }

    /// Keeps an attribute, and gives it to the tree if that has to know it. Tells whether it may
    /// hold text, a link or a language.
    fn attribute(&mut self, spans: AttributeSpan, tag: &mut Tag, has_class: &mut bool) -> bool {
        let policy = self.policy;
        let name = &self.source[spans.name.range()];
        let known = attribute_name(name);
        self.attributes.push(Attribute {
            name: spans.name,
            value: spans.value,
            site: known.site,
        });
        if known.is_for_tree || policy.selects_by(&known.local) {
            let local = known.local;
            let is_class = local == local_name!("class");
            if tag.attrs.iter().any(|one| one.name.local == local) || is_class && *has_class {
                tag.had_duplicate_attributes = true;
            } else {
                *has_class |= is_class;
                let value = &self.source[spans.value.range()];
                let value = chars::meaning(value, Place::Attribute);
                if !is_class || policy.needs_classes(&value) {
                    tag.attrs.push(TreeAttribute {
                        name: QualName::new(None, ns!(), local),
                        value: StrTendril::from_slice(&value),
                    });
                }
            }
        }
        known.site.is_some()
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

    fn end_tag(&mut self, span: Span, name: Span) {
        let TagName { local, class } = tag_name(&self.source[name.range()]);
        let len = name.range().len();
        self.tokens
            .push(Token::tag(span, TokenKind::End, class, len));
        self.tags += 1;
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
}

/// What stands in the tree for white space with NUL in it. A line end after `<pre>` is nothing at
/// all, however it is spelled.
fn white_space(raw: &str) -> &'static str {
    let meaning = chars::meaning(raw, Place::Text);
    let rest = match &*meaning {
        text if text.starts_with("\r\n") => &text[2..],
        text if text.starts_with('\n') => &text[1..],
        // As a reference a carriage return is no line end.
        text if raw.starts_with('\r') => &text[1..],
        _ => return " ",
    };
    if rest.contains(chars::is_space) {
        "\n "
    } else {
        "\n"
    }
}

fn tag_name(name: &str) -> TagName {
    let make = |name: &str| {
        let local = LocalName::from(lower_case(name));
        TagName {
            class: names::class_of(&local),
            local,
        }
    };
    TAG_NAMES.with_borrow_mut(|names| names.get(name, make))
}

fn attribute_name(name: &str) -> AttributeName {
    let make = |name: &str| {
        let name = lower_case(name);
        AttributeName {
            site: site_attribute(name.as_bytes()),
            is_for_tree: is_for_tree(&name),
            local: LocalName::from(name),
        }
    };
    ATTRIBUTE_NAMES.with_borrow_mut(|names| names.get(name, make))
}

/// A name as the standard has it: in lower case, without NUL.
fn lower_case(name: &str) -> String {
    name.to_ascii_lowercase().replace('\0', "\u{fffd}")
}

#[cfg(test)]
mod tests;
