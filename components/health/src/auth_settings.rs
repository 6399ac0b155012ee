//! The settings of auth, which has the secrets: it is asked whether it can use them. Only where it runs in the same app, so that no
//! part waits for another one.

use http_api::ApiError;
use serde::Deserialize;

/// The path that auth responds to inside the app only.
const PATH: &str = "/internal/settings";
/// The end of the names of components inside the app.
pub(crate) const INSIDE: &str = ".spin.internal";

/// Sends a request and reads its response.
pub type AuthFetch<'a> = &'a dyn Fn(http::Request<Vec<u8>>) -> Result<http::Response<Vec<u8>>, String>;

#[derive(Deserialize)]
struct AuthFaults {
    faults: Vec<String>,
}

/// What auth says of its settings, one sentence for each that cannot be used; none where auth is another part at `origin`.
///
/// # Errors
/// Auth does not respond.
pub fn auth_faults(origin: &str, fetch: AuthFetch) -> Result<Vec<String>, ApiError> {
    if !origin.ends_with(INSIDE) {
        return Ok(Vec::new());
    }
    let silent =
        |why: String| ApiError::unavailable("The component auth does not respond; the log says why.", 5).because(why);
    let request =
        http::Request::get(format!("{origin}{PATH}")).body(Vec::new()).map_err(|error| silent(error.to_string()))?;
    let response = fetch(request).map_err(silent)?;
    let body: Result<AuthFaults, _> = serde_json::from_slice(response.body());
    body.map(|AuthFaults { faults }| faults).map_err(|error| silent(format!("status {}: {error}", response.status())))
}

#[cfg(test)]
mod tests;
