//! Bodies and responses in Better Auth's shapes.

pub(crate) mod body;
pub(crate) mod response;
