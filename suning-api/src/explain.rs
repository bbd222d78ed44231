//! Looks up an error code: what it means, which methods return it, and what to do about it.

use crate::catalog::{COMMON_ERRORS, methods};
use crate::error_code::{Found, find};
use crate::info::{ErrorInfo, MethodInfo};

/// Largest number of similar codes to suggest.
const NEAREST: usize = 3;
/// Smallest similarity of a suggested code, from 0 to 1.
const NEAR: f64 = 0.5;

/// Everything that is documented about an error code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The code that was looked up, trimmed.
    pub code: String,
    /// What it can mean. Empty when no document lists it.
    pub answers: Vec<Answer>,
    /// Similar documented codes, best match first. Empty when the code is documented.
    pub nearest: Vec<&'static str>,
}

/// A documented code, and the methods that return it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// The text in place of the `*` or `?` of the documented code.
    pub part: Option<String>,
    /// The text after the documented code.
    pub detail: Option<String>,
    /// The documented row: meaning, remedy, and whether a retry can help.
    pub info: &'static ErrorInfo,
    /// The methods that list this row.
    pub origin: Origin,
}

/// The methods that return an error code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Origin {
    /// Any method: the code is in the common table.
    AnyMethod,
    /// The methods that list the code themselves.
    Methods(Vec<&'static MethodInfo>),
}

/// Looks up an error code in the tables of all methods that are compiled in, and in the common table.
///
/// # Examples
/// ```
/// # #[cfg(feature = "selfmarket")] {
/// use suning_api::catalog::explain;
///
/// let explanation = explain("biz.selfmarket.addleaguerstatus.missing-parameter:orderId");
/// let answer = &explanation.answers[0];
/// assert_eq!(answer.part.as_deref(), Some("orderId"));
/// assert_eq!(answer.info.message, "参数必填");
/// assert!(!answer.info.retry.can_help());
/// # }
/// ```
#[must_use]
pub fn explain(code: &str) -> Explanation {
    let mut answers: Vec<Answer> = Vec::new();
    for method in methods() {
        let Some(found) = find(method.errors, code) else { continue };
        match answers.iter_mut().find(|answer| answer.info == found.info).map(|answer| &mut answer.origin) {
            Some(Origin::Methods(methods)) => methods.push(method),
            _ => answers.push(answer(&found, Origin::Methods(vec![method]))),
        }
    }
    answers.extend(find(COMMON_ERRORS, code).map(|found| answer(&found, Origin::AnyMethod)));
    let tables = methods().iter().map(|method| method.errors).chain([COMMON_ERRORS]);
    let known = tables.flatten().map(|info| info.code);
    let nearest = if answers.is_empty() { nearest(code.trim(), known) } else { Vec::new() };
    Explanation { code: code.trim().to_owned(), answers, nearest }
}

fn answer(found: &Found<'_>, origin: Origin) -> Answer {
    let given = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    Answer { part: given(found.part), detail: given(found.detail), info: found.info, origin }
}

/// The documented codes that start with this one, then those with a similar spelling.
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
