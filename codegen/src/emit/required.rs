//! The types that stand for required parameters until they are set.

use std::collections::BTreeSet;

use quote::quote;

use super::docs;
use super::source::File;
use crate::plan::Plan;

/// One type for each name of a required parameter, whichever methods have it, so that what the compiler prints about one method
/// does not depend on the others.
pub(super) fn module(plan: &Plan) -> String {
    let objects =
        plan.methods().flat_map(|(_, method)| std::iter::once(&method.request).chain(method.request.objects()));
    let fields = objects.flat_map(|object| &object.fields).filter(|field| field.spec.required);
    let names: BTreeSet<_> = fields.map(|field| &field.name).collect();
    let mut file = File::new(&docs::inner_lines([
        "Required parameters. The type of a builder names those that are not set yet, and so does the message of the compiler.",
    ]));
    file.push(&quote!(
        pub use crate::model::{IsSet, Set};
    ));
    for name in names {
        let docs = docs::lines([format!("`{}` is not set.", name.as_str())]);
        file.push(&quote! {
            #docs
            pub enum #name {}
        });
    }
    file.print("spec")
}
