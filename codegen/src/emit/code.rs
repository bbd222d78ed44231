//! Enums of documented codes.

use quote::quote;

use super::docs;
use super::source::{File, Table};
use crate::plan::CodePlan;

pub(super) fn emit(file: &mut File, plan: &CodePlan) {
    let name = &plan.name;
    let variants = plan.variants.iter().map(|variant| {
        let name = &variant.name;
        let docs = docs::lines([format!("{}: {}", docs::code(&variant.code), docs::text(&variant.description))]);
        quote!(#docs #name,)
    });
    let mut docs = format!("Codes of `{}`.", plan.wire);
    if let Some(absent) = &plan.absent {
        docs += &format!(" No code means {}.", docs::text(absent));
    }
    let docs = docs::lines([docs]);
    file.push(&quote! {
        #docs
        #[derive(Debug, Clone)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// An undocumented code, verbatim.
            Other(String),
        }
    });
    let row = |variant: &crate::plan::CodeVariant| {
        format!("{} = {:?}, {:?}", variant.name, variant.code, variant.description)
    };
    file.table(Table { makes: "code", head: name.to_string(), rows: plan.variants.iter().map(row).collect() });
}
