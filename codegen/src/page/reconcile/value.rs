//! Types in the words of the pages.

use crate::spec::Type;

/// The type in a type cell. `None` for `String`, which the pages use for every type.
pub(super) fn kind(word: &str) -> Option<Type> {
    match word {
        "Integer" | "Long" | "int" => Some(Type::Integer),
        "BigDecimal" | "Double" | "Float" | "Number" => Some(Type::Decimal),
        "Date" | "DateTime" | "Datetime" => Some(Type::Datetime),
        _ => None,
    }
}
