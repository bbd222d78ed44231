//! Rows of parameter tables. If the layout runs cells together, the values in the examples show where to split.

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
    /// The type, verbatim.
    pub kind: String,
    /// Whether the page calls it required.
    pub required: bool,
    /// Sample. `None` if the page prints `null`.
    pub sample: Option<String>,
    /// Description, including any legend.
    pub description: Option<String>,
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

/// Whether a line can be a name and a type, run together or separated by a space.
pub(super) fn has_type(text: &str) -> bool {
    !splits(text).is_empty()
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

/// A possible reading of the start of a row.
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
    // A name from an example wins; else the first `String`, the type of nearly every row.
    let split = all
        .iter()
        .filter(fits)
        .min_by_key(|split| (!samples.contains_key(split.name), split.kind != "String", split.name.len()))
        .ok_or_else(|| Finding::new(line.number, "ignored a row that is cut off or not a parameter"))?;
    let rest = split.rest.trim_start();
    let (required, rest) = if has_flag { (rest.starts_with('Y'), &rest[1..]) } else { (false, rest) };
    let known = samples.get(split.name).map_or(&[][..], Vec::as_slice);
    let (sample, description) = if rest.is_empty() || rest.starts_with(char::is_whitespace) {
        split_at_spaces(rest.trim(), known)
    } else {
        SampleSplit::run_together(rest.trim(), known)
    }
    .report_guess(line.number, split.name, findings);
    Ok(Row {
        line: line.number,
        name: split.name.to_owned(),
        kind: split.kind.to_owned(),
        required,
        sample,
        description,
    })
}

/// A sample and a description, and whether the split is certain.
enum SampleSplit<'a> {
    Certain(&'a str, &'a str),
    Guess(&'a str, &'a str),
}

impl<'a> SampleSplit<'a> {
    /// Splits a sample and a description with nothing between them.
    fn run_together(rest: &'a str, known: &[String]) -> Self {
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

    /// A Chinese sample cannot be ruled out, unless the examples show plain values.
    fn without_sample(rest: &'a str, known: &[String]) -> Self {
        let is_plain = !known.is_empty() && known.iter().all(|value| !value.contains(is_chinese));
        if is_plain { Self::Certain("", rest) } else { Self::Guess("", rest) }
    }

    fn report_guess(self, line: usize, name: &str, findings: &mut Vec<Finding>) -> (Option<String>, Option<String>) {
        let (sample, description) = match self {
            Self::Certain(sample, description) => (sample, description),
            Self::Guess(sample, description) => {
                let message = format!(
                    "cannot tell where the sample of `{name}` ends: no example shows it; read as sample `{}` and \
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

/// Splits cells separated by single spaces. The cells may contain spaces too.
fn split_at_spaces<'a>(rest: &'a str, known: &[String]) -> SampleSplit<'a> {
    let shown = known
        .iter()
        .filter_map(|value| rest.strip_prefix(value.as_str()).filter(|_| !value.is_empty()))
        .filter(|description| description.is_empty() || description.starts_with(' '))
        .min_by_key(|description| description.len());
    if let Some(description) = shown {
        return SampleSplit::Certain(&rest[..rest.len() - description.len()], description);
    }
    if let Some((at, _)) = rest.char_indices().nth(19)
        && is_datetime(&rest[..at])
    {
        return SampleSplit::Certain(&rest[..at], &rest[at..]);
    }
    match rest.split_once(' ') {
        Some((first, description)) if !first.contains(is_chinese) => {
            let continues = description.split(' ').next().is_some_and(|word| !word.contains(is_chinese));
            if continues && first != "null" {
                SampleSplit::Guess(first, description)
            } else {
                SampleSplit::Certain(first, description)
            }
        }
        Some(_) => SampleSplit::without_sample(rest, known),
        None if rest.contains(is_chinese) => SampleSplit::Certain("", rest),
        None => SampleSplit::Certain(rest, ""),
    }
}

/// Whether a description can begin here: not inside a word or number, unless it is an enumeration such as `1.…`.
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
