//! The assistant over HTTP: `POST /api/{user_id}/chat` and the conversations it keeps. A turn is claimed, run and
//! kept here, and told in the form that its client reads (JSON, AI SDK's stream, ChatKit's); what happens in it is `crates/assistant`. It acts on tasks only through the MCP tools, with the user's
//! own token, and never reads or writes another user's conversations.

mod actions;
mod chat;
mod chatkit;
#[cfg(target_arch = "wasm32")]
mod client;
mod conversations;
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "http_component exports the handler")]
mod entry;
mod history;
mod limits;
mod message;
mod routes;
mod rows;
mod settings;
mod sql;
mod store;
mod stream;

pub use routes::{Around, route};
pub use settings::{Settings, Tools};
pub use stream::Send;

/// The longest request body, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024;
