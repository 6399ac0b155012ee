//! The model that needs no network: it understands a fixed set of English and German sentences about tasks and responds with tool calls
//! and texts like any model, so that the loop, its limits and its safety are the same. It says that it is the offline one.

mod act;
mod cannot;
mod command;
mod context;
mod dates;
mod filter;
mod german;
mod missing;
mod model;
mod order;
mod parse;
mod phrase;
mod plain;
mod priority;
mod reminder;
mod reminder_time;
mod target;
mod words;

pub use model::OfflineModel;
pub(crate) use order::SpokenOrder;

#[cfg(test)]
mod tests;
