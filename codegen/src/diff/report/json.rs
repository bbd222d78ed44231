//! Changes as JSON, for programs.

use serde_json::{Value, json};

use super::{Report, SEVERITIES};
use crate::diff::change::SpecChange;

/// Writes everything that is known about the changes.
#[must_use]
pub fn to_json(report: &Report) -> Value {
    let counts = SEVERITIES.map(|severity| (severity.to_string(), json!(report.with_severity(severity).count())));
    json!({
        "base": report.base,
        "step": report.step().map(|step| step.to_string()),
        "counts": counts.into_iter().collect::<serde_json::Map<_, _>>(),
        "changes": report.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &SpecChange) -> Value {
    let SpecChange { rule, method, file, position, subject, item, old, new, accepted } = change;
    json!({
        "rule": rule.id,
        "severity": rule.severity().to_string(),
        "wire": rule.wire.to_string(),
        "rust": rule.rust.to_string(),
        "behaviour": rule.behaviour.to_string(),
        "step": rule.step().to_string(),
        "method": method,
        "file": file,
        "line": position.line,
        "column": position.column,
        "subject": subject,
        "item": item,
        "old": old,
        "new": new,
        "accepted": accepted,
    })
}
