//! Looks up an error code: what it means, which methods return it, and what to do about it.
//!
//! The crate looks codes up in its own tables, because neither may depend on the other. A test checks that both find
//! the same. The wording for people is only here.

use std::fmt;

use crate::plan::{ErrorsPlan, Plan};
use crate::spec::{ErrorEntry, MethodName, Retry};

/// Largest number of similar codes to suggest.
const NEAREST: usize = 3;
/// Smallest similarity of a suggested code, from 0 to 1.
const NEAR: f64 = 0.5;

/// Everything that is documented about an error code.
#[derive(Debug, Clone, PartialEq)]
pub struct Explanation<'a> {
    /// The code that was looked up.
    pub code: String,
    /// What it can mean. Empty when no document lists it.
    pub answers: Vec<Answer<'a>>,
    /// Similar documented codes, best match first. Empty when the code is documented.
    pub nearest: Vec<&'a str>,
}

/// A documented code, and the methods that return it.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'a> {
    /// The code as its table shows it.
    pub documented: &'a str,
    /// The text in place of the `*` or `?` of the documented code.
    pub part: Option<String>,
    /// The text after the documented code.
    pub detail: Option<String>,
    /// The documented row: meaning, remedy, and whether a retry can help.
    pub entry: &'a ErrorEntry,
    /// The methods that list this row.
    pub origin: Origin<'a>,
}

/// The methods that return an error code.
#[derive(Debug, Clone, PartialEq)]
pub enum Origin<'a> {
    /// Any method: the code is in the common table.
    AnyMethod,
    /// The methods that list the code themselves.
    Methods(Vec<&'a MethodName>),
}

/// Looks up an error code in the tables of all methods, and in the common table.
#[must_use]
pub fn explain<'a>(plan: &'a Plan, code: &str) -> Explanation<'a> {
    let methods = || plan.methods().map(|(_, method)| method);
    let mut answers: Vec<Answer<'a>> = Vec::new();
    for method in methods() {
        let Some(found) = find(&method.errors, code) else { continue };
        let same = answers
            .iter_mut()
            .find(|answer| answer.documented == found.documented && says_the_same(answer.entry, found.entry));
        match same.map(|answer| &mut answer.origin) {
            Some(Origin::Methods(methods)) => methods.push(&method.method),
            _ => answers.push(Answer { origin: Origin::Methods(vec![&method.method]), ..found }),
        }
    }
    answers.extend(find(&plan.platform.errors, code));
    let tables = || methods().map(|method| &method.errors).chain([&plan.platform.errors]);
    let known = || tables().flat_map(|table| &table.variants).map(|variant| variant.code.as_str());
    let nearest = if answers.is_empty() { nearest(code.trim(), known()) } else { Vec::new() };
    Explanation { code: code.trim().to_owned(), answers, nearest }
}

/// Finds the row of one table: the very code, then one with a part that varies, then the longest
/// one that further parts follow.
pub(crate) fn find<'a>(errors: &'a ErrorsPlan, code: &str) -> Option<Answer<'a>> {
    let (head, text) = code.split_once('\t').unwrap_or((code, ""));
    let head = head.trim();
    let table = || errors.variants.iter().map(|variant| (variant.code.as_str(), &variant.entry));
    let answer = |documented: &'a str, entry: &'a ErrorEntry, part: &str, detail: &str| {
        let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Answer { documented, part: given(part), detail: given(detail), entry, origin: Origin::AnyMethod }
    };
    let exact = || table().find(|(known, _)| *known == head).map(|(known, entry)| answer(known, entry, "", text));
    let wildcard = || {
        table().find_map(|(known, entry)| {
            let rest = head.strip_prefix(known.strip_suffix(['*', '?'])?).filter(|rest| !rest.is_empty())?;
            let (part, more) = rest.split_once(':').unwrap_or((rest, ""));
            Some(answer(known, entry, part, if more.is_empty() { text } else { more }))
        })
    };
    let prefix = || {
        let followed = table().filter_map(|(known, entry)| {
            let detail = head.strip_prefix(known)?.strip_prefix(':')?;
            Some(answer(known, entry, "", detail))
        });
        followed.max_by_key(|answer| answer.documented.len())
    };
    exact().or_else(wildcard).or_else(prefix)
}

/// Whether two rows differ at most in their name in Rust and in where an undocumented code was seen.
fn says_the_same(left: &ErrorEntry, right: &ErrorEntry) -> bool {
    let shown = |row: &ErrorEntry| ErrorEntry {
        name: None,
        undocumented: row.undocumented.as_ref().map(|_| String::new()),
        ..row.clone()
    };
    shown(left) == shown(right)
}

/// The codes that begin like this one, then those that are spelt like it.
fn nearest<'a>(code: &str, known: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let likeness = |known: &str| {
        if !code.is_empty() && known.starts_with(code) {
            1.0
        } else {
            strsim::normalized_damerau_levenshtein(code, known)
        }
    };
    let mut near: Vec<_> =
        known.map(|known| (likeness(known), known)).filter(|(likeness, _)| *likeness >= NEAR).collect();
    near.sort_by(|(a, left), (b, right)| b.total_cmp(a).then_with(|| left.cmp(right)));
    near.dedup();
    near.into_iter().map(|(_, known)| known).take(NEAREST).collect()
}

impl fmt::Display for Explanation<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.code)?;
        if self.answers.is_empty() {
            writeln!(f, "\nThis code is not documented.")?;
            if !self.nearest.is_empty() {
                writeln!(f, "Similar documented codes:")?;
            }
            return self.nearest.iter().try_for_each(|known| writeln!(f, "  {known}"));
        }
        self.answers.iter().try_for_each(|answer| write!(f, "\n{answer}"))
    }
}

impl fmt::Display for Answer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |label: &str, text: &str| writeln!(f, "{label:<13} {text}");
        line("documented as", self.documented)?;
        self.part.iter().try_for_each(|part| line("varying part", part))?;
        self.detail.iter().try_for_each(|detail| line("detail", detail))?;
        match &self.origin {
            Origin::AnyMethod => line("returned by", "any method")?,
            Origin::Methods(methods) => methods.iter().try_for_each(|method| line("returned by", method.as_str()))?,
        }
        let entry = self.entry;
        if entry.message.is_none() {
            line("meaning", "not known: the code is from an SDK, which does not explain it")?;
        }
        for (message, remedy) in entry.meanings() {
            line("meaning", message)?;
            line("remedy", if matches!(remedy, "" | "无") { "none documented" } else { remedy })?;
        }
        if entry.undocumented.is_some() {
            line("source", "seen in practice; not documented")?;
        }
        line("retry", advice(entry.retry))
    }
}

/// Whether a retry can help, and what to do first.
fn advice(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "does not help: the same request fails again",
        Retry::Later => "can help later; the gateway may have processed the request",
        Retry::SlowDown => "can help at a lower rate; the gateway did not process the request",
        Retry::ResyncClock => "can help after correcting the clock; the gateway did not process the request",
        Retry::RefreshToken => "can help with a new access token; the gateway did not process the request",
    }
}
