//! What an error code means, which methods return it, and what to do about it.

use super::{MethodInfo, methods};
use crate::facts::ErrorInfo;
use crate::facts::codes::{Found, find};
use crate::generated::common;

/// Maximum number of similar codes.
const NEAREST: usize = 3;
/// Minimum similarity of similar codes, from 0 to 1.
const NEAR: f64 = 0.5;

/// Everything that is documented about an error code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The code that was looked up.
    pub code: String,
    /// The documented codes that match. Empty for an undocumented code.
    pub answers: Vec<Answer>,
    /// Similar documented codes, the most similar first. Empty if the code is documented.
    pub nearest: Vec<&'static str>,
}

/// A documented code and the methods that return it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The text in place of `*` or `?`.
    pub part: Option<String>,
    /// What follows the documented code.
    pub detail: Option<String>,
    /// The row of the table.
    pub info: ErrorInfo,
    /// The methods that return it.
    pub origin: Origin,
}

/// Which methods return an error code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Origin {
    /// Any method: the code is in the common table.
    AnyMethod,
    /// The methods with this code in their tables.
    Methods(Vec<&'static MethodInfo>),
}

/// Looks up an error code in the tables of all methods and in the common table.
///
/// # Examples
/// ```
/// use suning_api::catalog::explain;
///
/// let explanation = explain("biz.selfmarket.addleaguerstatus.missing-parameter:orderId");
/// let answer = &explanation.answers[0];
/// assert_eq!(answer.part.as_deref(), Some("orderId"));
/// assert_eq!(answer.info.message, Some("参数必填"));
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
    let tables = methods().map(|method| method.error_rows).chain([common::ERRORS]);
    let known = tables.flatten().map(|row| row.0);
    let nearest = if answers.is_empty() { nearest(code.trim(), known) } else { Vec::new() };
    Explanation { code: code.trim().to_owned(), answers, nearest }
}

fn answer(found: &Found<'_>, origin: Origin) -> Answer {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Answer { part: given(found.part), detail: given(found.detail), info: found.info, origin }
}

/// The codes or names that start with this one, then those with a similar spelling.
pub(crate) fn nearest(code: &str, known: impl Iterator<Item = &'static str>) -> Vec<&'static str> {
    let length = code.chars().count();
    let likeness = |known: &str| {
        let known_length = known.chars().count();
        if !code.is_empty() && known.starts_with(code) {
            1.0
        } else if length.max(known_length) > 2 * length.min(known_length) {
            // So different in length, they cannot be similar, however long it takes to compare them.
            0.0
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
