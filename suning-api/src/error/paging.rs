//! Pages that do not fit together.

use std::fmt;

/// How the pages of a result do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The number of pages has changed: rows may have moved from page to page unseen.
    TotalMoved {
        /// The page that told.
        page: i64,
        /// The number of pages the first reply told.
        first: i64,
        /// The number of pages this reply tells.
        now: i64,
    },
    /// The number of rows has changed: some may have moved from page to page unseen.
    SizeMoved {
        /// The page that told.
        page: i64,
        /// The number of rows the first reply told.
        first: i64,
        /// The number of rows this reply tells.
        now: i64,
    },
    /// A page holds the very rows of the page before it.
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
                "the result went from {first} to {now} pages at page {page}, so rows may be missing or double; read it again"
            ),
            Self::SizeMoved { page, first, now } => write!(
                f,
                "the result went from {first} to {now} rows at page {page}, so rows may be missing or double; read it again"
            ),
            Self::PageRepeated { page } => {
                write!(f, "page {page} holds the rows of the page before it, so rows may be missing; read it again")
            }
        }
    }
}

impl std::error::Error for PagingError {}
