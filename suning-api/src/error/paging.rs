//! Inconsistent pages.

use std::fmt;

/// How the pages of a result are inconsistent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The number of pages has changed: rows may have moved between pages unseen.
    TotalMoved {
        /// The page that reported it.
        page: i64,
        /// The number of pages in the first reply.
        first: i64,
        /// The number of pages in this reply.
        now: i64,
    },
    /// The number of rows has changed: some may have moved between pages unseen.
    SizeMoved {
        /// The page that reported it.
        page: i64,
        /// The number of rows in the first reply.
        first: i64,
        /// The number of rows in this reply.
        now: i64,
    },
    /// A page holds the same rows as the page before it.
    PageRepeated {
        /// The page.
        page: i64,
    },
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TotalMoved { page, first, now } => write!(
                f,
                "the result changed from {first} to {now} pages at page {page}; rows may be missing or repeated, so read it again"
            ),
            Self::SizeMoved { page, first, now } => write!(
                f,
                "the result changed from {first} to {now} rows at page {page}; rows may be missing or repeated, so read it again"
            ),
            Self::PageRepeated { page } => {
                write!(f, "page {page} repeats the page before it; rows may be missing, so read the result again")
            }
        }
    }
}

impl std::error::Error for PagingError {}
