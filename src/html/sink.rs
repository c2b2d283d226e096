//! The sink through which html5ever's tree builder builds scraper's tree.
//!
//! Other than scraper's own sink it never merges text nodes, so that each text token keeps a node
//! of its own, and it notes what was created, so that tokens can be tied to nodes.

use std::borrow::Cow;
use std::cell::{Cell, Ref, RefCell};

use ego_tree::NodeId;
use html5ever::tendril::StrTendril;
use html5ever::tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::{Attribute, LocalName, QualName, expanded_name, local_name, ns};
use scraper::node::{Comment, Doctype, Element, Node, ProcessingInstruction, Text};
use scraper::{Html, StrTendril as NodeText};

use super::marks::NodeInfo;
use super::names::Class;
use super::nodes::NodeMap;
use super::policy::Policy;

/// A tree and what was noted of it.
pub(super) struct SunkTree {
    pub(super) html: Html,
    pub(super) info: NodeMap<NodeInfo>,
    /// Elements that a configured selector may match.
    pub(super) candidates: Vec<NodeId>,
}

/// Builds a `scraper::Html`.
pub(super) struct Sink<'p> {
    html: RefCell<Html>,
    policy: &'p Policy,
    info: RefCell<NodeMap<NodeInfo>>,
    /// Elements created since [`Sink::forget_created`], in order.
    created: RefCell<Vec<(NodeId, LocalName)>>,
    /// Texts appended since they were last taken: the token's number, and the node.
    texts: RefCell<Vec<(usize, NodeId)>>,
    /// Elements that a configured selector may match.
    candidates: RefCell<Vec<NodeId>>,
    elements: Cell<usize>,
    deepest: Cell<u32>,
}

impl<'p> Sink<'p> {
    /// A sink with room for so many nodes.
    pub(super) fn new(html: Html, policy: &'p Policy, nodes: usize) -> Self {
        Self {
            html: RefCell::new(html),
            policy,
            info: RefCell::new(NodeMap::with_capacity(nodes)),
            created: RefCell::default(),
            texts: RefCell::default(),
            candidates: RefCell::default(),
            elements: Cell::new(0),
            deepest: Cell::new(0),
        }
    }

    pub(super) fn forget_created(&self) {
        self.created.borrow_mut().clear();
    }

    /// The last element created for a start tag of this name. Implied elements and clones of
    /// formatting elements come before it; a tag that the tree ignores creates none.
    pub(super) fn created_for(&self, name: &LocalName) -> Option<NodeId> {
        let created = self.created.borrow();
        created
            .iter()
            .rev()
            .find(|(_, made)| {
                made == name
                    || made.eq_ignore_ascii_case(name)
                    || (*name == local_name!("image") && *made == local_name!("img"))
            })
            .map(|(id, _)| *id)
    }

    pub(super) fn note_class(&self, node: NodeId, class: Class) {
        self.info.borrow_mut().entry(node).class = Some(class);
    }

    pub(super) fn take_texts(&self, mut each: impl FnMut(usize, NodeId)) {
        for (token, node) in self.texts.borrow_mut().drain(..) {
            each(token, node);
        }
    }

    /// Elements created so far, clones included.
    pub(super) fn elements(&self) -> usize {
        self.elements.get()
    }

    /// The greatest depth at which a node was inserted so far.
    pub(super) fn deepest(&self) -> u32 {
        self.deepest.get()
    }

    pub(super) fn into_tree(self) -> SunkTree {
        SunkTree {
            html: self.html.into_inner(),
            info: self.info.into_inner(),
            candidates: self.candidates.into_inner(),
        }
    }

    fn note_depth(&self, parent: NodeId, child: NodeId) {
        let mut info = self.info.borrow_mut();
        let depth = info.get(parent).depth + 1;
        info.entry(child).depth = depth;
        self.deepest.set(self.deepest.get().max(depth));
    }

    /// Notes which token a text node came from.
    fn note_text(&self, node: NodeId, token: Option<usize>) {
        if let Some(token) = token {
            self.texts.borrow_mut().push((token, node));
        }
    }
}

/// Stands in a placeholder before the number.
const PLACEHOLDER: u8 = b'x';
/// The digit zero; 64 digits follow each other from here, none of them white space.
const ZERO: u8 = b'0';
/// Digits of a placeholder. With two bytes before them it is as long as a tendril can be without
/// memory of its own, and there are fewer tokens than bytes, of which there are 4 GiB.
const DIGITS: usize = 6;

/// The text that stands for a token's text in the tree: its number, after a space if the text
/// begins with white space.
pub(super) fn placeholder(token: usize, starts_with_space: bool) -> StrTendril {
    let mut text = [b' '; DIGITS + 2];
    text[1] = PLACEHOLDER;
    let mut rest = token;
    for digit in &mut text[2..] {
        *digit = ZERO + u8::try_from(rest % 64).unwrap_or_default();
        rest /= 64;
    }
    let text = &text[usize::from(!starts_with_space)..];
    StrTendril::from_slice(std::str::from_utf8(text).unwrap_or_default())
}

/// The number in a placeholder. The tree builder may have taken the space off.
fn token_of(text: &str) -> Option<usize> {
    let text = text.as_bytes();
    let [PLACEHOLDER, digits @ ..] = text.strip_prefix(b" ").unwrap_or(text) else {
        return None;
    };
    let number = |number, digit: &u8| number * 64 + usize::from(digit - ZERO);
    Some(digits.iter().rev().fold(0, number))
}

/// Converts the tree builder's text to that of the tree, whichever kind scraper was built with.
fn node_text(text: StrTendril) -> NodeText {
    text
}

impl TreeSink for Sink<'_> {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a>
        = Ref<'a, QualName>
    where
        Self: 'a;

    fn finish(self) -> Self {
        self
    }

    fn parse_error(&self, _message: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.html.borrow().tree.root().id()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Ref<'a, QualName> {
        Ref::map(self.html.borrow(), |html| {
            &html
                .tree
                .get(*target)
                .and_then(|node| node.value().as_element())
                .expect("the tree builder asks only for names of elements that it created")
                .name
        })
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        _flags: ElementFlags,
    ) -> NodeId {
        let is_template = name.expanded() == expanded_name!(html "template");
        let local = name.local.clone();
        let marks = self.policy.marks_of(&name, &attributes);
        let may_be_selected = self.policy.may_select(&name, &attributes);
        let mut html = self.html.borrow_mut();
        let mut node = html
            .tree
            .orphan(Node::Element(Element::new(name, attributes)));
        if is_template {
            node.append(Node::Fragment);
        }
        let id = node.id();
        self.info.borrow_mut().entry(id).marks = marks;
        if may_be_selected {
            self.candidates.borrow_mut().push(id);
        }
        self.created.borrow_mut().push((id, local));
        self.elements.set(self.elements.get() + 1);
        id
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        let comment = node_text(text);
        let mut html = self.html.borrow_mut();
        html.tree.orphan(Node::Comment(Comment { comment })).id()
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        let instruction = ProcessingInstruction {
            target: node_text(target),
            data: node_text(data),
        };
        let mut html = self.html.borrow_mut();
        html.tree
            .orphan(Node::ProcessingInstruction(instruction))
            .id()
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        let doctype = Doctype {
            name: node_text(name),
            public_id: node_text(public),
            system_id: node_text(system),
        };
        let mut html = self.html.borrow_mut();
        html.tree.root_mut().append(Node::Doctype(doctype));
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        let mut html = self.html.borrow_mut();
        let Some(mut node) = html.tree.get_mut(*parent) else {
            return;
        };
        let id = match child {
            NodeOrText::AppendNode(id) => {
                node.append_id(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let token = token_of(&text);
                let text = node_text(text);
                let id = node.append(Node::Text(Text { text })).id();
                self.note_text(id, token);
                return;
            }
        };
        self.note_depth(*parent, id);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        let mut html = self.html.borrow_mut();
        if let NodeOrText::AppendNode(id) = child
            && let Some(mut node) = html.tree.get_mut(id)
        {
            node.detach();
        }
        let Some(mut node) = html.tree.get_mut(*sibling) else {
            return;
        };
        let Some(parent) = node.parent().map(|parent| parent.id()) else {
            return;
        };
        let id = match child {
            NodeOrText::AppendNode(id) => {
                node.insert_id_before(id);
                id
            }
            NodeOrText::AppendText(text) => {
                let token = token_of(&text);
                let text = node_text(text);
                let id = node.insert_before(Node::Text(Text { text })).id();
                self.note_text(id, token);
                return;
            }
        };
        self.note_depth(parent, id);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        previous: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        let has_parent = self
            .html
            .borrow()
            .tree
            .get(*element)
            .is_some_and(|node| node.parent().is_some());
        if has_parent {
            self.append_before_sibling(element, child);
        } else {
            self.append(previous, child);
        }
    }

    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let html = self.html.borrow();
        let contents = html
            .tree
            .get(*target)
            .and_then(|node| node.first_child())
            .map_or(*target, |contents| contents.id());
        self.note_depth(*target, contents);
        contents
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        x == y
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.html.borrow_mut().quirks_mode = mode;
    }

    /// Attributes of a second `<html>` or `<body>`.
    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        let mut html = self.html.borrow_mut();
        let Some(mut node) = html.tree.get_mut(*target) else {
            return;
        };
        let Node::Element(element) = node.value() else {
            return;
        };
        let more = self.policy.marks_of(&element.name, &attributes);
        self.info.borrow_mut().entry(*target).marks.add(more);
        if self.policy.may_select(&element.name, &attributes) {
            self.candidates.borrow_mut().push(*target);
        }
        for attribute in attributes {
            if let Err(place) = element
                .attrs
                .binary_search_by(|(name, _)| name.cmp(&attribute.name))
            {
                let value = node_text(attribute.value);
                element.attrs.insert(place, (attribute.name, value));
            }
        }
    }

    fn remove_from_parent(&self, target: &NodeId) {
        if let Some(mut node) = self.html.borrow_mut().tree.get_mut(*target) {
            node.detach();
        }
    }

    fn reparent_children(&self, node: &NodeId, new_parent: &NodeId) {
        if let Some(mut parent) = self.html.borrow_mut().tree.get_mut(*new_parent) {
            parent.reparent_from_id_append(*node);
        }
    }

    fn is_mathml_annotation_xml_integration_point(&self, handle: &NodeId) -> bool {
        let html = self.html.borrow();
        html.tree
            .get(*handle)
            .and_then(|node| node.value().as_element())
            .and_then(|element| element.attr("encoding"))
            .is_some_and(|encoding| {
                encoding.eq_ignore_ascii_case("text/html")
                    || encoding.eq_ignore_ascii_case("application/xhtml+xml")
            })
    }
}
