//! The model that needs no network: it understands a fixed set of English sentences about tasks and responds with tool calls
//! and texts like any model, so that the loop, its limits and its safety are the same. It says that it is the offline one.

mod act;
mod command;
mod context;
mod model;
mod parse;
mod phrase;
mod target;
mod words;

pub use model::OfflineModel;

#[cfg(test)]
mod tests;
