//! Settings: flags, then the environment, then `polypost.toml`, then defaults.

use std::path::PathBuf;

use clap::ArgMatches;
use clap::parser::ValueSource;

use crate::backend::{OptionsByBackend, Spec};
use crate::html::Policy;
use crate::message::{self, Message};
use crate::pipeline;
use crate::post::{FieldKind, FieldPattern, default_fields};
use crate::route::{Evidence, LinkPolicy, OutputPattern, Site, SiteConfig};
use crate::unit::{Locale, Segmentation};

use super::config::{Config, FieldEntry, Names, parse, unknown_key};
use super::error::{CliError, nearest};

/// The name of the configuration file.
pub(super) const FILE_NAME: &str = "polypost.toml";

/// Where the catalog of a post is kept if nothing else is said.
const CATALOGS: &str = "i18n/{lang}/{path}.xlf";

/// A project: its folder and its configuration.
#[derive(Debug, Clone, Default)]
pub(super) struct Project {
    /// The folder of `polypost.toml`, else the current one.
    pub(super) root: PathBuf,
    config: Config,
    /// The configuration file, if there is one.
    path: Option<PathBuf>,
}

impl Project {
    /// Reads the project around the current folder, or the configuration that `--config` names.
    pub(super) fn load(matches: &ArgMatches) -> Result<Self, CliError> {
        let here = std::env::current_dir().map_err(|error| CliError::io(".", &error))?;
        let path = match matches.get_one::<PathBuf>("config") {
            Some(path) => Some(here.join(path)),
            None => here
                .ancestors()
                .map(|folder| folder.join(FILE_NAME))
                .find(|path| path.is_file()),
        };
        let Some(path) = path else {
            return Ok(Self {
                root: here,
                ..Self::default()
            });
        };
        let text = std::fs::read_to_string(&path).map_err(|error| CliError::io(&path, &error))?;
        let mut config = parse(&text, &path)?;
        let root = path.parent().unwrap_or(&here).to_owned();
        for options in config.backends.values_mut() {
            if let Some(style_guide) = &mut options.style_guide {
                *style_guide = root.join(&*style_guide);
            }
        }
        Ok(Self {
            config,
            root,
            path: Some(path),
        })
    }

    /// The patterns of the project's posts.
    pub(super) fn posts(&self) -> &[String] {
        &self.config.posts
    }

    /// The patterns of the project's glossaries.
    pub(super) fn glossaries(&self) -> &[String] {
        &self.config.glossary
    }

    /// The source language of the configuration, if it names one.
    pub(super) fn source(&self) -> Option<&String> {
        self.config.source.as_ref()
    }

    /// The target languages of the configuration.
    pub(super) fn targets(&self) -> &[String] {
        &self.config.targets
    }

    /// The folder of models, if it is not the usual one: that of the environment comes first.
    pub(super) fn models_folder(&self) -> Option<PathBuf> {
        if std::env::var_os("POLYPOST_MODELS").is_some_and(|folder| !folder.is_empty()) {
            return None;
        }
        let folder = self.config.models.folder.as_ref()?;
        Some(self.root.join(folder))
    }

    /// Where models come from: an address, or a folder relative to the project.
    pub(super) fn models_url(&self) -> Option<String> {
        let url = self.config.models.url.as_ref()?;
        if url.contains("://") {
            return Some(url.clone());
        }
        Some(self.root.join(url).display().to_string())
    }

    /// The source language and the target languages of the configuration.
    pub(super) fn languages(&self) -> Result<Vec<Locale>, CliError> {
        let tags = self.config.source.iter().chain(&self.config.targets);
        tags.map(|tag| locale(tag).map_err(|error| self.wrong(error)))
            .collect()
    }

    /// The settings of backends.
    pub(super) fn backend_options(&self) -> &OptionsByBackend {
        &self.config.backends
    }

    /// The same error, with the configuration as the place to look.
    pub(super) fn wrong(&self, error: CliError) -> CliError {
        match self.place() {
            Some(place) => error.because(place),
            None => error,
        }
    }

    /// Where the configuration is, if there is one.
    fn place(&self) -> Option<Message> {
        let path = self.path.as_ref()?;
        Some(Message::new("cause-configuration").with("path", path.display().to_string()))
    }
}

/// How posts are read, from every place that says so.
#[derive(Debug, Clone)]
pub(super) struct Reading {
    /// The source language, if anyone said.
    pub(super) source: Option<Locale>,
    pub(super) segmentation: Segmentation,
    pub(super) fields: Vec<FieldPattern>,
    /// Each with the place where it stands, if that is not the command line.
    selectors: Vec<(String, Option<Message>)>,
    code_classes: Vec<String>,
}

pub(super) fn locale(text: &str) -> Result<Locale, CliError> {
    text.trim().parse().map_err(|error| {
        CliError::usage(message::locale_error(&error)).hint(Message::new("hint-locale"))
    })
}

fn given<'m>(matches: &'m ArgMatches, id: &str) -> Option<&'m String> {
    matches.get_one::<String>(id)
}

/// What a switch says, if it was given, or set in the environment.
fn flag(matches: &ArgMatches, id: &str) -> Option<bool> {
    let is_given = matches.value_source(id)? != ValueSource::DefaultValue;
    is_given.then(|| matches.get_flag(id))
}

fn all_given(matches: &ArgMatches, id: &str) -> Vec<String> {
    matches
        .get_many::<String>(id)
        .map(|values| values.cloned().collect())
        .unwrap_or_default()
}

impl Reading {
    pub(super) fn new(matches: &ArgMatches, project: &Project) -> Result<Self, CliError> {
        let config = &project.config;
        let source = given(matches, "from").or(config.source.as_ref());
        let segmentation = given(matches, "segmentation").or(config.segmentation.as_ref());
        let mut fields = match &config.fields {
            Some(entries) => entries
                .iter()
                .map(field_of)
                .collect::<Result<Vec<_>, _>>()
                .map_err(|error| project.wrong(error))?,
            None => default_fields(),
        };
        let flags = all_given(matches, "field");
        if !flags.is_empty() {
            fields = flags
                .iter()
                .map(|flag| match flag.split_once('=') {
                    Some((path, kind)) => field_with_kind(path, kind),
                    None => field(flag),
                })
                .collect::<Result<_, _>>()?;
        }
        let configured = config.exclude.selectors.iter().cloned();
        let flags = all_given(matches, "exclude").into_iter();
        let selectors = configured
            .map(|selector| (selector, project.place()))
            .chain(flags.map(|selector| (selector, None)))
            .collect();
        let mut code_classes = config.exclude.code_classes.clone();
        code_classes.extend(all_given(matches, "code-class"));
        Ok(Self {
            source: source.map(|tag| locale(tag)).transpose()?,
            segmentation: choice(
                "segmentation",
                segmentation,
                &[
                    ("sentence", Segmentation::Sentence),
                    ("block", Segmentation::Block),
                ],
            )
            .map_err(|error| project.wrong(error))?,
            fields,
            selectors,
            code_classes,
        })
    }

    /// The settings of the pipeline for text in `source`, wanted in `target`.
    pub(super) fn pipeline(
        &self,
        source: &Locale,
        target: &Locale,
    ) -> Result<pipeline::Settings, CliError> {
        let mut policy = Policy::new(source.clone())
            .with_target(target.clone())
            .with_code_classes(self.code_classes.iter().cloned());
        for (selector, place) in &self.selectors {
            policy = policy.exclude(selector).map_err(|error| {
                let error = CliError::usage(message::html_error(&error))
                    .hint(Message::new("hint-selector"));
                match place {
                    Some(place) => error.because(place.clone()),
                    None => error,
                }
            })?;
        }
        Ok(pipeline::Settings {
            source: source.clone(),
            target: target.clone(),
            policy,
            fields: self.fields.clone(),
            segmentation: Some(self.segmentation),
            site: SiteConfig::default(),
            links: LinkPolicy::default(),
        })
    }
}

fn field(path: &str) -> Result<FieldPattern, CliError> {
    path.parse()
        .map_err(|error| CliError::usage(message::field_pattern_error(&error)))
}

fn field_with_kind(path: &str, kind: &str) -> Result<FieldPattern, CliError> {
    let kind = choice(
        "fields.kind",
        Some(&kind.to_owned()),
        &[
            ("html", FieldKind::Html),
            ("text", FieldKind::Text),
            ("url", FieldKind::Url),
        ],
    )?;
    FieldPattern::new(path, kind)
        .map_err(|error| CliError::usage(message::field_pattern_error(&error)))
}

fn field_of(entry: &FieldEntry) -> Result<FieldPattern, CliError> {
    match entry {
        FieldEntry::Path(path) => field(path),
        FieldEntry::Table(table) => {
            if let Some(key) = table
                .keys()
                .find(|key| !["path", "kind"].contains(&key.as_str()))
            {
                return Err(unknown_key(&format!("fields.{key}")));
            }
            match (table.get("path"), table.get("kind")) {
                (Some(path), Some(kind)) => field_with_kind(path, kind),
                (path, _) => field(path.map_or("", String::as_str)),
            }
        }
    }
}

/// One of a few named values; the default where nothing is given.
fn choice<T: Copy + Default>(
    key: &str,
    value: Option<&String>,
    choices: &[(&str, T)],
) -> Result<T, CliError> {
    let Some(value) = value else {
        return Ok(T::default());
    };
    let names = || choices.iter().map(|(name, _)| *name);
    if let Some((_, choice)) = choices.iter().find(|(name, _)| name == value) {
        return Ok(*choice);
    }
    let error = CliError::usage(
        Message::new("error-value")
            .with("argument", key)
            .with("value", value.as_str())
            .with("valid", names().collect::<Vec<_>>().join(", ")),
    );
    Err(match nearest(value, names()) {
        Some(near) => error.hint(Message::new("hint-did-you-mean").with("name", near)),
        None => error,
    })
}

fn output_pattern(pattern: &str) -> Result<OutputPattern, CliError> {
    OutputPattern::parse(pattern).map_err(|error| {
        CliError::usage(Message::new("error-pattern").with("pattern", pattern))
            .because(message::pattern_error(&error))
    })
}

/// A pattern for catalogs: those of two languages may not share a file.
fn catalog_pattern(pattern: &str) -> Result<OutputPattern, CliError> {
    let parsed = output_pattern(pattern)?;
    if parsed.has_lang() {
        return Ok(parsed);
    }
    Err(
        CliError::usage(Message::new("error-catalogs-lang").with("pattern", pattern))
            .hint(Message::new("hint-catalog-twice")),
    )
}

/// What `translate` does, from every place that says so.
#[derive(Debug, Clone)]
pub(super) struct Translating {
    pub(super) targets: Vec<Locale>,
    /// The backends, in the order in which they are asked; none where the default is wanted.
    pub(super) backends: Vec<Spec>,
    /// Most characters to send.
    pub(super) max_chars: Option<u64>,
    /// Whether it may ask for parts of a segment only to place codes.
    pub(super) looks_up: bool,
    /// Settings of the backends.
    pub(super) options: OptionsByBackend,
    pub(super) pattern: OutputPattern,
    /// Where catalogs are kept; none outside a project.
    pub(super) catalogs: Option<OutputPattern>,
    links: LinkPolicy,
    site: SiteConfig,
}

impl Translating {
    pub(super) fn new(matches: &ArgMatches, project: &Project) -> Result<Self, CliError> {
        let config = &project.config;
        let mut tags = all_given(matches, "to");
        if tags.is_empty() {
            tags.clone_from(&config.targets);
        }
        let mut targets: Vec<Locale> = Vec::new();
        for tag in &tags {
            let target = locale(tag)?;
            if !targets.contains(&target) {
                targets.push(target);
            }
        }
        if targets.is_empty() {
            return Err(CliError::usage(Message::new("error-no-target"))
                .hint(Message::new("hint-no-target")));
        }
        let mut backends = all_given(matches, "backend");
        if backends.is_empty() {
            backends = config
                .backend
                .iter()
                .flat_map(Names::all)
                .cloned()
                .collect();
        }
        let pattern = given(matches, "output").or(config.output.as_ref());
        let links = given(matches, "links").or(config.links.as_ref());
        let site = SiteConfig {
            source: String::new(),
            targets: targets.iter().map(|one| one.tag().to_owned()).collect(),
            url: given(matches, "site").or(config.site.url.as_ref()).cloned(),
            prefixes: config.site.prefixes.clone(),
            www_alias: config.site.www_alias,
            hreflang: flag(matches, "hreflang").unwrap_or(config.site.hreflang),
            slugs: config.slugs.clone(),
        };
        // Wrong values are found before anything is read.
        Site::discover(&site, Evidence::default())
            .map_err(|error| CliError::usage(message::site_error(&error)))?;
        Ok(Self {
            targets,
            backends: backends
                .iter()
                .map(|spec| spec.parse())
                .collect::<Result<_, _>>()?,
            looks_up: flag(matches, "look-up").unwrap_or(config.look_up),
            max_chars: matches.get_one("max-chars").copied(),
            options: config.backends.clone(),
            pattern: match pattern {
                Some(pattern) => output_pattern(pattern)?,
                None => OutputPattern::default(),
            },
            catalogs: match (&project.path, &config.catalogs) {
                (None, _) => None,
                (Some(_), None) => Some(output_pattern(CATALOGS)?),
                (Some(_), Some(pattern)) => {
                    Some(catalog_pattern(pattern).map_err(|error| project.wrong(error))?)
                }
            },
            links: choice(
                "links",
                links,
                &[
                    ("translated", LinkPolicy::Translated),
                    ("all", LinkPolicy::All),
                    ("keep", LinkPolicy::Keep),
                ],
            )
            .map_err(|error| project.wrong(error))?,
            site,
        })
    }

    /// Whether every target will be its source, so that nothing is looked at.
    pub(super) fn keeps_source(&self) -> bool {
        !self.backends.is_empty() && self.backends.iter().all(Spec::keeps_source)
    }

    /// Whether all that the backends give is a translation: what is kept, and held against a
    /// glossary.
    pub(super) fn makes_language(&self) -> bool {
        self.backends.iter().all(Spec::makes_language)
    }

    /// Completes the settings of the pipeline with what depends on the site.
    pub(super) fn complete(&self, settings: &mut pipeline::Settings) {
        settings.site = SiteConfig {
            source: settings.source.tag().to_owned(),
            ..self.site.clone()
        };
        settings.links = self.links;
    }

    /// What is known of the site, for text in `source`.
    pub(super) fn site(&self, source: &Locale) -> SiteConfig {
        SiteConfig {
            source: source.tag().to_owned(),
            ..self.site.clone()
        }
    }

    /// Whether a link's fate depends on which posts are localized.
    pub(super) fn needs_localized_posts(&self) -> bool {
        self.links == LinkPolicy::Translated
    }
}
