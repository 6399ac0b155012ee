//! `spin:postgres/postgres@4.0.0`: statements on pooled connections to servers that the component may call.

pub(crate) mod connection;
pub(crate) mod error;
pub(crate) mod parameters;
pub(crate) mod pool;
pub(crate) mod types;
pub(crate) mod values;
