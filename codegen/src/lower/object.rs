//! Tables of fields: structs, enums of codes, and the names in them.

use std::collections::BTreeMap;

use super::names::{self, Types};
use crate::diagnostic::Diagnostics;
use crate::plan::{CodePlan, CodeVariant, FieldPlan, FieldType, ObjectPlan};
use crate::spec::{Field, Fields, Quirk, QuirkKind, Type};
use crate::yaml::Source;

/// What lowering a table needs and gathers.
pub(super) struct Context<'a> {
    pub(super) source: &'a Source,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) quirks: &'a [Quirk],
    pub(super) side: names::Side,
    /// What a type begins with when its own name is taken.
    pub(super) prefix: String,
    pub(super) types: Types,
    /// Structs inside the table, each before the one that holds it.
    pub(super) objects: Vec<ObjectPlan>,
    pub(super) codes: Vec<CodePlan>,
}

impl Context<'_> {
    /// Lowers one level of a table that stands at a path of the document, and at a path of the wire.
    pub(super) fn object(
        &mut self,
        name: String,
        summary: String,
        fields: &Fields,
        path: &[&str],
        place: &str,
    ) -> ObjectPlan {
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut plans = Vec::new();
        for (wire, field) in fields {
            let path = [path, &[wire.as_str()]].concat();
            let plan = self.field(wire, field, &path, &format!("{place}.{wire}"));
            if let Some(other) = taken.insert(plan.name.clone(), wire.clone()) {
                let message =
                    format!("`{other}` and `{wire}` are both `{}` in Rust; give one of them a `name`", plan.name);
                self.report(&path, message);
            }
            plans.push(plan);
        }
        ObjectPlan { name, summary, fields: plans }
    }

    fn field(&mut self, wire: &str, field: &Field, path: &[&str], place: &str) -> FieldPlan {
        let name = match &field.name {
            Some(name) if names::is_snake(name) => names::field(name, self.side),
            Some(name) => {
                self.report(
                    &[path, &["name"]].concat(),
                    format!("`{name}` is not a name in snake case; write `like_this`"),
                );
                names::field(wire, self.side)
            }
            None => names::field(wire, self.side),
        };
        if !names::is_identifier(&name) {
            self.report(path, format!("`{wire}` gives no name in Rust; give it a `name`"));
        }
        let is_alias = |quirk: &&Quirk| quirk.kind == QuirkKind::Alias && quirk.field == place;
        FieldPlan {
            wire: wire.to_owned(),
            aliases: self.quirks.iter().filter(is_alias).map(|quirk| quirk.observed.clone()).collect(),
            pascal: names::pascal(field.name.as_deref().unwrap_or(wire)),
            name,
            kind: self.kind(wire, field, path, place),
            list: field.list,
            required: field.required,
            secret: field.secret,
            description: field.description.clone(),
            example: field.example.clone(),
            absent: field.values.get("").map(|value| value.description.clone()),
        }
    }

    fn kind(&mut self, wire: &str, field: &Field, path: &[&str], place: &str) -> FieldType {
        if field.is_container() {
            let wanted = field.name.as_deref().unwrap_or(wire);
            let name = self.take(if field.list { names::item(wanted) } else { names::pascal(wanted) }, wire, path);
            let summary = format!("What `{wire}` holds.");
            let object = self.object(name.clone(), summary, &field.fields, &[path, &["fields"]].concat(), place);
            self.objects.push(object);
            return FieldType::Object(name);
        }
        if field.values.keys().any(|code| !code.is_empty()) {
            return FieldType::Code(self.code(wire, field, path));
        }
        match field.kind {
            Type::Text => FieldType::Text,
            Type::Integer => FieldType::Integer,
            Type::Decimal => FieldType::Decimal,
            Type::Datetime => FieldType::DateTime,
        }
    }

    /// The enum of a field's codes; request and reply share it when it is the same.
    fn code(&mut self, wire: &str, field: &Field, path: &[&str]) -> String {
        let mut taken: BTreeMap<&str, &str> = BTreeMap::from([("Other", "any other code")]);
        let mut variants = Vec::new();
        for (code, value) in field.values.iter().filter(|(code, _)| !code.is_empty()) {
            let at = [path, &["values", code, "name"]].concat();
            if !names::is_pascal(&value.name) {
                self.report(&at, format!("`{}` is not a name in upper camel case; write `LikeThis`", value.name));
            }
            if let Some(other) = taken.insert(&value.name, code) {
                self.report(&at, format!("`{}` is the name of `{other}` too; choose another", value.name));
            }
            let (name, description) = (value.name.clone(), value.description.clone());
            variants.push(CodeVariant { name, code: code.clone(), description });
        }
        if let Some(same) = self.codes.iter().find(|plan| plan.wire == wire && plan.variants == variants) {
            return same.name.clone();
        }
        let name = self.take(names::pascal(field.name.as_deref().unwrap_or(wire)), wire, path);
        let absent = field.values.get("").map(|value| value.description.clone());
        let description = field.description.clone();
        self.codes.push(CodePlan { name: name.clone(), wire: wire.to_owned(), description, variants, absent });
        name
    }

    /// Takes a name for a type, with the name of the method before it when it is taken.
    fn take(&mut self, name: String, wire: &str, path: &[&str]) -> String {
        let candidates = [name.clone(), format!("{}{name}", self.prefix)];
        match self.types.take(&candidates, wire) {
            Ok(name) => name,
            Err(holder) => {
                self.report(
                    path,
                    format!("the type of `{wire}` would be `{name}`, as that of `{holder}`; give it a `name`"),
                );
                name
            }
        }
    }

    fn report(&mut self, path: &[&str], message: String) {
        self.diagnostics.push(self.source.at(path, message));
    }
}
