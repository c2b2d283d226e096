//! From a reply to a target: law 3 holds for what is accepted.

use crate::backend::{Pair, Reply};
use crate::unit::{Fragment, Segment, project, project_by_estimate, read_tagged};

use super::{Failure, Way};

/// Reads a reply.
pub(super) fn judge(
    pair: &Pair,
    segment: &Segment,
    reply: Reply,
) -> Result<(Fragment, Way), Failure> {
    let (target, way) = match reply {
        Reply::Tagged(text) => (
            read_tagged(&segment.source, &text).map_err(Failure::Markup)?,
            Way::Direct,
        ),
        Reply::Plain { text, .. } if segment.source.marks().is_empty() => {
            (Fragment::plain(text), Way::Direct)
        }
        Reply::Plain { text, .. } if text.trim().is_empty() => return Err(Failure::Empty),
        Reply::Plain { text, alignment } if alignment.is_empty() => {
            project_unaligned(pair, &segment.source, &text)?
        }
        Reply::Plain { text, alignment } => {
            (project(&segment.source, &text, &alignment), Way::Projected)
        }
    };
    if target.text().trim().is_empty() {
        return Err(Failure::Empty);
    }
    let target = segment.accept(&target).map_err(Failure::Markup)?;
    Ok((target, way))
}

/// Puts codes into a translation that comes without an alignment.
fn project_unaligned(
    pair: &Pair,
    source: &Fragment,
    text: &str,
) -> Result<(Fragment, Way), Failure> {
    let estimated = project_by_estimate(source, text, &pair.source, &pair.target);
    let estimated = estimated.ok_or(Failure::NoAlignment)?;
    let way = if estimated.is_certain {
        Way::Projected
    } else {
        Way::Estimated
    };
    Ok((estimated.target, way))
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
