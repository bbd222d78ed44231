//! What was generated last time, so that only what has changed is generated again.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use crate::files::{self, FileChange, FileError, SpecFile};
use crate::load::PLATFORM_FILE;

/// Where the cache is, below the project.
const PATH: &str = "target/regen.json";

/// Knows for each generated file what it was made from, and what came out.
///
/// A file is taken from disk only if both are the same as last time, so a file that was edited by hand is generated again.
#[derive(Debug, Default)]
pub struct Cache {
    root: PathBuf,
    /// What each spec file says.
    inputs: BTreeMap<PathBuf, u64>,
    last: State,
    next: Mutex<BTreeMap<PathBuf, (u64, u64)>>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
struct State {
    /// The program that generated the files.
    generator: u64,
    /// What each file was made from, and its content.
    files: BTreeMap<PathBuf, (u64, u64)>,
}

impl Cache {
    /// Reads the cache of a project. It is empty if another program wrote it.
    #[must_use]
    pub fn read(root: &Path, spec: &[SpecFile]) -> Self {
        let last = files::read(&root.join(PATH)).ok().flatten();
        let last = last.and_then(|text| serde_json::from_str::<State>(&text).ok()).unwrap_or_default();
        let generator = generator();
        let last = if last.generator == generator { last } else { State { generator, ..State::default() } };
        let inputs = spec.iter().map(|file| (file.path.clone(), digest(&file.text))).collect();
        Self { root: root.to_owned(), inputs, last, next: Mutex::default() }
    }

    /// The text of a generated file that depends on these spec files and on the platform file.
    pub(super) fn text<'a>(
        &self,
        path: &Path,
        inputs: impl Iterator<Item = PathBuf> + 'a,
        make: impl FnOnce() -> String,
    ) -> String {
        let inputs: Vec<_> =
            inputs.chain([PathBuf::from(PLATFORM_FILE)]).map(|input| self.inputs.get(&input)).collect();
        let input = digest(&inputs);
        let on_disk = || {
            let (_, output) = self.last.files.get(path).filter(|(made_from, _)| *made_from == input)?;
            files::read(&self.root.join(path)).ok()?.filter(|text| digest(text) == *output)
        };
        let text = on_disk().unwrap_or_else(make);
        let mut next = self.next.lock().unwrap_or_else(PoisonError::into_inner);
        next.insert(path.to_owned(), (input, digest(&text)));
        text
    }

    /// Writes the cache, once the files are on disk.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(self) -> Result<(), FileError> {
        let files = self.next.into_inner().unwrap_or_else(PoisonError::into_inner);
        let state = State { generator: self.last.generator, files };
        let new = serde_json::to_string(&state).unwrap_or_default();
        files::apply(&self.root, &[FileChange::Missing { path: PathBuf::from(PATH), new }])
    }
}

/// Tells builds of this program apart.
fn generator() -> u64 {
    let program = std::env::current_exe().and_then(std::fs::metadata);
    digest(&program.and_then(|program| Ok((program.len(), program.modified()?))).ok())
}

fn digest(value: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}
