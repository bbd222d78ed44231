//! The interface between the generated structs and the codecs.
//!
//! The generated structs are plain Rust. [`model!`](macros) adds one table of wire names and two functions that list the
//! fields. Everything else here works on these tables, so a quirk of the wire is handled once, and a method costs little
//! compile time. The module is private, which seals its traits.

mod arguments;
mod decode;
mod element;
mod generic;
#[allow(unused_macros, reason = "a selection of namespaces may not use each")]
mod macros;
mod response;
mod serde;
mod slot;
mod state;
#[cfg(feature = "serde")]
mod stored;
mod table;

pub use arguments::IntoOptional;

pub use self::serde::WithSecrets;
#[cfg(feature = "mock")]
pub(crate) use self::serde::from_value;
pub(crate) use self::serde::{keep, store};
pub use element::{Element, Shown};
pub(crate) use generic::{clone, debug_model, equal_models, for_each_field, is_success, missing, to_value};
#[cfg(feature = "push")]
pub(crate) use macros::topics;
#[allow(unused_imports, reason = "a selection of namespaces may not use each")]
pub(crate) use macros::{code, errors, model, optional, request, rules, serde_impls};
pub use response::Response;
pub use slot::{Empty, Slot};
pub use state::{Draft, IsSet, Set};
#[cfg(feature = "serde")]
pub(crate) use stored::{deserialize, serialize};
pub use table::{Fill, Loan, Model, Show, Table, View};
pub(crate) use table::{Place, lend, property, view};

/// Reads a model from a JSON object. `None` if the text is not a JSON object.
#[cfg(feature = "push")]
pub(crate) fn from_json<M: Model + Default>(text: &str) -> Option<Box<M>> {
    let mut model = Box::<M>::default();
    crate::wire::json::decode(text, &mut *model).ok().map(|()| model)
}

/// Keeps a trait from being implemented elsewhere.
pub trait Sealed {}

/// The names that the generated files use.
#[allow(unused_imports, reason = "a selection of namespaces may not use each")]
pub(crate) mod prelude {
    pub(crate) use chrono::NaiveDateTime;
    pub(crate) use rust_decimal::Decimal;

    #[cfg(feature = "push")]
    pub(crate) use super::topics;
    pub(crate) use super::{Draft, IntoOptional, IsSet, Set, code, errors, model, request, rules};
    pub(crate) use crate::client::{Caller, Client};
    #[allow(
        unused_imports,
        reason = "a selection of namespaces may have no method without error codes of its own"
    )]
    pub(crate) use crate::error::{CommonErrorCode, StandardErrorCode};
    pub(crate) use crate::generated::required;
    pub(crate) use crate::reply::{OpenObject, OpenReply};
    pub(crate) use crate::value::Extra;
    #[cfg(feature = "push")]
    pub(crate) use crate::value::Value;
}
