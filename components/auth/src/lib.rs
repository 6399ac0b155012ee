//! `/api/auth/…`: Better Auth's wire protocol on Better Auth's own tables, for its official client.
//! A request passes the steps in the order the protocol makes visible: rate limit, route, body, origin, members,
//! session, handler. Formats and rules are `crates/better-auth`; this component reads, decides and answers.
//! It never issues a token to anyone but the owner of a signed session cookie.

mod account;
mod context;
mod guard;
mod http;
mod oauth;
mod routes;
mod session;
mod settings;
mod site;
mod social;
mod store;

#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the exported function that #[http_component] generates")]
mod entry;

pub use routes::{Fetch, KeySet, Surroundings, handle};
pub use settings::Settings;
