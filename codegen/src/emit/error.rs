//! Enums of error codes, and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::source::{File, Table};
use crate::plan::{ErrorVariant, ErrorsPlan};
use crate::spec::Retry;

/// The error codes of one method: an enum of their own where some are not among those that nearly every method has.
pub(super) fn method(file: &mut File, plan: &ErrorsPlan, method: &str) {
    let name = &plan.name;
    let docs = docs::lines([format!("Error codes of `{method}`.")]);
    if plan.has_own_codes() {
        let fallback = quote! {
            /// A code that any method can return.
            Common(CommonErrorCode),
        };
        declare(file, plan, &docs, &fallback);
        table(file, plan, "");
    } else {
        file.push(&quote!(#docs pub type #name = StandardErrorCode;));
        if plan.has_table() {
            table(file, plan, "table ");
        }
    }
}

/// The error codes that any method can return.
pub(super) fn common(file: &mut File, plan: &ErrorsPlan) {
    declare(file, plan, &docs::lines(["Error codes that any method can return."]), &TokenStream::new());
    table(file, plan, "common ");
}

fn declare(file: &mut File, plan: &ErrorsPlan, docs: &TokenStream, fallback: &TokenStream) {
    let name = &plan.name;
    let variants = plan.variants.iter().map(|ErrorVariant { name, code, part, entry }| {
        let docs = docs::lines([docs::error(code, entry)]);
        let fields = part.as_ref().map(|part| {
            quote!({
                /// What the code names in its last part.
                #part: String
            })
        });
        quote!(#docs #name #fields,)
    });
    file.push(&quote! {
        #docs
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #fallback
            /// An undocumented code, verbatim.
            Other(String),
        }
    });
}

fn table(file: &mut File, plan: &ErrorsPlan, kind: &str) {
    let rows = plan.variants.iter().map(row).collect();
    file.table(Table { makes: "errors", head: format!("{kind}{}", plan.name), rows });
}

/// A row of a table: name, code, meaning, and what differs from the usual.
fn row(ErrorVariant { name, code, part, entry }: &ErrorVariant) -> String {
    let part = part.as_ref().map(|part| format!("({part})")).unwrap_or_default();
    let mut facts: Vec<String> = entry.remedy.iter().map(|remedy| format!("remedy {remedy:?}")).collect();
    facts.extend(entry.also.iter().map(|also| match &also.remedy {
        Some(remedy) => format!("also {:?} / {remedy:?}", also.message),
        None => format!("also {:?}", also.message),
    }));
    let retry = match entry.retry {
        Retry::Never => None,
        Retry::Later => Some("Later"),
        Retry::SlowDown => Some("SlowDown"),
        Retry::ResyncClock => Some("ResyncClock"),
        Retry::RefreshToken => Some("RefreshToken"),
    };
    facts.extend(retry.map(|retry| format!("retry {retry}")));
    facts.extend(entry.undocumented.as_ref().map(|_| "undocumented true".to_owned()));
    let facts = if facts.is_empty() { String::new() } else { format!(" {{ {} }}", facts.join(" ")) };
    let message = entry.message.as_ref().map_or_else(String::new, |message| format!(", {message:?}"));
    format!("{name}{part} = {code:?}{message}{facts}")
}
