//! Holds a request against the documents: required parameters, and the rules of its method.
//!
//! The client does so before it sends anything, unless it is told not to by
//! [`ClientBuilder::without_rules`](crate::ClientBuilder::without_rules). How far back a method goes depends
//! on the day and on the gateway's clock, so the client leaves that to the gateway.

use std::fmt;

use chrono::{Months, NaiveDateTime, TimeDelta};
use rust_decimal::Decimal;

use crate::info::{Check, FieldInfo, MethodInfo, RuleInfo};
use crate::time;
use crate::value::Value;

/// A required parameter that is missing, or a rule that is broken.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Violation {
    /// A required parameter is not there, or is empty.
    Missing {
        /// Dotted path to the parameter.
        path: String,
        /// The parameter.
        field: &'static FieldInfo,
    },
    /// A rule is broken.
    Broken {
        /// The rule.
        rule: &'static RuleInfo,
    },
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { path, .. } => write!(f, "`{path}` is required, but missing or empty"),
            Self::Broken { rule } => write!(f, "{}", rule.check),
        }
    }
}

/// Finds the required parameters a request lacks and the rules it breaks, in document order.
///
/// `request` is what the business node holds. With the time on a Chinese clock, how far back a method goes
/// is checked as well.
#[must_use]
pub fn violations(method: &'static MethodInfo, request: &Value, now: Option<NaiveDateTime>) -> Vec<Violation> {
    let mut found = Vec::new();
    missing(method.request, request, "", &mut found);
    let is_broken = |rule: &&RuleInfo| !holds(rule.check, request, now);
    found.extend(method.rules.iter().filter(is_broken).map(|rule| Violation::Broken { rule }));
    found
}

fn missing(fields: &'static [FieldInfo], container: &Value, parent: &str, found: &mut Vec<Violation>) {
    for field in fields {
        let path = format!("{parent}{}", field.name);
        match container.get(field.name).filter(|value| !value.is_empty()) {
            None if field.required => found.push(Violation::Missing { path, field }),
            None => {}
            Some(value) => {
                let parent = path + ".";
                value.items().iter().for_each(|item| missing(field.fields, item, &parent, found));
            }
        }
    }
}

fn holds(check: Check, request: &Value, now: Option<NaiveDateTime>) -> bool {
    let values =
        |path: &str| -> Vec<&Value> { at(request, path).into_iter().filter(|value| !value.is_empty()).collect() };
    let text = |path: &str| values(path).first().and_then(|value| value.as_text().map(str::to_owned));
    let moment = |path: &str| text(path).and_then(|text| time::parse(&text));
    match check {
        Check::AnyOf(paths) => paths.iter().any(|path| !values(path).is_empty()),
        Check::NotEmpty(paths) => paths.iter().all(|path| {
            let (container, name) = path.rsplit_once('.').unwrap_or(("", path));
            at(request, container).iter().all(|value| value.get(name).is_some_and(|value| !value.is_empty()))
        }),
        Check::Range { field, min, max } => values(field).iter().all(|value| {
            let number = value.as_text().and_then(|text| text.trim().parse::<Decimal>().ok());
            number.is_some_and(|number| (Decimal::from(min)..=Decimal::from(max)).contains(&number))
        }),
        Check::MaxLength { field, max } => {
            values(field).iter().all(|value| value.as_text().is_none_or(|text| text.chars().count() <= max))
        }
        Check::MaxItems { field, max } => {
            let (containers, name) = field.rsplit_once('.').unwrap_or(("", field));
            let count = |container: &Value| container.get(name).map_or(0, |value| value.items().len());
            at(request, containers).into_iter().all(|container| count(container) <= max)
        }
        Check::Ascending { from, to } => match (moment(from), moment(to)) {
            (Some(from), Some(to)) => from < to,
            _ => true,
        },
        Check::MaxSpan { from, to, days } => match (moment(from), moment(to)) {
            (Some(from), Some(to)) => to - from <= TimeDelta::days(days.into()),
            _ => true,
        },
        Check::MaxAge { field, months } => {
            match (moment(field), now.and_then(|now| now.checked_sub_months(Months::new(months)))) {
                (Some(moment), Some(oldest)) => moment >= oldest,
                _ => true,
            }
        }
        Check::Note(_) => true,
    }
}

/// All values at a dotted path, through every item of every list on the way.
pub(crate) fn at<'a>(container: &'a Value, path: &str) -> Vec<&'a Value> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let here: Vec<&Value> = match first {
        "" => vec![container],
        name => container.get(name).into_iter().flat_map(Value::items).collect(),
    };
    match rest {
        None => here,
        Some(rest) => here.into_iter().flat_map(|value| at(value, rest)).collect(),
    }
}
