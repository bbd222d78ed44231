//! Finds the level of each row of a flat table, as the examples show it.

use crate::page::read::shape::Shape;
use crate::page::read::{Finding, Row};

/// A path of names below the business node.
pub(super) type Path = Vec<String>;

/// A row and its place.
#[derive(Debug)]
pub(super) struct Placed<'a> {
    pub(super) row: &'a Row,
    /// Its path, with the spelling of the table.
    pub(super) path: Path,
    /// Its path in the examples, if they show it.
    pub(super) shown: Option<Path>,
}

/// Finds a place for every row. Duplicate rows are dropped.
pub(super) fn place<'a>(rows: &'a [Row], shape: &Shape, findings: &mut Vec<Finding>) -> Vec<Placed<'a>> {
    let places = shape.paths();
    let mut search = Search { places: &places, shape, used: Vec::new(), near: Path::new(), placed: Vec::new() };
    for row in rows {
        let Some(shown) = search.candidate(row, rows) else {
            search.placed.push(Placed { row, path: Path::new(), shown: None });
            continue;
        };
        if search.used.contains(&shown) {
            let message = format!("duplicate row `{}`; the examples show only one place for it", row.name);
            findings.push(Finding::new(row.line, message));
            continue;
        }
        let is_container = shape.at(&shown).is_some_and(|shape| !shape.children.is_empty());
        let parent = shown[..shown.len() - 1].to_vec();
        let path = [parent.clone(), vec![row.name.clone()]].concat();
        search.near = if is_container { shown.clone() } else { parent };
        search.used.push(shown.clone());
        search.placed.push(Placed { row, path, shown: Some(shown) });
    }
    place_between(search.placed, shape, findings)
}

struct Search<'a, 'p> {
    places: &'p [Path],
    shape: &'p Shape,
    used: Vec<Path>,
    /// The container of the previous row.
    near: Path,
    placed: Vec<Placed<'a>>,
}

impl Search<'_, '_> {
    /// The place of a row: preferably unused, and closest to the previous row.
    fn candidate(&self, row: &Row, rows: &[Row]) -> Option<Path> {
        let exact: Vec<_> = self.places.iter().filter(|path| path.last() == Some(&row.name)).collect();
        let candidates = if exact.is_empty() {
            let is_free = |name: &String| !rows.iter().any(|row| row.name == *name);
            let is_other_spelling = |name: &String| name.eq_ignore_ascii_case(&row.name) && is_free(name);
            let is_leaf = |path: &Path| self.shape.at(path).is_some_and(|shape| shape.children.is_empty());
            self.places.iter().filter(|path| path.last().is_some_and(is_other_spelling) && is_leaf(path)).collect()
        } else {
            exact
        };
        let distance = |path: &Path| {
            let parent = &path[..path.len() - 1];
            let common = parent.iter().zip(&self.near).take_while(|(left, right)| left == right).count();
            // A row is less likely to go deeper than the previous row than to stay at its level or leave it.
            (parent.len() - common, self.near.len() - common)
        };
        candidates.into_iter().min_by_key(|path| (self.used.contains(path), distance(path))).cloned()
    }
}

/// Places the rows that no example shows, at the deepest level that both neighbours share.
fn place_between<'a>(mut placed: Vec<Placed<'a>>, shape: &Shape, findings: &mut Vec<Finding>) -> Vec<Placed<'a>> {
    let mut before = Path::new();
    for index in 0..placed.len() {
        if let Some(shown) = &placed[index].shown {
            before = container(shown, shape);
            continue;
        }
        let row = placed[index].row;
        let after = placed[index + 1..].iter().find_map(|next| next.shown.as_ref());
        let after = after.map_or_else(Path::new, |shown| shown[..shown.len() - 1].to_vec());
        let common = before.iter().zip(&after).take_while(|(left, right)| left == right).count();
        let level = before[..common].to_vec();
        if before != after {
            let at = if level.is_empty() { "the top level".to_owned() } else { format!("`{}`", level.join(".")) };
            let message = format!("cannot tell the level of `{}`: no example shows it; placed it at {at}", row.name);
            findings.push(Finding::new(row.line, message));
        }
        placed[index].path = [level, vec![row.name.clone()]].concat();
    }
    let mut known: Vec<Path> = Vec::new();
    placed.retain(|placed| {
        let is_new = !known.contains(&placed.path);
        if is_new {
            known.push(placed.path.clone());
        } else {
            let message = format!("duplicate row `{}`; the examples do not distinguish the two", placed.row.name);
            findings.push(Finding::new(placed.row.line, message));
        }
        is_new
    });
    placed
}

/// The container of the rows after this one: the row itself if it is a container, else its parent.
fn container(shown: &Path, shape: &Shape) -> Path {
    let is_container = shape.at(shown).is_some_and(|shape| !shape.children.is_empty());
    if is_container { shown.clone() } else { shown[..shown.len() - 1].to_vec() }
}
