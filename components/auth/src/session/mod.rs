//! Sessions and the tokens that are issued for them.

pub(crate) mod current;
pub(crate) mod list;
pub(crate) mod sign_out;
pub(crate) mod token;
