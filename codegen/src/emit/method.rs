//! The file of one method.

use proc_macro2::TokenStream;
use quote::quote;

use super::object::{self, Access};
use super::source::{format, ident};
use super::{builder, code, docs, error, info};
use crate::plan::{MethodPlan, NamespacePlan};

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
    format(&method.source, quote!(#docs #body))
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
