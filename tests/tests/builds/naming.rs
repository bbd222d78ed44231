//! An obstacle course of names: keywords, collisions, digits, odd casing, other scripts.
//!
//! The generated crate must compile without warnings.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use codegen::files::SpecFile;
use codegen::plan::FieldType;
use insta::assert_snapshot;
use tests::spec::{file, plan, platform, root, with_method};
use tests::workspace::{check_crate, document_crate, generate_crate};

fn course() -> Vec<SpecFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/naming");
    let mut files = vec![platform()];
    for entry in fs::read_dir(folder).expect("the course").flatten() {
        let text = fs::read_to_string(entry.path()).expect("a method");
        let name = text.lines().next().and_then(|line| line.strip_prefix("method: suning.")).expect("a name");
        files.push(file(&format!("{}.yaml", name.replacen('.', "/", 1)), &text));
    }
    assert_eq!(files.len(), 9);
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

/// The handwritten methods of the clients, which a namespace could collide with.
fn taken_by_the_clients() -> BTreeSet<String> {
    let mut taken = BTreeSet::new();
    for clients in ["client/mod.rs", "client/attempts.rs", "client/raw.rs", "blocking.rs"] {
        let text = fs::read_to_string(root().join("suning-api/src").join(clients)).expect("a source file");
        for block in text.split("\nimpl ").filter(|block| block.starts_with("Client {")) {
            let lines = block.split("\n}").next().unwrap_or_default().lines();
            let functions = lines.filter(|line| line.trim().starts_with("pub"));
            let names = functions.filter_map(|line| line.split_once("fn ")?.1.split(['(', '<']).next());
            taken.extend(names.map(str::to_owned));
        }
    }
    taken
}

#[test]
fn a_namespace_takes_no_name_that_a_client_has() {
    let taken = taken_by_the_clients();
    assert!(taken.contains("wait") && taken.contains("with_retry") && taken.contains("raw"), "{taken:?}");
    for name in taken.iter().filter(|name| !name.contains('_')) {
        let text = format!(
            "method: suning.{name}.thing.get\ntitle: 事\npage: https://example.invalid/\neffect: read\nnode: thing\n"
        );
        let plan = plan(&with_method(&format!("{name}/thing.get.yaml"), &text));
        assert_eq!(plan.namespaces[0].module.as_str(), format!("{name}_"));
    }
}

#[test]
fn names_are_deterministic() {
    let mut names = String::new();
    for namespace in plan(&course()).namespaces {
        names += &format!("{} -> {} {}\n", namespace.wire, namespace.module, namespace.handle);
        for method in &namespace.methods {
            names += &format!("  {} -> {} {}\n", method.method, method.module, method.builder);
            for table in [&method.request, &method.response] {
                for object in std::iter::once(table).chain(table.objects()) {
                    names += &format!("    {}\n", object.name);
                    for field in &object.fields {
                        names += &format!("      {} -> {}: {}\n", field.wire, field.name, kind(&field.kind));
                    }
                }
            }
            for code in method.codes() {
                let variants: Vec<_> = code.variants.iter().map(|variant| variant.name.to_string()).collect();
                names += &format!("    {} {variants:?}\n", code.name);
            }
            for error in &method.errors.variants {
                let part = error.part.as_ref().map(ToString::to_string);
                names += &format!("    {} -> {} {part:?}\n", error.code, error.name);
            }
        }
    }
    assert_snapshot!(names);
}

fn kind(kind: &FieldType) -> String {
    match kind {
        FieldType::Code(code) => format!("Code {}", code.name),
        FieldType::Object(object) => format!("Object {}", object.name),
        plain => format!("{plain:?}"),
    }
}
