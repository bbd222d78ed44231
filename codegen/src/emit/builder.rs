//! Builders: named setters; a request without a required parameter does not compile.
//!
//! A builder has a type parameter for each required parameter, which names the parameter until its setter is called. An object without
//! required parameters has its setters itself.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::object::{alias, value_type};
use super::source::File;
use crate::plan::{FieldPlan, FieldType, MethodPlan, ObjectPlan, RustName};

/// The builder of a whole request, which may hold a client.
pub(super) fn request(file: &mut File, method: &MethodPlan) {
    let (request, builder) = (&method.request.name, &method.builder);
    let states = States::new(&method.request);
    let (names, unset, bounds) = (&states.names, states.unset(), states.bounds(&[]));
    let docs = docs::lines([builder_summary(&method.request)]);
    let setters = method.request.fields.iter().map(|field| {
        let target = quote!(self.0.request);
        match states.after(field) {
            Some(after) => required_setter(field, &target, &quote!(#builder<C, (#(#after,)*)>), builder),
            None => optional_setter(field, &target),
        }
    });
    let send_bounds = bounds.iter();
    let streams = streams(method, &states);
    file.push(&quote! {
        #docs
        #[must_use = "a builder does nothing until it is built or sent"]
        pub struct #builder<C = (), S = (#(#unset,)*)>(pub(super) Draft<#request, C, S>);

        impl<C, #(#names),*> #builder<C, (#(#names,)*)> {
            #(#setters)*

            /// The finished request.
            #[must_use]
            pub fn build(self) -> #request
            where
                #(#bounds),*
            {
                self.0.request
            }

            /// Sends the request. Returns a [`Call`](crate::Call) to await; a blocking client returns its result.
            pub fn send(self) -> C::Sent<#request>
            where
                C: Caller,
                #(#send_bounds),*
            {
                self.0.client.send(self.0.request)
            }

            #streams
        }
    });
}

/// The streams over all pages, which need everything but the number of a page.
fn streams(method: &MethodPlan, states: &States<'_>) -> Option<TokenStream> {
    let (request, page) = (&method.request.name, method.paging.as_ref()?.page.as_str());
    let bounds = states.bounds(&[page]);
    let row_bounds = bounds.iter();
    let between = method.span.as_ref().map(|span| {
        let bounds = states.bounds(&[page, &span.from, &span.to]);
        let docs = docs::lines([format!(
            "All rows between two times, however far apart, in pieces of a day; a piece can have up to {} days. Sets `{}` and `{}`. \
             See [`Pages::between`](crate::paging::Pages::between).",
            span.days, span.from, span.to
        )]);
        quote! {
            #docs
            pub fn rows_between(self, start: NaiveDateTime, end: NaiveDateTime) -> C::Rows<#request>
            where
                C: Caller,
                #(#bounds),*
            {
                self.0.client.rows_between(self.0.request, start, end)
            }
        }
    });
    let rows = method.has_rows().then(|| {
        quote! {
        /// The rows of all pages, starting at the page that is set. Default: page 1. See [`Rows`](crate::paging::Rows).
        pub fn rows(self) -> C::Rows<#request>
        where
            C: Caller,
            #(#row_bounds),*
        {
            self.0.client.rows(self.0.request)
        }

        #between
        }
    });
    Some(quote! {
        /// All pages, starting at the page that is set. Default: page 1. See [`Pages`](crate::paging::Pages).
        pub fn pages(self) -> C::Pages<#request>
        where
            C: Caller,
            #(#bounds),*
        {
            self.0.client.pages(self.0.request)
        }

        #rows
    })
}

/// The setters of an object inside a request.
pub(super) fn object(file: &mut File, object: &ObjectPlan) {
    let name = &object.name;
    let states = States::new(object);
    if states.names.is_empty() {
        let setters = object.fields.iter().map(|field| optional_setter(field, &quote!(self)));
        return file.push(&quote! {
            impl #name {
                #(#setters)*
            }
        });
    }
    let builder = object_builder(object);
    let (names, unset, bounds) = (&states.names, states.unset(), states.bounds(&[]));
    let (docs, target) = (docs::lines([builder_summary(object)]), quote!(self.0.request));
    let setters = object.fields.iter().map(|field| match states.after(field) {
        Some(after) => required_setter(field, &target, &quote!(#builder<(#(#after,)*)>), &builder),
        None => optional_setter(field, &target),
    });
    file.push(&quote! {
        impl #name {
            /// Starts an object.
            pub fn builder() -> #builder {
                #builder(Draft::new(()))
            }
        }

        #docs
        #[must_use = "a builder does nothing until it is built"]
        pub struct #builder<S = (#(#unset,)*)>(Draft<#name, (), S>);

        impl<#(#names),*> #builder<(#(#names,)*)> {
            #(#setters)*

            /// The finished object.
            #[must_use]
            pub fn build(self) -> #name
            where
                #(#bounds),*
            {
                self.0.request
            }
        }
    });
}

/// The builder of an object with required fields.
pub(super) fn object_builder(object: &ObjectPlan) -> RustName {
    RustName::new(format!("{}Builder", object.name.as_str()))
}

fn builder_summary(object: &ObjectPlan) -> String {
    let required: Vec<_> = object
        .fields
        .iter()
        .filter(|field| field.spec.required)
        .map(|field| format!("`{}`", field.name.as_str()))
        .collect();
    let required = if required.is_empty() { "nothing".to_owned() } else { required.join(", ") };
    format!("Builds a [`{}`]. Required: {required}.", object.name.as_str())
}

/// The states of a builder: one type parameter for each required parameter.
struct States<'a> {
    required: Vec<&'a FieldPlan>,
    names: Vec<Ident>,
}

impl<'a> States<'a> {
    fn new(object: &'a ObjectPlan) -> Self {
        let required: Vec<_> = object.fields.iter().filter(|field| field.spec.required).collect();
        let names = (1..=required.len()).map(|index| format_ident!("S{index}")).collect();
        Self { required, names }
    }

    fn unset(&self) -> Vec<TokenStream> {
        let names = self.required.iter().map(|field| &field.name);
        names.map(|name| quote!(required::#name)).collect()
    }

    /// All but these must be set.
    fn bounds(&self, exempt: &[&str]) -> Vec<TokenStream> {
        let states = self.required.iter().zip(&self.names);
        let needed = states.filter(|(field, _)| !exempt.contains(&field.wire.as_str()));
        needed.map(|(_, name)| quote!(#name: IsSet)).collect()
    }

    /// The states once a required parameter is set; `None` for an optional one.
    fn after(&self, field: &FieldPlan) -> Option<Vec<TokenStream>> {
        let is_it = |required: &FieldPlan| required.wire == field.wire;
        let states = self.required.iter().zip(&self.names);
        let after = states.map(|(required, name)| if is_it(required) { quote!(Set) } else { quote!(#name) });
        field.spec.required.then(|| after.collect())
    }
}

fn required_setter(field: &FieldPlan, target: &TokenStream, next: &TokenStream, builder: &RustName) -> TokenStream {
    let Setter { docs, name, argument, value } = Setter::new(field);
    quote! {
        #docs
        pub fn #name(mut self, #name: #argument) -> #next {
            #target.#name = #value;
            #builder(self.0.advance())
        }
    }
}

fn optional_setter(field: &FieldPlan, target: &TokenStream) -> TokenStream {
    let Setter { docs, name, argument, value } = Setter::new(field);
    let attribute = (target.to_string() == "self").then(|| quote!(#[must_use]));
    quote! {
        #docs
        #attribute
        pub fn #name(mut self, #name: #argument) -> Self {
            #target.#name = #value;
            self
        }
    }
}

struct Setter<'a> {
    docs: TokenStream,
    name: &'a RustName,
    argument: TokenStream,
    value: TokenStream,
}

impl<'a> Setter<'a> {
    fn new(field: &'a FieldPlan) -> Self {
        let (name, kind, is_text) = (&field.name, value_type(&field.kind), field.kind == FieldType::Text);
        let (argument, value) = match (field.spec.list, field.spec.required) {
            (true, _) if is_text => (
                quote!(impl IntoIterator<Item = impl Into<String>>),
                quote!(#name.into_iter().map(Into::into).collect()),
            ),
            (true, _) => (quote!(impl IntoIterator<Item = #kind>), quote!(#name.into_iter().collect())),
            (false, true) if is_text => (quote!(impl Into<String>), quote!(Some(#name.into()))),
            (false, true) => (kind, quote!(Some(#name))),
            (false, false) => (quote!(impl IntoOptional<#kind>), quote!(#name.into_optional())),
        };
        let (docs, alias) = (docs::lines([docs::field(field)]), alias(field));
        Self { docs: quote!(#docs #alias), name, argument, value }
    }
}
