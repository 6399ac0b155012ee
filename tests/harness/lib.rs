//! The end-to-end harness: starts the whole app in this process, on a port and a database of its own, and speaks HTTP
//! to it. Nothing here looks inside: what a suite asserts, a client could see.

mod app;
mod browser;
mod fault_proxy;
mod flaky_database;
mod gemini;
mod google;
mod log_lines;
mod node;
mod oauth;
mod own_postgres;
mod project;
mod push;
mod spin_process;
mod sse;
mod user;

pub use app::{SECRET, TestApp, is_on_spin};
pub use browser::TestBrowser;
pub use fault_proxy::{FaultProxy, RequestFate};
pub use flaky_database::FlakyDatabase;
pub use gemini::{AimockServer, FakeModel, ModelReply, gemini_variables, model_event, model_says};
pub use google::{GOOGLE_CLIENT_ID, GoogleServer};
pub use oauth::{ALL_SCOPES, OAuthClient, VERIFIER, parameter};
pub use own_postgres::OwnPostgres;
pub use project::root;
pub use push::{CLOCK_SECRET, PushServer};
pub use sql_checks::{connect, create_database, execute};
pub use sse::{Events, events};
pub use user::{PASSWORD, TestUser};
