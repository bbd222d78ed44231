//! What the gateway pushes, until it is acknowledged.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio_tungstenite::tungstenite::Message;

use super::PushFault;

/// The messages of all apps, and what happens to their connections.
pub(in crate::mock) struct Queue {
    state: Mutex<State>,
    /// Notifies connections of new items.
    pub(super) grown: watch::Sender<()>,
    /// Ends all connections.
    pub(super) cut: watch::Sender<()>,
}

pub(super) struct State {
    /// By number.
    items: BTreeMap<u64, Item>,
    last: u64,
    pub(super) acknowledged: Vec<String>,
    pub(super) faults: VecDeque<PushFault>,
    pub(super) redeliver_after: Duration,
    pub(super) on_acknowledged: Arc<dyn Fn(&str) + Send + Sync>,
}

struct Item {
    /// The id of a message that is to be acknowledged. Without one, the frame is sent once.
    id: Option<String>,
    frame: Message,
}

impl Default for Queue {
    fn default() -> Self {
        let state = State {
            items: BTreeMap::new(),
            last: 0,
            acknowledged: Vec::new(),
            faults: VecDeque::new(),
            redeliver_after: Duration::from_secs(30),
            on_acknowledged: Arc::new(|_| {}),
        };
        Self { state: Mutex::new(state), grown: watch::Sender::new(()), cut: watch::Sender::new(()) }
    }
}

impl Queue {
    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Adds a message, which is made from its id.
    pub(super) fn push(&self, frame: impl FnOnce(&str) -> Message) -> String {
        let mut pushed = String::new();
        self.add(|number| {
            pushed = format!("mock-message-{number}");
            Item { frame: frame(&pushed), id: Some(pushed.clone()) }
        });
        pushed
    }

    /// Adds a frame that is sent once.
    pub(super) fn push_once(&self, frame: Message) {
        self.add(|_| Item { id: None, frame });
    }

    fn add(&self, item: impl FnOnce(u64) -> Item) {
        let mut state = self.state();
        state.last += 1;
        let number = state.last;
        state.items.insert(number, item(number));
        drop(state);
        self.grown.send_replace(());
    }

    /// The first frame after a number, and its own number.
    pub(super) fn after(&self, number: u64) -> Option<(u64, Message)> {
        let items = &mut self.state().items;
        let (&number, item) = items.range(number + 1..).next()?;
        let frame = item.frame.clone();
        if item.id.is_none() {
            items.remove(&number);
        }
        Some((number, frame))
    }

    pub(super) fn acknowledge(&self, id: &str) {
        let mut state = self.state();
        let number = state.items.iter().find(|(_, item)| item.id.as_deref() == Some(id)).map(|(&number, _)| number);
        if let Some(number) = number {
            state.items.remove(&number);
        }
        state.acknowledged.push(id.to_owned());
        let observer = Arc::clone(&state.on_acknowledged);
        drop(state);
        observer(id);
    }
}
