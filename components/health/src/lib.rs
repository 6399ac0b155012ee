//! `/health` (the process answers; nothing else is touched) and `/ready` (the database is reachable and migrated).
//! Carries the migrations and applies the missing ones when `auto_migrate` is true, each as one statement.

#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "http_component exports the handler")]
mod entry;
mod migrations;
mod routes;

pub use migrations::{MIGRATIONS, Migration};
pub use routes::{Database, route};
