//! Specs for tests.

use std::fs;
use std::path::{Path, PathBuf};

use codegen::files::SpecFile;
use codegen::load::PLATFORM_FILE;
use codegen::plan::Plan;
use codegen::{Checks, compile};

/// A method with one field of every kind, one rule of every kind, errors with and without a part.
pub const EVERY_KIND: &str = r#"method: suning.shop.thing.modify
title: 事情 <b>
page: https://example.invalid/thing
effect: write
node: modifyThing
request:
  thingCode: { required: true, example: "1", description: 编码*必填* }
  state:
    description: 状态
    values:
      "1": { name: Good, description: 好 }
      "2": { name: Bad, description: 坏 }
      "": { name: Unknown, description: 未知 }
  amount: { type: decimal, example: "1.50", description: 金额 }
  count: { type: integer, description: 数量 }
  time: { type: datetime, example: "2020-01-01 00:00:00", description: 时间 }
  names: { list: true, description: 名称 }
  lines:
    list: true
    fields:
      lineCode: { required: true, description: 行号 }
      password: { secret: true, description: 密码 }
rules:
  - any_of: [state, amount]
    error: biz.thing.invalid:1
    stated: note 1
  - range: { field: count, min: 1, max: 9 }
    stated: note 2
  - note: Things are slow.
    stated: note 3
response:
  thingName: { description: 名称 }
errors:
  biz.thing.missing-parameter:*: { message: 必填, remedy: 检查 }
  biz.thing.invalid:1: { name: Invalid, message: 不对 }
  isp.thing.down: { name: Down, message: 服务不可用, remedy: 稍后, retry: later }
quirks:
  - { kind: alias, field: response.thingName, documented: thingName, observed: thingname, evidence: example }
examples:
  request:
    json: |
      {"sn_request": {"sn_body": {"modifyThing": {"thingCode": "1", "state": "2", "amount": "1.50",
      "time": "2020-01-01 00:00:00", "names": ["a"], "lines": [{"lineCode": "3", "password": "x"}]}}}}
  response:
    json: |
      {"sn_responseContent": {"sn_body": {"modifyThing": {"thingname": "x"}}}}
"#;

/// The folder of the project.
#[must_use]
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The checked-in file that all methods share.
///
/// # Panics
/// When the project has no such file.
#[must_use]
pub fn platform() -> SpecFile {
    let text = fs::read_to_string(root().join("spec").join(PLATFORM_FILE)).expect("there is a platform file");
    file(PLATFORM_FILE, &text)
}

/// A spec file of a test.
#[must_use]
pub fn file(path: &str, text: &str) -> SpecFile {
    SpecFile { path: PathBuf::from(path), display: format!("spec/{path}"), text: text.to_owned() }
}

/// The platform and one method.
#[must_use]
pub fn with_method(path: &str, text: &str) -> Vec<SpecFile> {
    vec![platform(), file(path, text)]
}

/// The plan of a spec without problems.
///
/// # Panics
/// With the problems of the spec.
#[must_use]
pub fn plan(files: &[SpecFile]) -> Plan {
    compile(files, Checks::All).unwrap_or_else(|problems| panic!("{problems}"))
}
