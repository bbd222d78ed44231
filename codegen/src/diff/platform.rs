//! Changes in what all methods share.

use indexmap::IndexMap;

use super::change::{Changes, Place, SpecChange};
use super::fields::{self, Side, Table};
use super::requirements::count;
use super::rules::{
    CLOCK_LOOSENED, CLOCK_TIGHTENED, COMMON_ADDED, COMMON_CHANGED, COMMON_DOCUMENTATION, COMMON_REMOVED,
    ENDPOINT_CHANGED, ENVELOPE_CHANGED, PERSONAL_CHANGED, SECRET_CHANGED, VERSION_CHANGED,
};
use super::{errors, method};
use crate::plan::{ObjectPlan, PlatformPlan};
use crate::spec::{CommonParameter, Endpoints, Envelope, Platform};

pub(super) fn compare(old: &PlatformPlan, new: &PlatformPlan) -> Vec<SpecChange> {
    let mut changes = Changes::new(None, &new.source);
    // Lists every key, so that a new one does not compile until it is compared.
    let Platform {
        endpoints,
        version,
        clock_tolerance_minutes,
        common_parameters,
        envelope,
        personal,
        secret,
        errors: _,
        quirks,
    } = &old.spec;
    let Endpoints { production, pre_production } = endpoints;
    let after = &new.spec;
    let endpoints = [
        ("production", production, &after.endpoints.production),
        ("pre_production", pre_production, &after.endpoints.pre_production),
    ];
    for (key, before, after) in endpoints {
        changes.push_if_different(&ENDPOINT_CHANGED, &Place::new(&["endpoints", key]), before, after);
    }
    changes.push_if_different(&VERSION_CHANGED, &Place::new(&["version"]), version, &after.version);
    let [minutes, new_minutes] =
        [*clock_tolerance_minutes, after.clock_tolerance_minutes].map(|minutes| count(minutes.into(), "minute"));
    let is_tighter = after.clock_tolerance_minutes < *clock_tolerance_minutes;
    let rule = if is_tighter { &CLOCK_TIGHTENED } else { &CLOCK_LOOSENED };
    changes.push_if_different(rule, &Place::new(&["clock_tolerance_minutes"]), &minutes, &new_minutes);
    compare_parameters(common_parameters, &after.common_parameters, &mut changes);
    compare_envelope(envelope, &after.envelope, &mut changes);
    if old.error_body != new.error_body {
        let names =
            |body: &ObjectPlan| body.fields.iter().map(|field| field.wire.clone()).collect::<Vec<_>>().join(", ");
        let place = Place::new(&["envelope", "error_fields"]);
        changes.push(&ENVELOPE_CHANGED, &place, &names(&old.error_body), &names(&new.error_body));
    }
    fields::compare(&head(old), &head(new), &["envelope", "head_fields"], "envelope.head_fields", &mut changes);
    errors::compare(&old.errors, &new.errors, &[&old.errors], "suning_api", &mut changes);
    for (rule, key, old, new) in
        [(&PERSONAL_CHANGED, "personal", personal, &after.personal), (&SECRET_CHANGED, "secret", secret, &after.secret)]
    {
        changes.push_if_different(rule, &Place::new(&[key]), &old.join(", "), &new.join(", "));
    }
    method::quirks(quirks, &after.quirks, &mut changes);
    changes.into_found()
}

/// The head of a reply, the only part of the envelope that callers can name.
fn head(plan: &PlatformPlan) -> Table<'_> {
    Table {
        side: Side::Response,
        object: &plan.head,
        holder: format!("suning_api::{}", plan.head.name),
        module: "suning_api".to_owned(),
    }
}

type CommonParameters = IndexMap<String, CommonParameter>;

fn compare_parameters(old: &CommonParameters, new: &CommonParameters, changes: &mut Changes<'_>) {
    for (name, before) in old {
        let place = Place::new(&["common_parameters", name]);
        let Some(after) = new.get(name) else {
            changes.push(&COMMON_REMOVED, &place, &before.header, "");
            continue;
        };
        let CommonParameter { header, required, secret, example, description } = before;
        changes.push_if_different(&COMMON_CHANGED, &place.key("header"), header, &after.header);
        let flag = |is: bool| if is { "required" } else { "optional" };
        changes.push_if_different(&COMMON_CHANGED, &place.key("required"), flag(*required), flag(after.required));
        let shown = |is: bool| if is { "secret" } else { "shown" };
        changes.push_if_different(&COMMON_DOCUMENTATION, &place.key("secret"), shown(*secret), shown(after.secret));
        changes.push_if_different(&COMMON_DOCUMENTATION, &place.key("example"), example, &after.example);
        changes.push_if_different(&COMMON_DOCUMENTATION, &place.key("description"), description, &after.description);
    }
    for (name, after) in new.iter().filter(|(name, _)| !old.contains_key(*name)) {
        changes.push(&COMMON_ADDED, &Place::new(&["common_parameters", name]), "", &after.header);
    }
}

fn compare_envelope(old: &Envelope, new: &Envelope, changes: &mut Changes<'_>) {
    let Envelope { request, response, body, head, head_fields: _, error, error_fields: _ } = old;
    let names = [
        ("request", request, &new.request),
        ("response", response, &new.response),
        ("body", body, &new.body),
        ("head", head, &new.head),
        ("error", error, &new.error),
    ];
    for (key, old, new) in names {
        changes.push_if_different(&ENVELOPE_CHANGED, &Place::new(&["envelope", key]), old, new);
    }
}
