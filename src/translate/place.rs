//! The places of codes in plain translations that come without an alignment: by that of a local
//! model, by looking up what stands between the codes, else by the estimate (marked for review).

use crate::backend::{Pair, Request};
use crate::memory::MemoryError;
use crate::unit::{Alignment, Fragment, Run, look_up, project_sensibly, runs_to_look_up};

use super::judge::{Unplaced, accept};
use super::ladder::Ladder;
use super::pieces::piece_text;
use super::schedule::Shared;
use super::{Failure, Job, Way};

/// A plain translation of a job.
pub(super) struct Place<'j> {
    pub(super) job: Job<'j>,
    pub(super) unplaced: Unplaced,
    pub(super) is_kept: bool,
}

impl Place<'_> {
    fn source(&self) -> &Fragment {
        &self.job.segment.source
    }

    /// The target by an alignment, if that is of use.
    fn by(&self, alignment: &Alignment) -> Option<Fragment> {
        project_sensibly(self.source(), &self.unplaced.text, alignment)
    }
}

/// What becomes of translations, in their order, and whether nothing had to be asked for it.
pub(super) async fn place(
    ladder: &Ladder<'_>,
    shared: &Shared<'_>,
    pair: &Pair,
    places: &[Place<'_>],
) -> Result<Vec<(Result<(Fragment, Way), Failure>, bool)>, MemoryError> {
    let mut found = by_local_model(shared, pair, places).await;
    let left: Vec<usize> = (0..places.len())
        .filter(|at| found[*at].is_none())
        .collect();
    let mut is_kept: Vec<bool> = places.iter().map(|place| place.is_kept).collect();
    if shared.looks_up || ladder.schedule.backend().asks_no_price() {
        let wanted: Vec<&Place<'_>> = left.iter().map(|at| &places[*at]).collect();
        let looked_up = by_look_up(ladder, shared, pair, &wanted).await?;
        for (at, (target, was_kept)) in left.into_iter().zip(looked_up) {
            found[at] = target;
            is_kept[at] &= was_kept;
        }
    }
    let targets = places.iter().zip(found).map(|(place, found)| {
        let (target, way) = match (found, &place.unplaced.estimated) {
            (Some(target), _) => (target, Way::Projected),
            (None, Some(target)) => (target.clone(), Way::Estimated),
            (None, None) => return Err(Failure::NoAlignment),
        };
        accept(place.job.segment, &target).map(|target| (target, way))
    });
    Ok(targets.zip(is_kept).collect())
}

async fn by_local_model(
    shared: &Shared<'_>,
    pair: &Pair,
    places: &[Place<'_>],
) -> Vec<Option<Fragment>> {
    let Some(aligner) = shared.aligner.filter(|_| !places.is_empty()) else {
        return vec![None; places.len()];
    };
    let texts: Vec<(&str, &str)> = places
        .iter()
        .map(|place| (place.source().text(), place.unplaced.text.as_str()))
        .collect();
    let alignments = aligner.align(pair, &texts).await;
    let targets = places.iter().zip(alignments);
    targets
        .map(|(place, alignment)| place.by(&alignment?))
        .collect()
}

/// Asks for what stands between the codes, and looks for it in the whole.
async fn by_look_up(
    ladder: &Ladder<'_>,
    shared: &Shared<'_>,
    pair: &Pair,
    places: &[&Place<'_>],
) -> Result<Vec<(Option<Fragment>, bool)>, MemoryError> {
    let runs: Vec<Vec<Run>> = places
        .iter()
        .map(|place| runs_to_look_up(place.source()))
        .collect();
    let requests = places.iter().zip(&runs).flat_map(|(place, runs)| {
        let text = place.source().text();
        runs.iter().map(move |run| Request {
            source: Fragment::plain(&text[run.range.clone()]),
            context: text.to_owned(),
            ..Request::default()
        })
    });
    let replies = ladder
        .schedule
        .send(shared, pair, requests.collect(), &|_| ())
        .await?;
    let mut replies = replies.into_iter();
    let looked_up = places.iter().zip(&runs).map(|(place, runs)| {
        let mut is_kept = true;
        let texts: Vec<Option<String>> = replies
            .by_ref()
            .take(runs.len())
            .map(|received| {
                let received = received.ok()?;
                is_kept &= received.is_kept;
                piece_text(received.reply)
            })
            .collect();
        let pairs: Option<Vec<_>> = runs
            .iter()
            .zip(&texts)
            .map(|(run, text)| Some((run, text.as_deref()?)))
            .collect();
        let known = &place.unplaced.known;
        let alignment = pairs.and_then(|pairs| look_up(&pairs, &place.unplaced.text, known));
        (alignment.and_then(|links| place.by(&links)), is_kept)
    });
    Ok(looked_up.collect())
}
