//! What of a catalog holds when its post has changed.

use std::collections::HashSet;

use polypost::catalog::{
    CatalogFile, CatalogSegment, CatalogUnit, Decision, Merged, Method, Origin, Proposal, State,
    SubState, check_target, merge, xliff21,
};
use polypost::unit::Fragment;
use proptest::prelude::*;

use crate::generate::reworded;
use crate::posts;

fn machine() -> Origin {
    Origin::Backend {
        name: "machine".to_owned(),
        method: Method::Direct,
    }
}

/// What the machine says to everything.
fn proposal(source: &Fragment) -> Proposal {
    Proposal::Target {
        target: reworded(source, &source.text().to_uppercase()),
        origin: machine(),
        sub_state: None,
    }
}

/// A run: the post as it is, joined with the catalog of the last run.
fn run(old: Option<&CatalogFile>, html: &str) -> (Merged, CatalogFile) {
    let merged = merge("posts/1.html", old, posts::units(html));
    let sources: Vec<Vec<Fragment>> = merged
        .units
        .iter()
        .map(|unit| unit.segments().map(|one| one.source.clone()).collect())
        .collect();
    let file = merged
        .clone()
        .with_proposals(|unit, segment| Some(proposal(&sources[unit][segment])));
    (merged, file)
}

fn decisions(merged: &Merged) -> Vec<Decision> {
    merged.decisions.iter().flatten().copied().collect()
}

fn segments(file: &CatalogFile) -> Vec<&CatalogSegment> {
    file.units.iter().flat_map(CatalogUnit::segments).collect()
}

/// A person edits the segments whose number is a multiple, and approves of those behind them.
/// `words` are those of people so far.
fn review(file: &mut CatalogFile, every: usize, round: usize, words: &mut HashSet<String>) {
    let segments = file.units.iter_mut().flat_map(CatalogUnit::segments_mut);
    for (at, segment) in segments.enumerate() {
        let text = |segment: &CatalogSegment| {
            let target = segment.target.as_ref().expect("a target");
            target.text().to_owned()
        };
        match at % every {
            0 => {
                // What a person overwrites is theirs to lose.
                words.remove(&text(segment));
                let word = format!("person {round}.{at}");
                segment.target = Some(reworded(&segment.source, &word));
            }
            1 => segment.state = State::Reviewed,
            _ => continue,
        }
        words.insert(text(segment));
    }
}

const WORDS: [&str; 24] = [
    "harbour", "garden", "train", "night", "library", "club", "soup", "pool", "herb", "walk",
    "river", "stone", "paper", "light", "winter", "market", "bridge", "window", "story", "music",
    "letter", "summer", "forest", "island",
];

/// A sentence; some have codes.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(&WORDS[..]);
    (prop::collection::vec(word, 3..9), 0..5_u8).prop_map(|(words, codes)| {
        let mut words: Vec<String> = words.into_iter().map(str::to_owned).collect();
        match codes {
            0 => words[1] = format!("<b>{}</b>", words[1]),
            1 => words[1] = format!("<code>{}()</code>", words[1]),
            2 => words[2] = format!("<a href=\"/{0}\">{0}</a>", words[2]),
            _ => {}
        }
        let text = words.join(" ");
        format!("The {text}.")
    })
}

/// A post: paragraphs of sentences.
pub(crate) fn post() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(sentence(), 1..5), 1..10)
}

pub(crate) fn html(post: &[Vec<String>]) -> String {
    let paragraphs = post
        .iter()
        .map(|sentences| format!("<p>{}</p>\n", sentences.join(" ")));
    paragraphs.collect()
}

/// A change of a post.
#[derive(Debug, Clone)]
enum Edit {
    Remove(prop::sample::Index),
    Move(prop::sample::Index, prop::sample::Index),
    Repeat(prop::sample::Index),
    Split(prop::sample::Index),
    Join(prop::sample::Index),
    Reword(prop::sample::Index, usize, &'static str),
    Add(prop::sample::Index, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    let at = || any::<prop::sample::Index>();
    prop_oneof![
        at().prop_map(Edit::Remove),
        (at(), at()).prop_map(|(from, to)| Edit::Move(from, to)),
        at().prop_map(Edit::Repeat),
        at().prop_map(Edit::Split),
        at().prop_map(Edit::Join),
        (at(), 0..8_usize, prop::sample::select(&WORDS[..]))
            .prop_map(|(at, word, new)| Edit::Reword(at, word, new)),
        (at(), sentence()).prop_map(|(at, new)| Edit::Add(at, new)),
    ]
}

fn changed(post: &[Vec<String>], edits: &[Edit]) -> Vec<Vec<String>> {
    let mut post = post.to_vec();
    for edit in edits {
        if post.is_empty() {
            break;
        }
        let place = |at: &prop::sample::Index| at.index(post.len());
        match edit {
            Edit::Remove(at) => {
                post.remove(place(at));
            }
            Edit::Move(from, to) => {
                let (from, to) = (place(from), place(to));
                let paragraph = post.remove(from);
                post.insert(to, paragraph);
            }
            Edit::Repeat(at) => post.push(post[place(at)].clone()),
            Edit::Split(at) => {
                let at = place(at);
                let half = post[at].len() / 2;
                let rest = post[at].split_off(half);
                post.insert(at + 1, rest);
                post.retain(|paragraph| !paragraph.is_empty());
            }
            Edit::Join(at) => {
                let at = place(at);
                if at + 1 < post.len() {
                    let next = post.remove(at + 1);
                    post[at].extend(next);
                }
            }
            Edit::Reword(at, word, new) => {
                let at = place(at);
                let mut words: Vec<&str> = post[at][0].split(' ').collect();
                let word = word % words.len();
                words[word] = new;
                post[at][0] = format!("{}.", words.join(" ").trim_end_matches('.'));
            }
            Edit::Add(at, new) => {
                let at = place(at);
                post[at].insert(0, new.clone());
            }
        }
    }
    post
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_did_not_change_is_kept_as_it_is(post in post(), every in 2..5_usize) {
        let (_, mut old) = run(None, &html(&post));
        review(&mut old, every, 0, &mut HashSet::new());
        let (merged, new) = run(Some(&old), &html(&post));
        prop_assert!(decisions(&merged).iter().all(|one| *one == Decision::Keep));
        prop_assert_eq!(&merged.removed, &[]);
        prop_assert_eq!(new, old);
    }

    #[test]
    fn a_new_paragraph_is_all_that_is_translated(post in post(), at in any::<prop::sample::Index>()) {
        let (_, mut old) = run(None, &html(&post));
        review(&mut old, 3, 0, &mut HashSet::new());
        let mut longer = post.clone();
        let at = at.index(post.len() + 1);
        longer.insert(at, vec!["Quite another thing happened yesterday.".to_owned()]);
        let (merged, new) = run(Some(&old), &html(&longer));
        let wanted = decisions(&merged).into_iter().filter(|one| *one != Decision::Keep);
        prop_assert_eq!(wanted.collect::<Vec<_>>(), [Decision::Translate]);
        let mut others = new.clone();
        others.units.remove(at);
        prop_assert_eq!(others, old);
    }

    #[test]
    fn what_moves_keeps_its_translation(post in post(), from in any::<prop::sample::Index>(), to in any::<prop::sample::Index>()) {
        let (_, mut old) = run(None, &html(&post));
        review(&mut old, 2, 0, &mut HashSet::new());
        let moved = changed(&post, &[Edit::Move(from, to)]);
        let (merged, new) = run(Some(&old), &html(&moved));
        prop_assert!(decisions(&merged).iter().all(|one| *one == Decision::Keep));
        let ids = |file: &CatalogFile| -> HashSet<String> {
            file.units.iter().map(|unit| unit.id.clone()).collect()
        };
        prop_assert_eq!(ids(&new), ids(&old));
        prop_assert_eq!(&merged.removed, &[]);
    }

    #[test]
    fn what_is_cut_joined_or_repeated_keeps_its_translation(
        post in post(),
        edits in prop::collection::vec(
            any::<(prop::sample::Index, u8)>().prop_map(|(at, which)| match which % 3 {
                0 => Edit::Split(at),
                1 => Edit::Join(at),
                _ => Edit::Repeat(at),
            }),
            1..4,
        ),
    ) {
        let (_, old) = run(None, &html(&post));
        let (merged, _) = run(Some(&old), &html(&changed(&post, &edits)));
        prop_assert!(decisions(&merged).iter().all(|one| *one == Decision::Keep));
    }

    #[test]
    fn no_word_of_a_person_is_lost(
        post in post(),
        rounds in prop::collection::vec(prop::collection::vec(edit(), 0..4), 1..4),
    ) {
        let (_, mut file) = run(None, &html(&post));
        let mut post = post;
        let mut words: HashSet<String> = HashSet::new();
        for (round, edits) in rounds.iter().enumerate() {
            review(&mut file, 2 + round, round, &mut words);
            post = changed(&post, edits);
            let (merged, new) = run(Some(&file), &html(&post));
            let again = run(Some(&file), &html(&post));
            prop_assert_eq!(&again, &(merged.clone(), new.clone()));
            let mut found: HashSet<&str> = HashSet::new();
            for segment in segments(&new) {
                found.extend(segment.target.as_ref().map(Fragment::text));
                found.extend(segment.candidates.iter().map(|one| one.target.text()));
            }
            found.extend(merged.removed.iter().map(|one| one.target.text()));
            for word in &words {
                prop_assert!(found.contains(word.as_str()), "{} is lost", word);
            }
            let gone: HashSet<&str> = merged.removed.iter().map(|one| one.target.text()).collect();
            words.retain(|word| !gone.contains(word.as_str()));
            file = new;
            is_sound(&file)?;
        }
    }
}

/// Ids are unique, and law 3 holds.
fn is_sound(file: &CatalogFile) -> Result<(), TestCaseError> {
    let mut ids = HashSet::new();
    for unit in &file.units {
        prop_assert!(ids.insert(&unit.id), "{} stands twice", unit.id);
        let mut ids = HashSet::new();
        for segment in unit.segments() {
            prop_assert!(ids.insert(&segment.id), "{} stands twice", segment.id);
            let target = segment.target.as_ref().expect("a target");
            prop_assert_eq!(check_target(&segment.source, target), Ok(()));
        }
    }
    let catalog = posts::catalog(file.clone());
    let read = xliff21::read(&xliff21::write(&catalog)).expect("a catalog");
    prop_assert_eq!(read.catalog, catalog);
    Ok(())
}

const OLD: &str =
    "<p>One thing.</p><p>The <b>old</b> harbour is open all summer long. Come by.</p>";
const NEW: &str =
    "<p>One thing.</p><p>The <b>old</b> harbour is open all winter long. Come by.</p>";

#[test]
fn a_changed_source_is_translated_anew_with_the_old_pair_beside_it() {
    let (_, old) = run(None, OLD);
    let (merged, new) = run(Some(&old), NEW);
    let keep = Decision::Keep;
    assert_eq!(decisions(&merged), [keep, Decision::Translate, keep]);
    assert_eq!(new.units[1].id, old.units[1].id);
    let ids = |file: &CatalogFile| -> Vec<String> {
        segments(file).iter().map(|one| one.id.clone()).collect()
    };
    assert_eq!(ids(&new), ids(&old));
    let segment = segments(&new)[1];
    assert_eq!(segment.state, State::Translated);
    let candidate = &segment.candidates[0];
    assert_eq!(candidate.source.text(), segments(&old)[1].source.text());
    assert_eq!(candidate.origin, machine());
    assert!((80..100).contains(&candidate.similarity));
    // The next change leaves one candidate, not two.
    let (_, third) = run(Some(&new), OLD);
    assert_eq!(segments(&third)[1].candidates.len(), 1);
}

#[test]
fn a_persons_target_stays_beside_the_proposal_and_is_marked() {
    for approves in [false, true] {
        let (_, mut old) = run(None, OLD);
        let segment = old.units[1].segments_mut().next().expect("a segment");
        if approves {
            segment.state = State::Final;
        } else {
            segment.target = Some(reworded(&segment.source, "person"));
        }
        let words = segment.target.clone();
        let (merged, new) = run(Some(&old), NEW);
        assert_eq!(decisions(&merged)[1], Decision::Stale);
        let segment = segments(&new)[1];
        assert_eq!(segment.target, words);
        assert_eq!(segment.state, State::Translated);
        assert_eq!(segment.sub_state, Some(SubState::Stale));
        assert!(segment.needs_review() && segment.is_persons());
        assert_eq!(segment.candidates[0].origin, Origin::Person);
        assert_eq!(segment.candidates[1].origin, machine());
        assert_eq!(segment.candidates[1].similarity, 100);
        // Nothing new: nothing is asked and nothing changes.
        let (again, same) = run(Some(&new), NEW);
        assert!(decisions(&again).iter().all(|one| *one == Decision::Keep));
        assert_eq!(same, new);
        // The old source is back, and with it what was made for it.
        let (back, restored) = run(Some(&new), OLD);
        assert_eq!(decisions(&back)[1], Decision::Keep);
        assert_eq!(segments(&restored)[1].target, words);
    }
}

#[test]
fn a_persons_target_whose_codes_do_not_fit_is_the_first_candidate() {
    let (_, mut old) = run(None, OLD);
    let segment = old.units[1].segments_mut().next().expect("a segment");
    segment.target = Some(reworded(&segment.source, "person"));
    let (merged, new) = run(Some(&old), &NEW.replace("<b>old</b>", "old"));
    assert_eq!(decisions(&merged)[1], Decision::Stale);
    let segment = segments(&new)[1];
    assert_eq!(segment.origin, Some(machine()));
    assert!(!segment.is_persons() && segment.needs_review());
    assert_eq!(segment.candidates[0].target.text(), "personpersonperson");
}

#[test]
fn a_machines_target_is_asked_for_again_and_a_persons_is_not() {
    let (_, mut old) = run(None, OLD);
    let approved = old.units[0].segments_mut().next();
    approved.expect("a segment").state = State::Reviewed;
    let edited = old.units[1].segments_mut().next().expect("a segment");
    edited.target = Some(reworded(&edited.source, "person"));
    let (mut merged, _) = run(Some(&old), NEW);
    assert_eq!(decisions(&merged)[1], Decision::Stale);
    merged.ask_again(|_| true);
    let (keep, stale, translate) = (Decision::Keep, Decision::Stale, Decision::Translate);
    assert_eq!(decisions(&merged), [keep, stale, translate]);
    let again = |merged: Merged, word: &str| {
        let sources: Vec<Vec<Fragment>> = merged
            .units
            .iter()
            .map(|unit| unit.segments().map(|one| one.source.clone()).collect())
            .collect();
        merged.with_proposals(|unit, segment| {
            Some(Proposal::Target {
                target: reworded(&sources[unit][segment], word),
                origin: machine(),
                sub_state: None,
            })
        })
    };
    let first = again(merged, "first");
    let (mut merged, _) = run(Some(&first), NEW);
    merged.ask_again(CatalogSegment::needs_review);
    assert_eq!(decisions(&merged), [keep, stale, keep]);
    let second = again(merged, "second");
    let texts: Vec<&str> = segments(&second)[1]
        .candidates
        .iter()
        .map(|one| one.target.text())
        .collect();
    assert_eq!(texts, ["personpersonperson", "secondsecondsecond"]);
    assert_eq!(segments(&second)[2].target, segments(&first)[2].target);
}

#[test]
fn what_failed_is_marked_and_asked_for_again() {
    let merged = merge("posts/1.html", None, posts::units(OLD));
    let file = merged.with_proposals(|_, _| Some(Proposal::Failed));
    let failed = segments(&file)[0];
    assert_eq!(failed.state, State::Initial);
    assert_eq!(failed.sub_state, Some(SubState::Failed));
    let (again, file) = run(Some(&file), OLD);
    assert!(
        decisions(&again)
            .iter()
            .all(|one| *one == Decision::Translate)
    );
    assert_eq!(segments(&file)[0].sub_state, None);
}

#[test]
fn an_id_is_not_given_to_two_units() {
    let (_, first) = run(None, "<p>The harbour is open all summer long.</p>");
    let changed = "<p>The harbour is open all winter long.</p>";
    let (_, second) = run(Some(&first), changed);
    assert_eq!(second.units[0].id, first.units[0].id);
    // The first text is back as another paragraph, and its hash would be the same id.
    let both = format!("{changed}<p>The harbour is open all summer long.</p>");
    let (_, third) = run(Some(&second), &both);
    assert_eq!(third.units[0].id, first.units[0].id);
    assert_eq!(third.units[1].id, format!("{}-2", first.units[0].id));
}
