//! Reports of changes as text, Markdown or JSON.

use serde_json::{Value, json as object};

use super::change::PageChange;
use super::import::{Reading, Status, status};
use crate::page::read::Finding;
use crate::spec::{Day, Method, Topic, TopicName};

/// The report on one page.
#[derive(Debug, Clone)]
pub struct Report {
    page: String,
    name: String,
    status: Status,
    verified: Option<Day>,
    changes: Vec<PageChange>,
    findings: Vec<Finding>,
}

impl Report {
    /// Creates the report. `page` is the file name for messages.
    #[must_use]
    pub fn new(page: &str, reading: &Reading, method: Option<&Method>) -> Self {
        let status = status(reading, method);
        // When page and spec agree, people have already settled the findings.
        let is_decided = status == Status::Agreed;
        Self {
            page: page.to_owned(),
            name: reading.name.to_string(),
            status,
            verified: method.and_then(|method| method.verified),
            changes: reading.changes.clone(),
            findings: if is_decided { Vec::new() } else { reading.findings.clone() },
        }
    }

    /// Creates the report on the page of a topic.
    pub(super) fn of_topic(
        page: &str,
        name: &TopicName,
        known: Option<&Topic>,
        changes: Vec<PageChange>,
        findings: Vec<Finding>,
    ) -> Self {
        let status = match known {
            None => Status::Unknown,
            Some(_) if changes.is_empty() => Status::Agreed,
            Some(_) => Status::PageChanged,
        };
        let findings = if status == Status::Agreed { Vec::new() } else { findings };
        let verified = known.and_then(|topic| topic.verified);
        Self { page: page.to_owned(), name: name.to_string(), status, verified, changes, findings }
    }

    /// Whether page and spec differ.
    #[must_use]
    pub fn is_drift(&self) -> bool {
        self.status != Status::Agreed
    }

    fn summary(&self) -> String {
        let count = self.changes.len();
        let changes = if count == 1 { "1 change".to_owned() } else { format!("{count} changes") };
        let since = self.verified.map_or_else(|| "never verified".to_owned(), |day| format!("verified {day}"));
        match self.status {
            Status::Unknown => "not in the spec yet".to_owned(),
            Status::Agreed => format!("no drift ({since})"),
            Status::SpecChanged => format!("{changes}: the spec was edited, the page has not changed ({since})"),
            Status::PageChanged => format!("{changes} in the documentation ({since})"),
        }
    }
}

/// For a terminal.
#[must_use]
pub fn text(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        out.push_str(&format!("{}: {}\n", report.name, report.summary()));
        for change in &report.changes {
            out.push_str(&format!("  {:<8} {}: {}\n", change.kind.as_str(), change.path, what(change)));
        }
        for finding in &report.findings {
            out.push_str(&format!("  {}:{finding}\n", report.page));
        }
    }
    out
}

/// For an issue or a pull request.
#[must_use]
pub fn markdown(reports: &[Report]) -> String {
    let mut out = String::new();
    for report in reports {
        out.push_str(&format!("### `{}`\n\n{}\n", report.name, report.summary()));
        if !report.changes.is_empty() {
            out.push_str("\n| change | where | spec | page |\n|---|---|---|---|\n");
        }
        for PageChange { kind, path, spec, page } in &report.changes {
            let [spec, page] = [spec, page].map(|side| side.as_deref().map_or_else(String::new, cell));
            out.push_str(&format!("| {} | `{path}` | {spec} | {page} |\n", kind.as_str()));
        }
        if !report.findings.is_empty() {
            out.push('\n');
        }
        for finding in &report.findings {
            out.push_str(&format!("- line {}: {}\n", finding.line, finding.message));
        }
        out.push('\n');
    }
    out
}

/// For a program.
#[must_use]
pub fn json(reports: &[Report]) -> Value {
    let report = |report: &Report| {
        let findings = report.findings.iter();
        object!({
            "method": report.name,
            "page": report.page,
            "drift": report.is_drift(),
            "summary": report.summary(),
            "verified": report.verified,
            "changes": report.changes,
            "findings": findings.map(|f| object!({ "line": f.line, "message": f.message })).collect::<Vec<_>>(),
        })
    };
    object!({ "reports": reports.iter().map(report).collect::<Vec<_>>() })
}

fn what(change: &PageChange) -> String {
    match (&change.spec, &change.page) {
        (Some(spec), Some(page)) => format!("{spec} → {page}"),
        (None, Some(page)) => page.clone(),
        (Some(spec), None) => format!("removed: {spec}"),
        (None, None) => String::new(),
    }
}

/// Escapes a text for a table cell.
fn cell(text: &str) -> String {
    text.replace('|', "\\|").replace('\n', " ")
}
