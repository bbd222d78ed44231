//! Characters that a parser accepts and that are in no spec file. `fmt` removes those that mean nothing.

use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::files::SpecFile;
use crate::yaml::{BYTE_ORDER_MARK, Position};

/// Reports the first of each kind. A file that is not UTF-8 is reported when it is parsed.
pub(super) fn check(file: &SpecFile, diagnostics: &mut Diagnostics) {
    if file.text.contains(char::REPLACEMENT_CHARACTER) {
        return;
    }
    let mut report = |offset: Option<usize>, message: &str| {
        if let Some(offset) = offset {
            let position = Position::of_byte(&file.text, offset);
            diagnostics.push(Diagnostic::new(&file.display, position, message));
        }
    };
    let has_mark = file.text.starts_with(BYTE_ORDER_MARK);
    report(has_mark.then_some(0), "the file begins with a byte order mark; run `cargo xtask fmt` to remove it");
    report(file.text.find('\r'), "the line does not end with a single line feed; run `cargo xtask fmt` to fix this");
    let is_control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    report(file.text.find(is_control), "there is an invisible control character here; remove it");
}
