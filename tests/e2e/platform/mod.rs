//! What holds for all parts: the wire, the log, isolation of users, migrations, a database that fails.

mod access_log;
mod bounds;
mod cross_origin;
mod database_faults;
mod earlier_releases;
mod isolation;
mod migrations;
mod other_names;
mod other_tables;
mod predecessor;
mod reused_instances;
mod web;
mod wire;
