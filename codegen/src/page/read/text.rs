//! Small predicates on text.

use chrono::NaiveDateTime;

/// Whether a character belongs to Chinese text.
pub(super) fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}' | '“' | '”' | '‘' | '’')
}

/// Whether a text after a number continues it: `7天…`, `3个…`, but not `1数量` or `2页码`.
pub(super) fn is_count(text: &str) -> bool {
    let mut chars = text.chars();
    let is_unit =
        chars.next().is_some_and(|c| "天日号个元折件年月周分秒次级期点条种人款倍位万千百页寸斤克米岁小".contains(c));
    // Such as 页码, 级别, 日期, 分类: a word of its own.
    is_unit && !chars.next().is_some_and(|c| "码别期类数份段称额单价量名型间值组区站仓店牌程".contains(c))
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
