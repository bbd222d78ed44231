//! Message push, and the program that consumes it.

mod connection;
mod hostile;
mod time;
mod top_up;
