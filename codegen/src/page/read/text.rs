//! Small predicates on text.

use chrono::NaiveDateTime;

/// Whether a character belongs to Chinese text.
pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’')
}

/// Whether a text is a time in the format of the platform.
pub(in crate::page) fn is_datetime(text: &str) -> bool {
    text.len() == 19 && NaiveDateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S").is_ok()
}

/// Whether two texts differ at most in whitespace, which layouts add and remove.
pub(in crate::page) fn is_same(left: &str, right: &str) -> bool {
    let visible = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    visible(left) == visible(right)
}
