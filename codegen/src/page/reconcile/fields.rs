//! Builds fields from a table and its examples: nesting, lists, samples, types, codes.

use super::nesting::is_plural;
use super::place::{self, Path, Placed};
use super::value;
use crate::check::is_readable;
use crate::page::read::legend::{self, Legend};
use crate::page::read::shape::{Node, Shape};
use crate::page::read::text::is_datetime;
use crate::page::read::{Finding, Format, Row};
use crate::spec::{Field, Fields, Quirk, QuirkKind, Type, ValueEntry};

/// A table with the examples and prose that explain it.
pub(in crate::page) struct Table<'a> {
    /// What the paths of its fields begin with: `request`, `response`, or `fields` of a topic.
    pub(in crate::page) name: &'static str,
    pub(in crate::page) rows: &'a [Row],
    pub(in crate::page) node: &'a Node,
    pub(in crate::page) prose: &'a [(usize, String)],
}

/// The fields of a table, and what came up.
#[derive(Debug, Default)]
pub(in crate::page) struct Reconciled {
    pub(in crate::page) fields: Fields,
    /// The rows of the fields, by path.
    pub(in crate::page) rows: Vec<(String, Row)>,
    /// Contradictions between the table and the examples.
    pub(in crate::page) quirks: Vec<Quirk>,
    pub(in crate::page) findings: Vec<Finding>,
    /// Lines of the notes whose codes were taken.
    pub(in crate::page) notes: Vec<usize>,
}

/// Builds the fields of a table, and records contradictions as quirks.
pub(in crate::page) fn reconcile(table: &Table<'_>) -> Reconciled {
    let shape = &table.node.shape;
    let mut found = Reconciled::default();
    let placed = place::place(table.rows, shape, &mut found.findings);
    let mut builder = Builder { table, found };
    for placed in &placed {
        builder.row(placed);
    }
    builder.unlisted(&placed);
    builder.found
}

struct Builder<'a> {
    table: &'a Table<'a>,
    found: Reconciled,
}

impl Builder<'_> {
    fn row(&mut self, placed: &Placed<'_>) {
        let Placed { row, path, shown, is_proposed } = placed;
        self.containers(&path[..path.len() - 1]);
        let shape = shown.as_ref().and_then(|path| self.table.node.shape.at(path)).cloned().unwrap_or_default();
        let field = if *is_proposed || !shape.children.is_empty() {
            self.container_row(row, &shape);
            self.structure(path, &shape, "a row at the same level as its fields");
            let list = if *is_proposed { is_plural(&row.name) } else { self.is_list(&row.name, row.line, &shape) };
            Field { required: row.required, list, description: row.description.clone(), ..Field::default() }
        } else {
            let field = self.leaf(row, &shape);
            self.contradictions(placed, &field, &shape);
            field
        };
        let Some((name, parents)) = path.split_last() else { return };
        self.found.rows.push((self.full(path), (*row).clone()));
        let place = level(&mut self.found.fields, parents).entry(name.clone()).or_default();
        // The row of a container may come after the rows of its fields.
        *place = Field { fields: std::mem::take(&mut place.fields), ..field };
    }

    /// Creates the containers of a row that have no row of their own.
    fn containers(&mut self, parents: &[String]) {
        for depth in 1..=parents.len() {
            let (name, above) = (&parents[depth - 1], &parents[..depth - 1]);
            if level(&mut self.found.fields, above).contains_key(name) {
                continue;
            }
            let path = parents[..depth].to_vec();
            let shape = self.table.node.shape.at(&path).cloned().unwrap_or_default();
            self.structure(&path, &shape, "no row; its fields are at the same level as the others");
            let list = self.is_list(name, self.line_of(&shape), &shape);
            let container = Field { list, ..Field::default() };
            level(&mut self.found.fields, above).insert(name.clone(), container);
        }
    }

    fn container_row(&mut self, row: &Row, shape: &Shape) {
        if let Some(sample) = &row.sample {
            let message = format!("`{}` contains fields, so its sample `{sample}` is ignored", row.name);
            self.found.findings.push(Finding::new(row.line, message));
        }
        let shown = || shape.children.iter().filter(|(_, child)| child.is_shown()).map(|(name, _)| name);
        if shown().next().is_some() && !shown().any(|name| self.table.rows.iter().any(|row| row.name == *name)) {
            let message = format!("the examples show fields inside `{}`, but no row lists any of them", row.name);
            self.found.findings.push(Finding::new(row.line, message));
        }
    }

    /// Whether a container is a list. In XML, one element can be a list or a single object.
    fn is_list(&mut self, name: &str, line: usize, shape: &Shape) -> bool {
        shape.list().unwrap_or_else(|| {
            let list = is_plural(name);
            let made = if list { "a list" } else { "a single object" };
            let message = format!(
                "nothing shows whether `{name}` is a list or a single object, such as one element in XML; made it {made}, \
                 confirm it"
            );
            self.found.findings.push(Finding::new(line, message));
            list
        })
    }

    fn leaf(&mut self, row: &Row, shape: &Shape) -> Field {
        let sample = row.sample.as_deref();
        let description = row.description.as_deref().unwrap_or_default();
        let Legend { description, mut values } =
            legend::read(description, sample.or(shape.values.first().map(String::as_str)));
        if let (true, Some(description)) = (values.is_empty(), &description) {
            values = self.legend_in_prose(row, description);
            self.unread_codes(row, &values, description);
        }
        let kind = if values.is_empty() { self.kind(row, shape) } else { Type::Text };
        let mut field = Field {
            required: row.required,
            list: shape.list().unwrap_or_default(),
            kind,
            example: row.sample.clone(),
            description,
            ..Field::default()
        };
        for (code, meaning) in values {
            let entry = ValueEntry::without_name(&code, &meaning);
            if let Some(first) = field.values.get(&code) {
                let message = format!(
                    "code `{code}` of `{}` means both {} and {}; kept the first",
                    row.name, first.description, entry.description
                );
                self.found.findings.push(Finding::new(row.line, message));
            } else {
                field.values.insert(code, entry);
            }
        }
        let is_unlisted = |sample: &&str| !field.values.is_empty() && !field.values.contains_key(*sample);
        // A value in the examples has a finding of its own.
        if let Some(sample) =
            sample.filter(is_unlisted).filter(|sample| shape.values.iter().all(|value| value != sample))
        {
            let message = format!("the sample `{sample}` of `{}` is not one of its documented codes", row.name);
            self.found.findings.push(Finding::new(row.line, message));
        }
        field
    }

    fn unread_codes(&mut self, row: &Row, values: &[(String, String)], description: &str) {
        let codes = legend::unread(description).join("`, `");
        if values.is_empty() && !codes.is_empty() {
            let message = format!(
                "the description of `{}` may explain the codes `{codes}`, but none is its sample; add them as `values`",
                row.name
            );
            self.found.findings.push(Finding::new(row.line, message));
        }
    }

    /// A note that starts with the description of a field may list its codes.
    fn legend_in_prose(&mut self, row: &Row, description: &str) -> Vec<(String, String)> {
        if description.chars().count() < 3 {
            return Vec::new();
        }
        for (line, note) in self.table.prose {
            let numbered = note.trim_start_matches(|c: char| c.is_ascii_digit()).trim_start_matches(['、', '.', ' ']);
            let Some(rest) = numbered.strip_prefix(description) else { continue };
            let mut values = legend::read(rest, row.sample.as_deref()).values;
            if let Some((_, last)) = values.last_mut() {
                *last = without_count(last).to_owned();
                let message = format!("took the codes of `{}` from the note at line {line}", row.name);
                self.found.findings.push(Finding::new(row.line, message));
                self.found.notes.push(*line);
                return values;
            }
        }
        Vec::new()
    }

    /// The pages call every type `String`. Only times are recognizable by their format.
    fn kind(&mut self, row: &Row, shape: &Shape) -> Type {
        let description = row.description.as_deref().unwrap_or_default();
        let shown: Vec<&str> = row.sample.iter().chain(&shape.values).map(String::as_str).collect();
        let all_times = !shown.is_empty() && shown.iter().all(|text| is_datetime(text));
        let hint = description.contains("yyyy-MM-dd HH:mm:ss");
        if let Some(other) = shown.iter().find(|text| !is_datetime(text)).filter(|_| hint) {
            let message = format!(
                "`{}` is described as a time, but `{other}` is not a valid time; kept the type `text`",
                row.name
            );
            self.found.findings.push(Finding::new(row.line, message));
        }
        let stated = value::kind(&row.kind).filter(|kind| shown.iter().all(|text| is_readable(*kind, text)));
        if all_times || hint && shown.is_empty() { Type::Datetime } else { stated.unwrap_or_default() }
    }

    /// Records where the examples contradict the row of a field.
    fn contradictions(&mut self, placed: &Placed<'_>, field: &Field, shape: &Shape) {
        let path = self.full(&placed.path);
        let shown = placed.shown.as_ref().and_then(|path| path.last()).filter(|_| shape.is_shown());
        if let Some(observed) = shown.filter(|name| **name != placed.row.name) {
            let message = format!("the examples spell `{}` as `{observed}`; the client accepts both", placed.row.name);
            self.found.findings.push(Finding::new(placed.row.line, message));
            self.quirk(QuirkKind::Alias, &path, &placed.row.name, observed, shape);
        }
        if placed.row.required && shape.values.is_empty() && self.table.node.would_show(&placed.path) {
            self.add_quirk(Quirk {
                kind: QuirkKind::Requirement,
                field: path.clone(),
                documented: "required".to_owned(),
                observed: "optional".to_owned(),
                evidence: format!("the {} examples leave it out", self.table.name),
            });
        }
        if shape.is_list {
            self.list(&path, shape);
        }
        let codes = field.values.keys().map(String::as_str).filter(|code| !code.is_empty()).collect::<Vec<_>>();
        let mut reported: Vec<&str> = Vec::new();
        for value in shape.values.iter().filter(|value| !codes.is_empty() && !codes.contains(&value.as_str())) {
            if !reported.contains(&value.as_str()) {
                reported.push(value);
                let message =
                    format!("the examples show `{value}`, which is not a documented code of `{}`", placed.row.name);
                self.found.findings.push(Finding::new(placed.row.line, message));
                self.quirk(QuirkKind::UndocumentedValue, &path, &format!("codes {}", codes.join(", ")), value, shape);
            }
        }
    }

    /// Records that a container is nested in the examples and flat in the table.
    fn structure(&mut self, path: &[String], shape: &Shape, documented: &str) {
        let full = self.full(path);
        let shown = shape.children.iter().filter(|(_, child)| child.is_shown());
        let names: Vec<&str> = shown.map(|(name, _)| name.as_str()).collect();
        if names.is_empty() {
            return; // known from the spec alone
        }
        self.quirk(QuirkKind::Nesting, &full, documented, &format!("a container of {}", names.join(", ")), shape);
        if shape.is_list {
            self.list(&full, shape);
        }
    }

    fn list(&mut self, path: &str, shape: &Shape) {
        let (json, xml) = (shape.lists.contains(&Format::Json), shape.singles.contains(&Format::Xml));
        if json && xml {
            let text = "a list in JSON, a single element in XML";
            self.quirk(QuirkKind::List, path, "type String", text, shape);
        }
        if shape.singles.contains(&Format::Json) {
            let line = self.line_of(shape);
            let message = format!("the examples show `{path}` both as a list and as a single value");
            self.found.findings.push(Finding::new(line, message));
        }
    }

    /// Records fields that the examples show and the table does not list.
    fn unlisted(&mut self, placed: &[Placed<'_>]) {
        let shape = &self.table.node.shape;
        let mut left_out: Vec<Path> = Vec::new();
        for path in shape.paths() {
            let is_listed =
                placed.iter().any(|placed| placed.shown.as_ref().is_some_and(|shown| shown.starts_with(&path)));
            let is_below = left_out.iter().any(|above| path.starts_with(above));
            let is_shown = |shape: &&Shape| !is_listed && !is_below && shape.is_shown();
            let Some(found) = shape.at(&path).filter(is_shown) else { continue };
            let full = self.full(&path);
            let observed = match found.values.first() {
                Some(value) => format!("`{value}`"),
                None if found.children.is_empty() => "an empty element".to_owned(),
                None => "a container".to_owned(),
            };
            self.quirk(QuirkKind::Unlisted, &full, &format!("not in the {} table", self.table.name), &observed, found);
            let line = self.line_of(found);
            self.found
                .findings
                .push(Finding::new(line, format!("the examples show `{full}`, which the table does not list")));
            left_out.push(path);
        }
    }

    /// The line of the first example that shows this.
    fn line_of(&self, shape: &Shape) -> usize {
        let shows = |format| shape.lists.contains(format) || shape.singles.contains(format);
        self.table.node.lines.iter().find(|(format, _)| shows(format)).map_or(1, |(_, line)| *line)
    }

    fn full(&self, path: &[String]) -> String {
        format!("{}.{}", self.table.name, path.join("."))
    }

    fn quirk(&mut self, kind: QuirkKind, field: &str, documented: &str, observed: &str, shape: &Shape) {
        if !shape.is_shown() {
            return;
        }
        let is_in = |format| shape.lists.contains(&format) || shape.singles.contains(&format);
        let evidence = match (is_in(Format::Json), is_in(Format::Xml)) {
            (true, true) => format!("both {} examples", self.table.name),
            (true, false) => format!("JSON {} example", self.table.name),
            _ => format!("XML {} example", self.table.name),
        };
        let [field, documented, observed] = [field, documented, observed].map(str::to_owned);
        self.add_quirk(Quirk { kind, field, documented, observed, evidence });
    }

    /// Adds a quirk in place of another one of its kind at its place. A field can have several undocumented values.
    fn add_quirk(&mut self, new: Quirk) {
        let is_other = |known: &Quirk| known.kind != new.kind || known.field != new.field;
        self.found.quirks.retain(|known| is_other(known) || new.kind == QuirkKind::UndocumentedValue);
        self.found.quirks.push(new);
    }
}

/// The fields of the container at a path, which is created if it does not exist.
fn level<'f>(fields: &'f mut Fields, path: &[String]) -> &'f mut Fields {
    match path {
        [] => fields,
        [first, rest @ ..] => level(&mut fields.entry(first.clone()).or_default().fields, rest),
    }
}

/// Strips a trailing count of the codes, such as `四种状态` in `交易关闭四种状态`.
fn without_count(text: &str) -> &str {
    let is_count = |c: char| "一二两三四五六七八九十".contains(c) || c.is_ascii_digit();
    let at = text.char_indices().rev().find(|(_, c)| *c == '种').map(|(at, _)| at);
    match at.map(|at| text[..at].trim_end_matches(is_count)) {
        Some(before) if !before.is_empty() && text[before.len()..].chars().next().is_some_and(is_count) => before,
        _ => text,
    }
}
