//! Changes in a table of fields.

use super::change::{Changes, Place};
use super::pair::{Entry, Pairing, entries, pair};
use super::rules::{
    FieldRules, REQUEST, REQUEST_BECAME_OPTIONAL, REQUEST_BECAME_REQUIRED, REQUEST_REQUIRED_ADDED, RESPONSE,
};
use super::values;
use crate::plan::{CodePlan, FieldPlan, FieldType, MethodPlan, ObjectPlan};
use crate::spec::Fields;

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
    pub(super) fields: &'a Fields,
    pub(super) object: &'a ObjectPlan,
    /// The builder or struct through which callers reach the fields.
    pub(super) holder: String,
    pub(super) objects: &'a [ObjectPlan],
    pub(super) codes: &'a [CodePlan],
    /// Path of the module with the types.
    pub(super) module: String,
}

impl<'a> Table<'a> {
    /// The parameters of a method.
    pub(super) fn request(method: &'a MethodPlan, module: &str) -> Self {
        Self {
            side: Side::Request,
            fields: &method.spec.request,
            object: &method.request,
            holder: format!("{module}::{}", method.builder),
            objects: &method.request_objects,
            codes: &method.codes,
            module: module.to_owned(),
        }
    }

    /// The reply of a method.
    pub(super) fn response(method: &'a MethodPlan, module: &str) -> Self {
        Self {
            side: Side::Response,
            fields: &method.spec.response,
            object: &method.response,
            holder: format!("{module}::{}", method.response.name),
            objects: &method.response_objects,
            codes: &method.codes,
            module: module.to_owned(),
        }
    }

    /// The level inside a field. `None` if the field is not a container.
    fn inside(&self, entry: &Entry<'a>) -> Option<Self> {
        let FieldType::Object(name) = &entry.plan.kind else { return None };
        let object = self.objects.iter().find(|object| object.name == *name)?;
        let suffix = if self.side == Side::Request { "Builder" } else { "" };
        let holder = format!("{}::{name}{suffix}", self.module);
        Some(Self { fields: &entry.spec.fields, object, holder, ..self.clone() })
    }

    fn item(&self, entry: &Entry<'_>) -> String {
        format!("{}::{}", self.holder, entry.plan.name.trim_start_matches("r#"))
    }

    pub(super) fn code(&self, name: &str) -> Option<&'a CodePlan> {
        self.codes.iter().find(|code| code.name == name)
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
    let pairing = pair(entries(old.fields, old.object), &entries(new.fields, new.object));
    let Pairing { removed, added, kept } = pairing;
    for entry in removed {
        changes.push(&rules.removed, &at(entry.wire(), old.item(&entry)), &kind(entry.plan), "");
    }
    for entry in added {
        let rule = if entry.plan.required { &REQUEST_REQUIRED_ADDED } else { &rules.added };
        changes.push(rule, &at(entry.wire(), new.item(&entry)), "", &kind(entry.plan));
    }
    for (before, after) in kept {
        let place = at(after.wire(), old.item(&before));
        field(new.side, &before, &after, &place, changes);
        values::compare(old, new, &before, &after, &place, changes);
        if let (Some(old), Some(new)) = (old.inside(&before), new.inside(&after)) {
            let keys: Vec<&str> = keys.iter().copied().chain([after.wire(), "fields"]).collect();
            compare(&old, &new, &keys, &place.subject, changes);
        }
    }
}

fn field(side: Side, before: &Entry<'_>, after: &Entry<'_>, place: &Place, changes: &mut Changes<'_>) {
    let rules = side.rules();
    // All keys are listed, so that a new key does not compile until it is compared.
    let FieldPlan { wire, aliases, name, pascal: _, kind: _, list, required, secret, description, example, absent } =
        before.plan;
    let (old, new) = (before.plan, after.plan);
    changes.push_if_different(&rules.renamed_on_wire, place, wire, &new.wire);
    changes.push_if_different(&rules.renamed_in_rust, &place.key("name"), name, &new.name);
    let flag = |is: bool| if is { "required" } else { "optional" };
    let rule = if new.required { &REQUEST_BECAME_REQUIRED } else { &REQUEST_BECAME_OPTIONAL };
    changes.push_if_different(rule, &place.key("required"), flag(*required), flag(new.required));
    let number = |is: bool| if is { "a list" } else { "a single value" };
    let rule = if new.list { &rules.became_list } else { &rules.became_single };
    changes.push_if_different(rule, &place.key("list"), number(*list), number(new.list));
    match (&old.kind, &new.kind) {
        (FieldType::Object(before), FieldType::Object(after)) | (FieldType::Code(before), FieldType::Code(after)) => {
            changes.push_if_different(&rules.type_renamed, place, before, after);
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
    let shown = |is: bool| if is { "secret" } else { "shown" };
    let rule = if new.secret { &rules.became_secret } else { &rules.no_longer_secret };
    changes.push_if_different(rule, &place.key("secret"), shown(*secret), shown(new.secret));
    for alias in new.aliases.iter().filter(|alias| !aliases.contains(alias)) {
        changes.push(&rules.alias_added, place, "", alias);
    }
    for alias in aliases.iter().filter(|alias| !new.aliases.contains(alias)) {
        changes.push(&rules.alias_removed, place, alias, "");
    }
    // The meaning of an absent value is not a variant, so its name is only documentation.
    let [absent_name, new_absent_name] =
        [before, after].map(|entry| entry.spec.values.get("").map(|value| value.name.clone()));
    let texts = [
        ("description", description, &new.description),
        ("example", example, &new.example),
        ("values", absent, &new.absent),
        ("values", &absent_name, &new_absent_name),
    ];
    for (key, old, new) in texts {
        let [old, new] = [old, new].map(|text| text.as_deref().unwrap_or_default());
        changes.push_if_different(&rules.documentation_changed, &place.key(key), old, new);
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
    if plan.list { format!("list of {name}") } else { name.to_owned() }
}
