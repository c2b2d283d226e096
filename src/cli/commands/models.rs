//! `models`: the models of the built-in engine. Nothing is fetched that a command does not name.

use std::collections::BTreeMap;
use std::path::PathBuf;

use clap::ArgMatches;
use serde_json::json;

use crate::backend::Local;
use crate::backend::models::{Got, Installed, ModelError, ModelPair, Offer, Origin, Store};
use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::settings::Project;
use crate::cli::terminal::{Terminal, print};
use crate::cli::transfer::{Transfer, size};
use crate::message::{Message, backend_error, model_error};

pub(super) async fn run(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    match matches.subcommand() {
        Some(("list", matches)) => list(matches, terminal).await,
        Some(("get", matches)) => get(matches, terminal).await,
        Some(("verify", matches)) => verify(matches, terminal).await,
        Some(("remove", matches)) => remove(matches, terminal),
        // The command line requires one of these.
        _ => Ok(Exit::Usage),
    }
}

fn store(matches: &ArgMatches, project: &Project) -> Result<Store, CliError> {
    let configured = project.models_folder();
    let folder = matches.get_one::<PathBuf>("folder").or(configured.as_ref());
    Ok(Store::locate(folder.map(PathBuf::as_path))?)
}

fn pairs(matches: &ArgMatches) -> Result<Vec<ModelPair>, CliError> {
    let names = matches.get_many::<String>("pairs").unwrap_or_default();
    let mut pairs: Vec<ModelPair> = Vec::new();
    for name in names {
        let pair = name.parse()?;
        if !pairs.contains(&pair) {
            pairs.push(pair);
        }
    }
    Ok(pairs)
}

/// Where models come from, if anyone said.
fn origin(
    matches: &ArgMatches,
    project: &Project,
    terminal: &Terminal,
) -> Result<Option<Origin>, CliError> {
    if matches.get_flag("mozilla") {
        terminal.say(&Message::new("models-mozilla"));
        return Ok(Some(Origin::mozilla()?));
    }
    let given = matches.get_one::<String>("from-mirror");
    match given.cloned().or_else(|| project.models_url()) {
        Some(address) => match Origin::parse(&address) {
            Ok(origin) => Ok(Some(origin)),
            Err(error) if given.is_none() => Err(project.wrong(error.into())),
            Err(error) => Err(error.into()),
        },
        None => Ok(None),
    }
}

fn is_json(matches: &ArgMatches) -> bool {
    matches
        .get_one::<String>("format")
        .is_some_and(|format| format == "json")
}

fn print_json(value: &[serde_json::Value]) -> Result<(), CliError> {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    print(&text)
}

type Found = Result<Installed, ModelError>;

async fn list(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let store = store(matches, &project)?;
    let mut models: BTreeMap<ModelPair, (Option<Found>, Option<Offer>)> = BTreeMap::new();
    for (pair, found) in store.installed()? {
        models.entry(pair).or_default().0 = Some(found);
    }
    let mut exit = Exit::Done;
    if let Some(origin) = origin(matches, &project, terminal)? {
        match origin.offers().await {
            Ok(offers) => {
                for offer in offers {
                    let pair = offer.pair.clone();
                    models.entry(pair).or_default().1 = Some(offer);
                }
            }
            // What is here is worth knowing all the same.
            Err(error) => {
                terminal.warn(&model_error(&error));
                exit = Exit::Incomplete;
            }
        }
    }
    if is_json(matches) {
        let models: Vec<_> = models
            .iter()
            .map(|(pair, (found, offer))| as_json(pair, found.as_ref(), offer.as_ref()))
            .collect();
        print_json(&models)?;
        return Ok(exit);
    }
    if models.is_empty() {
        let folder = store.root().display().to_string();
        terminal.say(&Message::new("models-none").with("path", folder));
    }
    let width = models.keys().map(|pair| pair.to_string().len()).max();
    let mut out = String::new();
    for (pair, (found, offer)) in &models {
        let name = pair.to_string();
        for state in states(found.as_ref(), offer.as_ref()) {
            let width = width.unwrap_or(0);
            out.push_str(&format!("{name:width$}  {}\n", terminal.text(&state)));
        }
    }
    print(&out)?;
    Ok(exit)
}

fn states(found: Option<&Found>, offer: Option<&Offer>) -> Vec<Message> {
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    let mut states = Vec::new();
    let mut here = None;
    match found {
        Some(Ok(installed)) => {
            let version = installed
                .manifest
                .as_ref()
                .and_then(|manifest| manifest.version.clone());
            here = Some(version.clone());
            states.push(
                Message::new("model-installed")
                    .with("version", or_none(version))
                    .with("size", size(installed.bytes)),
            );
        }
        Some(Err(error)) => {
            states.push(Message::new("model-unusable").with("reason", model_error(error)));
        }
        None => {}
    }
    if let Some(offer) = offer
        && here.as_ref() != Some(&offer.version)
    {
        states.push(
            Message::new("model-offered")
                .with("version", or_none(offer.version.clone()))
                .with("size", or_none(offer.size().map(size))),
        );
    }
    states
}

fn as_json(pair: &ModelPair, found: Option<&Found>, offer: Option<&Offer>) -> serde_json::Value {
    let installed = match found {
        Some(Ok(installed)) => {
            let manifest = installed.manifest.as_ref();
            json!({
                "usable": true,
                "bytes": installed.bytes,
                "version": manifest.and_then(|one| one.version.as_ref()),
                "license": manifest.and_then(|one| one.license.as_ref()),
                "origin": manifest.map(|one| &one.origin),
            })
        }
        Some(Err(error)) => json!({"usable": false, "reason": error.to_string()}),
        None => json!(null),
    };
    let offered = offer.map(|offer| {
        json!({
            "bytes": offer.size(),
            "version": offer.version,
            "license": offer.license,
            "origin": offer.origin,
        })
    });
    json!({"pair": pair.to_string(), "installed": installed, "offered": offered})
}

async fn get(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let store = store(matches, &project)?;
    let pairs = pairs(matches)?;
    let origin = origin(matches, &project, terminal)?.ok_or(ModelError::NoSource)?;
    let offers = origin.offers().await?;
    let wanted: Vec<&Offer> = pairs
        .iter()
        .map(|pair| {
            let offer = offers.iter().find(|offer| offer.pair == *pair);
            offer.ok_or_else(|| ModelError::NotOffered {
                pair: pair.to_string(),
                offered: offers.iter().map(|offer| offer.pair.to_string()).collect(),
            })
        })
        .collect::<Result<_, _>>()?;
    let transfer = Transfer::new(terminal);
    for offer in wanted {
        let got = store
            .get(offer, &|file, fetched| {
                transfer.show(&file.name, fetched.bytes, fetched.of);
            })
            .await?;
        let message = match got {
            Got::Installed => Message::new("model-got"),
            Got::Already => Message::new("model-already"),
        };
        terminal.say(
            &message
                .with("pair", offer.pair.to_string())
                .with("path", store.root().display().to_string()),
        );
    }
    Ok(Exit::Done)
}

async fn verify(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let store = store(matches, &project)?;
    let mut pairs = pairs(matches)?;
    if pairs.is_empty() {
        pairs = store
            .installed()?
            .into_iter()
            .map(|(pair, _)| pair)
            .collect();
    }
    let mut exit = Exit::Done;
    let mut results = Vec::new();
    let mut out = String::new();
    for pair in &pairs {
        let checked = match store.verify(pair) {
            Ok(has_manifest) => match Local::try_out(store.find(pair)?).await {
                Ok(()) => Ok(has_manifest),
                Err(error) => Err(error),
            },
            Err(error @ ModelError::NotInstalled { .. }) => return Err(error.into()),
            Err(error) => Err(error.into()),
        };
        let message = match &checked {
            Ok(true) => Message::new("model-verified"),
            Ok(false) => Message::new("model-unverified"),
            Err(error) => {
                exit = Exit::Incomplete;
                Message::new("model-unusable").with("reason", backend_error(error))
            }
        };
        out.push_str(&format!("{pair}  {}\n", terminal.text(&message)));
        results.push(json!({
            "pair": pair.to_string(),
            "usable": checked.is_ok(),
            "verified": checked.as_ref().is_ok_and(|has_manifest| *has_manifest),
            "reason": checked.err().map(|error| error.to_string()),
        }));
    }
    if is_json(matches) {
        print_json(&results)?;
    } else {
        print(&out)?;
    }
    Ok(exit)
}

fn remove(matches: &ArgMatches, terminal: &Terminal) -> Result<Exit, CliError> {
    let project = Project::load(matches)?;
    let store = store(matches, &project)?;
    for pair in pairs(matches)? {
        store.remove(&pair)?;
        terminal.say(&Message::new("model-removed").with("pair", pair.to_string()));
    }
    Ok(Exit::Done)
}
