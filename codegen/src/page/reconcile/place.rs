//! Finds the level of each row of a flat table: where the examples or the spec show it, else where its neighbours are.

use super::nesting;
use crate::page::read::shape::Shape;
use crate::page::read::text::is_same;
use crate::page::read::{Finding, Row};

/// A path of names below the business node.
pub(super) type Path = Vec<String>;

/// A row and its place.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) row: &'a Row,
    /// Its path, with the spelling of the table.
    pub(super) path: Path,
    /// Its path in the examples and the spec, if they show it.
    pub(super) shown: Option<Path>,
    /// Whether it is taken for a container, because other rows seem to be inside it.
    pub(super) is_proposed: bool,
}

/// Finds a place for every row. Rows that repeat a place are dropped.
pub(super) fn place<'a>(rows: &'a [Row], shape: &Shape, findings: &mut Vec<Finding>) -> Vec<Placed<'a>> {
    let places = shape.paths();
    let mut search = Search { places: &places, shape, used: Vec::new(), near: Path::new() };
    let mut found = Vec::new();
    for row in rows {
        let candidate = search.candidate(row, rows);
        let path =
            candidate.as_ref().map(|found| [&found[..found.len() - 1], std::slice::from_ref(&row.name)].concat());
        let shown = candidate.filter(|found| !search.used.contains(found));
        if let Some(shown) = &shown {
            search.near = container(shown, shape);
            search.used.push(shown.clone());
        }
        found.push(Placed { row, path: path.unwrap_or_default(), shown, is_proposed: false });
    }
    place_between(&mut found, shape, findings);
    without_repetition(found, findings)
}

struct Search<'p> {
    places: &'p [Path],
    shape: &'p Shape,
    used: Vec<Path>,
    /// The container of the previous row.
    near: Path,
}

impl Search<'_> {
    /// The place of a row: preferably unused, and closest to the previous row.
    fn candidate(&self, row: &Row, rows: &[Row]) -> Option<Path> {
        let is_free = |name: &String| !rows.iter().any(|row| row.name == *name);
        let is_leaf = |path: &Path| self.shape.at(path).is_some_and(|shape| shape.children.is_empty());
        let of_name = |fits: &dyn Fn(&String) -> bool| {
            self.places.iter().filter(|path| path.last().is_some_and(fits)).collect::<Vec<_>>()
        };
        let mut candidates = of_name(&|name| *name == row.name);
        if candidates.is_empty() {
            candidates = of_name(&|name| name.eq_ignore_ascii_case(&row.name) && is_free(name));
            candidates.retain(|path| is_leaf(path));
        }
        if candidates.is_empty() {
            candidates = of_name(&|name| is_free(name));
            candidates.retain(|path| is_leaf(path) && self.is_renamed(path, row));
        }
        let distance = |path: &Path| {
            let parent = &path[..path.len() - 1];
            let common = parent.iter().zip(&self.near).take_while(|(left, right)| left == right).count();
            // A row is less likely to go deeper than the previous row than to stay at its level or leave it.
            (parent.len() - common, self.near.len() - common)
        };
        candidates.into_iter().min_by_key(|path| (self.used.contains(path), distance(path))).cloned()
    }

    /// Whether the spec has a field with the description of a row, which no example shows.
    fn is_renamed(&self, path: &Path, row: &Row) -> bool {
        let shape = self.shape.at(path).filter(|shape| !shape.is_shown());
        let known = shape.and_then(|shape| shape.known.as_ref()?.description.as_ref());
        known.zip(row.description.as_ref()).is_some_and(|(known, stated)| is_same(known, stated))
    }
}

/// Places the rows that nothing shows: inside a proposed container, else at the deepest level that both neighbours share.
fn place_between(placed: &mut [Placed<'_>], shape: &Shape, findings: &mut Vec<Finding>) {
    let mut before = Path::new();
    let mut is_after_proposal = false;
    let mut index = 0;
    while index < placed.len() {
        if let Some(shown) = &placed[index].shown {
            before = container(shown, shape);
            is_after_proposal = false;
        }
        // The place of a row can be that of an earlier one, which it repeats.
        if !placed[index].path.is_empty() {
            index += 1;
            continue;
        }
        let after = placed[index + 1..].iter().find_map(|next| next.shown.as_ref());
        let after = after.map_or_else(Path::new, |shown| shown[..shown.len() - 1].to_vec());
        let common = before.iter().zip(&after).take_while(|(left, right)| left == right).count();
        let level = before[..common].to_vec();
        let unshown = placed[index..].iter().take_while(|placed| placed.shown.is_none()).count();
        let used = nesting::propose(&mut placed[index..index + unshown], &level, findings);
        // A proposal has a finding of its own.
        if (before != after || is_after_proposal) && !placed[index].is_proposed {
            let name = &placed[index].row.name;
            let at = if level.is_empty() { "the top level".to_owned() } else { format!("`{}`", level.join(".")) };
            let message = format!("cannot tell the level of `{name}`: no example shows it; placed it at {at}");
            findings.push(Finding::new(placed[index].row.line, message));
        }
        is_after_proposal |= placed[index].is_proposed;
        index += used;
    }
}

/// The container of the rows after this one: the row itself if it is a container, else its parent.
fn container(shown: &Path, shape: &Shape) -> Path {
    let is_container = shape.at(shown).is_some_and(|shape| !shape.children.is_empty());
    if is_container { shown.clone() } else { shown[..shown.len() - 1].to_vec() }
}

fn without_repetition<'a>(placed: Vec<Placed<'a>>, findings: &mut Vec<Finding>) -> Vec<Placed<'a>> {
    let mut kept: Vec<Placed<'_>> = Vec::new();
    let mut reported: Vec<&Row> = Vec::new();
    for placed in placed {
        let row = placed.row;
        let is_again = kept.iter().any(|kept| kept.path == placed.path);
        if !is_again {
            kept.push(placed);
            continue;
        }
        let is_like = |other: &Row| {
            (&other.name, &other.sample, &other.description) == (&row.name, &row.sample, &row.description)
        };
        if !reported.iter().any(|other| is_like(other)) {
            let says = [("sample", &row.sample), ("description", &row.description)];
            let says = says.into_iter().filter_map(|(what, cell)| Some(format!("{what} `{}`", cell.as_ref()?)));
            let says = says.collect::<Vec<_>>().join(" and ");
            let says = if says.is_empty() { "neither sample nor description".to_owned() } else { says };
            let message = format!(
                "`{}` appears again, with {says}; nothing shows a second place for it, so the row is left out",
                row.name
            );
            findings.push(Finding::new(row.line, message));
            reported.push(row);
        }
    }
    kept
}
