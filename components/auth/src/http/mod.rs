//! Bodies, responses and errors in Better Auth's shapes.

pub(crate) mod body;
pub(crate) mod error;
pub(crate) mod response;
