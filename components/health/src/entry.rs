//! The part that is bound to Wasm: it reads the settings and opens the database.

use db::Db;
use http_api::{ApiError, Request};
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::migrations::Migration;
use crate::routes::{self, DatabaseState};
use crate::sweep::sweep;

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let respond = |request: &Request| http_api::respond(request, || routes::route(request, &prepare));
    spin_host::serve(request, out, |_| Ok(0), respond);
}

/// Migrates the database if that is switched on, and sweeps it.
fn prepare() -> Result<DatabaseState, ApiError> {
    let auto_migrate = spin_host::variable("auto_migrate")? == "true";
    let url = spin_host::variable("database_url")?;
    let warnings = db::url_warnings(&url);
    let db = Db::open(&url)?;
    let missing = Migration::missing(&db)?;
    if auto_migrate {
        Migration::apply(&db, &missing)?;
    } else if !missing.is_empty() {
        let missing = missing.iter().map(|migration| migration.name).collect();
        return Ok(DatabaseState { missing, warnings });
    }
    let history_days = spin_host::variable("history_days")?;
    sweep(&db, history_days.parse().map_err(|_| ApiError::internal("variable history_days is not a number"))?)?;
    Ok(DatabaseState { missing: Vec::new(), warnings })
}
