//! The files that a command reads.

use std::fs::File;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::message::{self, Message};
use crate::pipeline::Format;
use crate::post::{Chunk, PostReader, ReadError};

use super::error::CliError;
use super::exit::Exit;
use super::settings::Project;

const JSON: [&str; 3] = ["json", "jsonl", "ndjson"];
const HTML: [&str; 3] = ["html", "htm", "xhtml"];

/// What is plainly something else. A name that nobody knows may well be one of HTML.
const OTHERS: [&str; 44] = [
    "7z", "adoc", "avif", "bmp", "css", "csv", "doc", "docx", "epub", "gif", "gz", "ico", "jpeg",
    "jpg", "js", "markdown", "md", "mo", "mov", "mp3", "mp4", "odp", "ods", "odt", "pdf", "png",
    "po", "pot", "ppt", "pptx", "rst", "rtf", "svg", "tar", "tex", "toml", "tsv", "txt", "webp",
    "xls", "xlsx", "yaml", "yml", "zip",
];

/// The extension of a file, in lower case.
fn extension(path: &Path) -> Option<String> {
    let extension = path.extension()?.to_str()?;
    Some(extension.to_ascii_lowercase())
}

fn is_other(path: &Path) -> bool {
    extension(path).is_some_and(|name| OTHERS.contains(&name.as_str()))
}

/// A file to read, or standard input.
#[derive(Debug, Clone)]
pub(super) struct Input {
    /// As the user knows it.
    pub(super) name: String,
    /// None for standard input.
    pub(super) path: Option<PathBuf>,
    pub(super) format: Format,
    /// What standard input held; it can be read only once.
    content: Option<Arc<[u8]>>,
    /// Whether it has several posts, once that was asked.
    has_several: OnceLock<bool>,
}

impl Input {
    fn file(path: PathBuf, root: &Path) -> Result<Self, CliError> {
        let shown = shown(&path, root);
        let by_name = extension(&path);
        let format = match by_name.as_deref() {
            Some(name) if JSON.contains(&name) => Format::Json,
            Some(name) if HTML.contains(&name) => Format::Html,
            Some(name) if OTHERS.contains(&name) => {
                let cause = Message::new("error-kind").with("extension", name);
                return Err(CliError::file("error-file", Path::new(&shown), cause)
                    .hint(Message::new("hint-kind")));
            }
            _ => {
                let mut start = [0; 512];
                let read = File::open(&path)
                    .and_then(|mut file| file.read(&mut start))
                    .map_err(|error| CliError::io(&path, &error))?;
                sniff(&start[..read])
            }
        };
        // A download that was cut off at once; JSON Lines may well have no line.
        if by_name.as_deref() == Some("json")
            && std::fs::metadata(&path).is_ok_and(|file| file.len() == 0)
        {
            let cause = Message::new("error-empty");
            return Err(CliError::file("error-file", Path::new(&shown), cause));
        }
        Ok(Self {
            name: shown,
            path: Some(path),
            format,
            content: None,
            has_several: OnceLock::new(),
        })
    }

    fn standard_input() -> Result<Self, CliError> {
        let mut content = Vec::new();
        std::io::stdin()
            .lock()
            .read_to_end(&mut content)
            .map_err(|error| CliError::io("-", &error))?;
        Ok(Self {
            name: "-".to_owned(),
            path: None,
            format: sniff(&content),
            content: Some(content.into()),
            has_several: OnceLock::new(),
        })
    }

    fn open(&self) -> std::io::Result<Box<dyn Read + Send>> {
        Ok(match (&self.content, &self.path) {
            (Some(content), _) => Box::new(Cursor::new(Arc::clone(content))),
            (None, Some(path)) => Box::new(File::open(path)?),
            (None, None) => Box::new(std::io::empty()),
        })
    }

    /// The posts of the file, and what stands between them.
    pub(super) fn chunks(&self) -> Box<dyn Iterator<Item = Result<Chunk, ReadError>> + Send> {
        let input = match self.open() {
            Ok(input) => input,
            Err(error) => return Box::new(std::iter::once(Err(error.into()))),
        };
        match self.format {
            Format::Json => Box::new(PostReader::new(input)),
            Format::Html => Box::new(std::iter::once_with(move || read_page(input))),
        }
    }

    /// The name of one of its posts, counted from 0: with the number where there are others.
    pub(super) fn post_name(&self, post: usize) -> String {
        if post == 0 && !self.has_several() {
            self.name.clone()
        } else {
            format!("{} [{post}]", self.name)
        }
    }

    /// Whether it has several posts.
    pub(super) fn has_several(&self) -> bool {
        *self.has_several.get_or_init(|| {
            let posts = self.chunks().map_while(Result::ok);
            posts
                .filter(|chunk| matches!(chunk, Chunk::Post(_)))
                .nth(1)
                .is_some()
        })
    }

    /// A file of the same kind.
    pub(super) fn at(&self, path: &Path) -> Self {
        Self {
            name: path.display().to_string(),
            path: Some(path.to_owned()),
            format: self.format,
            content: None,
            has_several: OnceLock::new(),
        }
    }

    /// The error of a file that could not be read.
    pub(super) fn error(&self, error: &ReadError) -> CliError {
        let error = CliError::new(
            Exit::Files,
            Message::new("error-file").with("path", self.name.as_str()),
        )
        .because(message::read_error(error));
        match self.format {
            Format::Json => error,
            Format::Html => error.hint(Message::new("hint-encoding")),
        }
    }
}

fn read_page(mut input: Box<dyn Read + Send>) -> Result<Chunk, ReadError> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    String::from_utf8(bytes)
        .map(Chunk::Post)
        .map_err(|error| ReadError::NotUtf8 {
            offset: error.utf8_error().valid_up_to() as u64,
        })
}

/// JSON begins with a bracket; whatever else it is, it is read as HTML. So is what begins with a
/// shortcode (`[gallery]`) or a template (`{{ title }}`, `{% block %}`).
fn sniff(start: &[u8]) -> Format {
    let start = start.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(start);
    match start.trim_ascii_start() {
        [b'[', next, ..] if next.is_ascii_alphabetic() => Format::Html,
        [b'{', b'{' | b'%', ..] => Format::Html,
        [b'{' | b'[', ..] => Format::Json,
        _ => Format::Html,
    }
}

/// The inputs that are named, or those of the project.
pub(super) fn expand(named: &[PathBuf], project: &Project) -> Result<Vec<Input>, CliError> {
    let mut paths = Vec::new();
    if named.is_empty() {
        for pattern in project.posts() {
            glob_files(pattern, Some(&project.root), &mut paths)
                .map_err(|error| project.wrong(error))?;
        }
        if paths.is_empty() {
            return Err(nothing_to_read());
        }
    }
    let mut inputs = Vec::new();
    for path in named {
        if path.as_os_str() == "-" {
            inputs.push(Input::standard_input()?);
        } else if path.is_dir() {
            folder_files(path, &mut paths)?;
        } else if path.exists() {
            paths.push(path.clone());
        } else {
            let pattern = path.to_string_lossy();
            if pattern.contains(['*', '?', '[']) {
                glob_files(&pattern, None, &mut paths)?;
            } else {
                return Err(CliError::file(
                    "error-file",
                    path,
                    Message::new("error-not-found"),
                ));
            }
        }
    }
    for path in paths {
        let path = absolute(&path)?;
        if !inputs
            .iter()
            .any(|one: &Input| one.path.as_ref() == Some(&path))
        {
            inputs.push(Input::file(path, &project.root)?);
        }
    }
    if inputs.is_empty() {
        return Err(nothing_to_read());
    }
    Ok(inputs)
}

/// The error of a run that has no post to read.
pub(super) fn nothing_to_read() -> CliError {
    CliError::usage(Message::new("error-no-files")).hint(Message::new("hint-no-files"))
}

/// A path as the user would write it.
pub(super) fn shown(path: &Path, root: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_else(|_| root.to_owned());
    path.strip_prefix(&here)
        .unwrap_or(path)
        .display()
        .to_string()
}

pub(super) fn absolute(path: &Path) -> Result<PathBuf, CliError> {
    path.canonicalize()
        .map_err(|error| CliError::io(path, &error))
}

/// The posts that a pattern matches, below `root` if there is one.
fn glob_files(pattern: &str, root: Option<&Path>, out: &mut Vec<PathBuf>) -> Result<(), CliError> {
    // As in a folder, what stands beside the posts is passed over.
    let (others, posts): (Vec<_>, Vec<_>) = matching(pattern, root)?
        .into_iter()
        .partition(|path| is_other(path));
    // Where others are all that was meant, that they can't be read is told where they are read.
    out.extend(if posts.is_empty() { others } else { posts });
    Ok(())
}

/// The files of any kind that a path or a pattern names, below `root` if there is one.
pub(super) fn named_files(name: &str, root: Option<&Path>) -> Result<Vec<PathBuf>, CliError> {
    let path = root.map_or_else(|| PathBuf::from(name), |root| root.join(name));
    if path.is_file() {
        return Ok(vec![path]);
    }
    if name.contains(['*', '?', '[']) {
        return matching(name, root);
    }
    Err(CliError::file(
        "error-file",
        &path,
        Message::new("error-not-found"),
    ))
}

/// The files that a pattern matches, one at least.
fn matching(pattern: &str, root: Option<&Path>) -> Result<Vec<PathBuf>, CliError> {
    let wrong = |detail: String| {
        CliError::usage(
            Message::new("error-glob")
                .with("pattern", pattern)
                .with("detail", detail),
        )
    };
    let whole = match root {
        Some(root) if !Path::new(pattern).is_absolute() => {
            // A bracket in the name of the project's folder is no pattern.
            let root = glob::Pattern::escape(&root.to_string_lossy());
            format!("{root}/{pattern}")
        }
        _ => pattern.to_owned(),
    };
    let mut found = Vec::new();
    for path in glob::glob(&whole).map_err(|error| wrong(error.to_string()))? {
        let path = path.map_err(|error| CliError::io(error.path(), error.error()))?;
        if path.is_file() {
            found.push(path);
        }
    }
    if found.is_empty() {
        return Err(CliError::usage(
            Message::new("error-no-match").with("pattern", pattern),
        ));
    }
    Ok(found)
}

/// Every post below a folder, in the order of the names; hidden folders are passed over.
fn folder_files(folder: &Path, out: &mut Vec<PathBuf>) -> Result<(), CliError> {
    let error = |error: std::io::Error| CliError::io(folder, &error);
    let mut entries: Vec<_> = std::fs::read_dir(folder)
        .map_err(error)?
        .collect::<Result<_, _>>()
        .map_err(error)?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if is_hidden {
            continue;
        }
        if entry.file_type().map_err(error)?.is_dir() {
            folder_files(&path, out)?;
        } else if path.extension().is_some_and(|extension| {
            JSON.iter()
                .chain(&HTML)
                .any(|one| extension.eq_ignore_ascii_case(one))
        }) && path.is_file()
        {
            out.push(path);
        }
    }
    Ok(())
}
