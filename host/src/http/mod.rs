//! HTTP as clients see it: the server, headers, bodies and the access log.

pub(crate) mod access_log;
pub(crate) mod body;
pub(crate) mod headers;
pub(crate) mod server;
