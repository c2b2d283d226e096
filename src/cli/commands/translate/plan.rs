//! Where each post is written.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

use clap::ArgMatches;

use crate::cli::error::CliError;
use crate::cli::exit::Exit;
use crate::cli::files::{Input, shown};
use crate::cli::ours::Outputs;
use crate::cli::settings::{Project, Translating};
use crate::message::{self, Message};
use crate::pipeline::Format;
use crate::post::{Chunk, Json};
use crate::route::{OutputError, OutputParts, OutputPattern};
use crate::unit::Locale;

use super::catalogs::Key;

/// Tells of an output, by the indices of its input and target, whether it is ours although it is not
/// what is on record; the last argument tells whether anything is.
pub(super) type Voucher<'v> = &'v dyn Fn(Key, &Path, bool) -> Result<bool, CliError>;

/// Where an input goes in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Destination {
    Stdout,
    File(PathBuf),
}

/// The destinations of every input, one for each target.
#[derive(Debug)]
pub(super) struct Plan {
    destinations: Vec<Vec<Destination>>,
    /// By the index of the input and of the target.
    catalogs: BTreeMap<Key, PathBuf>,
    root: PathBuf,
}

impl Plan {
    pub(super) fn new(
        matches: &ArgMatches,
        project: &Project,
        translating: &Translating,
        inputs: &[Input],
    ) -> Result<Self, CliError> {
        let root = project
            .root
            .canonicalize()
            .map_err(|error| CliError::io(&project.root, &error))?;
        let is_single = inputs.len() == 1 && translating.targets.len() == 1;
        let destinations = if matches.get_flag("stdout") {
            if !is_single {
                return Err(CliError::usage(Message::new("error-stdout-one"))
                    .hint(Message::new("hint-stdout-one")));
            }
            vec![vec![Destination::Stdout]]
        } else {
            let out = matches.get_one::<PathBuf>("out");
            let mut all = Vec::new();
            for input in inputs {
                let mut of_input = Vec::new();
                for target in &translating.targets {
                    let path = match out {
                        Some(out) if is_single && !is_folder(out) => absolute(out)?,
                        Some(out) => absolute(out)?.join(relative(
                            &OutputPattern::default(),
                            input,
                            target,
                            &root,
                            true,
                        )?),
                        None => {
                            let path = relative(&translating.pattern, input, target, &root, false)?;
                            inside_project(&root, &path, input)?
                        }
                    };
                    of_input.push(Destination::File(path));
                }
                all.push(of_input);
            }
            all
        };
        let mut plan = Self {
            destinations,
            catalogs: BTreeMap::new(),
            root,
        };
        plan.check_distinct(inputs, matches.contains_id("out"))?;
        if let Some(pattern) = &translating.catalogs
            && !matches.get_flag("stdout")
            && !matches.contains_id("out")
        {
            plan.add_catalogs(pattern, translating, inputs)?;
        }
        Ok(plan)
    }

    /// Finds the file of each catalog; two must not share one.
    fn add_catalogs(
        &mut self,
        pattern: &OutputPattern,
        translating: &Translating,
        inputs: &[Input],
    ) -> Result<(), CliError> {
        let mut seen: HashMap<PathBuf, usize> = HashMap::new();
        // Neither an output nor a post may be where a catalog is to be.
        seen.extend(self.files().map(|(input, path)| (path.to_owned(), input)));
        let sources = inputs.iter().enumerate();
        seen.extend(sources.filter_map(|(at, input)| Some((input.path.clone()?, at))));
        for (at, input) in inputs.iter().enumerate() {
            for (number, target) in translating.targets.iter().enumerate() {
                let path = relative(pattern, input, target, &self.root, false)?;
                let path = inside_project(&self.root, &path, input)?;
                if let Some(first) = seen.insert(path.clone(), at) {
                    return Err(CliError::usage(
                        Message::new("error-output-twice")
                            .with("path", shown(&path, &self.root))
                            .with("first", inputs[first].name.as_str())
                            .with("second", input.name.as_str()),
                    )
                    .hint(Message::new("hint-catalog-twice")));
                }
                self.catalogs.insert((at, number), path);
            }
        }
        Ok(())
    }

    /// The folder of the project, and the files of the catalogs.
    pub(super) fn catalogs(&self) -> (&Path, &BTreeMap<Key, PathBuf>) {
        (&self.root, &self.catalogs)
    }

    pub(super) fn destination(&self, input: usize, target: usize) -> &Destination {
        &self.destinations[input][target]
    }

    /// Whether anything is written to a file.
    pub(super) fn has_files(&self) -> bool {
        self.files().next().is_some()
    }

    fn files(&self) -> impl Iterator<Item = (usize, &Path)> {
        self.keyed_files().map(|((input, _), path)| (input, path))
    }

    /// Each output with the indices of its input and target.
    fn keyed_files(&self) -> impl Iterator<Item = ((usize, usize), &Path)> {
        let inputs = self.destinations.iter().enumerate();
        inputs.flat_map(|(input, all)| {
            let targets = all.iter().enumerate();
            targets.filter_map(move |(target, one)| match one {
                Destination::File(path) => Some(((input, target), path.as_path())),
                Destination::Stdout => None,
            })
        })
    }

    /// No two posts go to one file, and none to a file that is read.
    fn check_distinct(&self, inputs: &[Input], has_out: bool) -> Result<(), CliError> {
        let mut seen: HashMap<&Path, usize> = HashMap::new();
        for (input, path) in self.files() {
            let name = shown(path, &self.root);
            if let Some(first) = seen.insert(path, input) {
                return Err(CliError::usage(
                    Message::new("error-output-twice")
                        .with("path", name)
                        .with("first", inputs[first].name.as_str())
                        .with("second", inputs[input].name.as_str()),
                )
                .hint(Message::new("hint-output-twice")));
            }
            if inputs.iter().any(|one| one.path.as_deref() == Some(path)) {
                return Err(CliError::new(
                    Exit::Files,
                    Message::new("error-output-is-source").with("path", name),
                )
                .hint(Message::new(if has_out {
                    "hint-out-is-source"
                } else {
                    "hint-output-is-source"
                })));
            }
        }
        Ok(())
    }

    /// No file that a person made or edited is in the way. What a colleague's run wrote is on no
    /// record here, or another one: `vouch` is asked, and what is ours is on record then.
    pub(super) fn check_conflicts(
        &self,
        outputs: &mut Outputs,
        vouch: Voucher<'_>,
    ) -> Result<(), CliError> {
        for (key, path) in self.keyed_files() {
            if path.exists() && !outputs.is_as_written(path)? {
                if vouch(key, path, outputs.has(path))? {
                    outputs.adopt(path)?;
                    continue;
                }
                let id = if outputs.has(path) {
                    "error-output-edited"
                } else {
                    "error-output-not-ours"
                };
                return Err(CliError::new(
                    Exit::Files,
                    Message::new(id).with("path", shown(path, &self.root)),
                )
                .hint(Message::new("hint-force")));
            }
        }
        Ok(())
    }
}

fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', '\\'])
}

/// A path that need not exist, without `..` where it can be known.
fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    let path = std::path::absolute(path).map_err(|error| CliError::io(path, &error))?;
    let existing = path.ancestors().find(|folder| folder.exists());
    Ok(
        match existing.and_then(|folder| Some((folder, folder.canonicalize().ok()?))) {
            // Joining nothing would put a slash after a file.
            Some((folder, real)) if folder == path => real,
            Some((folder, real)) => path
                .strip_prefix(folder)
                .map_or_else(|_| path.clone(), |rest| real.join(rest)),
            None => path,
        },
    )
}

/// The path of an output in the project: a link in the project may not lead it out.
fn inside_project(root: &Path, path: &str, input: &Input) -> Result<PathBuf, CliError> {
    let real = absolute(&root.join(path))?;
    if real.starts_with(root) {
        return Ok(real);
    }
    Err(
        CliError::usage(Message::new("error-output").with("path", input.name.as_str()))
            .because(Message::new("error-output-leaves").with("path", path)),
    )
}

/// The path of an output below its folder, by the pattern.
fn relative(
    pattern: &OutputPattern,
    input: &Input,
    target: &Locale,
    root: &Path,
    has_out: bool,
) -> Result<String, CliError> {
    let Some(path) = &input.path else {
        return Err(CliError::usage(Message::new("error-stdin-output"))
            .hint(Message::new("hint-stdin-output")));
    };
    let inside = match path.strip_prefix(root) {
        Ok(inside) => inside.to_owned(),
        Err(_) if has_out => PathBuf::from(path.file_name().unwrap_or_default()),
        Err(_) => {
            return Err(CliError::usage(
                Message::new("error-outside-project")
                    .with("path", input.name.as_str())
                    .with("root", root.display().to_string()),
            )
            .hint(Message::new("hint-outside-project")));
        }
    };
    let inside = inside
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect::<Vec<_>>()
        .join("/");
    let slug = if pattern.has_slug() {
        slug_of(input)?
    } else {
        None
    };
    pattern
        .render(&OutputParts {
            lang: target.tag(),
            path: &inside,
            slug: slug.as_deref(),
        })
        .map_err(|error| {
            let wrong =
                CliError::usage(Message::new("error-output").with("path", input.name.as_str()))
                    .because(message::output_error(&error));
            match error {
                OutputError::IsSource { .. } => wrong.hint(Message::new("hint-output-is-source")),
                _ => wrong,
            }
        })
}

/// The slug of the first post of a file.
fn slug_of(input: &Input) -> Result<Option<String>, CliError> {
    if input.format == Format::Html {
        return Ok(None);
    }
    for chunk in input.chunks() {
        if let Chunk::Post(post) = chunk.map_err(|error| input.error(&error))? {
            let slug = Json::parse(&post)
                .ok()
                .and_then(|post| post.get("slug")?.as_text());
            return Ok(slug);
        }
    }
    Ok(None)
}
