//! One invented method in every layout that pages come in: the facts are the same.

use codegen::page::{self, Draft, Page};
use codegen::yaml::to_canonical;
use insta::assert_snapshot;
use tests::page::{LAYOUTS, layout};

fn read(bytes: &[u8]) -> Page {
    page::read(bytes).unwrap_or_else(|refusal| panic!("{}", refusal.finding()))
}

/// The facts as the spec writes them, without those that some layouts do not show.
fn facts(draft: &Draft) -> String {
    [
        format!("node: {}\n", draft.node.as_deref().unwrap_or_default()),
        to_canonical(&draft.request),
        to_canonical(&draft.response),
        to_canonical(&draft.errors),
        to_canonical(&draft.examples.request),
        to_canonical(&draft.examples.response),
    ]
    .join("---\n")
}

fn quirks(draft: &Draft) -> Vec<(&'static str, &str)> {
    let quirks = draft.quirks.iter().map(|quirk| (quirk.kind.as_str(), quirk.field.as_str()));
    quirks.filter(|(kind, _)| *kind != "example").collect()
}

#[test]
fn tables_and_examples_are_reconciled() {
    let draft = page::draft(&read(&layout("inner-text.txt")), None);
    let fields = [to_canonical(&draft.request), to_canonical(&draft.response), to_canonical(&draft.errors)];
    assert_snapshot!(fields.join("---\n"));
    assert_eq!(draft.title.as_deref(), Some("夜间包裹追踪查询"));
    assert_eq!(draft.node.as_deref(), Some("queryParcelTrace"));
}

#[test]
fn every_layout_states_the_same_facts() {
    let expected = page::draft(&read(&layout("inner-text.txt")), None);
    for name in LAYOUTS {
        let draft = page::draft(&read(&layout(name)), None);
        assert_eq!(facts(&draft), facts(&expected), "{name}");
        assert_eq!(quirks(&draft), quirks(&expected), "{name}");
    }
}

#[test]
fn encodings_and_line_ends_do_not_matter() {
    for name in LAYOUTS {
        let bytes = layout(name);
        let text = String::from_utf8(bytes.clone()).expect("the fixtures are UTF-8");
        let expected = facts(&page::draft(&read(&bytes), None));
        // What GBK does not have becomes a reference, as in a saved page.
        let gbk = encoding_rs::GBK.encode(&text).0;
        let marked = [b"\xef\xbb\xbf", bytes.as_slice()].concat();
        for other in [gbk.as_ref(), &marked, text.replace('\n', "\r\n").as_bytes()] {
            assert_eq!(facts(&page::draft(&read(other), None)), expected, "{name}");
        }
    }
}

#[test]
fn the_name_comes_from_the_title_or_the_address() {
    for name in LAYOUTS.into_iter().filter(|name| *name != "markdown.md") {
        let page = read(&layout(name));
        let names: Vec<_> = page.names.iter().map(|name| name.name.as_str()).collect();
        assert_eq!(names, ["suning.depot.ParcelTrace.night.query"], "{name}");
    }
    assert_eq!(read(&layout("markdown.md")).names, []);
}

#[test]
fn findings_have_their_lines() {
    let shown = |name| {
        let draft = page::draft(&read(&layout(name)), None);
        draft.findings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")
    };
    assert_snapshot!(shown("inner-text.txt"), @"
    26: took the codes of `shift` from the note at line 13
    32: cannot tell the level of `held`: no example shows it; placed it at `traces`
    155: `biz.depot.parceltrace.invalid-biz:7` needs a `name`: without one it is `InvalidBiz7`, and renaming it later breaks callers
    ");
    assert_snapshot!(shown("markdown.md"), @"
    18: took the codes of `shift` from the note at line 3
    24: cannot tell the level of `held`: no example shows it; placed it at `traces`
    34: `biz.depot.parceltrace.invalid-biz:7` needs a `name`: without one it is `InvalidBiz7`, and renaming it later breaks callers
    ");
    assert_snapshot!(shown("saved.html"), @"
    87: took the codes of `shift` from the note at line 14
    123: cannot tell the level of `held`: no example shows it; placed it at `traces`
    262: `biz.depot.parceltrace.invalid-biz:7` needs a `name`: without one it is `InvalidBiz7`, and renaming it later breaks callers
    ");
}
