//! Default names of codes, and types, until people decide them.

use crate::spec::Type;

/// A default name for a code, until someone picks one that says what it means.
pub(super) fn name(code: &str) -> String {
    let mut name = String::from("Code");
    for c in code.chars() {
        match c {
            '-' => name.push_str("Minus"),
            c if c.is_ascii_alphanumeric() => name.push(c),
            _ => {}
        }
    }
    if code.is_empty() { "Absent".to_owned() } else { heck::AsUpperCamelCase(name).to_string() }
}

/// The type in a type cell. `None` for `String`, which the pages use for every type.
pub(super) fn kind(word: &str) -> Option<Type> {
    match word {
        "Integer" | "Long" | "int" => Some(Type::Integer),
        "BigDecimal" | "Double" | "Float" | "Number" => Some(Type::Decimal),
        "Date" | "DateTime" | "Datetime" => Some(Type::Datetime),
        _ => None,
    }
}
