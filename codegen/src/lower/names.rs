//! Wire names to Rust names, once and for all.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

/// Names of types that generated files and the prelude use.
const TAKEN_TYPES: &[&str] = &[
    "Check",
    "Client",
    "Code",
    "CommonErrorCode",
    "Decimal",
    "Default",
    "Drop",
    "Effect",
    "Err",
    "Error",
    "ErrorCode",
    "ErrorInfo",
    "Example",
    "Examples",
    "Extra",
    "Field",
    "FieldInfo",
    "From",
    "Into",
    "IntoIterator",
    "Iterator",
    "Kind",
    "MethodErrorCode",
    "MethodInfo",
    "Model",
    "NaiveDateTime",
    "None",
    "Ok",
    "Option",
    "PhantomData",
    "Reply",
    "Request",
    "Result",
    "Retry",
    "RuleInfo",
    "Scalar",
    "Send",
    "Set",
    "Sized",
    "Slot",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "Unset",
    "ValueInfo",
    "Vec",
];

/// Names that modules and methods of the crate have, so that a namespace can not have them.
const TAKEN_MODULES: &[&str] = &[
    "builder",
    "call",
    "catalog",
    "client",
    "codec",
    "common",
    "credentials",
    "default",
    "error",
    "error_code",
    "examples",
    "generated",
    "info",
    "mock",
    "model",
    "namespaces",
    "platform",
    "reply",
    "request",
    "reqwest",
    "rules",
    "scalar",
    "sign",
    "time",
    "transport",
    "value",
    "std",
    "core",
    "alloc",
];

/// Names that methods of a builder or fields of a model have themselves.
const TAKEN_FIELDS: &[&str] = &["build", "builder", "extra", "new", "send"];

/// A field or setter.
pub(super) fn field(wire: &str) -> String {
    let name = begin_with_letter(&plain_plural(wire).to_snake_case(), "field_");
    if TAKEN_FIELDS.contains(&name.as_str()) { name + "_" } else { escape_keyword(name) }
}

/// A method of a namespace and its module.
pub(super) fn method(rest: &str) -> String {
    let name = begin_with_letter(&rest.replace('.', "_").to_snake_case(), "method_");
    if is_keyword(&name) || name == "mod" { name + "_" } else { name }
}

/// A namespace.
pub(super) fn namespace(wire: &str) -> String {
    let name = begin_with_letter(&wire.to_snake_case(), "namespace_");
    if is_keyword(&name) || TAKEN_MODULES.contains(&name.as_str()) { name + "_" } else { name }
}

/// The beginning of a type's name.
pub(super) fn pascal(wire: &str) -> String {
    let name = begin_with_letter(&plain_plural(wire).to_upper_camel_case(), "Type");
    if is_keyword(&name) { name + "_" } else { name }
}

/// `orderIDs` is one word and its plural, not three words.
fn plain_plural(wire: &str) -> String {
    wire.strip_suffix("IDs").map_or_else(|| wire.to_owned(), |stem| format!("{stem}Ids"))
}

/// The type of one item of a list: `cardList` holds a `Card`, `details` a `Detail`.
pub(super) fn item(wire: &str) -> String {
    let name = pascal(wire);
    let single = name.strip_suffix("List").or_else(|| name.strip_suffix('s').filter(|stem| !stem.ends_with('s')));
    single.filter(|stem| !stem.is_empty()).map_or(name.clone(), str::to_owned)
}

/// The variant of an error code that has no name of its own: its last words.
pub(crate) fn error(code: &str) -> String {
    let code = code.trim_end_matches(['*', '?', ':']);
    let words = code.find(':').map_or_else(
        || code.rsplit('.').next().unwrap_or(code),
        |colon| &code[code[..colon].rfind('.').map_or(0, |dot| dot + 1)..],
    );
    begin_with_letter(&words.to_upper_camel_case(), "Code")
}

/// Whether a name people gave is a type or variant in upper camel case.
pub(super) fn is_pascal(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
        && syn::parse_str::<syn::Ident>(name).is_ok()
        && !name.contains('_')
}

/// Whether a name people gave is a field or function in snake case.
pub(super) fn is_snake(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_ok() && !name.contains(char::is_uppercase)
}

fn begin_with_letter(name: &str, prefix: &str) -> String {
    let clean: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let is_name = syn::parse_str::<syn::Ident>(&clean).is_ok() || is_keyword(&clean);
    if is_name && clean != "_" { clean } else { format!("{prefix}{clean}") }
}

fn is_keyword(name: &str) -> bool {
    syn::parse_str::<syn::Ident>(name).is_err() && name.chars().all(|c| c.is_ascii_alphabetic())
}

/// Raw where Rust allows it, with an underscore where it does not.
fn escape_keyword(name: String) -> String {
    match name.as_str() {
        "self" | "super" | "crate" => name + "_",
        _ if is_keyword(&name) => format!("r#{name}"),
        _ => name,
    }
}

/// Whether the library, the prelude or the states of a builder (`C`, `S1`, `S2`, …) have the name.
fn is_taken(name: &str) -> bool {
    let is_state = name.strip_prefix('S').is_some_and(|rest| rest.chars().all(|c| c.is_ascii_digit()));
    TAKEN_TYPES.contains(&name) || name == "C" || is_state
}

/// Types of one module, so that no two share a name.
#[derive(Debug, Default)]
pub(super) struct Types {
    taken: BTreeMap<String, String>,
}

impl Types {
    /// Takes the first of the candidates that is free, with the name of its builder, for something;
    /// otherwise gives what holds the last one.
    pub(super) fn take(&mut self, candidates: &[String], what: &str) -> Result<String, String> {
        let builder = |name: &str| format!("{name}Builder");
        let is_free = |name: &str| !is_taken(name) && !self.taken.contains_key(name);
        let free = candidates.iter().find(|name| is_free(name) && is_free(&builder(name)));
        let Some(name) = free.cloned() else {
            let holder = candidates.last().and_then(|name| self.taken.get(name));
            return Err(holder.cloned().unwrap_or_else(|| "the library".to_owned()));
        };
        self.taken.insert(builder(&name), what.to_owned());
        self.taken.insert(name.clone(), what.to_owned());
        Ok(name)
    }
}
