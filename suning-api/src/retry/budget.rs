//! A budget that stops retries from making an outage worse.

use std::sync::atomic::{AtomicU32, Ordering};

/// Number of answered calls that pay for one retry.
const COST: u32 = 10;

/// The retries that all calls of a client share.
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

    /// Pays for a retry. Returns `false` if the budget is empty.
    pub(crate) fn withdraw(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(COST)).is_ok()
    }

    /// Adds the share of an answered call.
    pub(crate) fn deposit(&self) {
        if self.left.load(Ordering::Relaxed) < self.full {
            // Fails only if other calls have filled the budget meanwhile.
            let more = |left| (left < self.full).then_some(left + 1);
            let _ = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, more);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_answered_calls_earn_one_retry_up_to_the_initial_number() {
        let budget = Budget::new(2);
        assert_eq!([budget.withdraw(), budget.withdraw(), budget.withdraw()], [true, true, false]);
        (0..9).for_each(|_| budget.deposit());
        assert!(!budget.withdraw());
        budget.deposit();
        assert!(budget.withdraw());
        (0..100).for_each(|_| budget.deposit());
        assert_eq!([budget.withdraw(), budget.withdraw(), budget.withdraw()], [true, true, false]);
    }
}
