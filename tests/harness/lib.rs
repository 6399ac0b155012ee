//! The end-to-end harness: starts the whole app in this process, on a port and a database of its own, and speaks HTTP
//! to it. Nothing here looks inside: what a suite asserts, a client could see.

mod app;
mod browser;
mod database;
mod gemini;
mod google;
mod node;
mod oauth;
mod relay;
mod spin;
mod sse;
mod user;
mod valve;

pub use app::{SECRET, TestApp, root};
pub use browser::Browser;
pub use database::{connect, create_database, execute};
pub use gemini::{Aimock, Puppet, Speaker, gemini_variables, model_event, model_says};
pub use google::{GOOGLE_CLIENT_ID, Google};
pub use oauth::{ALL_SCOPES, OAuthClient, VERIFIER, parameter};
pub use relay::{Fate, Relay};
pub use sse::{Events, events};
pub use user::{PASSWORD, TestUser};
pub use valve::Valve;
