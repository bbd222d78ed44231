//! What will be generated, in Rust terms. Every name is final, and every fact of the spec is here once.

use std::fmt;
use std::sync::Arc;

use indexmap::IndexMap;
use serde_json::Value;

use crate::spec::{
    Effect, ErrorEntry, Evidence, Example, Field, MethodName, Paging, Platform, Quirk, Rule, TopicName, ValueEntry,
};
use crate::yaml::Source;

/// The whole crate.
#[derive(Debug)]
pub struct Plan {
    /// What all methods share.
    pub platform: PlatformPlan,
    /// The namespaces, by name.
    pub namespaces: Vec<NamespacePlan>,
    /// The topics of pushed messages, by name.
    pub topics: Vec<TopicPlan>,
}

impl Plan {
    /// All methods, each with its namespace.
    pub fn methods(&self) -> impl Iterator<Item = (&NamespacePlan, &MethodPlan)> {
        let in_namespace = |namespace| move |method| (namespace, method);
        self.namespaces.iter().flat_map(move |namespace| namespace.methods.iter().map(in_namespace(namespace)))
    }
}

/// What all methods share.
#[derive(Debug)]
pub struct PlatformPlan {
    /// The facts; the tables and errors below are moved out of it.
    pub spec: Platform,
    /// The parsed file.
    pub source: Source,
    /// The head of a reply.
    pub head: ObjectPlan,
    /// The error in place of a result.
    pub error_body: ObjectPlan,
    /// The common error codes.
    pub errors: ErrorsPlan,
}

/// A namespace of the platform: a module, a Cargo feature and a handle.
#[derive(Debug)]
pub struct NamespacePlan {
    /// Name on the wire.
    pub wire: String,
    /// Name of the module, of the Cargo feature and of the method of the client.
    pub module: RustName,
    /// Name of the handle.
    pub handle: RustName,
    /// The methods, by name.
    pub methods: Vec<MethodPlan>,
}

/// A method: a module with its request, reply, codes and errors.
#[derive(Debug)]
pub struct MethodPlan {
    /// The parsed file.
    pub source: Source,
    /// Full wire name.
    pub method: MethodName,
    /// Title of the documentation page, if known.
    pub title: Option<String>,
    /// Address of the documentation page.
    pub page: String,
    /// What the facts come from.
    pub evidence: Evidence,
    /// Names of the SDKs and pages that an imported inventory was made from.
    pub sources: Vec<String>,
    /// Whether the method changes anything.
    pub effect: Effect,
    /// Whether the effect was derived from the name.
    pub effect_derived: bool,
    /// Business node of request and reply.
    pub node: String,
    /// Name of the module and of the method of the handle.
    pub module: RustName,
    /// Name of the builder of the request.
    pub builder: RustName,
    /// The request.
    pub request: ObjectPlan,
    /// What a valid request must satisfy beyond the tables.
    pub rules: Vec<Rule>,
    /// One object of the reply.
    pub response: ObjectPlan,
    /// Whether the business node of a reply repeats, one for each row.
    pub response_list: bool,
    /// How the reply comes in pages, where it does.
    pub paging: Option<Paging>,
    /// Which reply fields have which values if the call succeeded.
    pub success: IndexMap<String, String>,
    /// Whether more reply fields are documented than listed.
    pub response_partial: bool,
    /// The span of time that rows are asked for, where the documents bound it.
    pub span: Option<SpanPlan>,
    /// Error codes.
    pub errors: ErrorsPlan,
    /// Contradictions of the page.
    pub quirks: Vec<Quirk>,
    /// Examples of the page.
    pub examples: ExamplesPlan,
}

/// A topic of pushed messages: a module with its struct, and a variant of the enum of all topics.
#[derive(Debug)]
pub struct TopicPlan {
    /// The parsed file.
    pub source: Source,
    /// Name on the wire.
    pub topic: TopicName,
    /// Title of the documentation page, if known.
    pub title: Option<String>,
    /// What the facts come from.
    pub evidence: Evidence,
    /// Names of the SDKs that the facts come from.
    pub sources: Vec<String>,
    /// Name of the module.
    pub module: RustName,
    /// The struct of a message; the variant has its name.
    pub object: ObjectPlan,
    /// Content of a message, as JSON.
    pub example: Option<String>,
}

/// The documented examples of a method: their texts, and what the business node holds, parsed once.
#[derive(Debug, PartialEq)]
pub struct ExamplesPlan {
    /// A request.
    pub request: Example,
    /// A successful reply.
    pub response: Example,
    /// A failed reply.
    pub error: Example,
    /// What the business node of the documented request holds, where there is an example.
    pub request_node: Option<Value>,
}

impl ExamplesPlan {
    /// Whether the page has any.
    #[must_use]
    pub fn is_documented(&self) -> bool {
        [&self.request, &self.response, &self.error].iter().any(|example| !example.is_empty())
    }
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
    pub name: RustName,
    /// What it is, in a sentence.
    pub summary: String,
    /// Its fields, in document order.
    pub fields: Vec<FieldPlan>,
}

/// A field of a struct.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldPlan {
    /// The facts; `values` have moved into `kind` and `absent`, `fields` into `kind`.
    pub spec: Field,
    /// Name on the wire.
    pub wire: String,
    /// Other spellings that are read.
    pub aliases: Vec<String>,
    /// Name of the field and of its setter.
    pub name: RustName,
    /// Type of one value.
    pub kind: FieldType,
    /// Whether it is personal data, by itself or by the list of the platform.
    pub personal: bool,
    /// The value that means success, in a reply that can report a failure.
    pub success: Option<String>,
    /// What an absent value means, where the documents say it.
    pub absent: Option<ValueEntry>,
}

/// Type of one value.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldType {
    /// `String`.
    Text,
    /// `i64`.
    Integer,
    /// `Decimal`.
    Decimal,
    /// `NaiveDateTime`.
    DateTime,
    /// An enum of documented codes; fields of one method with the same codes share it.
    Code(Arc<CodePlan>),
    /// A struct.
    Object(Box<ObjectPlan>),
}

impl ObjectPlan {
    /// The objects inside, each before the one that holds it.
    #[must_use]
    pub fn objects(&self) -> Vec<&ObjectPlan> {
        let mut found = Vec::new();
        for field in &self.fields {
            if let FieldType::Object(object) = &field.kind {
                found.extend(object.objects());
                found.push(object);
            }
        }
        found
    }

    fn codes(&self) -> impl Iterator<Item = &Arc<CodePlan>> {
        let objects = self.objects().into_iter().chain([self]);
        objects.flat_map(|object| &object.fields).filter_map(|field| match &field.kind {
            FieldType::Code(code) => Some(code),
            _ => None,
        })
    }

    /// Whether it can be built without setting anything.
    #[must_use]
    pub fn has_required_fields(&self) -> bool {
        self.fields.iter().any(|field| field.spec.required)
    }
}

impl MethodPlan {
    /// The title of the page, or the wire name if the title is not known.
    #[must_use]
    pub fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(self.method.as_str())
    }

    /// Whether the reply is a list of rows. One that is not known is, if it comes in pages.
    #[must_use]
    pub fn has_rows(&self) -> bool {
        self.response_list || (!self.is_reply_known() && self.paging.is_some())
    }

    /// Whether the fields of the reply are known.
    #[must_use]
    pub fn is_reply_known(&self) -> bool {
        !self.response.fields.is_empty()
    }

    /// The enums of documented codes, each once.
    #[must_use]
    pub fn codes(&self) -> Vec<&CodePlan> {
        distinct(self.request.codes().chain(self.response.codes()))
    }
}

impl TopicPlan {
    /// The enums of documented codes, each once.
    #[must_use]
    pub fn codes(&self) -> Vec<&CodePlan> {
        distinct(self.object.codes())
    }
}

fn distinct<'a>(codes: impl Iterator<Item = &'a Arc<CodePlan>>) -> Vec<&'a CodePlan> {
    let mut found: Vec<&CodePlan> = Vec::new();
    for code in codes {
        if !found.iter().any(|known| known.name == code.name) {
            found.push(code);
        }
    }
    found
}

impl FieldType {
    /// Whether two types differ in their names in Rust at most.
    #[must_use]
    pub fn has_same_facts(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Code(one), Self::Code(other)) => one.variants == other.variants,
            (Self::Object(one), Self::Object(other)) => one.fields == other.fields,
            _ => self == other,
        }
    }
}

/// An enum of documented codes.
#[derive(Debug, Clone, PartialEq)]
pub struct CodePlan {
    /// Name of the type.
    pub name: RustName,
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
    pub name: RustName,
    /// The code.
    pub code: String,
    /// Documented meaning.
    pub description: String,
}

/// An enum of error codes.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorsPlan {
    /// Name of the type.
    pub name: RustName,
    /// Its variants, in document order.
    pub variants: Vec<ErrorVariant>,
}

impl ErrorsPlan {
    /// Codes that nearly every method has, by how they end.
    const STANDARD: [&str; 4] =
        [".missing-parameter:*", ".format-error:*", ".length-overlong:*", ".data-get:no-result"];

    /// Whether it has other codes than those that nearly every method has.
    #[must_use]
    pub fn has_own_codes(&self) -> bool {
        self.variants.iter().any(|variant| !Self::STANDARD.iter().any(|standard| variant.code.ends_with(standard)))
    }
}

impl ErrorsPlan {
    /// Whether there is anything to look up at run time: `StandardErrorCode` knows the codes that nearly every method has.
    #[must_use]
    pub fn has_table(&self) -> bool {
        self.has_own_codes() || self.variants.iter().any(|variant| variant.entry != ErrorEntry::default())
    }
}

/// A documented error code.
#[derive(Debug, Clone, PartialEq)]
pub struct ErrorVariant {
    /// Name of the variant.
    pub name: RustName,
    /// The code as the table shows it.
    pub code: String,
    /// Name of the part that varies, where there is one.
    pub part: Option<RustName>,
    /// The facts.
    pub entry: ErrorEntry,
}

/// A name in Rust: raw (`r#type`) where it is a keyword.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct RustName {
    text: String,
    raw: bool,
}

impl RustName {
    /// A name that is no keyword.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into(), raw: false }
    }

    /// A keyword, which Rust takes as a name when it is raw.
    #[must_use]
    pub fn raw(text: impl Into<String>) -> Self {
        Self { text: text.into(), raw: true }
    }

    /// The name without `r#`, as messages and documentation show it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// The name as source text has it.
impl fmt::Display for RustName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.raw { "r#" } else { "" })?;
        f.write_str(&self.text)
    }
}

impl quote::ToTokens for RustName {
    fn to_tokens(&self, tokens: &mut proc_macro2::TokenStream) {
        let make = if self.raw { proc_macro2::Ident::new_raw } else { proc_macro2::Ident::new };
        quote::TokenStreamExt::append(tokens, make(&self.text, proc_macro2::Span::call_site()));
    }
}
