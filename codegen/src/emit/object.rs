//! Structs and their field tables.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::docs;
use super::source::ident;
use crate::plan::{FieldPlan, FieldType, ObjectPlan};

/// Who may touch the fields of a struct.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Access {
    /// Callers read them: replies.
    Public,
    /// Only the crate reads them.
    Crate,
    /// Only the builder sets them: requests.
    Builder,
}

/// A struct with its table.
pub(super) fn emit(object: &ObjectPlan, access: Access) -> TokenStream {
    let name = ident(&object.name);
    let docs = docs::lines([&object.summary]);
    let fields = object.fields.iter().map(|field| declaration(field, access));
    let visibility = if access == Access::Crate { quote!(pub(crate)) } else { quote!(pub) };
    let attributes = (access == Access::Public).then(|| quote!(#[non_exhaustive]));
    let extra = (access == Access::Public).then(|| {
        let docs = ["What came beyond the documented fields, and what could not be read as its documented type."];
        let docs = docs::lines(docs);
        quote!(#docs pub)
    });
    let table = table(object);
    quote! {
        #docs
        #[derive(Clone, Default, PartialEq)]
        #attributes
        #visibility struct #name {
            #(#fields)*
            #extra extra: Extra,
        }

        #table
    }
}

fn declaration(field: &FieldPlan, access: Access) -> TokenStream {
    let name = ident(&field.name);
    let kind = value_type(&field.kind);
    let kind = if field.list { quote!(Vec<#kind>) } else { quote!(Option<#kind>) };
    match access {
        Access::Builder => quote!(#name: #kind,),
        Access::Public => {
            let docs = docs::lines(docs::field(field));
            let alias = alias(field);
            quote!(#docs #alias pub #name: #kind,)
        }
        Access::Crate => quote!(pub(crate) #name: #kind,),
    }
}

/// Lets a search for the wire name find the item.
pub(super) fn alias(field: &FieldPlan) -> TokenStream {
    let wire = &field.wire;
    let is_same = field.name.trim_start_matches("r#") == wire;
    if is_same { TokenStream::new() } else { quote!(#[doc(alias = #wire)]) }
}

/// The type of one value.
pub(super) fn value_type(kind: &FieldType) -> TokenStream {
    match kind {
        FieldType::Text => quote!(String),
        FieldType::Integer => quote!(i64),
        FieldType::Decimal => quote!(Decimal),
        FieldType::DateTime => quote!(NaiveDateTime),
        FieldType::Code(name) | FieldType::Object(name) => {
            let name = ident(name);
            quote!(#name)
        }
    }
}

fn table(object: &ObjectPlan) -> TokenStream {
    let name = ident(&object.name);
    let slots = object.fields.iter().map(|field| {
        let names = std::iter::once(&field.wire).chain(&field.aliases).map(|name| Literal::string(name));
        let name = ident(&field.name);
        let slot = if matches!(field.kind, FieldType::Object(_)) { quote!(Objects) } else { quote!(Scalars) };
        quote!(#(#names)|* => Slot::#slot(&mut self.#name),)
    });
    let visits = object.fields.iter().map(|field| {
        let wire = &field.wire;
        let name = ident(&field.name);
        let kind = match (&field.kind, field.secret) {
            (FieldType::Object(_), _) => quote!(Objects),
            (_, true) => quote!(Secret),
            (_, false) => quote!(Scalars),
        };
        quote!(visit(#wire, Field::#kind(&self.#name));)
    });
    let (slot, visit) = if object.fields.is_empty() {
        let slot = quote!(
            fn slot(&mut self, _: &str) -> Slot<'_> {
                Slot::Unknown
            }
        );
        (
            slot,
            quote!(
                fn visit<'a>(&'a self, _: &mut dyn FnMut(&'static str, Field<'a>)) {}
            ),
        )
    } else {
        let slot = quote! {
            fn slot(&mut self, name: &str) -> Slot<'_> {
                match name {
                    #(#slots)*
                    _ => Slot::Unknown,
                }
            }
        };
        (
            slot,
            quote! {
                fn visit<'a>(&'a self, visit: &mut dyn FnMut(&'static str, Field<'a>)) {
                    #(#visits)*
                }
            },
        )
    };
    quote! {
        impl Model for #name {
            #slot
            #visit
            fn extra(&self) -> &Extra { &self.extra }
            fn extra_mut(&mut self) -> &mut Extra { &mut self.extra }
        }
    }
}
