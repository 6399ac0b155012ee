//! The members of a task: their types with their limits, and the reader that turns JSON into them.

pub(crate) mod reader;
pub(crate) mod types;
