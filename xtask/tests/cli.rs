//! The commands as a maintainer runs them: output and exit status.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn project() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn xtask(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("--root").arg(root).args(arguments).output().expect("xtask runs")
}

fn text(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A copy of the spec and the manifest, for tests to break.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for path in ["spec/platform.yaml", "spec/custom/virtual.get.yaml", "suning-api/Cargo.toml"] {
        let target = folder.path().join(path);
        fs::create_dir_all(target.parent().expect("a folder")).expect("a folder");
        fs::copy(project().join(path), target).expect("a copy");
    }
    folder
}

fn text_of_lines(output: &Output) -> Vec<String> {
    text(output).lines().map(str::to_owned).collect()
}

fn replace(root: &Path, path: &str, old: &str, new: &str) {
    let text = fs::read_to_string(root.join(path)).expect("a file");
    assert!(text.contains(old), "{old} does not occur");
    fs::write(root.join(path), text.replacen(old, new, 1)).expect("a file");
}

#[test]
fn the_checked_in_project_passes_every_check() {
    for arguments in [&["check"][..], &["fmt", "--check"], &["regen", "--check"]] {
        let output = xtask(&project(), arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output));
    }
}

#[test]
fn check_names_every_problem_and_fails() {
    let folder = copy();
    replace(folder.path(), "spec/custom/virtual.get.yaml", "effect: read", "efect: read");
    replace(folder.path(), "spec/custom/virtual.get.yaml", "type: decimal", "type: decimel");
    let output = xtask(folder.path(), &["check"]);
    let shown = text(&output);
    assert_eq!(output.status.code(), Some(1), "{shown}");
    assert!(shown.contains("spec/custom/virtual.get.yaml:5:1: unknown key `efect`, did you mean `effect`?"), "{shown}");
    assert!(shown.contains("`decimel` is not one of"), "{shown}");
    assert!(shown.ends_with("2 problems found\n"), "{shown}");
}

#[test]
#[cfg(unix)]
fn check_reports_what_it_cannot_read_next_to_the_other_problems() {
    let folder = copy();
    let spec = folder.path().join("spec");
    replace(folder.path(), "spec/custom/virtual.get.yaml", "effect: read", "efect: read");
    let gbk = b"version: \xb1\xe0\xc2\xeb\n";
    fs::write(spec.join("platform.yaml"), gbk).expect("a file");
    fs::create_dir(spec.join("custom/folder.yaml")).expect("a folder");
    fs::write(spec.join("custom/.swp"), [0, 255]).expect("a file");
    fs::create_dir(spec.join("schema")).expect("a folder");
    fs::write(spec.join("schema/method.json"), "{}").expect("a file");
    fs::write(spec.join("schema/methods.json"), "{}").expect("a file");
    std::os::unix::fs::symlink("nowhere", spec.join("custom/link.yaml")).expect("a link");
    std::os::unix::fs::symlink("..", spec.join("custom/loop")).expect("a link");
    let shown = text_of_lines(&xtask(folder.path(), &["check"]));
    let expected = [
        "spec/custom/.swp:1:1: not a file of the spec, which has",
        "spec/custom/folder.yaml:1:1: cannot read this: Is a directory",
        "spec/custom/link.yaml:1:1: cannot read this: No such file or directory",
        "spec/custom/loop:1:1: cannot read this: Is a directory",
        "spec/custom/virtual.get.yaml:5:1: unknown key `efect`",
        "spec/platform.yaml:1:10: this character was lost because the file is not UTF-8",
        "spec/schema/methods.json:1:1: not a file of the spec, which has",
        "7 problems found",
    ];
    assert_eq!(shown.len(), expected.len(), "{shown:#?}");
    for (line, expected) in shown.iter().zip(expected) {
        assert!(line.starts_with(expected), "{line}");
    }
    let formatted = xtask(folder.path(), &["fmt"]);
    assert_eq!(formatted.status.code(), Some(1));
    assert!(text(&formatted).contains("spec/custom/link.yaml:1:1: cannot read this"), "{}", text(&formatted));
    assert_eq!(fs::read(spec.join("platform.yaml")).expect("a file"), gbk);
}

#[test]
fn regen_writes_nothing_while_the_spec_is_wrong() {
    let folder = copy();
    replace(folder.path(), "spec/custom/virtual.get.yaml", "effect: read", "effect: none");
    let output = xtask(folder.path(), &["regen"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains(":5:9: `none` is not one of `read`, `write`"), "{}", text(&output));
    assert!(!folder.path().join("suning-api/src").exists());
}

#[test]
fn regen_check_writes_nothing_and_fails_until_regen_has_run() {
    let folder = copy();
    let output = xtask(folder.path(), &["regen", "--check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        text(&output).contains("missing  suning-api/src/generated/methods/custom/virtual_get.rs"),
        "{}",
        text(&output)
    );
    assert!(!folder.path().join("suning-api/src").exists());
    let output = xtask(folder.path(), &["regen"]);
    assert!(output.status.success());
    assert!(
        text(&output).contains("created suning-api/src/generated/methods/custom/virtual_get.rs"),
        "{}",
        text(&output)
    );
    assert!(xtask(folder.path(), &["regen", "--check"]).status.success());
}

#[test]
fn fmt_restores_the_canonical_form() {
    let folder = copy();
    let path = "spec/custom/virtual.get.yaml";
    let canonical = fs::read_to_string(folder.path().join(path)).expect("a file");
    replace(folder.path(), path, "effect: read\n", "");
    replace(folder.path(), path, "node: getVirtual\n", "node: 'getVirtual'\neffect:   read\n");
    let output = xtask(folder.path(), &["fmt", "--check"]);
    assert_eq!(output.status.code(), Some(1), "{}", text(&output));
    assert!(text(&output).contains("stale    spec/custom/virtual.get.yaml"), "{}", text(&output));
    assert!(xtask(folder.path(), &["fmt"]).status.success());
    assert_eq!(fs::read_to_string(folder.path().join(path)).expect("a file"), canonical);
}

#[test]
fn the_catalog_is_json_in_document_order() {
    let output = xtask(&project(), &["catalog", "--format", "json"]);
    let catalog: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the catalog is JSON");
    let methods = catalog["methods"].as_array().expect("a list of methods");
    let named = |name: &str| methods.iter().find(|method| method["method"] == name).expect("a method of the spec");
    let order: Vec<_> = methods.iter().map(|method| method["method"].as_str()).collect();
    assert!(order.is_sorted(), "{order:?}");
    for (name, errors) in [
        ("suning.custom.batchrejected.query", 7),
        ("suning.custom.ordercountdown.query", 6),
        ("suning.custom.virtual.get", 5),
        ("suning.custom.virtualorder.resend", 4),
        ("suning.selfmarket.leaguerstatus.add", 19),
    ] {
        assert_eq!(named(name)["errors"].as_array().map(Vec::len), Some(errors), "{name}");
    }
    let cards = &named("suning.selfmarket.leaguerstatus.add")["request"][5];
    assert_eq!(
        (&cards["name"], &cards["list"], &cards["fields"][1]["name"]),
        (&"cardList".into(), &true.into(), &"cardSec".into())
    );
    let documented =
        catalog["common_errors"].as_array().expect("a list").iter().filter(|row| row["documented"] == true);
    assert_eq!(documented.count(), 38);
}

#[test]
fn the_catalog_is_the_checked_in_pages_as_well() {
    let output = xtask(&project(), &["catalog", "--format", "markdown"]);
    for page in ["README.md", "custom.md"] {
        let page = fs::read_to_string(project().join("docs/methods").join(page)).expect("a page");
        assert!(String::from_utf8_lossy(&output.stdout).contains(&page));
    }
}

#[test]
fn a_mistake_in_the_arguments_is_reported() {
    let output = xtask(&project(), &["regenn"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(text(&output).contains("regen"), "{}", text(&output));
    let output = xtask(Path::new("/nowhere"), &["check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("spec/platform.yaml:1:1: the file is missing"), "{}", text(&output));
}

#[test]
fn fmt_never_changes_what_a_file_says() {
    let path = "spec/custom/virtual.get.yaml";
    for value in [r#""  {\"a\":\n 1}\n""#, r#""x\n\n""#, r#""a\r\nb""#, r#""\n""#, r#"" x""#, "\"- a: b\\n\\tc\""] {
        let folder = copy();
        replace(folder.path(), path, "description: 商家编码", &format!("description: {value}"));
        let output = xtask(folder.path(), &["fmt"]);
        assert!(output.status.success(), "{value}: {}", text(&output));
        assert!(xtask(folder.path(), &["fmt", "--check"]).status.success(), "{value}");
        let formatted = fs::read_to_string(folder.path().join(path)).expect("a file");
        assert!(xtask(folder.path(), &["check"]).status.success(), "{formatted}");
    }
}

#[test]
fn fmt_does_not_drop_comments() {
    for (old, new) in [("effect: read", "effect: read # why"), ("method:", "# why\nmethod:")] {
        let folder = copy();
        replace(folder.path(), "spec/custom/virtual.get.yaml", old, new);
        let output = xtask(folder.path(), &["fmt"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(text(&output).contains("comments are lost"), "{}", text(&output));
        let kept = fs::read_to_string(folder.path().join("spec/custom/virtual.get.yaml")).expect("a file");
        assert!(kept.contains("# why"));
    }
}

#[test]
fn an_error_code_is_explained_and_an_unknown_one_fails() {
    let output = xtask(&project(), &["explain", "biz.selfmarket.addleaguerstatus.invalid-biz:116"]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(text(&output).contains("meaning       卡号或卡密不可为空"), "{}", text(&output));
    let output = xtask(&project(), &["explain", "biz.selfmarket.addleaguerstatus.invalid-biz:199"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("Similar documented codes:\n  biz.selfmarket."), "{}", text(&output));
}

#[test]
fn reports_of_undocumented_codes_become_yaml_and_a_malformed_line_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("reports.jsonl");
    let report =
        r#"{"method":"suning.custom.virtual.get","part":"errors","path":[],"what":"error-code","code":"biz.new:1"}"#;
    fs::write(&path, format!("{report}\n{report}\n")).expect("a file");
    let output = xtask(&project(), &["undocumented", &path.to_string_lossy()]);
    assert!(output.status.success(), "{}", text(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout),
        "# spec/custom/virtual.get.yaml\nerrors:\n  biz.new:1: { message: unknown, undocumented: a reply }\n\n"
    );
    fs::write(&path, format!("{report}\nnot a report\n")).expect("a file");
    let output = xtask(&project(), &["undocumented", &path.to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("reports.jsonl:2:"), "{}", text(&output));
    assert!(text(&output).contains("write one JSON object per line"), "{}", text(&output));
}

/// Runs git in a folder, with a fixed identity.
fn git(folder: &Path, arguments: &[&str]) {
    let somebody =
        ["-c", "user.name=Somebody", "-c", "user.email=somebody@example.invalid", "-c", "commit.gpgsign=false"];
    let output = Command::new("git").arg("-C").arg(folder).args(somebody).args(arguments).output().expect("git runs");
    assert!(output.status.success(), "{}", text(&output));
}

/// A copy under version control, on a branch next to the main one.
fn repository() -> tempfile::TempDir {
    let folder = copy();
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "--all"]);
    git(folder.path(), &["commit", "--quiet", "--message=Begin"]);
    git(folder.path(), &["switch", "--quiet", "--create=change"]);
    folder
}

#[test]
fn a_change_of_the_spec_is_reported_since_the_main_branch() {
    let folder = repository();
    let output = xtask(folder.path(), &["diff", "--fail-on", "breaking"]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(text(&output).starts_with("0 breaking, 0 compatible, 0 documentation since "), "{}", text(&output));
    replace(folder.path(), "spec/custom/virtual.get.yaml", "name: Shipped,", "name: Sent,");
    let output = xtask(folder.path(), &["diff"]);
    assert!(output.status.success(), "{}", text(&output));
    assert!(text(&output).contains("response-field-value-renamed `response.orderLineStatus.20`"), "{}", text(&output));
    git(folder.path(), &["commit", "--quiet", "--all", "--message=Change"]);
    assert_eq!(xtask(folder.path(), &["diff", "--fail-on", "breaking"]).status.code(), Some(1));
    assert!(xtask(folder.path(), &["diff", "--base", "HEAD", "--fail-on", "breaking"]).status.success());
    let output = xtask(folder.path(), &["diff", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["step"], "major");
    let output = xtask(folder.path(), &["diff", "--format", "markdown"]);
    assert!(text(&output).contains("## `suning.custom.virtual.get`"), "{}", text(&output));
}

#[test]
fn an_accepted_break_does_not_fail_and_a_stale_entry_is_reported() {
    let folder = repository();
    let status = |kinds: &str| xtask(folder.path(), &["diff", "--fail-on", kinds]).status.code();
    replace(folder.path(), "spec/custom/virtual.get.yaml", "effect: read", "effect: write");
    assert_eq!([status("breaking"), status("behaviour"), status("source,wire")], [Some(1), Some(1), Some(0)]);
    let entry = |place: &str| {
        format!(
            "  - method: suning.custom.virtual.get\n    rule: method-became-write\n    place: {place}\n    reason: so\n"
        )
    };
    let file = folder.path().join("spec/accepted-breaks.yaml");
    fs::write(&file, format!("breaks:\n{}{}", entry("effect"), entry("request"))).expect("a file");
    assert_eq!([status("breaking"), status("behaviour"), status("source,wire")], [Some(0); 3]);
    let output = xtask(folder.path(), &["diff"]);
    let stale = "spec/accepted-breaks.yaml:6:5: accepts nothing: no change at `request` is `method-became-write`";
    assert!(text(&output).contains(stale), "{}", text(&output));
    assert!(text(&output).contains("    accepted: so\n"), "{}", text(&output));
    for arguments in [&["check"][..], &["fmt", "--check"]] {
        assert!(xtask(folder.path(), arguments).status.success(), "{arguments:?}");
    }
    fs::write(&file, format!("breaks:\n{}", entry("effect").replace("became-write", "became-rite"))).expect("a file");
    let output = xtask(folder.path(), &["diff"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("did you mean `method-became-write`?"), "{}", text(&output));
}

#[test]
fn the_rules_are_listed_with_their_classes() {
    let output = xtask(&project(), &["diff", "--rules"]);
    let lines = text_of_lines(&output);
    assert_eq!(lines.len(), codegen::diff::rules().len() + 1);
    let words = |line: &String| line.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&lines[0]), ["rule", "wire", "Rust", "source", "behaviour"]);
    let expected = ["method-became-read", "unchanged", "unchanged", "breaking"].map(str::to_owned);
    assert!(lines.iter().any(|line| words(line) == expected), "{lines:#?}");
}

#[test]
fn a_revision_that_cannot_be_compared_with_is_reported() {
    let folder = repository();
    let output = xtask(folder.path(), &["diff", "--base", "nowhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).starts_with("unknown revision `nowhere`"), "{}", text(&output));
    let path = "spec/custom/virtual.get.yaml";
    replace(folder.path(), path, "effect: read", "efect: read");
    git(folder.path(), &["commit", "--quiet", "--all", "--message=Break"]);
    replace(folder.path(), path, "efect: read", "effect: read");
    let output = xtask(folder.path(), &["diff", "--base", "HEAD"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).starts_with("cannot compare with the spec at "), "{}", text(&output));
    assert!(text(&output).contains(":\nspec/custom/virtual.get.yaml:5:1: unknown key `efect`"), "{}", text(&output));
    let output = xtask(copy().path(), &["diff"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output).contains("there is no branch `main` to compare with"), "{}", text(&output));
}
