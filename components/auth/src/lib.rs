//! `/api/auth/…`: Better Auth's wire protocol on Better Auth's own tables, for its official client.
//! A request passes the steps in the order that the protocol makes visible: rate limit, route, body, origin, members,
//! session, handler. The table of routes (`routes/table.rs`) says which of them a route has. Formats and rules are
//! `crates/better-auth` and `crates/oauth-server`; this component reads, decides and responds.
//! It issues tokens only to the owner of a signed session cookie, or to a client that the owner let in.
//! Two components serve it: `entry/` everything, in an instance for each request, since a password hash would hold up others; and
//! `components/session` what each page asks for all the time, in warm instances.

mod account;
mod context;
mod env;
mod guard;
mod http;
mod notices;
mod oauth;
mod routes;
mod session;
mod settings;
mod site;
mod social;
mod store;
mod two_factor;

pub use env::{ConnectDatabase, Env, Fetch, KeySetFetch};
pub use routes::{handle, handle_session};
pub use session::kept_key::KeptSigningKey;
pub use settings::Settings;
