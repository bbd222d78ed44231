//! From the tree to typed data, with every problem reported.
//!
//! serde stops at the first problem. So what is wrong is reported and left out, and reading starts again until the
//! rest is right or nothing is left. What lacks a key is left out as a whole; which keys it needs, the schema knows.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use schemars::{JsonSchema, Schema, schema_for};
use serde::de::{self, DeserializeOwned, DeserializeSeed, Visitor};

use serde_json::Value;

use super::tree::{Content, Node, Position, Source};
use crate::diagnostic::{Diagnostic, Diagnostics, did_you_mean, nearest};

/// Reads typed data; gives `None` when there is any problem, each of which is reported.
pub fn read<T: DeserializeOwned + JsonSchema>(source: &Source, diagnostics: &mut Diagnostics) -> Option<T> {
    let state = State {
        path: &source.path,
        schema: || schema_for!(T),
        required: OnceCell::new(),
        left_out: RefCell::default(),
        found: RefCell::default(),
    };
    let value = loop {
        match T::deserialize(Reader { node: &source.root, state: &state }) {
            Ok(value) => break Some(value),
            Err(problem) => {
                if !state.leave_out(problem, &source.root) {
                    break None;
                }
            }
        }
    };
    let found = state.found.into_inner();
    let value = value.filter(|_| found.is_empty());
    found.into_iter().for_each(|diagnostic| diagnostics.push(diagnostic));
    value
}

/// What can be left out. An item and its first key begin at the same position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    Entry,
    Item,
}

struct State<'a> {
    path: &'a str,
    schema: fn() -> Schema,
    /// The required keys of each struct.
    required: OnceCell<BTreeMap<String, Vec<String>>>,
    /// What is reported already: an entry by the position of its key, an item by its own.
    left_out: RefCell<BTreeSet<(Part, Position)>>,
    found: RefCell<Vec<Diagnostic>>,
}

impl State<'_> {
    /// Reports a problem and leaves out its part; `false` when that is the whole document.
    fn leave_out(&self, problem: Problem, root: &Node) -> bool {
        if let Some(message) = problem.message {
            self.report(problem.at.unwrap_or(root.position), message);
        }
        problem.part.is_some_and(|part| self.left_out.borrow_mut().insert(part))
    }

    /// The required keys of a struct.
    fn required(&self, name: &str) -> &[String] {
        let required = self.required.get_or_init(|| {
            let schema = (self.schema)().to_value();
            let inner = schema["$defs"].as_object().into_iter().flatten().map(|(name, schema)| (name.as_str(), schema));
            let root = schema["title"].as_str().map(|name| (name, &schema));
            let keys = |schema: &Value| serde_json::from_value(schema["required"].clone()).unwrap_or_default();
            inner.chain(root).map(|(name, schema)| (name.to_owned(), keys(schema))).collect()
        });
        required.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    fn report(&self, at: Position, message: String) {
        self.found.borrow_mut().push(Diagnostic::new(self.path, at, message));
    }

    fn is_left_out(&self, part: Part, position: Position) -> bool {
        self.left_out.borrow().contains(&(part, position))
    }
}

/// Why a part cannot be read; without a message when the reason is reported already.
#[derive(Debug)]
struct Problem {
    message: Option<String>,
    /// Whether a required key is missing.
    is_missing: bool,
    at: Option<Position>,
    part: Option<(Part, Position)>,
}

impl Problem {
    fn new(message: impl fmt::Display) -> Self {
        Self { message: Some(message.to_string()), is_missing: false, at: None, part: None }
    }

    /// The innermost place is the one to show, and to leave out.
    fn within(mut self, part: Part, position: Position, value: Position) -> Self {
        self.at.get_or_insert(value);
        self.part.get_or_insert((part, position));
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.as_deref().unwrap_or_default())
    }
}

impl std::error::Error for Problem {}

impl de::Error for Problem {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(message)
    }

    fn missing_field(field: &'static str) -> Self {
        Self { is_missing: true, ..Self::new(format!("key `{field}` is missing; add it")) }
    }
}

#[derive(Clone, Copy)]
struct Reader<'a> {
    node: &'a Node,
    state: &'a State<'a>,
}

impl Reader<'_> {
    fn unexpected(&self, expected: &str) -> Problem {
        Problem::new(format!("expected {expected}, not {}", self.node.content.kind()))
    }

    fn plain<T: std::str::FromStr>(&self, expected: &str) -> Result<T, Problem> {
        match &self.node.content {
            Content::Plain(text) => text.parse().map_err(|_| self.unexpected(expected)),
            _ => Err(self.unexpected(expected)),
        }
    }

    fn text(&self) -> Result<&str, Problem> {
        match &self.node.content {
            Content::Text(text) => Ok(text),
            Content::Plain(text) => {
                Err(Problem::new(format!("`{text}` is read as {}; put it in quotes", self.node.content.kind())))
            }
            _ => Err(self.unexpected("a text")),
        }
    }
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Problem;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.content {
            Content::Null => visitor.visit_unit(),
            Content::Text(text) | Content::Plain(text) => visitor.visit_str(text),
            Content::List(_) => self.deserialize_seq(visitor),
            Content::Map(_) => self.deserialize_map(visitor),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_bool(self.plain("`true` or `false`")?)
    }

    fn deserialize_i64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_i64(self.plain("a whole number")?)
    }

    fn deserialize_u32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_u32(self.plain("a whole number that is not negative")?)
    }

    fn deserialize_u64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_u64(self.plain("a whole number that is not negative")?)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_str(self.text()?)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Problem> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.content {
            Content::List(items) => visitor.visit_seq(Items { items: items.iter(), state: self.state }),
            _ => Err(self.unexpected("a list")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Problem> {
        match &self.node.content {
            Content::Map(entries) => visitor.visit_map(Entries::new(entries, None, self.state)),
            _ => Err(self.unexpected("a map")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let Content::Map(entries) = &self.node.content else { return Err(self.unexpected("a map")) };
        let map = Entries::new(entries, Some(fields), self.state);
        visitor.visit_map(map).map_err(|mut problem| {
            if problem.is_missing && problem.at.is_none() {
                problem.at = Some(self.node.position);
                problem.message = None;
                for key in self.state.required(name) {
                    // Left out or misspelt, and reported there.
                    let is_known = |(_, known, _): &(Position, String, Node)| {
                        known == key
                            || (!fields.contains(&known.as_str())
                                && nearest(known, fields.iter().copied()) == Some(key.as_str()))
                    };
                    if !entries.iter().any(is_known) {
                        self.state.report(self.node.position, format!("key `{key}` is missing; add it"));
                    }
                }
            }
            problem
        })
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Problem> {
        let word = self.text()?;
        if variants.contains(&word) {
            return visitor.visit_enum(de::value::StrDeserializer::<Problem>::new(word));
        }
        let near = did_you_mean(word, variants.iter().copied());
        let known = variants.join("`, `");
        Err(Problem::new(format!("`{word}` is not one of `{known}`{near}")))
    }

    serde::forward_to_deserialize_any! {
        i8 i16 i32 i128 u8 u16 u128 f32 f64 char bytes byte_buf unit unit_struct tuple
        tuple_struct identifier ignored_any
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, (Position, String, Node)>,
    known: Option<&'static [&'static str]>,
    value: Option<(Position, &'a Node)>,
    state: &'a State<'a>,
}

impl<'a> Entries<'a> {
    fn new(
        entries: &'a [(Position, String, Node)],
        known: Option<&'static [&'static str]>,
        state: &'a State<'a>,
    ) -> Self {
        Self { entries: entries.iter(), known, value: None, state }
    }

    /// Reports a key that does not exist, once.
    fn is_unknown(&self, at: Position, key: &str) -> bool {
        let Some(known) = self.known.filter(|known| !known.contains(&key)) else { return false };
        let near = did_you_mean(key, known.iter().copied());
        let hint = if near.is_empty() { format!("; known keys are `{}`", known.join("`, `")) } else { near };
        self.state.report(at, format!("unknown key `{key}`{hint}"));
        self.state.left_out.borrow_mut().insert((Part::Entry, at));
        true
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Problem;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Problem> {
        while let Some((at, key, value)) = self.entries.next() {
            if self.state.is_left_out(Part::Entry, *at) || self.is_unknown(*at, key) {
                continue;
            }
            self.value = Some((*at, value));
            let key = de::value::StrDeserializer::<Problem>::new(key);
            return seed.deserialize(key).map(Some).map_err(|problem| problem.within(Part::Entry, *at, *at));
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Problem> {
        let (at, node) = self.value.take().ok_or_else(|| Problem::new("a key without a value"))?;
        seed.deserialize(Reader { node, state: self.state })
            .map_err(|problem| problem.within(Part::Entry, at, node.position))
    }
}

struct Items<'a> {
    items: std::slice::Iter<'a, Node>,
    state: &'a State<'a>,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Problem;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Problem> {
        let Some(node) = self.items.by_ref().find(|node| !self.state.is_left_out(Part::Item, node.position)) else {
            return Ok(None);
        };
        seed.deserialize(Reader { node, state: self.state })
            .map(Some)
            .map_err(|problem| problem.within(Part::Item, node.position, node.position))
    }
}
