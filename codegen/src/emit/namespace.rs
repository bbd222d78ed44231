//! The module of a namespace: its handle, with a stub for each method.

use quote::quote;

use super::source::{format, ident};
use super::{call, docs};
use crate::plan::{MethodPlan, NamespacePlan};

pub(super) fn module(namespace: &NamespacePlan) -> String {
    let (module, handle) = (ident(&namespace.module), ident(&namespace.handle));
    let modules = namespace.methods.iter().map(|method| ident(&method.module));
    let wire = &namespace.wire;
    let inner_docs = docs::inner_lines([format!("Methods of the namespace `{wire}`.")]);
    let handle_docs =
        docs::lines([format!("Methods of the namespace `{wire}`, called by [`Client::{}`].", namespace.module)]);
    let client_docs = docs::lines([format!("Methods of the namespace `{wire}`.")]);
    let stubs = namespace.methods.iter().map(|method| {
        let docs = stub_docs(namespace, method);
        let (name, builder) = (ident(&method.module), ident(&method.builder));
        let wire = method.spec.method.as_str();
        quote! {
            #docs
            #[doc(alias = #wire)]
            pub fn #name(&self) -> #name::#builder<C> {
                #name::#builder::new(self.client.clone())
            }
        }
    });
    format(
        &format!("spec/{wire}"),
        quote! {
            #inner_docs

            #(pub mod #modules;)*

            use crate::client::Client;

            impl Client {
                #client_docs
                #[must_use]
                pub fn #module(&self) -> #handle {
                    #handle { client: self.clone() }
                }
            }

            #[cfg(feature = "blocking")]
            impl crate::blocking::Client {
                #client_docs
                #[must_use]
                pub fn #module(&self) -> #handle<Self> {
                    #handle { client: self.clone() }
                }
            }

            #handle_docs
            #[derive(Debug, Clone)]
            pub struct #handle<C = Client> {
                client: C,
            }

            impl<C: Clone> #handle<C> {
                #(#stubs)*
            }
        },
    )
}

fn stub_docs(namespace: &NamespacePlan, method: &MethodPlan) -> proc_macro2::TokenStream {
    let spec = &method.spec;
    let mut lines = vec![
        format!("{} (`{}`)", docs::text(&spec.title), spec.method),
        String::new(),
        docs::effect(spec.effect).to_owned(),
        String::new(),
        format!("Documented at <{}>.", spec.page),
    ];
    lines.extend(docs::rules(&spec.rules));
    if let Some(example) = call::documentation(namespace, method) {
        lines.extend(["", "# Examples", "```no_run"].map(str::to_owned));
        lines.extend(example);
        lines.push("```".to_owned());
    }
    docs::lines(lines)
}
