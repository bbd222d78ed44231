//! The words pages use: headings of sections and of columns.

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Name,
    Kind,
    Required,
    Sample,
    Description,
    Code,
    Message,
    Remedy,
}

/// Column headers. A longer word must come before the words it starts with.
const COLUMNS: &[(&str, Column)] = &[
    ("名称", Column::Name),
    ("参数名称", Column::Name),
    ("参数名", Column::Name),
    ("类型", Column::Kind),
    ("是否必须", Column::Required),
    ("是否必填", Column::Required),
    ("示例值", Column::Sample),
    ("描述", Column::Description),
    ("异常码", Column::Code),
    ("错误描述", Column::Message),
    ("解决方案", Column::Remedy),
];

/// A section of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Heading {
    CommonParameters,
    Request,
    Response,
    RequestExample,
    ResponseExample,
    ErrorExample,
    Errors,
    CommonErrors,
    Other,
}

const HEADINGS: &[(&str, Heading)] = &[
    ("公共参数", Heading::CommonParameters),
    ("请求参数", Heading::Request),
    ("响应参数", Heading::Response),
    ("返回参数", Heading::Response),
    ("主题字段", Heading::Response),
    ("请求示例", Heading::RequestExample),
    ("响应示例", Heading::ResponseExample),
    ("异常示例", Heading::ErrorExample),
    ("业务异常码", Heading::Errors),
    ("公共异常码", Heading::CommonErrors),
    ("API工具", Heading::Other),
    ("FAQ", Heading::Other),
];

/// Tabs and buttons around the examples.
const TOOLS: &[&str] = &["XML示例", "JSON示例", "XML", "JSON", "xml", "json", "复制全部代码", "复制代码"];

/// Whether a line is the name of a column.
pub(super) fn is_name(compact: &str) -> bool {
    COLUMNS.iter().any(|(word, _)| *word == compact)
}

/// The columns that a line names, if it is a table header.
pub(super) fn columns(compact: &str) -> Option<Vec<Column>> {
    let mut rest = compact;
    let mut found = Vec::new();
    while !rest.is_empty() {
        let (word, column) = COLUMNS.iter().find(|(word, _)| rest.starts_with(word))?;
        found.push(*column);
        rest = &rest[word.len()..];
    }
    let is_table = found.len() >= 3 && matches!(found[0], Column::Name | Column::Code);
    is_table.then_some(found)
}

/// The section that a line starts.
pub(super) fn heading(compact: &str) -> Option<Heading> {
    let word = compact.trim_end_matches([':', '：']);
    HEADINGS.iter().find(|(heading, _)| *heading == word).map(|(_, heading)| *heading)
}

/// Whether a line is from the page of a message topic, which the platform pushes, and not of a method.
pub(super) fn is_of_topic(compact: &str) -> bool {
    compact.starts_with("主题字段")
}

/// Whether a line stands for the rows of an empty table.
pub(super) fn is_no_row(compact: &str) -> bool {
    ["无", "暂无", "暂无数据", "无数据"].contains(&compact)
}

/// Whether a line is only a tab or button of the page.
pub(super) fn is_tool(compact: &str) -> bool {
    TOOLS.contains(&compact)
}
