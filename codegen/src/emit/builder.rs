//! Builders: named setters, and a required parameter that is left out does not compile.

use std::collections::BTreeMap;

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{format_ident, quote};

use super::docs;
use super::object::{alias, value_type};
use super::source::ident;
use crate::plan::{FieldPlan, FieldType, MethodPlan, ObjectPlan};

/// The builder of a whole request, which may hold a client.
pub(super) fn request(method: &MethodPlan) -> TokenStream {
    let builder = ident(&method.builder);
    let states = States::new(&method.request);
    let shared = shared(&method.request, &builder, &states, Root::Request);
    let asynchronous = calls(method, &states, &Flavour::asynchronous());
    let blocking = calls(method, &states, &Flavour::blocking());
    let paged = method.spec.paging.as_ref().map(|paging| paged(method, &paging.page));
    quote! { #shared #asynchronous #blocking #paged }
}

/// What differs between a call that is awaited and one that is waited for.
struct Flavour {
    condition: TokenStream,
    client: TokenStream,
    send_docs: &'static str,
    reply: fn(TokenStream) -> TokenStream,
    send: TokenStream,
    stream: fn(TokenStream) -> TokenStream,
    /// What the stream is made of.
    source: TokenStream,
    open: fn(TokenStream) -> TokenStream,
}

impl Flavour {
    fn asynchronous() -> Self {
        Self {
            condition: quote!(),
            client: quote!(Client),
            send_docs: "Sends the request once it is awaited, and reads the reply.",
            reply: |outcome| quote!(Call<#outcome>),
            send: quote!(Call::new(self.client, self.request)),
            stream: |stream| stream,
            source: quote!(self.client),
            open: |stream| stream,
        }
    }

    fn blocking() -> Self {
        Self {
            condition: quote!(#[cfg(feature = "blocking")]),
            client: quote!(crate::blocking::Client),
            send_docs: "Sends the request, and waits for the reply.",
            reply: |outcome| quote!(Result<#outcome>),
            send: quote!(self.client.call(&self.request)),
            stream: |stream| quote!(crate::blocking::Iter<#stream>),
            source: quote!(client),
            open: |stream| quote!(self.client.iterate(|client| #stream)),
        }
    }
}

/// What a builder with a client can do.
fn calls(method: &MethodPlan, states: &States<'_>, flavour: &Flavour) -> TokenStream {
    let builder = ident(&method.builder);
    let (names, bounds) = (&states.names, states.bounds());
    let Flavour { condition, client, send_docs, send, .. } = flavour;
    let (response, error) = (ident(&method.response.name), ident(&method.errors.name));
    let response = if method.spec.response_list { quote!(Vec<#response>) } else { quote!(#response) };
    let reply = (flavour.reply)(quote!(Reply<#response>, Error<#error>));
    let send_docs = docs::lines([send_docs]);
    let streams = method.spec.paging.as_ref().map(|paging| streams(method, states, &paging.page, flavour));
    quote! {
        #condition
        impl<#(#names),*> #builder<#client, #(#names),*> {
            #send_docs
            ///
            /// # Errors
            /// An error code of the gateway, a reply that can not be read, or no reply at all.
            pub fn send(self) -> #reply
            #bounds
            {
                #send
            }

            #streams
        }
    }
}

/// The streams over all pages, which need everything but the number of a page.
fn streams(method: &MethodPlan, states: &States<'_>, page: &str, flavour: &Flavour) -> TokenStream {
    let request = ident(&method.request.name);
    let client = &flavour.source;
    let bounds = states.bounds_but(&[page]);
    let [pages_type, rows_type] = [quote!(Pages<#request>), quote!(Rows<#request>)].map(flavour.stream);
    let pages = (flavour.open)(quote!(Pages::new(#client, self.request)));
    let rows = (flavour.open)(quote!(Pages::new(#client, self.request).rows()));
    let between = method.span.as_ref().map(|span| {
        let bounds = states.bounds_but(&[page, &span.from, &span.to]);
        let rows = (flavour.open)(quote!(Pages::between(#client, self.request, start, end).rows()));
        let docs = docs::lines([
            "The rows of a span of any length.".to_owned(),
            String::new(),
            format!(
                "More than the {} days that the documents allow are asked for in pieces, for each of which",
                span.days
            ),
            format!("`{}` and `{}` are set. See [`Pages::between`].", span.from, span.to),
        ]);
        quote! {
            #docs
            ///
            /// # Errors
            /// Those of a single call, and [`Error::Paging`] when the result changes on the way.
            pub fn rows_between(self, start: NaiveDateTime, end: NaiveDateTime) -> #rows_type
            #bounds
            {
                #rows
            }
        }
    });
    quote! {
        /// All pages, from the one that is set or the first to the last.
        ///
        /// # Errors
        /// Those of a single call, and [`Error::Paging`] when the result changes on the way.
        pub fn pages(self) -> #pages_type
        #bounds
        {
            #pages
        }

        /// The rows of all pages, from the one that is set or the first to the last.
        ///
        /// # Errors
        /// Those of a single call, and [`Error::Paging`] when the result changes on the way.
        pub fn rows(self) -> #rows_type
        #bounds
        {
            #rows
        }

        #between
    }
}

/// What the streams know of a request.
fn paged(method: &MethodPlan, page: &str) -> TokenStream {
    let request = ident(&method.request.name);
    let place = |wire: &str| {
        let field = method.request.fields.iter().find(|field| field.wire == wire);
        field.map(|field| ident(&field.name))
    };
    let page = place(page);
    let spanning = method.span.as_ref().map(|span| {
        let (from, to, days) = (place(&span.from), place(&span.to), Literal::u32_unsuffixed(span.days));
        quote! {
            impl Spanning for #request {
                const DAYS: u32 = #days;

                fn set_span(&mut self, start: NaiveDateTime, end: NaiveDateTime) {
                    (self.#from, self.#to) = (Some(start), Some(end));
                }
            }
        }
    });
    quote! {
        impl Paged for #request {
            fn page_mut(&mut self) -> &mut Option<i64> {
                &mut self.#page
            }
        }

        #spanning
    }
}

/// The builder of an object inside a request.
pub(super) fn object(object: &ObjectPlan) -> TokenStream {
    let builder = format_ident!("{}Builder", object.name);
    shared(object, &builder, &States::new(object), Root::Object)
}

/// The traits that name the required parameters in messages of the compiler, in a module of their own.
pub(super) fn required(method: &MethodPlan) -> TokenStream {
    let objects = std::iter::once(&method.request).chain(&method.request_objects);
    let fields: BTreeMap<_, _> = objects
        .flat_map(|object| &object.fields)
        .filter(|field| field.required)
        .map(|field| (&field.pascal, field))
        .collect();
    if fields.is_empty() {
        return TokenStream::new();
    }
    let traits = fields.values().map(|field| {
        let name = ident(&field.pascal);
        let docs = docs::lines([format!("`{}` is given.", field.wire)]);
        let setter = field.name.trim_start_matches("r#");
        let message = format!("the required parameter `{setter}` is missing");
        let label = format!("call `.{setter}(…)` before this");
        quote! {
            #docs
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            pub trait #name {}

            impl #name for crate::builder::Set {}
        }
    });
    quote! {
        /// What the compiler asks for: the required parameters.
        pub mod required {
            #(#traits)*
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Root {
    Request,
    Object,
}

/// The states of a builder: one type parameter for each required parameter.
struct States<'a> {
    required: Vec<&'a FieldPlan>,
    names: Vec<Ident>,
}

impl<'a> States<'a> {
    fn new(object: &'a ObjectPlan) -> Self {
        let required: Vec<_> = object.fields.iter().filter(|field| field.required).collect();
        let names = (1..=required.len()).map(|index| format_ident!("S{index}")).collect();
        Self { required, names }
    }

    /// All must be set.
    fn bounds(&self) -> TokenStream {
        self.bounds_but(&[])
    }

    /// All but these must be set.
    fn bounds_but(&self, exempt: &[&str]) -> TokenStream {
        let is_needed = |(field, _): &(&&FieldPlan, &Ident)| !exempt.contains(&field.wire.as_str());
        let bounds = self.required.iter().zip(&self.names).filter(is_needed).map(|(field, name)| {
            let required = ident(&field.pascal);
            quote!(#name: required::#required)
        });
        let bounds: Vec<_> = bounds.collect();
        if bounds.is_empty() { TokenStream::new() } else { quote!(where #(#bounds),*) }
    }

    /// The states once a parameter is given.
    fn after(&self, field: &FieldPlan) -> Vec<TokenStream> {
        let states = self.required.iter().zip(&self.names);
        states.map(|(required, name)| if required.wire == field.wire { quote!(Set) } else { quote!(#name) }).collect()
    }
}

fn shared(object: &ObjectPlan, builder: &Ident, states: &States<'_>, root: Root) -> TokenStream {
    let name = ident(&object.name);
    let States { names, required } = states;
    let unset: Vec<_> = names.iter().map(|_| quote!(Unset)).collect();
    let (client, with_client, defaults) = match root {
        Root::Request => (vec![quote!(C)], quote!(client: C,), vec![quote!(C = ())]),
        Root::Object => (vec![], quote!(), vec![]),
    };
    let state = |states: &[TokenStream]| {
        if states.is_empty() { quote!() } else { quote!(state: PhantomData<(#(#states,)*)>,) }
    };
    let names_tokens: Vec<_> = names.iter().map(|name| quote!(#name)).collect();
    let state_field = state(&names_tokens);
    let all: Vec<_> = client.iter().cloned().chain(names_tokens.iter().cloned()).collect();
    let all_generics = generics(&all);
    let client_generics = generics(&client);
    let declared: Vec<_> = defaults.into_iter().chain(names.iter().map(|name| quote!(#name = Unset))).collect();
    let declared = generics(&declared);
    let start: Vec<_> = client.iter().cloned().chain(unset.iter().cloned()).collect();
    let start = generics(&start);
    let phantom = if names.is_empty() { quote!() } else { quote!(state: PhantomData,) };
    let pass_client = if root == Root::Request { quote!(client: self.client,) } else { quote!() };

    let setters = object.fields.iter().map(|field| {
        let setter = Setter::new(field);
        let after: Vec<_> = client.iter().cloned().chain(states.after(field)).collect();
        let next = Next { builder, after: generics(&after), pass_client: &pass_client, phantom: &phantom };
        setter.emit(&next)
    });
    let bounds = states.bounds();
    let required_list = if required.is_empty() {
        "It has no required parameters.".to_owned()
    } else {
        let names: Vec<_> = required.iter().map(|field| format!("`{}`", field.name.trim_start_matches("r#"))).collect();
        format!("Required: {}.", names.join(", "))
    };
    let docs = docs::lines([format!("Builds a [`{}`]. {required_list}", object.name)]);
    let (new_client, new_field, from) = match root {
        Root::Request => (quote!(client: C), quote!(client,), quote!(())),
        Root::Object => (quote!(), quote!(), quote!()),
    };
    quote! {
        impl #name {
            /// Starts to build one.
            pub fn builder() -> #builder {
                #builder::new(#from)
            }
        }

        #docs
        #[derive(Debug, Clone)]
        #[must_use = "a builder does nothing until it is built or sent"]
        pub struct #builder #declared {
            #with_client
            request: #name,
            #state_field
        }

        impl #client_generics #builder #start {
            pub(crate) fn new(#new_client) -> Self {
                Self { #new_field request: #name::default(), #phantom }
            }
        }

        impl #all_generics #builder #all_generics {
            #(#setters)*

            /// The value that was built.
            #[must_use]
            pub fn build(self) -> #name
            #bounds
            {
                self.request
            }
        }
    }
}

fn generics(names: &[TokenStream]) -> TokenStream {
    if names.is_empty() { quote!() } else { quote!(<#(#names),*>) }
}

struct Next<'a> {
    builder: &'a Ident,
    after: TokenStream,
    pass_client: &'a TokenStream,
    phantom: &'a TokenStream,
}

struct Setter<'a> {
    field: &'a FieldPlan,
    argument: TokenStream,
    value: TokenStream,
}

impl<'a> Setter<'a> {
    fn new(field: &'a FieldPlan) -> Self {
        let name = ident(&field.name);
        let kind = value_type(&field.kind);
        let (argument, value) = match (&field.kind, field.list) {
            (FieldType::Text, false) => (quote!(impl Into<String>), quote!(Some(#name.into()))),
            (_, false) => (quote!(#kind), quote!(Some(#name))),
            (FieldType::Text, true) => (
                quote!(impl IntoIterator<Item = impl Into<String>>),
                quote!(#name.into_iter().map(Into::into).collect()),
            ),
            (_, true) => (quote!(impl IntoIterator<Item = #kind>), quote!(#name.into_iter().collect())),
        };
        Self { field, argument, value }
    }

    fn emit(&self, next: &Next<'_>) -> TokenStream {
        let Self { field, argument, value } = self;
        let name = ident(&field.name);
        let docs = docs::lines(docs::field(field));
        let alias = alias(field);
        if field.required {
            let Next { builder, after, pass_client, phantom } = next;
            quote! {
                #docs
                #alias
                pub fn #name(mut self, #name: #argument) -> #builder #after {
                    self.request.#name = #value;
                    #builder { #pass_client request: self.request, #phantom }
                }
            }
        } else {
            quote! {
                #docs
                #alias
                pub fn #name(mut self, #name: #argument) -> Self {
                    self.request.#name = #value;
                    self
                }
            }
        }
    }
}
