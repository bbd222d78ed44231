//! The traits that name required parameters in messages of the compiler.

use std::collections::BTreeMap;

use quote::quote;

use super::docs;
use super::source::File;
use crate::plan::{FieldPlan, Plan};

/// One trait for each name of a required parameter, whichever methods have it, so that what the compiler prints about one method
/// does not depend on the others.
pub(super) fn module(plan: &Plan) -> String {
    let objects =
        plan.methods().flat_map(|(_, method)| std::iter::once(&method.request).chain(method.request.objects()));
    let fields = objects.flat_map(|object| &object.fields).filter(|field| field.spec.required);
    let names: BTreeMap<_, &FieldPlan> = fields.map(|field| (&field.pascal, field)).collect();
    let mut file = File::new(&docs::inner_lines(["The required parameters, for messages of the compiler."]));
    for (name, field) in names {
        let setter = field.name.as_str();
        let docs = docs::lines([format!("`{setter}` is set.")]);
        let message = format!("the required parameter `{setter}` is missing");
        let label = format!("call `.{setter}(…)` before this");
        file.push(&quote! {
            #docs
            #[diagnostic::on_unimplemented(message = #message, label = #label)]
            pub trait #name {}

            impl #name for crate::model::Set {}
        });
    }
    file.print("spec")
}
