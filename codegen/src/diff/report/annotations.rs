//! Changes as GitHub workflow commands, which GitHub shows at the lines of the files.

use super::{Report, effects, values};
use crate::diff::change::SpecChange;
use crate::diff::class::{Class, Severity};

/// Writes a warning for each breaking change, a notice for each accepted or compatible one.
#[must_use]
pub fn to_annotations(report: &Report) -> String {
    let breaking = report.with_severity(Severity::Breaking);
    breaking.chain(report.with_severity(Severity::Compatible)).map(command).collect()
}

fn command(change: &SpecChange) -> String {
    let SpecChange { rule, file, position, subject, item, accepted, .. } = change;
    let level = if rule.severity() == Severity::Breaking && accepted.is_none() { "warning" } else { "notice" };
    let accepted = accepted.as_ref().map(|reason| format!("; accepted: {reason}")).unwrap_or_default();
    let item = item.as_ref().filter(|_| rule.rust != Class::Unchanged);
    let item = item.map(|item| format!("; {item}")).unwrap_or_default();
    let message = escape(&format!("{subject} {} ({}){item}{accepted}", values(change), effects(change)));
    // A property ends at a comma or a colon.
    let file = escape(file).replace(':', "%3A").replace(',', "%2C");
    format!("::{level} file={file},line={},col={},title={}::{message}\n", position.line, position.column, rule.id)
}

/// Escapes a text, so that a line break in a spec file cannot start another command.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
