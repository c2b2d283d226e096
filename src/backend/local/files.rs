//! The files of a model, read with suspicion: what comes out of here can be given to the engine.

use std::path::Path;

use super::super::BackendError;
use super::super::models::{Installed, ModelError};
use super::vocabulary::Vocabulary;
use super::{NAME, check};

/// The files of a model in which nothing was found wrong.
pub(super) struct Files {
    pub(super) model: Vec<u8>,
    pub(super) source_bytes: Vec<u8>,
    pub(super) target_bytes: Vec<u8>,
    pub(super) source: Vocabulary,
    pub(super) target: Vocabulary,
}

impl Files {
    /// Reads them and checks that they go with each other, and that this machine can run them.
    ///
    /// # Errors
    /// [`ModelError::Broken`] with the file that is to blame, [`BackendError::Processor`].
    pub(super) fn read(installed: &Installed) -> Result<Self, BackendError> {
        check_processor()?;
        let fail = |path: &Path, detail: String| ModelError::broken(&installed.pair, path, detail);
        let model = installed.read(&installed.model)?;
        let source_bytes = installed.read(&installed.source_vocabulary)?;
        let shape = check::check(&model).map_err(|detail| fail(&installed.model, detail))?;
        let vocabulary = |path: &Path, bytes: &[u8], rows: usize| {
            let vocabulary = Vocabulary::read(bytes).map_err(|detail| fail(path, detail))?;
            let count = vocabulary.pieces.len();
            if count > rows {
                let detail = format!("it has {count} pieces, the model knows {rows}");
                return Err(fail(path, detail));
            }
            Ok(vocabulary)
        };
        let source = vocabulary(
            &installed.source_vocabulary,
            &source_bytes,
            shape.source_rows,
        )?;
        let is_shared = installed.source_vocabulary == installed.target_vocabulary;
        let target_bytes = if is_shared {
            source_bytes.clone()
        } else {
            installed.read(&installed.target_vocabulary)?
        };
        let target = vocabulary(
            &installed.target_vocabulary,
            &target_bytes,
            shape.target_rows,
        )?;
        Ok(Self {
            model,
            source_bytes,
            target_bytes,
            source,
            target,
        })
    }
}

/// The engine's fast code is built for processors of the last ten years, and does not ask.
///
/// # Errors
/// [`BackendError::Processor`] where it lacks something.
pub(super) fn check_processor() -> Result<(), BackendError> {
    #[cfg(all(target_arch = "x86_64", not(feature = "portable")))]
    let (has_it, needs) = (std::is_x86_feature_detected!("avx2"), "AVX2");
    #[cfg(all(target_arch = "aarch64", not(feature = "portable")))]
    let (has_it, needs) = (std::arch::is_aarch64_feature_detected!("i8mm"), "I8MM");
    #[cfg(any(
        feature = "portable",
        not(any(target_arch = "x86_64", target_arch = "aarch64"))
    ))]
    let (has_it, needs) = (true, "");
    if has_it {
        return Ok(());
    }
    Err(BackendError::Processor {
        backend: NAME.to_owned(),
        needs: needs.to_owned(),
    })
}
