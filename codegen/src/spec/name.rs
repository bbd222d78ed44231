//! Wire names of methods.

use std::fmt;
use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A full method name: `suning.<namespace>.<rest>`, with one or more parts in the rest.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = r"^suning(\.[A-Za-z][A-Za-z0-9_-]*){2,}$"))]
pub struct MethodName(String);

impl MethodName {
    /// The name on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after `suning.`.
    #[must_use]
    pub fn namespace(&self) -> &str {
        self.parts().0
    }

    /// Everything after the namespace.
    #[must_use]
    pub fn rest(&self) -> &str {
        self.parts().1
    }

    /// Path of the spec file, relative to `spec/`.
    #[must_use]
    pub fn spec_path(&self) -> PathBuf {
        PathBuf::from(self.namespace()).join(format!("{}.yaml", self.rest()))
    }

    /// URL of the documentation page.
    #[must_use]
    pub fn page(&self) -> String {
        format!("https://open.suning.com/ospos/apipage/toApiMethodDetailMenuNew.do?interCode={self}")
    }

    fn parts(&self) -> (&str, &str) {
        let name = self.0.strip_prefix("suning.").unwrap_or(&self.0);
        name.split_once('.').unwrap_or((name, ""))
    }
}

impl TryFrom<String> for MethodName {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        let mut parts = name.split('.');
        let word = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_alphabetic())
                && part.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
        };
        if parts.next() == Some("suning") && parts.clone().count() >= 2 && parts.all(word) {
            Ok(Self(name))
        } else {
            Err(format!("`{name}` is not a method name; write `suning.<namespace>.<name>`"))
        }
    }
}

impl From<MethodName> for String {
    fn from(name: MethodName) -> Self {
        name.0
    }
}

impl fmt::Display for MethodName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
