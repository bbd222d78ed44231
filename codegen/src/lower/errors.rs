//! Tables of error codes.

use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::names;
use crate::diagnostic::Diagnostics;
use crate::plan::{ErrorVariant, ErrorsPlan, RustName};
use crate::spec::ErrorEntry;
use crate::yaml::Source;

/// Two codes can give the same name. The second is then named after its whole code, until someone picks a better name.
pub(crate) fn name_collisions(errors: &mut IndexMap<String, ErrorEntry>) {
    let mut taken = vec!["Common".to_owned(), "Other".to_owned()];
    taken.extend(errors.values().filter_map(|entry| entry.name.clone()));
    for (code, entry) in errors.iter_mut().filter(|(_, entry)| entry.name.is_none()) {
        let name = names::error(code);
        if taken.contains(&name) {
            entry.name = Some(heck::AsUpperCamelCase(code).to_string());
        } else {
            taken.push(name);
        }
    }
}

pub(super) fn lower(
    name: RustName,
    errors: IndexMap<String, ErrorEntry>,
    source: &Source,
    diagnostics: &mut Diagnostics,
) -> ErrorsPlan {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    taken.insert("Common".to_owned(), "the common codes".to_owned());
    taken.insert("Other".to_owned(), "any other code".to_owned());
    let mut variants = Vec::new();
    for (code, entry) in errors {
        let name = entry.name.clone().unwrap_or_else(|| names::error(&code));
        if !names::is_pascal(&name) {
            let message = names::not_in("upper camel case", &name, "LikeThis");
            diagnostics.push(source.at(&["errors", &code, "name"], message));
        }
        if let Some(other) = taken.insert(name.clone(), code.clone()) {
            let message = format!("`{name}` is also the name of `{other}`; give this code another `name`");
            diagnostics.push(source.at(&["errors", &code], message));
        }
        let part = match code.chars().last() {
            Some('*') if code.ends_with(".*") => Some(RustName::new("service")),
            Some('*') => Some(RustName::new("parameter")),
            Some('?') => Some(RustName::new("status")),
            _ => None,
        };
        variants.push(ErrorVariant { name: RustName::new(name), code, part, entry });
    }
    ErrorsPlan { name, variants }
}
