//! Backends that stand in for each other.

use super::{Backend, BackendError, OptionsByBackend, Pair, Spec, Terms, open, patience};

/// A backend that is ready, and the languages that it serves.
pub struct Opened {
    /// The backend.
    pub backend: Box<dyn Backend>,
    /// Those of the wanted pairs that it has.
    pub pairs: Vec<Pair>,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opened")
            .field("backend", &self.backend.name())
            .field("pairs", &self.pairs)
            .finish()
    }
}

/// Opens backends of which the next one serves where the first can't, each with the `terms` of a
/// glossary for its pairs, and tells what those lack
/// that can't be used, or not for all pairs.
///
/// # Errors
/// What the first one lacks, where a pair is left that none has.
pub async fn open_all(
    specs: &[Spec],
    pairs: &[Pair],
    options: &OptionsByBackend,
    terms: &dyn Fn(&[Pair]) -> Vec<Terms>,
) -> Result<(Vec<Opened>, Vec<BackendError>), BackendError> {
    let mut all = Vec::new();
    let mut lacks = Vec::new();
    for spec in specs {
        let mut own = pairs.to_vec();
        while !own.is_empty() {
            match open_with(spec, &own, options, &terms(&own)).await {
                Ok(backend) => {
                    all.push(Opened {
                        backend,
                        pairs: own,
                    });
                    break;
                }
                Err(error) => {
                    own = without_unsupported(own, &error);
                    lacks.push(error);
                }
            }
        }
    }
    let is_served = |pair| all.iter().any(|one: &Opened| one.pairs.contains(pair));
    if !lacks.is_empty() && !pairs.iter().all(is_served) {
        return Err(lacks.swap_remove(0));
    }
    Ok((all, lacks))
}

/// Opens a backend and hands it the glossary.
async fn open_with(
    spec: &Spec,
    pairs: &[Pair],
    options: &OptionsByBackend,
    terms: &[Terms],
) -> Result<Box<dyn Backend>, BackendError> {
    let mut backend = open(spec, pairs, options).await?;
    patience::patiently(async || backend.use_glossary(terms).await).await?;
    Ok(backend)
}

/// The pairs that are left when one is not supported; none after any other error.
fn without_unsupported(mut pairs: Vec<Pair>, error: &BackendError) -> Vec<Pair> {
    let BackendError::UnsupportedPair { from, to, .. } = error else {
        return Vec::new();
    };
    let before = pairs.len();
    pairs.retain(|pair| pair.source.tag() != from || pair.target.tag() != to);
    if pairs.len() == before {
        pairs.clear();
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn specs(names: &[&str]) -> Vec<Spec> {
        names
            .iter()
            .map(|name| name.parse().expect("a backend"))
            .collect()
    }

    fn pairs(targets: &[&str]) -> Vec<Pair> {
        targets
            .iter()
            .map(|target| Pair {
                source: "en".parse().expect("a tag"),
                target: target.parse().expect("a tag"),
            })
            .collect()
    }

    #[tokio::test]
    async fn one_stands_in_for_another_that_lacks_a_pair() {
        let pairs = pairs(&["xx", "yy"]);
        let options = OptionsByBackend::new();
        let alone = open_all(&specs(&["apertium"]), &pairs, &options, &|_| Vec::new()).await;
        assert!(alone.is_err(), "{alone:?}");
        let (opened, lacks) = open_all(&specs(&["apertium", "pseudo"]), &pairs, &options, &|_| {
            Vec::new()
        })
        .await
        .expect("pseudo has all");
        assert_eq!(opened.len(), 1, "{opened:?}");
        assert_eq!(opened[0].pairs, pairs);
        assert!(!lacks.is_empty());
    }
}
