//! A project folder and a home of its own for every test, and nothing else of this machine.

use std::ffi::OsStr;
use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// The folder of our sample articles.
pub(crate) fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples")
}

/// The names of our sample articles, in order.
pub(crate) fn sample_names() -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(samples())
        .expect("the samples")
        .map(|entry| entry.expect("a sample").file_name())
        .map(|name| name.into_string().expect("a name in UTF-8"))
        .collect();
    names.sort();
    names
}

pub(crate) fn sample(name: &str) -> String {
    std::fs::read_to_string(samples().join(name)).expect("a sample")
}

/// A JSON post with a title and a content, in the escape style of WordPress.
pub(crate) fn post(title: &str, content: &str) -> String {
    let text = |text: &str| {
        serde_json::to_string(text)
            .expect("text")
            .replace('/', "\\/")
    };
    format!(
        r#"{{"id":1,"title":{{"rendered":{}}},"content":{{"rendered":{}}}}}"#,
        text(title),
        text(content)
    )
}

/// The content of a post.
pub(crate) fn content_of(post: &str) -> String {
    let post: serde_json::Value = serde_json::from_str(post).expect("a post");
    post["content"]["rendered"]
        .as_str()
        .expect("the content")
        .to_owned()
}

/// Whether anything in a post went through the backend `pseudo`.
pub(crate) fn is_pseudo(post: &str) -> bool {
    post.contains('⟦') || post.contains("\\u27e6")
}

/// Whether a process that is not a zombie has this number.
pub(crate) fn is_running(pid: &str) -> bool {
    std::fs::read_to_string(format!("/proc/{pid}/stat")).is_ok_and(|stat| !stat.contains(") Z "))
}

/// Waits until something is so, but not for ever.
pub(crate) fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < Duration::from_secs(30), "never: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[derive(Debug)]
pub(crate) struct TestEnv {
    folder: TempDir,
}

impl TestEnv {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for name in ["project", "home", "tmp"] {
            std::fs::create_dir(folder.path().join(name)).expect("a folder");
        }
        Self { folder }
    }

    /// A project with a copy of one sample.
    pub(crate) fn with_sample(name: &str) -> Self {
        let env = Self::new();
        env.write(name, sample(name));
        env
    }

    /// A project with one post.
    pub(crate) fn with_post(content: &str) -> Self {
        let env = Self::new();
        env.write("post.json", post("", content));
        env
    }

    pub(crate) fn project(&self) -> PathBuf {
        self.folder.path().join("project")
    }

    /// A path in the project; `..` leads to the folder around it.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.project().join(path)
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, content).expect("a file");
    }

    pub(crate) fn read(&self, path: &str) -> String {
        let text = std::fs::read_to_string(self.path(path));
        text.unwrap_or_else(|error| panic!("{path}: {error}; there are {:?}", self.files()))
    }

    /// Every file of the project and of the folder for temporary files, in order.
    pub(crate) fn files(&self) -> Vec<String> {
        fn visit(folder: &Path, root: &Path, out: &mut Vec<String>) {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    visit(&path, root, out);
                } else {
                    let inside = path.strip_prefix(root).expect("a path inside");
                    out.push(inside.display().to_string());
                }
            }
        }
        let mut files = Vec::new();
        visit(&self.project(), &self.project(), &mut files);
        visit(&self.path("../tmp"), self.folder.path(), &mut files);
        files.sort();
        files
    }

    /// The files of the project without the record of outputs.
    pub(crate) fn visible_files(&self) -> Vec<String> {
        let mut files = self.files();
        files.retain(|file| !file.starts_with(".polypost/"));
        files
    }

    /// The program with these arguments, separated by single spaces. It starts with [`Run::go`].
    pub(crate) fn run(&self, arguments: &str) -> Run {
        self.run_args(arguments.split(' ').filter(|one| !one.is_empty()))
    }

    /// The program with any arguments.
    pub(crate) fn run_args(&self, arguments: impl IntoIterator<Item = impl AsRef<OsStr>>) -> Run {
        let mut command = Command::new(env!("CARGO_BIN_EXE_polypost"));
        command
            .args(arguments)
            .current_dir(self.project())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.path("../home"))
            .env("TMPDIR", self.path("../tmp"))
            .env("LC_ALL", "C")
            .env("NO_COLOR", "1")
            .env("COLUMNS", "80")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        Run {
            command,
            stdin: None,
            folder: self.folder.path().to_owned(),
        }
    }

    /// Translates `file` from English with a backend and gives what is written to standard output.
    pub(crate) fn translated(&self, file: &str, target: &str, backend: &str) -> String {
        self.run_args([
            "translate",
            file,
            "--from",
            "en",
            "--to",
            target,
            "--backend",
            backend,
            "--stdout",
        ])
        .go()
        .ok()
        .stdout
    }
}

/// A run that has not begun.
#[derive(Debug)]
pub(crate) struct Run {
    command: Command,
    stdin: Option<Vec<u8>>,
    folder: PathBuf,
}

impl Run {
    pub(crate) fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub(crate) fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub(crate) fn arg(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub(crate) fn folder(mut self, path: PathBuf) -> Self {
        self.command.current_dir(path);
        self
    }

    pub(crate) fn stdin(mut self, content: impl Into<Vec<u8>>) -> Self {
        self.stdin = Some(content.into());
        self.command.stdin(Stdio::piped());
        self
    }

    /// Starts the program and leaves it running.
    pub(crate) fn start(mut self) -> Child {
        self.command.spawn().expect("the program")
    }

    /// Runs the program to its end.
    pub(crate) fn go(mut self) -> Output {
        let mut child = self.command.spawn().expect("the program");
        let writer = self
            .stdin
            .zip(child.stdin.take())
            .map(|(content, mut stdin)| {
                std::thread::spawn(move || {
                    use std::io::Write as _;
                    // A program that does not want to read it all is no failure of the test.
                    drop(stdin.write_all(&content));
                })
            });
        let output = child.wait_with_output().expect("the program's end");
        if let Some(writer) = writer {
            writer.join().expect("the writer");
        }
        Output::new(&output, &self.folder)
    }
}

/// What a run said and how it ended. The test's own folder is called `[folder]` in its talk.
#[derive(Debug)]
pub(crate) struct Output {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Output {
    pub(crate) fn new(output: &std::process::Output, folder: &Path) -> Self {
        let real = folder.canonicalize().expect("the folder");
        let talk = String::from_utf8(output.stderr.clone()).expect("talk in UTF-8");
        Self {
            code: output.status.code(),
            stdout: String::from_utf8(output.stdout.clone()).expect("data in UTF-8"),
            stderr: talk.replace(&real.display().to_string(), "[folder]"),
        }
    }

    #[track_caller]
    pub(crate) fn ok(self) -> Self {
        self.exits(0)
    }

    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{self}");
        self
    }
}

impl fmt::Display for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.code {
            Some(code) => writeln!(f, "exit {code}")?,
            None => writeln!(f, "ended by a signal")?,
        }
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                writeln!(f, "--- {name}\n{}", text.trim_end_matches('\n'))?;
            }
        }
        Ok(())
    }
}
