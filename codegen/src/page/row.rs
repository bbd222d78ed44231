//! Rows of tables. Where the layout runs cells together, the values of the examples tell them apart.

use std::collections::BTreeMap;

use super::column::Column;
use super::finding::Finding;
use super::line::Line;
use super::text::{is_chinese, is_datetime};

/// A row of a parameter table.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Row {
    /// Line of the page.
    pub line: usize,
    /// Wire name.
    pub name: String,
    /// The type as the page words it.
    pub kind: String,
    /// Whether the page calls it required.
    pub required: bool,
    /// Sample; none where the page prints `null`.
    pub sample: Option<String>,
    /// Description, with its legend.
    pub description: Option<String>,
}

/// Every value that the examples show for a name, at any level.
pub(super) type Samples = BTreeMap<String, Vec<String>>;

/// Types in the words of the pages.
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

/// Whether a line can be a name and a type, run together or with a blank between.
pub(super) fn has_type(text: &str) -> bool {
    !splits(text).is_empty()
}

/// Reads a row of a parameter table.
///
/// # Errors
/// Why it can not be read.
pub(super) fn read(
    line: &Line,
    columns: &[Column],
    samples: &Samples,
    findings: &mut Vec<Finding>,
) -> Result<Row, Finding> {
    let number = line.number;
    let mut row = if line.cells.is_empty() {
        run_together(line, columns, samples, findings)?
    } else {
        from_cells(&line.cells, columns, number)
    };
    row.line = number;
    row.sample = row.sample.filter(|sample| !sample.is_empty() && sample != "null");
    row.description = row.description.filter(|description| !description.is_empty() && description != "null");
    Ok(row)
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

/// A way to read the beginning of a row.
struct Split<'a> {
    name: &'a str,
    kind: &'static str,
    rest: &'a str,
}

fn splits(text: &str) -> Vec<Split<'_>> {
    let text = text.trim();
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))).unwrap_or(text.len());
    let after_word = text[end..].trim_start();
    let mut found = Vec::new();
    for kind in TYPES {
        if let Some(rest) = after_word.strip_prefix(kind).filter(|_| after_word.len() < text[end..].len()) {
            found.push(Split { name: &text[..end], kind, rest });
        }
        for (at, _) in text[..end].match_indices(kind).filter(|(at, _)| *at > 0) {
            found.push(Split { name: &text[..at], kind, rest: &text[at + kind.len()..] });
        }
    }
    found
}

fn run_together(
    line: &Line,
    columns: &[Column],
    samples: &Samples,
    findings: &mut Vec<Finding>,
) -> Result<Row, Finding> {
    let has_flag = columns.contains(&Column::Required);
    let fits = |split: &&Split| !has_flag || split.rest.trim_start().starts_with(['Y', 'N']);
    let all = splits(&line.text);
    // The name in an example decides; else the earliest `String`, which nearly every type is.
    let split = all
        .iter()
        .filter(fits)
        .min_by_key(|split| (!samples.contains_key(split.name), split.kind != "String", split.name.len()))
        .ok_or_else(|| Finding::new(line.number, "the row is cut off or not a parameter; it is left out"))?;
    let rest = split.rest.trim_start();
    let (required, rest) = if has_flag { (rest.starts_with('Y'), &rest[1..]) } else { (false, rest) };
    let known = samples.get(split.name).map_or(&[][..], Vec::as_slice);
    let (sample, description) = if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        with_blanks(rest.trim(), known)
    } else {
        Parted::of(rest.trim(), known)
    }
    .told(line.number, split.name, findings);
    Ok(Row {
        line: line.number,
        name: split.name.to_owned(),
        kind: split.kind.to_owned(),
        required,
        sample,
        description,
    })
}

/// Where a sample ends and a description begins.
enum Parted<'a> {
    Certain(&'a str, &'a str),
    Guess(&'a str, &'a str),
}

impl<'a> Parted<'a> {
    /// Splits what has nothing between sample and description.
    fn of(rest: &'a str, known: &[String]) -> Self {
        if let Some(description) = rest.strip_prefix("null") {
            return Self::Certain("", description);
        }
        if let Some(at) = rest.char_indices().nth(19).map_or(Some(rest.len()), |(at, _)| Some(at))
            && is_datetime(&rest[..at])
        {
            return Self::Certain(&rest[..at], &rest[at..]);
        }
        let shown = known
            .iter()
            .filter(|value| !value.is_empty() && rest.starts_with(value.as_str()))
            .max_by_key(|value| value.len())
            .map(|value| rest.split_at(value.len()))
            .filter(|(value, description)| begins_description(value, description));
        if let Some((sample, description)) = shown {
            return Self::Certain(sample, description);
        }
        let ascii = rest.find(is_chinese).unwrap_or(rest.len());
        let (sample, description) = rest.split_at(ascii);
        if sample.is_empty() {
            return Self::without_sample(rest, known);
        }
        let is_plain = sample.len() > 3 && sample.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '*'));
        if is_plain { Self::Certain(sample, description) } else { Self::Guess(sample, description) }
    }

    /// Where a sample in Chinese is possible, only an example could show it.
    fn without_sample(rest: &'a str, known: &[String]) -> Self {
        let is_plain = !known.is_empty() && known.iter().all(|value| !value.contains(is_chinese));
        if is_plain { Self::Certain("", rest) } else { Self::Guess("", rest) }
    }

    fn told(self, line: usize, name: &str, findings: &mut Vec<Finding>) -> (Option<String>, Option<String>) {
        let (sample, description) = match self {
            Self::Certain(sample, description) => (sample, description),
            Self::Guess(sample, description) => {
                let message = format!(
                    "undecided where the sample of `{name}` ends: no example shows it; read as sample `{}` and \
                     description `{}`",
                    sample.trim(),
                    description.trim()
                );
                findings.push(Finding::new(line, message));
                (sample, description)
            }
        };
        (Some(sample.trim().to_owned()), Some(description.trim().to_owned()))
    }
}

/// Splits what has single blanks between the cells, and maybe inside them.
fn with_blanks<'a>(rest: &'a str, known: &[String]) -> Parted<'a> {
    let shown = known
        .iter()
        .filter_map(|value| rest.strip_prefix(value.as_str()).filter(|_| !value.is_empty()))
        .filter(|description| description.is_empty() || description.starts_with(' '))
        .min_by_key(|description| description.len());
    if let Some(description) = shown {
        return Parted::Certain(&rest[..rest.len() - description.len()], description);
    }
    if let Some((at, _)) = rest.char_indices().nth(19)
        && is_datetime(&rest[..at])
    {
        return Parted::Certain(&rest[..at], &rest[at..]);
    }
    match rest.split_once(' ') {
        Some((first, description)) if !first.contains(is_chinese) => {
            let goes_on = description.split(' ').next().is_some_and(|word| !word.contains(is_chinese));
            if goes_on && first != "null" {
                Parted::Guess(first, description)
            } else {
                Parted::Certain(first, description)
            }
        }
        Some(_) => Parted::without_sample(rest, known),
        None if rest.contains(is_chinese) => Parted::Certain("", rest),
        None => Parted::Certain(rest, ""),
    }
}

/// Whether a description can begin here: not in the middle of a word or number, unless with an
/// enumeration such as `1.…`.
fn begins_description(sample: &str, rest: &str) -> bool {
    let is_word = |c: char| c.is_ascii_alphanumeric();
    if !(sample.ends_with(is_word) && rest.starts_with(is_word)) {
        return true;
    }
    let after = rest.trim_start_matches(is_word);
    after.starts_with(['.', '、', ':', '：', '-', '=']) && after.chars().nth(1).is_some_and(is_chinese)
        || after.starts_with("表示")
        || sample.chars().all(|c| c.is_ascii_digit() || c == '.') && rest.starts_with(|c: char| c.is_ascii_alphabetic())
}
