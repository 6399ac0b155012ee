//! Gemini over `streamGenerateContent`, stateless: every request carries the whole conversation. A request is repeated within
//! fixed limits; the key is in a header only and never in a log.

mod errors;
mod model;
mod request;
mod response;
mod verdict;

pub use model::{GeminiModel, GeminiSettings};

#[cfg(test)]
mod tests;
