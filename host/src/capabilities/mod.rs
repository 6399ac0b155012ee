//! The interfaces that components import from the host, one module each.

pub(crate) mod key_value;
pub(crate) mod output;
pub(crate) mod postgres;
pub(crate) mod resources;
pub(crate) mod store_file;
pub(crate) mod variables;
