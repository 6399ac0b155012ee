//! The app and its instances: compiling components, running one for each request, and their outgoing requests.

pub(crate) mod app;
pub(crate) mod bindings;
pub(crate) mod component;
pub(crate) mod engine;
pub(crate) mod guest;
pub(crate) mod outgoing;
pub(crate) mod shared;
