//! The repository as others use it: what compiles and what does not, what it depends on, and what its documents say.

mod dependencies;
mod diff_prediction;
mod documents;
mod misuse;
mod naming;
mod neighbour;
mod public_api;
