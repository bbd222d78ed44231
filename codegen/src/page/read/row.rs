//! Rows of parameter tables, with or without cells.

use std::collections::BTreeMap;

use super::column::Column;
use super::finding::Finding;
use super::line::Line;
use super::split;

/// A row of a parameter table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Line of the page.
    pub line: usize,
    /// Wire name.
    pub name: String,
    /// The type, verbatim.
    pub kind: String,
    /// Whether the page calls it required.
    pub required: bool,
    /// Sample. `None` if the page prints `null`.
    pub sample: Option<String>,
    /// Description, including any legend.
    pub description: Option<String>,
    /// Whether the page ends in the row, so that cells may be missing.
    pub is_cut: bool,
}

impl Row {
    /// Whether the row has nothing but a name, a type and a flag.
    pub(in crate::page) fn is_bare(&self) -> bool {
        self.sample.is_none() && self.description.is_none()
    }

    /// Drops empty cells and those that print `null`.
    fn without_null(self) -> Self {
        let shown = |cell: Option<String>| cell.filter(|cell| !cell.is_empty() && cell != "null");
        Self { sample: shown(self.sample), description: shown(self.description), ..self }
    }
}

/// The values that the examples show for each name, at any level.
pub(super) type Samples = BTreeMap<String, Vec<String>>;

/// Types as the pages call them.
const TYPES: &[&str] = &[
    "String",
    "Integer",
    "BigDecimal",
    "Boolean",
    "DateTime",
    "Datetime",
    "Double",
    "Number",
    "Object",
    "Array",
    "Float",
    "Long",
    "List",
    "Date",
    "int",
];

/// Whether a word is a type.
pub(super) fn is_type(word: &str) -> bool {
    TYPES.contains(&word)
}

/// Whether a line can be a name and a type, run together or separated by a space.
pub(super) fn has_type(text: &str) -> bool {
    !starts(text).is_empty()
}

/// Reads a row of a parameter table.
///
/// # Errors
/// Why the row is ignored.
pub(super) fn read(
    line: &Line,
    columns: &[Column],
    samples: &Samples,
    findings: &mut Vec<Finding>,
) -> Result<Row, Finding> {
    let row = if line.cells.is_empty() {
        without_cells(line, columns, samples, findings)?
    } else {
        from_cells(&line.cells, columns, line.number)
    };
    Ok(row.without_null())
}

fn from_cells(cells: &[String], columns: &[Column], number: usize) -> Row {
    let mut row = Row { line: number, ..Row::default() };
    for (index, cell) in cells.iter().enumerate() {
        let text = cell.clone();
        match columns.get(index) {
            Some(Column::Name) => row.name = text,
            Some(Column::Kind) => row.kind = text,
            Some(Column::Required) => row.required = is_required(&text),
            Some(Column::Sample) => row.sample = Some(text),
            Some(Column::Description) => row.description = Some(text),
            _ => {}
        }
    }
    row
}

fn is_required(cell: &str) -> bool {
    matches!(cell, "Y" | "y" | "是" | "必填" | "必须" | "true")
}

/// A possible reading of the start of a row.
struct Start<'a> {
    name: &'a str,
    kind: &'static str,
    rest: &'a str,
    /// Whether a space separates name and type.
    is_spaced: bool,
}

fn starts(text: &str) -> Vec<Start<'_>> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
    let after_word = text[end..].trim_start();
    let mut found = Vec::new();
    for kind in TYPES {
        if let Some(rest) = after_word.strip_prefix(kind).filter(|_| after_word.len() < text[end..].len()) {
            found.push(Start { name: &text[..end], kind, rest, is_spaced: true });
        }
        for (at, _) in text[..end].match_indices(kind).filter(|(at, _)| *at > 0) {
            found.push(Start { name: &text[..at], kind, rest: &text[at + kind.len()..], is_spaced: false });
        }
    }
    found
}

/// The most likely start of a row: with a name from an example, else the first `String`, the type of nearly every row.
fn start<'a>(line: &'a Line, columns: &[Column], samples: &Samples) -> Result<(Start<'a>, bool), Finding> {
    let has_flag = columns.contains(&Column::Required);
    let start = starts(&line.text)
        .into_iter()
        .filter(|start| !has_flag || start.rest.trim_start().starts_with(['Y', 'N']))
        .min_by_key(|start| (!samples.contains_key(start.name), start.kind != "String", start.name.len()))
        .ok_or_else(|| Finding::new(line.number, "ignored a row that is cut off or not a parameter"))?;
    let flag = start.rest.trim_start();
    let is_required = has_flag && flag.starts_with('Y');
    let rest = if has_flag { &flag[1..] } else { start.rest };
    Ok((Start { rest, ..start }, is_required))
}

fn without_cells(
    line: &Line,
    columns: &[Column],
    samples: &Samples,
    findings: &mut Vec<Finding>,
) -> Result<Row, Finding> {
    let (Start { name, kind, rest, is_spaced }, required) = start(line, columns, samples)?;
    let known = samples.get(name).map_or(&[][..], Vec::as_slice);
    // Two single spaces in a row enclose an empty cell.
    let before = line.text.trim().strip_suffix(rest).unwrap_or_default();
    let is_empty = is_spaced && rest.starts_with("  ") && !before.contains("  ");
    let rest = rest.trim();
    let split = match (is_spaced, is_empty) {
        (_, true) => split::Split::certain(("", rest)),
        (true, false) => split::spaced(rest, known),
        (false, false) => split::run_together(rest, known),
    };
    let [sample, description] = [split.sample, split.description].map(str::trim);
    if !split.is_certain {
        let reason = known.first().map_or_else(
            || "no example shows it".to_owned(),
            |value| format!("the examples show `{value}`, which does not settle it"),
        );
        let message = format!(
            "cannot tell where the sample of `{name}` ends: {reason}; read as sample `{sample}` and description \
             `{description}`"
        );
        findings.push(Finding::new(line.number, message));
    }
    Ok(Row {
        line: line.number,
        name: name.to_owned(),
        kind: kind.to_owned(),
        required,
        sample: Some(sample.to_owned()),
        description: Some(description.to_owned()),
        is_cut: false,
    })
}

/// Reads a row in which the page ends: its last cell may be cut off, and is left out.
///
/// # Errors
/// Why the row is ignored.
pub(super) fn read_cut(
    line: &Line,
    columns: &[Column],
    samples: &Samples,
    findings: &mut Vec<Finding>,
) -> Result<Row, Finding> {
    let cut = || Finding::new(line.number, "ignored a row that is cut off");
    let row = if line.cells.is_empty() {
        let (Start { name, kind, .. }, required) = start(line, columns, samples).map_err(|_| cut())?;
        Row { line: line.number, name: name.to_owned(), kind: kind.to_owned(), required, ..Row::default() }
    } else {
        let whole = &line.cells[..line.cells.len() - 1];
        let needed = columns.iter().take_while(|column| !matches!(column, Column::Sample)).count();
        if whole.len() < needed {
            return Err(cut());
        }
        from_cells(whole, columns, line.number)
    };
    let message = format!("the page ends in the row of `{}`, which may be cut off; left out its last cells", row.name);
    findings.push(Finding::new(line.number, message));
    Ok(Row { is_cut: true, ..row.without_null() })
}
