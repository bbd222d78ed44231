//! Problems of a spec are reported at their places, all at once, with what to do.

use codegen::Checks;
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
    codegen::compile(files, Checks::All).err().map(|problems| problems.to_string()).unwrap_or_default()
}

/// The problems of the right method after some replacements, each of which must apply.
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
fn missing_keys_and_wrong_types_are_reported_together() {
    assert_snapshot!(broken(&[
        ("title: 事情\n", ""),
        ("node: getThing", "node: [getThing]"),
        ("required: true", "required: \"yes\""),
        ("example: \"1\", description: 编码", "example: 1, description: 编码"),
        ("list: true", "list: 3"),
        ("message: 必填, ", ""),
    ]), @"
    spec/custom/thing.get.yaml:4:7: expected a text, found a list
    spec/custom/thing.get.yaml:6:26: expected `true` or `false`, found text
    spec/custom/thing.get.yaml:6:42: `1` is read as a number; put it in quotes
    spec/custom/thing.get.yaml:13:11: expected `true` or `false`, found a number
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
    spec/custom/thing.get.yaml:2:1: comments are lost when the file is formatted; use a rule's `note` or a quirk instead
    spec/custom/thing.get.yaml:3:8: anchors, aliases and tags are not part of the spec format; write the value out
    ");
    assert_snapshot!(broken(&[("effect: read", "effect: read\n---\nb: 1")]), @"spec/custom/thing.get.yaml:5:1: a second YAML document begins here; keep one per file");
    assert_snapshot!(problems(&[platform(), file("custom/thing.get.yaml", "")]), @"spec/custom/thing.get.yaml:1:1: the file is empty; add a spec, or remove it");
}

#[test]
fn a_file_in_the_wrong_folder_is_reported() {
    assert_snapshot!(problems(&with_method("custom/other.get.yaml", RIGHT)), @"spec/custom/other.get.yaml:1:1: `suning.custom.thing.get` belongs in spec/custom/thing.get.yaml; move the file or fix the name");
    assert_snapshot!(broken(&[("suning.custom.thing.get", "suning.thing")]), @"spec/custom/thing.get.yaml:1:9: `suning.thing` is not a method name; write `suning.<namespace>.<name>`");
    assert_snapshot!(problems(&[file("custom/thing.get.yaml", RIGHT)]), @"spec/platform.yaml:1:1: the file is missing; add it: it describes what all methods share");
}

#[test]
fn fields_that_contradict_themselves_are_reported() {
    assert_snapshot!(broken(&[
        ("thingName: {", "thingName: { required: true,"),
        ("    description: 种类", "    type: integer\n    example: \"3\"\n    description: 种类"),
        ("    list: true", "    list: true\n    type: decimal\n    example: x"),
        ("\"2020-01-01 00:00:00\"", "2020-01-01"),
    ]), @"
    spec/custom/thing.get.yaml:9:5: `kind` has values, so it is always text; remove the type
    spec/custom/thing.get.yaml:10:5: `3` is not one of the values of `kind`; add it to them
    spec/custom/thing.get.yaml:17:5: `lines` has fields, so it has no type of its own; remove it
    spec/custom/thing.get.yaml:18:5: `lines` has fields, so samples belong to them; remove it
    spec/custom/thing.get.yaml:21:32: `2020-01-01` is not a time `yyyy-MM-dd HH:mm:ss`; fix it or remove the type
    spec/custom/thing.get.yaml:27:16: only requests have required fields; remove it
    ");
}

#[test]
fn rules_refer_to_fields_and_errors_that_exist() {
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
    spec/custom/thing.get.yaml:19:5: the rule has no kind; add one of `any_of`, `not_empty`, `range`, `max_length`, `max_items`, `ascending`, `max_span`, `max_age`, `note`
    spec/custom/thing.get.yaml:20:5: the rule has several kinds: `any_of`, `note`; write one rule for each
    spec/custom/thing.get.yaml:21:20: the rule needs a list, and `kind` is not; fix one of the two
    spec/custom/thing.get.yaml:22:14: the rule needs a number, and `thingCode` is not; fix one of the two
    ");
}

#[test]
fn examples_match_the_tables() {
    assert_snapshot!(broken(&[
        (r#""thingCode": "1"}"#, r#""thingcode": "1", "kind": "9", "lines": {"lineCode": ["1", "2"]}}"#),
        (r#""thingCount": "3""#, r#""thingCount": "three", "extra": "1""#),
    ]), @"
    spec/custom/thing.get.yaml:31:35: required parameter `request.thingCode` is missing or empty in the example; fix the flag, or add a quirk `requirement`
    spec/custom/thing.get.yaml:31:48: `request.thingcode` is not in the table; add it, or a quirk `unlisted` or `alias`, did you mean `thingCode`?
    spec/custom/thing.get.yaml:31:66: `request.kind` is `9` in the example, which is not one of its values; add it, or a quirk `undocumented-value`
    spec/custom/thing.get.yaml:31:79: `request.lines` is a list in the table, but not in the example; fix one of the two
    spec/custom/thing.get.yaml:31:89: `request.lines.lineCode` repeats; add `list: true`
    spec/custom/thing.get.yaml:34:74: `response.thingCount` is `three` in the example, which is not an integer; fix one of the two
    spec/custom/thing.get.yaml:34:97: `response.extra` is not in the table; add it, or a quirk `unlisted` or `alias`
    ");
    assert_snapshot!(broken(&[(r#"{"getThing": {"thingName""#, r#"{"getThings": {"thingName""#)]), @"spec/custom/thing.get.yaml:34:31: expected `getThing`, the example has `getThings`");
    assert_snapshot!(broken(&[(r#"{"getThing": {"thingName": "x", "thingCount": "3"}}"#, r#"{"getThing": [{"thingName": "x"}]"#)]), @"spec/custom/thing.get.yaml:34:77: invalid JSON: EOF while parsing an object; fix the example");
}

/// A request with a list of objects, in both formats.
const LISTS: [(&str, &str); 2] = [
    (
        r#"{"getThing": {"thingCode": "1"}}"#,
        r#"{"getThing": {"thingCode": "1", "lines": [{"lineCode": "1"}, {"lineCode": "2"}]}}"#,
    ),
    (
        "  response:\n    json",
        "    xml: |\n      <sn_request><sn_body><getThing><thingCode>1</thingCode><lines><lineCode>1</lineCode></lines><lines><lineCode>2</lineCode></lines></getThing></sn_body></sn_request>\n  response:\n    json",
    ),
];

#[test]
fn a_misspelt_required_key_is_one_problem() {
    assert_snapshot!(broken(&[("effect: read", "efect: read")]), @"spec/custom/thing.get.yaml:4:1: unknown key `efect`, did you mean `effect`?");
}

#[test]
fn an_outdented_key_is_one_problem() {
    assert_snapshot!(broken(&[("    values:", "  values:")]), @"spec/custom/thing.get.yaml:10:3: `values` is read as a name here; indent it if it belongs to the name above");
    assert_snapshot!(broken(&[("    fields:\n", "  fields:\n")]), @"spec/custom/thing.get.yaml:15:3: `fields` is read as a name here; indent it if it belongs to the name above");
}

#[test]
fn a_yaml_alias_is_one_problem() {
    assert_snapshot!(broken(&[("effect: read", "effect: *read")]), @"spec/custom/thing.get.yaml:4:9: invalid YAML: while parsing node, found unknown anchor; put a text that begins with `*` in quotes");
    assert_snapshot!(broken(&[("title: 事情", "title: &a 事情"), ("node: getThing", "node: *a")]), @"
    spec/custom/thing.get.yaml:2:8: anchors, aliases and tags are not part of the spec format; write the value out
    spec/custom/thing.get.yaml:5:7: anchors, aliases and tags are not part of the spec format; write the value out
    ");
}

#[test]
fn a_missing_list_flag_is_one_problem() {
    let rule = ("rules:", "rules:\n  - { max_items: { field: lines, max: 3 }, stated: note 2 }");
    let quirk = (
        "examples:",
        "quirks:\n  - { kind: list, field: request.lines, documented: single, observed: list, evidence: x }\nexamples:",
    );
    let listed = [LISTS[0], LISTS[1], rule, quirk];
    assert_eq!(broken(&listed), "");
    assert_snapshot!(broken(&[&listed[..], &[("    list: true\n", "")]].concat()), @"spec/custom/thing.get.yaml:33:66: `request.lines` repeats; add `list: true`");
}

#[test]
fn a_broken_platform_leaves_what_does_not_depend_on_it_checked() {
    let mut platform = platform();
    platform.text = platform.text.replace("clock_tolerance_minutes: 10", "clock_tolerance: 10");
    let method = RIGHT.replace("title: 事情", "title: \"\"").replace("any_of: [kind", "any_of: [kinds");
    assert_snapshot!(problems(&[platform, file("custom/thing.get.yaml", &method)]), @"
    spec/custom/thing.get.yaml:2:1: the title is empty; copy it from the page or remove it
    spec/platform.yaml:1:1: required key `clock_tolerance_minutes` is missing; add it
    spec/platform.yaml:5:1: unknown key `clock_tolerance`; known keys are `endpoints`, `version`, `clock_tolerance_minutes`, `common_parameters`, `envelope`, `personal`, `secret`, `errors`, `quirks`
    ");
}

#[test]
fn examples_of_both_formats_agree() {
    let xml = "    xml: |\n      <sn_request><sn_body><getThing><thingCode>2</thingCode></getThing></sn_body></sn_request>\n  response:";
    assert_snapshot!(broken(&[("  response:\n    json", &format!("{xml}\n    json"))]), @r#"spec/custom/thing.get.yaml:33:38: `getThing.thingCode` is "2" here, but "1" in the JSON example; fix one of the two"#);
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
    spec/custom/thing.get.yaml:29:5: the quirk has expired: no example spells it `thingname`; remove it or fix it
    spec/custom/thing.get.yaml:30:5: the quirk has expired: the table lists `response.thingCount`; remove it or fix it
    spec/custom/thing.get.yaml:31:5: the quirk has expired: no example shows `7`; remove it or fix it
    spec/custom/thing.get.yaml:32:5: the quirk has expired: no example shows it as a container; remove it or fix it
    spec/custom/thing.get.yaml:33:5: the quirk has expired: `request.kind` is not a list; remove it or fix it
    spec/custom/thing.get.yaml:34:5: the quirk has expired: the table says that `request.thingCode` is required, so the quirk must say `documented: required, observed: optional`; remove it or fix it
    spec/custom/thing.get.yaml:35:5: the quirk has expired: the table lists `request.thingCode`; remove it or fix it
    spec/custom/thing.get.yaml:36:5: the quirk has expired: no error table lists `errors.biz.thing.gone`; remove it or fix it
    spec/custom/thing.get.yaml:37:5: the quirk has expired: there is no example `examples.error.xml`; remove it or fix it
    ");
}

#[test]
fn names_that_collide_in_rust_are_located() {
    assert_snapshot!(broken(&[
        ("  thingName:", "  thing_name: { description: a }\n  thingName:"),
        ("name: Bad", "name: Good"),
        ("name: Invalid", "name: MissingParameter"),
    ]), @"
    spec/custom/thing.get.yaml:12:14: `Good` is also the name of `1`; choose another
    spec/custom/thing.get.yaml:24:3: `thing_name` and `thingName` are both `thing_name` in Rust; give one of them a `name`
    spec/custom/thing.get.yaml:28:3: `MissingParameter` is also the name of `biz.thing.missing-parameter:*`; give this code another `name`
    ");
    assert_snapshot!(broken(&[("name: Bad", "name: bad_one"), ("name: Good", "name: Other"), ("thingName: {", "thingName: { name: ThingName,")]), @"
    spec/custom/thing.get.yaml:11:14: `Other` is also the name of `any other code`; choose another
    spec/custom/thing.get.yaml:12:14: `bad_one` is not in upper camel case; write `LikeThis`
    spec/custom/thing.get.yaml:23:16: `ThingName` is not in snake case; write `like_this`
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
    spec/custom/other.get.yaml:1:1: required key `effect` is missing; add it
    spec/custom/other.get.yaml:1:1: required key `node` is missing; add it
    spec/custom/other.get.yaml:1:1: required key `page` is missing; add it
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
    spec/custom/thing.get.yaml:19:7: the rule names no parameter; add one, or remove the rule
    spec/custom/thing.get.yaml:20:16: the rule needs a number, and `startTime` is not; fix one of the two
    spec/custom/thing.get.yaml:21:21: the rule needs a text, and `lines` is not; fix one of the two
    spec/custom/thing.get.yaml:22:18: the rule needs a single top-level `datetime`, and `lines.lineCode` is not; fix one of the two
    ");
}

#[test]
fn a_file_whose_shape_is_wrong_is_not_checked_further() {
    let rules = "rules:
  - range: 3
    eror: foo
    stated: x
  - { range: { field: nosuch, min: 1, max: 2 }, stated: y }";
    assert_snapshot!(broken(&[("rules:", rules)]), @"
    spec/custom/thing.get.yaml:19:12: expected a map, found a number
    spec/custom/thing.get.yaml:20:5: unknown key `eror`, did you mean `error`?
    ");
}

#[test]
fn secrets_are_texts_and_page_addresses_are_urls() {
    assert_snapshot!(broken(&[("    list: true", "    list: true\n    secret: true"), ("https://example.invalid/thing", "https://example.invalid/a b")]), @"
    spec/custom/thing.get.yaml:3:1: `https://example.invalid/a b` is not a valid URL of a page; it must begin with `https://`
    spec/custom/thing.get.yaml:15:5: `lines` has fields; mark the secret ones instead
    ");
}

#[test]
fn names_that_are_invalid_in_xml_or_rust_are_refused() {
    assert_snapshot!(broken(&[("thingName:", "面积m²:"), ("lineCode:", "line.code:"), ("node: getThing", "node: get Thing")]), @"
    spec/custom/thing.get.yaml:5:1: `get Thing` is not a valid name of an XML element; copy it from the example
    spec/custom/thing.get.yaml:16:7: `line.code` is not a valid name of an XML element; copy it from the page
    spec/custom/thing.get.yaml:23:3: `面积m²` is not a valid name in Rust; add a `name`
    spec/custom/thing.get.yaml:23:3: `面积m²` is not a valid name of an XML element; copy it from the page
    spec/custom/thing.get.yaml:31:23: expected `get Thing`, the example has `getThing`
    ");
    let method =
        RIGHT.replace("suning.custom.thing.get", "suning.custom.method").replace("effect:", "name: r#type\neffect:");
    assert_snapshot!(problems(&with_method("custom/method.yaml", &RIGHT.replace("suning.custom.thing.get", "suning.custom.method"))), @"");
    assert_snapshot!(problems(&with_method("custom/method.yaml", &method)), @"spec/custom/method.yaml:4:1: `r#type` is not in snake case; write `like_this`");
}

#[test]
fn examples_that_a_test_could_not_repeat_are_refused() {
    assert_snapshot!(broken(&[(r#""thingCode": "1"}"#, r#""thingCode": ""}"#), (r#""thingCount": "3""#, r#""thingCount": "007""#)]), @"
    spec/custom/thing.get.yaml:31:48: required parameter `request.thingCode` is missing or empty in the example; fix the flag, or add a quirk `requirement`
    spec/custom/thing.get.yaml:34:74: `response.thingCount` is `007` in the example, which is not an integer; fix one of the two
    ");
    let xml = "    xml: |\n      <sn_request><sn_body><getThing><thingCode>1\n  response:";
    assert_snapshot!(broken(&[("  response:\n    json", &format!("{xml}\n    json"))]), @"spec/custom/thing.get.yaml:33:50: invalid XML: the message ends inside of an element; fix the example");
}

#[test]
fn equivalent_spellings_agree() {
    let xml = "    xml: |\n      <sn_request><sn_body><getThing><thingCode> a &amp; b </thingCode><kind/></getThing></sn_body></sn_request>\n  response:";
    let json = r#""thingCode": "a & b", "kind": null}"#;
    assert_eq!(broken(&[("  response:\n    json", &format!("{xml}\n    json")), (r#""thingCode": "1"}"#, json)]), "");
}

#[test]
fn deep_nesting_is_located() {
    let deep = format!("method: {}", "[".repeat(20_000));
    assert_snapshot!(problems(&[platform(), file("custom/thing.get.yaml", &deep)]), @"spec/custom/thing.get.yaml:1:264: invalid YAML: recursion limit exceeded; fix this line or the one before it");
    let xml = format!("    xml: \"{}\"\n  response:", "<a>".repeat(200_000));
    assert_snapshot!(broken(&[("  response:\n    json", &format!("{xml}\n    json"))]), @"spec/custom/thing.get.yaml:32:203: invalid XML: elements nest too deep; fix the example");
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
    spec/platform.yaml:2:3: `http://open.suning.com/api/http/sopRequest` is not a valid URL; write `https://host/path`
    spec/platform.yaml:6:1: `appMethod` is missing; the client sends it, so add it
    spec/platform.yaml:7:3: the client does not know `appVerb`; remove it, or use one of `appMethod`, `appRequestTime`, `format`, `appKey`, `versionNo`, `signInfo`, `access_token`
    spec/platform.yaml:13:13: `Format:` is not a valid name of an HTTP header; use letters, digits, `-` and `_`
    spec/platform.yaml:31:3: `sn request` is not a valid name of an XML element; fix it
    spec/platform.yaml:36:5: `pageNo` must be a single plain value here; remove `fields`, `values` and `list`
    spec/platform.yaml:38:5: the client reads `totalSize` as `integer`; write `type: integer`
    spec/platform.yaml:41:3: `error_msg` is missing; the client reads it, so add it
    spec/platform.yaml:298:3: `*` matches every code; write what the code begins with
    ");
}

#[test]
fn an_alias_cannot_be_the_name_of_another_field() {
    let quirks = "quirks:
  - { kind: alias, field: response.thingName, documented: thingName, observed: thingCount, evidence: x }
  - { kind: prose-only, field: reqeust.thingName, documented: a, observed: b, evidence: x }
  - { kind: prose-only, field: reqeust.thingName, documented: a, observed: b, evidence: x }
examples:";
    assert_snapshot!(broken(&[("examples:", quirks)]), @"
    spec/custom/thing.get.yaml:29:5: the quirk has expired: the table lists `response.thingCount`; remove it or fix it
    spec/custom/thing.get.yaml:30:5: the quirk has expired: `reqeust.thingName` does not begin with `request.`, `response.`, `errors.` or `examples.`; remove it or fix it
    spec/custom/thing.get.yaml:31:5: duplicate quirk; keep one of them
    spec/custom/thing.get.yaml:31:5: the quirk has expired: `reqeust.thingName` does not begin with `request.`, `response.`, `errors.` or `examples.`; remove it or fix it
    ");
}

#[test]
fn an_invalid_day_is_located() {
    assert_snapshot!(broken(&[("node: getThing\n", "node: getThing\nverified: yesterday\n")]), @"spec/custom/thing.get.yaml:6:11: `yesterday` is not a day; write it as `2026-11-22`");
}
