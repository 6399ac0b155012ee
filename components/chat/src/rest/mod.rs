//! The REST handlers, one file for each kind of address.

pub(crate) mod actions;
pub(crate) mod chat;
pub(crate) mod conversations;
mod response;
mod ui_stream;
