//! Codes and types, before people have named them.

use crate::spec::Type;

/// A neutral name for a code, until someone gives it one that says what it means.
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

/// What a type cell says; nothing when it says `String`, which stands for everything.
pub(super) fn kind(word: &str) -> Option<Type> {
    match word {
        "Integer" | "Long" | "int" => Some(Type::Integer),
        "BigDecimal" | "Double" | "Float" | "Number" => Some(Type::Decimal),
        "Date" | "DateTime" | "Datetime" => Some(Type::Datetime),
        _ => None,
    }
}
