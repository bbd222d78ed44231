//! Structs, and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::source::File;
use crate::plan::{FieldPlan, FieldType, ObjectPlan, RustName};

/// Where the documentation of the fields is.
#[derive(Clone, Copy)]
pub(super) enum Documented<'a> {
    /// On the fields: replies.
    Here,
    /// On the setters of a type: requests.
    OnSetters(&'a str),
}

/// A struct with its table.
pub(super) fn emit(file: &mut File, object: &ObjectPlan, documented: Documented<'_>) {
    let name = &object.name;
    let docs = docs::lines([&object.summary]);
    let fields = object.fields.iter().map(|field| {
        let (name, kind) = (&field.name, field_type(field));
        let (docs, alias) = match documented {
            Documented::Here => (docs::field(field), alias(field)),
            Documented::OnSetters(holder) => {
                let setter = name.as_str();
                (format!("Set by [`{setter}()`]({holder}::{setter}())."), TokenStream::new())
            }
        };
        let docs = docs::lines([docs]);
        quote!(#docs #alias pub #name: #kind,)
    });
    let extra = match documented {
        Documented::Here => quote! {
            /// Undocumented fields, and values that cannot be read as their documented type.
            pub extra: Extra,
        },
        Documented::OnSetters(_) => quote!(extra: Extra,),
    };
    file.push(&quote! {
        #docs
        #[non_exhaustive]
        pub struct #name {
            #(#fields)*
            #extra
        }
    });
    let names: Vec<_> = object.fields.iter().map(|field| field.name.to_string()).collect();
    let lines: Vec<_> = object.fields.iter().map(line).collect();
    file.model(&name.to_string(), &names, &lines);
}

/// A line of a table: the wire name, other spellings, properties, and the value that means success.
fn line(field: &FieldPlan) -> String {
    let mut line = field.wire.clone();
    field.aliases.iter().for_each(|alias| line += &format!("\t|{alias}"));
    let properties = [("required", field.spec.required), ("secret", field.spec.secret), ("personal", field.personal)];
    properties.iter().filter(|(_, is_set)| *is_set).for_each(|(name, _)| line += &format!("\t{name}"));
    field.success.iter().for_each(|success| line += &format!("\t={success}"));
    line
}

/// Lets a search for the wire name find an item that a search would not find by its own: searches ignore case and underscores.
pub(super) fn alias(field: &FieldPlan) -> TokenStream {
    let wire = &field.wire;
    let is_found = field.name.as_str().replace('_', "").eq_ignore_ascii_case(&wire.replace('_', ""));
    if is_found { TokenStream::new() } else { quote!(#[doc(alias = #wire)]) }
}

/// The type of a field.
fn field_type(field: &FieldPlan) -> TokenStream {
    let kind = value_type(&field.kind);
    if field.spec.list { quote!(Vec<#kind>) } else { quote!(Option<#kind>) }
}

/// The type of one value.
pub(super) fn value_type(kind: &FieldType) -> TokenStream {
    let named = |name: &RustName| quote!(#name);
    match kind {
        FieldType::Text => quote!(String),
        FieldType::Integer => quote!(i64),
        FieldType::Decimal => quote!(Decimal),
        FieldType::DateTime => quote!(NaiveDateTime),
        FieldType::Code(code) => named(&code.name),
        FieldType::Object(object) => named(&object.name),
    }
}
