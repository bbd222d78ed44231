//! Changes in the rules of requests.

use super::change::{Changes, Place};
use super::pair::Renames;
use super::rules::{
    REQUIREMENT_ADDED, REQUIREMENT_DOCUMENTATION, REQUIREMENT_ERROR, REQUIREMENT_LOOSENED, REQUIREMENT_REMOVED,
    REQUIREMENT_TIGHTENED,
};
use crate::spec::{Rule, RuleKind};

/// The parts of a rule.
struct Requirement<'a> {
    /// Index in the list of rules.
    index: usize,
    /// Its identity: kind and fields.
    key: String,
    /// Its bounds. A larger bound allows more.
    bounds: Vec<i64>,
    kind: RuleKind<'a>,
    rule: &'a Rule,
}

/// Compares the rules. A rule is the same if its fields have only been renamed.
pub(super) fn compare(old: &[Rule], new: &[Rule], renames: &Renames, changes: &mut Changes<'_>) {
    let (old, mut new) = (requirements(old, renames), requirements(new, &Renames::default()));
    for before in &old {
        let Some(index) = new.iter().position(|after| after.key == before.key) else {
            let place = Place { subject: before.subject(), ..Place::new(&["rules"]) };
            let rule = if before.is_note() { &REQUIREMENT_DOCUMENTATION } else { &REQUIREMENT_REMOVED };
            changes.push(rule, &place, &before.shown(), "");
            continue;
        };
        let after = new.remove(index);
        let place = after.place();
        if before.bounds != after.bounds {
            let is_looser = before.bounds.iter().zip(&after.bounds).all(|(before, after)| after >= before);
            let rule = if is_looser { &REQUIREMENT_LOOSENED } else { &REQUIREMENT_TIGHTENED };
            changes.push(rule, &place, &before.shown(), &after.shown());
        }
        let error = |of: &Requirement<'_>| of.rule.error.clone().unwrap_or_default();
        changes.push_if_different(&REQUIREMENT_ERROR, &place.key("error"), &error(before), &error(&after));
        let place = place.key("stated");
        changes.push_if_different(&REQUIREMENT_DOCUMENTATION, &place, &before.rule.stated, &after.rule.stated);
    }
    for after in new {
        let rule = if after.is_note() { &REQUIREMENT_DOCUMENTATION } else { &REQUIREMENT_ADDED };
        changes.push(rule, &after.place(), "", &after.shown());
    }
}

fn requirements<'a>(rules: &'a [Rule], renames: &Renames) -> Vec<Requirement<'a>> {
    let all = rules
        .iter()
        .enumerate()
        .flat_map(|(index, rule)| rule.kinds().into_iter().map(move |kind| (index, rule, kind)));
    let parts = |(index, rule, kind)| Requirement { index, key: key(kind, renames), bounds: bounds(kind), kind, rule };
    all.map(parts).collect()
}

impl Requirement<'_> {
    fn place(&self) -> Place {
        let place = Place::new(&["rules", &self.index.to_string()]);
        Place { subject: self.subject(), ..place }
    }

    fn is_note(&self) -> bool {
        matches!(self.kind, RuleKind::Note(_))
    }

    fn subject(&self) -> String {
        if self.is_note() { "rules.note".to_owned() } else { self.key.clone() }
    }

    /// The rule in short: the text of a note, or the bounds of another rule with their unit.
    fn shown(&self) -> String {
        let unit = match self.kind {
            RuleKind::Note(note) => return note.to_owned(),
            RuleKind::Range(range) => return format!("{} to {}", range.min, range.max),
            RuleKind::AnyOf(_) | RuleKind::NotEmpty(_) | RuleKind::Ascending(_) => return self.key.clone(),
            RuleKind::MaxLength(_) => "character",
            RuleKind::MaxItems(_) => "item",
            RuleKind::MaxSpan(_) => "day",
            RuleKind::MaxAge(_) => "month",
        };
        self.bounds.iter().map(|bound| count(*bound, unit)).collect()
    }
}

fn key(kind: RuleKind<'_>, renames: &Renames) -> String {
    let fields: Vec<&str> = kind.fields().into_iter().map(|(_, field)| renames.now(field)).collect();
    match kind {
        RuleKind::Note(note) => format!("rules.note {note}"),
        _ => format!("rules.{} of {}", kind.as_str(), fields.join(", ")),
    }
}

/// A number with its unit.
pub(super) fn count(number: i64, unit: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {unit}{plural}")
}

fn bounds(kind: RuleKind<'_>) -> Vec<i64> {
    let limit = |max: usize| vec![i64::try_from(max).unwrap_or(i64::MAX)];
    match kind {
        RuleKind::Range(range) => vec![range.min.saturating_neg(), range.max],
        RuleKind::MaxLength(of) | RuleKind::MaxItems(of) => limit(of.max),
        RuleKind::MaxSpan(span) => vec![span.days.into()],
        RuleKind::MaxAge(age) => vec![age.months.into()],
        RuleKind::AnyOf(_) | RuleKind::NotEmpty(_) | RuleKind::Ascending(_) | RuleKind::Note(_) => Vec::new(),
    }
}
