//! Enums of error codes, and the tables behind them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::source::ident;
use crate::plan::{ErrorVariant, ErrorsPlan};
use crate::spec::Retry;

/// The enum of one method, which falls back on the common codes.
pub(super) fn method(plan: &ErrorsPlan, method: &str) -> TokenStream {
    let name = ident(&plan.name);
    let docs = docs::lines([format!("Error codes of `{method}`.")]);
    let body = declaration(
        plan,
        &docs,
        &quote!(
            #[doc = " A code that any method can answer."]
            Common(CommonErrorCode),
        ),
    );
    let found = plan.variants.iter().map(found);
    let info = info(plan);
    let table = table(plan);
    let find = if plan.variants.is_empty() {
        quote!()
    } else {
        quote! {
            if let Some(found) = crate::error_code::find(ERRORS, code) {
                match found.info.code {
                    #(#found)*
                    _ => {}
                }
            }
        }
    };
    quote! {
        #body

        impl ErrorCode for #name {
            fn from_wire(code: &str) -> Self {
                #find
                match CommonErrorCode::from_wire(code) {
                    CommonErrorCode::Other(code) => Self::Other(code),
                    common => Self::Common(common),
                }
            }

            fn info(&self) -> Option<&'static ErrorInfo> {
                match self {
                    #(#info)*
                    Self::Common(common) => common.info(),
                    Self::Other(_) => None,
                }
            }
        }

        impl MethodErrorCode for #name {}

        #table
    }
}

/// The enum of the codes any method can answer.
pub(super) fn common(plan: &ErrorsPlan) -> TokenStream {
    let name = ident(&plan.name);
    let docs = docs::lines(["Error codes that any method can answer."]);
    let body = declaration(plan, &docs, &TokenStream::new());
    let found = plan.variants.iter().map(found);
    let info = info(plan);
    let table = table(plan);
    quote! {
        #body

        impl ErrorCode for #name {
            fn from_wire(code: &str) -> Self {
                if let Some(found) = crate::error_code::find(ERRORS, code) {
                    match found.info.code {
                        #(#found)*
                        _ => {}
                    }
                }
                Self::Other(code.to_owned())
            }

            fn info(&self) -> Option<&'static ErrorInfo> {
                match self {
                    #(#info)*
                    Self::Other(_) => None,
                }
            }
        }

        #table
    }
}

fn declaration(plan: &ErrorsPlan, docs: &TokenStream, fallback: &TokenStream) -> TokenStream {
    let name = ident(&plan.name);
    let variants = plan.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let docs = docs::lines(docs::error(&variant.code, &variant.entry));
        match &variant.part {
            None => quote!(#docs #name,),
            Some(part) => {
                let part = ident(part);
                let part_docs = docs::lines(["What the code names in its last part."]);
                quote!(#docs #name { #part_docs #part: String },)
            }
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #fallback
            #[doc = " A code the documents do not list, as it came."]
            Other(String),
        }
    }
}

/// The arm that makes a variant of a row of the table.
fn found(variant: &ErrorVariant) -> TokenStream {
    let (name, code) = (ident(&variant.name), &variant.code);
    match &variant.part {
        None => quote!(#code => return Self::#name,),
        Some(part) => {
            let part = ident(part);
            quote!(#code => return Self::#name { #part: found.part.to_owned() },)
        }
    }
}

/// The arms that give the row of a variant.
fn info(plan: &ErrorsPlan) -> impl Iterator<Item = TokenStream> {
    plan.variants.iter().enumerate().map(|(index, variant)| {
        let (name, index) = (ident(&variant.name), Literal::usize_unsuffixed(index));
        let fields = variant.part.as_ref().map(|_| quote!({ .. }));
        quote!(Self::#name #fields => Some(&ERRORS[#index]),)
    })
}

/// The table of codes, as data.
fn table(plan: &ErrorsPlan) -> TokenStream {
    let rows = plan.variants.iter().map(|ErrorVariant { code, entry, .. }| {
        let message = &entry.message;
        let remedy = entry.remedy.as_ref().map(|text| quote!(remedy: Some(#text),));
        let also = entry.also.iter().map(|also| {
            let (message, remedy) = (&also.message, option(also.remedy.as_ref()));
            quote!((#message, #remedy))
        });
        let also = (!entry.also.is_empty()).then(|| quote!(also: &[#(#also),*],));
        let retry = ident(match entry.retry {
            Retry::Never => "Never",
            Retry::Later => "Later",
            Retry::SlowDown => "SlowDown",
            Retry::ResyncClock => "ResyncClock",
            Retry::RefreshToken => "RefreshToken",
        });
        let retry = (entry.retry != Retry::Never).then(|| quote!(retry: Retry::#retry,));
        let documented = entry.undocumented.is_some().then(|| quote!(documented: false,));
        quote!(ErrorInfo { code: #code, message: #message, #remedy #also #retry #documented ..ErrorInfo::ROW })
    });
    quote! {
        pub(crate) static ERRORS: &[ErrorInfo] = &[#(#rows),*];
    }
}

/// An optional text, as tokens.
pub(super) fn option(text: Option<&String>) -> TokenStream {
    text.map_or_else(|| quote!(None), |text| quote!(Some(#text)))
}
