//! Documentation pages of an invented method, and pages for tests.

use std::fs;

use crate::spec::root;

/// The layouts of the invented method, in `tests/fixtures/pages`.
pub const LAYOUTS: [&str; 5] = ["inner-text.txt", "blanks.txt", "tabs.txt", "markdown.md", "saved.html"];

/// The invented method in one layout.
///
/// # Panics
/// When there is no such file.
#[must_use]
pub fn layout(name: &str) -> Vec<u8> {
    fs::read(root().join("tests/fixtures/pages").join(name)).expect("a page")
}

/// A page of Markdown tables. Each part may be empty.
#[derive(Debug, Clone, Copy, Default)]
pub struct Sheet<'a> {
    /// Text before the tables.
    pub prose: &'a str,
    /// Rows of the request table.
    pub request: &'a [&'a str],
    /// Rows of the response table.
    pub response: &'a [&'a str],
    /// Content of the business nodes in the JSON examples.
    pub json: [&'a str; 2],
    /// Content of the business nodes in the XML examples.
    pub xml: [&'a str; 2],
    /// Rows of the error table.
    pub errors: &'a [&'a str],
}

impl Sheet<'_> {
    /// The text of the page.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![self.prose.to_owned()];
        for (head, rows) in [
            ("名称 | 类型 | 是否必须 | 示例值 | 描述 |", self.request),
            ("名称 | 类型 | 示例值 | 描述 |", self.response),
        ] {
            lines.push(head.to_owned());
            lines.extend(rows.iter().map(|row| format!("{row} |")));
        }
        for (root, index) in [("sn_request", 0), ("sn_responseContent", 1)] {
            let (xml, json) = (self.xml[index], self.json[index]);
            if !xml.is_empty() {
                lines.push(format!("<{root}> <sn_body> {xml} </sn_body> </{root}>"));
            }
            if !json.is_empty() {
                lines.push(format!("{{ \"{root}\": {{ \"sn_body\": {{ \"getThing\": {json} }} }} }}"));
            }
        }
        lines.push("异常码 | 错误描述 | 解决方案 |".to_owned());
        lines.extend(self.errors.iter().map(|row| format!("{row} |")));
        lines.join("\n")
    }
}
