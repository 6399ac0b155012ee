//! Serves the front-end: files embedded at build time, precompressed, with validators and security headers, and
//! `index.html` for every address that a person may open. It reads no request body, calls no other service and knows no
//! user.

mod files;
mod headers;
mod page;
mod routes;

#[cfg(target_arch = "wasm32")]
mod entry;

pub use files::{EMBEDDED, EmbeddedFile};
pub use routes::handle;
