//! REST: `/api/{user_id}/tasks`, `…/lists`, `…/settings`, `…/history`, `…/tokens` and
//! `…/calendar`, and the calendar feed. Reads requests, calls the task store (composed in over WIT) and shapes responses;
//! knows no SQL. The user in the path must be the user of the token.

mod body;
mod calendar;
mod condition;
mod csv;
mod drafts;
#[cfg(target_arch = "wasm32")]
mod entry;
mod env;
mod errors;
mod export;
mod handlers;
mod idempotency;
mod import_errors;
mod owned_task;
mod request;
mod response;
mod routes;
mod tokens;

pub use env::TasksEnv;
pub use export::TaskExport;
pub use response::TasksResponse;
pub use routes::{body_limit, respond};
