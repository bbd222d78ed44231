//! What the tables in the generated files become.
//!
//! Functions are `#[inline]`, so that a program contains those of the methods it calls, and compiles no others. Linkers would drop the
//! others, but keep their exception tables.

/// The fields of a struct, and its [table](super::Table).
///
/// ```text
/// model! { Card { card_code, card_flag, result } "\
/// cardCode\tsecret
/// cardFlag\t|cardflag
/// result\t=Y
/// " }
/// ```
macro_rules! model {
    ($model:ident { $($field:ident),* $(,)? } $table:literal) => {
        impl $crate::model::Model for $model {
            #[inline]
            fn view(&self, show: &mut dyn $crate::model::Show) {
                $crate::model::view(
                    show,
                    stringify!($model),
                    $table,
                    [$(&self.$field),*],
                    &self.extra,
                );
            }

            #[inline]
            fn lend(&mut self, fill: &mut dyn $crate::model::Fill) {
                $crate::model::lend(
                    fill,
                    $table,
                    [$(&mut self.$field),*],
                    &mut self.extra,
                );
            }
        }

        impl ::std::default::Default for $model {
            #[inline]
            fn default() -> Self {
                Self { $($field: $crate::model::Empty::EMPTY,)* extra: $crate::model::Empty::EMPTY }
            }
        }

        impl ::std::fmt::Debug for $model {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::model::debug_model(self, f)
            }
        }

        impl ::std::clone::Clone for $model {
            #[inline]
            fn clone(&self) -> Self {
                $crate::model::clone(self)
            }
        }

        impl ::std::cmp::PartialEq for $model {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::model::equal_models(self, other)
            }
        }

        $crate::model::serde_impls!($model);
    };
}
pub(crate) use model;

/// What the feature `serde` adds to a struct. As a `cfg` in `model!`, it would be parsed for each model without the feature too.
#[cfg(feature = "serde")]
macro_rules! serde_impls {
    ($model:ident) => {
        impl ::serde::Serialize for $model {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::model::serialize(self, serializer)
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $model {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::model::deserialize(deserializer)
            }
        }
    };
}
#[cfg(not(feature = "serde"))]
macro_rules! serde_impls {
    ($model:ident) => {};
}
pub(crate) use serde_impls;

/// The documented codes of a field: a line for each variant with its code and meaning.
macro_rules! code {
    ($code:ident { $($variant:ident = $wire:literal, $meaning:literal;)* }) => {
        impl $code {
            /// The code on the wire.
            #[must_use]
            #[inline]
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $wire,)*
                    Self::Other(code) => code,
                }
            }

            /// The documented meaning of the code; `None` for a code that no document lists.
            #[must_use]
            #[inline]
            pub fn meaning(&self) -> Option<&'static str> {
                match self {
                    $(Self::$variant => Some($meaning),)*
                    Self::Other(_) => None,
                }
            }
        }

        impl ::std::cmp::PartialEq for $code {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl ::std::cmp::Eq for $code {}

        impl ::std::hash::Hash for $code {
            fn hash<H: ::std::hash::Hasher>(&self, hasher: &mut H) {
                self.as_str().hash(hasher);
            }
        }

        impl ::std::convert::From<&str> for $code {
            #[inline]
            fn from(code: &str) -> Self {
                match code {
                    $($wire => Self::$variant,)*
                    _ => Self::Other(code.to_owned()),
                }
            }
        }

        impl ::std::str::FromStr for $code {
            type Err = ::std::convert::Infallible;

            #[inline]
            fn from_str(code: &str) -> Result<Self, Self::Err> {
                Ok(code.into())
            }
        }

        impl ::std::fmt::Display for $code {
            #[inline]
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl $crate::model::Element for $code {
            #[inline]
            fn parse(text: &str) -> Option<Self> {
                Some(text.into())
            }

            #[inline]
            fn show(&self) -> $crate::model::Shown<'_> {
                $crate::model::Shown::Text(self.as_str().into())
            }

            #[inline]
            fn undocumented_code(&self) -> Option<&str> {
                if let Self::Other(code) = self { Some(code) } else { None }
            }
        }

        #[cfg(feature = "serde")]
        impl ::serde::Serialize for $code {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        #[cfg(feature = "serde")]
        impl<'de> ::serde::Deserialize<'de> for $code {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let code = <::std::borrow::Cow<'de, str> as ::serde::Deserialize>::deserialize(deserializer)?;
                Ok(Self::from(&*code))
            }
        }
    };
}
pub(crate) use code;

/// What a call needs to know about its method, and which types it has.
///
/// The reply is `reply = Thing;` for one object, `rows = Row;` for a list, or `open = OpenReply;` if its fields are not documented. The
/// type of the errors is followed by the table of the codes that are the method's own.
macro_rules! request {
    ($request:ident {
        name = $name:literal ($effect:ident);
        node = $node:literal;
        $(reply = $reply:ident;)?
        $(rows = $row:ident;)?
        $(open = $open:ident;)?
        errors = $errors:ty $(, $codes:ident)?;
        builder = $builder:ident;
        $(rules = $rules:ident;)?
        $(page = $page:ident;)?
        $(span = ($from:ident, $to:ident, $days:literal);)?
    }) => {
        impl $crate::request::Request for $request {
            $(type Row = $reply; type Response = $reply;)?
            $(type Row = $row; type Response = Vec<$row>;)?
            $(type Row = $crate::reply::OpenObject; type Response = $open;)?
            type ErrorCode = $errors;

            const METHOD: $crate::facts::Method =
                $crate::facts::Method::new($name, $node, $crate::facts::Effect::$effect)
                    $(.with_rules($rules))?
                    $(.with_errors($codes))?;
        }

        impl $request {
            /// Starts a request.
            #[inline]
            pub fn builder() -> $builder {
                $builder($crate::model::Draft::new(()))
            }
        }

        $(impl $crate::paging::Paged for $request {
            #[inline]
            fn page_mut(&mut self) -> &mut Option<i64> {
                &mut self.$page
            }
        })?

        $(impl $crate::paging::Spanning for $request {
            const DAYS: u32 = $days;

            #[inline]
            fn span_mut(&mut self) -> [&mut Option<::chrono::NaiveDateTime>; 2] {
                [&mut self.$from, &mut self.$to]
            }
        })?
    };
}
pub(crate) use request;

/// The rules of a method that can be checked: a line for each with what it checks, its text, and the error code it leads to.
macro_rules! rules {
    ($rules:ident { $($check:ident($($argument:expr),*), $text:literal $(, $error:literal)?;)* }) => {
        static $rules: &[$crate::facts::RuleInfo] = &[$(
            $crate::facts::RuleInfo::new(
                $crate::facts::Check::$check($($argument),*),
                $text,
                $crate::model::optional!($($error)?),
            )
        ),*];
    };
}
pub(crate) use rules;

/// The error codes of a method: a line for each variant with its code, meaning and whatever else is documented.
///
/// ```text
/// errors! { ThingGetErrorCode {
///     MissingParameter(parameter) = "biz.thing.missing-parameter:*", "参数必填" { remedy "…" };
///     ServiceUnavailable = "isp.sys.service.unavailable", "服务不可用" { retry Later };
/// } }
/// ```
///
/// `table` makes only the data, for methods without an enum of their own; `common` is for the codes of all methods.
macro_rules! errors {
    (table $_:ident { $($variant:ident $(($part:ident))? = $code:literal $(, $message:literal)? $({ $($fact:tt)* })?;)* }) => {
        pub(crate) static ERRORS: &[$crate::facts::ErrorRow] =
            &[$($crate::model::errors!(@row $code, ($($message)?), $($($fact)*)?)),*];
    };
    (common $errors:ident { $($row:tt)* }) => {
        $crate::model::errors!(table $errors { $($row)* });
        $crate::model::errors!(@enum $errors { $($row)* },);
    };
    (@row $code:literal, ($($message:literal)?), $(remedy $remedy:literal)? $(also $also:literal $(/ $other:literal)?)*
        $(retry $retry:ident)? $(undocumented $undocumented:literal)?) => {(
        $code,
        $crate::model::optional!($($message)?),
        $crate::model::optional!($($remedy)?),
        &[$(($also, $crate::model::optional!($($other)?)),)*],
        $crate::model::errors!(@retry $($retry)?),
        true $(&& !$undocumented)?,
    )};
    (@part) => { "" };
    (@part $part:ident) => { $part };
    (@common $common:ident) => { $common };
    (@common $common:ident $fallback:ident) => { Self::$fallback($common) };
    (@retry) => { $crate::facts::Retry::Never };
    (@retry $retry:ident) => { $crate::facts::Retry::$retry };
    (@enum $errors:ident
        { $($variant:ident $(($part:ident))? = $code:literal $(, $message:literal)? $({ $($fact:tt)* })?;)* },
        $($fallback:ident)?) => {
        impl $errors {
            /// The documented codes. `*` and `?` stand for a variable part.
            $(#[doc(alias = $code)])*
            pub const CODES: &'static [&'static str] = &[$($code),*];
        }

        impl $crate::model::Sealed for $errors {}

        impl ::std::cmp::PartialEq for $errors {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                $crate::error::ErrorCode::key(self) == $crate::error::ErrorCode::key(other)
            }
        }

        impl ::std::cmp::Eq for $errors {}

        impl ::std::hash::Hash for $errors {
            fn hash<H: ::std::hash::Hasher>(&self, hasher: &mut H) {
                $crate::error::ErrorCode::key(self).hash(hasher);
            }
        }

        impl $crate::error::ErrorCode for $errors {
            #[inline]
            fn key(&self) -> (&str, &str) {
                match self {
                    $(Self::$variant $({ $part })? => ($code, $crate::model::errors!(@part $($part)?)),)*
                    $(Self::$fallback(common) => $crate::error::ErrorCode::key(common),)?
                    Self::Other(code) => (code, ""),
                }
            }

            #[inline]
            fn from_row(code: &str, _part: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$variant $({ $part: _part.to_owned() })?),)*
                    _ => None,
                }
            }

            #[inline]
            fn from_common(common: $crate::error::CommonErrorCode) -> Self {
                $crate::model::errors!(@common common $($fallback)?)
            }

            #[inline]
            fn other(code: String) -> Self {
                Self::Other(code)
            }
        }
    };
    ($errors:ident { $($row:tt)* }) => {
        $crate::model::errors!(table $errors { $($row)* });
        $crate::model::errors!(@enum $errors { $($row)* }, Common);
        impl $crate::error::MethodErrorCode for $errors {}
    };
}
pub(crate) use errors;

/// The topics of pushed messages: a line for each variant with its name on the wire.
macro_rules! topics {
    ($message:ident { $($variant:ident = $wire:literal;)* }) => {
        impl $message {
            /// Reads the content of a message. `None` if the topic is not documented, or if the content is not a JSON object.
            pub(crate) fn read(topic: &str, content: &str) -> Option<Self> {
                match topic {
                    $($wire => $crate::model::from_json(content).map(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}
#[cfg(feature = "push")]
pub(crate) use topics;

/// `Some` of a value, or `None`.
macro_rules! optional {
    () => {
        None
    };
    ($value:expr) => {
        Some($value)
    };
}
pub(crate) use optional;
