//! The documented example of a request as a Rust call.

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;

use super::source::ident;
use crate::message::{parse_json, parse_xml};
use crate::plan::{FieldPlan, FieldType, MethodPlan, NamespacePlan, ObjectPlan};

/// The setters that give a request the values of the documented example; `None` without an example.
pub(super) fn setters(method: &MethodPlan) -> Option<TokenStream> {
    let example = &method.spec.examples.request;
    let message = match (&example.json, &example.xml) {
        (Some(json), _) => parse_json(json).ok()?,
        (None, Some(xml)) => parse_xml(xml).ok()?,
        (None, None) => return None,
    };
    let body = message.as_object()?.values().next()?.as_object()?.values().next()?;
    Some(chain(method, &method.request, body.get(&method.spec.node)?))
}

fn chain(method: &MethodPlan, object: &ObjectPlan, value: &Value) -> TokenStream {
    let calls = object.fields.iter().filter_map(|field| {
        let value = value.get(&field.wire).filter(|value| *value != "" && !value.is_null())?;
        let name = ident(&field.name);
        let items: Vec<_> = value.as_array().map_or_else(|| vec![value], |items| items.iter().collect());
        let items = items.into_iter().map(|item| argument(method, field, item));
        Some(if field.list { quote!(.#name([#(#items),*])) } else { quote!(.#name(#(#items),*)) })
    });
    quote!(#(#calls)*)
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
        FieldType::DateTime => quote!(time::parse(#text).unwrap()),
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
    if text.contains("time ::") {
        lines.push("use suning_api::time;".to_owned());
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
