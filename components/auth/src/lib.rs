//! `/api/auth/…`: Better Auth's wire protocol on Better Auth's own tables, for its official client.
//! A request passes the steps in the order the protocol makes visible: rate limit, route, body, origin, members,
//! session, handler. Formats and rules are `crates/better-auth`; this component reads, decides and answers.
//! It never issues a token to anyone but the owner of a signed session cookie.

mod answer;
mod body;
mod call;
mod change_email;
mod delete_user;
mod error_page;
mod features;
mod google;
mod hashing;
mod limit;
mod mail;
mod oauth;
mod origin_guard;
mod passwords;
mod profile;
mod reset;
mod routes;
mod session;
mod sessions;
mod settings;
mod sign_in;
mod sign_out;
mod sign_up;
mod social;
mod sql;
mod store;
mod token;
mod verify_email;

#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the exported function that #[http_component] generates")]
mod entry;

pub use routes::{Fetch, KeySet, Surroundings, handle};
pub use settings::Settings;
