//! `import` and `drift` as a maintainer runs them: output, exit status, and the file.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const SPEC: &str = "spec/depot/ParcelTrace.night.query.yaml";

fn page(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/pages").join(name)
}

/// A project that has no method yet.
fn project() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("spec")).expect("a folder");
    let platform = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/platform.yaml");
    fs::copy(platform, folder.path().join("spec/platform.yaml")).expect("a copy");
    folder
}

/// A project that has the invented method.
fn imported() -> tempfile::TempDir {
    let folder = project();
    let output = xtask(folder.path(), &["import", &page("inner-text.txt").to_string_lossy(), "--write"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("created {SPEC}\n"), "{}", errors(&output));
    folder
}

fn xtask(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("--root").arg(root).args(arguments).output().expect("xtask runs")
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn spec(root: &Path) -> String {
    fs::read_to_string(root.join(SPEC)).expect("a spec file")
}

#[test]
fn import_prints_the_spec_and_writes_nothing_without_write() {
    let folder = project();
    let path = page("inner-text.txt");
    let output = xtask(folder.path(), &["import", &path.to_string_lossy()]);
    assert!(output.status.success(), "{}", errors(&output));
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("method: suning.depot.ParcelTrace.night.query\n"));
    let finding = format!("{}:1: pages do not state the effect; derived `read` from the name", path.display());
    assert!(errors(&output).contains(&finding), "{}", errors(&output));
    assert!(!folder.path().join(SPEC).exists());
}

#[test]
fn what_was_imported_passes_every_check() {
    let folder = imported();
    for arguments in [&["check"][..], &["fmt", "--check"]] {
        let output = xtask(folder.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
    let output = xtask(folder.path(), &["import", &page("saved.html").to_string_lossy(), "--write"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("unchanged {SPEC}\n"));
}

#[test]
fn findings_can_be_listed_again() {
    let path = page("inner-text.txt");
    let first = xtask(project().path(), &["import", &path.to_string_lossy()]);
    let again = xtask(imported().path(), &["import", &path.to_string_lossy(), "--anew"]);
    assert_eq!((errors(&first), first.stdout), (errors(&again), again.stdout));
}

#[test]
fn import_says_when_the_name_of_the_file_is_another_one() {
    let folder = project();
    let copy = folder.path().join("suning.depot.crate.get.txt");
    fs::copy(page("inner-text.txt"), &copy).expect("a copy");
    let output = errors(&xtask(folder.path(), &["import", &copy.to_string_lossy()]));
    let finding = "the page names `suning.depot.ParcelTrace.night.query` here; the name of the file, \
                   `suning.depot.crate.get`, is ignored";
    assert!(output.contains(finding), "{output}");
}

#[test]
fn import_reads_pasted_text_with_a_given_name() {
    let folder = project();
    let run = |arguments: &[&str]| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_xtask"))
            .arg("--root")
            .arg(folder.path())
            .args(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("xtask runs");
        let text = fs::read(page("markdown.md")).expect("a page");
        child.stdin.take().expect("a pipe").write_all(&text).expect("text");
        child.wait_with_output().expect("xtask ends")
    };
    let output = run(&["import", "-"]);
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(
        errors(&output),
        "-:1: the page does not name its method; name the file after the method, or import it with `--method suning.…`\n"
    );
    let output = run(&["import", "-", "--method", "suning.depot.ParcelTrace.night.query", "--write"]);
    assert_eq!(String::from_utf8_lossy(&output.stdout), format!("created {SPEC}\n"), "{}", errors(&output));
}

#[test]
fn a_page_that_was_cut_off_changes_nothing_that_it_does_not_show() {
    let folder = imported();
    let before = spec(folder.path());
    let text = fs::read_to_string(page("inner-text.txt")).expect("a page");
    let cut = folder.path().join("cut.txt");
    let import = |text: &str| {
        fs::write(&cut, text).expect("a page");
        xtask(folder.path(), &["import", &cut.to_string_lossy(), "--write"])
    };
    let text = &text[..text.find("响应示例").expect("a heading")];
    // The record of the page is at the end.
    let facts = |spec: &str| spec.split("fingerprint:").next().unwrap_or_default().to_owned();
    for (page, description) in [(text.to_owned(), "重量"), (text.replace("重量", "毛重"), "毛重")] {
        let output = import(&page);
        assert!(output.status.success(), "{}", errors(&output));
        assert_eq!(facts(&spec(folder.path())), facts(&before).replace("重量", description));
    }
}

#[test]
fn drift_fails_when_a_page_says_something_else() {
    let folder = imported();
    let same: Vec<String> =
        ["tabs.txt", "saved.html"].iter().map(|name| page(name).to_string_lossy().into_owned()).collect();
    let output = xtask(folder.path(), &["drift", &same[0], &same[1]]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));

    let text = fs::read_to_string(page("tabs.txt")).expect("a page").replace("\t重量", "\t毛重");
    let changed = folder.path().join("changed.txt");
    fs::write(&changed, text).expect("a page");
    let changed = changed.to_string_lossy();
    let output = xtask(folder.path(), &["drift", &same[0], &changed]);
    assert_eq!(output.status.code(), Some(1));
    let shown = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(shown.contains("  text     request.parcelList.weight.description: 重量 → 毛重\n"), "{shown}");
    let output = xtask(folder.path(), &["drift", &changed, "--format", "json"]);
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("the report is JSON");
    assert_eq!(json["reports"][0]["changes"][0]["path"], "request.parcelList.weight.description");
    let output = xtask(folder.path(), &["drift", &changed, "--format", "markdown"]);
    assert!(String::from_utf8_lossy(&output.stdout).contains("| text | `request.parcelList.weight.description` |"));
}

#[test]
fn drift_reports_a_file_that_is_not_a_page_next_to_the_others() {
    let folder = imported();
    let other = folder.path().join("other.txt");
    fs::write(&other, "登录\n用户名\n密码\n").expect("a page");
    let output = xtask(folder.path(), &["drift", &other.to_string_lossy(), &page("tabs.txt").to_string_lossy()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(errors(&output).contains("other.txt:1: not the page of a method"), "{}", errors(&output));
    assert!(String::from_utf8_lossy(&output.stdout).contains("no drift"));
}

#[test]
fn a_topic_is_imported_compared_and_named_by_an_option_of_its_own() {
    let folder = project();
    let (topic, method) = (page("topic.txt"), page("inner-text.txt"));
    let (topic, method) = (topic.to_string_lossy(), method.to_string_lossy());
    for (arguments, message) in [
        (["import", &topic, "--method", "suning.depot.crate.get"], "the page of a topic; name it by `--topic`"),
        (["import", &method, "--topic", "suning_depot"], "not the page of a topic; name the method by `--method`"),
    ] {
        let output = xtask(folder.path(), &arguments);
        assert!(!output.status.success() && errors(&output).contains(message), "{}", errors(&output));
    }
    let output = xtask(folder.path(), &["import", &topic, "--write"]);
    let created = "created spec/topics/suning_depot_crate_moved.yaml\n";
    assert_eq!(String::from_utf8_lossy(&output.stdout), created, "{}", errors(&output));
    for arguments in [&["check"][..], &["fmt", "--check"], &["drift", &topic]] {
        let output = xtask(folder.path(), arguments);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}
