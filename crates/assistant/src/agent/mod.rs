//! The loop of a turn: the model responds, its calls run, it responds again. The loop is the same for every model.

mod arguments;
mod assistant;
mod call_limits;
mod calls;
mod confirm;
mod deeds;
mod end;
mod question;
mod run;
pub(crate) mod single;
mod titles;

pub use assistant::{Assistant, TOOL_TIMEOUT, TurnError, TurnReply};
pub use call_limits::MAX_QUESTIONS;
pub use question::report;
