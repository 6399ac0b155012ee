//! The part that is bound to Wasm: it reads the settings and opens the database.

use db::Db;
use http_api::ApiError;
use spin_sdk::http::{IncomingRequest, ResponseOutparam};
use spin_sdk::http_component;

use crate::{DatabaseState, Migration, routes, sweep};

struct Postgres {
    url: String,
    auto_migrate: bool,
}

impl Postgres {
    fn load() -> Result<Self, ApiError> {
        let auto_migrate = spin_host::variable("auto_migrate")? == "true";
        Ok(Self { url: spin_host::variable("database_url")?, auto_migrate })
    }
}

#[http_component]
async fn handle(request: IncomingRequest, out: ResponseOutparam) {
    let open = || {
        let Postgres { url, auto_migrate } = Postgres::load()?;
        let warnings = db::url_warnings(&url);
        let db = Db::open(&url)?;
        let missing = Migration::missing(&db)?;
        if auto_migrate {
            missing.iter().try_for_each(|migration| migration.apply(&db))?;
        } else if !missing.is_empty() {
            let missing = missing.iter().map(|migration| migration.name).collect();
            return Ok(DatabaseState { missing, warnings });
        }
        sweep(&db)?;
        Ok(DatabaseState { missing: Vec::new(), warnings })
    };
    spin_host::serve(request, out, |_| Ok(0), |request| http_api::respond(request, || routes::route(request, &open)));
}
