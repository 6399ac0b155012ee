//! The settings of the parts that have secrets, auth and clock: each is asked whether it can use them. Only where it runs in the same
//! app, so that no part waits for another one.

use http_api::ApiError;
use serde::Deserialize;

/// The path that these parts respond to inside the app only.
const PATH: &str = "/internal/settings";
/// The end of the names of components inside the app.
pub(crate) const INSIDE: &str = ".spin.internal";

/// Sends a request and reads its response.
pub type PartFetch<'a> = &'a dyn Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, String>;

#[derive(Deserialize)]
struct PartFaults {
    faults: Vec<String>,
}

/// What the part says of its settings, one sentence for each that cannot be used; none where `origin` is outside this app.
///
/// # Errors
/// The part does not respond.
pub fn part_faults(part: &str, origin: &str, fetch: PartFetch) -> Result<Vec<String>, ApiError> {
    if !origin.ends_with(INSIDE) {
        return Ok(Vec::new());
    }
    let sentence = format!("The component {part} does not respond; the log says why.");
    let silent = |why: String| ApiError::unavailable(sentence, 5).because(why);
    let faults = || {
        let request =
            http::Request::get(format!("{origin}{PATH}")).body(Vec::new()).map_err(|error| error.to_string())?;
        let response = fetch(request)?;
        let body: Result<PartFaults, _> = serde_json::from_slice(response.body());
        body.map_err(|error| format!("status {}: {error}", response.status()))
    };
    faults().map(|PartFaults { faults }| faults).map_err(silent)
}

#[cfg(test)]
mod tests;
