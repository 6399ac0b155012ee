//! What the deployment decides.

use edge::ApiError;

/// The component's settings, read once per request.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Whether a change of a task must say which version it changes (`If-Match`).
    pub require_if_match: bool,
}

impl Settings {
    /// Reads them by `variable`.
    pub fn load(variable: impl Fn(&str) -> Result<String, ApiError>) -> Result<Self, ApiError> {
        Ok(Self { require_if_match: variable("require_if_match")? == "true" })
    }
}
