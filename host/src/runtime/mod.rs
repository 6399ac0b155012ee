//! The app and its instances: compiling components, running them for requests, and their outgoing requests.

pub(crate) mod app;
pub(crate) mod bindings;
pub(crate) mod component;
pub(crate) mod engine;
pub(crate) mod guest;
pub(crate) mod outgoing;
pub(crate) mod reuse;
pub(crate) mod revision;
pub(crate) mod shared;
