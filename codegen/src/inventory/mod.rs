//! SDK inventories: what official SDKs state of many methods, into the spec.
//!
//! An inventory is a file of JSON lines, one for each method; see [`Entry`]. It never deletes what a page or a person
//! added, and where a page says something else, the page is right and the difference is a finding.

mod format;
mod merge;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

pub use format::{Entry, Item, Reply, read};

use crate::files::{Output, SpecFile};
use crate::page::Finding;
use crate::spec::{Method, Spec};
use crate::yaml::to_canonical;

/// What an inventory makes of the spec.
#[derive(Debug, Default)]
pub struct Import {
    /// All methods of the inventory, as they will be in the spec.
    pub methods: Vec<Method>,
    /// What people have to check.
    pub findings: Vec<Finding>,
}

impl Import {
    /// The spec files of its methods, with their paths below the project.
    #[must_use]
    pub fn output(&self) -> Output {
        let file = |method: &Method| (Path::new("spec").join(method.method.spec_path()), to_canonical(method));
        Output { files: self.methods.iter().map(file).collect(), folders: Vec::new() }
    }

    /// The whole spec as it will be.
    #[must_use]
    pub fn merged_into(&self, files: &[SpecFile]) -> Vec<SpecFile> {
        let spec = Path::new("spec");
        let mut all: BTreeMap<_, _> = files.iter().map(|file| (spec.join(&file.path), file.text.clone())).collect();
        all.extend(self.output().files);
        let file = |(path, text): (PathBuf, String)| SpecFile {
            display: path.display().to_string(),
            path: path.strip_prefix(spec).unwrap_or(&path).to_owned(),
            text,
        };
        all.into_iter().map(file).collect()
    }
}

/// Whether a file is an inventory, by its name.
#[must_use]
pub fn is_inventory(file: &str) -> bool {
    Path::new(file).extension().is_some_and(|extension| extension == "jsonl")
}

/// Merges an inventory into the spec. Importing the result again changes nothing.
#[must_use]
pub fn import(entries: &[(usize, Entry)], spec: &Spec) -> Import {
    let mut import = Import::default();
    for (line, entry) in entries {
        let known = spec.methods.get(&entry.method);
        let method = merge::merge(entry, known, &spec.platform, &mut |message| {
            import.findings.push(Finding { line: *line, message: format!("{}: {message}", entry.method) });
        });
        import.methods.push(method);
    }
    import
}
