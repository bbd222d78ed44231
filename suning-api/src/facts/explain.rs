//! What an error code means, which methods return it, and what to do about it.

use super::ErrorInfo;
use super::catalog::{MethodInfo, methods};
use super::codes::{Found, find};
use crate::generated::common;

/// How many near codes are named.
const NEAREST: usize = 3;
/// How alike two codes are at least that are called near, from 0 to 1.
const NEAR: f64 = 0.5;

/// Everything that is documented about an error code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The code that was looked up.
    pub code: String,
    /// What it can stand for; empty when no document lists it.
    pub answers: Vec<Answer>,
    /// Documented codes that are like it, the nearest first; empty when it is known.
    pub nearest: Vec<&'static str>,
}

/// A documented code and the methods that return it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// What is in place of `*` or `?`.
    pub part: Option<String>,
    /// What follows the documented code.
    pub detail: Option<String>,
    /// What the table says.
    pub info: ErrorInfo,
    /// The methods with this row in their tables.
    pub origin: Origin,
}

/// Which methods return an error code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Origin {
    /// It is in the common table.
    AnyMethod,
    /// It is in the tables of these.
    Methods(Vec<&'static MethodInfo>),
}

/// Looks an error code up in the tables of all methods, then in the common one.
///
/// # Examples
/// ```
/// use suning_api::catalog::explain;
///
/// let explanation = explain("biz.selfmarket.addleaguerstatus.missing-parameter:orderId");
/// let answer = &explanation.answers[0];
/// assert_eq!(answer.part.as_deref(), Some("orderId"));
/// assert_eq!(answer.info.message, "参数必填");
/// assert!(!answer.info.retry.can_help());
/// ```
#[must_use]
pub fn explain(code: &str) -> Explanation {
    let mut answers: Vec<Answer> = Vec::new();
    for method in methods() {
        let Some(found) = find(method.error_rows, code) else { continue };
        match answers.iter_mut().find(|answer| answer.info == found.info).map(|answer| &mut answer.origin) {
            Some(Origin::Methods(methods)) => methods.push(method),
            _ => answers.push(answer(&found, Origin::Methods(vec![method]))),
        }
    }
    answers.extend(find(common::ERRORS, code).map(|found| answer(&found, Origin::AnyMethod)));
    let tables = methods().iter().map(|method| method.error_rows).chain([common::ERRORS]);
    let known = tables.flatten().map(|row| row.0);
    let nearest = if answers.is_empty() { nearest(code.trim(), known) } else { Vec::new() };
    Explanation { code: code.trim().to_owned(), answers, nearest }
}

fn answer(found: &Found<'_>, origin: Origin) -> Answer {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Answer { part: given(found.part), detail: given(found.detail), info: found.info, origin }
}

/// The codes that begin like this one, then those that are spelt like it.
fn nearest(code: &str, known: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
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
