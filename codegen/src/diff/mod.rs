//! What a spec change means for callers: on the wire, in their source code, in behaviour.
//!
//! Formatting and key order do not count: the diff compares what the spec says and the Rust items it becomes.

mod change;
mod class;
mod errors;
mod fields;
mod method;
mod pair;
mod platform;
mod report;
mod requirements;
mod rules;
mod values;

use std::collections::BTreeMap;

pub use change::Change;
pub use class::{Class, Rule, Severity, Step};
pub use report::{Report, to_annotations, to_changelog, to_json, to_markdown, to_text};
pub use rules::{UNMIRRORED, rules};

use crate::diagnostic::Diagnostics;
use crate::files::SpecFile;
use crate::load::PLATFORM_FILE;
use crate::yaml::{self, Position, Source};
use crate::{Compiled, compile, compile_old};
use change::{Changes, Place};
use method::Named;

/// A spec, its plan, and the positions of everything in it.
#[derive(Debug)]
pub struct Version {
    compiled: Compiled,
    sources: BTreeMap<String, Source>,
}

impl Version {
    /// Loads, checks and lowers a set of spec files.
    ///
    /// # Errors
    /// All problems of all files, with their positions.
    pub fn new(files: &[SpecFile]) -> Result<Self, Diagnostics> {
        Ok(Self::from_compiled(compile(files)?, files))
    }

    /// Loads and lowers a set of spec files that need not pass today's checks.
    ///
    /// # Errors
    /// Files that cannot be read, and names that cannot be resolved.
    pub fn old(files: &[SpecFile]) -> Result<Self, Diagnostics> {
        Ok(Self::from_compiled(compile_old(files)?, files))
    }

    fn from_compiled(compiled: Compiled, files: &[SpecFile]) -> Self {
        let mut diagnostics = Diagnostics::default();
        let sources = files.iter().filter_map(|file| yaml::parse(&file.display, &file.text, &mut diagnostics));
        Self { sources: sources.map(|source| (source.path.clone(), source)).collect(), compiled }
    }

    /// The methods by wire name.
    fn methods(&self) -> BTreeMap<&str, Named<'_>> {
        let all = self
            .compiled
            .plan
            .namespaces
            .iter()
            .flat_map(|namespace| namespace.methods.iter().map(move |method| Named { namespace, method }));
        all.map(|named| (named.method.spec.method.as_str(), named)).collect()
    }

    fn source(&self, path: &str) -> &Source {
        &self.sources[path]
    }
}

/// All changes between two versions, by method and position. Changes that all methods share come first.
#[must_use]
pub fn diff(old: &Version, new: &Version) -> Vec<Change> {
    let (before, after) = (old.methods(), new.methods());
    let platform = &old.compiled.plan.platform;
    let source = new.source(&format!("spec/{PLATFORM_FILE}"));
    let mut changes = platform::compare(platform, &new.compiled.plan.platform, source);
    for (name, named) in &after {
        let source = new.source(&named.method.source);
        changes.extend(match before.get(name) {
            Some(was) => method::compare(*was, *named, &platform.spec, source),
            None => whole(&rules::METHOD_ADDED, *named, source, ["", &named.method.spec.title]),
        });
    }
    for (_, named) in before.iter().filter(|(name, _)| !after.contains_key(*name)) {
        let source = old.source(&named.method.source);
        changes.extend(whole(&rules::METHOD_REMOVED, *named, source, [&named.method.spec.title, ""]));
    }
    let place = |change: &Change| -> (Option<String>, Position) { (change.method.clone(), change.position) };
    changes.sort_by_key(place);
    changes
}

/// A method that only one version has.
fn whole(rule: &'static Rule, named: Named<'_>, source: &Source, [old, new]: [&str; 2]) -> Vec<Change> {
    let name = named.method.spec.method.to_string();
    let mut changes = Changes::new(Some(name.clone()), source);
    let place = Place { subject: name, ..Place::new(&["method"]) }.with_item(named.function());
    changes.push(rule, &place, old, new);
    changes.into_found()
}
