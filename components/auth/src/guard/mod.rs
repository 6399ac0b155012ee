//! What a request passes before its handler runs: the rate limit, and for a write its body and its origin.

pub(crate) mod input;
pub(crate) mod origin;
pub(crate) mod rate_limit;
