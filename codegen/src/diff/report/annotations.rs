//! Changes as GitHub workflow commands, which GitHub shows at the lines of the files.

use super::{RESPECTS, Report};
use crate::diff::change::SpecChange;
use crate::diff::class::{Class, Severity};

/// Writes a warning for each breaking change, a notice for each compatible one.
#[must_use]
pub fn to_annotations(report: &Report) -> String {
    let breaking = report.with_severity(Severity::Breaking).map(|change| command("warning", change));
    let compatible = report.with_severity(Severity::Compatible).map(|change| command("notice", change));
    breaking.chain(compatible).collect()
}

fn command(level: &str, change: &SpecChange) -> String {
    let SpecChange { rule, file, position, subject, item, .. } = change;
    let classes = RESPECTS.iter().map(|(name, class)| (name, class(rule)));
    let classes: Vec<String> = classes
        .filter(|(_, class)| *class != Class::Unchanged)
        .map(|(name, class)| format!("{name}: {class}"))
        .collect();
    let item = item.as_ref().filter(|_| rule.rust != Class::Unchanged);
    let item = item.map(|item| format!("; {item}")).unwrap_or_default();
    let values = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(" was {old}, now {new}"),
        _ => String::new(),
    };
    let message = escape(&format!("{subject}{values} ({}){item}", classes.join(", ")));
    // A property ends at a comma or a colon.
    let file = escape(file).replace(':', "%3A").replace(',', "%2C");
    format!("::{level} file={file},line={},col={},title={}::{message}\n", position.line, position.column, rule.id)
}

/// Escapes a text, so that a line break in a spec file cannot start another command.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
