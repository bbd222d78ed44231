//! Bad pages: what is certain is read, what is missing is reported, or the page is refused in one line.

use codegen::page::{self, Refusal};
use tests::page::{LAYOUTS, layout};

fn refusal(bytes: &[u8]) -> String {
    page::read(bytes).map_or_else(|refusal: Refusal| refusal.finding().to_string(), |_| String::new())
}

#[test]
fn a_page_cut_anywhere_is_refused_or_says_what_is_missing() {
    for name in LAYOUTS {
        let text = String::from_utf8(layout(name)).expect("the fixtures are UTF-8");
        let last_row = text.rfind("biz.depot").expect("an error table");
        for (end, _) in text.char_indices().step_by(5) {
            let Ok(page) = page::read(&text.as_bytes()[..end]) else { continue };
            let draft = page::draft(&page, None);
            assert!(end > last_row || !draft.findings.is_empty(), "{name} cut at {end}");
        }
    }
}

#[test]
fn a_page_that_has_lost_characters_is_read_and_says_where() {
    let text = String::from_utf8(layout("inner-text.txt")).expect("the fixtures are UTF-8").replacen(
        "夜间包裹",
        "夜间\u{fffd}裹",
        1,
    );
    let line = text.lines().position(|line| line.contains('\u{fffd}')).expect("the line") + 1;
    let findings = page::read(text.as_bytes()).expect("a page").findings;
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    let expected = format!("{line}: a character was lost here; save the page again, as UTF-8 or GBK");
    assert!(shown.contains(&expected), "{shown:?}");
}

#[test]
fn a_page_cut_inside_a_character_is_read_to_there() {
    let bytes = layout("inner-text.txt");
    for end in 0..bytes.len().min(900) {
        let _ = page::read(&bytes[..end]).map(|page| page::draft(&page, None));
    }
}

#[test]
fn a_row_that_is_cut_off_is_ignored_and_reported() {
    let text = String::from_utf8(layout("markdown.md")).expect("the fixtures are UTF-8");
    for (end, left) in [("包裹不", 1), ("参数必", 0)] {
        let cut = text.find(end).expect("an error row") + end.len();
        let draft = page::draft(&page::read(&text.as_bytes()[..cut]).expect("a page"), None);
        assert_eq!(draft.errors.map(|errors| errors.len()), Some(left), "{end}");
        let is_reported = draft.findings.iter().any(|finding| finding.message == "ignored a row that is cut off");
        assert!(is_reported, "{end}: {:?}", draft.findings);
    }
}

#[test]
fn two_pages_in_one_are_refused() {
    for name in LAYOUTS {
        let twice = [layout(name), b"\n".to_vec(), layout(name)].concat();
        let shown = refusal(&twice);
        assert!(shown.contains("a second page seems to start before this line"), "{name}: {shown}");
    }
}

#[test]
fn pages_of_another_kind_are_refused_in_one_line() {
    let other = "not the page of a method: it has neither a parameter table nor an example";
    for (page, expected) in [
        ("", "1: the page is empty".to_owned()),
        (" \r\n\t\n", "1: the page is empty".to_owned()),
        ("签名规则\n对报文进行MD5加密,参见suning.custom.thing.get\n", format!("1: {other}")),
        (
            "<html><body><form><input name=\"user\"><input type=\"password\"></form></body></html>",
            format!("1: {other}"),
        ),
        ("ThingGetRequest request = new ThingGetRequest();\nrequest.setCode(\"1\");\n{\n}\n", format!("1: {other}")),
    ] {
        assert_eq!(refusal(page.as_bytes()), expected, "{page}");
    }
    let image = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0";
    assert_eq!(refusal(image), "1: not UTF-8 or GBK text; save the page as text or HTML");
}

#[test]
fn endless_nesting_is_harmless() {
    for (open, head) in
        [("<div>", "<html>"), ("<a>", "<sn_request>"), ("{\"sn_request\":", ""), ("<table><tr><td>", "")]
    {
        let _ = page::read(format!("{head}{}", open.repeat(1_000)).as_bytes()).map(|page| page::draft(&page, None));
    }
}
