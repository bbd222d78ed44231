//! Changes in a table of fields.

use super::change::{Changes, Place};
use super::pair::{Pairing, pair};
use super::rules::{
    FieldRules, REQUEST, REQUEST_BECAME_OPTIONAL, REQUEST_BECAME_REQUIRED, REQUEST_REQUIRED_ADDED, RESPONSE,
};
use super::values;
use crate::plan::{FieldPlan, FieldType, MethodPlan, ObjectPlan};
use crate::spec::{Evidence, Field, ValueEntry};

/// The two sides of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Response,
}

impl Side {
    pub(super) fn rules(self) -> &'static FieldRules {
        match self {
            Self::Request => &REQUEST,
            Self::Response => &RESPONSE,
        }
    }
}

/// A table of fields, or one level of it.
#[derive(Debug, Clone)]
pub(super) struct Table<'a> {
    pub(super) side: Side,
    pub(super) object: &'a ObjectPlan,
    /// The builder or struct through which callers reach the fields.
    pub(super) holder: String,
    /// Path of the module that holds the types.
    pub(super) module: String,
}

impl<'a> Table<'a> {
    /// The parameters of a method.
    pub(super) fn request(method: &'a MethodPlan, module: &str) -> Self {
        let holder = format!("{module}::{}", method.builder);
        Self { side: Side::Request, object: &method.request, holder, module: module.to_owned() }
    }

    /// The reply of a method.
    pub(super) fn response(method: &'a MethodPlan, module: &str) -> Self {
        let holder = format!("{module}::{}", method.response.name);
        Self { side: Side::Response, object: &method.response, holder, module: module.to_owned() }
    }

    /// The level inside a field.
    fn inside(&self, object: &'a ObjectPlan) -> Self {
        let has_builder = self.side == Side::Request && object.has_required_fields();
        let suffix = if has_builder { "Builder" } else { "" };
        let holder = format!("{}::{}{suffix}", self.module, object.name);
        Self { object, holder, ..self.clone() }
    }

    fn item(&self, field: &FieldPlan) -> String {
        format!("{}::{}", self.holder, field.name.as_str())
    }
}

/// Compares the tables at `keys`. Subjects start with `subject`.
pub(super) fn compare(old: &Table<'_>, new: &Table<'_>, keys: &[&str], subject: &str, changes: &mut Changes<'_>) {
    let rules = new.side.rules();
    let at = |wire: &str, item: String| Place {
        keys: keys.iter().map(|key| (*key).to_owned()).chain([wire.to_owned()]).collect(),
        subject: format!("{subject}.{wire}"),
        item: Some(item),
    };
    let Pairing { removed, added, kept } = pair(old.object, new.object);
    for field in removed {
        changes.push(&rules.removed, &at(&field.wire, old.item(field)), &kind(field), "");
    }
    for field in added {
        let rule = if field.spec.required { &REQUEST_REQUIRED_ADDED } else { &rules.added };
        changes.push(rule, &at(&field.wire, new.item(field)), "", &kind(field));
    }
    for (before, after) in kept {
        let place = at(&after.wire, old.item(before));
        field(new.side, before, after, &place, changes);
        match (&before.kind, &after.kind) {
            (FieldType::Code(before), FieldType::Code(after)) => {
                let modules = [old.module.as_str(), new.module.as_str()];
                values::compare(new.side.rules(), modules, [before.as_ref(), after.as_ref()], &place, changes);
            }
            (FieldType::Object(was), FieldType::Object(is)) => {
                let keys: Vec<&str> = keys.iter().copied().chain([after.wire.as_str(), "fields"]).collect();
                compare(&old.inside(was), &new.inside(is), &keys, &place.subject, changes);
            }
            _ => {}
        }
    }
}

fn field(side: Side, old: &FieldPlan, new: &FieldPlan, place: &Place, changes: &mut Changes<'_>) {
    let rules = side.rules();
    // Every key is named here, so that a new one does not compile until somebody compares it.
    let FieldPlan { spec, wire, aliases, name, kind: _, personal, success: _, absent } = old;
    let Field {
        name: _,
        required,
        list,
        kind: _,
        secret,
        personal: _,
        evidence,
        example,
        description,
        values: _,
        fields: _,
    } = spec;
    changes.push_if_different(&rules.renamed_on_wire, place, wire, &new.wire);
    changes.push_if_different(&rules.renamed_in_rust, &place.key("name"), &name.to_string(), &new.name.to_string());
    let flag = |is: bool| if is { "required" } else { "optional" };
    let rule = if new.spec.required { &REQUEST_BECAME_REQUIRED } else { &REQUEST_BECAME_OPTIONAL };
    changes.push_if_different(rule, &place.key("required"), flag(*required), flag(new.spec.required));
    let number = |is: bool| if is { "a list" } else { "a single value" };
    let rule = if new.spec.list { &rules.became_list } else { &rules.became_single };
    changes.push_if_different(rule, &place.key("list"), number(*list), number(new.spec.list));
    types(rules, old, new, place, changes);
    let shown = |is: bool| if is { "secret" } else { "shown" };
    let rule = if new.spec.secret { &rules.became_secret } else { &rules.no_longer_secret };
    changes.push_if_different(rule, &place.key("secret"), shown(*secret), shown(new.spec.secret));
    let shown = |is: bool| if is { "personal" } else { "shown" };
    let rule = if new.personal { &rules.became_personal } else { &rules.no_longer_personal };
    changes.push_if_different(rule, &place.key("personal"), shown(*personal), shown(new.personal));
    for alias in new.aliases.iter().filter(|alias| !aliases.contains(alias)) {
        changes.push(&rules.alias_added, place, "", &format!("alias {alias}"));
    }
    for alias in aliases.iter().filter(|alias| !new.aliases.contains(alias)) {
        changes.push(&rules.alias_removed, place, &format!("alias {alias}"), "");
    }
    let absent = [absent, &new.absent].map(|absent| match absent {
        Some(ValueEntry { name, description }) => [description.as_str(), name.as_str()],
        None => [""; 2],
    });
    let given = |text: &'_ Option<String>| text.clone().unwrap_or_default();
    let source = |evidence: Option<Evidence>| evidence.map_or("", Evidence::as_str).to_owned();
    let texts = [
        ("source", source(*evidence), source(new.spec.evidence)),
        ("description", given(description), given(&new.spec.description)),
        ("example", given(example), given(&new.spec.example)),
        ("values", absent[0][0].to_owned(), absent[1][0].to_owned()),
        // What an absent value means is not a variant, so its name is for people.
        ("values", absent[0][1].to_owned(), absent[1][1].to_owned()),
    ];
    for (key, old, new) in texts {
        changes.push_if_different(&rules.documentation_changed, &place.key(key), &old, &new);
    }
}

fn types(rules: &'static FieldRules, old: &FieldPlan, new: &FieldPlan, place: &Place, changes: &mut Changes<'_>) {
    match (&old.kind, &new.kind) {
        (FieldType::Object(before), FieldType::Object(after)) => {
            changes.push_if_different(&rules.type_renamed, place, before.name.as_str(), after.name.as_str());
        }
        (FieldType::Code(before), FieldType::Code(after)) => {
            changes.push_if_different(&rules.type_renamed, place, before.name.as_str(), after.name.as_str());
        }
        (FieldType::Object(_), _) | (_, FieldType::Object(_)) => {
            changes.push(&rules.structure_changed, place, &kind(old), &kind(new));
        }
        (before, after) if before != after => {
            let key = if before == &FieldType::Text || after == &FieldType::Text { "type" } else { "values" };
            changes.push(&rules.type_changed, &place.key(key), &kind(old), &kind(new));
        }
        _ => {}
    }
}

/// The type of a field as the spec calls it.
fn kind(plan: &FieldPlan) -> String {
    let name = match &plan.kind {
        FieldType::Text => "text",
        FieldType::Integer => "integer",
        FieldType::Decimal => "decimal",
        FieldType::DateTime => "datetime",
        FieldType::Code(_) => "code",
        FieldType::Object(_) => "object",
    };
    if plan.spec.list { format!("list of {name}") } else { name.to_owned() }
}
