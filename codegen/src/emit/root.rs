//! The root of the generated part: its modules and the lists of all methods.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::source::{format, ident};
use crate::plan::NamespacePlan;

pub(super) fn module(namespaces: &[NamespacePlan]) -> String {
    let modules = namespaces.iter().map(|namespace| {
        let (feature, module) = (&namespace.module, ident(&namespace.module));
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    let methods = entries(namespaces, |namespace, method, _| quote!(&#namespace::#method::METHOD,));
    let docs = docs::inner_lines(["The platform as its documents describe it."]);
    format(
        "spec",
        quote! {
            #docs

            pub(crate) mod common;
            #[cfg(feature = "mock")]
            pub(crate) mod examples;
            pub(crate) mod platform;
            #(#modules)*

            use crate::info::MethodInfo;

            pub(crate) static METHODS: &[&MethodInfo] = &[#(#methods)*];
        },
    )
}

/// The documented messages of all methods.
pub(super) fn examples(namespaces: &[NamespacePlan]) -> String {
    let arms =
        entries(namespaces, |namespace, method, wire| quote!(#wire => Some(&super::#namespace::#method::EXAMPLES),));
    let docs = docs::inner_lines(["The documented messages by method."]);
    format(
        "spec",
        quote! {
            #docs

            use crate::mock::example::Examples;

            pub(crate) fn examples(method: &str) -> Option<&'static Examples> {
                match method {
                    #(#arms)*
                    _ => None,
                }
            }
        },
    )
}

/// One entry for each method, there when its namespace is.
fn entries(
    namespaces: &[NamespacePlan],
    entry: impl Fn(&proc_macro2::Ident, &proc_macro2::Ident, &str) -> TokenStream,
) -> Vec<TokenStream> {
    let mut entries = Vec::new();
    for namespace in namespaces {
        for method in &namespace.methods {
            let feature = &namespace.module;
            let entry = entry(&ident(&namespace.module), &ident(&method.module), method.spec.method.as_str());
            entries.push(quote!(#[cfg(feature = #feature)] #entry));
        }
    }
    entries
}
