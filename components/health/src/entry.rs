//! The part that is bound to Wasm: it reads the settings and opens the database.

use std::cell::Cell;
use std::time::Duration;

use db::Db;
use http_api::{ApiError, Request, log};
use serde_json::json;
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::migrations::Migration;
use crate::part_settings::{INSIDE, part_faults};
use crate::predecessor::{CopiedTable, PREDECESSOR_MIGRATION, PredecessorTable, copy_predecessor};
use crate::routes::{self, DatabaseState};
use crate::setting_faults::{address_fault, form_faults};
use crate::sweep::sweep;
use crate::table_faults::{TableFault, cure};

/// How long a part may take to say what it thinks of its settings, and the longest list of that.
const TIMEOUT: Duration = Duration::from_secs(3);
const RESPONSE_LIMIT: usize = 16 * 1024;
/// A little more than the longest tick.
const TICK_TIMEOUT: Duration = Duration::from_secs(50);

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let is_clock_late = Cell::new(false);
    let check = || prepare().inspect(|state| is_clock_late.set(state.is_clock_late));
    let respond = |request: &Request| http_api::respond(request, || routes::route(request, &check));
    spin_host::serve(request, out, |_| Ok(0), respond);
    // The response has left, so nobody waits for this.
    if is_clock_late.get() {
        wake_clock();
    }
}

/// Sends the reminders that no clock sent: the safety net where none ticks. Only inside the app, as with the settings of auth.
fn wake_clock() {
    let Some(origin) = spin_host::variable("clock_origin").ok().filter(|origin| origin.ends_with(INSIDE)) else {
        return;
    };
    let Ok(request) = http::Request::post(format!("{origin}/internal/late")).body(Vec::new()) else { return };
    if let Err(error) = spin_host::fetch(request, TICK_TIMEOUT, RESPONSE_LIMIT) {
        log(&json!({"level": "warn", "event": "clock_unreachable", "cause": error.to_string()}));
    }
}

/// Migrates the database and copies the tables of the predecessor if that is switched on, and sweeps it.
fn prepare() -> Result<DatabaseState, ApiError> {
    check_settings()?;
    let auto_migrate = spin_host::variable("auto_migrate")? == "true";
    let url = spin_host::variable("database_url")?;
    let warnings = db::url_warnings(&url);
    let mut db = Db::open(&url)?;
    let missing = Migration::missing(&db)?;
    if spin_host::variable("check_database")? == "true" {
        return check(&db, &missing, warnings);
    }
    let mut faults = TableFault::all(&db)?;
    if auto_migrate && faults.iter().any(|fault| fault.cure.is_some()) {
        db = cure(db, &url, &faults)?;
        faults = TableFault::all(&db)?;
    }
    if !faults.is_empty() {
        let faults = faults.into_iter().map(|fault| fault.sentence).collect();
        return Ok(DatabaseState { faults, ..Default::default() });
    }
    if auto_migrate {
        Migration::apply(&db, &missing)?;
    } else if !missing.is_empty() {
        let missing = missing.iter().map(|migration| migration.name).collect();
        return Ok(DatabaseState { missing, warnings, ..Default::default() });
    }
    let notes = copy(&db, auto_migrate)?;
    let history_days = spin_host::variable("history_days")?;
    let history_days = history_days.parse().map_err(|_| ApiError::internal("variable history_days is not a number"))?;
    let is_clock_late = sweep(&db, history_days)?;
    Ok(DatabaseState { warnings, notes, is_clock_late, ..Default::default() })
}

/// Names the settings with which requests would fail.
fn check_settings() -> Result<(), ApiError> {
    let address = spin_host::variable("better_auth_url")?;
    let is_origin = spin_host::origin("better_auth_url").is_ok();
    let origins =
        || spin_host::trusted_origins().err().map(|error| format!("BETTER_AUTH_TRUSTED_ORIGINS: {}", error.reason()));
    let fetch = |request| spin_host::fetch(request, TIMEOUT, RESPONSE_LIMIT).map_err(|error| error.to_string());
    let mut faults = form_faults(&spin_host::variable)?;
    match address_fault(&address, is_origin).or_else(origins) {
        Some(fault) => faults.push(fault),
        None => {
            for part in ["auth", "clock"] {
                faults.extend(part_faults(part, &spin_host::variable(&format!("{part}_origin"))?, &fetch)?);
            }
        }
    }
    if faults.is_empty() {
        return Ok(());
    }
    let faults = faults.join("; ");
    Err(ApiError::unavailable(format!("A setting cannot be used: {faults}."), 30).because(faults))
}

/// Copies the tables of the predecessor, if that is switched on, and tells in words what was copied so far.
fn copy(db: &Db, auto_migrate: bool) -> Result<Vec<String>, ApiError> {
    let again = spin_host::variable("import_predecessor")? == "true";
    let is_new = (again || auto_migrate) && copy_predecessor(db, again)?;
    let tables = CopiedTable::all(db)?;
    if is_new {
        log(&json!({"level": "info", "event": "predecessor_copied", "tables": tables}));
    }
    Ok(tables.iter().filter_map(CopiedTable::in_words).collect())
}

/// Tells what a start would do, and does nothing.
fn check(db: &Db, missing: &[&Migration], warnings: Vec<String>) -> Result<DatabaseState, ApiError> {
    let faults = TableFault::all(db)?;
    let mut notes: Vec<String> = faults.iter().map(fault_in_words).collect();
    if !missing.is_empty() {
        let names: Vec<&str> = missing.iter().map(|migration| migration.name).collect();
        notes.push(format!("These migrations are applied: {}.", names.join(", ")));
    }
    if missing.iter().any(|migration| migration.name == PREDECESSOR_MIGRATION) {
        notes.extend(PredecessorTable::all(db)?.iter().map(PredecessorTable::in_words));
    } else {
        notes.extend(CopiedTable::all(db)?.iter().filter_map(CopiedTable::in_words));
    }
    Ok(DatabaseState { warnings, notes, is_checked_only: true, ..Default::default() })
}

fn fault_in_words(fault: &TableFault) -> String {
    let verdict = if fault.cure.is_some() { "This is changed" } else { "It cannot be used" };
    format!("{verdict}: {}.", fault.sentence)
}
