//! The assistant over HTTP: `POST /api/{user_id}/chat`, its conversations, and ChatKit's protocol at `/chatkit`. This component runs and
//! stores turns and encodes them for the client: one JSON response, an AI SDK stream or a ChatKit stream. What happens in a turn is
//! `crates/assistant`. It changes tasks only through the MCP tools, with the user's own token, and never reads or writes
//! another user's conversations.

mod admission;
mod body_limit;
mod budget;
mod chatkit;
#[cfg(target_arch = "wasm32")]
mod client;
mod context;
#[cfg(target_arch = "wasm32")]
mod entry;
mod env;
mod error;
#[cfg(target_arch = "wasm32")]
mod network;
mod request;
mod rest;
mod routes;
mod settings;
mod sse;
mod store;
mod turn;

pub use body_limit::{BODY_LIMIT, body_limit};
pub use env::{ChatEnv, SendBytes};
pub use routes::route;
pub use settings::{ChatSettings, ToolSettings};
