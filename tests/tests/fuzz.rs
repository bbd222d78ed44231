//! Each fuzz target, on what it starts from and for about a second. The inputs are the same in each run.

use std::fs;

use tests::fuzz::{Budget, TARGETS, run};
use tests::spec::root;

#[test]
fn no_target_finds_anything_in_a_short_time() {
    let found = std::thread::scope(|scope| {
        let threads = TARGETS
            .iter()
            .map(|target| scope.spawn(move || (target.name, run(target, 1, Budget::Executions(target.short), |_| ()))));
        let threads: Vec<_> = threads.collect();
        threads.into_iter().map(|thread| thread.join().expect("a summary")).collect::<Vec<_>>()
    });
    for (name, summary) in found {
        println!("{name}: {} executions, {} kept", summary.executions, summary.kept);
        let wrong = summary.found.map(|found| (found.reason, String::from_utf8_lossy(&found.input).into_owned()));
        assert_eq!(wrong, None, "{name}");
        assert!(summary.kept > 1, "{name} tells no outcomes apart");
    }
}

#[test]
fn cargo_fuzz_has_the_same_targets() {
    let manifest = fs::read_to_string(root().join("tests/fuzz/Cargo.toml")).expect("a manifest");
    for target in TARGETS {
        let name = target.name;
        let path = format!("fuzz_targets/{name}.rs");
        assert!(manifest.contains(&format!("name = \"{name}\"\npath = \"{path}\"\n")), "{name}");
        let text = fs::read_to_string(root().join("tests/fuzz").join(path)).expect("a target");
        assert!(text.contains(&format!("(\"{name}\")")), "{name}");
    }
    assert_eq!(manifest.matches("[[bin]]").count(), TARGETS.len());
}
