//! What a request must pass before its handler runs.

pub(crate) mod origin;
pub(crate) mod rate_limit;
