//! What an error code means, which methods give it, and what to do about it.

use std::fmt;

use crate::catalog::{COMMON_ERRORS, methods};
use crate::error_code::{Found, find};
use crate::info::{ErrorInfo, MethodInfo, Retry};

/// How many near codes are named.
const NEAREST: usize = 3;
/// How alike two codes are at least that are called near, from 0 to 1.
const NEAR: f64 = 0.5;

/// All that is documented of an error code.
///
/// Its `Display` says it in lines for people.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Explanation {
    /// The code as it was asked for.
    pub code: String,
    /// What it can stand for; empty when no document lists it.
    pub answers: Vec<Answer>,
    /// Documented codes that are like it, the nearest first; empty when it is known.
    pub nearest: Vec<&'static str>,
}

/// A documented code and who gives it.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Answer {
    /// What stands where the table shows `*` or `?`.
    pub part: Option<String>,
    /// What follows the documented code.
    pub detail: Option<String>,
    /// What the table says.
    pub info: &'static ErrorInfo,
    /// The methods with this row in their tables.
    pub origin: Origin,
}

/// Who gives an error code.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Origin {
    /// It is in the common table.
    AnyMethod,
    /// It is in the tables of these.
    Methods(Vec<&'static MethodInfo>),
}

/// Looks an error code up in the tables of all methods that are compiled in, then in the common one.
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

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.code)?;
        if self.answers.is_empty() {
            writeln!(f, "\nNo document lists this code.")?;
            if !self.nearest.is_empty() {
                writeln!(f, "The nearest documented codes:")?;
            }
            return self.nearest.iter().try_for_each(|known| writeln!(f, "  {known}"));
        }
        self.answers.iter().try_for_each(|answer| write!(f, "\n{answer}"))
    }
}

impl fmt::Display for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |label: &str, text: &str| writeln!(f, "{label:<13} {text}");
        line("documented as", self.info.code)?;
        self.part.iter().try_for_each(|part| line("varying part", part))?;
        self.detail.iter().try_for_each(|detail| line("detail", detail))?;
        match &self.origin {
            Origin::AnyMethod => line("given by", "any method")?,
            Origin::Methods(methods) => methods.iter().try_for_each(|method| line("given by", method.name))?,
        }
        let info = self.info;
        for (message, remedy) in [(info.message, info.remedy)].iter().chain(info.also) {
            line("meaning", message)?;
            line("remedy", remedy.filter(|remedy| *remedy != "无").unwrap_or("the documents name none"))?;
        }
        if !info.documented {
            line("source", "seen in practice, no document lists it")?;
        }
        line("retry", advice(info.retry))
    }
}

/// Whether a retry helps, and what to do first.
fn advice(retry: Retry) -> &'static str {
    match retry {
        Retry::Never => "does not help: the same request will fail again",
        Retry::Later => "can help later; whether the gateway acted is not known",
        Retry::SlowDown => "can help later and slower; nothing was done",
        Retry::ResyncClock => "can help once the clock is set right; nothing was done",
        Retry::RefreshToken => "can help with a refreshed access token; nothing was done",
    }
}
