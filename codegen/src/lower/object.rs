//! Tables of fields: structs, enums of codes, and the names in them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::names::{self, Types};
use crate::diagnostic::Diagnostics;
use crate::plan::{CodePlan, CodeVariant, FieldPlan, FieldType, ObjectPlan, RustName};
use crate::spec::{Field, Fields, Platform, Quirk, QuirkKind, Type, ValueEntry};
use crate::yaml::Source;

/// What lowering a table needs and gathers.
pub(super) struct Context<'a> {
    pub(super) source: &'a Source,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) quirks: &'a [Quirk],
    pub(super) side: names::Side,
    /// What a type begins with when its own name is taken.
    pub(super) prefix: String,
    /// The type that is being lowered. A type inside it begins with its name when that with the prefix is taken too.
    holder: String,
    pub(super) types: Types,
    /// Fields that are personal data wherever they are, and those that are secret.
    pub(super) hidden: [&'a [String]; 2],
    pub(super) codes: Vec<Arc<CodePlan>>,
}

impl<'a> Context<'a> {
    pub(super) fn new(source: &'a Source, diagnostics: &'a mut Diagnostics, platform: &'a Platform) -> Self {
        Self {
            source,
            diagnostics,
            quirks: &[],
            side: names::Side::Reply,
            prefix: String::new(),
            holder: String::new(),
            types: Types::default(),
            hidden: [&platform.personal, &platform.secret],
            codes: Vec::new(),
        }
    }

    /// A type that is named after the method.
    pub(super) fn own(&mut self, suffix: &str, node: &str) -> RustName {
        let name = format!("{}{suffix}", self.prefix);
        self.types.take(std::slice::from_ref(&name), node).unwrap_or_else(|_| {
            let message = format!("the type `{name}` would have the name of one in the library; add a `name`");
            self.report(&["method"], message);
            RustName::new(name)
        })
    }

    /// Lowers one level of a table, at a path of the document and a path of the wire.
    pub(super) fn object(
        &mut self,
        name: RustName,
        summary: String,
        fields: Fields,
        path: &[&str],
        place: &str,
    ) -> ObjectPlan {
        let mut taken: BTreeMap<RustName, String> = BTreeMap::new();
        let mut plans = Vec::new();
        let outer = std::mem::replace(&mut self.holder, name.as_str().to_owned());
        for (wire, field) in fields {
            let path = [path, &[wire.as_str()]].concat();
            let plan = self.field(&wire, field, &path, &format!("{place}.{wire}"));
            if let Some(other) = taken.insert(plan.name.clone(), wire.clone()) {
                let message =
                    format!("`{other}` and `{wire}` are both `{}` in Rust; give one of them a `name`", plan.name);
                self.report(&path, message);
            }
            plans.push(plan);
        }
        self.holder = outer;
        ObjectPlan { name, summary, fields: plans }
    }

    fn field(&mut self, wire: &str, mut field: Field, path: &[&str], place: &str) -> FieldPlan {
        let wanted = field.name.as_deref().unwrap_or(wire);
        if field.name.is_some() && !names::is_snake(wanted) {
            self.report(&[path, &["name"]].concat(), names::not_in("snake case", wanted, "like_this"));
        }
        let name = names::field(wanted, self.side);
        if !names::is_identifier(&name) {
            self.report(path, format!("`{wire}` is not a valid name in Rust; add a `name`"));
        }
        let is_alias = |quirk: &&Quirk| quirk.kind == QuirkKind::Alias && quirk.field == place;
        let absent = field.values.shift_remove("");
        let [personal, secret] = self.hidden.map(|names| names.iter().any(|name| name == wire));
        field.secret |= secret && !field.is_container();
        FieldPlan {
            wire: wire.to_owned(),
            aliases: self.quirks.iter().filter(is_alias).map(|quirk| quirk.observed.clone()).collect(),
            name,
            kind: self.kind(wire, &mut field, absent.as_ref(), path, place),
            personal: field.personal || personal,
            success: None,
            absent,
            spec: field,
        }
    }

    /// The type of a field, into which its codes and the fields inside it move.
    fn kind(
        &mut self,
        wire: &str,
        field: &mut Field,
        absent: Option<&ValueEntry>,
        path: &[&str],
        place: &str,
    ) -> FieldType {
        let wanted = field.name.as_deref().unwrap_or(wire);
        if field.is_container() {
            let name = self.take(if field.list { names::item(wanted) } else { names::pascal(wanted) }, wire, path);
            let (summary, inner) = (format!("What `{wire}` holds."), std::mem::take(&mut field.fields));
            let object = self.object(name, summary, inner, &[path, &["fields"]].concat(), place);
            return FieldType::Object(Box::new(object));
        }
        if !field.values.is_empty() {
            return FieldType::Code(self.code(wire, field, absent, path));
        }
        match field.kind {
            Type::Text => FieldType::Text,
            Type::Integer => FieldType::Integer,
            Type::Decimal => FieldType::Decimal,
            Type::Datetime => FieldType::DateTime,
        }
    }

    /// The enum of a field's codes; request and reply share it when it is the same.
    fn code(&mut self, wire: &str, field: &mut Field, absent: Option<&ValueEntry>, path: &[&str]) -> Arc<CodePlan> {
        let mut taken = BTreeMap::from([("Other".to_owned(), "any other code".to_owned())]);
        let mut variants = Vec::new();
        for (code, ValueEntry { name, description }) in std::mem::take(&mut field.values) {
            let at = [path, &["values", &code, "name"]].concat();
            if !names::is_pascal(&name) {
                self.report(&at, names::not_in("upper camel case", &name, "LikeThis"));
            }
            if let Some(other) = taken.insert(name.clone(), code.clone()) {
                self.report(&at, format!("`{name}` is also the name of `{other}`; choose another"));
            }
            variants.push(CodeVariant { name: RustName::new(name), code, description });
        }
        if let Some(same) = self.codes.iter().find(|plan| plan.wire == wire && plan.variants == variants) {
            return Arc::clone(same);
        }
        let name = self.take(names::pascal(field.name.as_deref().unwrap_or(wire)), wire, path);
        let (wire, description) = (wire.to_owned(), field.description.clone());
        let plan = Arc::new(CodePlan {
            name,
            wire,
            description,
            variants,
            absent: absent.map(|value| value.description.clone()),
        });
        self.codes.push(Arc::clone(&plan));
        plan
    }

    /// Takes a name for a type, with the name of the method or else of the type around it in front when it is taken.
    fn take(&mut self, name: String, wire: &str, path: &[&str]) -> RustName {
        let candidates = [name.clone(), format!("{}{name}", self.prefix), format!("{}{name}", self.holder)];
        match self.types.take(&candidates, wire) {
            Ok(name) => name,
            Err(holder) => {
                let message =
                    format!("the type of `{wire}` would be `{name}`, like that of `{holder}`; give it a `name`");
                self.report(path, message);
                RustName::new(name)
            }
        }
    }

    fn report(&mut self, path: &[&str], message: String) {
        self.diagnostics.push(self.source.at(path, message));
    }
}
