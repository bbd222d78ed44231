//! A YAML document as a tree in which every key and value knows its position.

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span};

use super::lines::Lines;
use crate::diagnostic::{Diagnostic, Diagnostics};

/// What some editors begin a file with.
pub(crate) const BYTE_ORDER_MARK: char = '\u{feff}';

/// How deep lists and maps may nest.
const MAX_DEPTH: usize = 64;

/// Line and column, both counted from 1.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: usize,
    /// Column, in characters.
    pub column: usize,
}

impl Position {
    /// The beginning of a file.
    pub const FIRST: Self = Self { line: 1, column: 1 };

    /// The position of a byte of a text.
    #[must_use]
    pub fn of_byte(text: &str, offset: usize) -> Self {
        let before = text.get(..offset).unwrap_or(text);
        let line = before.rsplit('\n').next().unwrap_or_default();
        Self { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
    }
}

/// A value and where it begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Where it begins.
    pub position: Position,
    /// What it is.
    pub content: Content,
}

/// What a node is.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Nothing, `null` or `~`.
    Null,
    /// A text with quotes, or one that reads as nothing else.
    Text(String),
    /// An unquoted text that reads as a number, `true` or `false`.
    Plain(String),
    /// A sequence.
    List(Vec<Node>),
    /// A mapping, in order.
    Map(Vec<Entry>),
}

/// A key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Where the key begins.
    pub position: Position,
    /// The key.
    pub key: String,
    /// The value.
    pub value: Node,
}

impl Content {
    /// What to call it in a message.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Text(_) => "text",
            Self::Plain(text) if text == "true" || text == "false" => "true or false",
            Self::Plain(_) => "a number",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

/// A parsed file: its path for messages, its tree, and what is wrong with it apart from the tree.
#[derive(Debug, Clone)]
pub struct Source {
    /// Path as messages show it.
    pub path: String,
    pub(super) problems: Diagnostics,
    text: String,
    /// The document.
    pub root: Node,
}

impl Source {
    /// A diagnostic at the [position](Self::position) of a path.
    #[must_use]
    pub fn at(&self, path: &[&str], message: impl Into<String>) -> Diagnostic {
        Diagnostic::new(&self.path, self.position(path), message)
    }

    /// The position of what a path of keys and indices leads to, or of the deepest part of it
    /// that exists: of the key of a map entry, or of an item of a list.
    #[must_use]
    pub fn position(&self, path: &[&str]) -> Position {
        self.find(path).0
    }

    /// The position of a place inside the text at a path, or of that text where the file writes it in another way.
    #[must_use]
    pub fn position_inside(&self, path: &[&str], place: Position) -> Position {
        let (_, Node { position, content }) = self.find(path);
        let Content::Text(text) = content else { return *position };
        let line = position.line + place.line - 1;
        let written = self.text.lines().nth(line - 1).unwrap_or_default();
        match text.lines().nth(place.line - 1).and_then(|text| written.rfind(text)) {
            Some(offset) => Position { line, column: Position::of_byte(written, offset).column + place.column - 1 },
            None => *position,
        }
    }

    /// What a path leads to, or the deepest part of it that exists, and its position.
    pub(super) fn find(&self, path: &[&str]) -> (Position, &Node) {
        let mut node = &self.root;
        let mut position = node.position;
        for step in path {
            let next = match &node.content {
                Content::Map(entries) => {
                    entries.iter().find(|entry| entry.key == *step).map(|entry| (entry.position, &entry.value))
                }
                Content::List(items) => {
                    step.parse().ok().and_then(|index: usize| items.get(index)).map(|item| (item.position, item))
                }
                _ => None,
            };
            let Some((at, below)) = next else { break };
            (position, node) = (at, below);
        }
        (position, node)
    }
}

/// Parses one YAML document.
///
/// # Errors
/// What is not YAML, or not part of the YAML that the spec format uses.
pub fn parse(path: &str, text: &str) -> Result<Source, Diagnostics> {
    if let Some(offset) = text.find(char::REPLACEMENT_CHARACTER) {
        let message = "this character was lost because the file is not UTF-8; restore it, and save the file as UTF-8";
        return Err(Diagnostic::new(path, Position::of_byte(text, offset), message).into());
    }
    let text = text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text);
    let lines = Lines::read(text);
    let mut problems = Diagnostics::default();
    for (position, message) in &lines.problems {
        problems.push(Diagnostic::new(path, *position, message));
    }
    let mut diagnostics = Diagnostics::default();
    let events = Parser::new_from_str(&lines.text);
    let mut builder = Builder { path, lines: &lines, events, depth: 0, diagnostics: &mut diagnostics };
    match builder.document().filter(|_| diagnostics.is_empty()) {
        Some(root) => Ok(Source { path: path.to_owned(), problems, text: text.to_owned(), root }),
        // Without a document there is a problem that says why.
        None => {
            problems.extend(diagnostics);
            Err(problems.sorted())
        }
    }
}

struct Builder<'a> {
    path: &'a str,
    lines: &'a Lines,
    events: Parser<'a, saphyr_parser::StrInput<'a>>,
    depth: usize,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Builder<'a> {
    fn document(&mut self) -> Option<Node> {
        loop {
            match self.next()? {
                (Event::StreamStart | Event::DocumentStart(_), _) => {}
                (Event::StreamEnd, span) => {
                    self.report(self.start(span), "the file is empty; add a spec, or remove it");
                    return None;
                }
                (event, span) => {
                    let root = self.node(event, span)?;
                    self.end();
                    return Some(root);
                }
            }
        }
    }

    fn end(&mut self) {
        while let Some((event, span)) = self.next() {
            if matches!(event, Event::DocumentStart(_)) {
                let message = "a second YAML document begins here; keep one per file";
                return self.report(self.start(span), message);
            }
            if matches!(event, Event::StreamEnd) {
                return;
            }
        }
    }

    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        match self.events.next_event()? {
            Ok(event) => Some(event),
            Err(error) => {
                self.syntax_error(&error);
                None
            }
        }
    }

    fn start(&self, span: Span) -> Position {
        self.lines.in_file(Position { line: span.start.line(), column: span.start.col() + 1 })
    }

    fn node(&mut self, event: Event<'a>, span: Span) -> Option<Node> {
        let position = self.start(span);
        let (anchor, tag) = match &event {
            Event::Scalar(_, _, anchor, tag) | Event::SequenceStart(anchor, tag) | Event::MappingStart(anchor, tag) => {
                (*anchor, tag.is_some())
            }
            Event::Alias(anchor) => (*anchor, false),
            _ => (0, false),
        };
        if anchor != 0 || tag {
            self.report(position, "anchors, aliases and tags are not part of the spec format; write the value out");
        }
        if self.depth == MAX_DEPTH {
            self.report(position, "lists and maps are nested too deeply here; no spec needs that");
            return None;
        }
        self.depth += 1;
        let content = match event {
            Event::Scalar(text, ScalarStyle::Plain, ..) => plain(&text),
            Event::Scalar(text, ..) => Content::Text(text.into_owned()),
            Event::SequenceStart(..) => self.list()?,
            Event::MappingStart(..) => self.map()?,
            _ => Content::Null,
        };
        self.depth -= 1;
        Some(Node { position, content })
    }

    fn list(&mut self) -> Option<Content> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Some(Content::List(items)),
                (event, span) => items.push(self.node(event, span)?),
            }
        }
    }

    fn map(&mut self) -> Option<Content> {
        let mut entries: Vec<Entry> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                return Some(Content::Map(entries));
            }
            let position = self.start(span);
            let key = match self.node(event, span)?.content {
                Content::Text(text) | Content::Plain(text) => Some(text),
                other => {
                    let message = format!("expected a text as the key, found {}", other.kind());
                    self.report(position, &message);
                    None
                }
            };
            let (event, span) = self.next()?;
            let value = self.node(event, span)?;
            let Some(key) = key else { continue };
            if let Some(Entry { position: Position { line, .. }, .. }) = entries.iter().find(|entry| entry.key == key) {
                self.report(position, &format!("duplicate key `{key}`, first at line {line}; keep one of them"));
            } else {
                entries.push(Entry { position, key, value });
            }
        }
    }

    fn syntax_error(&mut self, error: &ScanError) {
        let marker = error.marker();
        let position = self.lines.in_file(Position { line: marker.line(), column: marker.col() + 1 });
        let advice = match error.info() {
            info if info.contains("tabs") => "indent with spaces",
            info if info.contains("unknown anchor") => "put a text that begins with `*` in quotes",
            _ => "fix this line or the one before it",
        };
        self.report(position, &format!("invalid YAML: {}; {advice}", error.info()));
    }

    fn report(&mut self, position: Position, message: &str) {
        self.diagnostics.push(Diagnostic::new(self.path, position, message));
    }
}

fn plain(text: &str) -> Content {
    match text {
        "" | "~" | "null" => Content::Null,
        "true" | "false" => Content::Plain(text.to_owned()),
        _ if text.parse::<f64>().is_ok() && !text.starts_with(char::is_alphabetic) => Content::Plain(text.to_owned()),
        _ => Content::Text(text.to_owned()),
    }
}
