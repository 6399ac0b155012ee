//! The SQL of the project, checked by a real PostgreSQL: each statement in a file under `sql/` of a component or a crate, and
//! `migrations/schema.sql`, and what is found in a catalogue that changes. Needs a database server, but neither the app nor Wasm.

mod functions;
mod plan;
mod schema;
mod statement;
mod statements;
mod table_faults;
