//! The REST handlers, one file for each kind of address.

pub(crate) mod actions;
pub(crate) mod chat;
pub(crate) mod conversations;
pub(crate) mod features;
mod response;
mod ui_request;
mod ui_stream;
