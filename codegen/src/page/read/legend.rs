//! Legends of codes inside descriptions: `1-…; 2-…`, `10=…`, `0表示…、1表示…`, `Y-…,N-…`, `(1:…,2:…)`.

use super::text::{is_chinese, is_count};

/// A description and the codes it explains.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Legend {
    /// The text around the codes.
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
/// Characters that may end a meaning.
const ENDS: &[char] = &[';', '；', ',', '，', '、', '。'];
/// Brackets around a legend or a meaning.
const BRACKETS: &[(char, char)] = &[('(', ')'), ('（', '）'), ('[', ']'), ('【', '】'), ('{', '}'), ('「', '」')];

/// How a code is tied to its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tie {
    /// `1-`, `1:`, `1=`, `1表示`
    Sure,
    /// `1.`, `1、`: may also be a numbered note.
    Enumeration,
    /// `1…`, `1(…)`: may also be a number in a sentence.
    Bare,
}

/// A code, where it begins, and where its meaning begins.
#[derive(Debug, Clone)]
struct Entry {
    code: String,
    begin: usize,
    meaning: usize,
    tie: Tie,
}

/// Reads a description. A mere enumeration and codes without a sign are a legend only if `sample` is one of the codes.
pub(crate) fn read(text: &str, sample: Option<&str>) -> Legend {
    let entries = legend_entries(text, sample);
    let [first, .., last] = entries.as_slice() else { return Legend::plain(text) };
    let mut values: Vec<(String, String)> = entries
        .windows(2)
        .map(|pair| (pair[0].code.clone(), meaning(&text[pair[0].meaning..pair[1].begin], pair[0].tie)))
        .collect();
    let before = text[..first.begin].trim_end_matches(DELIMITERS);
    let open = unclosed(before);
    let rest = &text[last.meaning..];
    let (rest, mut after) = match open.and_then(|(_, bracket)| closing(rest, bracket)) {
        Some(at) => (&rest[..at], vec![rest[at..].trim_start_matches(|c| BRACKETS.iter().any(|(_, end)| *end == c))]),
        None => (rest, Vec::new()),
    };
    let (rest, absent) = absent(rest);
    let (rest, note) = without_note(rest, &values, text[..last.begin].ends_with(' '));
    after.insert(0, note);
    values.push((last.code.clone(), meaning(rest, last.tie)));
    values.extend(absent.map(|meaning| (String::new(), meaning.to_owned())));

    let before = match open {
        Some((at, (begin, _))) if is_word_for_codes(&before[at + begin.len_utf8()..]) => {
            before[..at].trim_end_matches(DELIMITERS).to_owned()
        }
        Some((_, (_, end))) => format!("{before}{end}"),
        None => before.to_owned(),
    };
    let around = std::iter::once(before.as_str()).chain(after.iter().map(|text| text.trim_matches(DELIMITERS)));
    let description = around.map(str::trim).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(",");
    Legend { description: Some(description).filter(|text| !text.is_empty()), values }
}

/// Where codes begin in a description, with or without a sign.
pub(super) fn codes(text: &str) -> Vec<usize> {
    let mut entries = legend_entries(text, None);
    if entries.is_empty() {
        entries = bare(text);
    }
    entries.iter().map(|entry| entry.begin).collect()
}

/// Codes that a description may explain without a sign, and that [`read`] leaves in the description.
pub(crate) fn unread(text: &str) -> Vec<String> {
    bare(text).into_iter().map(|entry| entry.code).collect()
}

/// Several codes without a sign, or none.
fn bare(text: &str) -> Vec<Entry> {
    let mut entries = entries(text);
    entries.retain(|entry| entry.tie == Tie::Bare);
    let is_repeated =
        entries.iter().enumerate().any(|(at, one)| entries[..at].iter().any(|other| other.code == one.code));
    if is_repeated || entries.len() < 2 { Vec::new() } else { entries }
}

/// The entries that are a legend, or none.
fn legend_entries(text: &str, sample: Option<&str>) -> Vec<Entry> {
    let all = entries(text);
    let of = |tie: Tie| all.iter().filter(move |entry| entry.tie == tie);
    let is_sample = |entry: &Entry| sample == Some(&entry.code);
    let mut entries: Vec<Entry> = if of(Tie::Sure).next().is_some() {
        // Among other codes, one of the same length is a code without a sign.
        let fits = |bare: &Entry| {
            of(Tie::Sure).any(|sure| sure.code.len() == bare.code.len())
                && of(Tie::Sure).all(|sure| sure.code != bare.code)
        };
        all.iter().filter(|entry| entry.tie == Tie::Sure || entry.tie == Tie::Bare && fits(entry)).cloned().collect()
    } else {
        let tie = [Tie::Enumeration, Tie::Bare].into_iter().find(|tie| of(*tie).any(is_sample));
        tie.map(|tie| of(tie).cloned().collect()).unwrap_or_default()
    };
    // A word before a colon is a code only if the sample is such a word.
    let is_word = |code: &str| code.len() > 1 && code.chars().all(|c| c.is_ascii_alphabetic());
    if !entries.iter().any(is_sample) {
        entries.retain(|entry| !is_word(&entry.code));
    }
    let is_dash = |entry: &Entry| entry.code == "-";
    if entries.iter().filter(|entry| !is_dash(entry)).count() < 2 {
        entries.clear();
    }
    entries
}

/// The meaning in the text up to the next code.
fn meaning(text: &str, tie: Tie) -> String {
    let text = text.trim_matches(DELIMITERS);
    let inner = BRACKETS.iter().find_map(|(begin, end)| text.strip_prefix(*begin)?.strip_suffix(*end));
    inner.filter(|_| tie == Tie::Bare).unwrap_or(text).to_owned()
}

/// Whether a text in front of codes says only that codes follow.
fn is_word_for_codes(text: &str) -> bool {
    ["", "可选值", "取值", "枚举", "枚举值", "取值范围"].contains(&text.trim_matches(DELIMITERS))
}

/// The last bracket that a text opens and does not close.
fn unclosed(text: &str) -> Option<(usize, (char, char))> {
    let mut open: Vec<(usize, (char, char))> = Vec::new();
    for (at, c) in text.char_indices() {
        if let Some(bracket) = BRACKETS.iter().find(|(begin, _)| *begin == c) {
            open.push((at, *bracket));
        } else if open.last().is_some_and(|(_, (_, end))| *end == c) {
            open.pop();
        }
    }
    open.pop()
}

/// Where a text closes a bracket that was opened before it.
fn closing(text: &str, (begin, end): (char, char)) -> Option<usize> {
    let mut depth = 0;
    let is_end = |c: char| {
        depth += i32::from(c == begin) - i32::from(c == end);
        depth < 0
    };
    text.find(is_end)
}

/// `… 正常订单返回空` after the last meaning says what an absent value means.
fn absent(text: &str) -> (&str, Option<&str>) {
    let split = text.trim_end_matches(DELIMITERS).strip_suffix("返回空").and_then(|rest| rest.rsplit_once(DELIMITERS));
    split.map_or((text, None), |(rest, absent)| (rest, Some(absent)))
}

/// Splits a note from the last meaning. It begins after a sign that no other meaning contains.
fn without_note<'a>(text: &'a str, others: &[(String, String)], spaces_separate: bool) -> (&'a str, &'a str) {
    let mut depth = 0;
    let ends = |c: char| {
        depth += i32::from(BRACKETS.iter().any(|(begin, _)| *begin == c));
        depth -= i32::from(BRACKETS.iter().any(|(_, end)| *end == c));
        let may_end = ENDS.contains(&c) || spaces_separate && c == ' ';
        depth == 0 && may_end && others.iter().all(|(_, meaning)| !meaning.contains(c))
    };
    let begin = text.len() - text.trim_start_matches(DELIMITERS).len();
    match text[begin..].find(ends) {
        Some(at) => text.split_at(begin + at),
        None => (text, ""),
    }
}

fn entries(text: &str) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut before = None;
    let mut skip_to = 0;
    for (at, c) in text.char_indices() {
        let after = before.replace(c);
        if at >= skip_to
            && let Some(entry) = entry(text, at).filter(|entry| may_follow(after, entry))
        {
            skip_to = entry.meaning;
            found.push(entry);
        }
    }
    found
}

/// Whether an entry can come after a character.
fn may_follow(before: Option<char>, entry: &Entry) -> bool {
    let Some(before) = before else { return true };
    let is_bracket = BRACKETS.iter().any(|(begin, end)| [*begin, *end].contains(&before));
    // A minus after a word is a dash, and a number in a sentence is not a code.
    let after_word = is_chinese(before) && entry.tie != Tie::Bare && !entry.code.starts_with('-');
    DELIMITERS.contains(&before) || is_bracket || after_word
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
        && (length > 0 && code.is_empty() || code == "-" || code.ends_with(|c: char| c.is_ascii_alphanumeric()))
        && !code.chars().any(|c| c.is_ascii_lowercase());
    if !is_code {
        return None;
    }
    let (tie, meaning) = tie(rest[length..].trim_start_matches(' '), code)?;
    let meaning = meaning.trim_start_matches(' ');
    let is_bracket = |c: char| BRACKETS.iter().any(|(begin, _)| *begin == c);
    let is_meaning = meaning.starts_with(|c: char| is_chinese(c) || is_bracket(c) || c.is_ascii_alphabetic())
        && meaning.chars().take(8).any(|c| is_chinese(c) && !DELIMITERS.contains(&c));
    let needs_sign = code.is_empty() || code == "-";
    (is_meaning && (tie == Tie::Sure || !needs_sign)).then(|| Entry {
        code: code.to_owned(),
        begin,
        meaning: text.len() - meaning.len(),
        tie,
    })
}

fn tie<'a>(text: &'a str, code: &str) -> Option<(Tie, &'a str)> {
    for sign in ["表示", "代表", "-", "—", "－", ":", "：", "=", "＝"] {
        if let Some(meaning) = text.strip_prefix(sign) {
            return Some((Tie::Sure, meaning));
        }
    }
    if let Some(meaning) = ['.', '、'].iter().find_map(|sign| text.strip_prefix(*sign)) {
        return Some((Tie::Enumeration, meaning));
    }
    let begins_meaning = text.starts_with(|c: char| {
        is_chinese(c) && !ENDS.contains(&c) && !['以', '及', '或', '到', '至', '和'].contains(&c)
            || BRACKETS.iter().any(|(begin, _)| *begin == c)
    });
    let is_number = code.chars().all(|c| c.is_ascii_digit());
    (is_number && begins_meaning && !is_count(text)).then_some((Tie::Bare, text))
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
            ("仓别 1:常温 2:冷藏 0不限", "仓别", "1>常温 2>冷藏 0>不限"),
            ("仓别 0不限 1常温 2冷藏", "仓别", "0>不限 1>常温 2>冷藏"),
            ("仓别 1(常温),2(冷藏)", "仓别", "1>常温 2>冷藏"),
            ("仓别【1：常温；2：冷藏】", "仓别", "1>常温 2>冷藏"),
            ("温区(取值:1 - 常温,2 - 冷藏,- - 未定(待测))", "温区", "1>常温 2>冷藏 ->未定(待测)"),
            ("温区(仅华东:1 - 常温,2 - 冷藏)", "温区(仅华东)", "1>常温 2>冷藏"),
        ] {
            assert_eq!(legend(text), (description.to_owned(), values.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_note_around_a_legend_stays_in_the_description() {
        for (text, description, values) in [
            ("1:首页 2:详情 3:结算 仓别为2时必填,其余选填", "仓别为2时必填,其余选填", "1>首页 2>详情 3>结算"),
            ("是否展示 1:是,0:否,默认是0", "是否展示,默认是0", "1>是 0>否"),
            ("状态(1:成功,2:失败)失败时必填", "状态,失败时必填", "1>成功 2>失败"),
            ("状态;1-已付款,待发;2-已发,待收", "状态", "1>已付款,待发 2>已发,待收"),
            ("状态 1:开 2:关 30天内有效", "状态,30天内有效", "1>开 2>关"),
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
            "有效期 1年 2月",
        ] {
            assert_eq!(read(text, Some("1")).values, [], "{text}");
        }
    }

    #[test]
    fn codes_without_a_sign_need_a_sample_among_them() {
        assert_eq!(read("仓别 3常温 4冷藏", Some("1")).values, []);
        assert_eq!(unread("仓别 3常温 4冷藏"), ["3", "4"]);
        assert_eq!(unread("保质期 3天 4周"), Vec::<String>::new());
    }
}
