//! The root of the generated part: its modules, and where the data of the catalog is.

use quote::quote;

use super::docs;
use super::source::File;
use crate::plan::NamespacePlan;

pub(super) fn module() -> String {
    let mut file = File::new(&docs::inner_lines(["The platform as its documents describe it."]));
    file.push(&quote! {
        #[cfg(feature = "catalog")]
        pub(crate) mod catalog;
        pub(crate) mod common;
        pub mod methods;
        pub(crate) mod platform;
        pub mod required;
        #[cfg(feature = "push")]
        pub mod topics;
    });
    file.print("spec")
}

/// The list of the namespaces.
pub(super) fn methods(namespaces: &[NamespacePlan]) -> String {
    let mut file = File::new(&docs::inner_lines([
        "The methods of the platform: a module for each namespace, which is a Cargo feature, and in it one for each method.",
    ]));
    let modules = namespaces.iter().map(|namespace| {
        let (feature, module) = (namespace.module.as_str(), &namespace.module);
        quote! {
            #[cfg(feature = #feature)]
            pub mod #module;
        }
    });
    file.push(&quote!(#(#modules)*));
    file.print("spec")
}

/// The data files of the catalog, which has all methods whichever namespaces are compiled in.
pub(super) fn catalog(namespaces: &[NamespacePlan]) -> String {
    let mut file = File::new(&docs::inner_lines(["Everything that is documented: a method a line, as JSON."]));
    let files = namespaces.iter().map(|namespace| format!("catalog/{}.jsonl", namespace.module));
    file.push(&quote!(pub(crate) static NAMESPACES: &[&str] = &[#(include_str!(#files)),*];));
    file.print("spec")
}
