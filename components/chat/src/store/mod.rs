//! The conversations of one user in the database. Each method is one statement on the connection that the instance keeps, if
//! none of its turns waits for the model: a turn waits for seconds, and must not keep a connection from others meanwhile.

mod actions;
mod connection;
mod conversations;
pub(crate) mod rows;
mod spending;
mod statements;
mod turns;

pub(crate) use connection::ConversationStore;
pub(crate) use conversations::TurnRange;
pub(crate) use turns::{ExistingTurn, TurnClaim};
