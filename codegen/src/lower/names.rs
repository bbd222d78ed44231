//! Wire names to Rust names, once and for all.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::diagnostic::Diagnostics;
use crate::plan::RustName;
use crate::yaml::Source;

/// Names that the generated files import, and those of the prelude of Rust.
const TAKEN_TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "Box",
    "Caller",
    "Client",
    "Clone",
    "CommonErrorCode",
    "Copy",
    "Debug",
    "Decimal",
    "Default",
    "DoubleEndedIterator",
    "Draft",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Extra",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "IntoOptional",
    "IsSet",
    "Iterator",
    "NaiveDateTime",
    "None",
    "Ok",
    "OpenObject",
    "OpenReply",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Send",
    "Set",
    "Sized",
    "Some",
    "StandardErrorCode",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names of methods of the clients and of Cargo features, so that a namespace cannot have them.
const TAKEN_NAMESPACES: &[&str] = &[
    "as_async",
    "blocking",
    "builder",
    "call",
    "catalog",
    "clone",
    "default",
    "exchange",
    "from_client",
    "full",
    "gzip",
    "iterate",
    "limit",
    "mock",
    "new",
    "oauth",
    "raw",
    "reqwest",
    "serde",
    "tower",
    "tracing",
    "wait",
    "with_access_token",
    "with_attempt_timeout",
    "with_credentials",
    "with_retry",
    "with_timeout",
    "with_token_source",
];

/// Names of methods of a builder.
const TAKEN_SETTERS: &[&str] = &["build", "builder", "new", "pages", "rows", "rows_between", "send"];

/// Which side of a call a field is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Request,
    Reply,
}

/// A field, and the setter of its name.
pub(super) fn field(wire: &str, side: Side) -> RustName {
    let name = begin_with_letter(&plain_plural(wire).to_snake_case(), "field_");
    let is_taken = name == "extra" || (side == Side::Request && TAKEN_SETTERS.contains(&name.as_str()));
    if is_taken { RustName::new(name + "_") } else { escape_keyword(name) }
}

/// The module of a method or topic, and the function of a method: the name that people gave it, or one from the wire.
pub(super) fn module(given: Option<String>, wire: &str, source: &Source, diagnostics: &mut Diagnostics) -> RustName {
    match given {
        Some(name) if is_snake(&name) => return RustName::new(name),
        Some(name) => {
            diagnostics.push(source.at(&["name"], not_in("snake case", &name, "like_this")));
        }
        None => {}
    }
    method(wire)
}

fn method(rest: &str) -> RustName {
    let name = begin_with_letter(&rest.replace('.', "_").to_snake_case(), "method_");
    RustName::new(if is_keyword(&name) || name == "mod" { name + "_" } else { name })
}

/// A namespace.
pub(super) fn namespace(wire: &str) -> RustName {
    let name = begin_with_letter(&wire.to_snake_case(), "namespace_");
    RustName::new(if is_keyword(&name) || TAKEN_NAMESPACES.contains(&name.as_str()) { name + "_" } else { name })
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

/// Whether Rust accepts a name, raw or not.
pub(super) fn is_identifier(name: &RustName) -> bool {
    let name = name.as_str();
    syn::parse_str::<syn::Ident>(name).is_ok() || is_keyword(name)
}

/// Whether a name people gave is a type or variant in upper camel case.
pub(super) fn is_pascal(name: &str) -> bool {
    name.starts_with(|c: char| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()))
        && syn::parse_str::<syn::Ident>(name).is_ok()
        && !name.contains('_')
}

/// Whether a name people gave is a field or function in snake case, which is no keyword.
pub(super) fn is_snake(name: &str) -> bool {
    let is_plain = !name.starts_with("r#") && !name.contains(char::is_uppercase);
    is_plain && syn::parse_str::<syn::Ident>(name).is_ok()
}

/// The handle of a namespace.
pub(super) fn handle(wire: &str) -> RustName {
    let name = pascal(wire);
    RustName::new(if is_taken(&name) { name + "Namespace" } else { name })
}

fn begin_with_letter(name: &str, prefix: &str) -> String {
    let clean: String = name.chars().filter(|c| c.is_alphanumeric() || *c == '_').collect();
    let is_name = syn::parse_str::<syn::Ident>(&clean).is_ok() || is_keyword(&clean);
    if is_name && clean != "_" { clean } else { format!("{prefix}{clean}") }
}

/// Why a name that people gave is refused.
pub(super) fn not_in(case: &str, name: &str, example: &str) -> String {
    if is_keyword(name) {
        format!("`{name}` is a keyword of Rust; write another name")
    } else {
        format!("`{name}` is not in {case}; write `{example}`")
    }
}

fn is_keyword(name: &str) -> bool {
    let is_word = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic());
    is_word && syn::parse_str::<syn::Ident>(name).is_err()
}

/// Raw where Rust allows it, with an underscore where it does not.
fn escape_keyword(name: String) -> RustName {
    match name.as_str() {
        "self" | "super" | "crate" => RustName::new(name + "_"),
        _ if is_keyword(&name) => RustName::raw(name),
        _ => RustName::new(name),
    }
}

/// Whether the library, the prelude or the type parameters of a builder (`C`, `S`, `S1`, …) have the name.
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
    pub(super) fn take(&mut self, candidates: &[String], what: &str) -> Result<RustName, String> {
        let builder = |name: &str| format!("{name}Builder");
        let is_free = |name: &str| !is_taken(name) && !self.taken.contains_key(name);
        let free = candidates.iter().find(|name| is_free(name) && is_free(&builder(name)));
        let Some(name) = free.cloned() else {
            let holder = candidates.last().and_then(|name| self.taken.get(name));
            return Err(holder.cloned().unwrap_or_else(|| "the library".to_owned()));
        };
        self.taken.insert(builder(&name), what.to_owned());
        self.taken.insert(name.clone(), what.to_owned());
        Ok(RustName::new(name))
    }
}
