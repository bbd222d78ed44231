//! The two questions to a page: what method it makes, and what changed since.

use super::change::{self, Change, ChangeKind};
use super::draft::{Draft, draft};
use super::finding::{Finding, Refusal};
use super::fingerprint::fingerprint;
use super::method;
use super::name::{self, Hints};
use super::read::read;
use crate::files::SpecFile;
use crate::load::PLATFORM_FILE;
use crate::spec::{Day, Method, MethodName, Spec};
use crate::yaml::to_canonical;
use crate::{Checks, Diagnostics, compile};

/// A page beside the spec.
#[derive(Debug, Clone)]
pub struct Reading {
    /// Method that the page is about.
    pub name: MethodName,
    /// What the page states.
    pub draft: Draft,
    /// What differs from the spec; nothing for a method that the spec does not have.
    pub changes: Vec<Change>,
    /// What the page leaves open.
    pub findings: Vec<Finding>,
}

/// Reads a page and compares it with the spec.
///
/// # Errors
/// One line that says why this is not the page of one method.
pub fn compare(bytes: &[u8], hints: &Hints, spec: &Spec) -> Result<Reading, Refusal> {
    let page = read(bytes)?;
    let mut draft = draft(&page);
    let mut findings = std::mem::take(&mut draft.findings);
    let name = name::decide(&page.names, hints, &mut findings)?;
    let mut changes = spec.methods.get(&name).map(|method| change::changes(method, &draft)).unwrap_or_default();
    changes.extend(change::common(&spec.platform.errors, &page.common_errors));
    findings.sort();
    Ok(Reading { name, draft, changes, findings })
}

/// What importing a page makes of a method.
#[derive(Debug, Clone)]
pub struct Import {
    /// The page beside the spec.
    pub reading: Reading,
    /// The method as it would be written.
    pub method: Method,
    /// What the spec has of it; nothing for a new method.
    pub before: Option<Method>,
}

impl Import {
    /// Whether the page states less than the spec has already.
    #[must_use]
    pub fn is_less(&self) -> bool {
        let Reading { changes, draft, .. } = &self.reading;
        let cut = |change: &Change| draft.ends_in_errors && change.kind == ChangeKind::Errors && change.spec.is_some();
        changes.iter().any(|change| change.is_loss() || cut(change))
    }
}

/// Makes a method of a page, over what the spec has of it.
///
/// # Errors
/// One line that says why this is not the page of one method.
pub fn import(bytes: &[u8], hints: &Hints, spec: &Spec, day: Day) -> Result<Import, Refusal> {
    let mut reading = compare(bytes, hints, spec)?;
    let before = spec.methods.get(&reading.name).cloned();
    let method = match &before {
        Some(before) => method::update(before, &reading.draft, day),
        None => method::first(&reading.draft, &reading.name, day, &mut reading.findings),
    };
    reading.findings.sort();
    Ok(Import { reading, method, before })
}

/// What is wrong with a method as it would be written, beside what all methods share.
#[must_use]
pub fn problems(method: &Method, files: &[SpecFile]) -> Diagnostics {
    let path = method.method.spec_path();
    let display = format!("spec/{}", path.display());
    let mut files: Vec<_> = files.iter().filter(|file| file.path == *PLATFORM_FILE).cloned().collect();
    files.push(SpecFile { path, display, text: to_canonical(method) });
    compile(&files, Checks::All).err().unwrap_or_default()
}

/// How a page and the spec stand to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// The spec does not have the method.
    Unknown,
    /// They agree on every documented fact.
    Agreed,
    /// The page says the same as when it was last verified: the spec was edited since.
    SpecChanged,
    /// The page says something else than before.
    PageChanged,
}

/// Says how a page stands to the method that the spec has.
#[must_use]
pub fn standing(reading: &Reading, method: Option<&Method>) -> Standing {
    match method {
        None => Standing::Unknown,
        Some(_) if reading.changes.is_empty() => Standing::Agreed,
        Some(method) if method.fingerprint.as_ref() == Some(&fingerprint(&reading.draft)) => Standing::SpecChanged,
        Some(_) => Standing::PageChanged,
    }
}
