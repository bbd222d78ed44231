//! What all methods share.

use heck::ToShoutySnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::object::{self, Access};
use super::source::{format, ident};
use super::{docs, error};
use crate::plan::PlatformPlan;

const ORIGIN: &str = "spec/platform.yaml";

/// Names, addresses and the models around a result.
pub(super) fn module(plan: &PlatformPlan) -> String {
    let spec = &plan.spec;
    let envelope = &spec.envelope;
    let constants = [
        ("PRODUCTION", &spec.endpoints.production, "Address of the gateway for real shops."),
        ("PRE_PRODUCTION", &spec.endpoints.pre_production, "Address of the gateway for trying things out."),
        ("VERSION", &spec.version, "Version of the protocol."),
        ("REQUEST_ROOT", &envelope.request, "Root of a request."),
        ("RESPONSE_ROOT", &envelope.response, "Root of a reply."),
        ("BODY", &envelope.body, "What holds the business node."),
        ("HEAD", &envelope.head, "What says where in a result a reply stands."),
        ("ERROR", &envelope.error, "What stands in place of the body when a call fails."),
    ];
    let constants = constants.map(|(name, value, docs)| constant(name, value, [docs.to_owned()]));
    let headers = spec.common_parameters.iter().map(|(name, parameter)| {
        let docs = [format!("Header of the common parameter `{name}`: {}", docs::text(&parameter.description))];
        constant(&name.to_shouty_snake_case(), &parameter.header, docs)
    });
    let error_fields = envelope
        .error_fields
        .keys()
        .map(|name| constant(&name.to_shouty_snake_case(), name, [format!("Field `{name}` of an error.")]));
    let minutes = Literal::u32_unsuffixed(spec.clock_tolerance_minutes);
    let head = object::emit(&plan.head, Access::Public);
    let error = object::emit(&plan.error_body, Access::Crate);
    let (head_name, error_name) = (ident(&plan.head.name), ident(&plan.error_body.name));
    let docs = docs::inner_lines(["Names and addresses of the platform, and the models around a result."]);
    let body = quote! {
        #(#constants)*
        #(#headers)*
        #(#[cfg(feature = "mock")] #error_fields)*
        /// How far the time of a request may be off, in minutes.
        pub(crate) const CLOCK_TOLERANCE_MINUTES: i64 = #minutes;
        #head
        #error
        model_debug!(#head_name, #error_name);
        model_serialize!(#head_name);
    };
    format(ORIGIN, quote!(#docs #body))
}

fn constant(name: &str, value: &str, docs: [String; 1]) -> TokenStream {
    let (name, docs) = (ident(name), docs::lines(docs));
    quote!(#docs pub(crate) const #name: &str = #value;)
}

/// The common error codes.
pub(super) fn errors(plan: &PlatformPlan) -> String {
    let docs = docs::inner_lines(["Error codes that any method can answer."]);
    let body = error::common(&plan.errors);
    format(ORIGIN, quote!(#docs #body))
}
