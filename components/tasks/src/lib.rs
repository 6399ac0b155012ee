//! REST: `/api/{user_id}/tasks`. Reads requests, asks the task store (composed in over WIT) and shapes answers;
//! knows no SQL. The user in the path must be the one of the token.

mod body;
mod condition;
mod drafts;
#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "http_component exports the handler")]
mod entry;
mod list;
mod many;
mod refusal;
mod repeated;
mod routes;
mod single;
mod table;
mod transfer;

pub use routes::{Answer, Around, body_limit, route};
pub use transfer::Export;
