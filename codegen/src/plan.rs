//! What will be generated, in Rust terms. Every name is final.

use serde_json::Value;

use crate::spec::{ErrorEntry, Fields, Method, Platform};

/// The whole crate.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// What all methods share.
    pub platform: PlatformPlan,
    /// The namespaces, by name.
    pub namespaces: Vec<NamespacePlan>,
}

/// What all methods share.
#[derive(Debug, Clone, PartialEq)]
pub struct PlatformPlan {
    /// The facts.
    pub spec: Platform,
    /// The head of a reply.
    pub head: ObjectPlan,
    /// The error in place of a result.
    pub error_body: ObjectPlan,
    /// The common error codes.
    pub errors: ErrorsPlan,
}

/// A namespace of the platform: a module, a Cargo feature and a handle.
#[derive(Debug, Clone, PartialEq)]
pub struct NamespacePlan {
    /// Name on the wire.
    pub wire: String,
    /// Name of the module, of the Cargo feature and of the method of the client.
    pub module: String,
    /// Name of the handle.
    pub handle: String,
    /// The methods, by name.
    pub methods: Vec<MethodPlan>,
}

/// A method: a module with its request, reply, codes and errors.
#[derive(Debug, Clone, PartialEq)]
pub struct MethodPlan {
    /// The facts.
    pub spec: Method,
    /// What the business node of the documented request holds, where there is an example.
    pub example: Option<Value>,
    /// Path of the spec file, for the header of the generated file.
    pub source: String,
    /// Name of the module and of the method of the handle.
    pub module: String,
    /// Name of the builder of the request.
    pub builder: String,
    /// The request.
    pub request: ObjectPlan,
    /// One object of the reply.
    pub response: ObjectPlan,
    /// Objects inside the request, each before the one that holds it.
    pub request_objects: Vec<ObjectPlan>,
    /// Objects inside the reply, each before the one that holds it.
    pub response_objects: Vec<ObjectPlan>,
    /// Enums of documented codes.
    pub codes: Vec<CodePlan>,
    /// Error codes.
    pub errors: ErrorsPlan,
    /// The span of time that rows are asked for, where the documents bound it.
    pub span: Option<SpanPlan>,
}

/// The span of time that the rows of a paged method are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpanPlan {
    /// Name of the field of the earlier time on the wire.
    pub from: String,
    /// Name of the field of the later time on the wire.
    pub to: String,
    /// Number of days that the span may have.
    pub days: u32,
}

/// A struct.
#[derive(Debug, Clone, PartialEq)]
pub struct ObjectPlan {
    /// Name of the type.
    pub name: String,
    /// What it is, in a sentence.
    pub summary: String,
    /// Its fields, in document order.
    pub fields: Vec<FieldPlan>,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPlan {
    /// Name on the wire.
    pub wire: String,
    /// Other spellings that are read.
    pub aliases: Vec<String>,
    /// Name of the field and of its setter.
    pub name: String,
    /// Name that types around it begin with.
    pub pascal: String,
    /// Type of one value.
    pub kind: FieldType,
    /// Whether it can occur more than once.
    pub list: bool,
    /// Whether a request needs it.
    pub required: bool,
    /// Whether it is never shown.
    pub secret: bool,
    /// Documented description.
    pub description: Option<String>,
    /// Documented sample.
    pub example: Option<String>,
    /// What an absent value means, where the documents say it.
    pub absent: Option<String>,
}

/// Type of one value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldType {
    /// `String`.
    Text,
    /// `i64`.
    Integer,
    /// `Decimal`.
    Decimal,
    /// `NaiveDateTime`.
    DateTime,
    /// An enum of documented codes.
    Code(String),
    /// A struct.
    Object(String),
}

/// An enum of documented codes.
#[derive(Debug, Clone, PartialEq)]
pub struct CodePlan {
    /// Name of the type.
    pub name: String,
    /// Name on the wire of the field it is for.
    pub wire: String,
    /// Documented description of the field.
    pub description: Option<String>,
    /// Its variants, in document order.
    pub variants: Vec<CodeVariant>,
    /// The meaning of an absent value, which is no variant.
    pub absent: Option<String>,
}

/// A documented code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodeVariant {
    /// Name of the variant.
    pub name: String,
    /// The code.
    pub code: String,
    /// Documented meaning.
    pub description: String,
}

/// An enum of error codes.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorsPlan {
    /// Name of the type.
    pub name: String,
    /// Its variants, in document order.
    pub variants: Vec<ErrorVariant>,
}

/// A documented error code.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorVariant {
    /// Name of the variant.
    pub name: String,
    /// The code as the table shows it.
    pub code: String,
    /// Name of the part that varies, where there is one.
    pub part: Option<String>,
    /// The facts.
    pub entry: ErrorEntry,
}

impl MethodPlan {
    /// The tables of request and reply with the enums their codes are read as.
    #[must_use]
    pub fn tables(&self) -> [(&Fields, &ObjectPlan, &[ObjectPlan]); 2] {
        [
            (&self.spec.request, &self.request, &self.request_objects),
            (&self.spec.response, &self.response, &self.response_objects),
        ]
    }
}
