//! Legends of codes inside descriptions: `1-…; 2-…`, `10=…`, `0表示…、1表示…`, `Y-…,N-…`.

use super::text::is_chinese;

/// A description and the codes it explains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Legend {
    /// The text before the codes.
    pub(crate) description: Option<String>,
    /// Codes and their meanings. The empty code says what an absent value means.
    pub(crate) values: Vec<(String, String)>,
}

impl Legend {
    /// A description without codes.
    pub(crate) fn plain(text: &str) -> Self {
        Self { description: Some(text.trim().to_owned()).filter(|text| !text.is_empty()), values: Vec::new() }
    }
}

/// Characters that may surround codes and meanings.
const DELIMITERS: &[char] = &[';', '；', ',', '，', '、', '。', '/', ' ', '\u{3000}', '-', '—', ':', '：', '.'];

/// How a code is tied to its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// `1-`, `1:`, `1=`, `1表示`
    Sure,
    /// `1.`, `1、`: may also be a numbered note.
    Enumeration,
}

/// A code, where it begins, and where its meaning begins.
struct Entry {
    code: String,
    begin: usize,
    meaning: usize,
    tie: Tie,
}

/// Reads a description. A mere enumeration is a legend only if `sample` is one of its codes.
pub(crate) fn read(text: &str, sample: Option<&str>) -> Legend {
    let mut entries = entries(text);
    let is_sure = entries.iter().any(|entry| entry.tie == Tie::Sure);
    if is_sure {
        entries.retain(|entry| entry.tie == Tie::Sure);
    } else if !entries.iter().any(|entry| sample == Some(&entry.code)) {
        entries.clear();
    }
    // A word before a colon is a code only if the sample is such a word.
    let is_word = |code: &str| code.len() > 1 && code.chars().all(|c| c.is_ascii_alphabetic());
    if !entries.iter().any(|entry| sample == Some(&entry.code)) {
        entries.retain(|entry| !is_word(&entry.code));
    }
    if entries.len() < 2 {
        return Legend::plain(text);
    }
    let before = text[..entries[0].begin].trim_end_matches(DELIMITERS);
    let opened = before.ends_with(['(', '（']);
    let before = before.trim_end_matches(['(', '（']).trim_end_matches(DELIMITERS).trim();
    let mut values: Vec<(String, String)> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let end = entries.get(index + 1).map_or(text.len(), |next| next.begin);
        let meaning = text[entry.meaning..end].trim_matches(DELIMITERS);
        let is_last = index + 1 == entries.len();
        let meaning = if is_last && opened { meaning.trim_end_matches([')', '）']) } else { meaning };
        values.push((entry.code.clone(), meaning.to_owned()));
    }
    absent(&mut values);
    Legend { description: Some(before.to_owned()).filter(|text| !text.is_empty()), values }
}

/// `… 正常订单返回空` after the last meaning says what an absent value means.
fn absent(values: &mut Vec<(String, String)>) {
    let Some((_, last)) = values.last_mut() else { return };
    let Some(rest) = last.strip_suffix("返回空") else { return };
    if let Some((meaning, absent)) = rest.rsplit_once(DELIMITERS) {
        let absent = absent.to_owned();
        *last = meaning.trim_end_matches(DELIMITERS).to_owned();
        values.push((String::new(), absent));
    }
}

fn entries(text: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut before = None;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        let may_begin = before.is_none_or(|before: char| {
            // A minus after a word is a dash.
            let after_word = is_chinese(before) && c != '-';
            DELIMITERS.contains(&before) || matches!(before, '(' | '（' | ')' | '）') || after_word
        });
        before = Some(c);
        if at >= skip_to
            && may_begin
            && let Some(entry) = entry(text, at)
        {
            skip_to = entry.meaning;
            found.push(entry);
        }
    }
    found
}

/// The entry that begins at an offset.
fn entry(text: &str, begin: usize) -> Option<Entry> {
    let rest = &text[begin..];
    let (code, length) = match rest.strip_prefix('空') {
        Some(_) => ("", '空'.len_utf8()),
        None => {
            let digits = rest.strip_prefix('-').unwrap_or(rest);
            let length = rest.len() - digits.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || c == '_').len();
            (&rest[..length], length)
        }
    };
    let is_code = code.trim_start_matches('-').len() <= 6
        && (code.is_empty() && length > 0 || code.ends_with(|c: char| c.is_ascii_alphanumeric()))
        && !code.chars().any(|c| c.is_ascii_lowercase());
    if !is_code {
        return None;
    }
    let after = rest[length..].trim_start_matches(' ');
    let (tie, meaning) = tie(after)?;
    let meaning = meaning.trim_start_matches(' ');
    let is_meaning = meaning.starts_with(|c: char| is_chinese(c) || c == '(' || c.is_ascii_alphabetic())
        && meaning.chars().take(8).any(|c| is_chinese(c) && !DELIMITERS.contains(&c));
    let is_absent_sure = !code.is_empty() || tie == Tie::Sure;
    (is_meaning && is_absent_sure).then(|| Entry {
        code: code.to_owned(),
        begin,
        meaning: text.len() - meaning.len(),
        tie,
    })
}

fn tie(text: &str) -> Option<(Tie, &str)> {
    for sign in ["表示", "代表", "-", "—", "－", ":", "：", "=", "＝"] {
        if let Some(meaning) = text.strip_prefix(sign) {
            return Some((Tie::Sure, meaning));
        }
    }
    ['.', '、'].iter().find_map(|sign| text.strip_prefix(*sign)).map(|meaning| (Tie::Enumeration, meaning))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn legend(text: &str) -> (String, String) {
        let Legend { description, values } = read(text, Some("1"));
        let values: Vec<_> = values.iter().map(|(code, meaning)| format!("{code}>{meaning}")).collect();
        (description.unwrap_or_default(), values.join(" "))
    }

    #[test]
    fn every_way_to_write_a_legend_is_read() {
        for (text, description, values) in [
            ("状态。 1-待处理; 2-已拒绝 ; 3-关闭。", "状态", "1>待处理 2>已拒绝 3>关闭"),
            ("状态-0:取消;5:等待;10=待发;20=已发;", "状态", "0>取消 5>等待 10>待发 20>已发"),
            ("标示位 0表示正常 1表示退货", "标示位", "0>正常 1>退货"),
            ("2表示未发、3表示已发未收", "", "2>未发 3>已发未收"),
            ("空表示退货、1表示仅退款", "", ">退货 1>仅退款"),
            ("结果;Y-成功,N-失败", "结果", "Y>成功 N>失败"),
            ("标识;180-已发(甲)190-已收(乙)210-(失败)", "标识", "180>已发(甲) 190>已收(乙) 210>(失败)"),
            ("标记-1:退款中 2:退款成功 正常订单返回空", "标记", "1>退款中 2>退款成功 >正常订单"),
            ("状态(1:成功,2:失败)", "状态", "1>成功 2>失败"),
            ("级别:-1:冻结,0:正常", "级别", "-1>冻结 0>正常"),
            ("1.风控 2.普通", "", "1>风控 2>普通"),
        ] {
            assert_eq!(legend(text), (description.to_owned(), values.to_owned()), "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_legend_stays_a_description() {
        for text in [
            "申请时间,格式:yyyy-MM-dd HH:mm:ss,例如:2012-04-25 20:23:30",
            "充值类型,例:游戏点数,点卡",
            "页码,只允许1到99999之间的整数",
            "1-成功",
            "3、甲 4、乙",
            "IP:地址,ID:编号 orderCode:订单",
        ] {
            assert_eq!(read(text, Some("1")).values, [], "{text}");
        }
    }
}
