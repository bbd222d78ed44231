//! Typed client for the Suning Open Platform (苏宁开放平台).
//!
//! | to | look at |
//! |---|---|
//! | call a method | [`Client`] |
//! | find the request, reply and error codes of a method | [`methods`], one module per namespace and method |
//! | call a method that is not transcribed yet | [`raw`] |
//! | call without an async runtime | the module `blocking` |
//! | read all pages of a query, or a long time span | [`paging`] |
//! | handle errors | [`error`] |
//! | configure retries | [`retry`] |
//! | find out why a signature is refused | [`sign::Explanation`] |
//! | look up effects, rules and error codes in code | [`facts`] |
//! | look up titles, descriptions, examples, the meaning of any error code | the module `catalog` |
//! | get reports of undocumented fields and codes | [`undocumented`] |
//! | use a proxy or another HTTP client | [`transport`] |
//! | sign requests and decode replies without I/O | [`request`], [`reply`], [`sign`] |
//! | set and read credentials, times, undocumented values | [`credentials`], [`time`], [`value`] |
//! | act for merchants | [`token`], the module `oauth` |
//! | limit the rate of calls | the module `limit` |
//! | trace calls | the module `trace` |
//! | test without the platform | the module `mock` |
//!
//! Requests are built with named setters. A request without a required parameter does not compile. In replies, every field is
//! optional, codes are enums that keep unknown values, times are in China Standard Time, and amounts are exact decimals.
//! Undocumented content is kept in the `extra` of each object, and the reply itself, verbatim, in its [`Envelope`].
//!
//! # Features
//! | feature | adds |
//! |---|---|
//! | `reqwest` (default) | the default HTTP client, with TLS by rustls |
//! | `namespaces` (default) | all namespaces of the platform; to compile less, list the ones you use, such as `custom` |
//! | `blocking` | the module `blocking`: a client for programs without an async runtime |
//! | `catalog` | the module `catalog`: everything that is documented, as data |
//! | `gzip` | compressed replies |
//! | `limit` | the module `limit`: a rate limit for each app |
//! | `mock` | the module `mock`: a gateway for tests; turns on `catalog` |
//! | `oauth` | the module `oauth`: how merchants grant access, and token refresh |
//! | `tower` | any tower service as transport |
//! | `tracing` | the module `trace`: a span for each call and each attempt |

#![cfg_attr(docsrs, feature(doc_cfg))]

mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
pub mod client;
pub mod credentials;
pub mod error;
pub mod facts;
#[rustfmt::skip] // the generator formats it
#[allow(clippy::doc_markdown, unreachable_pub, reason = "descriptions are the documents' own words")]
mod generated;
#[cfg(feature = "limit")]
pub mod limit;
#[cfg(feature = "mock")]
pub mod mock;
#[allow(unreachable_pub, reason = "in signatures of public items; the private module seals the traits")]
mod model;
#[cfg(feature = "oauth")]
pub mod oauth;
pub mod paging;
pub mod raw;
pub mod reply;
pub mod request;
pub mod retry;
pub mod time;
mod timeout;
pub mod token;
#[cfg(feature = "tracing")]
pub mod trace;
#[cfg(not(feature = "tracing"))]
mod trace;
pub mod transport;
pub mod value;
mod wire;

pub use bytes;
pub use chrono;
pub use http;
pub use rust_decimal;

pub use client::{Call, Client, ClientBuilder};
pub use credentials::Credentials;
pub use error::{ApiError, CommonErrorCode, Error};
#[cfg(feature = "catalog")]
pub use facts::catalog;
pub use facts::undocumented;
pub use generated::methods;
pub use generated::platform::Head;
pub use model::WithSecrets;
pub use reply::{Envelope, Reply};
pub use request::Endpoint;
pub use retry::RetryPolicy;
pub use wire::{Format, sign};

/// Compiles the examples of the README files.
#[cfg(all(doctest, feature = "reqwest", feature = "namespaces", feature = "mock"))]
#[doc = include_str!("../../README.md")]
#[doc = include_str!("../../README.zh-CN.md")]
struct Readme;
