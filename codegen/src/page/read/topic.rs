//! The page of a topic of pushed messages: a table of fields, and the content of a message.

use super::column;
use super::finding::{Finding, Refusal};
use super::line::Line;
use super::message::{self, Message};
use super::page::{lines, rows};
use super::row::Row;
use super::section::{self, Sections};
use super::shape::{self, Node};
use super::stacked;
use crate::spec::TopicName;

/// The page of a topic, independent of its layout.
#[derive(Debug, Clone)]
pub(in crate::page) struct TopicPage {
    /// The topics that the page names, by line.
    pub(in crate::page) names: Vec<(usize, TopicName)>,
    /// The text after the first name.
    pub(in crate::page) title: Option<String>,
    /// Text outside of table and example, by line.
    pub(in crate::page) prose: Vec<(usize, String)>,
    /// Rows of the table. `None` if the page has none.
    pub(in crate::page) rows: Option<Vec<Row>>,
    /// Whether the page ends in the table, so that rows may be missing.
    pub(in crate::page) is_open: bool,
    /// The content of a message.
    pub(in crate::page) example: Option<Message>,
    /// What the example shows.
    pub(in crate::page) node: Node,
    /// What people have to check.
    pub(in crate::page) findings: Vec<Finding>,
}

/// Whether this is the page of a topic, and not of a method.
#[must_use]
pub fn is_of_topic(bytes: &[u8]) -> bool {
    lines(bytes).is_ok_and(|(_, lines, _)| lines.iter().any(|line| column::is_of_topic(&line.compact())))
}

/// Reads the page of a topic in any layout and encoding.
pub(in crate::page) fn read_topic(bytes: &[u8]) -> Result<TopicPage, Refusal> {
    let (_, mut lines, is_line_whole) = lines(bytes)?;
    let example = take_example(&mut lines);
    let Sections { prose, response, mut findings, .. } = section::read(&stacked::join(&lines), is_line_whole)?;
    let node = example.as_ref().map(shape::of_content).unwrap_or_default();
    let is_open = response.as_ref().is_some_and(|table| table.is_open) && example.is_none();
    let rows = response.map(|table| rows(&table, &node.shape.samples(), &mut findings)).filter(|rows| !rows.is_empty());
    if rows.is_none() && example.is_none() {
        return Err(Refusal::new(1, "the page has no example, and no table with a readable row"));
    }
    let (mut names, mut title) = (Vec::new(), None);
    for line in &prose {
        let Some((name, rest)) = named(&line.text) else { continue };
        title = if names.is_empty() { rest } else { title };
        if names.iter().all(|(_, known)| *known != name) {
            names.push((line.number, name));
        }
    }
    let prose = prose.into_iter().map(|line| (line.number, line.text.trim().to_owned())).collect();
    Ok(TopicPage { names, title, prose, rows, is_open, example, node, findings })
}

/// Takes the first JSON object out of the lines.
fn take_example(lines: &mut Vec<Line>) -> Option<Message> {
    let first = lines.iter().position(|line| line.text.trim_start().starts_with('{'))?;
    let (example, used) = message::read_content(&lines[first..])?;
    lines.drain(first..first + used);
    Some(example)
}

/// The first topic that a line names, and the text after it.
fn named(text: &str) -> Option<(TopicName, Option<String>)> {
    let at = text.find("suning_")?;
    let rest = &text[at..];
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
    let title = rest[end..].trim().trim_matches(['*', '`', '(', ')', '（', '）', ' ']);
    let title = Some(title).filter(|title| !title.is_empty() && title.chars().count() <= super::name::TITLE);
    Some((TopicName::try_from(rest[..end].to_owned()).ok()?, title.map(str::to_owned)))
}
