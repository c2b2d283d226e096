//! A false backend.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use polypost::backend::{
    Backend, BackendError, BackendFuture, Limits, Pair, Reply, ReplySink, Request,
};

/// How the false backend answers a call, by its number.
pub(crate) type Script = Box<dyn Fn(usize) -> Result<(), BackendError> + Send + Sync>;

/// Answers every text in capitals after a while, unless its script says otherwise.
pub(crate) struct Fake {
    pub(crate) name: &'static str,
    pub(crate) limits: Limits,
    pub(crate) fingerprint: Option<String>,
    pub(crate) script: Script,
    pub(crate) takes: Duration,
    pub(crate) calls: AtomicUsize,
    /// How often each text was asked for.
    pub(crate) asked: Mutex<HashMap<String, usize>>,
    pub(crate) batches: Mutex<Vec<usize>>,
    pub(crate) at_once: AtomicUsize,
    pub(crate) most_at_once: AtomicUsize,
}

impl Fake {
    pub(crate) fn new(limits: Limits) -> Self {
        Self {
            name: "fake",
            limits,
            fingerprint: None,
            script: Box::new(|_| Ok(())),
            takes: Duration::from_millis(200),
            calls: AtomicUsize::new(0),
            asked: Mutex::default(),
            batches: Mutex::default(),
            at_once: AtomicUsize::new(0),
            most_at_once: AtomicUsize::new(0),
        }
    }

    pub(crate) fn answering(
        mut self,
        script: impl Fn(usize) -> Result<(), BackendError> + Send + Sync + 'static,
    ) -> Self {
        self.script = Box::new(script);
        self
    }

    pub(crate) fn most_asked(&self) -> usize {
        let asked = self.asked.lock().expect("the counts");
        asked.values().copied().max().unwrap_or(0)
    }

    pub(crate) fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }

    pub(crate) fn batches(&self) -> Vec<usize> {
        self.batches.lock().expect("the sizes").clone()
    }
}

impl Backend for Fake {
    fn name(&self) -> &'static str {
        self.name
    }

    fn limits(&self) -> Limits {
        self.limits
    }

    fn fingerprint(&self) -> Option<String> {
        self.fingerprint.clone()
    }

    fn translate<'a>(
        &'a self,
        _: &'a Pair,
        requests: &'a [Request],
        replies: ReplySink<'a>,
    ) -> BackendFuture<'a, Result<(), BackendError>> {
        Box::pin(async move {
            let call = self.calls.fetch_add(1, Ordering::Relaxed);
            self.batches.lock().expect("the sizes").push(requests.len());
            let at_once = 1 + self.at_once.fetch_add(1, Ordering::Relaxed);
            self.most_at_once.fetch_max(at_once, Ordering::Relaxed);
            tokio::time::sleep(self.takes).await;
            self.at_once.fetch_sub(1, Ordering::Relaxed);
            for request in requests {
                let mut asked = self.asked.lock().expect("the counts");
                *asked.entry(request.source.to_tagged()).or_default() += 1;
            }
            (self.script)(call)?;
            for request in requests {
                let text = request.source.text().to_uppercase();
                let reply = Reply::Plain {
                    text,
                    alignment: Vec::new(),
                };
                replies(request.id, Ok(reply));
            }
            Ok(())
        })
    }
}
