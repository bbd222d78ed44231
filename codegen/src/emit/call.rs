//! The documented example of a request as a Rust call.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use serde_json::Value;

use crate::plan::{FieldPlan, FieldType, MethodPlan, NamespacePlan, ObjectPlan, RustName};

/// The setters that give a request the values of the documented example; `None` without an example.
pub(super) fn setters(method: &MethodPlan) -> Option<TokenStream> {
    method.examples.request_node.as_ref().map(|value| chain(&method.module, &method.request, value))
}

/// Whether the documented example has every required parameter.
pub(super) fn is_complete(method: &MethodPlan) -> bool {
    method.examples.request_node.as_ref().is_some_and(|value| has_required(&method.request, value))
}

fn has_required(object: &ObjectPlan, value: &Value) -> bool {
    object.fields.iter().all(|field| {
        match (value.get(&field.wire).filter(|value| says_something(value)), &field.kind) {
            (None, _) => !field.spec.required,
            (Some(Value::Array(items)), FieldType::Object(inside)) => {
                items.iter().all(|item| has_required(inside, item))
            }
            (Some(value), FieldType::Object(inside)) => has_required(inside, value),
            _ => true,
        }
    })
}

fn chain(module: &RustName, object: &ObjectPlan, value: &Value) -> TokenStream {
    let calls = object.fields.iter().filter_map(|field| {
        let shown = value.get(&field.wire).filter(|value| says_something(value)).cloned();
        let value = shown.or_else(|| field.spec.required.then(|| sample(field)))?;
        let name = &field.name;
        let items: Vec<_> = value.as_array().map_or_else(|| vec![&value], |items| items.iter().collect());
        let items = items.into_iter().map(|item| argument(module, field, item));
        Some(if field.spec.list { quote!(.#name([#(#items),*])) } else { quote!(.#name(#(#items),*)) })
    });
    quote!(#(#calls)*)
}

/// A value for a required parameter that the example leaves out.
fn sample(field: &FieldPlan) -> Value {
    let text = match &field.kind {
        FieldType::Object(_) => return Value::Object(serde_json::Map::new()),
        FieldType::Text => field.spec.example.as_ref().unwrap_or(&field.wire),
        FieldType::Integer | FieldType::Decimal => "1",
        FieldType::DateTime => "2026-01-02 03:04:05",
        FieldType::Code(code) => code.variants.first().map_or("1", |variant| &variant.code),
    };
    Value::from(text)
}

/// Whether a value is more than a way to write nothing.
fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => items.iter().any(says_something),
        _ => true,
    }
}

fn argument(module: &RustName, field: &FieldPlan, value: &Value) -> TokenStream {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match &field.kind {
        FieldType::Text => quote!(#text),
        FieldType::Integer => {
            let number = Literal::i64_unsuffixed(text.parse().unwrap_or_default());
            quote!(#number)
        }
        FieldType::Decimal => quote!(#text.parse::<suning_api::Decimal>().unwrap()),
        FieldType::DateTime => quote!(suning_api::time::parse(#text).unwrap()),
        FieldType::Code(code) => {
            let name = &code.name;
            match code.variants.iter().find(|variant| variant.code == text).map(|variant| &variant.name) {
                Some(variant) => quote!(#module::#name::#variant),
                None => quote!(#module::#name::Other(#text.into())),
            }
        }
        FieldType::Object(object) => {
            let (name, calls) = (&object.name, chain(module, object, value));
            if object.has_required_fields() {
                quote!(#module::#name::builder()#calls.build())
            } else {
                quote!(#module::#name::default()#calls)
            }
        }
    }
}

/// The lines of a doc test that sends the documented example.
pub(super) fn documentation(namespace: &NamespacePlan, method: &MethodPlan) -> Option<Vec<String>> {
    let mut lines = vec!["# async fn run(client: &suning_api::Client) -> Result<(), suning_api::Error> {".to_owned()];
    lines.extend(example(namespace, method)?);
    lines.push("println!(\"{reply:?}\");".to_owned());
    lines.push("# Ok(())".to_owned());
    lines.push("# }".to_owned());
    Some(lines)
}

/// The lines that send the documented example with a `client`.
pub(super) fn example(namespace: &NamespacePlan, method: &MethodPlan) -> Option<Vec<String>> {
    let setters = setters(method)?;
    let (module, name) = (&namespace.module, &method.module);
    let mut lines = Vec::new();
    if setters.to_string().contains(&format!("{name} ::")) {
        lines.push(format!("use suning_api::methods::{module}::{name};"));
    }
    let call = quote! {
        fn run() {
            let reply = client.#module().#name()#setters.send().await?;
        }
    };
    let file = syn::parse2(call).ok()?;
    let printed = prettyplease::unparse(&file);
    let call = printed
        .lines()
        .skip(1)
        .filter(|line| *line != "}")
        .map(|line| line.strip_prefix("    ").unwrap_or(line).to_owned());
    lines.extend(call);
    Some(lines)
}
