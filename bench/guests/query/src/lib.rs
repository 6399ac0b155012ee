//! The cost of the database: the statement that lists 20 tasks of the owner after `?`, and nothing else.

#![cfg(target_arch = "wasm32")]
#![expect(unsafe_code, reason = "http_component exports the handler")]

use spin_sdk::http::{IntoResponse, Request, Response};
use spin_sdk::http_component;
use spin_sdk::pg4::{Connection, ParameterValue};

const QUERY: &str = include_str!("../sql/list.sql");

#[http_component]
fn handle(request: Request) -> impl IntoResponse {
    let rows = || -> Result<usize, String> {
        let database = spin_sdk::variables::get("database_url").map_err(|error| error.to_string())?;
        let connection = Connection::open(&database).map_err(|error| error.to_string())?;
        let owner = ParameterValue::Str(request.query().to_owned());
        Ok(connection.query(QUERY, &[owner, ParameterValue::Int64(21)]).map_err(|error| error.to_string())?.rows.len())
    };
    match rows() {
        Ok(21) => Response::new(200, "21"),
        Ok(other) => Response::new(500, format!("{other} rows")),
        Err(error) => Response::new(500, error),
    }
}
