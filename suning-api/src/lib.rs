#![cfg_attr(all(feature = "full", feature = "http-client", feature = "mock"), doc = include_str!("../README.md"))]
//!
//! # Find what you need
//! [中文简介](zh_cn)
//!
//! | to | see |
//! |---|---|
//! | find a method and its types | [`methods`] |
//! | call a method that has no types yet | [`raw`] |
//! | read a reply whose fields are not documented | [`OpenReply`](reply::OpenReply), [`Value::decode`](value::Value::decode) |
//! | treat "no result" as `None` | [`error::Optional`] |
//! | convert times from and to UTC | [`time`] |
//! | send a parameter that is not documented | [`Call::parameter`], [`Client::with_parameter`] |
//! | call without an async runtime | the module [`blocking`](blocking/index.html) |
//! | read all pages of a query, or a long time span | [`paging`] |
//! | understand a failure | [`Error`], [`ApiError`], [`error`] |
//! | know what is retried, and change it | [`retry`] |
//! | find out why a signature is rejected | [`sign::Explanation`] |
//! | look up what is documented | the module [`catalog`](catalog/index.html) |
//! | learn about undocumented fields and codes | [`undocumented`] |
//! | use a proxy, or send requests yourself | [`transport`], [`request`], [`reply`] |
//! | act for merchants | [`token`], the module [`oauth`](oauth/index.html) |
//! | receive pushed messages | the module [`push`](push/index.html) |
//! | limit the rate of calls | the module [`limit`](limit/index.html) |
//! | watch calls | the module [`trace`](trace/index.html) |
//! | make replies and errors for a unit test | [`reply`](reply#for-unit-tests) |
//! | test without the platform | the module [`mock`](mock/index.html) |
//!
//! # Features
//! | feature | adds |
//! |---|---|
//! | `http-client` (default) | the HTTP client, with TLS by rustls |
//! | `custom`, `selfmarket`, … | the methods of a namespace; see [`methods`] |
//! | `full` | all namespaces, which takes much longer to compile |
//! | `blocking` | the module [`blocking`](blocking/index.html) |
//! | `catalog` | the module [`catalog`](catalog/index.html): titles, descriptions, samples and examples of all methods |
//! | `gzip` | compressed replies |
//! | `limit` | the module [`limit`](limit/index.html): a rate limit for each app |
//! | `mock` | the module [`mock`](mock/index.html): a gateway for tests |
//! | `oauth` | the module [`oauth`](oauth/index.html): how merchants grant access tokens, and how they are refreshed |
//! | `push` | the module [`push`](push/index.html): messages that the platform pushes |
//! | `reqwest` | a `reqwest::Client` as transport |
//! | `serde` | `Serialize` and `Deserialize` for requests and replies |
//! | `tower` | any tower service as transport |
//! | `tracing` | the module [`trace`](trace/index.html): a span for each call and each attempt, and events for retries and failures |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "full"),
    allow(dead_code, unreachable_pub, reason = "a selection of namespaces may not use everything")
)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
#[cfg(feature = "catalog")]
pub mod catalog;
mod client;
pub mod credentials;
pub mod error;
pub mod facts;
#[rustfmt::skip] // the generator formats it
#[allow(clippy::doc_markdown, unreachable_pub, reason = "descriptions are the documents' own words")]
#[allow(clippy::type_complexity, reason = "a builder has a type parameter for each required parameter")]
#[allow(non_camel_case_types, reason = "the type of a parameter that is missing has its name")]
mod generated;
#[cfg(feature = "mock")]
pub mod mock;
#[allow(unreachable_pub, reason = "in signatures of public items; the private module seals the traits")]
mod model;
#[cfg(feature = "oauth")]
pub mod oauth;
#[cfg(feature = "push")]
pub mod push;
pub mod retry;
pub mod time;
mod timer;
pub mod token;
#[cfg(feature = "tracing")]
pub mod trace;
#[cfg(not(feature = "tracing"))]
mod trace;
pub mod transport;
pub mod undocumented;
pub mod value;
mod wire;

pub use bytes;
pub use chrono;
pub use http;
pub use rust_decimal;

pub use call::reply::{Envelope, Reply};
pub use call::request::Endpoint;
pub use call::{reply, request};
#[cfg(feature = "limit")]
pub use client::limit;
pub use client::{Call, Client, ClientBuilder, paging, raw};
pub use credentials::Credentials;
pub use error::{ApiError, CommonErrorCode, Error};
pub use generated::methods;
pub use generated::platform::Head;
pub use generated::required;
pub use model::WithSecrets;
pub use retry::RetryPolicy;
pub use wire::{Format, sign};

/// 中文简介。
///
#[cfg(doc)]
#[cfg_attr(all(feature = "full", feature = "http-client", feature = "mock"), doc = include_str!("../README.zh-CN.md"))]
pub mod zh_cn {}

/// Compiles the examples of the READMEs.
#[cfg(all(doctest, feature = "full", feature = "http-client", feature = "mock", feature = "push"))]
mod readme {
    #[doc = include_str!("../../README.md")]
    struct English;
    #[doc = include_str!("../../README.zh-CN.md")]
    struct Chinese;
}
