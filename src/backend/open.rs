//! From a name on the command line to a backend that is ready.

use std::fmt;
use std::str::FromStr;

use super::apertium::{find_mode, installed_modes, unsupported};
use super::{
    Anthropic, Apertium, Apy, Backend, BackendError, Exec, Identity, OpenAi, OptionsByBackend,
    Pair, Pseudo,
};

/// A backend as asked for: `NAME` or `NAME:ARGUMENT`.
///
/// ```
/// use polypost::backend::Spec;
///
/// let spec: Spec = "exec:sed -u s/a:b/c/".parse()?;
/// assert_eq!(spec.name(), "exec");
/// assert_eq!(spec.argument(), Some("sed -u s/a:b/c/"));
/// # Ok::<(), polypost::backend::BackendError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spec {
    name: Name,
    argument: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Anthropic,
    Apertium,
    Exec,
    Identity,
    OpenAi,
    Pseudo,
}

/// The names, in the order in which people are shown them.
const NAMES: [(&str, Name); 6] = [
    ("apertium", Name::Apertium),
    ("openai", Name::OpenAi),
    ("anthropic", Name::Anthropic),
    ("exec", Name::Exec),
    ("pseudo", Name::Pseudo),
    ("identity", Name::Identity),
];

impl Spec {
    /// The name, before the first colon.
    pub fn name(&self) -> &'static str {
        self.name.text()
    }

    /// All that stands after the first colon.
    pub fn argument(&self) -> Option<&str> {
        self.argument.as_deref()
    }
}

impl FromStr for Spec {
    type Err = BackendError;

    /// # Errors
    /// [`BackendError::Unknown`] for the name, [`BackendError::Argument`] for what follows it.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, argument) = match text.split_once(':') {
            Some((name, argument)) => (name, Some(argument.to_owned())),
            None => (text, None),
        };
        let Some((_, name)) = NAMES.iter().find(|(known, _)| *known == name) else {
            return Err(BackendError::Unknown {
                name: name.to_owned(),
            });
        };
        let spec = Self {
            name: *name,
            argument,
        };
        let fits = match (spec.name, spec.argument()) {
            (
                Name::Identity | Name::Pseudo | Name::Apertium | Name::OpenAi | Name::Anthropic,
                None,
            ) => true,
            (Name::OpenAi, Some(url)) => return OpenAi::check_url(url).map(|()| spec),
            (Name::Exec, Some(command)) => !command.trim().is_empty(),
            (Name::Apertium, Some(url)) => return Apy::check_url(url).map(|_| spec),
            (Name::Identity | Name::Pseudo | Name::Anthropic, Some(_)) | (Name::Exec, None) => {
                false
            }
        };
        if fits {
            Ok(spec)
        } else {
            Err(spec.wrong_argument())
        }
    }
}

impl Spec {
    fn wrong_argument(&self) -> BackendError {
        BackendError::Argument {
            name: self.name().to_owned(),
            argument: self.argument.clone().unwrap_or_default(),
        }
    }
}

impl fmt::Display for Spec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())?;
        self.argument
            .as_ref()
            .map_or(Ok(()), |argument| write!(f, ":{argument}"))
    }
}

/// Opens the backend that `spec` names, for `pairs`. Nothing of any article is sent yet.
///
/// # Errors
/// What it lacks: a program, a server, or one of the pairs.
pub async fn open(
    spec: &Spec,
    pairs: &[Pair],
    options: &OptionsByBackend,
) -> Result<Box<dyn Backend>, BackendError> {
    let options = options.get(spec.name()).cloned().unwrap_or_default();
    Ok(match (spec.name, spec.argument()) {
        (Name::Identity, _) => Box::new(Identity),
        (Name::Pseudo, _) => Box::new(Pseudo),
        (Name::Apertium, None) => Box::new(Apertium::open(pairs).await?),
        (Name::Apertium, Some(url)) => Box::new(Apy::open(url, pairs).await?),
        (Name::OpenAi, url) => Box::new(OpenAi::open(url, &options).await?),
        (Name::Anthropic, _) => Box::new(Anthropic::open(&options).await?),
        (Name::Exec, Some(command)) => Box::new(Exec::new(command)),
        (Name::Exec, None) => return Err(spec.wrong_argument()),
    })
}

/// The backend for who names none: Apertium, where the pairs are installed.
///
/// # Errors
/// [`BackendError::NotInstalled`], or [`BackendError::UnsupportedPair`] for the first pair that is
/// missing.
pub async fn default_for(pairs: &[Pair]) -> Result<Spec, BackendError> {
    let installed = installed_modes().await?;
    match pairs
        .iter()
        .find(|pair| find_mode(&installed, pair).is_none())
    {
        Some(pair) => Err(unsupported(Name::Apertium.text(), pair, &installed)),
        None => Ok(Spec {
            name: Name::Apertium,
            argument: None,
        }),
    }
}

impl Name {
    fn text(self) -> &'static str {
        NAMES
            .iter()
            .find(|(_, name)| *name == self)
            .map_or("", |(text, _)| text)
    }
}

/// A backend and what can be done with it here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name, as in `--backend NAME`.
    pub name: &'static str,
    /// What its argument is, where it takes one: `COMMAND`, `URL`.
    pub argument: Option<&'static str>,
    /// The pairs of languages it has here, or why it can't be used.
    pub pairs: Result<Pairs, BackendError>,
}

/// Pairs of languages that a backend has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pairs {
    /// Any.
    All,
    /// It depends on the argument.
    Unknown,
    /// These, as the backend writes them: `eng-spa`.
    Listed(Vec<String>),
}

/// Every backend, and whether it can be used here with these settings. Asks nothing over the
/// network and runs no key command.
pub async fn survey(options: &OptionsByBackend) -> Vec<Entry> {
    let options = |name: &str| options.get(name).cloned().unwrap_or_default();
    let all = |check: Result<(), BackendError>| check.map(|()| Pairs::All);
    let apertium = installed_modes().await.map(|modes| {
        Pairs::Listed(
            modes
                .iter()
                .map(|(source, target)| format!("{source}-{target}"))
                .collect(),
        )
    });
    let entry = |name: Name, argument, pairs| Entry {
        name: name.text(),
        argument,
        pairs,
    };
    vec![
        entry(Name::Apertium, None, apertium),
        entry(Name::Apertium, Some("URL"), Ok(Pairs::Unknown)),
        entry(Name::OpenAi, None, all(OpenAi::check(&options("openai")))),
        entry(
            Name::OpenAi,
            Some("URL"),
            all(OpenAi::check_with_url(&options("openai"))),
        ),
        entry(
            Name::Anthropic,
            None,
            all(Anthropic::check(&options("anthropic"))),
        ),
        entry(Name::Exec, Some("COMMAND"), Ok(Pairs::Unknown)),
        entry(Name::Pseudo, None, Ok(Pairs::All)),
        entry(Name::Identity, None, Ok(Pairs::All)),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spec_keeps_the_colons_of_its_argument() {
        for text in [
            "identity",
            "apertium",
            "apertium:http://localhost:2737",
            "exec:a b: c:d",
        ] {
            let spec: Spec = text.parse().expect("a spec");
            assert_eq!(spec.to_string(), text);
        }
    }

    #[test]
    fn an_argument_that_does_not_fit_is_an_error() {
        for text in [
            "identity:",
            "pseudo:x",
            "exec",
            "exec:",
            "exec: ",
            "apertium:",
            "apertium:localhost",
        ] {
            let parsed = text.parse::<Spec>();
            assert!(
                matches!(parsed, Err(BackendError::Argument { .. })),
                "{text}: {parsed:?}"
            );
        }
        assert_eq!(
            "nothing:x".parse::<Spec>(),
            Err(BackendError::Unknown {
                name: "nothing".to_owned()
            })
        );
    }

    #[tokio::test]
    async fn the_survey_names_every_backend() {
        let entries = survey(&OptionsByBackend::new()).await;
        for (name, _) in NAMES {
            assert!(entries.iter().any(|entry| entry.name == name), "{name}");
        }
    }
}
