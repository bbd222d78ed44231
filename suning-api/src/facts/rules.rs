//! Checks a request against the documents: required parameters, and the rules of its method.

use std::fmt;

use chrono::{Months, NaiveDateTime, TimeDelta};
use rust_decimal::Decimal;

use super::{Check, RuleInfo};
use crate::error::ErrorCode;
use crate::model::{Shown, missing};
use crate::request::Request;
use crate::time;

/// A required parameter that is missing, or a broken rule.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Violation {
    /// A required parameter is missing or empty.
    Missing {
        /// Dotted path to the parameter.
        path: String,
        /// Error code of the gateway for it, where the documents of the method name one. `*` stands for the parameter.
        error: Option<&'static str>,
    },
    /// A rule is broken.
    Broken {
        /// The rule.
        rule: RuleInfo,
    },
}

impl Violation {
    /// The missing required parameters and the broken rules of a request.
    pub(crate) fn all<R: Request>(request: &R) -> Vec<Self> {
        let error = R::METHOD.errors.iter().map(|row| row.0).find(|code| code.ends_with(".missing-parameter:*"));
        let missing = missing(request).into_iter().map(|path| Self::Missing { path, error });
        // The maximum age of a time depends on the gateway's clock, so it is not checked here.
        let shown = Shown::Object(request);
        let broken = broken(R::METHOD.rules, &shown, None).map(|rule| Self::Broken { rule: *rule });
        missing.chain(broken).collect()
    }

    /// The error code that the gateway would return, where the documents name one.
    #[must_use]
    pub fn code<C: ErrorCode>(&self) -> Option<C> {
        let (code, part) = match self {
            Self::Missing { path, error } => (error.as_ref()?, path.rsplit('.').next()?),
            Self::Broken { rule } => (rule.error.as_ref()?, ""),
        };
        C::from_row(code, part).or_else(|| Some(C::other(code.replace('*', part))))
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path, .. } => write!(f, "required parameter `{path}` is missing or empty"),
            Self::Broken { rule } => f.write_str(rule.text.trim_end_matches('.')),
        }
    }
}

/// The rules that the content of a business node breaks, in document order.
///
/// The maximum age of a time is only checked if `now` is given.
pub(crate) fn broken<'a>(
    rules: &'a [RuleInfo],
    request: &Shown<'_>,
    now: Option<NaiveDateTime>,
) -> impl Iterator<Item = &'a RuleInfo> {
    rules.iter().filter(move |rule| !is_kept(rule.check, request, now))
}

fn is_kept(check: Check, request: &Shown<'_>, now: Option<NaiveDateTime>) -> bool {
    match check {
        Check::AnyOf(paths) => paths.iter().any(|path| !all_at(request, path, &mut |value| value.is_empty())),
        Check::NotEmpty(paths) => paths.iter().all(|path| {
            let (container, name) = split(path);
            all_at(request, container, &mut |container| {
                let mut is_there = false;
                container.for_each_in(name, &mut |value| is_there |= !value.is_empty());
                is_there
            })
        }),
        Check::Range(field, min, max) => all_at(request, field, &mut |value| {
            let number = value.as_text().and_then(|text| text.trim().parse::<Decimal>().ok());
            let is_in = |number| (Decimal::from(min)..=Decimal::from(max)).contains(&number);
            value.is_empty() || number.is_some_and(is_in)
        }),
        Check::MaxLength(field, max) => {
            all_at(request, field, &mut |value| value.as_text().is_none_or(|text| text.chars().count() <= max))
        }
        Check::MaxItems(field, max) => {
            let (containers, name) = split(field);
            all_at(request, containers, &mut |container| {
                let mut count = 0;
                container.for_each_in(name, &mut |_| count += 1);
                count <= max
            })
        }
        Check::Ascending(from, to) => span(request, from, to).is_none_or(|span| span > TimeDelta::zero()),
        Check::MaxSpan(from, to, days) => {
            span(request, from, to).is_none_or(|span| span <= TimeDelta::days(days.into()))
        }
        Check::MaxAge(field, months) => {
            let oldest = now.and_then(|now| now.checked_sub_months(Months::new(months)));
            oldest.is_none_or(|oldest| time_at(request, field).is_none_or(|time| time >= oldest))
        }
    }
}

/// The path of a container, and the name of a field in it.
fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('.').unwrap_or(("", path))
}

/// Whether something holds for all values at a dotted path, in every item of every list on the way.
fn all_at(value: &Shown<'_>, path: &str, holds: &mut dyn FnMut(&Shown<'_>) -> bool) -> bool {
    if path.is_empty() {
        return holds(value);
    }
    let (first, rest) = path.split_once('.').unwrap_or((path, ""));
    let mut all = true;
    value.for_each_in(first, &mut |value| all = all && all_at(value, rest, holds));
    all
}

/// The time between two fields, if both have one.
fn span(request: &Shown<'_>, from: &str, to: &str) -> Option<TimeDelta> {
    Some(time_at(request, to)? - time_at(request, from)?)
}

/// The time in the first text at a dotted path that is not empty.
fn time_at(value: &Shown<'_>, path: &str) -> Option<NaiveDateTime> {
    let mut found = None;
    all_at(value, path, &mut |value| {
        found = value.as_text().filter(|text| !text.is_empty()).map(time::parse);
        found.is_none()
    });
    found.flatten()
}
