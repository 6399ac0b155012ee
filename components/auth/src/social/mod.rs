//! Sign-in with Google, and the accounts that users have there.

pub(crate) mod accounts;
pub(crate) mod callback;
mod error_page;
mod exchange;
mod link;
mod proof;
mod provider;
mod session;
pub(crate) mod start;
pub(crate) mod tokens;
