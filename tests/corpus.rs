//! Laws 1 and 2 for pages that people wrote: every HTML file below the folders that
//! `POLYPOST_HTML_CORPUS` names, separated by colons.

#[path = "laws/html.rs"]
#[expect(dead_code, reason = "some laws are for generated text")]
mod html;

use std::path::{Path, PathBuf};

use polypost::html::shape_of_file;

fn pages(folder: &Path, out: &mut Vec<PathBuf>) {
    let entries = std::fs::read_dir(folder).expect("the corpus can be read");
    for entry in entries {
        let path = entry.expect("the corpus can be read").path();
        if path.is_symlink() {
            continue;
        }
        if path.is_dir() {
            pages(&path, out);
        } else if path
            .extension()
            .is_some_and(|name| name == "html" || name == "htm")
        {
            out.push(path);
        }
    }
}

#[test]
#[expect(
    clippy::print_stderr,
    reason = "whoever runs it should know how much was tested"
)]
fn real_pages_are_rebuilt_byte_for_byte() {
    let Ok(folders) = std::env::var("POLYPOST_HTML_CORPUS") else {
        eprintln!("skipped: POLYPOST_HTML_CORPUS names no folder of HTML files");
        return;
    };
    let mut paths = Vec::new();
    for folder in folders.split(':').filter(|folder| !folder.is_empty()) {
        pages(Path::new(folder), &mut paths);
    }
    paths.sort();
    let (mut tested, mut units, mut not_utf8) = (0_usize, 0_usize, 0_usize);
    for path in &paths {
        let Ok(text) = String::from_utf8(std::fs::read(path).expect("readable")) else {
            not_utf8 += 1;
            continue;
        };
        let shape = shape_of_file(&text);
        html::rebuilding_the_source_gives_the_source(&text, shape);
        html::what_was_appended_can_be_taken_back(&text, shape);
        tested += 1;
        units += html::extracted(&text, shape).map_or(0, |found| found.units().len());
    }
    eprintln!("{tested} pages with {units} units; {not_utf8} refused as not UTF-8");
    assert!(tested > 0, "no page in {folders}");
    assert!(units > tested, "only {units} units in {tested} pages");
}
