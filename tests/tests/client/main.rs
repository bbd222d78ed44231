//! Calls, from a program's view: what is sent, what comes back, and what happens if not.

mod blocking;
mod connections;
mod decode;
mod decoding;
mod encoding;
mod examples;
mod faults;
mod hostile;
mod merchant;
mod mock_merchants;
mod oauth;
mod own_code;
mod paging;
mod raw;
mod retry;
mod rules;
mod secrets;
mod sign_vectors;
mod signature;
mod spans;
mod stored;
mod sync;
mod tokens;
mod transport;
