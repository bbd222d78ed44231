//! Changes as workflow commands of GitHub, which shows each at its line.

use super::{RESPECTS, Report};
use crate::diff::change::Change;
use crate::diff::class::{Class, Severity};

/// A warning for each breaking change, a notice for each compatible one.
#[must_use]
pub fn to_annotations(report: &Report) -> String {
    let breaking = report.of(Severity::Breaking).map(|change| command("warning", change));
    let compatible = report.of(Severity::Compatible).map(|change| command("notice", change));
    breaking.chain(compatible).collect()
}

fn command(level: &str, change: &Change) -> String {
    let Change { rule, file, position, subject, item, .. } = change;
    let classes = RESPECTS.iter().map(|(name, class)| (name, class(rule)));
    let classes: Vec<String> = classes
        .filter(|(_, class)| *class != Class::Unchanged)
        .map(|(name, class)| format!("{name}: {class}"))
        .collect();
    let item = item.as_ref().filter(|_| rule.rust != Class::Unchanged);
    let item = item.map(|item| format!("; {item}")).unwrap_or_default();
    let values = match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!(" was {old}, is {new}"),
        _ => String::new(),
    };
    let message = escape(&format!("{subject}{values} ({}){item}", classes.join(", ")));
    // A property ends at a comma or a colon.
    let file = escape(file).replace(':', "%3A").replace(',', "%2C");
    format!("::{level} file={file},line={},col={},title={}::{message}\n", position.line, position.column, rule.id)
}

/// A line of a spec file must not become a command of its own.
fn escape(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}
