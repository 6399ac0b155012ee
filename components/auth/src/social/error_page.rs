//! The page that shows the error of a flow over Google.

use better_auth::target::with_parameters;

use crate::context::Context;
use crate::http::error::AuthError;

/// The address of the page: the client's, else the default one.
pub(super) struct ErrorPage(String);

impl ErrorPage {
    pub(super) fn new(context: &Context<'_>, page: Option<String>) -> Self {
        Self(page.unwrap_or_else(|| format!("{}/api/auth/error", context.settings.base)))
    }

    /// A redirect to the page with an error.
    pub(super) fn error(&self, error: &str) -> AuthError {
        AuthError::Redirect(with_parameters(&self.0, &[("error", error)]))
    }

    /// A redirect to the page with an error of Google's.
    pub(super) fn described_error(&self, error: &str, description: Option<&str>) -> AuthError {
        let mut parameters = vec![("error", error)];
        parameters.extend(description.map(|text| ("error_description", text)));
        AuthError::Redirect(with_parameters(&self.0, &parameters))
    }
}
