//! Misspelt names of methods.

use std::fmt;

use crate::catalog;
use crate::catalog::explain::nearest;

/// There is no method of this name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownMethod {
    name: String,
}

impl UnknownMethod {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned() }
    }
}

impl fmt::Display for UnknownMethod {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "unknown method `{}`", self.name)?;
        let names = catalog::methods().map(|method| method.name);
        if let Some(name) = nearest(&self.name, names).first() {
            write!(f, ", did you mean `{name}`?")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnknownMethod {}
