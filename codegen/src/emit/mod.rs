//! Plan to source text: one emitter for each construct, then the formatter.

mod builder;
mod cache;
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
mod topic;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use cache::Cache;
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
/// The page with every topic.
const TOPICS: &str = "docs/topics.md";
/// Manifest with the feature list.
pub const MANIFEST: &str = "suning-api/Cargo.toml";

/// Emits everything that is generated; `manifest` is the current manifest.
///
/// # Errors
/// A manifest that is not valid or lacks its feature list.
pub fn emit(plan: &Plan, manifest: &str) -> Result<Output, FeatureError> {
    emit_with(plan, manifest, &Cache::default())
}

/// The same, with what a cache still has.
///
/// # Errors
/// A manifest that is not valid or lacks its feature list.
pub fn emit_with(plan: &Plan, manifest: &str, cache: &Cache) -> Result<Output, FeatureError> {
    let [folder, tests, reference] = [GENERATED, TESTS, REFERENCE].map(Path::new);
    let mut files = texts(&jobs(plan), cache);
    files.extend(schema::files());
    files.insert(reference.join("README.md"), reference::index(plan));
    files.insert(folder.join("mod.rs"), root::module());
    files.insert(folder.join("catalog.rs"), root::catalog(&plan.namespaces));
    files.insert(folder.join("common.rs"), platform::errors(&plan.platform));
    files.insert(folder.join("methods/mod.rs"), root::methods(&plan.namespaces));
    files.insert(folder.join("platform.rs"), platform::module(&plan.platform));
    files.insert(folder.join("required.rs"), required::module(plan));
    files.insert(folder.join("topics/mod.rs"), topic::root(&plan.topics));
    for topic in &plan.topics {
        files.insert(folder.join(format!("topics/{}.rs", topic.module.as_str())), topic::module(topic));
    }
    files.insert(PathBuf::from(TOPICS), reference::topics(&plan.topics));
    files.insert(tests.join("all.rs"), conformance::all(&plan.namespaces));
    let documented = || plan.namespaces.iter().filter(|namespace| conformance::documented(namespace).next().is_some());
    for namespace in documented() {
        files.insert(tests.join(format!("{}.rs", namespace.module.as_str())), conformance::module(namespace));
    }
    files.insert(tests.join("mod.rs"), conformance::root(documented()));
    files.insert(PathBuf::from(MANIFEST), features::update(manifest, &plan.namespaces)?);
    Ok(Output { files, folders: [folder, tests, reference].map(Path::to_owned).to_vec() })
}

/// A generated file that depends on one method or one namespace, and on the platform.
struct Job<'a> {
    path: PathBuf,
    namespace: &'a NamespacePlan,
    make: Make<'a>,
}

enum Make<'a> {
    Method(&'a MethodPlan),
    Namespace(fn(&NamespacePlan) -> String),
}

fn jobs(plan: &Plan) -> Vec<Job<'_>> {
    let mut jobs = Vec::new();
    for namespace in &plan.namespaces {
        let name = namespace.module.as_str();
        let mut add = |path: String, make| jobs.push(Job { path: PathBuf::from(path), namespace, make });
        add(format!("{GENERATED}/methods/{name}/mod.rs"), Make::Namespace(namespace::module));
        add(format!("{GENERATED}/catalog/{name}.jsonl"), Make::Namespace(catalog::to_lines));
        add(format!("{REFERENCE}/{name}.md"), Make::Namespace(reference::page));
        for method in &namespace.methods {
            add(format!("{GENERATED}/methods/{name}/{}.rs", method.module.as_str()), Make::Method(method));
        }
    }
    jobs
}

/// Does all jobs on all cores: formatting takes most of the time.
fn texts(jobs: &[Job<'_>], cache: &Cache) -> BTreeMap<PathBuf, String> {
    let texts = jobs.par_iter().map(|Job { path, namespace, make }| {
        let text = match make {
            Make::Method(method) => {
                let inputs = std::iter::once(method.method.spec_path());
                cache.text(path, inputs, || method::module(namespace, method))
            }
            Make::Namespace(make) => {
                let inputs = namespace.methods.iter().map(|method| method.method.spec_path());
                cache.text(path, inputs, || make(namespace))
            }
        };
        (path.clone(), text)
    });
    texts.collect()
}
