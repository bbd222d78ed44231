//! Plan to source text: one emitter for each construct, then the formatter.

mod builder;
mod call;
mod code;
mod conformance;
pub(crate) mod docs;
mod error;
mod facts;
mod features;
mod method;
mod namespace;
mod object;
mod platform;
mod reference;
mod required;
mod root;
mod source;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;

pub use features::FeatureError;
pub use reference::whole as reference;

use crate::catalog;
use crate::files::Output;
use crate::plan::{MethodPlan, NamespacePlan, Plan};
use crate::schema;

/// Folder of the generated part of the crate.
const GENERATED: &str = "suning-api/src/generated";
/// Folder of the generated tests.
const TESTS: &str = "tests/tests/generated";
/// Folder of the pages with every method.
const REFERENCE: &str = "docs/methods";
/// Manifest with the feature list.
pub const MANIFEST: &str = "suning-api/Cargo.toml";

/// Emits everything that is generated; `manifest` is the current manifest.
///
/// # Errors
/// A manifest that is not valid or lacks its feature list.
pub fn emit(plan: &Plan, manifest: &str) -> Result<Output, FeatureError> {
    let folder = Path::new(GENERATED);
    let tests = Path::new(TESTS);
    let reference = Path::new(REFERENCE);
    let mut files = methods(plan);
    files.extend(schema::files());
    files.insert(reference.join("README.md"), reference::index(plan));
    files.insert(folder.join("mod.rs"), root::module());
    files.insert(folder.join("catalog.rs"), root::catalog(&plan.namespaces));
    files.insert(folder.join("common.rs"), platform::errors(&plan.platform));
    files.insert(folder.join("methods/mod.rs"), root::methods(&plan.namespaces));
    files.insert(folder.join("platform.rs"), platform::module(&plan.platform));
    files.insert(folder.join("required.rs"), required::module(plan));
    files.insert(tests.join("all.rs"), conformance::all(&plan.namespaces));
    let mut tested = Vec::new();
    for namespace in &plan.namespaces {
        let name = namespace.module.as_str();
        files.insert(folder.join(format!("methods/{name}/mod.rs")), namespace::module(namespace));
        files.insert(folder.join(format!("catalog/{name}.jsonl")), catalog::to_lines(namespace));
        files.insert(reference.join(format!("{name}.md")), reference::page(namespace));
        if let Some(text) = conformance::module(namespace) {
            files.insert(tests.join(format!("{name}.rs")), text);
            tested.push(namespace);
        }
    }
    files.insert(tests.join("mod.rs"), conformance::root(tested.into_iter()));
    files.insert(PathBuf::from(MANIFEST), features::update(manifest, &plan.namespaces)?);
    Ok(Output { files, folders: [folder, tests, reference].map(Path::to_owned).to_vec() })
}

/// The files of all methods, on all cores: formatting takes most of the time.
fn methods(plan: &Plan) -> BTreeMap<PathBuf, String> {
    let all: Vec<_> = plan.methods().collect();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let emit = |(namespace, method): &(&NamespacePlan, &MethodPlan)| {
        let path = format!("{GENERATED}/methods/{}/{}.rs", namespace.module.as_str(), method.module.as_str());
        (PathBuf::from(path), method::module(namespace, method))
    };
    thread::scope(|scope| {
        let share = all.len().div_ceil(workers).max(1);
        let threads: Vec<_> =
            all.chunks(share).map(|chunk| scope.spawn(move || chunk.iter().map(emit).collect::<Vec<_>>())).collect();
        threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}
