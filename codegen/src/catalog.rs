//! The spec as JSON: all methods with parameters, types, flags and errors, in the order of the documents.

use serde_json::{Map, Value, json};

use crate::emit::docs;
use crate::plan::{ErrorsPlan, FieldPlan, FieldType, MethodPlan, NamespacePlan, ObjectPlan, Plan};
use crate::spec::{Evidence, Rule, ValueEntry};

/// The whole catalog.
#[must_use]
pub fn to_json(plan: &Plan) -> Value {
    json!({
        "methods": plan.methods().map(|(_, plan)| method(plan)).collect::<Vec<_>>(),
        "common_errors": errors(&plan.platform.errors),
    })
}

/// The methods of a namespace with their examples, one a line, for the catalog of the runtime crate.
#[must_use]
pub fn to_lines(namespace: &NamespacePlan) -> String {
    let line = |plan: &MethodPlan| {
        let mut method = method(plan);
        method["examples"] = json!({ "request": plan.examples.request, "response": plan.examples.response, "error": plan.examples.error });
        format!("{method}\n")
    };
    namespace.methods.iter().map(line).collect()
}

fn method(method: &MethodPlan) -> Value {
    json!({
        "method": method.method,
        "title": method.title,
        "node": method.node,
        "effect": method.effect,
        "effect_derived": method.effect_derived,
        "page": method.page,
        "source": method.evidence,
        "sources": method.sources,
        "request": fields(&method.request, Side::Request, method.evidence),
        "response": fields(&method.response, Side::Response, method.evidence),
        "response_list": method.response_list,
        "response_partial": method.response_partial,
        "success": method.success,
        "errors": errors(&method.errors),
        "rules": method.rules.iter().map(rule).collect::<Vec<_>>(),
        "quirks": method.quirks,
    })
}

/// A rule, with its text.
fn rule(rule: &Rule) -> Value {
    let mut value = json!(rule);
    value["text"] = rule.kinds().into_iter().map(docs::sentence).collect();
    value
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Request,
    Response,
}

fn fields(object: &ObjectPlan, side: Side, evidence: Evidence) -> Vec<Value> {
    object.fields.iter().map(|plan| field(plan, side, evidence)).collect()
}

fn field(plan: &FieldPlan, side: Side, evidence: Evidence) -> Value {
    let FieldPlan { spec, wire, kind, personal, absent, .. } = plan;
    let mut object = Map::new();
    object.insert("name".to_owned(), json!(wire));
    if side == Side::Request {
        object.insert("required".to_owned(), json!(spec.required));
    }
    object.insert("list".to_owned(), json!(spec.list));
    object.insert("secret".to_owned(), json!(spec.secret));
    object.insert("personal".to_owned(), json!(personal));
    let name = if matches!(kind, FieldType::Object(_)) { "object" } else { spec.kind.as_str() };
    object.insert("type".to_owned(), json!(name));
    object.insert("source".to_owned(), json!(spec.evidence.unwrap_or(evidence)));
    object.insert("example".to_owned(), json!(spec.example));
    object.insert("description".to_owned(), json!(spec.description));
    let value = |value: &str, name: &str, description: &str| json!({ "value": value, "name": name, "description": description });
    let mut values = Vec::new();
    if let FieldType::Code(code) = kind {
        values.extend(code.variants.iter().map(|known| value(&known.code, known.name.as_str(), &known.description)));
    }
    values.extend(absent.iter().map(|ValueEntry { name, description }| value("", name, description)));
    object.insert("values".to_owned(), json!(values));
    if let FieldType::Object(inner) = kind {
        object.insert("fields".to_owned(), json!(fields(inner, side, evidence)));
    }
    Value::Object(object)
}

/// One row for each meaning, as the tables have it; `documented` is false for codes that were only seen in practice.
fn errors(errors: &ErrorsPlan) -> Vec<Value> {
    let mut rows = Vec::new();
    for variant in &errors.variants {
        let (code, entry) = (&variant.code, &variant.entry);
        let mut row = |message: Option<&String>, remedy: &Option<String>| {
            rows.push(json!({
                "code": code,
                "message": message,
                "remedy": remedy,
                "retry": entry.retry,
                "documented": entry.undocumented.is_none(),
            }));
        };
        row(entry.message.as_ref(), &entry.remedy);
        entry.also.iter().for_each(|meaning| row(Some(&meaning.message), &meaning.remedy));
    }
    rows
}
