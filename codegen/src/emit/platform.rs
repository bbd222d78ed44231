//! What all methods share.

use heck::ToShoutySnakeCase;
use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::object::{self, Documented};
use super::source::File;
use super::{docs, error};
use crate::plan::PlatformPlan;

const ORIGIN: &str = "spec/platform.yaml";

/// Names, addresses and the models around a result.
pub(super) fn module(plan: &PlatformPlan) -> String {
    let spec = &plan.spec;
    let envelope = &spec.envelope;
    let content = [&envelope.head, &envelope.body, &envelope.error].map(String::as_str).join("\n");
    let constants = [
        ("PRODUCTION", &spec.endpoints.production, "URL of the gateway for real shops."),
        ("PRE_PRODUCTION", &spec.endpoints.pre_production, "URL of the gateway for tests."),
        ("VERSION", &spec.version, "Version of the protocol."),
        ("REQUEST_ROOT", &envelope.request, "Root of a request."),
        ("RESPONSE_ROOT", &envelope.response, "Root of a reply."),
        ("BODY", &envelope.body, "What holds the business node."),
        ("HEAD", &envelope.head, "The page of a result."),
        ("ERROR", &envelope.error, "What is in place of the body when a call fails."),
        ("CONTENT", &content, "The names inside the root of a reply, a line each."),
    ];
    let constants = constants.map(|(name, value, docs)| constant(name, value, [docs.to_owned()]));
    let headers = spec.common_parameters.iter().map(|(name, parameter)| {
        let docs = [format!("Header of the common parameter `{name}`: {}", docs::text(&parameter.description))];
        constant(&name.to_shouty_snake_case(), &parameter.header, docs)
    });
    let error_fields = plan
        .error_body
        .fields
        .iter()
        .map(|field| &field.wire)
        .map(|name| constant(&name.to_shouty_snake_case(), name, [format!("Field `{name}` of an error.")]));
    let minutes = Literal::u32_unsuffixed(spec.clock_tolerance_minutes);
    let mut file = File::new(&docs::inner_lines(["Names and URLs of the platform, and the models around a result."]));
    file.push(&quote! {
        use crate::model::prelude::*;

        #(#constants)*
        #(#headers)*
        #(#[cfg(feature = "mock")] #error_fields)*
        /// How far the time of a request may be off, in minutes.
        pub(crate) const CLOCK_TOLERANCE_MINUTES: i64 = #minutes;
    });
    object::emit(&mut file, &plan.head, Documented::Here);
    object::emit(&mut file, &plan.error_body, Documented::Here);
    file.print(ORIGIN)
}

fn constant(name: &str, value: &str, docs: [String; 1]) -> TokenStream {
    let (name, docs) = (format_ident!("{name}"), docs::lines(docs));
    quote!(#docs pub(crate) const #name: &str = #value;)
}

/// The common error codes.
pub(super) fn errors(plan: &PlatformPlan) -> String {
    let mut file = File::new(&docs::inner_lines(["Error codes that any method can return."]));
    file.push(&quote!(
        use crate::model::prelude::*;
    ));
    error::common(&mut file, &plan.errors);
    file.print(ORIGIN)
}
