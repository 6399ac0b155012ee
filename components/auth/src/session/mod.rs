//! Sessions, and the tokens that are issued for them.

pub(crate) mod cookie;
pub(crate) mod current;
pub(crate) mod get;
pub(crate) mod kept_key;
pub(crate) mod keys;
pub(crate) mod list;
pub(crate) mod sign_out;
pub(crate) mod token;
