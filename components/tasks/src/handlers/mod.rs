//! The handlers. Each reads its input, asks the store and shapes the response; the router has verified the user.

pub(crate) mod bulk;
pub(crate) mod history;
pub(crate) mod list;
pub(crate) mod lists;
pub(crate) mod quick;
pub(crate) mod recent;
pub(crate) mod settings;
pub(crate) mod task;
pub(crate) mod transfer;
