//! A method, and one change of it for each rule of the semantic diff.

use codegen::files::SpecFile;
use codegen::load::PLATFORM_FILE;

use crate::spec::{file, platform};

/// A method that every rule can change.
pub const METHOD: &str = r#"method: suning.shop.thing.modify
title: 事情
page: https://example.invalid/thing
effect: read
node: modifyThing
request:
  thingCode: { required: true, example: "1", description: 编码 }
  state:
    description: 状态
    values:
      "1": { name: Good, description: 好 }
      "2": { name: Bad, description: 坏 }
  grade:
    description: 等级
    values:
      "9": { name: Top, description: 优 }
  amount: { type: decimal, description: 金额 }
  passphrase: { secret: true, description: 密码 }
  names: { list: true, personal: true, description: 名称 }
  lines:
    list: true
    fields:
      lineCode: { description: 行号 }
rules:
  - max_items: { field: names, max: 9 }
    error: biz.thing.invalid:1
    stated: note 1
response:
  thingName: { description: 物名 }
  result:
    description: 结果
    values:
      "Y": { name: Success, description: 成功 }
      "N": { name: Failure, description: 失败 }
  grade:
    description: 级别
    values:
      "9": { name: Top, description: 优 }
  total: { type: decimal, description: 总数 }
  voucher: { secret: true, description: 令牌 }
  tags: { list: true, personal: true, description: 标签 }
  rows:
    list: true
    fields:
      rowCode: { description: 编号 }
errors:
  biz.thing.invalid:1: { name: Invalid, message: 不对, remedy: 检查 }
  biz.thing.down: { name: Down, message: 停, retry: later }
  biz.thing.missing-parameter:*: { name: Missing, message: 必填 }
quirks:
  - { kind: alias, field: request.amount, documented: amount, observed: Amount, evidence: example }
  - { kind: alias, field: response.thingName, documented: thingName, observed: thingname, evidence: example }
  - { kind: error, field: "errors.biz.thing.missing-parameter:*", documented: 必填, observed: 可选, evidence: table }
examples:
  request:
    json: |
      {"sn_request": {"sn_body": {"modifyThing": {"thingCode": "1", "Amount": "1"}}}}
  response:
    json: |
      {"sn_responseContent": {"sn_body": {"modifyThing": {"thingname": "x"}}}}
"#;

/// Source of a caller that names everything the method has. `thing_modify` and `ThingModify` are placeholders for its
/// names.
pub const CALLER: &str = r#"#![allow(dead_code)]
use rust_decimal::Decimal;
use suning_api::Client;
use suning_api::methods::shop::thing_modify::{
    Grade, Line, Row, State, ThingModifyErrorCode, ThingModifyRequest, ThingModifyResponse, ThingModifyResult,
};

fn request() -> ThingModifyRequest {
    ThingModifyRequest::builder()
        .names(["a"])
        .state(State::Bad)
        .grade(Grade::Top)
        .amount(Decimal::ONE)
        .passphrase("x")
        .lines([Line::default().line_code("1")])
        .thing_code("1")
        .build()
}

fn call(client: &Client) {
    drop(client.shop().thing_modify().thing_code("1").state(State::Good).send());
}

fn reply(reply: ThingModifyResponse) -> (Option<String>, Option<Decimal>, Option<String>, Vec<String>, Vec<Row>) {
    (reply.thing_name, reply.total, reply.voucher, reply.tags, reply.rows)
}

fn row(row: Row) -> Option<String> {
    row.row_code
}

fn result(reply: &ThingModifyResponse) -> bool {
    matches!(reply.result, Some(ThingModifyResult::Success | ThingModifyResult::Failure))
}

fn grade(reply: &ThingModifyResponse) -> bool {
    matches!(reply.grade, Some(Grade::Top))
}

fn error(code: &ThingModifyErrorCode) -> bool {
    matches!(code, ThingModifyErrorCode::Invalid | ThingModifyErrorCode::Down)
        || matches!(code, ThingModifyErrorCode::Missing { parameter } if parameter == "x")
}

fn main() {}
"#;

/// Source of a caller that names what all methods share.
pub const SHARED_CALLER: &str = r"#![allow(dead_code)]
use suning_api::{CommonErrorCode, Head};

fn shared(head: &Head, code: &CommonErrorCode) -> bool {
    let counts = [head.page_no, head.page_total, head.total_size];
    head.return_message.is_some() && counts.iter().all(Option::is_some) && matches!(code, CommonErrorCode::NetworkFailure | CommonErrorCode::NoResult)
}

fn main() {}
";

/// A change of the method, and the rules it must trigger.
#[derive(Debug)]
pub struct Case {
    /// The rules, in any order.
    pub rules: &'static [&'static str],
    /// Texts to replace, each once.
    pub edits: &'static [(&'static str, &'static str)],
}

impl Case {
    /// The method after the change.
    ///
    /// # Panics
    /// When a text to replace does not occur.
    #[must_use]
    pub fn changed(&self) -> String {
        self.edits.iter().fold(METHOD.to_owned(), |text, (old, new)| {
            assert!(text.contains(old), "{old} does not occur");
            text.replacen(old, new, 1)
        })
    }
}

macro_rules! cases {
    ($([$($rule:literal),+] $($old:literal => $new:literal),+;)*) => {
        &[$(Case { rules: &[$($rule),+], edits: &[$(($old, $new)),+] }),*]
    };
}

/// One case or more for each rule about a method.
pub const CASES: &[Case] = cases! {
    ["request-parameter-added"] "  names: {" => "  more: { description: 更多 }\n  names: {";
    ["request-parameter-added-required", "examples-changed"] "  names: {" => "  more: { required: true, example: x, description: 更多 }\n  names: {",
        "\"thingCode\": \"1\"" => "\"thingCode\": \"1\", \"more\": \"x\"";
    ["request-parameter-added-required"] "      lineCode: {" => "      more: { required: true }\n      lineCode: {";
    ["request-parameter-removed"] "  passphrase: { secret: true, description: 密码 }\n" => "";
    ["request-parameter-renamed-on-wire", "request-parameter-renamed-in-rust"] "  passphrase: {" => "  passPhrases: {";
    ["request-parameter-renamed-on-wire"] "  passphrase: {" => "  pass: { name: passphrase,";
    ["request-parameter-renamed-on-wire", "request-parameter-renamed-in-rust", "request-parameter-alias-removed",
        "request-parameter-alias-added", "request-parameter-documentation-changed", "quirks-changed", "quirks-changed", "examples-changed"]
        "  amount: { type: decimal, description: 金额" => "  money: { type: decimal, description: 钱",
        "field: request.amount, documented: amount, observed: Amount" => "field: request.money, documented: money, observed: amount",
        "\"Amount\"" => "\"amount\"";
    ["request-parameter-renamed-in-rust"] "  passphrase: {" => "  passphrase: { name: pass,";
    ["request-parameter-became-required", "examples-changed"] "  names: {" => "  names: { required: true,",
        "\"thingCode\": \"1\"" => "\"thingCode\": \"1\", \"names\": [\"a\"]";
    ["request-parameter-became-optional"] "thingCode: { required: true, " => "thingCode: { ";
    ["request-parameter-became-list"] "  passphrase: {" => "  passphrase: { list: true,";
    ["request-parameter-became-single", "rule-removed"] "  names: { list: true, " => "  names: { ",
        "rules:\n  - max_items: { field: names, max: 9 }\n    error: biz.thing.invalid:1\n    stated: note 1\n" => "";
    ["request-parameter-type-changed"] "amount: { type: decimal, " => "amount: { ";
    ["request-parameter-type-changed"] "  state:\n    description: 状态\n    values:\n      \"1\": { name: Good, description: 好 }\n      \"2\": { name: Bad, description: 坏 }\n" => "  state: { description: 状态 }\n";
    ["request-parameter-type-renamed", "request-parameter-renamed-in-rust"] "  lines:\n" => "  lines:\n    name: items\n";
    ["request-parameter-structure-changed"] "  names: { list: true," => "  names: { list: true, fields: { inner: { description: 内 } },";
    ["request-parameter-value-added"] "      \"2\": { name: Bad" => "      \"3\": { name: Fair, description: 可 }\n      \"2\": { name: Bad";
    ["request-parameter-value-removed"] "      \"2\": { name: Bad, description: 坏 }\n" => "";
    ["request-parameter-value-recoded"] "      \"2\": { name: Bad" => "      \"3\": { name: Bad";
    ["request-parameter-value-renamed"] "name: Bad" => "name: Poor";
    ["request-parameter-became-secret"] "amount: { " => "amount: { secret: true, ";
    ["request-parameter-no-longer-secret"] "passphrase: { secret: true, " => "passphrase: { ";
    ["request-parameter-became-personal"] "amount: { " => "amount: { personal: true, ";
    ["request-parameter-no-longer-personal"] "names: { list: true, personal: true, " => "names: { list: true, ";
    ["request-parameter-alias-added", "quirks-changed", "examples-changed"]
        "quirks:\n" => "quirks:\n  - { kind: alias, field: request.names, documented: names, observed: Names, evidence: example }\n",
        "\"Amount\"" => "\"Names\": [\"a\"], \"Amount\"";
    ["request-parameter-alias-removed", "quirks-changed", "examples-changed"]
        "  - { kind: alias, field: request.amount, documented: amount, observed: Amount, evidence: example }\n" => "",
        "\"Amount\"" => "\"amount\"";
    ["request-parameter-documentation-changed"] "description: 密码" => "description: 口令";
    ["request-parameter-documentation-changed"] "description: 坏" => "description: 差";
    ["request-parameter-documentation-changed"] "example: \"1\"" => "example: \"2\"";
    ["request-parameter-documentation-changed", "request-parameter-documentation-changed"] "      \"2\": { name: Bad" => "      \"\": { name: None, description: 无 }\n      \"2\": { name: Bad";

    ["response-field-added"] "  total: {" => "  more: { description: 更多 }\n  total: {";
    ["response-field-removed"] "  total: { type: decimal, description: 总数 }\n" => "";
    ["response-field-renamed-on-wire", "response-field-renamed-in-rust"] "  total: {" => "  grandTotal: {";
    ["response-field-renamed-on-wire"] "  total: {" => "  sum: { name: total,";
    ["response-field-renamed-in-rust"] "  total: {" => "  total: { name: sum,";
    ["response-field-became-list"] "  total: {" => "  total: { list: true,";
    ["response-field-became-single"] "  tags: { list: true, " => "  tags: { ";
    ["response-field-type-changed"] "total: { type: decimal, " => "total: { type: integer, ";
    ["response-field-type-renamed", "response-field-renamed-in-rust"] "  rows:\n" => "  rows:\n    name: entries\n";
    ["response-field-structure-changed"] "  total: { type: decimal, " => "  total: { fields: { inner: { description: 内 } }, ";
    ["response-field-value-added"] "      \"N\": {" => "      \"U\": { name: Unknown, description: 未知 }\n      \"N\": {";
    // Request and reply share an enum as long as their codes are the same.
    ["response-field-value-added", "response-field-type-renamed"]
        "级别\n    values:\n" => "级别\n    values:\n      \"8\": { name: Good, description: 良 }\n";
    ["response-field-value-removed"] "      \"N\": { name: Failure, description: 失败 }\n" => "";
    ["response-field-value-recoded"] "      \"N\": {" => "      \"F\": {";
    ["response-field-value-renamed"] "name: Failure" => "name: Failed";
    ["response-field-became-secret"] "total: {" => "total: { secret: true,";
    ["response-field-no-longer-secret"] "voucher: { secret: true, " => "voucher: { ";
    ["response-field-became-personal"] "total: {" => "total: { personal: true,";
    ["response-field-no-longer-personal"] "tags: { list: true, personal: true, " => "tags: { list: true, ";
    ["response-field-alias-added", "quirks-changed", "examples-changed"]
        "quirks:\n" => "quirks:\n  - { kind: alias, field: response.total, documented: total, observed: Total, evidence: example }\n",
        "\"thingname\"" => "\"Total\": \"1\", \"thingname\"";
    ["response-field-alias-removed", "quirks-changed", "examples-changed"]
        "  - { kind: alias, field: response.thingName, documented: thingName, observed: thingname, evidence: example }\n" => "",
        "\"thingname\"" => "\"thingName\"";
    ["response-field-documentation-changed"] "description: 总数" => "description: 合计";
    ["response-became-list"] "response:\n" => "response_list: true\nresponse:\n";

    ["response-became-open", "quirks-changed", "examples-changed"]
        "response:
  thingName: { description: 物名 }
  result:
    description: 结果
    values:
      \"Y\": { name: Success, description: 成功 }
      \"N\": { name: Failure, description: 失败 }
  grade:
    description: 级别
    values:
      \"9\": { name: Top, description: 优 }
  total: { type: decimal, description: 总数 }
  voucher: { secret: true, description: 令牌 }
  tags: { list: true, personal: true, description: 标签 }
  rows:
    list: true
    fields:
      rowCode: { description: 编号 }
" => "",
        "  - { kind: alias, field: response.thingName, documented: thingName, observed: thingname, evidence: example }\n" => "",
        "  response:\n    json: |\n      {\"sn_responseContent\": {\"sn_body\": {\"modifyThing\": {\"thingname\": \"x\"}}}}\n" => "";

    ["method-success-changed"] "response:\n" => "success: { result: \"Y\" }\nresponse:\n";
    ["method-renamed-in-rust", "response-field-type-renamed"] "title:" => "name: modify_thing\ntitle:";
    ["method-became-write"] "effect: read" => "effect: write";
    ["method-documentation-changed"] "title: 事情" => "title: 物事";
    ["method-documentation-changed"] "invalid/thing" => "invalid/things";
    ["business-node-changed", "examples-changed", "examples-changed"] "node: modifyThing" => "node: changeThing",
        "{\"modifyThing\"" => "{\"changeThing\"", "{\"modifyThing\"" => "{\"changeThing\"";
    ["examples-changed"] "\"thingname\": \"x\"" => "\"thingname\": \"y\"";
    ["error-documentation-changed", "quirk-may-be-outdated"] "message: 必填" => "message: 要填";
    ["quirks-changed"] "observed: Amount, evidence: example" => "observed: Amount, evidence: both";

    ["error-added"] "errors:\n" => "errors:\n  biz.thing.gone: { message: 没了 }\n";
    ["error-split-off"] "errors:\n" => "errors:\n  biz.thing.missing-parameter:names: { message: 名称必填 }\n";
    ["error-split-off"] "errors:\n" => "errors:\n  sys.error.network:failure: { message: 断 }\n";
    ["error-removed"] "  biz.thing.down: { name: Down, message: 停, retry: later }\n" => "";
    ["error-recoded"] "  biz.thing.down:" => "  biz.thing.stopped:";
    ["error-split-off", "error-removed"] "  biz.thing.down:" => "  biz.thing.down:*:";
    ["error-renamed-in-rust"] "name: Down" => "name: Stopped";
    ["error-became-retryable"] "remedy: 检查 }" => "remedy: 检查, retry: later }";
    ["error-no-longer-retryable"] ", retry: later" => "";
    ["error-retry-changed"] "retry: later" => "retry: slow-down";
    ["error-documentation-changed"] "message: 停" => "message: 关";
    ["error-documentation-changed"] "remedy: 检查" => "remedy: 再查";
    ["error-documentation-changed"] "retry: later" => "retry: later, undocumented: replies";
    ["error-documentation-changed"] "{ name: Down, message: 停," => "{ name: Down, message: 停, also: [{ message: 关 }],";
    ["errors-became-standard", "error-removed", "error-removed", "rule-error-changed"]
        "    error: biz.thing.invalid:1\n" => "",
        "  biz.thing.invalid:1: { name: Invalid, message: 不对, remedy: 检查 }\n" => "",
        "  biz.thing.down: { name: Down, message: 停, retry: later }\n" => "";

    ["rule-added"] "rules:\n" => "rules:\n  - not_empty: [lines.lineCode]\n    stated: note 2\n";
    ["rule-tightened"] "max: 9" => "max: 8";
    ["rule-loosened"] "max: 9" => "max: 10";
    ["rule-error-changed"] "    error: biz.thing.invalid:1\n" => "";
    ["rule-documentation-changed"] "stated: note 1" => "stated: note 3";
    ["rule-documentation-changed"] "rules:\n" => "rules:\n  - note: Things are slow.\n    stated: note 2\n";
};

/// Changes of what all methods share, each with its rule.
pub const PLATFORM_CASES: &[(&str, &str, &str)] = &[
    ("endpoint-changed", "production: https://open.suning.com", "production: https://open2.suning.com"),
    ("protocol-version-changed", "version: v1.2\n", "version: v1.3\n"),
    ("clock-tolerance-tightened", "clock_tolerance_minutes: 10", "clock_tolerance_minutes: 5"),
    ("clock-tolerance-loosened", "clock_tolerance_minutes: 10", "clock_tolerance_minutes: 15"),
    ("common-parameter-changed", "header: Format,", "header: format,"),
    ("common-parameter-changed", "header: Format,", "header: Format, required: true,"),
    ("common-parameter-documentation-changed", "example: XML", "example: JSON"),
    ("envelope-changed", "  error: sn_error", "  error: sn_errors"),
    ("personal-fields-changed", "  - customer\n", ""),
    ("secret-fields-changed", "  - activitySecretKey\n", ""),
    ("response-field-removed", "    returnMessage: { description: Code that says how the call went }\n", ""),
    ("error-no-longer-retryable", ", retry: slow-down", ""),
    ("error-renamed-in-rust", "name: NetworkFailure", "name: NetworkDown"),
    ("quirks-changed", "evidence: \"common error table, rows 1 and 30\"", "evidence: common error table"),
];

/// The platform file after a change.
///
/// # Panics
/// When the text to replace does not occur.
#[must_use]
pub fn other_platform(old: &str, new: &str) -> SpecFile {
    let text = platform().text;
    assert!(text.contains(old), "{old} does not occur");
    file(PLATFORM_FILE, &text.replacen(old, new, 1))
}
