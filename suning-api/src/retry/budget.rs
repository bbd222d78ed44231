//! What keeps retries from making an outage worse.

use std::sync::atomic::{AtomicU32, Ordering};

/// A retry costs as much as so many calls that succeed bring.
const COST: u32 = 10;

/// A store of retries that all calls of a client share.
#[derive(Debug)]
pub(crate) struct Budget {
    left: AtomicU32,
    full: u32,
}

impl Budget {
    pub(crate) fn new(retries: u32) -> Self {
        let full = retries.saturating_mul(COST);
        Self { left: AtomicU32::new(full), full }
    }

    /// Takes a retry; `false` when none is left.
    pub(crate) fn take(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(COST)).is_ok()
    }

    /// Notes a call that succeeded.
    pub(crate) fn put_back(&self) {
        if self.left.load(Ordering::Relaxed) < self.full {
            // Fails only when others have filled it meanwhile.
            let more = |left| (left < self.full).then_some(left + 1);
            let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_successes_bring_back_one_retry_and_no_more_than_there_were() {
        let budget = Budget::new(2);
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
        (0..9).for_each(|_| budget.put_back());
        assert!(!budget.take());
        budget.put_back();
        assert!(budget.take());
        (0..100).for_each(|_| budget.put_back());
        assert_eq!([budget.take(), budget.take(), budget.take()], [true, true, false]);
    }
}
