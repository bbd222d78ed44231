//! What the documents say of a method, as static data.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::error::option;
use super::source::ident;
use crate::plan::{FieldPlan, FieldType, MethodPlan, ObjectPlan};
use crate::spec::{Effect, Field, Fields, Rule, RuleKind};

pub(super) fn emit(method: &MethodPlan) -> TokenStream {
    let spec = &method.spec;
    let (name, title, page, node) = (spec.method.as_str(), &spec.title, &spec.page, &spec.node);
    let effect = ident(match spec.effect {
        Effect::Read => "Read",
        Effect::Write => "Write",
    });
    let [request, response] = method.tables().map(|(fields, object, objects)| table(fields, object, objects));
    let response_list = spec.response_list;
    let rules = spec.rules.iter().flat_map(rule);
    quote! {
        /// What the documents say of this method.
        pub static METHOD: MethodInfo = MethodInfo {
            name: #name,
            title: #title,
            page: #page,
            node: #node,
            effect: Effect::#effect,
            request: #request,
            response: #response,
            response_list: #response_list,
            rules: &[#(#rules),*],
            errors: ERRORS,
        };
    }
}

fn table(fields: &Fields, object: &ObjectPlan, objects: &[ObjectPlan]) -> TokenStream {
    let rows = fields.values().zip(&object.fields).map(|(field, plan)| row(field, plan, objects));
    quote!(&[#(#rows),*])
}

fn row(field: &Field, plan: &FieldPlan, objects: &[ObjectPlan]) -> TokenStream {
    let name = &plan.wire;
    let required = field.required.then(|| quote!(required: true,));
    let list = field.list.then(|| quote!(list: true,));
    let secret = field.secret.then(|| quote!(secret: true,));
    let example = field.example.as_ref().map(|text| quote!(example: Some(#text),));
    let description = field.description.as_ref().map(|text| quote!(description: Some(#text),));
    let kind = match &plan.kind {
        FieldType::Text => field.values.values().next().map_or_else(TokenStream::new, |absent| {
            let meaning = &absent.description;
            quote!(values: &[ValueInfo { value: "", description: #meaning }],)
        }),
        FieldType::Integer => quote!(kind: Kind::Integer,),
        FieldType::Decimal => quote!(kind: Kind::Decimal,),
        FieldType::DateTime => quote!(kind: Kind::DateTime,),
        FieldType::Code(name) => {
            let name = ident(name);
            quote!(kind: Kind::Code, values: #name::VALUES,)
        }
        FieldType::Object(name) => {
            let inside = objects.iter().find(|object| object.name == *name);
            let fields = inside.map_or_else(|| quote!(&[]), |object| table(&field.fields, object, objects));
            quote!(kind: Kind::Object, fields: #fields,)
        }
    };
    quote!(FieldInfo { name: #name, #required #list #secret #example #description #kind ..FieldInfo::TEXT })
}

fn rule(rule: &Rule) -> Vec<TokenStream> {
    let (error, stated) = (option(rule.error.as_ref()), &rule.stated);
    let check = rule.kinds().into_iter().map(check);
    check.map(|check| quote!(RuleInfo { check: Check::#check, error: #error, stated: #stated })).collect()
}

fn check(kind: RuleKind<'_>) -> TokenStream {
    let number = Literal::usize_unsuffixed;
    match kind {
        RuleKind::AnyOf(paths) => quote!(AnyOf(&[#(#paths),*])),
        RuleKind::NotEmpty(paths) => quote!(NotEmpty(&[#(#paths),*])),
        RuleKind::Range(range) => {
            let (field, min, max) =
                (&range.field, Literal::i64_unsuffixed(range.min), Literal::i64_unsuffixed(range.max));
            quote!(Range { field: #field, min: #min, max: #max })
        }
        RuleKind::MaxLength(limit) => {
            let (field, max) = (&limit.field, number(limit.max));
            quote!(MaxLength { field: #field, max: #max })
        }
        RuleKind::MaxItems(limit) => {
            let (field, max) = (&limit.field, number(limit.max));
            quote!(MaxItems { field: #field, max: #max })
        }
        RuleKind::Ascending(span) => {
            let (from, to) = (&span.from, &span.to);
            quote!(Ascending { from: #from, to: #to })
        }
        RuleKind::MaxSpan(span) => {
            let (from, to, days) = (&span.from, &span.to, Literal::u32_unsuffixed(span.days));
            quote!(MaxSpan { from: #from, to: #to, days: #days })
        }
        RuleKind::MaxAge(age) => {
            let (field, months) = (&age.field, Literal::u32_unsuffixed(age.months));
            quote!(MaxAge { field: #field, months: #months })
        }
        RuleKind::Note(note) => quote!(Note(#note)),
    }
}
