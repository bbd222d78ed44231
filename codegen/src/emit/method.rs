//! The file of one method.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::object::{self, Access};
use super::source::{format, ident};
use super::{builder, code, docs, error, info};
use crate::plan::{MethodPlan, NamespacePlan};

/// What a file can import, and from where; it imports what it names.
const IMPORTS: &[(&str, &str)] = &[
    ("PhantomData", "std::marker"),
    ("NaiveDateTime", "chrono"),
    ("Decimal", "rust_decimal"),
    ("Set", "crate::builder"),
    ("Unset", "crate::builder"),
    ("Client", "crate::client"),
    ("Call", "crate::client"),
    ("Error", "crate::error"),
    ("MethodErrorCode", "crate::error"),
    ("ErrorCode", "crate::error_code"),
    ("find", "crate::error_code"),
    ("CommonErrorCode", "crate::generated::common"),
    ("Check", "crate::info"),
    ("Effect", "crate::info"),
    ("ErrorInfo", "crate::info"),
    ("FieldInfo", "crate::info"),
    ("Kind", "crate::info"),
    ("MethodInfo", "crate::info"),
    ("Retry", "crate::info"),
    ("RuleInfo", "crate::info"),
    ("ValueInfo", "crate::info"),
    ("Field", "crate::model"),
    ("Model", "crate::model"),
    ("Slot", "crate::model"),
    ("model_debug", "crate::model"),
    ("model_serialize", "crate::model"),
    ("Paged", "crate::paging"),
    ("Pages", "crate::paging"),
    ("Rows", "crate::paging"),
    ("Reply", "crate::reply"),
    ("Request", "crate::request"),
    ("Code", "crate::scalar"),
    ("Extra", "crate::value"),
];

/// The whole file.
pub(super) fn module(namespace: &NamespacePlan, method: &MethodPlan) -> String {
    let spec = &method.spec;
    let docs = docs::inner_lines([
        format!("{} (`{}`)", docs::text(&spec.title), spec.method),
        String::new(),
        format!(
            "{} Call it by [`{}::{}`](super::{}::{}).",
            docs::effect(spec.effect),
            namespace.handle,
            method.module,
            namespace.handle,
            method.module
        ),
        String::new(),
        format!("Documented at <{}>.", spec.page),
    ]);
    let body = body(method);
    let imports = imports(&body);
    format(&method.source, quote!(#docs #imports #body))
}

/// Imports of what the tokens name.
pub(super) fn imports(body: &TokenStream) -> TokenStream {
    imports_but(body, "")
}

/// The same, of a file that defines one of the names itself.
pub(super) fn imports_but(body: &TokenStream, defined: &str) -> TokenStream {
    let mut named = BTreeSet::new();
    idents(body.clone(), &mut named);
    named.remove(defined);
    let mut modules: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (name, module) in IMPORTS.iter().filter(|(name, _)| named.contains(*name)) {
        modules.entry(*module).or_default().push(ident(name));
    }
    let uses = modules.into_iter().map(|(module, names)| {
        let module = module.split("::").map(ident);
        if let [name] = names.as_slice() {
            quote!(use #(#module)::*::#name;)
        } else {
            quote!(use #(#module)::*::{#(#names),*};)
        }
    });
    quote!(#(#uses)*)
}

fn idents(tokens: TokenStream, named: &mut BTreeSet<String>) {
    for tree in tokens {
        match tree {
            TokenTree::Group(group) => idents(group.stream(), named),
            TokenTree::Ident(ident) => {
                named.insert(ident.to_string());
            }
            _ => {}
        }
    }
}

fn body(method: &MethodPlan) -> TokenStream {
    let info = info::emit(method);
    let request = object::emit(&method.request, Access::Builder);
    let builder = builder::request(method);
    let request_objects = method.request_objects.iter().map(|object| {
        let (object, builder) = (object::emit(object, Access::Builder), builder::object(object));
        quote!(#object #builder)
    });
    let response = object::emit(&method.response, Access::Public);
    let response_objects = method.response_objects.iter().map(|object| object::emit(object, Access::Public));
    let codes = method.codes.iter().map(code::emit);
    let errors = error::method(&method.errors, method.spec.method.as_str());
    let required = builder::required(method);
    let request_name = ident(&method.request.name);
    let response_name = ident(&method.response.name);
    let error_name = ident(&method.errors.name);
    let response_type = if method.spec.response_list { quote!(Vec<#response_name>) } else { quote!(#response_name) };
    let requests = std::iter::once(&method.request).chain(&method.request_objects).map(|object| ident(&object.name));
    let responses: Vec<_> =
        std::iter::once(&method.response).chain(&method.response_objects).map(|object| ident(&object.name)).collect();
    let examples = examples(method);
    quote! {
        #info
        #request
        impl Request for #request_name {
            type Row = #response_name;
            type Response = #response_type;
            type ErrorCode = #error_name;
            const METHOD: &'static MethodInfo = &METHOD;
        }
        #builder
        #(#request_objects)*
        #response
        #(#response_objects)*
        model_debug!(#(#requests,)* #(#responses),*);
        model_serialize!(#(#responses),*);
        #(#codes)*
        #errors
        #required
        #examples
    }
}

/// The documented messages, for the mock gateway.
fn examples(method: &MethodPlan) -> TokenStream {
    let parts = method.spec.examples.parts().map(|(name, example)| {
        let name = ident(name);
        let (json, xml) = (error::option(example.json.as_ref()), error::option(example.xml.as_ref()));
        quote!(#name: Example { json: #json, xml: #xml })
    });
    quote! {
        #[cfg(feature = "mock")]
        pub(crate) static EXAMPLES: crate::mock::example::Examples = {
            use crate::mock::example::{Example, Examples};
            Examples { #(#parts),* }
        };
    }
}
