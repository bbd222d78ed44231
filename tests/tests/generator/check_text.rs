//! What a parser would ignore, or report on another line, is reported by name at its place, next to all other problems.

use std::fmt::Write;

use codegen::Checks;
use codegen::files::SpecFile;
use codegen::load::canonical;
use codegen::yaml::parse;
use insta::assert_snapshot;
use tests::spec::{file, platform, with_method};

const PATH: &str = "shop/thing.get.yaml";

/// A valid method, for tests to break. Its texts have full-width punctuation, as the documents do.
const RIGHT: &str = "method: suning.shop.thing.get
title: 事情：查询，“全部”
page: https://example.invalid/thing
sources: [one, two]
effect: read
node: getThing
request:
  thingCode: { required: true, description: 编码：必填，见“说明” }
  kind:
    description: \"种类：1，好\"
    values:
      \"1\": { name: Good, description: 好 }
rules:
  - note: \"Things: slow # and rare\"
    stated: 注：一
response:
  thingName: { description: 名称｛｝ }
examples:
  request:
    json: |
      {\"sn_request\": {\"sn_body\": {\"getThing\":
      {\"thingCode\": \"注：1，2\"}}}}
  response:
    xml: |
      <sn_responseContent><sn_body><getThing>
        <thingName>a：“b”</thingName>
      </getThing></sn_body></sn_responseContent>
";

fn problems(files: &[SpecFile]) -> String {
    codegen::compile(files, Checks::All).err().map(|problems| problems.to_string()).unwrap_or_default()
}

/// The problems of the right method after one replacement, which must apply.
fn broken(old: &str, new: &str) -> String {
    assert!(RIGHT.contains(old), "{old} does not occur");
    problems(&with_method(PATH, &RIGHT.replacen(old, new, 1)))
}

/// The problems after each of several replacements, without the path.
fn each(replacements: &[(&str, &str)]) -> String {
    replacements.iter().fold(String::new(), |mut all, (old, new)| {
        let _ = write!(all, "{}", broken(old, new).replace("spec/shop/thing.get.yaml:", ""));
        all
    })
}

#[test]
fn full_width_punctuation_in_a_text_is_no_problem() {
    assert_eq!(problems(&with_method(PATH, RIGHT)), "");
}

#[test]
fn a_full_width_colon_after_a_key_is_reported_on_its_line() {
    assert_snapshot!(each(&[
        ("method: ", "method："),
        ("title: ", "title ："),
        ("request:\n", "request：\n"),
        ("required: true", "required：true"),
        ("    description: \"种类", "    description： \"种类"),
        ("\"1\": {", "\"1\"：{"),
        ("- note: ", "- note："),
        ("json: |", "json：|"),
    ]), @"
    1:7: a full-width colon `：` is not YAML; write `:` and a space
    2:7: a full-width colon `：` is not YAML; write `:` and a space
    7:8: a full-width colon `：` is not YAML; write `:` and a space
    8:24: a full-width colon `：` is not YAML; write `:` and a space
    10:16: a full-width colon `：` is not YAML; write `:` and a space
    12:10: a full-width colon `：` is not YAML; write `:` and a space
    14:9: a full-width colon `：` is not YAML; write `:` and a space
    20:9: a full-width colon `：` is not YAML; write `:` and a space
    ");
}

#[test]
fn the_rest_of_a_file_with_a_full_width_colon_is_checked() {
    assert_snapshot!(broken("required: true, description: ", "required：true, desciption：x, example: "), @"
    spec/shop/thing.get.yaml:8:24: a full-width colon `：` is not YAML; write `:` and a space
    spec/shop/thing.get.yaml:8:31: unknown key `desciption`, did you mean `description`?
    spec/shop/thing.get.yaml:8:41: a full-width colon `：` is not YAML; write `:` and a space
    ");
    let found = problems(&with_method(PATH, &RIGHT.replace(": ", "：")));
    assert_eq!(found.lines().count(), 19, "{found}");
    assert!(found.lines().all(|line| line.contains("a full-width colon")), "{found}");
}

#[test]
fn other_punctuation_that_looks_like_yaml_is_reported_by_name() {
    assert_snapshot!(each(&[
        ("required: true, ", "required: true，"),
        ("[one, two]", "[one，two]"),
        ("[one, two]", "［one, two］"),
        ("{ required", "｛ required"),
        ("说明” }", "说明” ｝"),
        ("- note", "－ note"),
        ("\"Things: slow # and rare\"", "“Things: slow, and rare”"),
        ("\"Things: slow # and rare\"", "‘Things’"),
        ("title: 事", "title:\u{3000}事"),
        ("  thingCode", "\u{3000}thingCode"),
        ("  kind", "\u{a0}\u{a0}kind"),
        ("effect: read", "effect:\tread"),
    ]), @r#"
    8:30: a full-width comma `，` is not YAML; write `,`
    4:14: a full-width comma `，` is not YAML; write `,`
    4:10: a full-width bracket `［` is not YAML; write `[`
    4:19: a full-width bracket `］` is not YAML; write `]`
    8:14: a full-width brace `｛` is not YAML; write `{`
    8:57: a full-width brace `｝` is not YAML; write `}`
    14:3: a full-width hyphen `－` is not YAML; write `-`
    14:11: a curly quotation mark `“` is not YAML; write `"`
    14:34: a curly quotation mark `”` is not YAML; write `"`
    14:11: a curly quotation mark `‘` is not YAML; write `'`
    14:18: a curly quotation mark `’` is not YAML; write `'`
    2:7: a full-width space is not YAML; write a space
    8:1: a full-width space is not YAML; write a space
    9:1: a no-break space is not YAML; write a space
    9:2: a no-break space is not YAML; write a space
    5:8: a tab is not YAML; write a space
    "#);
}

#[test]
fn tabs_in_the_indentation_are_reported() {
    assert_snapshot!(each(&[("  kind", "\tkind"), ("    values", "  \tvalues")]), @"
    9:2: invalid YAML: tabs disallowed within this context (block indentation); indent with spaces
    11:4: invalid YAML: tabs disallowed within this context (block indentation); indent with spaces
    ");
}

#[test]
fn a_comment_next_to_a_syntax_error_is_reported() {
    assert_snapshot!(broken("effect: read", "effect: [read # why"), @"
    spec/shop/thing.get.yaml:5:15: comments are lost when the file is formatted; use a rule's `note` or a quirk instead
    spec/shop/thing.get.yaml:6:1: invalid YAML: invalid indentation in flow construct; fix this line or the one before it
    ");
}

#[test]
fn a_text_of_several_lines_has_no_comments_and_no_keys() {
    for text in [
        "'it''s\n\n  API：# 1'",
        "\"a \\\n  API：# 1\"",
        "\"a \\\"\n\n  API：# 1\"",
        "|-\n    API：\n    # 1",
        ">-\n    API：\n\n    # 1",
    ] {
        assert_eq!(broken("事情：查询，“全部”", text), "", "{text}");
    }
}

#[test]
fn no_character_at_no_place_stops_the_parser() {
    for (place, c) in RIGHT.char_indices() {
        for other in "：，－｛｝［］＂“”‘’\u{3000}\u{a0}\t\\\"'#|{}[],:- \n".chars() {
            let text = format!("{}{other}{}", &RIGHT[..place], &RIGHT[place + c.len_utf8()..]);
            if let Err(problems) = parse(PATH, &text) {
                assert!(!problems.is_empty(), "{text}");
            }
        }
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_are_what_fmt_fixes() {
    for text in [RIGHT.replace('\n', "\r\n"), RIGHT.replace('\n', "\r"), format!("\u{feff}{RIGHT}")] {
        let canonical = canonical(&file(PATH, &text)).expect("the spec is right");
        assert_eq!(problems(&with_method(PATH, &canonical)), "");
        assert!(!canonical.contains(['\r', '\u{feff}']));
    }
    assert_snapshot!(problems(&with_method(PATH, &RIGHT.replace('\n', "\r\n").replace("effect", "efect"))), @"
    spec/shop/thing.get.yaml:1:30: the line does not end with a single line feed; run `cargo xtask fmt` to fix this
    spec/shop/thing.get.yaml:5:1: unknown key `efect`, did you mean `effect`?
    ");
    assert_snapshot!(problems(&with_method(PATH, &format!("\u{feff}{}", RIGHT.replace("method:", "metod:")))), @"
    spec/shop/thing.get.yaml:1:1: the file begins with a byte order mark; run `cargo xtask fmt` to remove it
    spec/shop/thing.get.yaml:1:1: unknown key `metod`, did you mean `method`?
    ");
}

#[test]
fn a_file_that_is_not_utf_8_is_located_and_never_rewritten() {
    assert_snapshot!(broken("编码", "编\u{fffd}"), @"spec/shop/thing.get.yaml:8:46: this character was lost because the file is not UTF-8; restore it, and save the file as UTF-8");
    assert!(canonical(&file(PATH, &RIGHT.replace("编码", "编\u{fffd}"))).is_err());
    assert_snapshot!(broken("编码", "编\u{7}码"), @"spec/shop/thing.get.yaml:8:46: there is an invisible control character here; remove it");
}

#[test]
fn a_file_that_is_not_a_spec_is_reported_next_to_the_other_problems() {
    let stray = ["README.md", "shop/thing.get.yml", "thing.get.yaml", "shop/more/thing.get.yaml"];
    let mut files: Vec<SpecFile> = stray.iter().map(|path| file(path, RIGHT)).collect();
    files.extend([platform(), file(PATH, &RIGHT.replace("effect: read", "effect: none"))]);
    assert_snapshot!(problems(&files), @"
    spec/README.md:1:1: not a file of the spec, which has `platform.yaml`, `accepted-breaks.yaml`, `<namespace>/<method>.yaml` and `topics/<topic>.yaml`; rename, move or remove it
    spec/shop/more/thing.get.yaml:1:1: not a file of the spec, which has `platform.yaml`, `accepted-breaks.yaml`, `<namespace>/<method>.yaml` and `topics/<topic>.yaml`; rename, move or remove it
    spec/shop/thing.get.yaml:5:9: `none` is not one of `read`, `write`
    spec/shop/thing.get.yml:1:1: not a file of the spec, which has `platform.yaml`, `accepted-breaks.yaml`, `<namespace>/<method>.yaml` and `topics/<topic>.yaml`; rename, move or remove it
    spec/thing.get.yaml:1:1: not a file of the spec, which has `platform.yaml`, `accepted-breaks.yaml`, `<namespace>/<method>.yaml` and `topics/<topic>.yaml`; rename, move or remove it
    ");
    assert!(canonical(&files[0]).is_err());
}

#[test]
fn problems_of_examples_are_located_inside_of_them() {
    let xml = "<sn_responseContent><sn_body><getThing>\n        <thingName>a：“b”</thingName>";
    assert_snapshot!(each(&[
        ("{\"thingCode\": \"注：1，2\"}", "{\"thingCode\": \"注\", \"kind\": \"2\"}"),
        ("{\"thingCode\": \"注：1，2\"}", "{\"编\": [{}, \"a\"]}"),
        ("{\"thingCode\": \"注：1，2\"}", "{\"thingCode\": \"注\" \"kind\"}"),
        ("注：1，2\"}}}}", "注\"}"),
        (xml, "<sn_responseContent><sn_body><getThing>\n        <thingName>a</thingName><thingName>b</thingName>"),
        (xml, "<sn_responseContent><sn_body><getThing>\n        <thingName><b/>c</thingName>\n      <x/>"),
        (xml, "<sn_responseContent><sn_body><getThings>\n"),
        (xml, "<sn_responseContent><sn_body><getThing>\n        <thingName>a &nix; b</thingName>"),
    ]), @r#"
    22:26: `request.kind` is `2` in the example, which is not one of its values; add it, or a quirk `undocumented-value`
    21:35: required parameter `request.thingCode` is missing or empty in the example; fix the flag, or add a quirk `requirement`
    22:8: `request.编` is not in the table; add it, or a quirk `unlisted` or `alias`
    22:25: invalid JSON: expected `,` or `}`; fix the example
    22:25: invalid JSON: EOF while parsing an object; fix the example
    26:9: `response.thingName` repeats; add `list: true`
    26:9: `response.thingName` is a text in the table, but {"b":""} in the example; fix one of the two
    27:7: `response.x` is not in the table; add it, or a quirk `unlisted` or `alias`
    27:7: invalid XML: ill-formed document: expected `</getThings>`, but `</getThing>` was found; fix the example
    26:22: invalid XML: unknown entity `&nix;`; fix the example
    "#);
    // Where the file writes the text in another way, the problem is at its beginning.
    let quoted = "\"{\\\"sn_request\\\": {\\\"sn_body\\\": {\\\"getThing\\\": {}}}}\"";
    let json = "|\n      {\"sn_request\": {\"sn_body\": {\"getThing\":\n      {\"thingCode\": \"注：1，2\"}}}}";
    assert_snapshot!(broken(json, quoted), @"spec/shop/thing.get.yaml:20:11: required parameter `request.thingCode` is missing or empty in the example; fix the flag, or add a quirk `requirement`");
}
