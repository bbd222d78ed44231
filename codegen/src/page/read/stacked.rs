//! Tables with one cell on each line, joined into rows.

use super::column::{self, Column};
use super::line::Line;
use super::row;

/// Joins the lines of such tables into rows. Other lines stay as they are.
pub(super) fn join(lines: &[Line]) -> Vec<Line> {
    let mut joined = Vec::new();
    let mut rest = lines;
    while let Some((line, after)) = rest.split_first() {
        let Some((columns, used)) = head(rest) else {
            joined.push(line.clone());
            rest = after;
            continue;
        };
        let names: Vec<_> = rest[..used].iter().filter(|line| !line.text.trim().is_empty()).collect();
        joined.push(row_of(&names));
        rest = &rest[used..];
        let end = (0..rest.len()).find(|at| ends_table(&rest[*at..])).unwrap_or(rest.len());
        rows(&rest[..end], &columns, &mut joined);
        rest = &rest[end..];
    }
    joined
}

/// The columns of a head with one name on each line, and the number of its lines.
fn head(lines: &[Line]) -> Option<(Vec<Column>, usize)> {
    let mut names = String::new();
    let mut used = 0;
    for (index, line) in lines.iter().enumerate() {
        let name = line.compact();
        match column::is_name(&name) {
            true if line.cells.is_empty() => used = index + 1,
            _ if name.is_empty() && index > 0 => {}
            _ => break,
        }
        names += &name;
    }
    Some((column::columns(&names)?, used))
}

fn ends_table(lines: &[Line]) -> bool {
    let compact = lines[0].compact();
    column::heading(&compact).is_some()
        || column::is_tool(&compact)
        || compact.starts_with(['{', '<'])
        || column::columns(&compact).is_some()
        || head(lines).is_some()
}

fn rows(lines: &[Line], columns: &[Column], joined: &mut Vec<Line>) {
    let begins: Vec<usize> = (0..lines.len()).filter(|at| begins_row(&lines[*at..], columns)).collect();
    joined.extend(lines[..begins.first().copied().unwrap_or(lines.len())].iter().cloned());
    for (index, begin) in begins.iter().enumerate() {
        let lines = &lines[*begin..begins.get(index + 1).copied().unwrap_or(lines.len())];
        // Empty lines are empty cells, unless they separate name and type too.
        let is_spread = lines.get(1).is_some_and(|line| line.text.trim().is_empty());
        let cells = lines.iter().filter(|line| !is_spread || !line.text.trim().is_empty());
        let (cells, rest): (Vec<_>, Vec<_>) = cells.enumerate().partition(|(index, _)| *index < columns.len());
        let [cells, rest] = [cells, rest].map(|lines| lines.into_iter().map(|(_, line)| line).collect::<Vec<_>>());
        let mut row = row_of(&cells);
        with_empty_cells(&mut row.cells, columns);
        joined.push(row);
        joined.extend(rest.into_iter().cloned());
    }
}

fn begins_row(lines: &[Line], columns: &[Column]) -> bool {
    let word = lines[0].text.trim();
    if !lines[0].cells.is_empty()
        || !word.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        || !word.is_ascii()
    {
        return false;
    }
    if columns[0] == Column::Code {
        return word.contains('.') && !word.contains("//");
    }
    let next = lines[1..].iter().map(|line| line.text.trim()).find(|text| !text.is_empty());
    !word.contains(' ') && next.is_some_and(row::is_type)
}

/// Restores empty cells that the layout omits: a row without a sample continues with Chinese text.
fn with_empty_cells(cells: &mut Vec<String>, columns: &[Column]) {
    for (index, column) in columns.iter().enumerate().take_while(|(_, column)| !matches!(column, Column::Description)) {
        let is_omitted = match (column, cells.get(index)) {
            (Column::Required, Some(cell)) => !matches!(cell.as_str(), "Y" | "N" | "是" | "否"),
            (Column::Sample, Some(cell)) => cells.len() == index + 1 && !cell.is_ascii(),
            _ => false,
        };
        if is_omitted {
            cells.insert(index, String::new());
        }
    }
}

fn row_of(lines: &[&Line]) -> Line {
    let cells: Vec<String> = lines.iter().map(|line| line.text.trim().to_owned()).collect();
    Line { number: lines[0].number, text: cells.join(" "), cells }
}
