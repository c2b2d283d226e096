//! Files that are not what they should be: always an error that names the file, never a crash.

use std::path::{Path, PathBuf};

use polypost::backend::models::{Manifest, ManifestFile, ModelError};
use polypost::backend::{BackendError, Local};
use polypost::unit::Fragment;
use sha2::{Digest, Sha256};

use crate::tiny_model::{Files, Item, Tiny, container, english_spanish, vocabulary};
use crate::{ask, open, pair};

const MODEL: &str = "model.enes.intgemm.alphas.bin";
const VOCABULARY: &str = "vocab.enes.spm";

/// A folder of models with one of these files.
struct Folder(tempfile::TempDir);

impl Folder {
    fn new(files: &Files) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder"));
        std::fs::create_dir(folder.path("")).expect("a folder");
        folder.write(MODEL, &files.model);
        folder.write(VOCABULARY, &files.vocab);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join("en-es").join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) {
        std::fs::write(self.path(name), bytes).expect("a file");
    }

    fn root(&self) -> &Path {
        self.0.path()
    }

    async fn open(&self) -> Result<Local, BackendError> {
        open(self.root(), "en", "es").await
    }

    /// The file that is named as the one to blame, and what is wrong with it.
    #[track_caller]
    fn blamed(&self, opened: Result<Local, BackendError>) -> (String, String) {
        let error = opened.map(drop).expect_err("an error");
        let BackendError::Models(ModelError::Broken { pair, path, detail }) = error else {
            panic!("{error:?}")
        };
        assert_eq!(pair, "en-es");
        let name = path
            .strip_prefix(self.root())
            .expect("a path in the folder");
        (name.display().to_string(), detail)
    }
}

fn tiny() -> Tiny {
    Tiny {
        is_int8: true,
        ..english_spanish()
    }
}

fn hash(bytes: &[u8]) -> String {
    let digits =
        |byte: &u8| [byte >> 4, byte & 15].map(|digit| b"0123456789abcdef"[digit as usize]);
    let text = Sha256::digest(bytes).iter().flat_map(digits).collect();
    String::from_utf8(text).expect("digits")
}

/// Numbers that look random and are always the same.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).expect("small")
    }
}

#[tokio::test]
async fn a_model_that_is_cut_short_is_an_error() {
    let files = tiny().build();
    let folder = Folder::new(&files);
    let len = files.model.len();
    let early = (0..5000).step_by(97);
    for end in early
        .chain((5000..len).step_by(len / 50))
        .chain([len - 1000])
    {
        folder.write(MODEL, &files.model[..end]);
        let (file, _) = folder.blamed(folder.open().await);
        assert_eq!(file, format!("en-es/{MODEL}"), "{end} bytes");
    }
}

#[tokio::test]
async fn a_vocabulary_that_is_cut_short_never_ends_the_program() {
    let files = tiny().build();
    let folder = Folder::new(&files);
    for end in (0..files.vocab.len()).step_by(61) {
        folder.write(VOCABULARY, &files.vocab[..end]);
        match folder.open().await {
            // Where a piece ends, nothing shows that others are missing.
            Ok(backend) => {
                ask(&backend, &pair("en", "es"), &[Fragment::plain("the house")]).await;
            }
            error => {
                let (file, _) = folder.blamed(error);
                assert!(file.ends_with(VOCABULARY) || end > 0, "{end}: {file}");
            }
        }
    }
}

#[tokio::test]
async fn flipped_bits_never_end_the_program() {
    let files = tiny().build();
    let folder = Folder::new(&files);
    let mut random = Random(0x1234_5678_9abc_def1);
    for round in 0..200 {
        let (name, bytes, near) = match round % 4 {
            0 => (VOCABULARY, &files.vocab, files.vocab.len()),
            1 => (MODEL, &files.model, files.model.len()),
            // Headers, names and shapes are where it hurts.
            _ => (MODEL, &files.model, 4000),
        };
        let mut flipped = bytes.clone();
        for _ in 0..8 {
            flipped[random.below(near)] ^= 1 << random.below(8);
        }
        folder.write(name, &flipped);
        if let Ok(backend) = folder.open().await {
            let texts = [
                Fragment::plain("the red house"),
                crate::marked("the *red* house"),
            ];
            let replies = ask(&backend, &pair("en", "es"), &texts).await;
            assert_eq!(replies.len(), 2, "round {round}");
        }
        folder.write(name, bytes);
    }
}

#[tokio::test]
async fn a_file_that_changed_since_it_was_fetched_is_an_error() {
    let files = tiny().build();
    let folder = Folder::new(&files);
    let noted = |name: &str, bytes: &[u8]| ManifestFile {
        name: name.to_owned(),
        size: bytes.len() as u64,
        sha256: hash(bytes),
    };
    let manifest = Manifest {
        format: 1,
        origin: "here".to_owned(),
        version: None,
        license: None,
        files: vec![noted(MODEL, &files.model), noted(VOCABULARY, &files.vocab)],
    };
    let text = serde_json::to_vec(&manifest).expect("a manifest");
    folder.write("manifest.json", &text);
    assert!(folder.open().await.is_ok());
    for (name, bytes) in [(MODEL, &files.model), (VOCABULARY, &files.vocab)] {
        let mut changed = bytes.clone();
        let last = changed.len() - 300;
        changed[last] ^= 1;
        folder.write(name, &changed);
        let (file, detail) = folder.blamed(folder.open().await);
        assert_eq!(file, format!("en-es/{name}"));
        assert!(detail.contains("changed"), "{detail}");
        std::fs::remove_file(folder.path(name)).expect("a file");
        let (file, _) = folder.blamed(folder.open().await);
        assert_eq!(file, format!("en-es/{name}"));
        folder.write(name, bytes);
    }
    folder.write("manifest.json", b"{");
    let (file, _) = folder.blamed(folder.open().await);
    assert_eq!(file, "en-es/manifest.json");
}

#[tokio::test]
async fn a_missing_tensor_is_named() {
    for is_int8 in [false, true] {
        let tiny = Tiny {
            is_int8,
            ..english_spanish()
        };
        let pieces = tiny.all_pieces();
        let items = tiny.items(&pieces);
        let folder = Folder::new(&tiny.build());
        for missing in items.iter().map(|item| &item.name) {
            let others: Vec<Item> = items
                .iter()
                .filter(|item| item.name != *missing)
                .cloned()
                .collect();
            folder.write(MODEL, &container(&others));
            let opened = folder.open().await;
            if missing.ends_with("_ln_bias") {
                assert!(opened.is_ok(), "{missing}");
                continue;
            }
            let (_, detail) = folder.blamed(opened);
            let is_named = detail.contains(missing.as_str()) || missing == "Wemb";
            assert!(is_named, "{missing}: {detail}");
        }
    }
}

#[tokio::test]
async fn headers_that_promise_too_much_are_errors() {
    let files = tiny().build();
    let folder = Folder::new(&files);
    let count = usize::from(files.model[8]);
    // The version, the number of tensors, and the lengths in the first and last header.
    let last = 16 + 32 * (count - 1);
    let places = [0, 8, 16, 24, 32, 40, last, last + 8, last + 16, last + 24];
    for at in places {
        for number in [1 << 40, u64::MAX, u64::MAX - 7, 1 << 63, 100_000] {
            let mut changed = files.model.clone();
            changed[at..at + 8].copy_from_slice(&number.to_le_bytes());
            folder.write(MODEL, &changed);
            let (file, _) = folder.blamed(folder.open().await);
            assert_eq!(file, format!("en-es/{MODEL}"), "{number} at {at}");
        }
    }
    // A shape below nought.
    let tiny = tiny();
    let mut items = tiny.items(&tiny.all_pieces());
    items[1].shape[0] = -1;
    folder.write(MODEL, &container(&items));
    folder.blamed(folder.open().await);
}

#[tokio::test]
async fn numbers_that_are_none_are_an_error() {
    let tiny = english_spanish();
    let mut items = tiny.items(&tiny.all_pieces());
    let weight = items
        .iter_mut()
        .find(|item| item.name == "encoder_l1_self_Wv");
    let weight = weight.expect("a weight");
    weight.data[..4].copy_from_slice(&f32::NAN.to_le_bytes());
    let folder = Folder::new(&tiny.build());
    folder.write(MODEL, &container(&items));
    let (_, detail) = folder.blamed(folder.open().await);
    assert!(detail.contains("no numbers"), "{detail}");
}

#[tokio::test]
async fn a_vocabulary_that_does_not_go_with_the_model_is_an_error() {
    let tiny = tiny();
    let files = tiny.build();
    let folder = Folder::new(&files);
    for bytes in [&b""[..], b"not a vocabulary", &[0xff; 300]] {
        folder.write(VOCABULARY, bytes);
        let (file, _) = folder.blamed(folder.open().await);
        assert_eq!(file, format!("en-es/{VOCABULARY}"));
    }
    let mut pieces = tiny.all_pieces();
    let one = pieces[0].clone();
    pieces.push(one);
    folder.write(VOCABULARY, &vocabulary(&pieces, &[]));
    let (file, detail) = folder.blamed(folder.open().await);
    assert_eq!(file, format!("en-es/{VOCABULARY}"));
    assert!(detail.contains("pieces"), "{detail}");
}

#[tokio::test]
async fn a_folder_that_lacks_a_file_or_has_too_many_is_an_error() {
    let files = tiny().build();
    let folder = Folder::new(&files);
    folder.write("model.other.bin", &files.model);
    let (place, detail) = folder.blamed(folder.open().await);
    assert_eq!(place, "en-es");
    assert!(detail.contains("model.other.bin"), "{detail}");
    std::fs::remove_file(folder.path("model.other.bin")).expect("a file");
    std::fs::remove_file(folder.path(VOCABULARY)).expect("a file");
    let (place, detail) = folder.blamed(folder.open().await);
    assert_eq!(
        (place.as_str(), detail.as_str()),
        ("en-es", "there is no vocab.*")
    );
    // Two vocabularies do as well, one for each language.
    folder.write("srcvocab.enes.spm", &files.vocab);
    folder.write("trgvocab.enes.spm", &files.vocab);
    assert!(folder.open().await.is_ok());
    std::fs::create_dir(folder.path(VOCABULARY)).expect("a folder");
    let (place, _) = folder.blamed(folder.open().await);
    assert_eq!(place, format!("en-es/{VOCABULARY}"));
}
