//! The texts of the wire and the types they are read as.

use std::borrow::Cow;
use std::fmt;

use chrono::NaiveDateTime;
use rust_decimal::Decimal;

use crate::info::ValueInfo;
use crate::time;

/// A type that travels as one text.
pub trait Scalar: fmt::Debug + Send + Sync {
    /// Reads it; `None` when the text is something else.
    fn read(text: &str) -> Option<Self>
    where
        Self: Sized;

    /// The text to send.
    fn write(&self) -> Cow<'_, str>;
}

impl Scalar for String {
    fn read(text: &str) -> Option<Self> {
        Some(text.to_owned())
    }

    fn write(&self) -> Cow<'_, str> {
        Cow::Borrowed(self)
    }
}

impl Scalar for i64 {
    /// The gateway may add a fraction of zeros: `1.00000`.
    fn read(text: &str) -> Option<Self> {
        let (whole, fraction) = text.trim().split_once('.').unwrap_or((text.trim(), ""));
        if fraction.bytes().all(|digit| digit == b'0') { whole.parse().ok() } else { None }
    }

    fn write(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl Scalar for Decimal {
    fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, ""));
        // Digits that do not fit must not be rounded away.
        let exact = Self::from_str_exact(mantissa).ok()?;
        if exponent.is_empty() { Some(exact) } else { Self::from_scientific(text).ok() }
    }

    fn write(&self) -> Cow<'_, str> {
        Cow::Owned(self.to_string())
    }
}

impl Scalar for NaiveDateTime {
    fn read(text: &str) -> Option<Self> {
        time::parse(text.trim())
    }

    fn write(&self) -> Cow<'_, str> {
        Cow::Owned(time::format(*self))
    }
}

/// A documented code: an enum with a variant for each, and one that keeps any other text.
pub trait Code: fmt::Debug + Send + Sync {
    /// The documented codes with their meanings.
    const VALUES: &'static [ValueInfo];

    /// The variant of a code; codes that are not documented are kept as they came.
    fn from_code(code: &str) -> Self
    where
        Self: Sized;

    /// The code on the wire.
    fn as_code(&self) -> &str;

    /// What the documents say the code means.
    fn description(&self) -> Option<&'static str> {
        Self::VALUES.iter().find(|known| known.value == self.as_code()).map(|known| known.description)
    }
}

impl<T: Code> Scalar for T {
    fn read(text: &str) -> Option<Self> {
        Some(T::from_code(text))
    }

    fn write(&self) -> Cow<'_, str> {
        Cow::Borrowed(self.as_code())
    }
}
