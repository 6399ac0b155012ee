//! Origins of web pages, which of them are trusted, and where a browser may be redirected. The same rules hold for cookies,
//! redirects and cross-origin requests. No HTTP in here.

mod app_scheme;
mod origin;
mod pattern;
mod trusted;

pub use origin::{LOOPBACK_NAMES, Origin};
pub use trusted::TrustedOrigins;

#[cfg(test)]
mod tests;
