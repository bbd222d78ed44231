//! Which messages were seen: those in the program, and those acknowledged lately.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Number of acknowledged messages that are remembered.
const REMEMBERED: usize = 10_000;

/// The user and the id of a message. Two users may have messages with the same id.
pub(super) type Key = Arc<(String, String)>;

/// A [`State`] that the task and the deliveries share.
#[derive(Debug, Clone, Default)]
pub(super) struct Window(Arc<Mutex<State>>);

#[derive(Debug, Default)]
struct State {
    open: HashSet<Key>,
    acknowledged: HashSet<Key>,
    /// The acknowledged messages, oldest first.
    order: VecDeque<Key>,
}

/// What is known of a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    Never,
    /// The program has it.
    Open,
    /// The program has acknowledged it.
    Acknowledged,
}

impl Window {
    pub(super) fn seen(&self, key: &Key) -> Seen {
        let state = self.state();
        match (state.open.contains(key), state.acknowledged.contains(key)) {
            (_, true) => Seen::Acknowledged,
            (true, false) => Seen::Open,
            (false, false) => Seen::Never,
        }
    }

    /// The program gets a message.
    pub(super) fn open(&self, key: Key) {
        self.state().open.insert(key);
    }

    /// The program has acknowledged a message.
    pub(super) fn acknowledge(&self, key: &Key) {
        let mut state = self.state();
        if state.acknowledged.insert(Arc::clone(key)) {
            state.order.push_back(Arc::clone(key));
        }
        if state.order.len() > REMEMBERED
            && let Some(oldest) = state.order.pop_front()
        {
            state.acknowledged.remove(&oldest);
        }
    }

    /// The program no longer has a message.
    pub(super) fn release(&self, key: &Key) {
        self.state().open.remove(key);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: usize) -> Key {
        Arc::new(("user".to_owned(), id.to_string()))
    }

    #[test]
    fn a_message_is_new_again_after_it_was_dropped_without_acknowledgement() {
        let window = Window::default();
        window.open(key(1));
        assert_eq!(window.seen(&key(1)), Seen::Open);
        window.release(&key(1));
        assert_eq!(window.seen(&key(1)), Seen::Never);
    }

    #[test]
    fn a_limited_number_of_acknowledged_messages_is_remembered() {
        let window = Window::default();
        (0..=REMEMBERED).for_each(|id| window.acknowledge(&key(id)));
        assert_eq!((window.seen(&key(0)), window.seen(&key(1))), (Seen::Never, Seen::Acknowledged));
        assert_eq!(window.state().acknowledged.len(), REMEMBERED);
    }
}
