//! One turn, whoever encodes it: how it starts and runs, what the model is shown, and what the user decides in it.

mod actions;
mod budgeted;
mod confirmation;
mod history;
mod replay;
mod run;
mod start;

pub(crate) use actions::decide;
pub(crate) use run::run;
pub(crate) use start::{StartedTurn, resume, start};
