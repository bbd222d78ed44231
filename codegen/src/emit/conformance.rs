//! A test for each method: the documented request is what we send, the documented reply is what we read.

use quote::quote;

use super::call;
use super::source::File;
use crate::plan::NamespacePlan;

/// The tests of one namespace.
pub(super) fn module(namespace: &NamespacePlan) -> String {
    let module = &namespace.module;
    let names = namespace.methods.iter().map(|method| &method.module);
    let tests = namespace.methods.iter().map(|method| {
        let (name, request) = (&method.module, &method.request.name);
        let sent = call::setters(method)
            .map(|setters| quote!(tests::conformance::request(&#name::#request::builder()#setters.build());));
        let objects = std::iter::once(&method.response).chain(method.response.objects());
        let fields = objects.flat_map(|object| &object.fields);
        let aliases = fields.flat_map(|field| field.aliases.iter().map(|alias| (alias, &field.wire)));
        let aliases = aliases.map(|(alias, wire)| quote!((#alias, #wire)));
        quote! {
            #[test]
            fn #name() {
                #sent
                tests::conformance::response::<#name::#request>(&[#(#aliases),*]);
            }
        }
    });
    let mut file = File::default();
    file.push(&quote! {
        use suning_api::methods::#module::{#(#names),*};

        #(#tests)*
    });
    file.print(&format!("spec/{}", namespace.wire))
}

/// The list of the namespaces.
pub(super) fn root(namespaces: &[NamespacePlan]) -> String {
    let modules = namespaces.iter().map(|namespace| &namespace.module);
    let mut file = File::default();
    file.push(&quote!(#(mod #modules;)*));
    file.print("spec")
}
