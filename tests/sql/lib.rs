//! Databases for tests, and the schema that one has. Knows nothing of the app, so that the checks of the project's SQL need
//! neither it nor Wasm.

mod database;
mod schema;

pub use database::{connect, create_database, execute};
pub use schema::{create_migrated_database, describe_schema, migration_files, project, run_migrations};
