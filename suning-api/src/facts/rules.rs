//! Checks a request against the documents: required parameters, and the rules of its method.

use std::fmt;

use chrono::{Months, NaiveDateTime, TimeDelta};
use rust_decimal::Decimal;

use super::{Check, RuleInfo};
use crate::error::ErrorCode;
use crate::model::{missing, to_value};
use crate::request::Request;
use crate::time;
use crate::value::Value;

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
        let tree = (!R::METHOD.rules.is_empty()).then(|| to_value(request));
        let broken = tree.iter().flat_map(|tree| broken(R::METHOD.rules, tree, None));
        let broken = broken.map(|rule| Self::Broken { rule: *rule });
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
    request: &Value,
    now: Option<NaiveDateTime>,
) -> impl Iterator<Item = &'a RuleInfo> {
    rules.iter().filter(move |rule| !is_kept(rule.check, request, now))
}

fn is_kept(check: Check, request: &Value, now: Option<NaiveDateTime>) -> bool {
    let values = |path: &str| -> Vec<&Value> {
        values_at(request, path).into_iter().filter(|value| !value.is_empty()).collect()
    };
    let time_of = |path: &str| values(path).first().and_then(|value| time::parse(value.as_text()?));
    match check {
        Check::AnyOf(paths) => paths.iter().any(|path| !values(path).is_empty()),
        Check::NotEmpty(paths) => paths.iter().all(|path| {
            let (container, name) = path.rsplit_once('.').unwrap_or(("", path));
            values_at(request, container).iter().all(|value| value.get(name).is_some_and(|value| !value.is_empty()))
        }),
        Check::Range(field, min, max) => values(field).iter().all(|value| {
            let number = value.as_text().and_then(|text| text.trim().parse::<Decimal>().ok());
            number.is_some_and(|number| (Decimal::from(min)..=Decimal::from(max)).contains(&number))
        }),
        Check::MaxLength(field, max) => {
            values(field).iter().all(|value| value.as_text().is_none_or(|text| text.chars().count() <= max))
        }
        Check::MaxItems(field, max) => {
            let (containers, name) = field.rsplit_once('.').unwrap_or(("", field));
            let count = |container: &Value| container.get(name).map_or(0, |value| value.items().len());
            values_at(request, containers).into_iter().all(|container| count(container) <= max)
        }
        Check::Ascending(from, to) => match (time_of(from), time_of(to)) {
            (Some(from), Some(to)) => from < to,
            _ => true,
        },
        Check::MaxSpan(from, to, days) => match (time_of(from), time_of(to)) {
            (Some(from), Some(to)) => to - from <= TimeDelta::days(days.into()),
            _ => true,
        },
        Check::MaxAge(field, months) => {
            match (time_of(field), now.and_then(|now| now.checked_sub_months(Months::new(months)))) {
                (Some(time), Some(oldest)) => time >= oldest,
                _ => true,
            }
        }
    }
}

/// All values at a dotted path, in every item of every list on the way.
pub(crate) fn values_at<'a>(container: &'a Value, path: &str) -> Vec<&'a Value> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let here: Vec<&Value> = match first {
        "" => vec![container],
        name => container.get(name).into_iter().flat_map(Value::items).collect(),
    };
    match rest {
        None => here,
        Some(rest) => here.into_iter().flat_map(|value| values_at(value, rest)).collect(),
    }
}
