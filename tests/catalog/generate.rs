//! Any catalog.

use polypost::catalog::{
    Candidate, Catalog, CatalogFile, CatalogSegment, CatalogUnit, Method, Note, Origin, Part, Side,
    State, SubState, digest_of_target,
};
use polypost::unit::{Code, CodeId, CodeKind, Fragment, Kind, MarkKind};
use proptest::prelude::*;
use proptest::sample::select;

/// Text with everything that a format could trip over.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-zA-Z ,.äß€中\u{1f600}]{1,12}",
        1 => "[<>&\"'\\]\\[\\\\%{}|~;:=/#!\n\r\t\u{a0}\u{2028}-]{1,8}",
        1 => "[\u{1}\u{b}\u{7f}\u{85}\u{fffe}\u{ffff}a]{1,3}",
    ]
}

/// Text that XML can hold everywhere.
pub(crate) fn name() -> impl Strategy<Value = String> {
    "[a-zA-Z0-9._/#:%&<>\"' äß\n\t-]{1,12}"
}

/// A piece of a unit's text.
#[derive(Debug, Clone)]
enum Piece {
    Text(String),
    Pair(Vec<Piece>),
    Standalone,
    Lone(bool),
    Protected(String),
    /// A new part begins, a segment or not; inside of pairs too.
    Border(bool),
}

fn pieces() -> impl Strategy<Value = Vec<Piece>> {
    let leaf = prop_oneof![
        6 => text().prop_map(Piece::Text),
        1 => Just(Piece::Standalone),
        1 => any::<bool>().prop_map(Piece::Lone),
        1 => text().prop_map(Piece::Protected),
        2 => any::<bool>().prop_map(Piece::Border),
    ];
    let tree = leaf.prop_recursive(3, 12, 4, |inner| {
        prop::collection::vec(inner, 0..4).prop_map(Piece::Pair)
    });
    prop::collection::vec(tree, 1..8)
}

/// Builds the parts of a unit, and its codes.
#[derive(Default)]
struct Builder {
    parts: Vec<(bool, Fragment)>,
    codes: Vec<Code>,
    current: Fragment,
    is_segment: bool,
    next: CodeId,
}

impl Builder {
    fn add(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Text(text) => self.current.push_text(text),
                Piece::Pair(inner) => {
                    let code = self.mark(MarkKind::Open, CodeKind::Open, "<a href=\"x?a&amp;b\">");
                    self.add(inner);
                    self.current.push_mark(MarkKind::Close, code);
                    self.code(code, CodeKind::Close, "</a>");
                }
                Piece::Standalone => {
                    self.mark(MarkKind::Standalone, CodeKind::Standalone, "<br\n/>");
                }
                Piece::Lone(opens) => {
                    let raw = if *opens { "<i>" } else { "</i>" };
                    self.mark(MarkKind::Lone, CodeKind::Standalone, raw);
                }
                Piece::Protected(text) => {
                    self.next += 1;
                    self.current.push_protected(self.next, text);
                    let raw = format!("<code>{text}</code>");
                    self.code(self.next, CodeKind::Protected, &raw);
                }
                Piece::Border(is_segment) => self.cut(*is_segment),
            }
        }
    }

    fn mark(&mut self, kind: MarkKind, code_kind: CodeKind, raw: &str) -> CodeId {
        self.next += 1;
        self.current.push_mark(kind, self.next);
        self.code(self.next, code_kind, raw);
        self.next
    }

    fn code(&mut self, id: CodeId, kind: CodeKind, raw: &str) {
        let raw = raw.to_owned();
        self.codes.push(Code { id, kind, raw });
    }

    fn cut(&mut self, is_segment: bool) {
        let part = std::mem::take(&mut self.current);
        let was_segment = std::mem::replace(&mut self.is_segment, is_segment);
        if !part.is_empty() {
            self.parts.push((was_segment, part));
        }
    }
}

/// The fragment with other words, and the same codes in their order.
pub(crate) fn reworded(source: &Fragment, word: &str) -> Fragment {
    let mut out = Fragment::plain(word);
    for mark in source.marks() {
        match mark.kind {
            MarkKind::Protected { .. } => {
                out.push_protected(mark.code, &source.text()[mark.at..mark.end()]);
            }
            kind => out.push_mark(kind, mark.code),
        }
        out.push_text(word);
    }
    out
}

fn origin() -> impl Strategy<Value = Origin> {
    let methods = [
        Method::Direct,
        Method::Retried,
        Method::Projected,
        Method::Estimated,
        Method::Pieces,
    ];
    prop_oneof![
        (name(), select(methods.to_vec()))
            .prop_map(|(name, method)| Origin::Backend { name, method })
            .boxed(),
        (0..=100_u8)
            .prop_map(|score| Origin::Memory { score })
            .boxed(),
        Just(Origin::Person).boxed(),
        Just(Origin::Adopted).boxed(),
        Just(Origin::Repetition).boxed(),
    ]
}

fn sub_state() -> impl Strategy<Value = SubState> {
    select(vec![
        SubState::Estimated,
        SubState::Pieces,
        SubState::Failed,
        SubState::Stale,
        SubState::Refused,
        SubState::Other("other:state".to_owned()),
    ])
}

fn note() -> impl Strategy<Value = Note> {
    let side = prop::option::of(select(vec![Side::Source, Side::Target]));
    let parts = (
        prop::option::of(name()),
        side,
        prop::option::of(1..=10_u8),
        name(),
    );
    parts.prop_map(|(category, side, priority, text)| Note {
        id: None,
        category,
        side,
        priority,
        text,
    })
}

/// What becomes of a segment: target, state, whether it is ours, and so on.
type Fate = (
    Option<String>,
    State,
    Option<SubState>,
    Option<Origin>,
    u8,
    Option<(String, u8, Origin)>,
);

fn fate() -> impl Strategy<Value = Fate> {
    (
        prop::option::weighted(0.7, text()),
        select(vec![State::Translated, State::Reviewed, State::Final]),
        prop::option::weighted(0.3, sub_state()),
        prop::option::weighted(0.8, origin()),
        0..3_u8,
        prop::option::weighted(0.3, (text(), 0..=100_u8, origin())),
    )
}

fn segment(id: String, source: Fragment, codes: &[Code], fate: &Fate) -> CatalogSegment {
    let (word, state, sub_state, origin, ours, candidate) = fate;
    let target = word.as_ref().map(|word| reworded(&source, word));
    let candidates = candidate.iter().map(|(word, similarity, origin)| {
        let old = reworded(&source, word);
        Candidate::new(&source, &old, codes, *similarity, origin.clone())
    });
    CatalogSegment {
        candidates: candidates.collect(),
        digest: match ours {
            0 => None,
            1 => target.as_ref().map(digest_of_target),
            _ => Some("0123456789abcdef".to_owned()),
        },
        state: target.as_ref().map_or(State::Initial, |_| *state),
        sub_state: sub_state.clone(),
        origin: origin.clone(),
        id,
        source,
        target,
    }
}

fn unit() -> impl Strategy<Value = CatalogUnit> {
    let kind = select(vec![Kind::Html, Kind::Text]);
    (
        pieces(),
        prop::collection::vec(fate(), 6),
        (
            prop_oneof![Just(String::new()), name()],
            prop_oneof![Just(String::new()), name()],
        ),
        kind,
        prop::option::of("[0-9a-f]{16}"),
        prop::option::of(1..500_u32),
        prop::collection::vec(note(), 0..3),
    )
        .prop_map(
            |(pieces, fates, (field, element), kind, output, limit, notes)| {
                let mut builder = Builder {
                    is_segment: true,
                    ..Builder::default()
                };
                builder.current.push_text("A");
                builder.add(&pieces);
                builder.cut(true);
                let mut codes = &builder.codes[..];
                let mut parts = Vec::new();
                for (at, (is_segment, source)) in builder.parts.into_iter().enumerate() {
                    let (own, rest) = codes.split_at(source.marks().len());
                    codes = rest;
                    parts.push(if is_segment {
                        let id = format!("s{}", parts.len() + 1);
                        Part::Segment(segment(id, source, own, &fates[at % fates.len()]))
                    } else {
                        Part::Ignorable(source)
                    });
                }
                CatalogUnit {
                    id: String::new(),
                    field,
                    element,
                    kind,
                    codes: builder.codes,
                    output,
                    limit,
                    notes,
                    parts,
                }
            },
        )
}

/// Any catalog that the pipeline or people could make.
pub(crate) fn catalog() -> impl Strategy<Value = Catalog> {
    let files = prop::collection::vec(prop::collection::vec(unit(), 0..4), 1..3);
    files.prop_map(|files| Catalog {
        source: "en".parse().expect("a tag"),
        target: "pt-BR".parse().expect("a tag"),
        files: files
            .into_iter()
            .enumerate()
            .map(|(file, mut units)| {
                for (at, unit) in units.iter_mut().enumerate() {
                    unit.id = format!("{at}a1b2c3d4e");
                }
                CatalogFile {
                    original: format!("posts/{file}.json"),
                    units,
                }
            })
            .collect(),
    })
}
