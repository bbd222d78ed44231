//! All pages of a query, and the rows in them, as streams.
//!
//! A query returns its rows in pages. [`Pages`] reads one page after the other, up to the number of pages in the head of the
//! replies. [`Rows`] returns the rows of all pages. "No result" counts as a result without rows.
//!
//! ```no_run
//! # #[cfg(all(feature = "custom", feature = "http-client"))]
//! # async fn run(client: suning_api::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use suning_api::time::parse;
//!
//! let start = parse("2013-10-20 00:00:00").ok_or("no time")?;
//! let end = parse("2013-10-26 00:00:00").ok_or("no time")?;
//! let query = client.custom().batchrejected_query().start_time(start).end_time(end);
//! let mut returns = query.page_size(50).rows();
//! while let Some(row) = returns.try_next().await? {
//!     println!("{:?} {:?}", row.order_code, row.return_money);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Results that change while they are read
//! When a row leaves a result, the rows after it move up, and a reader that goes from page to page misses one of them. By
//! default, a stream therefore ends with an error when the number of pages or rows changes, or when a page repeats.
//!
//! | setting | then |
//! |---|---|
//! | [`last_page_first`](Rows::last_page_first) | rows may leave the result: none of the others is missed |
//! | [`rereads`](Rows::rereads) | after any other change, the result is read again, this often |
//! | [`distinct_by`](Rows::distinct_by) | a row is returned once, however often it is read |
//!
//! One change cannot be detected: a row leaves the result while another one joins it.
//!
//! # Time spans of any length
//! If the documents limit the time span of a query, `rows_between` splits a longer span into pieces of a day each. It reads the
//! last page of each piece first, reads a piece again up to five times if rows join it, and returns rows once. So it completes
//! in a busy shop as well. Let the span end in the past or present: no row joins such a span any more.
//!
//! To continue after a restart, store the [`position`](Rows::position), whole or not at all. It belongs to the span of the run that
//! was interrupted, and is of no use once the platform no longer answers for that span:
//!
//! ```no_run
//! # #[cfg(all(feature = "custom", feature = "http-client"))]
//! # async fn run(client: suning_api::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use std::time::SystemTime;
//!
//! use suning_api::chrono::TimeDelta;
//! use suning_api::paging::Position;
//! use suning_api::time::china_time;
//!
//! let now = china_time(SystemTime::now());
//! let query = client.custom().batchrejected_query().page_size(50);
//! let mut returns = query.rows_between(now - TimeDelta::days(60), now);
//! if let Ok(stored) = std::fs::read("returns.position") {
//!     returns = returns.continue_from(serde_json::from_slice::<Position>(&stored)?);
//! }
//! while let Some(row) = returns.try_next().await? {
//!     println!("store {:?}, replacing an older version", row.order_code);
//!     if let Some(position) = returns.position() {
//!         std::fs::write("returns.new", serde_json::to_vec(&position)?)?;
//!         std::fs::rename("returns.new", "returns.position")?;
//!     }
//! }
//! if std::fs::exists("returns.position")? {
//!     std::fs::remove_file("returns.position")?;
//! }
//! # Ok(())
//! # }
//! ```

mod distinct;
mod pages;
mod position;
mod rows;

use chrono::NaiveDateTime;

pub use self::pages::Pages;
pub use self::position::Position;
pub use self::rows::Rows;
use super::call::Callable;

/// A request for one page of a result.
pub trait Paged: Callable {
    /// The number of the page, counted from 1.
    fn page_mut(&mut self) -> &mut Option<i64>;
}

/// A request for the rows of a time span of limited length.
pub trait Spanning: Paged {
    /// Maximum length of the span, in days.
    const DAYS: u32;

    /// The start and the end of the time span.
    fn span_mut(&mut self) -> [&mut Option<NaiveDateTime>; 2];
}
