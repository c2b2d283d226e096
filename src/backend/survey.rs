//! Which backends can be used here, and why not.

use std::path::Path;

use super::apertium::installed_modes;
use super::models::Store;
use super::open::{Name, find_models};
use super::{
    Anthropic, BackendError, Key, OpenAi, Options, OptionsByBackend, azure, deepl, google,
};

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
    /// Those of a service, which is asked for them when it is used.
    Asked,
    /// These, as the backend writes them: `eng-spa`.
    Listed(Vec<String>),
}

/// Every backend, and whether it can be used here, with the models in `models` or the usual
/// folder. Asks nothing over the network.
pub async fn survey(options: &OptionsByBackend, models: Option<&Path>) -> Vec<Entry> {
    let local = find_models(&[], models)
        .and_then(|()| Ok(Store::locate(models)?.installed()?))
        .map(|installed| {
            let usable = installed.iter().filter(|(_, found)| found.is_ok());
            Pairs::Listed(usable.map(|(pair, _)| pair.to_string()).collect())
        });
    let service = |name: Name, variables: &[&str]| {
        let own = options.get(name.text()).cloned().unwrap_or_default();
        Key::check(name.text(), variables, &own).map(|()| Pairs::Asked)
    };
    let google_variables = match options.get(Name::Google.text()) {
        Some(Options {
            project: Some(_), ..
        }) => google::TOKEN_VARIABLES,
        _ => google::VARIABLES,
    };
    let own = |name: &str| options.get(name).cloned().unwrap_or_default();
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
        entry(Name::Local, None, local),
        entry(Name::Apertium, None, apertium),
        entry(Name::Apertium, Some("URL"), Ok(Pairs::Unknown)),
        entry(Name::Deepl, None, service(Name::Deepl, &deepl::VARIABLES)),
        entry(Name::Google, None, service(Name::Google, &google_variables)),
        entry(Name::Azure, None, service(Name::Azure, &azure::VARIABLES)),
        entry(Name::LibreTranslate, Some("URL"), Ok(Pairs::Asked)),
        entry(Name::OpenAi, None, all(OpenAi::check(&own("openai")))),
        entry(
            Name::OpenAi,
            Some("URL"),
            all(OpenAi::check_with_url(&own("openai"))),
        ),
        entry(
            Name::Anthropic,
            None,
            all(Anthropic::check(&own("anthropic"))),
        ),
        entry(Name::Exec, Some("COMMAND"), Ok(Pairs::Unknown)),
        entry(Name::Pseudo, None, Ok(Pairs::All)),
        entry(Name::Identity, None, Ok(Pairs::All)),
    ]
}

#[cfg(test)]
mod tests {
    use super::super::backend_names;
    use super::*;

    #[tokio::test]
    async fn the_survey_names_every_backend() {
        let entries = survey(&OptionsByBackend::new(), None).await;
        for name in backend_names() {
            assert!(entries.iter().any(|entry| entry.name == name), "{name}");
        }
    }
}
