//! From a reply to a target: law 3 holds for what is accepted.

use crate::backend::{Pair, Reply};
use crate::unit::{
    Alignment, Estimated, Fragment, MarkKind, Segment, project, project_by_estimate, read_tagged,
};

use super::{Failure, Way};

/// What a reply comes to.
#[derive(Debug)]
pub(super) enum Judged {
    /// A target.
    Target(Fragment, Way),
    /// A plain translation whose alignment has to be found out.
    Unplaced(Unplaced),
}

/// A plain translation, and what is known of the places of its codes.
#[derive(Debug)]
pub(super) struct Unplaced {
    pub(super) text: String,
    /// Links of protected spans at most.
    pub(super) known: Alignment,
    /// Where the codes stand by an estimate, if that is of use.
    pub(super) estimated: Option<Fragment>,
}

/// Reads a reply.
pub(super) fn judge(pair: &Pair, segment: &Segment, reply: Reply) -> Result<Judged, Failure> {
    let source = &segment.source;
    let (target, way) = match reply {
        Reply::Tagged(text) => (
            read_tagged(source, &text).map_err(Failure::Markup)?,
            Way::Direct,
        ),
        Reply::Plain { text, .. } if source.marks().is_empty() => {
            (Fragment::plain(text), Way::Direct)
        }
        Reply::Plain { text, .. } if text.trim().is_empty() => return Err(Failure::Empty),
        Reply::Plain { text, alignment } if links_words(source, &alignment) => {
            (project(source, &text, &alignment), Way::Projected)
        }
        Reply::Plain { text, alignment } => {
            match project_by_estimate(source, &text, &pair.source, &pair.target) {
                Some(Estimated {
                    target,
                    is_certain: true,
                }) => (target, Way::Projected),
                estimated => {
                    return Ok(Judged::Unplaced(Unplaced {
                        text,
                        known: alignment,
                        estimated: estimated.map(|estimated| estimated.target),
                    }));
                }
            }
        }
    };
    accept(segment, &target).map(|target| Judged::Target(target, way))
}

/// Whether an alignment says more than where the protected spans are.
fn links_words(source: &Fragment, alignment: &Alignment) -> bool {
    let mut protected = source
        .marks()
        .iter()
        .filter(|mark| matches!(mark.kind, MarkKind::Protected { .. }))
        .map(|mark| mark.at..mark.end())
        .peekable();
    if protected.peek().is_none() || alignment.is_empty() {
        return !alignment.is_empty();
    }
    let protected: Vec<_> = protected.collect();
    alignment.iter().any(|link| {
        let after = protected.partition_point(|span| span.end < link.source.end);
        let around = protected.get(after);
        around.is_none_or(|span| link.source.start < span.start)
    })
}

/// Makes a target fit for its unit.
pub(super) fn accept(segment: &Segment, target: &Fragment) -> Result<Fragment, Failure> {
    if target.text().trim().is_empty() {
        return Err(Failure::Empty);
    }
    segment.accept(target).map_err(Failure::Markup)
}

/// What was wrong with a reply, for the backend that is asked again.
pub(super) fn problem(failure: &Failure) -> String {
    match failure {
        Failure::Markup(error) => format!("The tags of the last answer were wrong: {error}."),
        Failure::Backend(reason) => format!("The last answer could not be used: {reason}"),
        Failure::Empty => "The last answer was empty.".to_owned(),
        Failure::NoAlignment => "The last answer had no tags.".to_owned(),
        Failure::NoReply | Failure::Stopped | Failure::Budget => {
            "There was no answer to this text.".to_owned()
        }
    }
}
