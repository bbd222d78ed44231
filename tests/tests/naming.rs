//! An obstacle course of names: keywords, collisions, digits, odd casing, other scripts.
//!
//! The generated crate must compile without warnings.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::files::SpecFile;
use insta::assert_snapshot;
use tests::spec::{file, platform, root, with_method};
use tests::workspace::{check_crate, document_crate, generate_crate};

fn course() -> Vec<SpecFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/naming");
    let mut files = vec![platform()];
    for entry in fs::read_dir(folder).expect("the course").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a method");
        let name = text.lines().next().and_then(|line| line.strip_prefix("method: suning.")).expect("a name");
        files.push(file(&format!("{}.yaml", name.replacen('.', "/", 1)), &text));
    }
    assert_eq!(files.len(), 6);
    files
}

#[test]
fn the_course_compiles_and_documents_without_a_warning() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("naming");
    generate_crate(&folder, &course());
    let check = check_crate(&folder).env("RUSTFLAGS", "-D warnings").output().expect("cargo runs");
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    let document = document_crate(&folder).env("RUSTDOCFLAGS", "-D warnings").output().expect("cargo runs");
    assert!(document.status.success(), "{}", String::from_utf8_lossy(&document.stderr));
}

/// The handwritten functions and modules that a namespace could collide with.
fn taken_by_the_crate() -> BTreeSet<String> {
    let source = |path: &str| fs::read_to_string(root().join("suning-api/src").join(path)).expect("a source file");
    let begin = |text: &str, starts: &[&str]| {
        let names = text.lines().filter_map(|line| starts.iter().find_map(|start| line.trim().strip_prefix(start)));
        let name = |rest: &str| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().map(str::to_owned);
        names.filter_map(name).collect::<BTreeSet<_>>()
    };
    let mut taken = begin(&source("lib.rs"), &["pub mod ", "mod "]);
    for clients in ["client/mod.rs", "client/attempts.rs", "raw.rs", "blocking.rs"] {
        let text = source(clients);
        let methods = text.split("\nimpl ").filter(|block| block.starts_with("Client {"));
        let functions = ["pub fn ", "pub(crate) fn ", "pub async fn ", "pub(crate) async fn "];
        methods.for_each(|block| taken.extend(begin(block.split("\n}").next().unwrap_or_default(), &functions)));
    }
    taken
}

#[test]
fn a_namespace_takes_no_name_that_the_crate_has() {
    let taken = taken_by_the_crate();
    assert!(taken.contains("blocking") && taken.contains("with_retry") && taken.contains("raw"), "{taken:?}");
    let method = |name: &str| {
        let text = format!(
            "method: suning.{name}.thing.get\ntitle: 事\npage: https://example.invalid/\neffect: read\nnode: thing\n"
        );
        codegen::compile(&with_method(&format!("{name}/thing.get.yaml"), &text))
            .unwrap_or_else(|problems| panic!("{problems}"))
    };
    for name in taken.iter().filter(|name| !name.contains('_')) {
        assert_eq!(method(name).plan.namespaces[0].module, format!("{name}_"));
    }
}

#[test]
fn names_are_settled_the_same_way_every_time() {
    let plan = codegen::compile(&course()).expect("the course is right").plan;
    let mut names = String::new();
    for namespace in &plan.namespaces {
        names += &format!("{} -> {} {}\n", namespace.wire, namespace.module, namespace.handle);
        for method in &namespace.methods {
            names += &format!("  {} -> {} {}\n", method.spec.method, method.module, method.builder);
            for object in std::iter::once(&method.request)
                .chain(&method.request_objects)
                .chain(std::iter::once(&method.response))
                .chain(&method.response_objects)
            {
                names += &format!("    {}\n", object.name);
                for field in &object.fields {
                    names += &format!("      {} -> {}: {:?}\n", field.wire, field.name, field.kind);
                }
            }
            for code in &method.codes {
                names += &format!(
                    "    {} {:?}\n",
                    code.name,
                    code.variants.iter().map(|variant| &variant.name).collect::<Vec<_>>()
                );
            }
            for error in &method.errors.variants {
                names += &format!("    {} -> {} {:?}\n", error.code, error.name, error.part);
            }
        }
    }
    assert_snapshot!(names);
}
