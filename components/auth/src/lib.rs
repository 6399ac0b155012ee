//! `/api/auth/…`: Better Auth's wire protocol on Better Auth's own tables, for its official client.
//! A request passes the steps in the order the protocol makes visible: route, body, origin, members,
//! handler. Formats and rules are `crates/user`; this component reads, decides and answers.
//! It never issues a token to anyone but the owner of a signed session cookie.

mod answer;
mod body;
mod call;
mod error_page;
mod origin_guard;
mod routes;
mod session;
mod settings;
mod sign_in;
mod sign_out;
mod sign_up;
mod sql;
mod store;
mod token;

#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "the exported function that #[http_component] generates")]
mod entry;

pub use routes::{Fetch, Surroundings, handle};
pub use settings::Settings;
