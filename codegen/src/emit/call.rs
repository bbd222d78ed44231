//! The documented example of a request as a Rust call.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::source::ident;
use crate::plan::{FieldPlan, FieldType, MethodPlan, NamespacePlan, ObjectPlan};

/// The setters that give a request the values of the documented example; `None` without an example.
pub(super) fn setters(method: &MethodPlan) -> Option<TokenStream> {
    method.example.as_ref().map(|value| chain(method, &method.request, value))
}

fn chain(method: &MethodPlan, object: &ObjectPlan, value: &Value) -> TokenStream {
    let calls = object.fields.iter().filter_map(|field| {
        let value = value.get(&field.wire).filter(|value| says_something(value))?;
        let name = ident(&field.name);
        let items: Vec<_> = value.as_array().map_or_else(|| vec![value], |items| items.iter().collect());
        let items = items.into_iter().map(|item| argument(method, field, item));
        Some(if field.list { quote!(.#name([#(#items),*])) } else { quote!(.#name(#(#items),*)) })
    });
    quote!(#(#calls)*)
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

fn argument(method: &MethodPlan, field: &FieldPlan, value: &Value) -> TokenStream {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    match &field.kind {
        FieldType::Text => quote!(#text),
        FieldType::Integer => text.parse::<i64>().map_or_else(
            |_| quote!(0),
            |number| {
                let number = proc_macro2::Literal::i64_unsuffixed(number);
                quote!(#number)
            },
        ),
        FieldType::Decimal => quote!(#text.parse().unwrap()),
        FieldType::DateTime => quote!(suning_api::time::parse(#text).unwrap()),
        FieldType::Code(name) => {
            let code = method.codes.iter().find(|code| code.name == *name);
            let variant = code.and_then(|code| code.variants.iter().find(|variant| variant.code == text));
            let (module, name) = (ident(&method.module), ident(name));
            match variant {
                Some(variant) => {
                    let variant = ident(&variant.name);
                    quote!(#module::#name::#variant)
                }
                None => quote!(#module::#name::Other(#text.into())),
            }
        }
        FieldType::Object(name) => match method.request_objects.iter().find(|object| object.name == *name) {
            Some(object) => {
                let (module, name, calls) = (ident(&method.module), ident(name), chain(method, object, value));
                quote!(#module::#name::builder()#calls.build())
            }
            None => quote!(),
        },
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
    let (module, name) = (ident(&namespace.module), ident(&method.module));
    let text = setters.to_string();
    let mut lines = Vec::new();
    if text.contains(&format!("{} ::", method.module)) {
        lines.push(format!("use suning_api::{}::{};", namespace.module, method.module));
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
