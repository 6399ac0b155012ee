//! The authorization server for AI clients.

mod attacks;
mod documents;
mod journey;
mod sign_in;
mod tokens;
mod windows;
