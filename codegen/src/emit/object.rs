//! Structs, and their tables.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::source::{File, Table};
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
    file.table(Table { makes: "model", head: name.to_string(), rows: object.fields.iter().map(row).collect() });
}

/// A field of a table: its name, wire name, other spellings and flags.
fn row(field: &FieldPlan) -> String {
    let mut row = format!("{} = {:?}", field.name, field.wire);
    for alias in &field.aliases {
        row += &format!(" | {alias:?}");
    }
    let flags = [("required", field.spec.required), ("secret", field.spec.secret), ("personal", field.personal)];
    let flags: Vec<_> = flags.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name).collect();
    if !flags.is_empty() {
        row += &format!(" ({})", flags.join(", "));
    }
    if let Some(success) = &field.success {
        row += &format!(" => {success:?}");
    }
    row
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
