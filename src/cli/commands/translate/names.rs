//! What posts are called in their catalogs: the same in every run, wherever it is started.

use std::collections::HashMap;
use std::path::Path;

use crate::cli::files::Input;
use crate::pipeline::Format;
use crate::post::Json;

/// Gives the posts of an input their names, in order.
#[derive(Debug)]
pub(super) struct Names {
    file: String,
    format: Format,
    /// How often each name was given.
    given: HashMap<String, usize>,
}

impl Names {
    /// Names for the posts of an input of the project at `root`.
    pub(super) fn new(input: &Input, root: &Path) -> Self {
        let path = input.path.as_deref().unwrap_or(Path::new(&input.name));
        let inside = path.strip_prefix(root).unwrap_or(path).components();
        let parts: Vec<_> = inside
            .map(|part| part.as_os_str().to_string_lossy())
            .collect();
        Self {
            file: parts.join("/"),
            format: input.format,
            given: HashMap::new(),
        }
    }

    /// The name of the next post: its file, with its id or, where it has none, its slug. Of posts
    /// that have the same, the second is told apart by a number.
    pub(super) fn next(&mut self, post: &str) -> String {
        let mark = (self.format == Format::Json)
            .then(|| mark_of(post))
            .flatten();
        let name = match mark {
            Some(mark) => format!("{}#{mark}", self.file),
            None => self.file.clone(),
        };
        let count = self.given.entry(name.clone()).or_default();
        *count += 1;
        match *count {
            1 => name,
            number => format!("{name}~{number}"),
        }
    }
}

fn mark_of(post: &str) -> Option<String> {
    let post = Json::parse(post).ok()?;
    let id = post.get("id").map(|id| id.raw().to_owned());
    let id = id.filter(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
    id.or_else(|| post.get("slug")?.as_text())
        .filter(|mark| !mark.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_are_named_by_what_stays_when_others_come_and_go() {
        let mut names = Names {
            file: "posts/all.json".to_owned(),
            format: Format::Json,
            given: HashMap::new(),
        };
        for (post, name) in [
            (r#"{"id":7}"#, "posts/all.json#7"),
            (r#"{"id":null,"slug":"salt"}"#, "posts/all.json#salt"),
            (r#"{"id":7}"#, "posts/all.json#7~2"),
            (r#"{"title":"x"}"#, "posts/all.json"),
            (r#"{"title":"y"}"#, "posts/all.json~2"),
        ] {
            assert_eq!(names.next(post), name);
        }
    }
}
