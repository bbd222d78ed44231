//! `import` and `drift` of an inventory as a maintainer runs them: output, exit status, and the files.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// Two methods.
const FACTS: &str = r#"{"method":"suning.depot.shelf.query","node":"queryShelf","sources":["py"],"paged":false,"request":[{"name":"depotCode","required":true}],"response":{"fields":[{"name":"boxes","fields":[{"name":"boxCode"}]}]},"errors":[]}
{"method":"suning.depot.shelf.add","node":"addShelf","sources":["py"],"paged":false,"request":[],"response":null,"errors":[]}
"#;

/// A project that has no method yet, and an inventory next to its spec.
fn project(facts: &str) -> (tempfile::TempDir, String) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("spec")).expect("a folder");
    let platform = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/platform.yaml");
    fs::copy(platform, folder.path().join("spec/platform.yaml")).expect("a copy");
    let path = folder.path().join("facts.jsonl");
    fs::write(&path, facts).expect("an inventory");
    let path = path.to_string_lossy().into_owned();
    (folder, path)
}

/// A project into which the two methods were imported.
fn imported() -> (tempfile::TempDir, String) {
    let (folder, facts) = project(FACTS);
    let output = xtask(folder.path(), &["import", &facts, "--write"]);
    assert!(output.status.success(), "{}", errors(&output));
    (folder, facts)
}

fn xtask(root: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_xtask")).arg("--root").arg(root).args(arguments).output().expect("xtask runs")
}

fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The files of the project and what they hold, without the inventory.
fn files(root: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension != "jsonl") {
                let text = fs::read_to_string(&path).expect("a text");
                files.insert(path.strip_prefix(root).expect("a file of the project").to_owned(), text);
            }
        }
    }
    files
}

fn names(root: &Path) -> Vec<String> {
    files(root).keys().map(|path| path.display().to_string()).collect()
}

#[test]
fn import_lists_the_files_and_writes_nothing_without_write() {
    let (folder, facts) = project(FACTS);
    let output = xtask(folder.path(), &["import", &facts]);
    assert!(output.status.success(), "{}", errors(&output));
    assert_eq!(
        shown(&output),
        "missing  spec/depot/shelf.add.yaml\nmissing  spec/depot/shelf.query.yaml\n\
         2 of 2 methods would change; pass `--write` to write them\n"
    );
    assert_eq!(
        errors(&output),
        format!(
            "{facts}:1: suning.depot.shelf.query: nothing says whether `response.boxes` is one object or several; \
             made it a list, which accepts both\n"
        )
    );
    assert_eq!(names(folder.path()), ["spec/platform.yaml"]);
}

#[test]
fn what_was_imported_passes_every_check() {
    let (folder, _) = imported();
    assert_eq!(
        names(folder.path()),
        ["spec/depot/shelf.add.yaml", "spec/depot/shelf.query.yaml", "spec/platform.yaml"]
    );
    for arguments in [&["check"][..], &["fmt", "--check"]] {
        let output = xtask(folder.path(), arguments);
        assert!(output.status.success(), "{}{}", shown(&output), errors(&output));
    }
}

#[test]
fn a_second_import_writes_nothing() {
    let (folder, facts) = project(FACTS);
    let run = || shown(&xtask(folder.path(), &["import", &facts, "--write"]));
    assert_eq!(run(), "2 written, 0 removed, 0 unchanged\n");
    let before = files(folder.path());
    assert_eq!(run(), "0 written, 0 removed, 2 unchanged\n");
    assert_eq!(files(folder.path()), before);
}

#[test]
fn an_import_leaves_other_methods_alone() {
    let (folder, facts) = imported();
    let before = files(folder.path());
    fs::write(&facts, FACTS.lines().nth(1).expect("a line").replace("shelf.add", "shelf.delete"))
        .expect("an inventory");
    let output = xtask(folder.path(), &["import", &facts, "--write"]);
    assert_eq!(shown(&output), "1 written, 0 removed, 0 unchanged\n", "{}", errors(&output));
    let mut after = files(folder.path());
    assert!(after.remove(Path::new("spec/depot/shelf.delete.yaml")).is_some());
    assert_eq!(after, before);
}

#[test]
fn drift_fails_until_the_inventory_is_imported() {
    let (folder, facts) = project(FACTS);
    let drift = || xtask(folder.path(), &["drift", &facts]);
    let output = drift();
    assert_eq!(output.status.code(), Some(1), "{}", errors(&output));
    assert!(shown(&output).contains(&format!("{facts}: 2 of 2 methods differ\n")), "{}", shown(&output));
    assert!(xtask(folder.path(), &["import", &facts, "--write"]).status.success());
    let output = drift();
    assert!(output.status.success(), "{}", errors(&output));
    assert!(shown(&output).contains(&format!("{facts}: 0 of 2 methods differ\n")), "{}", shown(&output));
}

#[test]
fn drift_shows_what_a_newer_inventory_changes() {
    let (folder, facts) = imported();
    let before = files(folder.path());
    fs::write(&facts, FACTS.replace(r#""py""#, r#""php""#)).expect("an inventory");
    let output = xtask(folder.path(), &["drift", &facts]);
    assert_eq!(output.status.code(), Some(1));
    assert!(shown(&output).contains("stale    spec/depot/shelf.query.yaml\n"), "{}", shown(&output));
    assert!(shown(&output).contains("-sources: [py]\n+sources: [py, php]\n"), "{}", shown(&output));
    assert_eq!(files(folder.path()), before);
}

#[test]
fn problems_of_the_result_stop_the_write_of_every_method() {
    let facts = FACTS.replace("addShelf", "add Shelf");
    let (folder, facts) = project(&facts);
    let output = xtask(folder.path(), &["import", &facts, "--write"]);
    assert_eq!(output.status.code(), Some(1));
    let message = "nothing was changed: the result has problems; pass `--force` to write it anyway\n";
    assert!(errors(&output).ends_with(message), "{}", errors(&output));
    assert!(errors(&output).contains("spec/depot/shelf.add.yaml:"), "{}", errors(&output));
    assert!(errors(&output).contains("`add Shelf` is not a valid name"), "{}", errors(&output));
    assert_eq!(names(folder.path()), ["spec/platform.yaml"]);
    let output = xtask(folder.path(), &["import", &facts, "--write", "--force"]);
    assert_eq!(shown(&output), "2 written, 0 removed, 0 unchanged\n", "{}", errors(&output));
}

#[test]
fn bad_lines_stop_the_import_and_are_all_reported() {
    let facts = format!("{FACTS}{{}}\n{}\n", FACTS.lines().next().expect("a line").replace("paged", "pagd"));
    let (folder, facts) = project(&facts);
    for arguments in [&["import", &facts][..], &["import", &facts, "--write"], &["drift", &facts]] {
        let output = xtask(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(1));
        let errors = errors(&output);
        let lines: Vec<_> = errors.lines().collect();
        assert_eq!(lines.len(), 2, "{errors}");
        assert_eq!(lines[0], format!("{facts}:3:2: missing field `method`"));
        assert!(lines[1].starts_with(&format!("{facts}:4:")) && lines[1].contains("unknown field `pagd`"), "{errors}");
    }
    assert_eq!(names(folder.path()), ["spec/platform.yaml"]);
}
