//! What the deployment decides.

use edge::ApiError;

/// The component's settings, read once per request.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Whether a change of a task must say which version it changes (`If-Match`).
    pub require_if_match: bool,
    /// How many requests a user may make in a minute; 0 for any number.
    pub requests_per_minute: u32,
}

impl Settings {
    /// Reads them by `variable`.
    pub fn load(variable: impl Fn(&str) -> Result<String, ApiError>) -> Result<Self, ApiError> {
        let requests = variable("rate_limit_per_minute")?;
        let not_a_number = |_| ApiError::internal("variable rate_limit_per_minute is not a number");
        Ok(Self {
            require_if_match: variable("require_if_match")? == "true",
            requests_per_minute: requests.parse().map_err(not_a_number)?,
        })
    }
}
