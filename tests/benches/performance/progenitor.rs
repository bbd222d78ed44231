//! The same methods through progenitor, if `cargo progenitor` is installed: what it takes to generate and to check its crate.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use codegen::plan::{FieldType, ObjectPlan, Plan};
use serde_json::{Map, Value, json};

use crate::usage::usage;

/// Processor time and peak memory.
pub(crate) type Usage = (Duration, u64);

/// What generating the crate takes, and what checking it takes once its dependencies are built. `None` if it is not installed.
pub(crate) fn measure(plan: &Plan, folder: &Path) -> Option<[Usage; 2]> {
    let is_installed = Command::new(env!("CARGO")).args(["progenitor", "--help"]).output().ok()?.status.success();
    if !is_installed {
        return None;
    }
    fs::create_dir_all(folder).expect("a folder");
    let (document, generated) = (folder.join("openapi.json"), folder.join("generated"));
    fs::write(&document, openapi(plan).to_string()).expect("the document");
    let mut generate = Command::new(env!("CARGO"));
    generate.arg("progenitor").arg("--input").arg(&document).arg("--output").arg(&generated);
    // Builders, because ours has them.
    generate.args(["--name", "by-progenitor", "--version", "0.1.0", "--interface", "builder"]);
    let generation = usage(&mut generate);
    let manifest = generated.join("Cargo.toml");
    let text = fs::read_to_string(&manifest).expect("the manifest") + "\n[workspace]\n";
    fs::write(&manifest, text).expect("the manifest");
    let check = || {
        let mut command = Command::new(env!("CARGO"));
        command.arg("check").current_dir(&generated).env("CARGO_INCREMENTAL", "0");
        usage(command.env("CARGO_TARGET_DIR", folder.join("target")))
    };
    let code = generated.join("src/lib.rs");
    let whole = fs::read_to_string(&code).expect("the code");
    fs::write(&code, "").expect("the code");
    check(); // its dependencies, which are not what is measured
    fs::write(&code, whole).expect("the code");
    Some([generation, check()])
}

/// The methods as a document for progenitor, with an operation for each.
fn openapi(plan: &Plan) -> Value {
    let mut schemas = Map::new();
    let mut paths = Map::new();
    for (namespace, method) in plan.methods() {
        let prefix = format!("{}_{}", namespace.module.as_str(), method.module.as_str());
        let mut content = |part: &str, object: &ObjectPlan| {
            let name = schema(&mut schemas, &format!("{prefix}_{part}"), object);
            json!({ "application/json": { "schema": { "$ref": name } } })
        };
        let request = content("request", &method.request);
        let response = content("response", &method.response);
        let operation = json!({
            "operationId": prefix,
            "description": method.title(),
            "requestBody": { "required": true, "content": request },
            "responses": { "200": { "description": "a reply", "content": response } },
        });
        paths.insert(format!("/{}", method.method), json!({ "post": operation }));
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "methods", "version": "0.1.0" },
        "paths": paths,
        "components": { "schemas": schemas },
    })
}

/// Adds the schema of an object and of those inside it. Returns a reference to it.
fn schema(schemas: &mut Map<String, Value>, name: &str, object: &ObjectPlan) -> String {
    let mut properties = Map::new();
    for field in &object.fields {
        let kind = match &field.kind {
            FieldType::Integer => json!({ "type": "integer", "format": "int64" }),
            FieldType::Text | FieldType::Decimal | FieldType::DateTime => json!({ "type": "string" }),
            FieldType::Code(code) => {
                let codes: Vec<_> = code.variants.iter().map(|variant| &variant.code).collect();
                json!({ "type": "string", "enum": codes })
            }
            FieldType::Object(inner) => {
                json!({ "$ref": schema(schemas, &format!("{name}_{}", field.name.as_str()), inner) })
            }
        };
        let kind = if field.spec.list { json!({ "type": "array", "items": kind }) } else { kind };
        properties.insert(field.wire.clone(), kind);
    }
    let required: Vec<_> = object.fields.iter().filter(|field| field.spec.required).map(|field| &field.wire).collect();
    schemas.insert(name.to_owned(), json!({ "type": "object", "properties": properties, "required": required }));
    format!("#/components/schemas/{name}")
}
