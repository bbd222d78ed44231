//! Message push of the mock gateway.

mod fault;
mod gateway;
mod queue;
mod session;

pub use self::fault::PushFault;
pub(super) use self::queue::Queue;
