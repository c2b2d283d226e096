//! What the tests have in common: to ask a backend, and to read its replies.

use std::collections::BTreeMap;
use std::sync::Mutex;

use polypost::backend::{Backend, BackendError, Pair, Reply, Request};
use polypost::unit::{Fragment, MarkKind, project, read_tagged};

use crate::contract::PATIENCE;

/// A fragment from `to_tagged`'s own form, with `{3:text}` for a protected span and without
/// escapes.
pub(crate) fn fragment(text: &str) -> Fragment {
    let mut fragment = Fragment::default();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let end = match c {
            '<' => Some('>'),
            '{' => Some('}'),
            _ => None,
        };
        let code = end.and_then(|end| rest.split_once(end));
        let code = code.map_or("", |(code, _)| &code[1..]);
        let number = |text: &str| text.trim_end_matches('/').parse().ok();
        let (kind, id) = match code.split_at_checked(1) {
            _ if c == '{' => (None, code.split_once(':').and_then(|(id, _)| number(id))),
            _ if c != '<' => (None, None),
            Some(("g", id)) => (Some(MarkKind::Open), number(id)),
            Some(("x", id)) => (Some(MarkKind::Standalone), number(id)),
            _ => (
                Some(MarkKind::Close),
                code.strip_prefix("/g").and_then(number),
            ),
        };
        let Some(id) = id else {
            fragment.push_char(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        match kind {
            Some(kind) => fragment.push_mark(kind, id),
            None => fragment.push_protected(id, code.split_once(':').map_or("", |(_, text)| text)),
        }
        rest = &rest[code.len() + 2..];
    }
    fragment
}

/// Requests with ids that are not their places.
pub(crate) fn requests(texts: &[&str]) -> Vec<Request> {
    texts
        .iter()
        .zip(100..)
        .map(|(text, id)| Request {
            id,
            source: fragment(text),
            ..Request::default()
        })
        .collect()
}

/// The replies, in the order of the requests; every request has one at most.
pub(crate) async fn ask(
    backend: &dyn Backend,
    pair: &Pair,
    requests: &[Request],
) -> Result<Vec<Option<Result<Reply, String>>>, BackendError> {
    let replies = Mutex::new(BTreeMap::new());
    let sink = |id: u64, reply: Result<Reply, String>| {
        let before = replies.lock().expect("the replies").insert(id, reply);
        assert_eq!(before, None, "{id} has two replies");
    };
    let work = backend.translate(pair, requests, &sink);
    tokio::time::timeout(PATIENCE, work)
        .await
        .expect("an end")?;
    let mut replies = replies.into_inner().expect("the replies");
    let replies_in_order = requests.iter().map(|one| replies.remove(&one.id)).collect();
    assert!(replies.is_empty(), "replies to nothing: {replies:?}");
    Ok(replies_in_order)
}

/// The translations, with their codes where they belong.
pub(crate) async fn translated(
    backend: &dyn Backend,
    pair: &Pair,
    requests: &[Request],
) -> Vec<String> {
    let replies = ask(backend, pair, requests).await.expect("an answer");
    let read = |(request, reply): (&Request, Option<Result<Reply, String>>)| {
        let source = &request.source;
        let target = match reply.expect("a reply").expect("a translation") {
            Reply::Tagged(text) => {
                read_tagged(source, &text).unwrap_or_else(|error| panic!("{error}: {text}"))
            }
            Reply::Plain { text, .. } if source.marks().is_empty() => Fragment::plain(text),
            Reply::Plain { text, alignment } => {
                assert!(!alignment.is_empty(), "no alignment: {text}");
                project(source, &text, &alignment)
            }
        };
        target.to_tagged()
    };
    requests.iter().zip(replies).map(read).collect()
}
