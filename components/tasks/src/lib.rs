//! REST: `/api/{user_id}/tasks`. Reads requests, asks the task store (composed in over WIT) and shapes answers;
//! knows no SQL. The user in the path must be the one of the token.

mod body;
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "http_component exports the handler")]
mod entry;
mod page;
mod routes;

pub use routes::route;

/// The longest request body, in bytes.
pub const BODY_LIMIT: usize = 16 * 1024;
