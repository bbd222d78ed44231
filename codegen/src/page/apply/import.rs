//! Imports a page as a method, and compares a page with the spec.

use std::path::PathBuf;

use super::change::{self, PageChange};
use super::since::Since;
use super::{decision, method};
use crate::files::SpecFile;
use crate::load::PLATFORM_FILE;
use crate::page::read::{Finding, Hints, Refusal, name, read};
use crate::page::reconcile::{Draft, draft};
use crate::spec::{Day, Method, MethodName, Spec};
use crate::yaml::to_canonical;
use crate::{Checks, Diagnostics, compile};

/// A page compared with the spec.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The method that the page documents.
    pub name: MethodName,
    /// What the page states.
    pub draft: Draft,
    /// Differences from the spec. Empty for a method that the spec does not have.
    pub changes: Vec<PageChange>,
    /// What people have to check.
    pub findings: Vec<Finding>,
    since: Since,
}

/// Reads a page and compares it with the spec.
///
/// # Errors
/// The reason why this is not the page of exactly one method.
pub fn compare(bytes: &[u8], hints: &Hints, spec: &Spec) -> Result<Reading, Refusal> {
    let page = read(bytes)?;
    let mut names = Vec::new();
    let name = name::decide(&page.names, hints, &mut names)?;
    let known = spec.methods.get(&name);
    let mut draft = draft(&page, known);
    let mut findings = std::mem::take(&mut draft.findings);
    findings.extend(names);
    findings.sort();
    let since = Since::of_method(known, &page, &draft);
    let updated = known.map(|known| method::update(known, &draft, &since));
    let mut changes = known.zip(updated).map(|(known, new)| change::changes(known, &new)).unwrap_or_default();
    let notes = since.notes(&page);
    findings.extend(known.into_iter().flat_map(|known| decision::stated_by(known, &notes, &page)));
    findings.sort();
    changes.extend(notes);
    changes.extend(change::common(&spec.platform.errors, &page.common_errors));
    Ok(Reading { name, draft, changes, findings, since })
}

/// A method imported from a page.
#[derive(Debug, Clone)]
pub struct Import {
    /// The page compared with the spec.
    pub reading: Reading,
    /// The method to write to the spec.
    pub method: Method,
    /// The method in the spec. `None` for a new method.
    pub before: Option<Method>,
}

/// Imports a page as a new method, or as an update of the method in the spec.
///
/// # Errors
/// The reason why this is not the page of exactly one method.
pub fn import(bytes: &[u8], hints: &Hints, spec: &Spec, day: Day) -> Result<Import, Refusal> {
    let mut reading = compare(bytes, hints, spec)?;
    let before = spec.methods.get(&reading.name).cloned();
    let known = before.clone().unwrap_or_else(|| Method::unknown(&reading.name));
    let mut method = Method { verified: Some(day), ..method::update(&known, &reading.draft, &reading.since) };
    decision::propose(&mut method, &known, &reading.draft, &spec.platform, &mut reading.findings);
    reading.findings.sort();
    Ok(Import { reading, method, before })
}

/// The problems of an imported method, checked together with the platform file.
#[must_use]
pub fn problems(method: &Method, files: &[SpecFile]) -> Diagnostics {
    problems_of(method.method.spec_path(), to_canonical(method), files)
}

/// The problems of a spec file, checked together with the platform file.
pub(super) fn problems_of(path: PathBuf, text: String, files: &[SpecFile]) -> Diagnostics {
    let display = format!("spec/{}", path.display());
    let mut files: Vec<_> = files.iter().filter(|file| file.path == *PLATFORM_FILE).cloned().collect();
    files.push(SpecFile { path, display, text });
    compile(&files, Checks::All).err().unwrap_or_default()
}

/// How a page compares with the spec.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// The spec does not have the method.
    Unknown,
    /// Page and spec agree on every documented fact.
    Agreed,
    /// The page has not changed since it was last verified, so the spec was edited.
    SpecChanged,
    /// The page has changed.
    PageChanged,
}

/// Compares a page with the method in the spec.
#[must_use]
pub fn status(reading: &Reading, method: Option<&Method>) -> Status {
    match method {
        None => Status::Unknown,
        Some(_) if reading.changes.is_empty() => Status::Agreed,
        Some(method) if method.fingerprint.is_some() && method.fingerprint == reading.since.record() => {
            Status::SpecChanged
        }
        Some(_) => Status::PageChanged,
    }
}
