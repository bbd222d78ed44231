//! Typed client for the Suning Open Platform (苏宁开放平台).
//!
//! | to | look at |
//! |---|---|
//! | call a method | [`Client`], and the module of its namespace |
//! | call a method that is not transcribed yet | [`raw`] |
//! | call without an async runtime | the module `blocking` |
//! | read all pages of a query, or a long span of time | [`paging`] |
//! | understand a failure | [`Error`], [`ApiError`], [`catalog::explain`] |
//! | know what is sent again, and change it | [`retry`] |
//! | understand a signature that is refused | [`sign::Explanation`] |
//! | see what is documented | [`catalog`] |
//! | hear what no document lists | [`undocumented`] |
//! | go through a proxy, or send requests yourself | [`transport`], [`request`], [`reply`] |
//! | act for merchants | [`token`], the module `oauth` |
//! | keep to a limit | the module `limit` |
//! | watch calls | the module `trace` |
//! | test without the platform | the module `mock` |
//!
//! Requests are built by named setters, and one that lacks a required parameter does not compile.
//! Fields of replies are optional, codes are enums that keep what they do not know, times are in
//! China Standard Time, amounts are exact decimals; what the documents do not describe is kept in
//! the `extra` of each model, and the reply as it came beside it.
//!
//! # Features
//! | feature | brings |
//! |---|---|
//! | `reqwest` (default) | the HTTP client, over TLS by rustls |
//! | `namespaces` (default) | all namespaces of the platform; name the ones you use to compile less |
//! | `blocking` | the module `blocking` |
//! | `gzip` | compressed replies |
//! | `limit` | the module `limit`: a limit on how fast an app calls |
//! | `mock` | the module `mock`: a gateway for tests |
//! | `oauth` | the module `oauth`: how merchants grant access tokens, and how they are refreshed |
//! | `tower` | any tower service as transport |
//! | `tracing` | the module `trace`: a span for each call and each attempt |

#![cfg_attr(docsrs, feature(doc_cfg))]
#![cfg_attr(
    not(feature = "namespaces"),
    allow(dead_code, unreachable_pub, reason = "a selection of namespaces may not use everything")
)]

#[cfg(feature = "blocking")]
pub mod blocking;
mod call;
pub mod client;
pub mod credentials;
pub mod error;
pub mod facts;
#[rustfmt::skip] // the generator formats it
#[allow(clippy::doc_markdown, unreachable_pub, reason = "descriptions are the documents' own words")]
mod generated;
#[cfg(feature = "mock")]
pub mod mock;
#[allow(unreachable_pub, reason = "in signatures of public items; the private module seals the traits")]
mod model;
#[cfg(feature = "oauth")]
pub mod oauth;
pub mod retry;
pub mod time;
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

pub use call::reply::{Envelope, Reply};
pub use call::request::Endpoint;
pub use call::{reply, request};
#[cfg(feature = "limit")]
pub use client::limit;
pub use client::{Call, Client, ClientBuilder, paging, raw};
pub use credentials::Credentials;
pub use error::{ApiError, CommonErrorCode, Error};
#[cfg(feature = "catalog")]
pub use facts::catalog;
pub use facts::undocumented;
pub use generated::methods;
pub use generated::platform::Head;
pub use model::WithSecrets;
pub use retry::RetryPolicy;
pub use wire::{Format, sign};

/// Compiles the examples of the README.
#[cfg(all(doctest, feature = "reqwest", feature = "namespaces"))]
#[doc = include_str!("../../README.md")]
struct Readme;
