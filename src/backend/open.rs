//! From a name on the command line to a backend that is ready.

use std::fmt;
use std::path::Path;
use std::str::FromStr;

use super::apertium::{find_mode, installed_modes};
use super::models::{ModelError, Store};
use super::{
    Anthropic, Apertium, Apy, Azure, Backend, BackendError, Deepl, Exec, Google, Identity,
    LibreTranslate, Local, LocalAligner, LocalOptions, OpenAi, OptionsByBackend, Pair, Pseudo,
    patience,
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
pub(super) enum Name {
    Anthropic,
    Apertium,
    Azure,
    Deepl,
    Exec,
    Google,
    Identity,
    LibreTranslate,
    Local,
    OpenAi,
    Pseudo,
}

/// The names, in the order in which people are shown them.
const NAMES: [(&str, Name); 11] = [
    ("local", Name::Local),
    ("apertium", Name::Apertium),
    ("deepl", Name::Deepl),
    ("google", Name::Google),
    ("azure", Name::Azure),
    ("libretranslate", Name::LibreTranslate),
    ("openai", Name::OpenAi),
    ("anthropic", Name::Anthropic),
    ("exec", Name::Exec),
    ("pseudo", Name::Pseudo),
    ("identity", Name::Identity),
];

/// The names of all backends.
pub fn backend_names() -> impl Iterator<Item = &'static str> {
    NAMES.into_iter().map(|(name, _)| name)
}

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
                Name::Identity
                | Name::Pseudo
                | Name::Apertium
                | Name::Local
                | Name::OpenAi
                | Name::Anthropic,
                None,
            ) => true,
            (Name::OpenAi, Some(url)) => return OpenAi::check_url(url).map(|()| spec),
            (Name::Local, Some(folder)) => !folder.is_empty(),
            (Name::Exec, Some(command)) => !command.trim().is_empty(),
            (Name::Apertium, Some(url)) => return Apy::check_url(url).map(|_| spec),
            (Name::Azure | Name::Deepl | Name::Google | Name::LibreTranslate, url) => {
                url.is_none_or(|url| !url.trim().is_empty())
            }
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
    /// Whether every reply would be the source.
    pub fn keeps_source(&self) -> bool {
        self.name == Name::Identity
    }

    /// Whether what it gives is a translation, and not a trial of the way there.
    pub fn makes_language(&self) -> bool {
        !matches!(self.name, Name::Identity | Name::Pseudo)
    }

    /// Whether every request of a run has to be sent before the first reply can be expected.
    pub fn needs_whole_run(&self) -> bool {
        self.name == Name::Exec
    }

    /// The built-in engine, with the folder of its models if it is not the usual one.
    pub fn local(models: Option<&Path>) -> Self {
        Self {
            name: Name::Local,
            argument: models.map(|folder| folder.display().to_string()),
        }
    }

    /// The same, but for the built-in engine with this folder of models if it names none.
    #[must_use]
    pub fn with_models(self, models: Option<&Path>) -> Self {
        match (self.name, &self.argument) {
            (Name::Local, None) => Self::local(models),
            _ => self,
        }
    }

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

/// Opens the backend that `spec` names, for `pairs`. Nothing of any article is sent yet. A service
/// that answers that it is busy is asked again.
///
/// # Errors
/// What it lacks: a program, a server, or one of the pairs.
pub async fn open(
    spec: &Spec,
    pairs: &[Pair],
    options: &OptionsByBackend,
) -> Result<Box<dyn Backend>, BackendError> {
    patience::patiently(async || open_once(spec, pairs, options).await).await
}

async fn open_once(
    spec: &Spec,
    pairs: &[Pair],
    options: &OptionsByBackend,
) -> Result<Box<dyn Backend>, BackendError> {
    let mut own = options.get(spec.name()).cloned().unwrap_or_default();
    if let Some(url) = spec.argument() {
        own.url = Some(url.to_owned());
    }
    Ok(match (spec.name, spec.argument()) {
        (Name::Identity, _) => Box::new(Identity),
        (Name::Pseudo, _) => Box::new(Pseudo),
        (Name::Apertium, None) => Box::new(Apertium::open(pairs).await?),
        (Name::Apertium, Some(url)) => Box::new(Apy::open(url, pairs).await?),
        (Name::Azure, _) => Box::new(Azure::open(pairs, &own).await?),
        (Name::Deepl, _) => Box::new(Deepl::open(pairs, &own).await?),
        (Name::Google, _) => Box::new(Google::open(pairs, &own).await?),
        (Name::LibreTranslate, _) => Box::new(LibreTranslate::open(pairs, &own).await?),
        (Name::OpenAi, url) => Box::new(OpenAi::open(url, &own).await?),
        (Name::Anthropic, _) => Box::new(Anthropic::open(&own).await?),
        (Name::Exec, Some(command)) => Box::new(Exec::new(command)),
        (Name::Local, folder) => {
            let options = LocalOptions {
                folder: folder.map(Into::into),
                threads: threads(options),
            };
            Box::new(Local::open(pairs, &options).await?)
        }
        (Name::Exec, None) => return Err(spec.wrong_argument()),
    })
}

/// What finds out, by models of the built-in engine in `models` (or the usual folder), where codes
/// belong in the translations of other backends; none where no model is installed for a pair. A
/// model is loaded when it is needed.
pub fn local_aligner(
    pairs: &[Pair],
    models: Option<&Path>,
    options: &OptionsByBackend,
) -> Option<LocalAligner> {
    let options = LocalOptions {
        folder: models.map(Into::into),
        threads: threads(options),
    };
    LocalAligner::open(pairs, &options)
}

/// How many threads the built-in engine uses, where it should not be all.
fn threads(options: &OptionsByBackend) -> Option<usize> {
    let given = std::env::var("POLYPOST_LOCAL_THREADS").ok();
    given
        .and_then(|threads| threads.parse().ok())
        .or_else(|| options.get(Name::Local.text())?.threads)
}

/// The backend for who names none: the built-in engine where models for all pairs are in `models`
/// (or the usual folder), else Apertium where it has the pairs.
///
/// # Errors
/// What the built-in engine lacks, a broken model included.
pub async fn default_for(pairs: &[Pair], models: Option<&Path>) -> Result<Spec, BackendError> {
    let lacking = match find_models(pairs, models) {
        Ok(()) => return Ok(Spec::local(models)),
        Err(broken @ BackendError::Models(ModelError::Broken { .. })) => return Err(broken),
        Err(lacking) => lacking,
    };
    let installed = installed_modes().await.unwrap_or_default();
    if pairs
        .iter()
        .all(|pair| find_mode(&installed, pair).is_some())
    {
        return Ok(Spec {
            name: Name::Apertium,
            argument: None,
        });
    }
    Err(lacking)
}

pub(super) fn find_models(pairs: &[Pair], models: Option<&Path>) -> Result<(), BackendError> {
    if !cfg!(feature = "local") {
        return Err(BackendError::NotBuilt {
            backend: Name::Local.text().to_owned(),
        });
    }
    let store = Store::locate(models)?;
    pairs
        .iter()
        .try_for_each(|pair| store.route(pair).map(drop))
}

impl Name {
    pub(super) fn text(self) -> &'static str {
        NAMES
            .iter()
            .find(|(_, name)| *name == self)
            .map_or("", |(text, _)| text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spec_keeps_the_colons_of_its_argument() {
        for text in [
            "identity",
            "local",
            "local:/srv/models",
            "apertium",
            "apertium:http://localhost:2737",
            "exec:a b: c:d",
            "deepl",
            "libretranslate:http://localhost:5000",
        ] {
            let spec: Spec = text.parse().expect("a spec");
            assert_eq!(spec.to_string(), text);
        }
    }

    #[test]
    fn an_argument_that_does_not_fit_is_an_error() {
        for text in [
            "identity:",
            "local:",
            "pseudo:x",
            "exec",
            "exec:",
            "exec: ",
            "apertium:",
            "apertium:localhost",
            "deepl: ",
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
}
