//! The module of a namespace: its handle, with a function for each method.

use quote::quote;

use super::source::File;
use super::{call, docs};
use crate::plan::{MethodPlan, NamespacePlan};

pub(super) fn module(namespace: &NamespacePlan) -> String {
    let NamespacePlan { wire, module, handle, methods } = namespace;
    let mut file = File::new(&docs::inner_lines([format!("Methods of the namespace `{wire}`.")]));
    let modules = methods.iter().map(|method| &method.module);
    let handle_docs = docs::lines([format!("Methods of the namespace `{wire}`, called by [`Client::{module}`].")]);
    let client_docs = docs::lines([format!("Methods of the namespace `{wire}`.")]);
    let functions = methods.iter().map(|method| {
        let docs = function_docs(namespace, method);
        let MethodPlan { module: name, builder, .. } = method;
        let wire = method.method.as_str();
        let title = method.title.as_ref().map(|title| {
            let title = title.replace(['"', '\''], "");
            let title = title.trim();
            quote!(#[doc(alias = #title)])
        });
        quote! {
            #docs
            #[doc(alias = #wire)]
            #title
            pub fn #name(&self) -> #name::#builder<C> {
                #name::#builder(Draft::new(self.client.clone()))
            }
        }
    });
    file.push(&quote! {
        #(pub mod #modules;)*

        use crate::model::prelude::*;

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
            #(#functions)*
        }
    });
    file.print(&format!("spec/{wire}"))
}

fn function_docs(namespace: &NamespacePlan, method: &MethodPlan) -> proc_macro2::TokenStream {
    let mut lines = vec![
        match &method.title {
            Some(title) => format!("{} (`{}`).", docs::text(title), method.method),
            None => format!("`{}`.", method.method),
        },
        String::new(),
        format!("{} Parameters, rules, reply and errors: [`{1}`](mod@{1}).", docs::effect(method), method.module),
    ];
    if let Some(example) = call::documentation(namespace, method) {
        lines.extend(["", "# Examples", "```no_run"].map(str::to_owned));
        lines.extend(example);
        lines.push("```".to_owned());
    }
    docs::lines(lines)
}
