//! Nesting of rows that neither an example nor the spec shows.

use super::place::Placed;
use crate::page::read::{Finding, Row};

/// Deepest nesting that is proposed. The spec has five levels.
const DEPTH: usize = 8;

/// Places the first of these rows at a level, and the rows after it inside if it seems to be a container. Returns the
/// number of rows placed.
///
/// A row with neither sample nor description is a container of the rows up to the next such row. The next one is inside
/// if nothing is between them, else next to it.
pub(super) fn propose(rows: &mut [Placed<'_>], level: &[String], findings: &mut Vec<Finding>) -> usize {
    let Some((first, inside)) = rows.split_first_mut() else { return 0 };
    let path = [level, std::slice::from_ref(&first.row.name)].concat();
    first.path.clone_from(&path);
    if !may_contain(first.row) || inside.is_empty() || level.len() == DEPTH {
        return 1;
    }
    first.is_proposed = true;
    let mut used = 0;
    let mut names: Vec<String> = Vec::new();
    while let Some(next) = inside.get(used) {
        let name = &next.row.name;
        let is_next_to = may_contain(next.row) && used > 0 && used + 1 < inside.len();
        if is_next_to || names.contains(name) {
            break;
        }
        names.push(name.clone());
        used += propose(&mut inside[used..], &path, findings);
    }
    let message = format!(
        "`{}` seems to be a container, because its row has no value and others follow; proposed {} of `{}`, correct the \
         nesting if it is wrong",
        first.row.name,
        if is_plural(&first.row.name) { "a list" } else { "an object" },
        names.join("`, `")
    );
    findings.push(Finding::new(first.row.line, message));
    used + 1
}

fn may_contain(row: &Row) -> bool {
    row.is_bare() || row.sample.is_none() && matches!(row.kind.as_str(), "List" | "Array" | "Object")
}

/// Whether a name suggests several.
pub(super) fn is_plural(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    ["list", "array"].iter().any(|end| name.ends_with(end)) || name.ends_with('s') && !name.ends_with("ss")
}
