//! `/health` (the process responds; nothing else is touched) and `/ready` (the database is reachable and migrated). Contains
//! the migrations and applies the missing ones if `auto_migrate` is true, each as one statement, and copies the tables of the service
//! that people used before. A ready database is rid of what has served its time.

#[cfg(target_arch = "wasm32")]
#[expect(unsafe_code, reason = "http_component exports the handler")]
mod entry;
mod migrations;
mod part_settings;
mod predecessor;
mod routes;
mod setting_faults;
mod sweep;
mod table_faults;

pub use migrations::{MIGRATIONS, Migration};
pub use part_settings::{PartFetch, part_faults};
pub use predecessor::{CopiedTable, PREDECESSOR_MIGRATION, PredecessorTable, copy_predecessor};
pub use routes::{DatabaseCheck, DatabaseState, route};
pub use setting_faults::{address_fault, form_faults};
pub use sweep::sweep;
pub use table_faults::{FaultCure, TableFault, cure};
