//! What is translatable: the HTML standard's `translate` and `lang`, the plug-ins' markers, the
//! local attributes of ITS 2.0 and the selectors of the configuration.
//!
//! Each element is marked with what it says itself when it is created; what holds for a node is
//! inherited down the tree and looked up once per node.

use ego_tree::{NodeId, NodeRef};
use html5ever::{Attribute, QualName, local_name};
use scraper::{ElementRef, Html, Node, Selector};

use super::HtmlError;
use super::marks::{Marks, NodeInfo};
use super::names;
use super::nodes::NodeMap;
use crate::unit::Locale;

/// Attributes that the tree builder, the marks or the usual selectors look at.
const TREE_ATTRIBUTES: [&str; 16] = [
    "class",
    "translate",
    "lang",
    "xml:lang",
    "its-translate",
    "its:translate",
    "its-within-text",
    "its-locale-filter-list",
    "its-locale-filter-type",
    "data-no-translation",
    "data-no-auto-translation",
    "data-wg-notranslate",
    "type",
    "color",
    "face",
    "encoding",
];

/// Classes of `<pre>` that hold program code rather than verse.
const CODE_CLASSES: [&str; 5] = ["code", "wp-block-code", "prettyprint", "highlight", "hljs"];

/// The class of the translation services.
const NO_TRANSLATE: &str = "notranslate";

/// What is translated and what is left alone.
#[derive(Debug, Clone)]
pub struct Policy {
    source: Locale,
    target: Option<Locale>,
    exclusions: Vec<Exclusion>,
    selector_attributes: Vec<String>,
    code_classes: Vec<String>,
}

impl Policy {
    /// The rules for text in `source`, without any selector.
    pub fn new(source: Locale) -> Self {
        Self {
            source,
            target: None,
            exclusions: Vec::new(),
            selector_attributes: Vec::new(),
            code_classes: CODE_CLASSES.map(str::to_owned).to_vec(),
        }
    }

    /// The language of the text.
    pub fn source(&self) -> &Locale {
        &self.source
    }

    /// The same rules for text in another language.
    #[must_use]
    pub fn for_source(mut self, source: Locale) -> Self {
        self.source = source;
        self
    }

    /// The language wanted, which ITS locale filters ask for.
    #[must_use]
    pub fn with_target(mut self, target: Locale) -> Self {
        self.target = Some(target);
        self
    }

    /// Classes of `<pre>` whose content is program code, besides the usual ones.
    #[must_use]
    pub fn with_code_classes(mut self, classes: impl IntoIterator<Item = String>) -> Self {
        self.code_classes.extend(classes);
        self
    }

    /// Elements that match a CSS selector (Selectors Level 4, as scraper reads them) are left
    /// alone, as if they said `translate="no"`.
    ///
    /// # Errors
    /// [`HtmlError::Selector`] for what is no selector.
    pub fn exclude(mut self, selector: &str) -> Result<Self, HtmlError> {
        let parsed = Selector::parse(selector).map_err(|error| HtmlError::Selector {
            selector: selector.to_owned(),
            detail: error.to_string(),
        })?;
        self.exclusions.push(Exclusion::new(parsed, selector));
        if selector.contains('#') {
            self.selector_attributes.push("id".to_owned());
        }
        // Over-inclusive on purpose: a name in a quoted value does no harm.
        for part in selector.split('[').skip(1) {
            let name = part.trim_start();
            let end = name
                .find(|c: char| !(c.is_alphanumeric() || "-_:".contains(c)))
                .unwrap_or(name.len());
            self.selector_attributes
                .push(name[..end].to_ascii_lowercase());
        }
        Ok(self)
    }

    /// Whether a configured selector names an attribute, so that the tree has to know it.
    pub(super) fn selects_by(&self, name: &str) -> bool {
        self.selector_attributes.iter().any(|one| one == name)
    }

    /// Whether the tree has to know these classes: most mean nothing to anybody here.
    pub(super) fn needs_classes(&self, value: &str) -> bool {
        self.exclusions.iter().any(Exclusion::needs_all_classes)
            || value.split_ascii_whitespace().any(|class| {
                class == NO_TRANSLATE
                    || self.code_classes.iter().any(|one| one == class)
                    || self.exclusions.iter().any(|one| one.names_class(class))
            })
    }

    /// What an element says about itself and its content.
    pub(super) fn marks_of(&self, name: &QualName, attributes: &[Attribute]) -> Marks {
        let mut marks = Marks::default();
        if names::is_code_like(&name.local) {
            marks.set(Marks::CODE);
        }
        if names::preserves_space(&name.local) {
            marks.set(Marks::PRESERVE);
        }
        if name.local == local_name!("pre") {
            marks.set(Marks::PRE);
        }
        let mut filter = None;
        let mut filter_excludes = false;
        for attribute in attributes {
            let value = &*attribute.value;
            match &*attribute.name.local {
                "translate" | "its-translate" | "its:translate" => {
                    if value.is_empty() || value.eq_ignore_ascii_case("yes") {
                        marks.set(Marks::YES);
                    } else if value.eq_ignore_ascii_case("no") {
                        marks.set(Marks::NO);
                    }
                }
                "data-no-translation" | "data-no-auto-translation" | "data-wg-notranslate" => {
                    marks.set(Marks::NO);
                }
                "class" => self.mark_classes(value, &mut marks),
                "lang" | "xml:lang" => marks.set(self.lang_mark(value)),
                "its-within-text" => match value.to_ascii_lowercase().as_str() {
                    "yes" => marks.set(Marks::FLOWS),
                    "no" => marks.set(Marks::BREAKS),
                    "nested" => marks.set(Marks::NESTS),
                    _ => {}
                },
                "its-locale-filter-list" => filter = Some(value),
                "its-locale-filter-type" => {
                    filter_excludes = value.trim().eq_ignore_ascii_case("exclude");
                }
                _ => {}
            }
        }
        if let (Some(list), Some(target)) = (filter, &self.target)
            && filter_matches(list, target) == filter_excludes
        {
            marks.set(Marks::NO);
        }
        marks
    }

    fn mark_classes(&self, value: &str, marks: &mut Marks) {
        for class in value.split_ascii_whitespace() {
            if class == NO_TRANSLATE {
                marks.set(Marks::NO);
            }
            if marks.has(Marks::PRE) && self.code_classes.iter().any(|one| one == class) {
                marks.set(Marks::CODE);
            }
        }
    }

    fn lang_mark(&self, value: &str) -> u16 {
        // `lang=""` says that the language is unknown; it cuts what was inherited. A value that
        // is no language tag says nothing that could be relied on.
        match value.trim().parse::<Locale>() {
            Ok(locale) if !self.source.is_same_language(&locale) => Marks::OTHER,
            Ok(_) | Err(_) => Marks::OURS,
        }
    }

    /// Whether a configured selector may match an element, as far as its name and its attributes
    /// tell.
    pub(super) fn may_select(&self, name: &QualName, attributes: &[Attribute]) -> bool {
        self.exclusions
            .iter()
            .any(|exclusion| exclusion.may_match(name, attributes))
    }

    /// Marks what the configured selectors match, of those elements that they may match.
    pub(super) fn apply_selectors(
        &self,
        html: &Html,
        candidates: &[NodeId],
        info: &mut NodeMap<NodeInfo>,
    ) {
        for id in candidates {
            let element = html.tree.get(*id).and_then(ElementRef::wrap);
            if element.is_some_and(|element| {
                self.exclusions
                    .iter()
                    .any(|exclusion| exclusion.selector.matches(&element))
            }) {
                info.entry(*id).marks.set(Marks::NO);
            }
        }
    }
}

/// Whether the tree has to know an attribute, whatever the selectors are. The rest is read from the
/// source when it is needed.
pub(super) fn is_for_tree(name: &str) -> bool {
    TREE_ATTRIBUTES.contains(&name) || name == "size"
}

/// A selector of what is left alone.
#[derive(Debug, Clone)]
struct Exclusion {
    selector: Selector,
    /// The names in a selector that is made of names, classes, ids and attributes only: what has
    /// none of them does not match, and that is quickly seen.
    names: Option<Vec<String>>,
}

impl Exclusion {
    fn new(selector: Selector, text: &str) -> Self {
        let is_in_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
        let is_plain = text
            .chars()
            .all(|c| is_in_name(c) || c.is_ascii_whitespace() || ".#[]=\"',>+".contains(c));
        let names = || {
            text.split(|c| !is_in_name(c))
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        };
        Self {
            selector,
            names: is_plain.then(names),
        }
    }

    fn needs_all_classes(&self) -> bool {
        self.names
            .as_ref()
            .is_none_or(|names| names.iter().any(|one| one.eq_ignore_ascii_case("class")))
    }

    fn names_class(&self, class: &str) -> bool {
        self.names
            .as_ref()
            .is_some_and(|names| names.iter().any(|one| one == class))
    }

    fn may_match(&self, name: &QualName, attributes: &[Attribute]) -> bool {
        let Some(names) = &self.names else {
            return true;
        };
        let is_named = |name: &str| names.iter().any(|one| one.eq_ignore_ascii_case(name));
        is_named(&name.local)
            || attributes.iter().any(|attribute| {
                let is_token = |value: &str| names.iter().any(|one| one == value);
                let local = &attribute.name.local;
                is_named(local)
                    || match *local {
                        local_name!("class") => {
                            attribute.value.split_ascii_whitespace().any(is_token)
                        }
                        local_name!("id") => is_token(&attribute.value),
                        _ => false,
                    }
            })
    }
}

/// Whether a list of ITS locale filters (extended ranges of BCP 47, comma-separated) has `target`.
fn filter_matches(list: &str, target: &Locale) -> bool {
    list.split(',').map(str::trim).any(|range| {
        range == "*"
            || target.tag().eq_ignore_ascii_case(range)
            || range.split('-').next().is_some_and(|language| {
                language.eq_ignore_ascii_case(target.language()) && !range.contains('-')
            })
    })
}

/// What holds for a node: what it says itself and what it inherits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is inherited on its own"
)]
pub(super) struct State {
    resolved: bool,
    no: bool,
    other_language: bool,
    /// White space is shown as it stands.
    pub(super) preserve: bool,
}

impl State {
    /// Whether the text of the node, and of its attributes, is to be translated.
    pub(super) fn is_translatable(self) -> bool {
        !self.no && !self.other_language
    }

    fn child(self, marks: Marks, is_code: bool) -> Self {
        Self {
            resolved: true,
            no: if marks.has(Marks::NO) {
                true
            } else if marks.has(Marks::YES) {
                false
            } else {
                self.no || is_code
            },
            other_language: if marks.has(Marks::OTHER) {
                true
            } else {
                self.other_language && !marks.has(Marks::OURS)
            },
            preserve: self.preserve || marks.has(Marks::PRESERVE),
        }
    }
}

/// Looks up what holds for nodes, remembering what it found.
pub(super) struct Inheritance<'t> {
    html: &'t Html,
    info: &'t NodeMap<NodeInfo>,
    states: NodeMap<State>,
    path: Vec<NodeId>,
}

impl<'t> Inheritance<'t> {
    pub(super) fn new(html: &'t Html, info: &'t NodeMap<NodeInfo>) -> Self {
        Self {
            html,
            info,
            states: NodeMap::default(),
            path: Vec::new(),
        }
    }

    /// What holds for a text: what does for the element that it stands in.
    pub(super) fn state_of_text(&mut self, id: NodeId) -> State {
        let parent = self.html.tree.get(id).and_then(|node| node.parent());
        parent
            .map(|parent| self.state_of(parent.id()))
            .unwrap_or_default()
    }

    /// What holds for an element. Each is worked out once, so that all look-ups together take
    /// time linear in the number of nodes.
    pub(super) fn state_of(&mut self, id: NodeId) -> State {
        let mut next = Some(id);
        let mut state = State::default();
        while let Some(id) = next {
            state = self.states.get(id);
            if state.resolved {
                break;
            }
            self.path.push(id);
            next = self
                .html
                .tree
                .get(id)
                .and_then(|node| node.parent())
                .map(|node| node.id());
        }
        while let Some(id) = self.path.pop() {
            let marks = self.info.get(id).marks;
            let is_code = marks.has(Marks::CODE)
                || (marks.has(Marks::PRE) && self.html.tree.get(id).is_some_and(has_code_child));
            state = state.child(marks, is_code);
            *self.states.entry(id) = state;
        }
        state
    }
}

fn has_code_child(pre: NodeRef<'_, Node>) -> bool {
    pre.children().any(|child| {
        child
            .value()
            .as_element()
            .is_some_and(|element| element.name.local == local_name!("code"))
    })
}
