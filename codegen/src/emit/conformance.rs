//! Tests of what the documents show: the documented request is what we send, the documented reply is what we read. And a
//! list of everything, for the test that walks it.

use quote::quote;

use super::call;
use super::source::{File, Table};
use crate::plan::{MethodPlan, NamespacePlan};

/// The methods with examples.
pub(super) fn documented(namespace: &NamespacePlan) -> impl Iterator<Item = &MethodPlan> {
    namespace.methods.iter().filter(|method| method.examples.is_documented())
}

/// The tests of the documented methods of a namespace.
pub(super) fn module(namespace: &NamespacePlan) -> String {
    let module = &namespace.module;
    let names = documented(namespace).map(|method| &method.module);
    let tests = documented(namespace).map(|method| {
        let (name, request) = (&method.module, &method.request.name);
        // An example that leaves out what is required is not what we send.
        let sent = call::setters(method)
            .filter(|_| call::is_complete(method))
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

/// The list of the modules.
pub(super) fn root<'a>(namespaces: impl Iterator<Item = &'a NamespacePlan>) -> String {
    let modules = namespaces.map(|namespace| &namespace.module);
    let mut file = File::default();
    file.push(&quote!(pub(crate) mod all; #(mod #modules;)*));
    file.print("spec")
}

/// Calls a function for each type of request, and makes the handle of each namespace.
pub(super) fn all(namespaces: &[NamespacePlan]) -> String {
    let handles = namespaces.iter().map(|namespace| &namespace.module);
    let requests = namespaces.iter().flat_map(|NamespacePlan { module, methods, .. }| {
        methods.iter().map(move |method| {
            let (name, request) = (&method.module, &method.request.name);
            quote!(methods::#module::#name::#request)
        })
    });
    let mut file = File::default();
    file.push(&quote! {
        use suning_api::{Client, methods};

        pub(crate) fn handles(client: &Client) {
            #(let _ = client.#handles();)*
        }
    });
    file.table(Table {
        makes: "tests::walk",
        head: "requests".to_owned(),
        rows: requests.map(|path| path.to_string().replace(' ', "")).collect(),
    });
    file.print("spec")
}
