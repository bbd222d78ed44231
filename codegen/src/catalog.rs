//! The spec as JSON: all methods with parameters, types, flags and errors, in the order of the documents.

use indexmap::IndexMap;
use serde_json::{Map, Value, json};

use crate::spec::{ErrorEntry, Field, Fields, Method, Spec};

/// The whole catalog.
#[must_use]
pub fn to_json(spec: &Spec) -> Value {
    json!({
        "methods": spec.methods.values().map(method).collect::<Vec<_>>(),
        "common_errors": errors(&spec.platform.errors),
    })
}

fn method(method: &Method) -> Value {
    json!({
        "method": method.method,
        "title": method.title,
        "node": method.node,
        "effect": method.effect,
        "page": method.page,
        "request": fields(&method.request, Side::Request),
        "response": fields(&method.response, Side::Response),
        "response_list": method.response_list,
        "errors": errors(&method.errors),
        "rules": method.rules,
        "quirks": method.quirks,
    })
}

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Request,
    Response,
}

fn fields(fields: &Fields, side: Side) -> Vec<Value> {
    fields.iter().map(|(name, content)| field(name, content, side)).collect()
}

fn field(name: &str, field: &Field, side: Side) -> Value {
    let mut object = Map::new();
    object.insert("name".to_owned(), json!(name));
    if side == Side::Request {
        object.insert("required".to_owned(), json!(field.required));
    }
    object.insert("list".to_owned(), json!(field.list));
    object.insert("secret".to_owned(), json!(field.secret));
    let kind = if field.is_container() { "object" } else { field.kind.as_str() };
    object.insert("type".to_owned(), json!(kind));
    object.insert("example".to_owned(), json!(field.example));
    object.insert("description".to_owned(), json!(field.description));
    let values = field
        .values
        .iter()
        .map(|(value, entry)| json!({ "value": value, "name": entry.name, "description": entry.description }));
    object.insert("values".to_owned(), values.collect());
    if field.is_container() {
        object.insert("fields".to_owned(), json!(fields(&field.fields, side)));
    }
    Value::Object(object)
}

/// One row per meaning, as in the tables. `documented` is false for codes that were only seen in practice.
fn errors(errors: &IndexMap<String, ErrorEntry>) -> Vec<Value> {
    let mut rows = Vec::new();
    for (code, entry) in errors {
        let mut row = |message: &str, remedy: &Option<String>| {
            rows.push(json!({
                "code": code,
                "message": message,
                "remedy": remedy,
                "retry": entry.retry,
                "documented": entry.undocumented.is_none(),
            }));
        };
        row(&entry.message, &entry.remedy);
        entry.also.iter().for_each(|meaning| row(&meaning.message, &meaning.remedy));
    }
    rows
}
