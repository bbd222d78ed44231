//! Enums of documented codes.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::source::ident;
use crate::plan::CodePlan;

pub(super) fn emit(plan: &CodePlan) -> TokenStream {
    let name = ident(&plan.name);
    let names: Vec<_> = plan.variants.iter().map(|variant| ident(&variant.name)).collect();
    let codes: Vec<_> = plan.variants.iter().map(|variant| &variant.code).collect();
    let meanings: Vec<_> = plan.variants.iter().map(|variant| &variant.description).collect();
    // The empty code is no variant, but its meaning is data.
    let absent = plan.absent.iter().map(|meaning| quote!(ValueInfo { value: "", description: #meaning },));
    let variant_docs = plan
        .variants
        .iter()
        .map(|variant| docs::lines([format!("{}: {}", docs::code(&variant.code), docs::text(&variant.description))]));
    let mut lines = vec![match &plan.description {
        Some(description) => docs::text(description),
        None => format!("The codes of `{}`.", plan.wire),
    }];
    if let Some(absent) = &plan.absent {
        lines.extend([String::new(), format!("An absent code means {}.", docs::text(absent))]);
    }
    let docs = docs::lines(lines);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variant_docs #names,)*
            #[doc = " A code the documents do not list, as it came."]
            Other(String),
        }

        impl Code for #name {
            const VALUES: &'static [ValueInfo] = &[#(ValueInfo { value: #codes, description: #meanings },)* #(#absent)*];

            fn from_code(code: &str) -> Self {
                match code {
                    #(#codes => Self::#names,)*
                    _ => Self::Other(code.to_owned()),
                }
            }

            fn as_code(&self) -> &str {
                match self {
                    #(Self::#names => #codes,)*
                    Self::Other(code) => code,
                }
            }
        }
    }
}
