//! All problems of a spec are reported at once, with their positions and what to do.

use codegen::files::SpecFile;
use insta::assert_snapshot;
use tests::spec::{file, platform, with_method};

/// A valid method, for tests to break.
const RIGHT: &str = r#"method: suning.custom.thing.get
title: 事情
page: https://example.invalid/thing
effect: read
node: getThing
request:
  thingCode: { required: true, example: "1", description: 编码 }
  kind:
    description: 种类
    values:
      "1": { name: Good, description: 好 }
      "2": { name: Bad, description: 坏 }
  lines:
    list: true
    fields:
      lineCode: { description: 行号 }
  startTime: { type: datetime, example: "2020-01-01 00:00:00", description: 开始 }
rules:
  - any_of: [kind, lines]
    error: biz.thing.invalid:1
    stated: note 1
response:
  thingName: { description: 名称 }
  thingCount: { type: integer, example: "3", description: 数量 }
errors:
  biz.thing.missing-parameter:*: { message: 必填, remedy: 检查 }
  biz.thing.invalid:1: { name: Invalid, message: 不对, remedy: 检查 }
examples:
  request:
    json: |
      {"sn_request": {"sn_body": {"getThing": {"thingCode": "1"}}}}
  response:
    json: |
      {"sn_responseContent": {"sn_body": {"getThing": {"thingName": "x", "thingCount": "3"}}}}
"#;

fn problems(files: &[SpecFile]) -> String {
    codegen::compile(files, codegen::Checks::All).err().map(|problems| problems.to_string()).unwrap_or_default()
}

/// The problems of the valid method after some replacements, each of which must apply.
fn broken(replacements: &[(&str, &str)]) -> String {
    let text = replacements.iter().fold(RIGHT.to_owned(), |text, (old, new)| {
        assert!(text.contains(old), "{old} does not occur");
        text.replacen(old, new, 1)
    });
    problems(&with_method("custom/thing.get.yaml", &text))
}

#[test]
fn a_right_spec_has_no_problem() {
    assert_eq!(broken(&[]), "");
}

#[test]
fn misspelt_keys_and_words_ask_did_you_mean() {
    assert_snapshot!(broken(&[
        ("effect: read", "effect: reed"),
        ("required: true", "requird: true"),
        ("type: integer", "type: intger"),
        ("rules:", "ruels:"),
    ]), @"
    spec/custom/thing.get.yaml:4:9: `reed` is not one of `read`, `write`, did you mean `read`?
    spec/custom/thing.get.yaml:7:16: unknown key `requird`, did you mean `required`?
    spec/custom/thing.get.yaml:18:1: unknown key `ruels`, did you mean `rules`?
    spec/custom/thing.get.yaml:24:23: `intger` is not one of `text`, `integer`, `decimal`, `datetime`, did you mean `integer`?
    ");
}

#[test]
fn one_mistake_is_one_problem() {
    // A misspelt required key is not reported as missing as well.
    assert_snapshot!(broken(&[("effect: read", "efect: read")]), @"spec/custom/thing.get.yaml:4:1: unknown key `efect`, did you mean `effect`?");
    // An alias, and nothing about the value in its place.
    assert_snapshot!(broken(&[("title: 事情", "title: &title 事情"), ("page: https://example.invalid/thing", "page: *title")]), @"
    spec/custom/thing.get.yaml:2:8: anchors, aliases and tags are not supported; repeat the value
    spec/custom/thing.get.yaml:3:7: anchors, aliases and tags are not supported; repeat the value
    ");
    // What the example shows, and neither the quirk that says so too nor the other format.
    let list =
        "quirks:\n  - { kind: list, field: request.lines, documented: x, observed: y, evidence: z }\nexamples:\n";
    let lines = r#""thingCode": "1", "lines": [{"lineCode": "1"}, {"lineCode": "2"}]"#;
    let edits = [("examples:\n", list), ("    list: true\n", ""), (r#""thingCode": "1""#, lines)];
    assert_snapshot!(broken(&edits), @"spec/custom/thing.get.yaml:31:5: `request.lines` repeats; say `list: true`");
    // A file of the wrong shape is not checked any further.
    assert_snapshot!(broken(&[("effect: read", "efect: read"), ("any_of: [kind, lines]", "any_of: [nosuch]")]), @"spec/custom/thing.get.yaml:4:1: unknown key `efect`, did you mean `effect`?");
}

#[test]
fn missing_keys_and_wrong_types_are_told_together() {
    assert_snapshot!(broken(&[
        ("title: 事情\n", ""),
        ("node: getThing", "node: [getThing]"),
        ("required: true", "required: \"yes\""),
        ("example: \"1\", description: 编码", "example: 1, description: 编码"),
        ("list: true", "list: 3"),
        ("message: 必填, ", ""),
    ]), @"
    spec/custom/thing.get.yaml:1:1: key `title` is missing; add it
    spec/custom/thing.get.yaml:4:7: expected a text, not a list
    spec/custom/thing.get.yaml:6:26: expected `true` or `false`, not text
    spec/custom/thing.get.yaml:6:42: `1` is read as a number; put it in quotes
    spec/custom/thing.get.yaml:13:11: expected `true` or `false`, not a number
    spec/custom/thing.get.yaml:25:34: key `message` is missing; add it
    ");
}

#[test]
fn duplicate_keys_name_the_first_line() {
    assert_snapshot!(broken(&[("  thingName:", "  thingName: { description: 名称 }\n  thingName:")]), @"spec/custom/thing.get.yaml:24:3: duplicate key `thingName`, first at line 23; keep one of them");
}

#[test]
fn broken_yaml_comments_anchors_and_second_documents_are_located() {
    assert_snapshot!(broken(&[("title: 事情", "title: [事情")]), @"spec/custom/thing.get.yaml:3:5: invalid YAML: illegal placement of ':' indicator; fix this line or the one before it");
    assert_snapshot!(broken(&[("title: 事情", "# why\ntitle: &a 事情")]), @"
    spec/custom/thing.get.yaml:2:1: comments would be lost when the file is formatted; use a rule's `note` or a quirk
    spec/custom/thing.get.yaml:3:8: anchors, aliases and tags are not supported; repeat the value
    ");
    assert_snapshot!(broken(&[("effect: read", "effect: read\n---\nb: 1")]), @"spec/custom/thing.get.yaml:5:1: a second YAML document; keep one in each file");
    assert_snapshot!(problems(&[platform(), file("custom/thing.get.yaml", "")]), @"spec/custom/thing.get.yaml:1:1: the file is empty; add a spec");
}

#[test]
fn a_file_lies_where_its_method_belongs() {
    assert_snapshot!(problems(&with_method("custom/other.get.yaml", RIGHT)), @"spec/custom/other.get.yaml:1:1: the file of `suning.custom.thing.get` is spec/custom/thing.get.yaml; move it or fix the name");
    assert_snapshot!(broken(&[("suning.custom.thing.get", "suning.thing")]), @"spec/custom/thing.get.yaml:1:9: `suning.thing` is not a method name; write `suning.<namespace>.<name>`");
    assert_snapshot!(problems(&[file("custom/thing.get.yaml", RIGHT)]), @"spec/platform.yaml:1:1: the file is missing; it holds what all methods share");
}

#[test]
fn fields_that_contradict_themselves_are_told() {
    assert_snapshot!(broken(&[
        ("thingName: {", "thingName: { required: true,"),
        ("    description: 种类", "    type: integer\n    example: \"3\"\n    description: 种类"),
        ("    list: true", "    list: true\n    type: decimal\n    example: x"),
        ("\"2020-01-01 00:00:00\"", "2020-01-01"),
    ]), @"
    spec/custom/thing.get.yaml:9:5: `kind` has values, so its type is theirs; remove it
    spec/custom/thing.get.yaml:10:5: `3` is not among the values of `kind`; add it to them
    spec/custom/thing.get.yaml:17:5: `lines` holds fields, so it has no type of its own; remove it
    spec/custom/thing.get.yaml:18:5: `lines` holds fields, so its sample belongs to them; remove it
    spec/custom/thing.get.yaml:21:32: `2020-01-01` is not a time `yyyy-MM-dd HH:mm:ss`; fix it or remove the type
    spec/custom/thing.get.yaml:27:16: replies have no required fields; remove it
    ");
}

#[test]
fn rules_speak_of_fields_and_errors_that_exist() {
    assert_snapshot!(broken(&[
        ("any_of: [kind, lines]", "any_of: [kindd, lines.lineCod]"),
        ("error: biz.thing.invalid:1", "error: biz.thing.invalid:2"),
    ]), @"
    spec/custom/thing.get.yaml:19:14: `kindd` is not a request parameter, did you mean `kind`?
    spec/custom/thing.get.yaml:19:21: `lines.lineCod` is not a request parameter, did you mean `lines.lineCode`?
    spec/custom/thing.get.yaml:20:5: `biz.thing.invalid:2` is neither an error of this method nor a common one, did you mean `biz.thing.invalid:1`?
    ");
    assert_snapshot!(broken(&[
        ("any_of: [kind, lines]", "range: { field: thingCode, min: 1, max: 2 }"),
        ("rules:", "rules:\n  - stated: nowhere\n  - { note: a, any_of: [kind], stated: x }\n  - { max_items: { field: kind, max: 3 }, stated: x }"),
    ]), @"
    spec/custom/thing.get.yaml:19:5: the rule is empty; add one of `any_of`, `not_empty`, `range`, `max_length`, `max_items`, `ascending`, `max_span`, `max_age`, `note`
    spec/custom/thing.get.yaml:20:5: several rules in one: `any_of`, `note`; split them
    spec/custom/thing.get.yaml:21:20: `kind` is not a list, as the rule needs; fix one of them
    spec/custom/thing.get.yaml:22:14: `thingCode` is not a number, as the rule needs; fix one of them
    ");
}

#[test]
fn examples_match_the_tables() {
    assert_snapshot!(broken(&[
        (r#""thingCode": "1"}"#, r#""thingcode": "1", "kind": "9", "lines": {"lineCode": ["1", "2"]}}"#),
        (r#""thingCount": "3""#, r#""thingCount": "three", "extra": "1""#),
    ]), @"
    spec/custom/thing.get.yaml:30:5: `request.kind` is `9` here, which is not among its values; add it, or a quirk `undocumented-value`
    spec/custom/thing.get.yaml:30:5: `request.lines.lineCode` repeats; say `list: true`
    spec/custom/thing.get.yaml:30:5: `request.lines` is a list in the table, but not in the example; fix one of them
    spec/custom/thing.get.yaml:30:5: `request.thingcode` is not in the table; add it, or a quirk `unlisted` or `alias`, did you mean `thingCode`?
    spec/custom/thing.get.yaml:30:5: the required `request.thingCode` is missing or empty in the example; fix the flag or the example
    spec/custom/thing.get.yaml:33:5: `response.extra` is not in the table; add it, or a quirk `unlisted` or `alias`
    spec/custom/thing.get.yaml:33:5: `response.thingCount` is `three` here, which is not an integer; fix one of them
    ");
    assert_snapshot!(broken(&[(r#"{"getThing": {"thingName""#, r#"{"getThings": {"thingName""#)]), @"spec/custom/thing.get.yaml:33:5: `getThing` is expected here, the example has `getThings`");
    assert_snapshot!(broken(&[(r#"{"getThing": {"thingName": "x", "thingCount": "3"}}"#, r#"{"getThing": [{"thingName": "x"}]"#)]), @"spec/custom/thing.get.yaml:33:5: not valid JSON: EOF while parsing an object at line 2 column 0");
}

#[test]
fn examples_of_both_formats_agree() {
    let xml = "    xml: |\n      <sn_request><sn_body><getThing><thingCode>2</thingCode></getThing></sn_body></sn_request>\n  response:";
    assert_snapshot!(broken(&[("  response:\n    json", &format!("{xml}\n    json"))]), @r#"spec/custom/thing.get.yaml:32:5: `getThing.thingCode` is "2" here, but "1" in the JSON example; fix one of them"#);
}

#[test]
fn a_quirk_expires_when_nothing_shows_it_any_more() {
    let quirks = "quirks:
  - { kind: alias, field: response.thingName, documented: thingName, observed: thingname, evidence: x }
  - { kind: unlisted, field: response.thingCount, documented: a, observed: b, evidence: x }
  - { kind: undocumented-value, field: request.kind, documented: a, observed: \"7\", evidence: x }
  - { kind: nesting, field: request.lines, documented: a, observed: b, evidence: x }
  - { kind: list, field: request.kind, documented: a, observed: b, evidence: x }
  - { kind: requirement, field: request.thingCode, documented: optional, observed: required, evidence: x }
  - { kind: prose-only, field: request.thingCode, documented: a, observed: b, evidence: x }
  - { kind: error, field: errors.biz.thing.gone, documented: a, observed: b, evidence: x }
  - { kind: example, field: examples.error.xml, documented: a, observed: b, evidence: x }
examples:";
    assert_snapshot!(broken(&[("examples:", quirks)]), @"
    spec/custom/thing.get.yaml:29:5: the quirk has expired: no example spells it `thingname`; remove or fix it
    spec/custom/thing.get.yaml:30:5: the quirk has expired: the table lists `response.thingCount`; remove or fix it
    spec/custom/thing.get.yaml:31:5: the quirk has expired: no example shows `7`; remove or fix it
    spec/custom/thing.get.yaml:32:5: the quirk has expired: no example shows it as a container; remove or fix it
    spec/custom/thing.get.yaml:33:5: the quirk has expired: `request.kind` is not a list; remove or fix it
    spec/custom/thing.get.yaml:34:5: the quirk has expired: `request.thingCode` is required, while the quirk goes from `optional` to `required`; it must say `required` and `optional`; remove or fix it
    spec/custom/thing.get.yaml:35:5: the quirk has expired: the table lists `request.thingCode`; remove or fix it
    spec/custom/thing.get.yaml:36:5: the quirk has expired: no error table lists `errors.biz.thing.gone`; remove or fix it
    spec/custom/thing.get.yaml:37:5: the quirk has expired: there is no example `examples.error.xml`; remove or fix it
    ");
}

#[test]
fn names_that_collide_in_rust_are_located() {
    assert_snapshot!(broken(&[
        ("  thingName:", "  thing_name: { description: a }\n  thingName:"),
        ("name: Bad", "name: Good"),
        ("name: Invalid", "name: MissingParameter"),
    ]), @"
    spec/custom/thing.get.yaml:12:14: `Good` is the name of `1` too; choose another
    spec/custom/thing.get.yaml:24:3: `thing_name` and `thingName` are both `thing_name` in Rust; give one of them a `name`
    spec/custom/thing.get.yaml:28:3: `MissingParameter` is the name of `biz.thing.missing-parameter:*` too; give this code another `name`
    ");
    assert_snapshot!(broken(&[("name: Bad", "name: bad_one"), ("name: Good", "name: Other"), ("thingName: {", "thingName: { name: ThingName,")]), @"
    spec/custom/thing.get.yaml:11:14: `Other` is the name of `any other code` too; choose another
    spec/custom/thing.get.yaml:12:14: `bad_one` is not a name in upper camel case; write `LikeThis`
    spec/custom/thing.get.yaml:23:16: `ThingName` is not a name in snake case; write `like_this`
    ");
    let mut files = with_method("custom/thing.get.yaml", RIGHT);
    let second = RIGHT.replace("suning.custom.thing.get", "suning.custom.thing_get");
    files.push(file("custom/thing_get.yaml", &second));
    assert_snapshot!(problems(&files), @"spec/custom/thing_get.yaml:1:1: `suning.custom.thing_get` and `suning.custom.thing.get` are both `thing_get` in Rust; give one of them a `name`");
}

#[test]
fn problems_of_several_files_come_together() {
    let mut files = with_method("custom/thing.get.yaml", &RIGHT.replace("effect: read", "effect: no"));
    files.push(file("custom/other.get.yaml", "method: suning.custom.other.get\n"));
    assert_snapshot!(problems(&files), @"
    spec/custom/other.get.yaml:1:1: key `effect` is missing; add it
    spec/custom/other.get.yaml:1:1: key `node` is missing; add it
    spec/custom/other.get.yaml:1:1: key `page` is missing; add it
    spec/custom/other.get.yaml:1:1: key `title` is missing; add it
    spec/custom/thing.get.yaml:4:9: `no` is not one of `read`, `write`
    ");
}

#[test]
fn rules_that_no_request_could_keep_are_refused() {
    let rules = "rules:
  - { any_of: [], stated: x }
  - { range: { field: startTime, min: 1, max: 2 }, stated: x }
  - { max_length: { field: lines, max: 2 }, stated: x }
  - { max_age: { field: lines.lineCode, months: 2 }, stated: x }";
    assert_snapshot!(broken(&[("rules:", rules)]), @"
    spec/custom/thing.get.yaml:19:7: the rule names no parameter; name one, or remove it
    spec/custom/thing.get.yaml:20:16: `startTime` is not a number, as the rule needs; fix one of them
    spec/custom/thing.get.yaml:21:21: `lines` is not a text, as the rule needs; fix one of them
    spec/custom/thing.get.yaml:22:18: `lines.lineCode` is not a single `datetime` of the outermost level, as the rule needs; fix one of them
    ");
}

#[test]
fn an_item_that_can_not_be_read_does_not_shift_the_others() {
    let rules = "rules:
  - range: 3
    eror: foo
    stated: x
  - { range: { field: nosuch, min: 1, max: 2 }, stated: y }";
    assert_snapshot!(broken(&[("rules:", rules)]), @"
    spec/custom/thing.get.yaml:19:12: expected a map, not a number
    spec/custom/thing.get.yaml:20:5: unknown key `eror`, did you mean `error`?
    ");
}

#[test]
fn secrets_are_said_of_texts_and_addresses_are_addresses() {
    assert_snapshot!(broken(&[("    list: true", "    list: true\n    secret: true"), ("https://example.invalid/thing", "https://example.invalid/a b")]), @"
    spec/custom/thing.get.yaml:3:1: `https://example.invalid/a b` is not the URL of a page; it must begin with `https://`
    spec/custom/thing.get.yaml:15:5: `lines` holds fields; mark those that are secret
    ");
}

#[test]
fn names_that_neither_xml_nor_rust_can_have_are_refused() {
    assert_snapshot!(broken(&[("thingName:", "面积m²:"), ("lineCode:", "line.code:"), ("node: getThing", "node: get Thing")]), @"
    spec/custom/thing.get.yaml:5:1: `get Thing` cannot be the name of an XML element; take it from the example
    spec/custom/thing.get.yaml:16:7: `line.code` cannot be the name of an XML element
    spec/custom/thing.get.yaml:23:3: `面积m²` cannot be the name of an XML element
    spec/custom/thing.get.yaml:23:3: `面积m²` gives no name in Rust; give it a `name`
    spec/custom/thing.get.yaml:30:5: `get Thing` is expected here, the example has `getThing`
    spec/custom/thing.get.yaml:33:5: `get Thing` is expected here, the example has `getThing`
    ");
    let method =
        RIGHT.replace("suning.custom.thing.get", "suning.custom.method").replace("effect:", "name: r#type\neffect:");
    assert_snapshot!(problems(&with_method("custom/method.yaml", &RIGHT.replace("suning.custom.thing.get", "suning.custom.method"))), @"");
    assert_snapshot!(problems(&with_method("custom/method.yaml", &method)), @"spec/custom/method.yaml:4:1: `r#type` is not a name in snake case; write `like_this`");
}

#[test]
fn examples_that_a_test_could_not_repeat_are_refused() {
    assert_snapshot!(broken(&[(r#""thingCode": "1"}"#, r#""thingCode": ""}"#), (r#""thingCount": "3""#, r#""thingCount": "007""#)]), @"
    spec/custom/thing.get.yaml:30:5: the required `request.thingCode` is missing or empty in the example; fix the flag or the example
    spec/custom/thing.get.yaml:33:5: `response.thingCount` is `007` here, which is not an integer; fix one of them
    ");
    let xml = "    xml: |\n      <sn_request><sn_body><getThing><thingCode>1\n  response:";
    assert_snapshot!(broken(&[("  response:\n    json", &format!("{xml}\n    json"))]), @"spec/custom/thing.get.yaml:32:5: not valid XML: the message ends inside of an element, at byte 44");
}

#[test]
fn ways_to_write_the_same_do_not_disagree() {
    let xml = "    xml: |\n      <sn_request><sn_body><getThing><thingCode> a &amp; b </thingCode><kind/></getThing></sn_body></sn_request>\n  response:";
    let json = r#""thingCode": "a & b", "kind": null}"#;
    assert_eq!(broken(&[("  response:\n    json", &format!("{xml}\n    json")), (r#""thingCode": "1"}"#, json)]), "");
}

#[test]
fn deep_nesting_is_refused_at_its_place() {
    let deep = format!("method: {}", "[".repeat(20_000));
    assert_snapshot!(problems(&[platform(), file("custom/thing.get.yaml", &deep)]), @"spec/custom/thing.get.yaml:1:264: invalid YAML: recursion limit exceeded; fix this line or the one before it");
    let xml = format!("    xml: \"{}\"\n  response:", "<a>".repeat(200_000));
    assert_snapshot!(broken(&[("  response:\n    json", &format!("{xml}\n    json"))]), @"spec/custom/thing.get.yaml:32:5: not valid XML: elements nest too deep, at byte 192");
}

#[test]
fn what_the_client_names_must_be_in_the_platform_file() {
    let mut platform = platform();
    for (old, new) in [
        ("    error_msg:", "    error_text:"),
        ("  appMethod:", "  appVerb:"),
        ("header: Format", "header: \"Format:\""),
        ("  request: sn_request", "  request: sn request"),
        ("  production: https://", "  production: http://"),
        ("    pageNo: {", "    pageNo: { list: true,"),
        ("    totalSize: { type: integer,", "    totalSize: {"),
        ("  sys.error.network:failure:", "  \"*\":"),
    ] {
        assert!(platform.text.contains(old), "{old} does not occur");
        platform.text = platform.text.replacen(old, new, 1);
    }
    assert_snapshot!(problems(&[platform]), @"
    spec/platform.yaml:2:3: `http://open.suning.com/api/http/sopRequest` is not an address `https://host/path`
    spec/platform.yaml:6:1: `appMethod` is missing; the client sends it
    spec/platform.yaml:7:3: the client does not know `appVerb`; it knows `appMethod`, `appRequestTime`, `format`, `appKey`, `versionNo`, `signInfo`, `access_token`
    spec/platform.yaml:13:13: `Format:` cannot be the name of an HTTP header
    spec/platform.yaml:31:3: `sn request` cannot be the name of an XML element
    spec/platform.yaml:36:5: `pageNo` must be a single plain value here; take out fields, values and `list`
    spec/platform.yaml:38:5: the client reads `totalSize` as `integer`; write `type: integer`
    spec/platform.yaml:41:3: `error_msg` is missing; the client reads it
    spec/platform.yaml:129:3: the code matches every code; add a prefix
    ");
}

#[test]
fn an_alias_can_not_be_the_name_of_another_field() {
    let quirks = "quirks:
  - { kind: alias, field: response.thingName, documented: thingName, observed: thingCount, evidence: x }
  - { kind: prose-only, field: reqeust.thingName, documented: a, observed: b, evidence: x }
  - { kind: prose-only, field: reqeust.thingName, documented: a, observed: b, evidence: x }
examples:";
    assert_snapshot!(broken(&[("examples:", quirks)]), @"
    spec/custom/thing.get.yaml:29:5: the quirk has expired: the table lists `response.thingCount`; remove or fix it
    spec/custom/thing.get.yaml:30:5: the quirk has expired: `reqeust.thingName` begins with none of `request.`, `response.`, `errors.`, `examples.`; remove or fix it
    spec/custom/thing.get.yaml:31:5: duplicate quirk; keep one of them
    spec/custom/thing.get.yaml:31:5: the quirk has expired: `reqeust.thingName` begins with none of `request.`, `response.`, `errors.`, `examples.`; remove or fix it
    ");
}

#[test]
fn a_day_of_verification_that_is_none_is_told() {
    assert_snapshot!(broken(&[("node: getThing\n", "node: getThing\nverified: yesterday\n")]), @"spec/custom/thing.get.yaml:6:11: `yesterday` is not a day; write it as `2026-11-22`");
}
