//! A test for each method: the documented request is what we send, the documented reply is what we read.

use quote::quote;

use super::call;
use super::source::{format, ident};
use crate::plan::NamespacePlan;

/// The tests of one namespace.
pub(super) fn module(namespace: &NamespacePlan) -> String {
    let module = ident(&namespace.module);
    let names = namespace.methods.iter().map(|method| ident(&method.module));
    let tests = namespace.methods.iter().map(|method| {
        let (name, request) = (ident(&method.module), ident(&method.request.name));
        let sent = call::setters(method)
            .map(|setters| quote!(tests::conformance::request(&#name::#request::builder()#setters.build());));
        let aliases: Vec<_> = std::iter::once(&method.response)
            .chain(&method.response_objects)
            .flat_map(|object| &object.fields)
            .flat_map(|field| field.aliases.iter().map(|alias| (alias.clone(), field.wire.clone())))
            .map(|(alias, wire)| quote!((#alias, #wire)))
            .collect();
        quote! {
            #[test]
            fn #name() {
                #sent
                tests::conformance::response::<#name::#request>(&[#(#aliases),*]);
            }
        }
    });
    format(
        &format!("spec/{}", namespace.wire),
        quote! {
            use suning_api::#module::{#(#names),*};

            #(#tests)*
        },
    )
}

/// The list of the namespaces.
pub(super) fn root(namespaces: &[NamespacePlan]) -> String {
    let modules = namespaces.iter().map(|namespace| ident(&namespace.module));
    format("spec", quote!(#(mod #modules;)*))
}
